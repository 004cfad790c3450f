// The benchmarks of this project. Each prints numerator, denominator, ratio, load and seed; the two
// sides are run in turn (A B A B …), five times, and the medians are compared. Called by bin/bench.
//
//   P1   durable intake over HTTP on SQLite, 64 clients  ÷  the same rows by raw SQLite
//   P2   the same on PostgreSQL                          ÷  the same rows by pgbench, one Tx a unit
//   P12  start → first 200 of the list on 1M requests    ÷  sqlite3 opens and asks
//   P13  size of the stripped program with the UI in it
//   P14  bytes of the public page and of the UI's first load, gzip
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync}
  from 'node:fs';
import {loadavg, tmpdir} from 'node:os';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {binary, root, setUp, startServer} from '../test/browser/portal.mjs';

const tool = (name) => path.join(path.dirname(binary), `bench-${name}`);
const times = Number(process.env.QUITTANCE_BENCH_TIMES ?? 5);
const requests = Number(process.env.QUITTANCE_BENCH_REQUESTS ?? 1_000_000);
const seconds = Number(process.env.QUITTANCE_BENCH_SECONDS ?? 4);
const folder = mkdtempSync(path.join(process.env.QUITTANCE_BENCH_FOLDER ?? tmpdir(), 'quittance-bench-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const run = (command, ...args) => execFileSync(command, args, {maxBuffer: 1 << 28}).toString();
const rounded = (number) => Number(number.toPrecision(4));

// Runs both sides in turn and compares the medians.
async function compared(name, what, unit, ours, theirs, good, aim) {
  const a = [];
  const b = [];
  for (let i = 0; i < times; ++i) {
    a.push(await ours(i));
    b.push(await theirs(i));
  }
  const ratio = median(a) / median(b);
  return {
    name, what, unit, numerator: rounded(median(a)), denominator: rounded(median(b)),
    ratio: rounded(ratio), good, aim, all: [a.map(rounded), b.map(rounded)],
  };
}

// Units per second that 64 clients got a 201 for.
async function intake(server, key) {
  const [done, took, refused] = run(tool('load'), server.base.slice('http://'.length), key, '64',
    String(seconds)).trim().split(' ').map(Number);
  if (refused > 0) throw new Error(`${refused} calls were refused`);
  return done / took;
}

// Kills the loaded server and counts: acknowledged and lost must be 0 (test/crash does it, too).
async function loadedSqlite(i) {
  const data = path.join(folder, `p1-${i}`);
  const server = await startServer({data, quiet: true});
  const {key} = await setUp(server);
  const rate = await intake(server, key);
  await server.kill('SIGKILL');
  return {rate, file: path.join(data, 'quittance.db')};
}

async function p1() {
  let last;
  return compared('P1', 'durable intake over HTTP, SQLite', 'requests/s', async (i) => {
    last = await loadedSqlite(i);
    return last.rate;
  }, async () => {
    const units = run('sqlite3', last.file, 'SELECT count(*) FROM requests').trim();
    const [count, took] = run(tool('raw_insert'), last.file, path.join(folder, 'raw.db'), units)
      .trim().split(' ').map(Number);
    return count / took;
  }, '>= 0.30', '>= 0.60');
}

const psql = (url, sql) => run('psql', url, '-qAtc', sql).trim();

// One statement, and so one transaction and one round trip, that inserts what one intake inserted:
// literals of a real row, fresh ids.
function pgbenchScript(url) {
  const tables = ['key_wraps', 'requests', 'count_deltas', 'proofs', 'addresses', 'letters', 'entries'];
  const request = psql(url, `SELECT encode(id, 'hex') FROM requests WHERE proof = 'awaited' LIMIT 1`);
  const statements = tables.map((table) => {
    const columns = psql(url, `SELECT column_name FROM information_schema.columns
      WHERE table_name = '${table}' AND is_identity = 'NO' ORDER BY ordinal_position`).split('\n');
    const where = {
      key_wraps: `id = (SELECT key_id FROM requests WHERE id = '\\x${request}')`,
      requests: `id = '\\x${request}'`,
      count_deltas: 'sequence = (SELECT min(sequence) FROM count_deltas)',
      letters: `owner_id = '\\x${request}'`,
    }[table] ?? `request_id = '\\x${request}'`;
    const fresh = {
      'key_wraps.id': 'key', 'requests.id': 'request', 'requests.key_id': 'key',
      'requests.reference': `encode(substr(uuid_send(gen_random_uuid()), 1, 8), 'hex')`,
      'proofs.id': 'uuid_send(gen_random_uuid())', 'proofs.request_id': 'request',
      'addresses.token_hash': 'sha256(uuid_send(gen_random_uuid()))',
      'addresses.request_id': 'request', 'letters.id': 'uuid_send(gen_random_uuid())',
      'letters.owner_id': 'request', 'entries.id': 'uuid_send(gen_random_uuid())',
      'entries.request_id': 'request',
    };
    const values = columns.map((column) => fresh[`${table}.${column}`] ??
      psql(url, `SELECT quote_nullable(${column}) FROM ${table} WHERE ${where} LIMIT 1`));
    return `${table}_row AS (INSERT INTO ${table} (${columns.join(', ')})
      SELECT ${values.join(', ')} FROM made RETURNING 1)`;
  });
  // Time-ordered ids, as ours are.
  const id = (salt) => `decode(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), `
    + `12, '0') || substr(md5(random()::text || '${salt}'), 1, 20), 'hex')`;
  return `WITH made AS MATERIALIZED (SELECT ${id('r')} AS request, ${id('k')} AS key),\n`
    + `${statements.join(',\n')}\nSELECT 1;\n`;
}

async function p2() {
  let server;
  let key;
  return compared('P2', 'durable intake over HTTP, PostgreSQL', 'requests/s', async (i) => {
    server = await startServer({database: 'postgresql', data: path.join(folder, `p2-${i}`), quiet: true});
    ({key} = await setUp(server));
    const rate = await intake(server, key);
    await server.kill('SIGKILL');
    return rate;
  }, async () => {
    const script = path.join(folder, 'intake.sql');
    writeFileSync(script, pgbenchScript(server.database));
    const out = run('pgbench', '-n', '-c', '16', '-j', '2', '-T', String(seconds), '-f', script,
      server.database);
    return Number(out.match(/tps = ([\d.]+)/)[1]);
  }, '>= 0.7', '>= 1.3');
}

// A portal with a million requests, or as many as QUITTANCE_BENCH_REQUESTS says.
async function manyRequests() {
  const data = path.join(folder, 'many');
  const server = await startServer({data, quiet: true});
  const {key} = await setUp(server);
  await server.stop();
  run(tool('fill'), data, String(requests));
  return {data, file: path.join(data, 'quittance.db'), key};
}

async function firstAnswer(data, cookie) {
  const began = performance.now();
  const server = await startServer({data, quiet: true});
  const answer = await fetch(`${server.base}/api/v1/requests?limit=1`, {headers: {authorization: cookie}});
  const took = performance.now() - began;
  await server.stop();
  if (answer.status !== 200) throw new Error(`the list answered ${answer.status}`);
  return took;
}

async function p12() {
  const {data, file, key} = await manyRequests();
  return compared('P12', `start to the first list of ${requests} requests`, 'ms',
    () => firstAnswer(data, `Bearer ${key}`),
    async () => {
      const began = performance.now();
      run('sqlite3', file, 'SELECT reference FROM requests ORDER BY account_id, id LIMIT 50');
      return performance.now() - began;
    }, '<= 20', '<= 10');
}

async function p13() {
  const copy = path.join(folder, 'stripped');
  copyFileSync(binary, copy);
  run('strip', copy);
  const size = statSync(copy).size / 2 ** 20;
  return {name: 'P13', what: 'stripped program with the UI', unit: 'MiB', numerator: rounded(size),
    good: '<= 25', aim: '<= 8'};
}

async function p14() {
  const server = await startServer({quiet: true});
  await setUp(server);
  const bytes = async (at) => {
    const answer = await fetch(server.base + at, {headers: {'accept-encoding': 'identity'}});
    return {text: await answer.clone().text(), size: gzipSync(Buffer.from(await answer.arrayBuffer()), {level: 9}).length};
  };
  const page = await bytes('/privacy');
  let first = page.size;
  for (const [, href] of page.text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) {
    first += (await bytes(href)).size;
  }
  await server.stop();
  const rows = [{name: 'P14', what: 'public page, first view', unit: 'KiB gzip',
    numerator: rounded(first / 1024), good: '<= 15', aim: '<= 5'}];
  if (existsSync(path.join(root, 'web/dist/index.html'))) {
    const out = spawnSync('npm', ['run', '--silent', 'size'], {cwd: path.join(root, 'web')})
      .stdout.toString().match(/([\d.]+) KiB {2}first load/);
    if (out) {
      rows.push({name: 'P14', what: "agents' UI, first load", unit: 'KiB gzip',
        numerator: Number(out[1]), good: '<= 250', aim: '<= 200'});
    }
  }
  return rows;
}

const benchmarks = {P1: p1, P2: p2, P12: p12, P13: p13, P14: p14};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benchmarks[name]);
if (unknown.length > 0) {
  console.error(`bin/bench: there is no ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
const rows = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(benchmarks)) {
  for (const row of [await benchmarks[name]()].flat()) {
    const load = rounded(loadavg()[0]);
    rows.push({...row, load});
    const ratio = row.denominator === undefined ? `${row.numerator} ${row.unit}`
      : `${row.numerator} ÷ ${row.denominator} ${row.unit} = ${row.ratio}`;
    console.log(`${row.name.padEnd(4)} ${row.what}: ${ratio}   (good ${row.good}, aim ${row.aim}; load ${load})`);
  }
}
const out = path.join(root, 'build/bench');
mkdirSync(out, {recursive: true});
writeFileSync(path.join(out, 'results.json'), JSON.stringify(rows, null, 2));
