// A stolen copy: after a whole walk through all stages, the names, addresses and words of the people
// in it are nowhere in the bytes of the database files, logs and indexes included.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {databases, owner, setUp, startServer} from '../browser/portal.mjs';

const secrets = [
  owner.name, owner.email, 'Brückner-Öztürk', 'anneliese.brueckner@postfach-nord.example',
  'postfach-nord', 'Kundennummer war 40-118-277', 'KD-40118277', 'showed her passport at the till',
  'Ledgerhouse archive', 'the long winter of 2033', 'Dear Anneliese, it is all gone',
  'What we did for you', 'a note that only staff may read', 'privacy@haldenroe.example',
];

async function walk(server) {
  const {key} = await setUp(server);
  const call = async (method, at, body) => {
    const answer = await fetch(server.base + at, {
      method,
      headers: {'content-type': 'application/json', authorization: `Bearer ${key}`},
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${at}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  };
  const intake = (country) => call('POST', '/api/v1/requests', {
    type: 'erase', channel: 'phone', country,
    requester: {name: 'Anneliese Brückner-Öztürk', email: 'anneliese.brueckner@postfach-nord.example'},
    details: {message: 'Meine Kundennummer war 40-118-277.'},
  });
  const {id} = await intake('DE');
  const at = `/api/v1/requests/${id}`;
  await call('POST', `${at}/verification`,
    {method: 'document', reason: 'She showed her passport at the till.'});
  await call('POST', `${at}/identifiers`, {kind: 'customer_number', value: 'KD-40118277',
    method: 'known_to_agent', reason: 'She showed her passport at the till.'});
  await call('POST', `${at}/approval`);
  await call('PUT', `${at}/attestation`, {
    statement: 'all data was deleted', systems: ['Ledgerhouse archive'],
    exceptions: [{system: 'Ledgerhouse archive', ground: 'tax_and_accounting',
      until: 'the long winter of 2033'}],
  });
  await call('POST', `${at}/completion`);
  await call('PUT', `${at}/reply/draft`,
    {subject: 'What we did for you', body: 'Dear Anneliese, it is all gone.'});
  await call('POST', `${at}/reply`,
    {subject: 'What we did for you', body: 'Dear Anneliese, it is all gone.'});
  await call('POST', `${at}/closure`, {decision: 'partly'});
  const other = await intake('FR');
  await call('POST', `/api/v1/requests/${other.id}/end`,
    {decision: 'withdrawn', note: 'This is a note that only staff may read.'});
}

function* filesBelow(folder) {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const stat = statSync(file, {throwIfNoEntry: false});
    if (stat?.isDirectory()) yield* filesBelow(file);
    else if (stat?.isFile()) yield file;
  }
}

// Where the bytes lie that a thief of the database would have.
function databaseFiles(server) {
  if (!server.database) {
    return [...filesBelow(server.folder)].filter((file) => /quittance\.db/.test(file));
  }
  execFileSync('psql', [server.database, '-qc', 'CHECKPOINT']);
  return [...filesBelow(path.join(server.database.match(/host=([^&]+)/)[1], 'data'))];
}

for (const database of databases) {
  test(`a stolen copy says nothing about anybody, on ${database}`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'quittance-stolen-'));
    const server = await startServer({database, data: folder});
    await walk(server);
    let clear = 0;
    for (const file of databaseFiles(server)) {
      const bytes = readFileSync(file);
      // What is not sealed is found: the search can see.
      if (bytes.includes('{{reference}}')) ++clear;
      for (const secret of secrets) {
        assert.ok(!bytes.includes(secret), `"${secret}" stands in ${path.basename(file)}`);
        assert.ok(!bytes.includes(secret.toLowerCase()), `"${secret}" in ${path.basename(file)}`);
      }
    }
    assert.ok(clear > 0, 'the letter templates are there in clear');
    await server.stop();
    rmSync(folder, {recursive: true, force: true});
  });
}
