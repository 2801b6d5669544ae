// A browser without randomness: one clear sentence, no key, nothing to download, and every worker ended. Whatever way it fails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { allEnded, altered, openBrowser, openPage, product, reached } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

const THROWS = "crypto.getRandomValues=()=>{throw new Error('none')};";
/** @type {[string, { worker: 'key-worker' | 'vault-worker', first: string }][]} */
const BROKEN = [
  ['throws in the key workers', { worker: 'key-worker', first: THROWS }],
  ['is missing in the key workers', { worker: 'key-worker', first: "Object.defineProperty(globalThis,'crypto',{value:undefined});" }],
  ['gives zeros in the key workers', { worker: 'key-worker', first: 'crypto.getRandomValues=(bytes)=>bytes.fill(0);' }],
  ['gives the same again and again in the key workers', { worker: 'key-worker', first: 'crypto.getRandomValues=(bytes)=>bytes.fill(7);' }],
  ['throws in the vault', { worker: 'vault-worker', first: THROWS }],
  ['gives zeros in the vault', { worker: 'vault-worker', first: 'crypto.getRandomValues=(bytes)=>bytes.fill(0);' }],
];
const SAID = { en: [/^The source of randomness failed: ./, /Nothing was made, and nothing else is used in its place\./], ja: [/^鍵を作るための乱数をブラウザーから取得できません：./, /別の乱数で代用することもありません。/] };

BROKEN.forEach(([how, { worker, first }], at) => {
  for (const [language, locale] of /** @type {const} */ ([['en', 'en-US'], ['ja', 'ja-JP']])) test(`getRandomValues that ${how}: nothing is made, and it is said, ${language}`, async () => {
    const file = await altered(`randomness-${at}`, { [worker]: (text) => first + text }), early = language === 'en' && worker === 'key-worker';
    const { context, page, complaints } = await openPage(opened, { file, early, locale });
    if (early) await page.waitForFunction(() => /could not be prepared/.test(document.querySelector('#ahead')?.textContent ?? ''));
    await page.click('.buttons button');
    await reached(page, 'failed');
    const [sentence, hint] = SAID[language], section = page.locator('.failure');
    assert.match(await section.locator('.message').innerText(), sentence);
    assert.match(await section.innerText(), hint);
    assert.equal(await page.locator('.buttons button').filter({ hasText: /Download|ダウンロード/ }).count(), 0);
    assert.equal(await page.locator('.stage .chip.issued').count(), 0);
    await allEnded(page);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});

test('without getRandomValues in the page nothing starts, and the page says what the browser lacks', async () => {
  const context = await opened.browser.newContext({ locale: 'en-US' }), page = await context.newPage();
  await page.addInitScript(() => { /** @type {any} */ (Crypto.prototype).getRandomValues = undefined; });
  await page.goto(pathToFileURL(product).href);
  await page.locator('.stuck').waitFor();
  assert.match(await page.locator('.stuck').innerText(), /needs crypto\.getRandomValues, which is missing/);
  assert.equal(await page.getByRole('button', { name: /Generate/ }).count(), 0);
  await allEnded(page);
  await context.close();
});
