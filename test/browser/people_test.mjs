// The staff: invited by mail, each with a role that the screens keep to; passwords, sessions, keys.
import assert from 'node:assert/strict';
import test from 'node:test';
import {databases, openBrowser, owner, startServer, startSink} from './portal.mjs';
import {assertQuiet, button, colleaguesPassword, dialog, field, heading, invite, openPage, row,
  setUpInBrowser, setUpMail, signIn, takeIn} from './desk.mjs';
import {expect} from './expect.mjs';

const tomasz = {name: 'Tomasz Wieczorek', email: 'tomasz@haldenroe.example', role: 'Agent'};
const ines = {name: 'Ines Carvalho', email: 'ines@haldenroe.example', role: 'Auditor'};
const jonas = {name: 'Jonas Brandt', email: 'jonas@haldenroe.example', role: 'Technician'};

for (const database of databases) {
  test(`people come in, work and go (${database})`, {timeout: 110_000}, async () => {
    const sink = await startSink();
    const server = await startServer({database});
    const browser = await openBrowser();
    try {
      const marit = await openPage(browser, {base: server.base});
      await setUpInBrowser(marit, 'Halden & Roe', owner);
      await setUpMail(marit, sink.port);
      await takeIn(marit, 'Siobhán Ní Fhloinn');
      const house = {sink, server, browser, marit};
      await agentWorks(house);
      await auditorLooks(house);
      await technicianIsTold(house);
      await passwordIsForgotten(house);
      await sessionsAreEnded(house);
      await keyIsShownOnce(house);
      await assertQuiet(marit, ['Siobhán', owner.password]);
    } finally {
      await browser.close();
      await server.stop();
      await sink.stop();
    }
  });
}

async function agentWorks(house) {
  house.tomasz = await invite(house.marit, house.sink, house.browser, tomasz);
  await row(house.tomasz, 'Siobhán').click();
  await expect(button(house.tomasz, 'Continue')).toBeVisible();
  await house.marit.reload();
  await expect(house.marit.getByRole('row', {name: /tomasz@.* Agent Accepted/})).toBeVisible();
}

async function auditorLooks({marit, sink, browser}) {
  const page = await invite(marit, sink, browser, ines);
  assert.equal(await button(page, 'New request').count(), 0);
  await row(page, 'Siobhán').click();
  await expect(page.getByText('An auditor can look at everything and change nothing.'))
    .toBeVisible();
  for (const name of ['Continue', 'Reject', 'Add what you checked']) {
    assert.equal(await button(page, name).count(), 0, name);
  }
  await button(page, 'More').click();
  await expect(page.getByRole('menuitem', {name: 'Copy the reference'})).toBeVisible();
  assert.equal(await page.getByRole('menuitem', {name: 'End early…'}).count(), 0);
  await page.keyboard.press('Escape');
  await page.getByRole('link', {name: 'Settings', exact: true}).click();
  await page.getByRole('link', {name: 'Mail', exact: true}).click();
  await expect(page.getByText('Only an owner can change this.')).toBeVisible();
  assert.equal(await button(page, 'Save').count(), 0);
  await assertQuiet(page, ['Siobhán', colleaguesPassword]);
}

async function technicianIsTold({marit, sink, browser}) {
  const page = await invite(marit, sink, browser, jonas);
  await expect(page.getByText('Your role sees no requests.')).toBeVisible();
  assert.equal(await page.getByRole('link', {name: 'Requests', exact: true}).count(), 0);
  await page.goto('/app/requests');
  await expect(page.getByText('Your role sees no requests.')).toBeVisible();
  await assertQuiet(page, ['Siobhán', colleaguesPassword]);
}

async function passwordIsForgotten({server, browser, sink, tomasz: inside}) {
  const page = await openPage(browser, {base: server.base});
  await page.goto('/app');
  await signIn(page, {email: tomasz.email, password: 'wrong wrong wrong'});
  await expect(page.getByText('That address and password do not belong together.')).toBeVisible();
  await page.getByRole('link', {name: 'Forgotten your password?'}).click();
  await field(page, 'E-mail address').fill(tomasz.email);
  await button(page, 'Send the link').click();
  await expect(heading(page, 'Look into your mailbox')).toBeVisible();
  const mail = await sink.to(tomasz.email, /password/i);
  await page.goto(mail.text.match(/http\S+\/new-password\S*/)[0]);
  await field(page, 'New password').fill('password');
  await button(page, 'Save the password').click();
  await expect(heading(page, 'Choose a new password')).toBeVisible();
  await field(page, 'New password').fill('eleven warm lanterns');
  await button(page, 'Save the password').click();
  await expect(heading(page, 'The password is changed')).toBeVisible();
  await inside.reload();
  await expect(heading(inside, 'Sign in')).toBeVisible();
  await page.getByRole('link', {name: 'Sign in'}).click();
  await signIn(page, {email: tomasz.email, password: 'eleven warm lanterns'});
  await expect(row(page, 'Siobhán')).toBeVisible();
  await assertQuiet(page, ['Siobhán', 'tomasz', 'eleven']);
}

async function sessionsAreEnded({server, browser, marit}) {
  const other = await openPage(browser, {base: server.base});
  await signIn(other, owner);
  await expect(row(other, 'Siobhán')).toBeVisible();
  await marit.getByRole('link', {name: 'My account', exact: true}).click();
  await expect(marit.getByText('Another browser')).toBeVisible();
  await button(marit, 'End all others').click();
  await expect(marit.getByText('They are ended.')).toBeVisible();
  await expect(marit.getByText('Another browser')).toBeGone();
  await other.getByRole('link', {name: 'Templates', exact: true}).click();
  await expect(heading(other, 'Sign in')).toBeVisible();
  await assertQuiet(other, ['Siobhán', owner.password]);
}

async function keyIsShownOnce({server, marit}) {
  await marit.getByRole('link', {name: 'API keys', exact: true}).click();
  await button(marit, 'Make a key').click();
  const ask = dialog(marit, 'Make a key');
  await field(ask, 'Name').fill('Web shop');
  await ask.getByRole('checkbox', {name: 'Read requests'}).check();
  await button(ask, 'Make the key').click();
  const shown = dialog(marit, 'Copy the key now');
  await expect(shown).toBeVisible();
  const key = (await shown.getByRole('code').innerText()).trim();
  const answer = await fetch(`${server.base}/api/v1/requests`,
    {headers: {authorization: `Bearer ${key}`}});
  assert.equal(answer.status, 200);
  await button(shown, 'I have copied it').click();
  await expect(marit.getByRole('cell', {name: /^Web shop/})).toBeVisible();
  assert.ok(!(await marit.content()).includes(key), 'the key is not shown again');
  await marit.reload();
  await expect(marit.getByRole('cell', {name: /^Web shop/})).toBeVisible();
  assert.ok(!(await marit.content()).includes(key), 'nor after loading the page again');
  await assertQuiet(marit, [key]);
}
