// For development only: answers like the server, from memory, with the cast of the design pictures.
// node dev/mock.mjs [PORT] [--setup|--signed-out|--accounts] ; serves dist/ below /app.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';

const port = Number(process.argv[2] ?? 0);
const has = (flag) => process.argv.includes(flag);
const day = (n) => new Date(Date.now() + n * 864e5).toISOString().slice(0, 10);
const at = (days, clock = '09:12') => `${day(days)}T${clock}:40.000Z`;

const agents = [
  ['Marit Solheim', 'marit@haldenroe.example', 'owner'],
  ['Tomasz Wieczorek', 'tomasz@haldenroe.example', 'agent'],
  ['Noor Haddad', 'noor@haldenroe.example', 'agent'],
  ['Ji-won Baek', 'jiwon@haldenroe.example', 'auditor'],
].map(([name, email, role], n) => ({
  id: `0192f3a4-7d2e-7c11-8f00-00000000000${n}`, name, email, role,
  created_at: at(-200), archived_at: null, version: 1,
}));
const A = (n) => (n === null ? null : { id: agents[n].id, name: agents[n].name });
const account = { id: '0192f3a4-0000-7c11-8f00-000000000001', name: 'Halden & Roe' };
const other = { id: '0192f3a4-0000-7c11-8f00-000000000002', name: 'Tidewater Books' };
let me = agents[0];
let signedIn = !has('--setup') && !has('--signed-out') && !has('--accounts');
let setupNeeded = has('--setup');
const accounts = has('--accounts') ? [account, other] : [account];
let mailReady = !has('--no-mail');

