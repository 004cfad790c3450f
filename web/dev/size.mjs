// What the first page costs: index.html and everything that it fetches at once, compressed as
// gzip -9 does, and the one font that English text needs.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limit = 250;
const dist = new URL('../dist/', import.meta.url);
const read = (file) => readFileSync(new URL(file, dist));
const cost = (file) =>
  file.endsWith('.woff2') ? read(file).length : gzipSync(read(file), { level: 9 }).length;

const html = read('index.html').toString();
const first = [...html.matchAll(/(?:src|href)="\/app\/([^"]+)"/g)].map(([, file]) => file);
const sizes = ['index.html', ...first].map((file) => [file, cost(file)]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0) / 1024;
for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) {
  console.log(`${(size / 1024).toFixed(1).padStart(7)} KiB  ${file}`);
}
console.log(`${total.toFixed(1).padStart(7)} KiB  first load (limit ${limit})`);
if (total > limit) {
  console.error(`The first load is larger than ${limit} KiB.`);
  process.exit(1);
}
