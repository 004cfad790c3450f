// How every page looks and whether everybody can use it: axe on each page and each dialog, light
// and dark; nothing wider than the window; no complaint of the browser. Pictures are in pictures/.
// What is looked at does not depend on the database: SQLite only.
import assert from 'node:assert/strict';
import test from 'node:test';
import {assertAccessible, openBrowser, owner, picture, startServer} from './portal.mjs';
import {assertQuiet, button, chooseStage, choose, demoAgent, dialog, field, fillForm, heading,
  openPage, row, setUpInBrowser, signIn} from './desk.mjs';
import {expect} from './expect.mjs';

let browser, demo, agent, stranger;
const wide = {width: 1440, height: 900};

test.before(async () => {
  browser = await openBrowser();
  demo = await startServer({command: 'demo'});
  agent = await openPage(browser, {base: demo.base});
  stranger = await openPage(browser, {base: demo.base});
});

test.after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function assertFits(page, what, width) {
  await page.setViewportSize({width, height: 800});
  const over = await page.evaluate(() => ({
    by: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    culprits: [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 3).map((element) => element.outerHTML.slice(0, 120)),
  }));
  assert.ok(over.by <= 0, `${what} is ${over.by} px wider than ${width}: ${over.culprits}`);
}

// Light on a wide window, dark on a narrow one: every colour and every layout is seen.
async function look(page, name, {narrowest = 390, pictures = false} = {}) {
  await page.setViewportSize(wide);
  await page.emulateMedia({colorScheme: 'light', reducedMotion: 'reduce'});
  await assertAccessible(page, `${name}, light`);
  if (pictures) await picture(page, `${name}-1440`);
  await assertFits(page, name, narrowest);
  await page.emulateMedia({colorScheme: 'dark', reducedMotion: 'reduce'});
  await assertAccessible(page, `${name}, dark and narrow`);
  if (pictures) await picture(page, `${name}-${narrowest}-dark`);
  await page.emulateMedia({colorScheme: 'light', reducedMotion: 'reduce'});
  await page.setViewportSize(wide);
}

// Right to left, in between, and at 200 % of a 1440 px window.
async function lookAgain(page, name) {
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  await picture(page, `${name}-rtl`);
  await assertFits(page, `${name}, right to left`, 390);
  await page.evaluate(() => { document.documentElement.dir = 'ltr'; });
  await assertFits(page, name, 1024);
  await picture(page, `${name}-1024`);
  await assertFits(page, `${name} at 200 %`, 720);
  await page.setViewportSize({width: 720, height: 450});
  await picture(page, `${name}-zoom`);
  await page.setViewportSize({width: 390, height: 800});
  await picture(page, `${name}-390`);
  await page.setViewportSize(wide);
  await page.emulateMedia({colorScheme: 'dark'});
  await picture(page, `${name}-1440-dark`);
  await page.emulateMedia({colorScheme: 'light'});
}

test('before the door', async () => {
  const fresh = await startServer();
  const page = await openPage(browser, {base: fresh.base});
  try {
    await page.goto('/');
    await expect(heading(page, 'Set up Quittance')).toBeVisible();
    await look(page, 'set-up', {pictures: true});
    await button(page, 'Set up and sign in').click();
    await expect(page.getByRole('textbox', {name: 'Company name'})).toBeFocused();
    await look(page, 'set-up-errors');
    await setUpInBrowser(page, 'Halden & Roe', owner);
    await look(page, 'inbox-empty', {pictures: true});
    await chooseStage(page, 'Closed');
    await expect(page.getByText('Nothing here')).toBeVisible();
    await look(page, 'inbox-none-closed');
    await page.context().clearCookies();
    for (const [at, title] of [['/app', 'Sign in'],
      ['/app/forgotten-password', 'Forgotten your password?'],
      ['/app/new-password', 'Choose a new password'],
      ['/app/invitation', 'This invitation does not work any more'],
      ['/app/nowhere', 'There is nothing here']]) {
      await page.goto(at);
      await expect(heading(page, title)).toBeVisible();
      await look(page, title.toLowerCase().replace(/\W+/g, '-'));
    }
    await assertQuiet(page, ['marit', owner.password]);
  } finally {
    await page.context().close();
    await fresh.stop();
  }
});

test('the list', async () => {
  await signIn(agent, demoAgent('marit'));
  await expect(row(agent, 'Tom Achterberg')).toBeVisible();
  await look(agent, 'inbox', {pictures: true});
  await lookAgain(agent, 'inbox');
  for (const stage of ['Closed', 'Awaiting proof']) {
    await chooseStage(agent, stage);
    await expect(agent.getByRole('main').getByRole('listitem')).toBeVisible();
    await look(agent, `inbox-${stage.toLowerCase().replace(' ', '-')}`);
  }
});