const types = { erase: 'all data was deleted', rectify: 'all data was corrected', opt_out_sale: 'the data is no longer sold or shared', unsubscribe: 'the address gets no more advertising' };
const requests = [];
const add = (reference, name, email, type, stage, country, due, who, more = {}) => {
  const id = randomUUID();
  const r = {
    id, reference, type, stage, decision: null, proof: email ? 'given' : 'missing', verified: true,
    requester: { name, email }, country, region: null, channel: 'web', received_on: day(due - 30), received_at: at(due - 30),
    due: { on: day(due), law: 'eu-gdpr', reason: 'One month from the day it arrived (GDPR Art. 12(3))' },
    assignee: A(who), updated_at: at(-1), closed_at: null, trouble: false,
    ground: null, language: 'en',
    details: [{ key: 'message', label: 'Message', value: 'Please delete everything you hold about me.' }],
    verification: { method: 'mail_code', at: at(due - 29, '09:14'), agent: null, reason: null },
    identifiers: [], attestation_statement: types[type], attestation: null, steps: [], reply_draft_at: null,
    reply: null, replies: [], possible_decisions: [], version: 3, ...more,
  };
  if (stage === 'process' || stage === 'reply') r.steps.push({ step: 'approve', stage: 'review', at: at(0, '06:58'), agent: A(0) });
  if (stage === 'reply') { r.steps.push({ step: 'complete', stage: 'process', at: at(0, '07:06'), agent: A(0) }); r.possible_decisions = ['granted', 'partly', 'nothing_found']; }
  r.history = [
    entry('received', null, 'site', { type, channel: r.channel, due_on: r.due.on, country }, r.received_at),
    entry('verified', null, 'site', { method: 'mail_code' }, at(due - 29, '09:14')),
    entry('letter_sent', null, 'round', { purpose: 'acknowledgement' }, at(due - 29, '09:15')),
    ...r.steps.map((s) => entry(s.step === 'approve' ? 'approved' : 'completed', 0, 'web', {}, s.at)),
  ];
  requests.push(r);
  return r;
};
function entry(event, who, door, detail, when = new Date().toISOString()) {
  return { id: randomUUID(), event, at: when, agent: A(who), key: null, door, commitment: '00', detail, words: event };
}
add('Q-2HVN-71KC', 'Chukwuemeka Okonjo-Adeyemi', 'c.okonjo-adeyemi@lagoonpost.example', 'erase', 'process', 'NG', -4, 1);
add('Q-9RTB-44ZM', 'Дарья Мельникова', 'd.melnikova@severpochta.example', 'rectify', 'review', 'LV', -2, 2);
add('Q-7F3K-92MD', 'Anneliese Brückner-Öztürk', 'anneliese.brueckner@postfach-nord.example', 'erase', 'review', 'DE', 1, 0, {
  language: 'de',
  details: [
    { key: 'customer_number', label: 'Customer number', value: '40-118-277' },
    { key: 'former_name', label: 'Former name', value: 'Brückner' },
    { key: 'message', label: 'Message', value: 'Bitte löschen Sie alles, was Sie über mich gespeichert haben, auch die Bestellungen aus meiner Zeit in Flensburg (bis 2021). Newsletter bekomme ich trotz Abmeldung immer noch.' },
  ],
  identifiers: [{ id: randomUUID(), kind: 'customer_number', value: '40-118-277', proof: 'attested', agent: A(2), reason: 'Matched the order confirmation she forwarded.', at: at(-3) }],
});
add('Q-5DWX-08QP', 'יעל ברקוביץ׳', 'yael.berkovitz@gvanim.example', 'erase', 'reply', 'IL', 2, 0);
add('Q-1MLK-55TR', 'María del Carmen Fernández-Villaverde y Ruiz de la Prada', 'mcarmen.fernandezvillaverde.ruizdelaprada@correo-de-levante.example', 'erase', 'process', 'ES', 3, 3, {
  attestation: { statement: 'all data was deleted', systems: ['Shop database', 'Newsletter'], exceptions: [{ system: 'Invoices 2021 to 2026', ground: 'tax_and_accounting', until: 'end of 2036' }], agent: A(1), at: at(0, '07:01') },
});
add('Q-8PCG-31WA', '李思源', 'li.siyuan@yunmail.example', 'rectify', 'review', 'IE', 4, null);
add('Q-4KZE-66HB', 'Tom Achterberg', 'tom@achterberg.example', 'unsubscribe', 'review', 'NL', 5, 2, { proof: 'not_needed', verification: null, verified: false });
add('Q-3YQS-19FD', 'Σοφία Παπαδοπούλου', 'sofia.papadopoulou@aigaio.example', 'erase', 'process', 'GR', 6, 0);
add('Q-6TNV-83RX', 'محمد الفارسي', 'm.alfarsi@barid.example', 'rectify', 'review', 'NL', 8, 1);
add('Q-0WJB-27LN', 'Siobhán Ní Fhloinn', 'siobhan@nifhloinn.example', 'erase', 'review', 'IE', 9, 0);
add('Q-9AXC-58GE', 'Łukasz Żółtowski', 'l.zoltowski@skrytka.example', 'opt_out_sale', 'review', 'PL', 10, null, { proof: 'not_needed', verification: null });
const failed = add('Q-2UDF-90VK', 'ნინო გელაშვილი', 'nino.gelashvili@tserili.example', 'erase', 'reply', 'GE', 11, 3, { trouble: true });
failed.reply = { id: randomUUID(), sent_by: 'email', state: 'failed', last_error: 'The mail server refused the address: 550 no such mailbox.', subject: 'Your data has been deleted (Q-2UDF-90VK)', body: 'Hello,\n\nWe have deleted your data.', note: '', agent: A(1), at: at(-1) };
failed.replies = [failed.reply];
failed.identifiers = [{ id: randomUUID(), kind: 'email', value: 'nino.g@posta.example', proof: 'attested', agent: A(1), reason: 'Rang the number in the contract.', at: at(-1) }];
add('Q-7GHR-13YT', 'João Pedro d’Ávila Teixeira', 'jp.davila@correiobelo.example', 'erase', 'process', 'BR', 12, 2);
add('Q-4SMB-72QW', 'Éloïse de Rochambeau', 'eloise@derochambeau.example', 'rectify', 'review', 'FR', 15, 0);
add('Q-8LEX-05CJ', 'O. Nguyễn Thị Minh Khai', 'minhkhai.nguyen@thudientu.example', 'erase', 'review', 'CH', 16, 1);
add('Q-5CCV-12HP', 'Harriet Pemberton-Clarke', null, 'erase', 'review', 'GB', 18, 2, { channel: 'phone', proof: 'missing', verification: null, verified: false });
add('Q-6PPP-77AA', null, 'giulia.bevilacqua@postaviva.example', 'erase', 'review', 'IT', 20, null, { proof: 'awaited', verification: null, verified: false });
const answered = add('Q-3RRT-44QE', 'Aino Virtanen', 'aino@lehto.example', 'erase', 'reply', 'FI', 21, 0);
answered.reply = { id: randomUUID(), sent_by: 'email', state: 'sent', last_error: null, subject: 'Your data has been deleted (Q-3RRT-44QE)', body: 'Hello Aino Virtanen,\n\nWe have deleted your data, as you asked.', note: '', agent: A(0), at: at(0, '07:09') };
answered.replies = [answered.reply];
const closed = add('Q-1CLS-00ED', 'Bram Vermeulen', 'bram@vermeulen.example', 'erase', 'reply', 'BE', 14, 0);
Object.assign(closed, { stage: 'closed', decision: 'granted', closed_at: at(0, '07:10'), possible_decisions: [], reply: { ...answered.reply, subject: 'Your data has been deleted (Q-1CLS-00ED)' },
  attestation: { statement: 'all data was deleted', systems: ['Shop database', 'Newsletter', 'Paper archive Kiel'], exceptions: [], agent: A(0), at: at(0, '07:02') } });
