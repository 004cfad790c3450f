// Everything without a mouse, and nothing irreversible by one key.
import assert from 'node:assert/strict';
import test from 'node:test';
import {openBrowser, startServer} from './portal.mjs';
import {assertQuiet, button, demoAgent, dialog, heading, openPage, row, signIn, stairs}
  from './desk.mjs';
import {expect} from './expect.mjs';

let server, browser, page;
const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
const rows = () => page.getByRole('main').getByRole('listitem').getByRole('link');

test.before(async () => {
  server = await startServer({command: 'demo'});
  browser = await openBrowser();
  page = await openPage(browser, {base: server.base});
  await signIn(page, demoAgent('marit'));
  await expect(rows()).toBeVisible();
});

test.after(async () => {
  await browser?.close();
  await server?.stop();
});

test('J and K walk the list, Enter opens, Escape comes back to the same row', async () => {
  await press('j');
  const first = await page.evaluate(() => document.activeElement.id);
  await press('j');
  const second = await page.evaluate(() => document.activeElement.id);
  assert.notEqual(second, first);
  await press('k');
  await expect(rows().first()).toBeFocused();
  assert.equal(await page.evaluate(() => document.activeElement.id), first);
  await press('j', 'Enter');
  await expect(stairs(page)).toBeVisible();
  await press('Escape');
  await expect(rows().nth(1)).toBeFocused();
});

test('/ searches, Escape clears the search', async () => {
  const box = page.getByRole('searchbox', {name: /^Search by whole e-mail address/});
  await press('/');
  await expect(box).toBeFocused();
  await page.keyboard.type('tom@achterberg.example');
  await press('Enter');
  await expect(rows()).toHaveCount(1);
  await expect(row(page, 'Tom Achterberg')).toBeVisible();
  await press('Escape');
  await expect(box).toHaveValue('');
  await expect(rows().nth(3)).toBeVisible();
});

test('Control K finds commands, ? shows the keys, and both give the focus back', async () => {
  await row(page, 'Tom Achterberg').focus();
  await press('Control+k');
  await expect(dialog(page, 'Command palette')).toBeVisible();
  await press('Escape');
  await expect(row(page, 'Tom Achterberg')).toBeFocused();
  await press('Shift+?');
  await expect(dialog(page, 'Keyboard')).toBeVisible();
  await press('Escape');
  await expect(row(page, 'Tom Achterberg')).toBeFocused();
  await press('Control+k');
  await expect(dialog(page, 'Command palette').locator('input')).toBeFocused();
  await page.keyboard.type('go to sett');
  await press('Enter');
  await expect(page.getByRole('heading', {name: 'Company'})).toBeVisible();
  await press('g', 'r');
  await expect(rows()).toBeVisible();
});

async function openByKeyboard(name) {
  await row(page, name).focus();
  await press('Enter');
  await expect(heading(page, name)).toBeVisible();
}

// Until the focus stands on it, as a person would.
async function tabTo(place) {
  for (let n = 0; n < 80; n++) {
    await press('Tab');
    if (await place.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`Tab never reaches ${place}`);
}

test('Continue works by keyboard: the dialog asks first and gives the focus back', async () => {
  await openByKeyboard('Anneliese Brückner-Öztürk');
  await tabTo(button(page, 'Continue'));
  await press('Enter');
  const ask = dialog(page, 'Continue to Process?');
  await expect(ask.getByRole('button', {name: /^Continue to Process/})).toBeFocused();
  await press('Escape');
  await expect(ask).toBeGone();
  await expect(button(page, 'Continue')).toBeFocused();
  await press('c');
  await expect(ask.getByRole('button', {name: /^Continue to Process/})).toBeFocused();
  await press('Enter');
  await expect(stairs(page).nth(1)).toHaveText(/You are here/);
  await expect(heading(page, 'Anneliese Brückner-Öztürk')).toBeFocused();
  await press('Escape');
});

const everyKey = [...'abcdefghijklmnopqrstuvwxyz0123456789.,-', 'Enter', ' ', 'Delete',
  'Backspace', 'F2', 'Insert'];
const irreversible = /\/(approval|rejection|completion|closure|end|reply|attestation)$/;

// Somebody of each stage, as the demo has them.
for (const [stage, name] of [['Review', 'Siobhán Ní Fhloinn'],
  ['Process, confirmed', 'Σοφία Παπαδοπούλου'], ['Reply', 'יעל ברקוביץ׳'],
  ['Reply, answered', 'ნინო გელაშვილი']]) {
  test(`no single key performs a step that cannot be undone: ${stage}`, async () => {
    const done = [];
    const note = (call) => {
      if (call.method() !== 'GET' && irreversible.test(new URL(call.url()).pathname)) {
        done.push(`${call.method()} ${call.url()}`);
      }
    };
    page.on('request', note);
    await page.getByRole('link', {name: 'Requests', exact: true}).click();
    await openByKeyboard(name);
    const address = page.url();
    for (const key of everyKey) {
      await press(key);
      for (let n = 0; await page.getByRole('dialog').count() && n < 3; n++) await press('Escape');
      if (page.url() !== address) await page.goto(address);
      await expect(heading(page, name)).toBeVisible();
    }
    page.off('request', note);
    assert.deepEqual(done, []);
  });
}

test('nothing was complained about', () => assertQuiet(page, ['achterberg', 'Anneliese']));