async function open(stage, name) {
  await agent.goto('/app/requests');
  if (stage) await chooseStage(agent, stage);
  await row(agent, name).click();
  await expect(heading(agent, name)).toBeVisible();
  await expect(agent.getByRole('region', {name: 'Request history'}).getByRole('listitem'))
    .toBeVisible();
}

for (const [shown, stage, name] of [
  ['review', 'Review', 'Anneliese Brückner-Öztürk'],
  ['review-unproven', 'Review', 'Agnes Lindqvist'],
  ['review-awaited', 'Awaiting proof', 'Giulia Bianchi'],
  ['process', 'Process', 'Éloïse de Rochambeau'],
  ['process-confirmed', 'Process', 'Σοφία Παπαδοπούλου'],
  ['reply', 'Reply', 'יעל ברקוביץ׳'],
  ['reply-refused', 'Reply', 'Beatriz Cardoso'],
  ['reply-answered', 'Reply', 'ნინო გელაშვილი'],
  ['closed', 'Closed', 'Olivier Dumont'],
  ['closed-refused', 'Closed', 'Clara Vandenberghe'],
  ['closed-withdrawn', 'Closed', 'Leonardo Ferri'],
  ['closed-spam', 'Closed', 'Best Prices Today']]) {
  test(`a request: ${shown}`, async () => {
    await open(stage, name);
    await look(agent, `request-${shown}`, {pictures: true});
    if (['review', 'process', 'reply', 'closed'].includes(shown)) {
      await lookAgain(agent, `request-${shown}`);
    }
    await agent.setViewportSize({width: 390, height: 800});
    await agent.getByRole('tab', {name: 'History'}).click();
    await assertFits(agent, `history of ${shown}`, 390);
    await assertAccessible(agent, `history of ${shown}`);
    await agent.setViewportSize(wide);
  });
}

async function lookAtDialog(title, name) {
  await expect(dialog(agent, title)).toBeVisible();
  await look(agent, `dialog-${name}`, {pictures: true});
  // A list that is open in it closes first.
  if (await agent.getByRole('listbox').count()) await agent.keyboard.press('Escape');
  await agent.keyboard.press('Escape');
  await expect(dialog(agent, title)).toBeGone();
}

test('the dialogs of Review', async () => {
  await open('Review', 'Anneliese Brückner-Öztürk');
  await button(agent, 'Continue').click();
  await lookAtDialog('Continue to Process?', 'continue');
  await button(agent, 'Reject').click();
  await choose(agent, 'Ground', 'We cannot tell who it is');
  await lookAtDialog('Reject this request?', 'reject');
  await button(agent, 'Add what you checked').click();
  await lookAtDialog('Add what else they are known by', 'identifier');
  await button(agent, 'More').click();
  await assertAccessible(agent, 'the menu of a request');
  await agent.getByRole('menuitem', {name: 'End early…'}).click();
  await lookAtDialog('End this request early?', 'end');
  await open('Review', 'Agnes Lindqvist');
  await button(agent, 'State how you know them…').click();
  await lookAtDialog('State how you know this person', 'proof');
});

test('the dialogs of Process, Reply and Close', async () => {
  await open('Process', 'Σοφία Παπαδοπούλου');
  await button(agent, 'Continue').click();
  await lookAtDialog('Continue to Reply?', 'complete');
  await open('Reply', 'יעל ברקוביץ׳');
  await button(agent, 'Edit').click();
  await look(agent, 'reply-editing');
  await button(agent, 'Send').click();
  await lookAtDialog('Send this letter?', 'send');
  await button(agent, 'Answered by other means…').click();
  await lookAtDialog('Answered by other means', 'other-means');
  await open('Reply', 'ნინო გელაშვილი');
  await button(agent, 'Close request').click();
  await lookAtDialog('Close this request?', 'close');
});

test('the pages beside the portal', async () => {
  await open('Closed', 'Olivier Dumont');
  const [, id] = agent.url().match(/requests\/([^?]+)/);
  const printed = `/api/v1/requests/${id}/history?format=html`;
  for (const [at, name] of [['/demo', 'demo'], ['/demo/mail', 'demo-mail'], [printed, 'printed']]) {
    await agent.goto(at);
    await look(agent, name, {pictures: true});
  }
});

test('the layers of the list', async () => {
  await agent.goto('/app/requests');
  await expect(row(agent, 'Tom Achterberg')).toBeVisible();
  await button(agent, 'New request').click();
  await lookAtDialog('Enter a request', 'intake');
  await row(agent, 'Tom Achterberg').focus();
  await agent.keyboard.press('a');
  await lookAtDialog(/^Who takes care of/, 'assign');
  await agent.keyboard.press('Shift+?');
  await lookAtDialog('Keyboard', 'shortcuts');
  await agent.keyboard.press('Control+k');
  await lookAtDialog('Command palette', 'palette');
  await agent.getByRole('button', {name: /^Stage: /}).click();
  await expect(agent.getByRole('menuitem', {name: /^Review/})).toBeVisible();
  await assertAccessible(agent, 'the menu of stages');
  await picture(agent, 'menu-stages');
  await agent.keyboard.press('Escape');
});