closed.steps.push({ step: 'close', stage: 'reply', at: at(0, '07:10'), agent: A(0) });
closed.history.push(entry('attested', 0, 'web', { statement: 'all data was deleted', systems: closed.attestation.systems }), entry('replied', 0, 'web', { sent_by: 'email', subject: closed.reply.subject, body: closed.reply.body }), entry('letter_sent', null, 'round', { purpose: 'reply' }), entry('closed', 0, 'web', { decision: 'granted' }));
const rejected = add('Q-7REJ-11EC', 'Odalys Quintero', 'odalys@quintero.example', 'erase', 'reply', 'ES', 13, 1);
Object.assign(rejected, { decision: 'refused', ground: 'cannot_identify', possible_decisions: ['refused'], steps: [{ step: 'reject', stage: 'review', at: at(0, '06:30'), agent: A(1) }] });

const grounds = [
  { id: 'cannot_identify', kind: 'refuse', name: 'We cannot tell who asks', say: '', for: ['erase', 'rectify'], need: ['we asked at once and said what would help', 'milder ways were offered', 'the person did not answer or the answer does not fit', 'we can show that we cannot tell who it is'] },
  { id: 'manifestly_unfounded', kind: 'refuse', name: 'Clearly unfounded', say: '', for: ['erase', 'rectify'], need: ['facts that show the request is obviously groundless', 'a second person agrees'] },
  { id: 'processor_only', kind: 'redirect', name: 'Another company is responsible', say: '', for: ['erase'], need: ['the other company is named'] },
  { id: 'tax_and_accounting', kind: 'keep', name: 'Tax and accounting records', say: '', for: ['erase'], need: [] },
  { id: 'legal_claims', kind: 'keep', name: 'Legal claims', say: '', for: ['erase'], need: [] },
];
const letter = (head) => `{{greeting}}\n\n${head}, as you asked on {{received_on}}.\n\n{{#has_places}}\nIt was deleted here{{#done_on}}, as we recorded on {{done_on}}{{/done_on}}:\n{{#places}}\n- {{name}}\n{{/places}}\n\n{{/has_places}}\n{{#complaint_sentence}}\n{{complaint_sentence}}\n\n{{/complaint_sentence}}\n{{signature}}`;
const templates = [];
for (const type of Object.keys(types)) for (const [occasion, name] of [['acknowledgement', 'We have your request'], ['verification', 'Please confirm'], ['granted', 'Done'], ['partly', 'Done in part'], ['refused', 'Refused'], ['nothing_found', 'Nothing found']]) {
  templates.push({ id: randomUUID(), type, occasion, language: 'en', name, subject: `Your data has been deleted ({{reference}})`, body: letter('We have deleted your data'), version: 2, updated_at: at(-12), archived_at: null });
}
const company = { name: 'Halden & Roe Teeversand GmbH', time_zone: 'Europe/Berlin', privacy_email: 'privacy@haldenroe.example', postal_address: 'Speicherstraße 4\n24103 Kiel', privacy_officer: 'Birgitta Ólafsdóttir', policy_url: 'https://haldenroe.example/privacy', version: 1 };
const mail = { configured: mailReady, host: mailReady ? 'smtp.haldenroe.example' : '', port: mailReady ? 587 : 0, security: 'starttls', sign_in: 'privacy', has_password: mailReady, from: { address: 'privacy@haldenroe.example', name: 'Halden & Roe' }, reply_to: null, version: 1 };
const invitations = [{ id: randomUUID(), email: 'ilse@haldenroe.example', role: 'agent', invited_by: A(0), created_at: at(-1), expires_at: at(6), accepted_at: null, archived_at: null }];
const keysMade = [{ id: randomUUID(), name: 'Web shop', scopes: ['intake'], created_by: A(0), created_at: at(-40), last_used_at: at(0, '05:00'), archived_at: null }];
const drafts = new Map();
const streams = new Set();
const tell = (r) => { r.version++; r.updated_at = new Date().toISOString(); for (const s of streams) s.write(`event: request\ndata: ${JSON.stringify({ request: r.id })}\n\n`); };

