// Pictures of every screen at three widths, with axe, sideways scrolling and console errors.
// Against `quittance demo`: node dev/shots.mjs BASE OUT [name …] [1440 1024 390]
// SCHEME=dark and RTL=1 change the looks.
import { chromium } from 'playwright-core';
import { mkdirSync, readFileSync } from 'node:fs';

const [base, out, ...rest] = process.argv.slice(2);
const only = rest.filter((a) => !/^\d+$/.test(a));
const widths = rest.filter((a) => /^\d+$/.test(a)).map(Number);
mkdirSync(out, { recursive: true });
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const heights = { 1440: 900, 1024: 768, 720: 450, 390: 844 };

const open = (name) => async (page) => {
  await page.click(`.req:has-text("${name}")`);
  await page.waitForSelector('.stairs');
};
const then =
  (...steps) =>
  async (page) => {
    for (const step of steps) await step(page);
  };
const click = (what) => (page) => page.click(what);
const key = (name) => (page) => page.keyboard.press(name);
const list = '/app/requests';

export const screens = [
  ['inbox', list],
  ['inbox-menu', list, click('.stage-menu')],
  ['inbox-filter', list, click('.filter >> nth=0')],
  ['new', list, click('.new')],
  ['palette', list, key('Control+k')],
  ['shortcuts', list, key('?')],
  ['assign', list, key('a')],
  ['review', list, open('Anneliese')],
  ['review-me', list, then(open('Anneliese'), click('.assignee'))],
  [
    'review-continue',
    list,
    then(open('Anneliese'), key('c'), (p) => p.waitForSelector('[role=dialog]')),
  ],
  [
    'review-reject',
    list,
    then(
      open('Anneliese'),
      click('.foot button >> nth=0'),
      click('[role=dialog] input >> nth=0'),
      click('[role=option] >> nth=0'),
    ),
  ],
  ['review-missing', list, then(open('Werner'))],
  ['review-state', list, then(open('Werner'), click('button:has-text("State how")'))],
  ['process', list, open('Chukwuemeka')],
  ['process-said', list, open('María')],
  [
    'process-continue',
    list,
    then(open('María'), key('c'), (p) => p.waitForSelector('[role=dialog]')),
  ],
  ['reply', list, open('יעל')],
  ['reply-edit', list, then(open('יעל'), click('text=Edit'))],
  ['reply-pick', list, then(open('יעל'), click('.pick'))],
  [
    'reply-send',
    list,
    then(open('יעל'), (p) => p.waitForSelector('.letter-body'), click('.foot button >> nth=1')),
  ],
  ['reply-other', list, then(open('יעל'), click('text=Answered by other means'))],
  ['reply-failed', list, then(open('ნინო'))],
  ['reply-done', list, then(open('ნინო'))],
  ['reply-close', list, then(open('ნინო'), key('c'), (p) => p.waitForSelector('[role=dialog]'))],
  ['closed', `${list}?stage=closed`, open('Dumont')],
  ['end', list, then(open('Anneliese'), click('button[aria-label=More]'), click('text=End early'))],
  ['history', list, then(open('Anneliese'), click('text=History >> visible=true')), 390],
  ['empty-filter', `${list}?due=today&type=opt_out_sale`],
  ['search-none', list, then((p) => p.fill('.search input', 'brukner'), key('Enter'))],
  ['templates', '/app/templates'],
  [
    'template',
    '/app/templates',
    then(click('text=Done in part'), (p) => p.waitForSelector('.template')),
  ],
  [
    'template-bad',
    '/app/templates',
    then(click('text=Done in part'), (p) =>
      p.fill('.template textarea >> nth=0', '{{greeting}}\n{{#kept}}\n{{nonsense}}'),
    ),
  ],
  ['company', '/app/settings/company'],
  [
    'mail',
    '/app/settings/mail',
    then(click('text=Send a test mail >> nth=1'), (p) => p.waitForSelector('text=took it')),
  ],
  ['people', '/app/settings/people'],
  ['invite', '/app/settings/people', click('text=Invite somebody')],
  [
    'keys',
    '/app/settings/api-keys',
    then(
      click('text=Make a key'),
      (p) => p.fill('[role=dialog] input[name=name]', 'Till'),
      click('[role=dialog] button[type=submit]'),
      (p) => p.waitForSelector('[data-testid=api-key]'),
    ),
  ],
  ['me', '/app/settings/me'],
  ['forgotten', '/app/forgotten-password'],
  ['new-password', '/app/new-password#abc', (p) => p.fill('input', 'slow boats go far')],
  ['invitation', '/app/invitation#abc'],
  ['missing', '/app/nowhere'],
];

/** Runs inside the page. */
const runAxe = async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await window.axe.run(document, { runOnly: tags });
  return violations.map(({ impact, id, nodes }) => {
    const said = nodes.slice(0, 3).map(({ target, any, all, none }) => {
      const [first] = [...any, ...all, ...none];
      return `${target.join(' ')} | ${first?.message}`;
    });
    return `${impact} ${id}: ${said.join(' ;; ')}`;
  });
};

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ],
});
let bad = 0;
const scheme = process.env.SCHEME ?? 'light';
for (const width of widths.length ? widths : [1440]) {
  const context = await browser.newContext({
    viewport: { width, height: heights[width] ?? 900 },
    reducedMotion: 'reduce',
    colorScheme: scheme,
    hasTouch: width === 390,
  });
  await context.request.post(`${base}/api/v1/session`, {
    headers: { origin: base },
    data: { email: 'marit@haldenroe.example', password: 'five quiet teapots' },
  });
  for (const [name, url, act, at] of screens) {
    if ((only.length && !only.includes(name)) || (at && at !== width)) continue;
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (e) => errors.push(e.message));
    page.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
    try {
      await page.goto(base + url, { waitUntil: 'load' });
      await page.waitForSelector('#main');
      if (process.env.RTL)
        await page.evaluate(() => {
          document.documentElement.dir = 'rtl';
        });
      await page.waitForTimeout(250);
      page.setDefaultTimeout(4000);
      if (act) await act(page);
    } catch (e) {
      errors.push(`SCRIPT ${e.message.split('\n')[0]}`);
    }
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(350);
    await page.screenshot({ path: `${out}/${name}-${width}.png` });
    // Through the debugger: the page's own policy lets no foreign script in.
    const client = await context.newCDPSession(page);
    await client.send('Runtime.evaluate', { expression: axe });
    const { result } = await client.send('Runtime.evaluate', {
      awaitPromise: true,
      returnByValue: true,
      expression: `(${runAxe})()`,
    });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const found = [
      ...(result.value ?? ['axe did not run']),
      ...errors,
      ...(over > 0 ? [`sideways ${over}`] : []),
    ];
    if (found.length) {
      bad++;
      console.log(`${name}@${width}\n   ${found.join('\n   ')}`);
    }
    await page.close();
  }
  await context.close();
}
await browser.close();
console.log(bad === 0 ? 'clean' : `${bad} views with findings`);
