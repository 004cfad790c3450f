// The whole way of a request, in a browser, with real mail: from the set-up of a fresh server and a
// stranger's form to the closed request and its history. On every database.
import assert from 'node:assert/strict';
import test from 'node:test';
import {databases, openBrowser, owner, picture, startServer, startSink} from './portal.mjs';
import {assertQuiet, button, chooseStage, codeIn, dialog, field, fillForm, heading, history, linkIn,
  openPage, choose, row, setUpInBrowser, setUpMail, stairs} from './desk.mjs';
import {expect} from './expect.mjs';

const ana = {
  type: /Delete/, email: 'ana.diaz@mail.example', name: 'Ana Diaz', country: 'United States',
  region: 'California', message: 'Customer number 4711',
};

const words = {
  erase: 'all data was deleted',
  edited: 'Your parcel subscription has ended too.',
};

// Everything that is open during one walk.
async function open(database) {
  const sink = await startSink({sign_in: {name: 'portal', password: 'a secret of the post'}});
  const server = await startServer({database});
  const browser = await openBrowser();
  const agent = await openPage(browser, {base: server.base});
  const stranger = await openPage(browser, {base: server.base, javaScriptEnabled: false});
  return {
    sink, server, agent, stranger,
    async close() {
      await browser.close();
      await server.stop();
      await sink.stop();
    },
  };
}

for (const database of databases) {
  test(`requests go from the form to closure (${database})`, {timeout: 110_000}, async () => {
    const house = await open(database);
    const step = (what, how) => told(house, `${what} (${database})`, how);
    try {
      await step('a fresh server is set up and sends mail', setsUp);
      await step('the form keeps what was typed, and asks for the state', fillsTheForm);
      await step('only the button behind the link proves the address', provesByLink);
      await step('Continue: the request is processed', approves);
      await step('the deletion is confirmed by name', attests);
      await step('the letter is edited and sent', replies);
      await step('the request is closed, and its history is whole', closes);
      await step('a typed code proves too, and a rejection skips Process', rejects);
      await step('spam is ended early', ends);
      await step('the requester looks at the request and takes it back', withdraws);
      await assertQuiet(house.agent, ['ana.diaz', 'Diaz', 'mallory', 'Mallory']);
      await assertQuiet(house.stranger, ['ana.diaz', 'Diaz', 'mallory', 'Mallory']);
      assertDiscreet(house.server);
    } finally {
      await house.close();
    }
  });
}

// The log of the whole walk has calls in it, and neither secrets nor anything of anybody.
function assertDiscreet(server) {
  const log = server.log.seen.join('\n');
  assert.match(log, /"what":"call"/);
  for (const word of [ana.name, ana.email, ana.message, mallory.name, mallory.email, owner.name,
    owner.email, owner.password, 'a secret of the post', '/confirm/', '/r/', 'Bearer q_']) {
    const told = server.log.seen.filter((line) =>
      line.includes(word) && !line.includes(`${word}{token}`));
    assert.deepEqual(told, [], `${word} is in the log`);
  }
}

// A step that fails says which one it was and leaves a picture of what the agent saw.
async function told(house, what, how) {
  try {
    await how(house);
  } catch (error) {
    await picture(house.agent, 'walk-failed-agent');
    await picture(house.stranger, 'walk-failed-stranger');
    error.message = `${what}: ${error.message}`;
    throw error;
  }
}

async function setsUp({agent, sink}) {
  await setUpInBrowser(agent, 'Halden & Roe', owner);
  await setUpMail(agent, sink.port, 'portal', 'a secret of the post');
  await button(agent, 'Send a test mail').click();
  await expect(agent.getByText(/^The mail server took it at/)).toBeVisible();
  const mail = await sink.to(owner.email);
  assert.equal(mail.sign_in, 'portal');
  assert.equal(mail.from, 'privacy@haldenroe.example');
}

async function fillsTheForm({stranger}) {
  await stranger.goto('/privacy');
  await fillForm(stranger, {name: ana.name, message: ana.message});
  await expect(heading(stranger, 'Please check what you wrote')).toBeVisible();
  await expect(stranger.getByLabel('Your name')).toHaveValue(ana.name);
  await expect(stranger.getByLabel('What helps us find your data?')).toHaveValue(ana.message);
  await stranger.getByRole('alert').getByRole('link', {name: /^Enter an e-mail address/}).click();
  await expect(stranger.getByLabel('Your e-mail address')).toBeFocused();
  await fillForm(stranger, {...ana, region: undefined});
  await expect(heading(stranger, 'Which state or province do you live in?')).toBeVisible();
  await button(stranger, 'Change what I wrote').click();
  await expect(stranger.getByLabel('Your e-mail address')).toHaveValue(ana.email);
  await fillForm(stranger, {country: ana.country, region: ana.region});
  await expect(heading(stranger, 'One more step: confirm your address')).toBeVisible();
}