class No extends Error { constructor(status, code, detail, errors) { super(code); Object.assign(this, { status, code, detail, errors }); } }
const session = () => ({ account, agent: { id: me.id, name: me.name, email: me.email, role: me.role }, accounts, signed_in_at: at(0, '06:00'), ends_at: at(7), fresh_until: at(0, '06:10') });
const line = ({ id, reference, type, stage, decision, proof, verified, requester, country, region, channel, received_on, received_at, due, assignee, updated_at, closed_at, trouble }) => ({ id, reference, type, stage, decision, proof, verified, requester, country, region, channel, received_on, received_at, due, assignee, updated_at, closed_at, trouble });
const full = ({ history, trouble, ...r }) => r;
const find = (id) => requests.find((r) => r.id === id) ?? (() => { throw new No(404, 'not_found', 'There is no such request in this account.'); })();
const step = (r, name, from, to, event, detail = {}) => {
  if (r.stage !== from && from) throw new No(409, 'not_in_stage', `This step is not possible in stage ${r.stage}.`);
  const s = { step: name, stage: r.stage, at: new Date().toISOString(), agent: A(agents.indexOf(me)) };
  r.steps.push(s); r.stage = to; r.history.push(entry(event, agents.indexOf(me), 'web', detail)); tell(r); return s;
};
const need = (ok, where, detail) => { if (!ok) throw new No(422, 'invalid_fields', 'One field is not right.', [{ at: where, code: 'required', detail }]); };

