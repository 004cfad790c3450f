// 64 clients post intake, the server is killed with -9 in the middle and started again: every 201
// is there, nothing is half there, ledger and rows agree. Three times on each database. And, since
// kill -9 cannot show a missing fsync: no 201 leaves before the write-ahead log is flushed.
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {binary, databases, setUp, startServer} from '../browser/portal.mjs';

const load = path.join(path.dirname(binary), 'bench-load');

// Rows of one statement, as text; `|` between columns on both databases.
function ask(server, sql) {
  const out = server.database
    ? execFileSync('psql', [server.database, '-qAtc', sql])
    : execFileSync('sqlite3', [path.join(server.folder, 'quittance.db'), sql]);
  return out.toString().trim().split('\n').filter(Boolean);
}
const number = (server, sql) => Number(ask(server, sql)[0]);

const hex = (server, column) => server.database
  ? `encode(${column}, 'hex')` : `lower(hex(${column}))`;

// Every sentence is a query that must find nothing.
const halves = {
  'a request without its data key':
    'SELECT 1 FROM requests r WHERE NOT EXISTS (SELECT 1 FROM key_wraps k WHERE k.id = r.key_id)',
  'a request without exactly one entry "received"':
    `SELECT 1 FROM requests r WHERE 1 <> (SELECT count(*) FROM entries e
       WHERE e.request_id = r.id AND e.event = 'received')`,
  'an entry of a request that is not there':
    `SELECT 1 FROM entries e WHERE e.request_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.id = e.request_id)`,
  'a request that awaits proof without a proof, a link and a letter':
    `SELECT 1 FROM requests r WHERE r.proof = 'awaited' AND NOT (
       EXISTS (SELECT 1 FROM proofs p WHERE p.request_id = r.id)
       AND EXISTS (SELECT 1 FROM addresses a WHERE a.request_id = r.id)
       AND EXISTS (SELECT 1 FROM letters l WHERE l.owner_id = r.id))`,
  'a letter of a request that is not there':
    `SELECT 1 FROM letters l WHERE l.owner_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.id = l.owner_id)`,
};

function assertWhole(server) {
  for (const [what, sql] of Object.entries(halves)) {
    assert.deepEqual(ask(server, `${sql} LIMIT 1`), [], `there is ${what}`);
  }
  const counted = number(server, `SELECT coalesce((SELECT sum(n) FROM counts), 0)
    + coalesce((SELECT sum(delta) FROM count_deltas), 0)`);
  assert.equal(counted, number(server, 'SELECT count(*) FROM requests'), 'the counts agree');
}

// Until the file of acknowledged ids has `least` lines.
async function acknowledgedAtLeast(file, least, running) {
  for (;;) {
    let lines = 0;
    try {
      lines = readFileSync(file, 'latin1').split('\n').length - 1;
    } catch {}
    if (lines >= least) return;
    assert.equal(running.exitCode, null, 'the clients are still at work');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function killInTheMiddle(server, key, file, least) {
  const clients = spawn(load, [server.base.slice('http://'.length), key, '64', '30', file],
    {stdio: ['ignore', 'ignore', 'inherit']});
  const done = new Promise((resolve) => clients.once('exit', resolve));
  await acknowledgedAtLeast(file, least, clients);
  await server.kill('SIGKILL');
  await done;
  return readFileSync(file, 'latin1').trim().split('\n');
}

// How many requests are acknowledged before each kill. The long tests kill more often.
const kills = process.env.QUITTANCE_TEST_LONG
  ? [700, 150, 1500, 1, 5, 20, 64, 65, 300, 1000, 40, 900] : [700, 150, 1500];

for (const database of databases) {
  test(`every acknowledged request survives kill -9, on ${database}`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'quittance-crash-'));
    let server = await startServer({database, data: folder});
    const url = server.database;
    const {key} = await setUp(server);
    const acknowledged = new Set();
    for (const [round, least] of kills.entries()) {
      const file = path.join(folder, `acknowledged-${round}`);
      for (const id of await killInTheMiddle(server, key, file, least)) acknowledged.add(id);
      server = await startServer({url, data: folder});
      const there = new Set(
        ask(server, `SELECT ${hex(server, 'id')} FROM requests`));
      const lost = [...acknowledged].filter((id) => !there.has(id.replaceAll('-', '')));
      assert.deepEqual(lost, [], `of ${acknowledged.size} acknowledged`);
      assertWhole(server);
    }
    assert.ok(acknowledged.size >= kills.reduce((sum, least) => sum + least, 0));
    await server.stop();
    rmSync(folder, {recursive: true, force: true});
  });
}

