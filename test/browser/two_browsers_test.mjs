// Two agents at two desks: each sees what the other did, without loading anything again, and of two
// who press the same button one is told who was faster.
import test from 'node:test';
import {databases, openBrowser, owner, startServer, startSink} from './portal.mjs';
import {assertQuiet, button, dialog, heading, history, invite, openPage, row, setUpInBrowser,
  setUpMail, stairs, takeIn} from './desk.mjs';
import {expect} from './expect.mjs';

const siobhan = 'Siobhán Ní Fhloinn';
const lukasz = 'Łukasz Żółtowski';
const toRequests = (page) => page.getByRole('link', {name: 'Requests', exact: true}).click();

for (const database of databases) {
  test(`two agents work side by side (${database})`, {timeout: 90_000}, async () => {
    const sink = await startSink();
    const server = await startServer({database});
    const browser = await openBrowser();
    try {
      const marit = await openPage(browser, {base: server.base});
      await setUpInBrowser(marit, 'Halden & Roe', owner);
      await setUpMail(marit, sink.port);
      const tomasz = await invite(marit, sink, browser,
        {name: 'Tomasz Wieczorek', email: 'tomasz@haldenroe.example', role: 'Agent'});
      await toRequests(marit);
      await listFollows(marit, tomasz);
      await pageFollows(marit, tomasz);
      await slowerIsTold(marit, tomasz);
      await assertQuiet(marit, [siobhan, lukasz]);
      await assertQuiet(tomasz, [siobhan, lukasz]);
    } finally {
      await browser.close();
      await server.stop();
      await sink.stop();
    }
  });
}

async function proceed(page) {
  await button(page, 'Continue').click();
  await dialog(page, 'Continue to Process?').getByRole('button', {name: /^Continue to Process/})
    .click();
}

// Marit only looks at her list while Tomasz takes in a request and continues it.
async function listFollows(marit, tomasz) {
  await expect(marit.getByText('No request has come in yet')).toBeVisible();
  await takeIn(tomasz, siobhan);
  await expect(row(marit, siobhan)).toHaveText(/Review/);
  await row(tomasz, siobhan).click();
  await proceed(tomasz);
  await expect(stairs(tomasz).nth(1)).toHaveText(/You are here/);
  await expect(row(marit, siobhan)).toHaveText(/Process/);
}

// Both have the request open: it goes on in front of Marit's eyes, with its history.
async function pageFollows(marit, tomasz) {
  await row(marit, siobhan).click();
  await expect(heading(marit, siobhan)).toBeVisible();
  await tomasz.getByRole('checkbox', {name: /all data was deleted/}).click();
  await expect(marit.getByText(/^Confirmed by Tomasz Wieczorek/)).toBeVisible();
  await button(tomasz, 'Continue').click();
  await dialog(tomasz, 'Continue to Reply?').getByRole('button', {name: /^Continue to Reply/})
    .click();
  await expect(stairs(marit).nth(2)).toHaveText(/You are here/);
  await expect(history(marit).filter({hasText: 'Continued. Process is finished.'})).toBeVisible();
}

// No news reaches Tomasz' browser: his page shows what was true a moment ago.
async function slowerIsTold(marit, tomasz) {
  await takeIn(marit, lukasz);
  await tomasz.route('**/api/v1/events', () => {});
  await toRequests(tomasz);
  await tomasz.reload();
  await row(tomasz, lukasz).click();
  await button(tomasz, 'Continue').click();
  const ask = dialog(tomasz, 'Continue to Process?');
  await expect(ask).toBeVisible();
  await toRequests(marit);
  await row(marit, lukasz).click();
  await proceed(marit);
  await expect(stairs(marit).nth(1)).toHaveText(/You are here/);
  await ask.getByRole('button', {name: /^Continue to Process/}).click();
  await expect(tomasz.getByText(/^Marit Solheim took this step at .* You now see the request/))
    .toBeVisible();
  await expect(stairs(tomasz).nth(1)).toHaveText(/You are here/);
  await expect(ask).toBeGone();
}
