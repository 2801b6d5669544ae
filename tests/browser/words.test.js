// The words of the page in every main state: none is cut off or lies over another, in both languages; no text that no locale knows of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { prose } from '../web/prose.js';
import { illegible, spokenText } from './legible.js';
import { drawn, openBrowser, openPage } from './open-page.js';
import { eachState } from './states.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

for (const locale of ['en-US', 'ja-JP']) for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]])
  test(`no text is cut off or lies over another at ${width} × ${height} in ${locale}`, async () => {
    const { context, page, complaints } = await openPage(opened, { viewport: { width, height }, locale });
    /** @type {string[]} */
    const faults = [];
    await eachState(page, async (state) => { for (const fault of await page.evaluate(illegible)) faults.push(`${state}: ${fault}`); });
    assert.deepEqual(faults, []);
    assert.deepEqual(complaints, []);
    await context.close();
  });

test('a text that is cut off, that lies over another or that is condensed is found', async () => {
  const { context, page } = await openPage(opened);
  await page.evaluate(() => {
    const button = /** @type {HTMLElement} */ (document.querySelector('.buttons button'));
    button.style.cssText = 'width:40px;overflow:hidden';
    /** @type {HTMLElement} */ (document.querySelector('.trust')).style.cssText = 'position:absolute;left:10px';
    const text = /** @type {SVGTextElement} */ (document.querySelector('.diagram text.name'));
    text.setAttribute('textLength', String(text.getComputedTextLength() * 0.6));
  });
  const faults = (await page.evaluate(illegible)).join('\n');
  for (const kind of [/cut off/, /over each other/, /condensed to 0\.60/]) assert.match(faults, kind);
  await context.close();
});

/** What may stand anywhere: names of presets and files. */
const NAMES = ['hardway', 'hard', 'way', 'one', 'node', 'blank', 'hightower', 'en', 'ca', 'token', 'kubernetes-the-hard-way'];

for (const [language, what] of [['zxx', 'the test language'], ['ja', 'Japanese']])
  test(`in ${what} no English is left, whatever the page shows`, async () => {
    const { context, page } = await openPage(opened, { early: false });
    await page.evaluate((chosen) => localStorage.setItem('hardway.language', chosen), language);
    await page.reload();
    await page.waitForSelector(`html[lang=${language}] svg.diagram`);
    const left = new Map();
    await eachState(page, async (state) => { for (const text of await page.evaluate(spokenText)) for (const word of prose(text, { names: NAMES })) left.set(`${word}: ${text.slice(0, 80)}`, state); });
    assert.deepEqual([...left].map(([text, state]) => `${text} (${state})`), []);
    await context.close();
  });

test('English that a panel forgot to translate is found', async () => {
  const { context, page } = await openPage(opened, { locale: 'ja-JP' });
  await page.evaluate(() => document.querySelector('.trust')?.setAttribute('title', 'Keys never leave this page.'));
  assert.ok((await page.evaluate(spokenText)).some((text) => prose(text).includes('never')));
  await context.close();
});

test('the first language of the browser that there is, is taken; a choice is remembered, and both are said in lang', async () => {
  for (const [languages, lang, word] of /** @type {[string[], string, string][]} */ ([[['fr-FR', 'ja-JP', 'en'], 'ja', 'コントロールプレーン'], [['fr-FR', 'en'], 'en', 'Masters'], [['fr-FR'], 'en', 'Masters']])) {
    const { context, page } = await openPage(opened, { locale: languages[0] });
    await page.addInitScript((wanted) => Object.defineProperty(navigator, 'languages', { get: () => wanted }), languages);
    await page.reload();
    await page.waitForSelector(`html[lang=${lang}] svg.diagram`);
    assert.ok((await page.locator('#form').textContent())?.includes(word), languages.join());
    await page.locator('.tools .segments button').nth(lang === 'ja' ? 0 : 1).click();
    await drawn(page);
    await page.reload();
    await page.waitForSelector(`html[lang=${lang === 'ja' ? 'en' : 'ja'}] svg.diagram`);
    await context.close();
  }
});

test('before the script runs, and without it, both languages are there', async () => {
  const context = await opened.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`file://${(await import('./open-page.js')).product}`);
  const text = await page.locator('body').innerText();
  for (const words of ['This page needs JavaScript and WebAssembly.', 'JavaScript と WebAssembly が必要です', 'Nothing is sent anywhere.', 'どこにも送信しません']) assert.ok(text.includes(words), words);
  for (const japanese of await page.locator('[lang=ja]').allTextContents()) assert.match(japanese, /[\u3040-\u30ff]/);
  assert.match(await page.title(), /certificates.*証明書/);
  await context.close();
});
