// Faults of the machine around the page that Chromium alone can be told to bring about, or asked about: a tab that is frozen or slow, a download that is broken off,
// the browser's own question to whoever leaves, what many runs leave in the page. (Those that every engine can be put to: tests/engines/faults.test.js and conditions.test.js.)
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { unpacked, verified } from '../engines/flow.js';
import { LONG, audited } from '../rows.js';
import { generate, openBrowser, openPage, output, preparedAll, reached } from './open-page.js';
/** @import { Page } from 'playwright-core' */

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @param {Page} page */
const button = (page) => page.locator('.buttons').getByText('Download bundle');

/** Saves the bundle, and looks at it. @param {Page} page @param {string} name */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page).click()]), zip = `${output}${name}.bundle`;
  await download.saveAs(zip);
  verified(unpacked(zip, name), false);
}

test('a tab that is frozen in the midst of a run, and one that is slowed down, end with a whole set', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false }), session = await context.newCDPSession(page);
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-3072');
  await page.click('.buttons button');
  await page.waitForSelector('.keys .made');
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => { setTimeout(resolve, 1500); });
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await reached(page, 'issued');
  await saved(page, 'frozen');
  await session.send('Emulation.setCPUThrottlingRate', { rate: 20 });
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-2048');
  await reached(page, 'planned');
  await page.click('.buttons button');
  await reached(page, 'issued');
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await saved(page, 'throttled');
  assert.deepEqual(complaints, []);
  await context.close();
  await audited('faults', 'Chromium: a tab frozen between two keys, one slowed down twentyfold', '2 whole sets');
});

test('a download that its user, or the browser, breaks off can be had once more', async () => {
  const { context, page, complaints } = await openPage(opened), session = await context.newCDPSession(page), taken = mkdtempSync(`${output}taken-`);
  await preparedAll(page);
  await generate(page);
  await session.send('Page.setDownloadBehavior', { behavior: 'deny' });
  const [broken] = await Promise.all([page.waitForEvent('download'), button(page).click()]);
  assert.equal(await broken.failure(), 'canceled');
  assert.equal(await page.locator('html').getAttribute('data-phase'), 'issued');
  // Playwright's own folder is not to be had back.
  await session.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: taken });
  await button(page).click();
  const zip = `${taken}/kubernetes-the-hard-way.zip`;
  for (let tries = 0; tries < 100 && !existsSync(zip); tries++) await page.waitForTimeout(50);
  verified(unpacked(zip, 'once-more'), false);
  assert.deepEqual(complaints, []);
  await context.close();
  await audited('faults', 'Chromium: a download that is broken off', 'the same set again');
});

test('the browser asks whoever leaves with a set that was not downloaded, and who stays still has it', async () => {
  const { context, page } = await openPage(opened);
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await generate(page);
  const asked = page.waitForEvent('dialog'), left = page.evaluate(() => location.reload()).catch(() => {});
  const dialog = await asked;
  assert.equal(dialog.type(), 'beforeunload');
  await dialog.dismiss();
  await left;
  assert.equal(await page.locator('html').getAttribute('data-phase'), 'issued');
  await saved(page, 'left');
  // Now nobody is asked: it reloads.
  await page.reload();
  await reached(page, 'planned');
  await context.close();
  await audited('faults', "Chromium: the browser's own question to whoever leaves", 'asked with a set that was not downloaded, not asked after');
});

test('runs that are begun and stopped leave nothing in the page: no element, no listener, no memory of its script', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false }), session = await context.newCDPSession(page), times = LONG ? 200 : 15;
  await session.send('Performance.enable');
  /** What is there once everything was collected that can be. */
  const left = async () => {
    for (let nth = 0; nth < 3; nth++) { await session.send('HeapProfiler.collectGarbage'); await page.waitForTimeout(200); }
    const { metrics } = await session.send('Performance.getMetrics'), of = (/** @type {string} */ name) => metrics.find((one) => one.name === name)?.value ?? NaN;
    return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') };
  };
  const cycles = async (/** @type {number} */ times) => {
    for (let nth = 0; nth < times; nth++) {
      await page.click('.buttons button');
      await page.waitForFunction(() => { const keys = document.querySelector('.keys .searching, .keys .made'); /** @type {any} */ (globalThis).kept?.push(keys); return Boolean(keys); });
      await page.click('.buttons button');
      await reached(page, 'planned');
      // What the test's own witness has of the workers is not the page's.
      await page.evaluate(() => { const { witnessed } = /** @type {any} */ (globalThis); Object.assign(witnessed, { messages: [], workers: witnessed.workers.filter((/** @type {{ ended: boolean }} */ one) => !one.ended) }); });
    }
  };
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
  await cycles(5);
  const before = await left();
  await cycles(times);
  const after = await left();
  assert.ok(after.nodes - before.nodes < 50 && after.listeners === before.listeners && after.heap < before.heap * 1.2, JSON.stringify([before, after]));
  // The twin: somebody keeps one element of each run, and with it those around it.
  await page.evaluate(() => { /** @type {any} */ (globalThis).kept = []; });
  await cycles(5);
  assert.ok((await left()).nodes - after.nodes > 250);
  assert.deepEqual(complaints, []);
  await context.close();
  await audited('faults', `Chromium: what ${times} runs begun and stopped leave in the page`, `${after.nodes - before.nodes} nodes, ${after.listeners - before.listeners} listeners, ${((after.heap - before.heap) / 1e6).toFixed(1)} MB`);
});
