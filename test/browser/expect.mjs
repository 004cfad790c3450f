// Waiting for what a person waits for: playwright-core has no `expect`, and this much is enough.
import assert from 'node:assert/strict';

const patience = 15_000;

// `look` until it does not throw.
async function until(look) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export function expect(place) {
  return {
    toBeVisible: () => place.first().waitFor({state: 'visible', timeout: patience})
      .catch(async (error) => {
        const seen = await place.page().locator('body').innerText().catch(() => '');
        throw new Error(`${place} is not there. The page says:\n${seen}`, {cause: error});
      }),
    toBeGone: () => place.first().waitFor({state: 'hidden', timeout: patience}),
    toHaveText: (text) => until(async () => assert.match(await place.innerText(), text)),
    toHaveValue: (value) => until(async () => assert.equal(await place.inputValue(), value)),
    toHaveCount: (count) => until(async () => assert.equal(await place.count(), count)),
    toBeFocused: () => until(async () => assert.ok(
      await place.evaluate((element) => element === document.activeElement),
      `${place} has the focus`)),
  };
}
