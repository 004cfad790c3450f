// What people do in front of a browser: the stranger on the privacy page and the agents at their
// desks. Everything is found as a person finds it, by role and by the words on the screen.
import assert from 'node:assert/strict';
import {expect} from './expect.mjs';

// A page of its own person: nothing is shared with other pages. What a browser complains about, and
// every address that was called, is collected for `assertQuiet`.
export async function openPage(browser, {base, ...options}) {
  const context = await browser.newContext({
    baseURL: base, locale: 'en-GB', viewport: {width: 1440, height: 900}, ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.complaints = [];
  page.called = [];
  page.on('console', (said) => {
    if (said.type() === 'error' && !isRefusal(said)) page.complaints.push(said.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('request', (call) => page.called.push(call.url()));
  return page;
}

// Chromium reports every 4xx as an error. Our refusals are part of the conversation.
const isRefusal = (said) =>
  /status of (401|404|409|412|422|429)/.test(said.text()) && /^http:/.test(said.location().url);

// Nothing was complained about, and nothing of a person is in an address or in the storage.
export async function assertQuiet(page, personal = []) {
  assert.deepEqual(page.complaints, [], 'what the browser complained about');
  const stored = await page.evaluate(() => JSON.stringify([
    Object.entries(window.localStorage), Object.entries(window.sessionStorage)]));
  for (const word of personal) {
    assert.ok(!stored.includes(word), `${word} is in the storage of the browser: ${stored}`);
    const told = page.called.filter((url) => decodeURIComponent(url).includes(word));
    assert.deepEqual(told, [], `addresses with ${word}`);
  }
}

export const heading = (page, name) => page.getByRole('heading', {name, exact: true});
export const button = (page, name) => page.getByRole('button', {name, exact: true});
export const dialog = (page, name) => page.getByRole('dialog', {name, exact: true});
export const field = (page, name) => page.getByLabel(name, {exact: true});
// A row of the list, by the name of the requester.
export const row = (page, name) =>
  page.getByRole('main').getByRole('link').filter({hasText: name});
export const stairs = (page) =>
  page.getByRole('list', {name: 'Stages of this request'}).getByRole('listitem');
export const history = (page) =>
  page.getByRole('region', {name: 'Request history'}).getByRole('listitem');

export async function setUpInBrowser(page, company, owner) {
  await page.goto('/');
  await expect(heading(page, 'Set up Quittance')).toBeVisible();
  await field(page, 'Company name').fill(company);
  await field(page, 'Your name').fill(owner.name);
  await field(page, 'E-mail address').fill(owner.email);
  await field(page, 'Password').fill(owner.password);
  await button(page, 'Set up and sign in').click();
  await expect(page.getByText('No request has come in yet')).toBeVisible();
}

export async function signIn(page, {email, password}, at = '/app') {
  await page.goto(at);
  await expect(heading(page, 'Sign in')).toBeVisible();
  await field(page, 'E-mail address').fill(email);
  await field(page, 'Password').fill(password);
  await button(page, 'Sign in').click();
}

// Chooses in one of the product's own lists.
export async function choose(page, name, option) {
  await page.getByRole('combobox', {name, exact: true}).click();
  await page.getByRole('option', {name: option, exact: true}).click();
}

export async function chooseStage(page, name) {
  await page.getByRole('button', {name: /^Stage: /}).click();
  await page.getByRole('menuitem', {name: new RegExp(`^${name}`)}).click();
}

export async function setUpMail(page, port, signInName, password) {
  await page.getByRole('link', {name: 'Settings', exact: true}).click();
  await page.getByRole('link', {name: 'Mail', exact: true}).click();
  await field(page, 'Server').fill('127.0.0.1');
  await choose(page, 'Security', 'None (only on this machine)');
  await field(page, 'Port').fill(String(port));
  if (signInName) {
    await field(page, 'Sign-in name').fill(signInName);
    await field(page, 'Password').fill(password);
  }
  await field(page, 'Letters come from').fill('privacy@haldenroe.example');
  await field(page, 'Sender’s name').fill('Halden & Roe');
  await button(page, 'Save').click();
  await expect(page.getByText('Saved.')).toBeVisible();
}

// Fills the form of the privacy page as far as `what` goes, and sends it.
export async function fillForm(page, {type, email, name, country, region, message}) {
  if (type) await page.getByRole('radio', {name: type}).check();
  if (email) await page.getByLabel('Your e-mail address').fill(email);
  if (name) await page.getByLabel('Your name').fill(name);
  if (country) await page.getByLabel('The country you live in').selectOption({label: country});
  if (message) await page.getByLabel('What helps us find your data?').fill(message);
  await button(page, 'Send request').click();
  if (!region) return;
  await expect(heading(page, 'Which state or province do you live in?')).toBeVisible();
  await page.getByLabel(country).selectOption({label: region});
  await button(page, 'Send request').click();
}

export const linkIn = (mail, part) => mail.text.match(new RegExp(`http\\S*/${part}/\\S+`))[0];
export const codeIn = (mail) => mail.text.match(/\b\d{4} ?\d{4}\b/)[0];

// One of the staff of the demo's company.
export const demoAgent = (name) => (
  {email: `${name}@haldenroe.example`, password: 'five quiet teapots'});

// Owner invites, the mail arrives, the colleague accepts in a browser of their own, whose page this
// answers.
export async function invite(owner, sink, browser, {name, email, role}) {
  await owner.getByRole('link', {name: 'Settings', exact: true}).click();
  await owner.getByRole('link', {name: 'People', exact: true}).click();
  await button(owner, 'Invite somebody').click();
  const ask = dialog(owner, 'Invite somebody');
  await field(ask, 'E-mail address').fill(email);
  await ask.getByRole('combobox', {name: 'Role'}).click();
  await owner.getByRole('option', {name: role, exact: true}).click();
  await button(ask, 'Invite').click();
  await expect(owner.getByText(`${email} is invited.`)).toBeVisible();
  const mail = await sink.to(email);
  const base = new URL(owner.url()).origin;
  const page = await openPage(browser, {base});
  await page.goto(mail.text.match(/http\S+\/invitation\S*/)[0]);
  await expect(heading(page, 'Join Halden & Roe')).toBeVisible();
  await field(page, 'Your name').fill(name);
  await field(page, 'Password').fill(colleaguesPassword);
  await button(page, 'Accept and sign in').click();
  await expect(page.getByRole('navigation', {name: 'Main'})).toBeVisible();
  return page;
}
export const colleaguesPassword = 'nine slow otters';

// A request that came by telephone, from somebody whom the agent knows; by the API, for tests that
// are not about the intake.
export async function takeIn(page, name) {
  const post = async (at, data) => {
    const answer = await page.request.post(`/api/v1/requests${at}`, {
      data, headers: {origin: new URL(page.url()).origin},
    });
    assert.equal(answer.status(), 201, await answer.text());
    return answer.json();
  };
  const today = new Date().toISOString().slice(0, 10);
  const {id} = await post('', {
    type: 'erase', channel: 'phone', country: 'IE', received_on: today, details: {},
    requester: {name},
  });
  await post(`/${id}/verification`, {method: 'known_to_agent', reason: 'called back'});
  return id;
}
