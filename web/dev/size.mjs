// What the first page costs: everything that index.html and the modules it needs at once fetch,
// compressed as gzip -9 does. Fonts are counted too: only those that plain English text needs.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limit = 250;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const read = (file) => readFileSync(new URL(file, dist));
const packed = (file) => (file.endsWith('.woff2') ? read(file).length : gzipSync(read(file), { level: 9 }).length);

function reachable(key, files = new Set()) {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const other of chunk.imports ?? []) reachable(other, files);
  return files;
}

const first = reachable('index.html');
const font = Object.values(manifest).find(({ file }) => /inter-latin-wght-normal/.test(file));
const sizes = [...first, 'index.html', ...(font ? [font.file] : [])].map((file) => [file, packed(file)]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0) / 1024;
for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) {
  console.log(`${(size / 1024).toFixed(1).padStart(7)} KiB  ${file}`);
}
console.log(`${total.toFixed(1).padStart(7)} KiB  first load (limit ${limit})`);
const lazy = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry);
for (const key of lazy) {
  const more = [...reachable(key)].filter((file) => !first.has(file));
  const size = more.reduce((sum, file) => sum + packed(file), 0) / 1024;
  console.log(`${`+${size.toFixed(1)}`.padStart(7)} KiB  ${key}`);
}
if (total > limit) {
  console.error(`The first load is larger than ${limit} KiB.`);
  process.exit(1);
}