async function provesByLink({agent, stranger, sink}) {
  const mail = await sink.to(ana.email, /confirm/);
  assert.match(mail.text, /^Hello,/, 'the name is not greeted before the proof');
  await agent.getByRole('link', {name: 'Requests', exact: true}).click();
  await chooseStage(agent, 'Awaiting proof');
  await expect(row(agent, ana.name)).toBeVisible();
  await stranger.goto(linkIn(mail, 'confirm'));
  await expect(heading(stranger, 'Is this your address?')).toBeVisible();
  await agent.reload();
  await expect(row(agent, ana.name).getByRole('img', {name: 'Waiting for proof of the address'}))
    .toBeVisible();
  await button(stranger, 'Yes, it was me').click();
  await expect(heading(stranger, 'We are checking your request')).toBeVisible();
  await expect(row(agent, ana.name)).toBeGone();
  await chooseStage(agent, 'Review');
  await expect(row(agent, ana.name).getByRole('img', {name: 'Verified'})).toBeVisible();
}

async function approves({agent}) {
  await row(agent, ana.name).click();
  await expect(heading(agent, ana.name)).toBeVisible();
  await expect(agent.getByText(ana.message)).toBeVisible();
  await button(agent, 'Continue').click();
  const ask = dialog(agent, 'Continue to Process?');
  await expect(ask.getByText('You will not be able to go back and reject this request.'))
    .toBeVisible();
  await ask.getByRole('button', {name: /^Continue to Process/}).click();
  await expect(heading(agent, 'Where the data was')).toBeVisible();
  assert.equal(await button(agent, 'Reject').count(), 0);
}

async function attests({agent}) {
  await expect(agent.getByText('Tick the confirmation to continue.')).toBeVisible();
  for (const system of ['Web shop', 'Newsletter']) {
    await field(agent, 'System').fill(system);
    await button(agent, 'Add').click();
    await expect(button(agent, `Remove ${system}`)).toBeVisible();
  }
  await agent.getByRole('checkbox', {name: new RegExp(words.erase)}).click();
  await expect(agent.getByText(`Confirmed by ${owner.name}`)).toBeVisible();
  await button(agent, 'Continue').click();
  const ask = dialog(agent, 'Continue to Reply?');
  await expect(ask.getByText('You will not be able to come back to Process.')).toBeVisible();
  await ask.getByRole('button', {name: /^Continue to Reply/}).click();
}

async function replies({agent, sink}) {
  const letter = agent.getByRole('article', {name: 'This is what will be sent'});
  await expect(letter).toHaveText(/We have deleted your data/);
  await expect(letter).toHaveText(/- Web shop\n- Newsletter/);
  await button(agent, 'Edit').click();
  const text = field(agent, 'Text');
  await text.fill(`${await text.inputValue()}\n${words.edited}`);
  await expect(agent.getByText('Draft kept')).toBeVisible();
  await button(agent, 'Done').click();
  await expect(letter).toHaveText(new RegExp(words.edited));
  await button(agent, 'Send').click();
  const ask = dialog(agent, 'Send this letter?');
  await expect(ask.getByText('A letter cannot be called back')).toBeVisible();
  await button(ask, 'Send').click();
  const mail = await sink.to(ana.email, /has been deleted/);
  assert.match(mail.text, /^Hello Ana Diaz,/);
  assert.match(mail.text, /- Web shop\r?\n- Newsletter/);
  assert.ok(mail.text.includes(words.edited));
  assert.match(mail.subject, /\(Q-[0-9A-Z]{4}-[0-9A-Z]{4}\)/);
  await expect(agent.getByText('The mail server took it.')).toBeVisible();
}

async function closes({agent}) {
  await button(agent, 'Close request').click();
  const ask = dialog(agent, 'Close this request?');
  await expect(ask.getByText('After closing, no message can be sent for this request.'))
    .toBeVisible();
  await ask.getByRole('radio', {name: /^Granted Everything/}).check();
  await button(ask, 'Close request').click();
  await expect(agent.getByText('Nothing new can be written for this request.')).toBeVisible();
  await expect(history(agent).filter({hasText: 'Decision: Granted'})).toBeVisible();
  const told = await history(agent).allInnerTexts();
  assert.equal(await history(agent).getByRole('time').count(), told.length,
    'every line has its time');
  const marit = `${owner.name}, in the portal`;
  const passed = [
    ['Request received', 'Requester, on the privacy page'],
    ['Letter sent', 'Quittance', 'Verification mail'],
    ['Requester verified', 'Requester, on the privacy page'],
    ['Letter sent', 'Quittance', 'Acknowledgement'],
    ['Review', 'Process', marit, 'Continued. Rejecting is no longer possible.'],
    ['Confirmed', marit, words.erase, 'Systems: Web shop and Newsletter'],
    ['Process', 'Reply', marit, 'Continued. Process is finished.'],
    ['Reply written', marit, 'By e-mail: Your data has been deleted'],
    ['Letter sent', 'Quittance', 'Reply'],
    ['Reply', 'Closed', marit, 'Decision: Granted'],
  ];
  assert.equal(told.length, passed.length, told.join('\n\n'));
  passed.forEach((words, n) => {
    for (const word of words) assert.ok(told[n].includes(word), `${word} is not in ${told[n]}`);
  });
}