const routes = [
  ['GET', '/setup', () => ({ needed: setupNeeded, code_needed: has('--code') })],
  ['POST', '/setup', (b) => { need(b.owner.password.length >= 12, '/owner/password', 'At least 12 characters.'); need(b.owner.email.includes('@'), '/owner/email', 'This is not an e-mail address.'); setupNeeded = false; signedIn = true; return [201, { account, agent: session().agent, privacy_centre: { slug: 'privacy' } }]; }],
  ['POST', '/session', (b) => { if (b.password === 'wrong') throw new No(401, 'sign_in_failed', 'Wrong.'); signedIn = true; return [201, session()]; }],
  ['GET', '/session', () => session()],
  ['DELETE', '/session', () => { signedIn = false; return [204]; }],
  ['PUT', '/session/account', () => session()],
  ['POST', '/session/proof', (b) => { if (b.password === 'wrong') throw new No(403, 'wrong_password', 'That is not your password.'); return [204]; }],
  ['PUT', '/password', (b) => { if (b.old_password === 'wrong') throw new No(403, 'wrong_password', 'That is not your password.'); need(b.password.length > 11, '/password', 'At least 12 characters.'); return [204]; }],
  ['POST', '/password-resets', () => [202, { id: randomUUID() }]],
  ['POST', '/password-resets/redemption', (b) => { if (b.token === 'gone') throw new No(404, 'reset_gone', 'Gone.'); return [204]; }],
  ['POST', '/invitations/look', (b) => { if (b.token === 'gone') throw new No(404, 'invitation_gone', 'Gone.'); return { account: { name: account.name }, email: 'ilse@haldenroe.example', role: 'agent', expires_at: at(6), known: b.token === 'known' }; }],
  ['POST', '/invitations/acceptance', () => { signedIn = true; return [201, session()]; }],
  ['GET', '/sessions', () => ({ sessions: [{ id: randomUUID(), account, created_at: at(0, '06:00'), seen_at: at(0, '07:00'), current: true }, { id: randomUUID(), account, created_at: at(-2), seen_at: at(-1), current: false }], next: null })],
  ['DELETE', '/sessions', () => [204]],
  ['GET', '/agents', () => ({ agents, next: null })],
  ['PUT', '/agents/(id)', (b, [id]) => Object.assign(agents.find((a) => a.id === id), b)],
  ['DELETE', '/agents/(id)', (_, [id]) => { agents.find((a) => a.id === id).archived_at = at(0); return [204]; }],
  ['GET', '/invitations', () => ({ invitations, next: null })],
  ['POST', '/invitations', (b) => { need(b.email.includes('@'), '/email', 'This is not an e-mail address.'); const i = { id: randomUUID(), ...b, invited_by: A(0), created_at: at(0), expires_at: at(7), accepted_at: null, archived_at: null }; invitations.unshift(i); return [201, i]; }],
  ['DELETE', '/invitations/(id)', (_, [id]) => { invitations.find((i) => i.id === id).archived_at = at(0); return [204]; }],
  ['GET', '/api-keys', () => ({ api_keys: keysMade, next: null })],
  ['POST', '/api-keys', (b) => { need(b.name, '/name', 'A name is needed.'); const k = { id: randomUUID(), ...b, created_by: A(0), created_at: at(0), last_used_at: null, archived_at: null }; keysMade.unshift(k); return [201, { id: k.id, ...b, key: 'q_' + randomBytes(32).toString('base64url') }]; }],
  ['GET', '/requests/counts', () => { const n = (f) => requests.filter(f).length; const open = (r) => r.stage !== 'closed' && r.proof !== 'awaited'; return { stages: { review: n((r) => open(r) && r.stage === 'review'), process: n((r) => r.stage === 'process'), reply: n((r) => r.stage === 'reply'), closed: n((r) => r.stage === 'closed') }, overdue: n((r) => open(r) && r.due.on < day(0)), due_week: n((r) => open(r) && r.due.on >= day(0) && r.due.on <= day(6)), unverified: n((r) => r.proof === 'awaited') }; }],
  ['GET', '/requests', (_, __, q) => { if (has('--fail')) throw Object.assign(new No(500, 'fault', 'The database did not answer within 5 seconds. Nothing was lost.'), { reference: 'f-81C2-0D9A' }); if (has('--empty')) return { requests: [], next: null }; let l = requests.filter((r) => (q.get('stage') ? r.stage === q.get('stage') : r.stage !== 'closed')); l = q.get('proof') ? l.filter((r) => r.proof === q.get('proof')) : l.filter((r) => r.proof !== 'awaited'); const w = q.get('assignee'); if (w) l = l.filter((r) => (w === 'nobody' ? !r.assignee : r.assignee?.id === w)); if (q.get('type')) l = l.filter((r) => r.type === q.get('type')); if (q.get('due') === 'overdue') l = l.filter((r) => r.due.on < day(0)); l.sort((a, b) => a.due.on.localeCompare(b.due.on)); const from = Number(q.get('cursor') ?? 0), n = 12; return { requests: l.slice(from, from + n).map(line), next: l.length > from + n ? String(from + n) : null }; }],
  ['POST', '/requests/searches', (b) => ({ requests: requests.filter((r) => r.requester.email === b.q || r.reference === b.q).map(line), next: null })],
  ['POST', '/requests', (b) => { need(b.requester.name || b.requester.email, '/requester/name', 'A name or an e-mail address is needed.'); need(b.country, '/country', 'A country is needed.'); const r = add(`Q-${randomBytes(2).toString('hex').toUpperCase()}-NEW1`, b.requester.name, b.requester.email, b.type, 'review', b.country, 30, null, { channel: b.channel, proof: 'missing', verification: null }); r.history.length = 1; tell(r); return [201, full(r)]; }],
  ['GET', '/requests/(id)', (_, [id]) => full(find(id))],
  ['PUT', '/requests/(id)/assignee', (b, [id]) => { const r = find(id); r.assignee = b.agent ? A(agents.findIndex((a) => a.id === b.agent)) : null; r.history.push(entry('assigned', agents.indexOf(me), 'web', { to: b.agent })); tell(r); return full(r); }],
  ['POST', '/requests/(id)/verification', (b, [id]) => { need(b.reason, '/reason', 'A reason is needed.'); const r = find(id); r.proof = 'given'; r.verification = { ...b, at: new Date().toISOString(), agent: A(0) }; r.history.push(entry('verified', 0, 'web', b)); tell(r); return [201, r.verification]; }],
  ['POST', '/requests/(id)/verification-mails', (_, [id]) => { const r = find(id); r.proof = 'awaited'; r.history.push(entry('verification_mailed', 0, 'web', {})); tell(r); return [202, { id: randomUUID() }]; }],
  ['POST', '/requests/(id)/identifiers', (b, [id]) => { need(b.value, '/value', 'A value is needed.'); need(b.reason, '/reason', 'A reason is needed.'); const r = find(id); const i = { id: randomUUID(), ...b, proof: 'attested', agent: A(0), at: at(0) }; r.identifiers.push(i); r.history.push(entry('identifier_attested', 0, 'web', b)); tell(r); return [201, i]; }],
  ['POST', '/requests/(id)/approval', (_, [id]) => [201, step(find(id), 'approve', 'review', 'process', 'approved')]],
  ['POST', '/requests/(id)/rejection', (b, [id]) => { const r = find(id); const s = step(r, 'reject', 'review', 'reply', 'rejected', b); Object.assign(r, { decision: 'refused', ground: b.ground, possible_decisions: ['refused'] }); return [201, s]; }],
  ['PUT', '/requests/(id)/attestation', (b, [id]) => { const r = find(id); r.attestation = { statement: b.statement, systems: b.systems ?? [], exceptions: b.exceptions ?? [], agent: A(agents.indexOf(me)), at: new Date().toISOString() }; r.history.push(entry('attested', agents.indexOf(me), 'web', b)); tell(r); return r.attestation; }],
  ['POST', '/requests/(id)/completion', (_, [id]) => { const r = find(id); if (!r.attestation) throw new No(409, 'unfinished', 'Confirm first.'); const s = step(r, 'complete', 'process', 'reply', 'completed'); r.possible_decisions = r.attestation.exceptions.length ? ['partly', 'nothing_found'] : ['granted', 'partly', 'nothing_found']; return [201, s]; }],
  ['GET', '/requests/(id)/reply/preview', (_, [id], q) => { const r = find(id); const tpl = templates.find((x) => x.id === q.get('template')); return { subject: tpl.subject.replace('{{reference}}', r.reference), body: `Hello ${r.requester.name ?? ''},\n\nWe have deleted your data, as you asked on 24 October 2026.\n\nIt was deleted here, as we recorded on 23 November 2026:\n- Shop database\n- Newsletter\n- Help desk\n\nIf we have got something wrong, write to privacy@haldenroe.example: a person reads it.\n\nIf you do not agree, you can complain to your data protection authority.\n\nHalden & Roe Teeversand GmbH\nSpeicherstraße 4, 24103 Kiel` }; }],
  ['GET', '/requests/(id)/reply/draft', (_, [id]) => drafts.get(id) ?? (() => { throw new No(404, 'not_found', 'No draft.'); })()],
  ['PUT', '/requests/(id)/reply/draft', (b, [id]) => { const d = { template: null, ...b, agent: A(0), at: new Date().toISOString() }; drafts.set(id, d); return d; }],
  ['POST', '/requests/(id)/reply', (b, [id]) => { const r = find(id); if (b.sent_by && b.sent_by !== 'email') need(b.note, '/note', 'Write what was said.'); r.reply = { id: randomUUID(), sent_by: b.sent_by ?? 'email', state: b.sent_by ? 'by_other_means' : mail.configured ? 'sent' : 'queued', last_error: null, subject: b.subject ?? (b.sent_by ? '' : `Your data has been deleted (${r.reference})`), body: b.body ?? (b.sent_by ? '' : 'Hello,\n\nWe have deleted your data.'), note: b.note ?? '', agent: A(0), at: new Date().toISOString() }; r.replies.push(r.reply); r.trouble = false; r.history.push(entry('replied', 0, 'web', { sent_by: r.reply.sent_by, subject: r.reply.subject, body: r.reply.body, note: r.reply.note })); tell(r); return [202, { id: r.reply.id }]; }],
  ['POST', '/requests/(id)/replies/([^/]+)/retry', (_, [id]) => { const r = find(id); r.reply = { ...r.reply, state: 'queued', last_error: null }; r.trouble = false; r.history.push(entry('reply_resent', 0, 'web', {})); tell(r); return [202, { id: r.reply.id }]; }],
  ['POST', '/requests/(id)/closure', (b, [id]) => { const r = find(id); if (!r.reply) throw new No(409, 'no_reply', 'Answer first.'); const s = step(r, 'close', 'reply', 'closed', 'closed', b); Object.assign(r, { decision: b.decision, closed_at: s.at, possible_decisions: [] }); return [201, s]; }],
  ['POST', '/requests/(id)/end', (b, [id]) => { need(b.note, '/note', 'A note is needed.'); const r = find(id); const s = step(r, 'end', null, 'closed', 'ended', b); Object.assign(r, { decision: b.decision, closed_at: s.at, possible_decisions: [] }); return [201, s]; }],
  ['GET', '/requests/(id)/history', (_, [id]) => ({ entries: find(id).history, next: null })],
  ['GET', '/templates', () => ({ templates: templates.filter((x) => !x.archived_at), next: null })],
  ['POST', '/templates', (b) => { need(b.name, '/name', 'A name is needed.'); const x = { id: randomUUID(), ...b, version: 1, updated_at: at(0), archived_at: null }; templates.push(x); return [201, x]; }],
  ['GET', '/templates/(id)', (_, [id]) => templates.find((x) => x.id === id) ?? (() => { throw new No(404, 'not_found', 'No.'); })()],
  ['PUT', '/templates/(id)', (b, [id]) => { const x = templates.find((y) => y.id === id); return Object.assign(x, b, { version: x.version + 1, updated_at: new Date().toISOString() }); }],
  ['DELETE', '/templates/(id)', (_, [id]) => { templates.find((x) => x.id === id).archived_at = at(0); return [204]; }],
  ['GET', '/settings/company', () => company],
  ['PUT', '/settings/company', (b) => Object.assign(company, b, { version: company.version + 1 })],
  ['GET', '/settings/mail', () => mail],
  ['PUT', '/settings/mail', (b) => { need(b.host, '/host', 'A server is needed.'); delete b.password; return Object.assign(mail, b, { configured: true, has_password: true, version: mail.version + 1 }); }],
  ['POST', '/settings/mail/tests', (b) => b.to.startsWith('bad') ? { sent: false, final: true, words: 'The mail server did not accept the sign-in: 535 authentication failed.' } : { sent: true, final: true, words: '' }],
  ['GET', '/letters/backlog', () => ({ configured: mail.configured, queued: mail.configured ? 0 : 3, failed: 1 })],
  ['GET', '/privacy-centres', () => ({ privacy_centres: [{ id: randomUUID(), slug: 'privacy', url: 'http://127.0.0.1:8080/privacy' }], next: null })],
  ['GET', '/grounds', (_, __, q) => ({ grounds: grounds.filter((g) => g.for.includes(q.get('type'))), next: null })],
  ['GET', '/countries', () => ({ countries: [['BE', 'Belgium'], ['DE', 'Germany'], ['ES', 'Spain'], ['GB', 'United Kingdom'], ['US', 'United States']].map(([code, name]) => ({ code, name, asks_region: code === 'US', regions: code === 'US' ? [{ code: 'US-CA', name: 'California' }, { code: 'US-NY', name: 'New York' }] : [] })), next: null })],
].map(([method, path, run]) => ({ method, run, path: new RegExp(`^/api/v1${path.replaceAll('(id)', '([0-9a-f-]{36})')}$`) }));

