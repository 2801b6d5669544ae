// What a screen reader is told, and when: politely and seldom while keys are made, the verdicts once, a failure at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { translator } from '../../www/i18n.js';
import { altered, openBrowser, openPage, reached } from './open-page.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** Notes every text of the two regions; runs in the page before its own script. */
function record() {
  const here = /** @type {any} */ (globalThis);
  here.told = [];
  addEventListener('DOMContentLoaded', () => {
    for (const id of ['live', 'alarm']) {
      const region = /** @type {HTMLElement} */ (document.getElementById(id)), note = () => { if (region.textContent) here.told.push([id, region.textContent]); };
      note();
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
}
/** @param {Page} page @returns {Promise<[string, string][]>} */
const told = (page) => page.evaluate(() => /** @type {any} */ (globalThis).told.splice(0));

test('from the first look to the verdicts', async () => {
  const { context, page } = await openPage(opened, { before: record, early: false });
  assert.deepEqual(await told(page), [['live', 'Press Generate to make the 10 keys, or select an arrow to see who proves what to whom.']]);
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
  await page.waitForFunction(() => /** @type {any} */ (globalThis).told.length);
  assert.deepEqual(await told(page), [['live', '32 connections planned. An arrow runs from the caller to the listener.']]);
  await page.locator('.buttons .primary').click();
  await page.locator('.lessons').waitFor({ timeout: 120_000 });
  const all = await told(page), texts = all.map(([, text]) => text);
  assert.ok(all.every(([region]) => region === 'live'));
  assert.equal(texts[0], 'Making 10 key pairs');
  assert.ok(texts.length <= 6, texts.join('\n'));
  for (const text of texts.slice(1, -1)) assert.match(text, /^(25|50|75|100) % of 10 keys are made\.$|^Signing the certificates$/);
  assert.match(texts[texts.length - 1], /^32 of 32 connections verified Every certificate is issued\. kubernetes-the-hard-way\.zip is ready to download\.$/);
  // The same is not said again when something is opened and closed; what is opened is.
  await page.locator('[role=button][data-shape=scheduler-0]').dispatchEvent('click');
  await page.locator('.tried').first().waitFor();
  assert.deepEqual(await told(page), [['live', 'kube-scheduler to kube-apiserver: Verified at both ends.']]);
  await page.keyboard.press('Escape');
  await page.locator('.lessons').waitFor();
  assert.deepEqual(await told(page), []);
  await page.getByRole('button', { name: 'Expired' }).click();
  await page.locator('.lesson').waitFor();
  assert.deepEqual(await told(page), [['live', 'What if: Expired. 10 of 32 connections verified, 22 refused']]);
  // What was done twice is said twice.
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } }));
  for (const _ of [1, 2]) await page.getByRole('button', { name: 'Copy a link' }).click();
  await page.waitForFunction(() => /** @type {any} */ (globalThis).told.length === 2);
  for (const [, text] of await told(page)) assert.match(text, /^Link copied\./);
  await context.close();
});

test('what is undone and done again is said, with what becomes of it', async () => {
  for (const language of /** @type {const} */ (['en', 'ja'])) {
    const { context, page } = await openPage(opened, { before: record, early: false, locale: language === 'ja' ? 'ja-JP' : 'en-US' }), t = translator(language);
    const last = async () => (await told(page)).map(([region, text]) => `${region}: ${text.trim()}`).at(-1);
    await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
    await page.waitForFunction(() => /** @type {any} */ (globalThis).told.length > 1);
    await told(page);
    // Nothing else differs to be told of; what was done is.
    for (const [button, what] of /** @type {const} */ ([['undo', 'speech.undone'], ['redo', 'speech.redone'], ['undo', 'speech.undone']])) {
      await page.getByRole('button', { name: t(button), exact: true }).click();
      await page.waitForFunction(() => /** @type {any} */ (globalThis).told.length);
      assert.equal(await last(), `live: ${t(what)}`);
    }
    // With nothing left to undo, nothing is said.
    await page.locator('#stage').focus();
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(100);
    assert.equal(await last(), undefined);
    await context.close();
  }
});

test('of a hundred keys no more is told than of ten', async () => {
  const { context, page } = await openPage(opened, { before: record, early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await page.getByRole('button', { name: 'Add many nodes' }).click();
  await page.fill('[data-field="many.pattern"]', 'worker-[1-100]');
  await page.fill('[data-field="many.address"]', '10.0.1.1');
  await page.getByRole('button', { name: 'Take these nodes' }).click();
  await page.getByText('Generate 108 keys').waitFor();
  await told(page);
  await page.locator('.buttons .primary').click();
  await page.locator('.lessons').waitFor({ timeout: 120_000 });
  const texts = (await told(page)).map(([, text]) => text);
  assert.ok(texts.length >= 2 && texts.length <= 7, texts.join('\n'));
  assert.match(texts[texts.length - 1], /connections verified/);
  await context.close();
});

test('stopping is said politely, a failure at once, and again when it happens again', async () => {
  const file = await altered('announced', { 'key-worker': () => 'throw new Error("no worker")' });
  const { context, page } = await openPage(opened, { before: record, early: false, file, locale: 'ja-JP' });
  await told(page);
  for (const _ of [1, 2]) {
    await page.locator('.buttons .primary').click();
    await reached(page, 'failed');
    await page.waitForFunction(() => /** @type {any} */ (globalThis).told.some((/** @type {string[]} */ [region]) => region === 'alarm'));
    const alarms = (await told(page)).filter(([region]) => region === 'alarm').map(([, text]) => text.trim());
    assert.equal(alarms.length, 1);
    const t = translator('ja');
    assert.ok(alarms[0].startsWith(`${t('failure.title')} ${t('error.worker-died').slice(0, 8)}`), alarms[0]);
    await page.waitForTimeout(50);
  }
  await context.close();

  const slow = await openPage(opened, { before: record, early: false });
  await slow.page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
  await slow.page.locator('.buttons .primary').click();
  await slow.page.locator('.keys').waitFor();
  await slow.page.getByRole('button', { name: 'Stop' }).click();
  await slow.page.locator('.stopped').waitFor();
  assert.match((await told(slow.page)).map(([region, text]) => `${region}: ${text}`).at(-1) ?? '', /^live: Stopped\. \d of 10 keys were made, and thrown away\.$/);
  await slow.context.close();
});
