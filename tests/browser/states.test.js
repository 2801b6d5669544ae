// Every state of the page has words of its own, in both languages: the first look, stopped, finished, failed, empty, offline, and when it cannot start.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { translator } from '../../www/i18n.js';
import { altered, drawn, generate, openBrowser, openPage, output, product, reached } from './open-page.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

const LOCALES = /** @type {const} */ (['en-US', 'ja-JP']);
/** @param {Page} page @param {string} selector */
const read = async (page, selector) => (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ').trim();

const japanese = translator('ja');
/** English is written out here; the Japanese is looked up, so that it can be polished. @param {string} text @param {string} locale @param {RegExp} english @param {...string} words */
function says(text, locale, english, ...words) {
  const plain = (/** @type {string} */ one) => one.replaceAll('*', '').replace(/\s+/g, ' ');
  if (locale === 'en-US') assert.match(text, english);
  else for (const one of words) assert.ok(text.includes(plain(one)), `${plain(one)}: ${text}`);
}

/** What stands there before anything is done, and is gone afterwards. */
const FIRST = /^Press Generate to make the 10 keys, or select an arrow to see who proves what to whom\.$/;

for (const locale of LOCALES) {
  test(`the first look says what to do, until it is done: ${locale}`, async () => {
    for (const act of /** @type {((page: Page) => Promise<unknown>)[]} */ ([
      (page) => page.locator('[role=button][data-shape=scheduler-0]').dispatchEvent('click'), (page) => page.fill('[data-field=name]', 'mine'), (page) => page.locator('.buttons .primary').click(),
    ])) {
      const { context, page } = await openPage(opened, { locale, early: false });
      says(await read(page, '.sum'), locale, FIRST, japanese('sum.first', { n: 10 }));
      assert.ok(await page.locator('.stage .arrow').count() > 20, 'the figure is there');
      await act(page);
      await page.locator('.sum.first').waitFor({ state: 'detached' });
      const now = await read(page, '.sum');
      assert.throws(() => says(now, locale, FIRST, japanese('sum.first', { n: 10 })));
      await context.close();
    }
  });

  test(`stopped says what was thrown away and how to go on, until one goes on: ${locale}`, async () => {
    const { context, page } = await openPage(opened, { locale, early: false });
    assert.equal(await page.locator('.stopped').count(), 0);
    await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
    await page.locator('.buttons .primary').click();
    await page.waitForSelector('.keys .made');
    await page.locator('.buttons .primary').click();
    await page.locator('.stopped').waitFor();
    const n = Number(/\d+(?= of 10|\s個の)/.exec(await read(page, '.stopped'))?.[0]);
    assert.ok(n >= 1 && n < 10, String(n));
    says(await read(page, '.stopped'), locale, /[1-9] of 10 keys were made\. They were thrown away.*press Generate to begin anew/, japanese('cancelled.what', { n, of: 10 }), japanese('cancelled.next'));
    says(await read(page, '.sum'), locale, /^Stopped\. [1-9] of 10 keys were made, and thrown away\.$/, japanese('sum.cancelled', { n, of: 10 }));
    await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
    await page.locator('.stopped').waitFor({ state: 'detached' });
    await context.close();
  });

  test(`finished names three steps, and each leads on: ${locale}`, async () => {
    const { context, page } = await openPage(opened, { locale });
    await generate(page);
    await page.locator('.lessons').waitFor();
    assert.equal(await page.locator('.next li').count(), 4);
    says(await read(page, '.next'), locale, /Download kubernetes-the-hard-way\.zip.*Unpack it where you run scp.*Look at an arrow.*Forget the keys once you have the bundle/, japanese('done.download', { name: 'kubernetes-the-hard-way.zip' }), japanese('done.unpack'), japanese('done.look'), japanese('done.forget'));
    assert.equal(await page.locator('.next pre').innerText(), 'unzip kubernetes-the-hard-way.zip && cd kubernetes-the-hard-way\nsh verify.sh\nsh distribute.sh --dry-run');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.next button').first().click()]);
    assert.equal(download.suggestedFilename(), 'kubernetes-the-hard-way.zip');
    await page.locator('.next [data-connection]').click();
    await page.locator('.tried').first().waitFor();
    assert.match(await read(page, '#panel h2'), /^kubectl.*kube-apiserver$/);
    await context.close();
  });

  test(`failed says what happened and what to try: ${locale}`, async () => {
    const file = await altered(`states-failed-${locale}`, { 'key-worker': () => 'throw new Error("no worker")' });
    const { context, page } = await openPage(opened, { locale, file, early: false });
    assert.equal(await page.locator('.failure').count(), 0);
    await page.locator('.buttons .primary').click();
    await reached(page, 'failed');
    says(await read(page, '.failure'), locale, /could not be made.*worker stopped.*Generate again.*reload this page or close others/i, japanese('failure.title'), japanese('hint.worker-died'), japanese('failure.nothing'));
    says(await read(page, '#alarm'), locale, /^The keys could not be made/, japanese('failure.title'));
    await context.close();
  });

  test(`empty lists say why, and how they get something: ${locale}`, async () => {
    const { context, page } = await openPage(opened, { locale, early: false });
    says(await read(page, '.left .empty'), locale, /None: etcd runs on the masters/, japanese('empty.etcd'));
    await page.selectOption('[data-field=preset]', 'blank');
    await page.waitForFunction(() => document.querySelectorAll('.left .empty').length === 3);
    says(await read(page, '.left'), locale, /callers dial a master themselves.*its kubelet, kube-proxy and pods appear/, japanese('empty.load-balancer'), japanese('empty.worker'));
    await page.locator('.bar .segments button').nth(2).click();
    await page.fill('[data-field="table.filter"]', 'no such thing');
    await page.locator('.tablescroll .empty').waitFor();
    says(await read(page, '.tablescroll .empty'), locale, /^Nothing here contains “no such thing”\. Clear the filter$/, japanese('empty.filter', { text: 'no such thing' }), japanese('empty.clear'));
    await page.locator('.tablescroll .empty button').click();
    await page.locator('.tablescroll .empty').waitFor({ state: 'detached' });
    assert.equal(await page.inputValue('[data-field="table.filter"]'), '');
    assert.equal(await page.locator('.tableview tbody tr').count(), 9);
    await context.close();
  });

  test(`without a network the trust line says that none is needed: ${locale}`, async () => {
    const { context, page } = await openPage(opened, { locale });
    const online = await read(page, '.trust');
    await context.setOffline(true);
    await page.waitForFunction((before) => document.querySelector('.trust')?.textContent?.trim() !== before, online);
    says(await read(page, '.trust'), locale, /^No network, and none is needed\. Keys never leave this page\.$/, japanese('trust.offline'));
    await generate(page);
    await context.setOffline(false);
    await page.waitForFunction((before) => document.querySelector('.trust')?.textContent?.trim() === before, online);
    await context.close();
  });

  test(`one that cannot start says why and what to do: ${locale}`, async (t) => {
    const damaged = await altered(`states-damaged-${locale}`, { wasm: (text) => text.slice(0, text.length / 2) });
    const truncated = `${output}states-truncated-${locale}.html`, whole = await readFile(product, 'utf8');
    await writeFile(truncated, whole.slice(0, whole.length * 0.6));
    const swapped = await altered(`states-swapped-${locale}`, { wasm: (text) => `${text.slice(0, 4000)}${text.slice(4040)}` });
    const lacks = (/** @type {string} */ found) => [japanese('boot.lacks'), japanese('boot.lacks.what', { found }), japanese('boot.lacks.update'), japanese('boot.lacks.lockdown'), japanese('boot.nothing')];
    const broken = [japanese('boot.damaged'), japanese('boot.damaged.what'), japanese('boot.damaged.again'), japanese('boot.damaged.other')];
    /** @type {[string, RegExp, string[], { file?: string, before?: () => void }][]} */
    const cases = [
      ['half of the core', /^A part of this file is damaged\..*Get the file once more/, broken, { file: damaged }],
      ['the file ends early', /^A part of this file is damaged\./, broken, { file: truncated }],
      ['a piece of the core lost', /^A part of this file is damaged\./, broken, { file: swapped }],
      ['no DecompressionStream', /too old.*needs DecompressionStream, which is missing.*Chrome or Edge 111/, lacks('DecompressionStream'), { before: () => { delete (/** @type {any} */ (globalThis).DecompressionStream); } }],
      ['no WebAssembly', /needs WebAssembly, which is missing.*Lockdown Mode/, lacks('WebAssembly'), { before: () => { delete (/** @type {any} */ (globalThis).WebAssembly); } }],
      ['no BigInt', /needs BigInt/, lacks('BigInt'), { before: () => { delete (/** @type {any} */ (globalThis).BigInt); } }],
    ];
    for (const [name, en, ja, { file = product, before: first }] of cases) await t.test(name, async () => {
      const context = await opened.browser.newContext({ locale, viewport: { width: 390, height: 844 } }), page = await context.newPage();
      /** @type {string[]} */
      const errors = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      if (first) await page.addInitScript(first);
      await page.goto(pathToFileURL(file).href);
      await page.locator('.stuck').waitFor();
      says(await read(page, '.stuck'), locale, en, ...ja);
      assert.equal(await page.locator('html').getAttribute('lang'), locale.slice(0, 2));
      assert.equal(await page.locator('.rail, .left, .panel').evaluateAll((all) => all.filter((one) => one.checkVisibility()).length), 0, 'nothing else is offered');
      assert.deepEqual(errors, []);
      await context.close();
    });
  });
}

test('without script, or with the start of a file alone, the page says so in both languages', async () => {
  const start = `${output}states-start.html`, whole = await readFile(product, 'utf8');
  await writeFile(start, whole.slice(0, whole.indexOf('<script>') + 20_000));
  for (const [file, javaScriptEnabled, text] of /** @type {[string, boolean, RegExp][]} */ ([
    [product, false, /needs JavaScript and WebAssembly\. Allow scripts.*必要です。スクリプトを許可/], [start, true, /the file is incomplete or this browser is too old.*ファイルが不完全か、ブラウザーが古すぎます/],
  ])) {
    const context = await opened.browser.newContext({ javaScriptEnabled, reducedMotion: 'reduce' }), page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.waitForTimeout(4500);
    assert.match(await read(page, '.before'), text);
    assert.deepEqual(await page.locator('.late[lang]').evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('lang')))]), ['ja']);
    await context.close();
  }
  // A page that starts never shows it.
  const { context, page } = await openPage(opened);
  await drawn(page);
  assert.equal(await page.locator('.late').count(), 0);
  await context.close();
});