// The sweep: killed at the N-th write and at the N-th flush of the writer, from the very first one of
// a fresh database on. It may die before it listens; the next start goes on from there.
const sweep = process.env.QUITTANCE_TEST_LONG ? {pwrite64: 120, fdatasync: 40} : {};
for (const [call, most] of Object.entries(sweep)) {
  test(`killed at each of the first ${most} ${call} calls, nothing is lost`, async () => {
    for (let n = 1; n <= most; ++n) {
      const folder = mkdtempSync(path.join(tmpdir(), 'quittance-sweep-'));
      const first = await startServer({data: folder, quiet: true});
      const {key} = await setUp(first);
      await first.stop();
      const file = path.join(folder, 'acknowledged');
      try {
        const server = await startServer({data: folder, quiet: true, before: [
          'strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`,
          '-e', `inject=${call}:signal=KILL:when=${n}`]});
        spawnSync(load, [server.base.slice('http://'.length), key, '8', '0.5', file]);
        await server.kill('SIGKILL');
      } catch (error) {
        assert.match(error.message, /before it listened/);
      }
      const after = await startServer({data: folder, quiet: true});
      const there = new Set(ask(after, `SELECT ${hex(after, 'id')} FROM requests`));
      const acknowledged = existsSync(file)
        ? readFileSync(file, 'latin1').trim().split('\n').filter(Boolean) : [];
      const lost = acknowledged.filter((id) => !there.has(id.replaceAll('-', '')));
      assert.deepEqual(lost, [], `killed at ${call} ${n}`);
      assertWhole(after);
      await after.stop();
      rmSync(folder, {recursive: true, force: true});
    }
  });
}

// The system calls of the process in order, as far as they matter here.
function trace(file) {
  return readFileSync(file, 'latin1').split('\n').filter(Boolean);
}

test('no 201 leaves before the write-ahead log is on the disk', async (t) => {
  if (spawnSync('strace', ['-V']).error) return t.skip('strace is not installed');
  const folder = mkdtempSync(path.join(tmpdir(), 'quittance-flush-'));
  const file = path.join(folder, 'calls');
  const server = await startServer({data: path.join(folder, 'data'), before: [
    'strace', '-f', '-qq', '-y', '-s', '24', '-e', 'trace=pwrite64,fdatasync,fsync,sendto,sendmsg,write,writev',
    '-o', file]});
  const {key} = await setUp(server);
  const from = trace(file).length;
  const clients = spawnSync(load, [server.base.slice('http://'.length), key, '1', '1.5']);
  const posted = Number(clients.stdout.toString().split(' ')[0]);
  await server.stop();
  // Between one answer and the next, the log was written and then flushed.
  let written = false;
  let flushed = false;
  let answers = 0;
  for (const line of trace(file).slice(from)) {
    if (/pwrite64\(\d+<[^>]*-wal>/.test(line)) written = true;
    else if (/(fdatasync|fsync)\(\d+<[^>]*-wal>/.test(line)) flushed = written;
    else if (/HTTP\/1\.1 201/.test(line)) {
      assert.ok(flushed, `this answer came before its flush: ${line}`);
      written = flushed = false;
      ++answers;
    }
  }
  assert.ok(posted > 20 && answers >= posted, `${answers} answers seen for ${posted} posted`);
  rmSync(folder, {recursive: true, force: true});
});