const mallory = {
  type: /Delete/, email: 'mallory@mail.example', name: 'Mallory Price', country: 'Germany',
};

async function rejects({agent, stranger, sink}) {
  await stranger.goto('/privacy');
  await fillForm(stranger, mallory);
  const mail = await sink.to(mallory.email, /confirm/);
  await stranger.getByLabel('Code from the mail').fill('0000 0000');
  await button(stranger, 'Check the code').click();
  await expect(stranger.getByRole('alert')).toHaveText(/This code is not right/);
  await stranger.getByLabel('Code from the mail').fill(codeIn(mail));
  await button(stranger, 'Check the code').click();
  await expect(heading(stranger, 'We are checking your request')).toBeVisible();
  await openFromList(agent, mallory.name);
  await button(agent, 'Reject').click();
  const ask = dialog(agent, 'Reject this request?');
  await choose(agent, 'Ground', 'We cannot tell who it is');
  await expect(ask.getByText('You will not be able to process this request afterwards.'))
    .toBeVisible();
  await button(ask, 'Reject and go to Reply').click();
  await expect(stairs(agent).nth(1)).toHaveText(/Process\s+Skipped/);
  await button(agent, 'Send').click();
  await button(dialog(agent, 'Send this letter?'), 'Send').click();
  const letter = await sink.to(mallory.email, /Your request to delete/);
  assert.match(letter.text, /We have not done so, and we owe you the reason:/);
  assert.match(letter.text, /We could not be sure that the data is yours/);
  await button(agent, 'Close request').click();
  const closing = dialog(agent, 'Close this request?');
  // Refused is all that is left.
  await expect(closing.getByRole('radio')).toHaveCount(1);
  await button(closing, 'Close request').click();
  await expect(history(agent).filter({hasText: 'Decision: Refused'})).toBeVisible();
  await expect(stairs(agent).nth(1)).toHaveText(/Skipped/);
}

async function openFromList(agent, name) {
  await agent.getByRole('link', {name: 'Requests', exact: true}).click();
  await row(agent, name).click();
  await expect(heading(agent, name)).toBeVisible();
}

async function ends({agent, stranger}) {
  await stranger.goto('/privacy');
  await fillForm(stranger, {
    type: /^No more advertising mail/, email: 'robot@mail.example', name: 'Robot',
    country: 'Germany',
  });
  await expect(heading(stranger, 'We have your request')).toBeVisible();
  await openFromList(agent, 'Robot');
  await button(agent, 'More').click();
  await agent.getByRole('menuitem', {name: 'End early…'}).click();
  const ask = dialog(agent, 'End this request early?');
  await ask.getByRole('radio', {name: /^Spam/}).check();
  await ask.getByLabel('Note for the history').fill('Sent by a script');
  await button(ask, 'End the request').click();
  await expect(history(agent).filter({hasText: 'Spam: Sent by a script'})).toBeVisible();
  await expect(stairs(agent).nth(3)).toHaveText(new RegExp(owner.name));
}

async function withdraws({agent, stranger, sink}) {
  const email = 'ben.okafor@mail.example';
  await stranger.goto('/privacy');
  await fillForm(stranger, {type: /Correct/, email, name: 'Ben Okafor', country: 'Ireland'});
  await stranger.goto(linkIn(await sink.to(email, /confirm/), 'confirm'));
  await button(stranger, 'Yes, it was me').click();
  const own = linkIn(await sink.to(email, /We have your request/), 'r');
  await openFromList(agent, 'Ben Okafor');
  await stranger.context().clearCookies();
  await stranger.goto(own);
  await expect(heading(stranger, 'Your request')).toBeVisible();
  assert.doesNotMatch(await stranger.innerText('body'), /Q-[0-9A-Z]{4}-|Ben|ben\.okafor/,
    'the address alone shows nothing');
  await button(stranger, 'Mail me a code').click();
  await stranger.getByLabel('Code from the mail')
    .fill(codeIn(await sink.to(email, /Your code/)));
  await button(stranger, 'Check the code').click();
  await expect(heading(stranger, 'We are checking your request')).toBeVisible();
  await stranger.getByRole('link', {name: 'Take this request back'}).click();
  await expect(stranger.getByText('This cannot be undone.')).toBeVisible();
  await button(stranger, 'Yes, take it back').click();
  await expect(heading(stranger, 'You took this request back')).toBeVisible();
  await expect(history(agent).filter({hasText: 'Withdrawn by the requester'})).toBeVisible();
}
