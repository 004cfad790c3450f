// A mail server that sends nothing on: what it takes is written to standard output, one JSON line
// per mail. Listens on a free port of the loopback; the first line says which.
//
//   node smtp-sink.mjs '{"tls":"starttls","sign_in":{"name":"q","password":"secret"}}'
//
//   tls           "implicit", "starttls" or "none" (default); "stripped" has a certificate but
//                 does not offer it, as a man in the middle would do
//   sign_in       demands it; "no_auth":true keeps quiet about AUTH
//   certificate   "good" (for 127.0.0.1 and localhost) or "other" (for another name)
//   greeting      milliseconds to wait before the first word
//
// By the beginning of the receiver's address: bounce 550, later 451, full 452 after DATA, spam 554
// after DATA, drop (closes without an answer after DATA), slow (answers after 5 s), named (550 with
// the address in the text). {"refuse":451} on standard input makes every receiver meet that code
// from then on, 0 ends it. It leaves when its standard input closes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const options = JSON.parse(process.argv[2] ?? '{}');
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');
let refuse = 0;

function certificate(kind) {
  const names = kind === 'other' ? 'DNS:other.example' : 'IP:127.0.0.1,DNS:localhost';
  const folder = mkdtempSync(join(tmpdir(), 'smtp-sink-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
    '-nodes', '-days', '2', '-subj', '/CN=smtp sink', '-addext', `subjectAltName=${names}`,
    '-keyout', key, '-out', cert], { stdio: 'ignore' });
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { key: readFileSync(key), cert: readFileSync(cert), file: cert };
}

const answer = (code, text) => Object.assign(new Error(text), { responseCode: code });

function onRcptTo({ address }, session, done) {
  if (refuse) return done(answer(refuse, `${refuse >= 500 ? '5.7.1' : '4.7.1'} not now`));
  if (address.startsWith('bounce')) return done(answer(550, '5.1.1 no such mailbox'));
  if (address.startsWith('named')) return done(answer(550, `5.1.1 <${address}> is unknown here`));
  if (address.startsWith('later')) return done(answer(451, '4.7.1 try later'));
  if (address.startsWith('slow')) return setTimeout(done, 5000);
  return done();
}

function onData(stream, session, done) {
  const pieces = [];
  stream.on('data', (piece) => pieces.push(piece));
  stream.on('end', async () => {
    const { mailFrom, rcptTo } = session.envelope;
    const to = rcptTo.map((receiver) => receiver.address);
    if (to[0].startsWith('full')) return done(answer(452, '4.2.2 mailbox full'));
    if (to[0].startsWith('spam')) return done(answer(554, '5.7.1 refused'));
    const raw = Buffer.concat(pieces);
    const mail = await simpleParser(raw);
    const headers = Object.fromEntries(
      mail.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()]));
    const { subject = '', text = '' } = mail;
    const name = mail.to?.value[0].name ?? '';
    say({ from: mailFrom.address, to, tls: session.secure, sign_in: session.user ?? '',
      session: session.id, subject, name, sender: mail.from?.value[0].name ?? '', text, headers,
      raw: raw.toString('latin1') });
    if (to[0].startsWith('drop')) return sockets.forEach((socket) => socket.destroy());
    return done();
  });
}

const offered = options.tls === 'starttls' || options.tls === 'implicit';
const cert = options.tls && options.tls !== 'none' ? certificate(options.certificate) : undefined;
const server = new SMTPServer({
  secure: options.tls === 'implicit',
  ...(cert ? { key: cert.key, cert: cert.cert } : {}),
  authOptional: !options.sign_in,
  allowInsecureAuth: !offered,
  hideSTARTTLS: options.tls !== 'starttls',
  disabledCommands: [...(offered ? [] : ['STARTTLS']), ...(options.no_auth ? ['AUTH'] : [])],
  onConnect: (session, done) => setTimeout(done, options.greeting ?? 0),
  onAuth: ({ username, password }, session, done) =>
    username === options.sign_in?.name && password === options.sign_in?.password
      ? done(null, { user: username })
      : done(answer(535, '5.7.8 wrong name or password')),
  onRcptTo,
  onData,
});
const sockets = new Set();
server.server.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});
server.on('error', () => {});  // a broken connection is what some tests are about
server.listen(0, '127.0.0.1', () =>
  say({ port: server.server.address().port, authority: cert?.file ?? '' }));

const commands = createInterface({ input: process.stdin });
commands.on('line', (line) => {
  ({ refuse = 0 } = JSON.parse(line));
  say({ refuse });
});
commands.on('close', () => process.exit(0));