test('the letters', async () => {
  await agent.goto('/app/templates');
  await expect(heading(agent, 'Templates')).toBeVisible();
  await expect(agent.getByRole('link', {name: /^Done in part/})).toBeVisible();
  await look(agent, 'templates', {pictures: true});
  await button(agent, 'Add a template').click();
  await lookAtDialog('Add a template', 'template-add');
  await agent.getByRole('link', {name: /^Done in part/}).first().click();
  await expect(agent.getByRole('textbox', {name: 'Subject'})).toBeVisible();
  await look(agent, 'template', {pictures: true});
});

test('the settings', async () => {
  for (const page of ['Company', 'Mail', 'People', 'API keys', 'My account']) {
    await agent.getByRole('link', {name: 'Settings', exact: true}).click();
    await agent.getByRole('link', {name: page, exact: true}).click();
    await expect(agent.getByRole('link', {name: page, exact: true, current: 'page'}))
      .toBeVisible();
    await expect(agent.getByRole('heading', {level: 2})).toBeVisible();
    await look(agent, `settings-${page.toLowerCase().replace(' ', '-')}`, {pictures: true});
  }
  await agent.getByRole('link', {name: 'People', exact: true}).click();
  await button(agent, 'Invite somebody').click();
  await lookAtDialog('Invite somebody', 'invite');
  await agent.getByRole('link', {name: 'API keys', exact: true}).click();
  await button(agent, 'Make a key').click();
  await lookAtDialog('Make a key', 'api-key');
  await assertQuiet(agent, ['achterberg', 'Anneliese', 'Giulia']);
});

const ana = {
  type: /Delete/, email: 'ana.diaz@mail.example', name: 'Ana Diaz', country: 'United States',
};
const narrow = {narrowest: 320, pictures: true};

test('the form and what follows it', async () => {
  await stranger.goto('/privacy');
  await look(stranger, 'form', narrow);
  await lookAgain(stranger, 'form');
  await fillForm(stranger, {name: ana.name, message: 'x'.repeat(300)});
  await expect(heading(stranger, 'Please check what you wrote')).toBeVisible();
  await look(stranger, 'form-errors', narrow);
  await fillForm(stranger, ana);
  await expect(heading(stranger, 'Which state or province do you live in?')).toBeVisible();
  await look(stranger, 'form-region', narrow);
  await stranger.getByLabel(ana.country).selectOption({label: 'California'});
  await button(stranger, 'Send request').click();
  await expect(heading(stranger, 'One more step: confirm your address')).toBeVisible();
  await look(stranger, 'form-received', narrow);
  await field(stranger, 'Code from the mail').fill('00000000');
  await button(stranger, 'Check the code').click();
  await expect(stranger.getByRole('alert')).toHaveText(/This code is not right/);
  await look(stranger, 'code-wrong', narrow);
  await button(stranger, 'Mail me a code').click();
  await expect(heading(stranger, 'Look into your mailbox')).toBeVisible();
  await look(stranger, 'code-mailed', narrow);
});

test('the confirmation and the requester’s own page', async () => {
  await stranger.goto('/demo/mail');
  const address = await stranger.getByRole('link', {name: /\/confirm\//, includeHidden: true})
    .first().getAttribute('href');
  await stranger.goto(address);
  await expect(heading(stranger, 'Is this your address?')).toBeVisible();
  await look(stranger, 'confirm', narrow);
  await button(stranger, 'Yes, it was me').click();
  await expect(heading(stranger, 'We are checking your request')).toBeVisible();
  await look(stranger, 'own-page', narrow);
  await lookAgain(stranger, 'own-page');
  const own = stranger.url();
  await stranger.getByRole('link', {name: 'Take this request back'}).click();
  await look(stranger, 'withdraw', narrow);
  await stranger.context().clearCookies();
  await stranger.goto(own);
  await expect(heading(stranger, 'Your request')).toBeVisible();
  await look(stranger, 'own-page-locked', narrow);
  await stranger.goto(address);
  await expect(heading(stranger, 'This link does not work any more')).toBeVisible();
  await look(stranger, 'link-over', narrow);
  for (const at of ['/nothing-here', '/r/nothing']) {
    await stranger.goto(at);
    await expect(heading(stranger, 'This page does not exist')).toBeVisible();
    await look(stranger, 'unknown', narrow);
  }
  await assertQuiet(stranger, ['ana.diaz', 'Diaz']);
});