const open = ['/setup', '/session', '/password-resets', '/password-resets/redemption', '/invitations/look', '/invitations/acceptance'].map((p) => `/api/v1${p}`);
const kinds = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', woff2: 'font/woff2', svg: 'image/svg+xml' };

function page(path, answer) {
  const file = new URL(`../dist/${path.replace(/^\/app\/?/, '')}`, import.meta.url);
  if (path.startsWith('/app/assets/') && existsSync(file)) {
    return answer.writeHead(200, { 'content-type': kinds[path.split('.').pop()] }).end(readFileSync(file));
  }
  const nonce = randomBytes(16).toString('base64');
  const html = readFileSync(new URL('../dist/index.html', import.meta.url), 'utf8').replaceAll('{{nonce}}', nonce);
  answer.writeHead(200, { 'content-type': kinds.html, 'content-security-policy': `default-src 'self'; style-src 'self' 'nonce-${nonce}'` }).end(html);
}

const server = createServer(async (call, answer) => {
  const { pathname: path, searchParams: query } = new URL(call.url, 'http://x');
  if (!path.startsWith('/api/')) return page(path, answer);
  if (path === '/api/v1/events') {
    answer.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    streams.add(answer);
    return call.on('close', () => streams.delete(answer));
  }
  let text = '';
  for await (const piece of call) text += piece;
  try {
    if (!signedIn && !(open.includes(path) && !(path.endsWith('/session') && call.method === 'GET'))) throw new No(401, 'not_signed_in', 'Sign in.');
    const route = routes.find((r) => r.method === call.method && r.path.test(path));
    if (!route) throw new No(404, 'not_found', 'There is no such address.');
    const result = route.run(text ? JSON.parse(text) : {}, route.path.exec(path).slice(1), query);
    const [status, content] = Array.isArray(result) ? result : [200, result];
    answer.writeHead(status, { 'content-type': 'application/json', ...(content?.version ? { etag: `"${content.version}"` } : {}) });
    answer.end(content === undefined ? undefined : JSON.stringify(content));
  } catch (error) {
    const { status = 500, code = 'fault', detail = String(error), errors, reference } = error;
    answer.writeHead(status, { 'content-type': 'application/problem+json' });
    answer.end(JSON.stringify({ type: 'about:blank', title: code, status, code, detail, errors, reference }));
  }
}).listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
