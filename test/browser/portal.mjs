// A whole Quittance for one test: the real binary on a free port, with its own data folder and its
// own database, a real SMTP server that catches its mail, and a real browser.
import {spawn, execFileSync} from 'node:child_process';
import {createRequire} from 'node:module';
import {mkdtempSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import {chromium} from 'playwright-core';
import assert from 'node:assert/strict';

const here = import.meta.dirname;
export const root = path.resolve(here, '../..');
export const binary = process.env.QUITTANCE_TEST_BINARY
  ?? path.join(root, 'build/release/quittance');
const pictures = path.join(here, 'pictures');
mkdirSync(pictures, {recursive: true});

const postgres = process.env.QUITTANCE_TEST_POSTGRES;
// The databases that every walk is done on. PostgreSQL where bin/with-postgres has started one.
export const databases = postgres ? ['sqlite', 'postgresql'] : ['sqlite'];

// Lines of a stream, to be waited for.
function lines(stream) {
  const seen = [];
  const waiting = [];
  readline.createInterface({input: stream}).on('line', (line) => {
    seen.push(line);
    for (const waiter of [...waiting]) waiter();
  });
  return {
    seen,
    // The first line that `wanted` accepts (now or later), as what `wanted` makes of it.
    until(wanted, what, ms = 20_000) {
      return new Promise((resolve, reject) => {
        const look = () => {
          for (const line of seen) {
            const found = wanted(line);
            if (found) return end(resolve, found);
          }
        };
        const timer = setTimeout(
          () => end(reject, new Error(`no ${what} within ${ms} ms; seen:\n${seen.join('\n')}`)),
          ms);
        const end = (settle, value) => {
          clearTimeout(timer);
          const at = waiting.indexOf(look);
          if (at >= 0) waiting.splice(at, 1);
          settle(value);
        };
        waiting.push(look);
        look();
      });
    },
  };
}

let made = 0;
function freshDatabase(kind) {
  if (kind === 'sqlite') return null;
  const name = `browser_${process.pid}_${++made}`;
  execFileSync('psql', [postgres, '-qc', `CREATE DATABASE ${name}`], {stdio: 'pipe'});
  return postgres.replace('/postgres?', `/${name}?`);
}

// `url`: a database that is there already; otherwise a fresh one of the kind `database`. `data`: a
// folder that the caller keeps. `before`: words in front of the command (strace …). `quiet`: nobody
// reads its log, so it goes nowhere.
export async function startServer({
  database = 'sqlite', url, command = 'serve', data, before = [], environment = {}, quiet = false,
} = {}) {
  const folder = data ?? mkdtempSync(path.join(tmpdir(), 'quittance-browser-'));
  url ??= freshDatabase(database);
  const words = [...before, binary, command, '--data', folder, '--listen', '127.0.0.1:0'];
  if (url) words.push('--database', url);
  // What is set for the tests themselves is no business of the server's.
  const ours = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('QUITTANCE_')));
  const child = spawn(words[0], words.slice(1), {
    env: {...ours, QUITTANCE_MAIL_NETWORKS: '127.0.0.0/8', ...environment},
    stdio: ['ignore', 'pipe', quiet ? 'ignore' : 'pipe'],
  });
  const log = quiet ? null : lines(child.stderr);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const base = await Promise.race([
    lines(child.stdout).until(
      (line) => line.match(/^listening on (http:\S+)/)?.[1], 'first line of the server'),
    exited.then((code) => {
      throw new Error(`the server ended with ${code} before it listened\n${log?.seen.join('\n')}`);
    }),
  ]);
  // What stands in front of the server (strace) started it as its only child.
  const pid = before.length === 0 ? child.pid
    : Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'latin1').trim());
  return {
    base, folder, log, child, database: url,
    async kill(signal) {
      if (child.exitCode === null && child.signalCode === null) process.kill(pid, signal);
      await exited;
    },
    async stop() {
      await this.kill('SIGTERM');
      if (!data) rmSync(folder, {recursive: true, force: true});
    },
  };
}

export const owner = {
  name: 'Marit Solheim', email: 'marit@haldenroe.example', password: 'five quiet teapots',
};

// Sets up the company by the API and makes a key with every scope: for tests that are not about
// the browser.
export async function setUp(server) {
  let cookie = '';
  const post = async (at, body) => {
    const answer = await fetch(server.base + at, {
      method: 'POST',
      headers: {'content-type': 'application/json', origin: server.base, cookie},
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 201, `${at}: ${await answer.clone().text()}`);
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer.json();
  };
  await post('/api/v1/setup', {account: {name: 'Halden & Roe'}, owner});
  const made = await post('/api/v1/api-keys',
    {name: 'tests', scopes: ['read', 'intake', 'write', 'delete']});
  return {key: made.key, cookie};
}

// The SMTP server of test/town. `mail.to(address, subject)` waits for a mail.
export async function startSink(options = {}) {
  const child = spawn('node', [path.join(root, 'test/town/smtp-sink.mjs'), JSON.stringify(options)],
    {stdio: ['pipe', 'pipe', 'inherit']});
  const out = lines(child.stdout);
  const parsed = (line) => { try { return JSON.parse(line); } catch { return null; } };
  const first = await out.until(parsed, 'first line of the SMTP server');
  return {
    port: first.port,
    mails: () => out.seen.map(parsed).filter((mail) => mail?.to),
    to: (address, subject = /./) => out.until((line) => {
      const mail = parsed(line);
      return mail?.to?.includes(address) && subject.test(mail.subject) ? mail : null;
    }, `mail to ${address} about ${subject}`),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await gone;
    },
  };
}

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--disable-gpu', '--disable-background-networking', '--no-first-run',
      '--disable-component-update', '--disable-sync', '--disable-quic',
      ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
  });
}

export function picture(page, name) {
  return page.screenshot({path: path.join(pictures, `${name}.png`), fullPage: false});
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// WCAG 2.2 AA, as far as a machine can tell.
export async function assertAccessible(page, what) {
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  }));
  const flaws = found.violations.map((v) =>
    `${v.id}: ${v.help}\n    ${v.nodes.map((n) => n.html).slice(0, 3).join('\n    ')}`);
  assert.deepEqual(flaws, [], `${what} is accessible`);
}
