// The commands in the panels, in both languages: what a click copies is what the core says, for every certificate and every arrow.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { initSync, outline, presets, recipe, call } from '#wasm';
import { ByHand } from '../../www/by-hand.js';
import { drawn, openBrowser, openPage } from './open-page.js';

/** @typedef {import('../../www/wasm.d.ts').Way} Way */
/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => {
  initSync({ module: new WebAssembly.Module(await readFile(new URL('../../target/wasm/hardway_bg.wasm', import.meta.url))) });
  opened = await openBrowser();
});
after(() => opened.close());

/** Every button that copies, pressed; what the clipboard was given. @param {import('playwright-core').Page} page @param {number} n */
const pressed = (page, n) => page.evaluate(async (wanted) => {
  /** @type {string[]} */
  const given = [];
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (/** @type {string} */ text) => { given.push(text); } } });
  const buttons = document.querySelectorAll(':is(.byhand .textbutton, .byhand .command button)');
  for (const button of buttons) /** @type {HTMLElement} */ (button).click();
  for (let waited = 0; waited < 50 && given.length < wanted; waited++) await new Promise((resolve) => setTimeout(resolve, 10));
  return given;
}, n);

/** What a way's section copies, from top to bottom. @param {Way} way */
const texts = ({ files, steps, whole }) => [whole, ...files.map(({ text }) => text), ...steps.map(({ command }) => command)];

for (const locale of ['en-US', 'ja-JP']) {
  test(`every certificate's panel has its recipe, in ${locale}`, async () => {
    const { context, page, complaints } = await openPage(opened, { locale, early: false });
    const byHand = new ByHand({ ready: true, recipe, call }), plan = outline(presets()[0].description, Date.now());
    const shown = new Set();
    for (const shape of await page.locator('[role=button][data-shape]').evaluateAll((all) => all.map((one) => one.getAttribute('data-shape') ?? ''))) {
      await page.locator(`[role=button][data-shape="${shape}"]`).first().dispatchEvent('click');
      await page.waitForSelector('html[data-selected=yes]');
      await drawn(page);
      // A component's panel is headed by its name, a certificate's by its file.
      const [, id = ''] = /^(.+)\.(?:crt|pub)$/.exec(await page.locator('.panel h2').innerText()) ?? [], one = byHand.recipe(plan, id);
      if (!one) continue;
      // Not before the core is ready, which the first figure does not wait for.
      await page.waitForSelector('.byhand');
      shown.add(id);
      const wanted = [one.openssl, one.cfssl].flatMap((way) => (way ? texts(way) : []));
      assert.deepEqual(await pressed(page, wanted.length), wanted, id);
    }
    assert.deepEqual([...shown].sort(), plan.certificates.map(({ id }) => id).sort());
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`every connection's panel has its commands, in ${locale}`, async () => {
    const { context, page, complaints } = await openPage(opened, { locale, early: false });
    const byHand = new ByHand({ ready: true, recipe, call }), plan = outline(presets()[0].description, Date.now());
    await page.locator('#bar .segments button').nth(2).click();
    const rows = page.locator('.tableview tbody button');
    await rows.first().waitFor();
    assert.equal(await rows.count(), plan.connections.length);
    const commands = plan.connections.map(({ id }) => byHand.call(plan, id)?.steps.map(({ command }) => command) ?? []), found = [];
    for (let i = 0; i < plan.connections.length; i++) {
      await rows.nth(i).dispatchEvent('click');
      await page.waitForSelector('html[data-selected=yes]');
      await drawn(page);
      found.push(await pressed(page, await page.locator('.byhand .command').count()));
    }
    // The table has an order of its own.
    const sorted = (/** @type {string[][]} */ all) => all.map((one) => JSON.stringify(one)).sort();
    assert.deepEqual(sorted(found), sorted(commands));
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test('the commands can be read and copied by keyboard, and each button says what it copies', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.locator('[role=button][data-shape=plate-api-0]').dispatchEvent('click');
  await page.waitForSelector('.byhand');
  const summary = page.locator('.byhand summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  const names = await page.locator('.byhand').first().locator('.command button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  assert.equal(new Set(names).size, names.length);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Copy all as one script');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.toast'));
  await context.close();
});
