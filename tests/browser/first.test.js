// The figure is there before the core is: what is asked for meanwhile waits, and a core that never comes is said.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { allEnded, altered, drawn, openBrowser, openPage, reached } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** Runs in the page: the core is compiled only once `release` is called. */
function held() {
  const here = /** @type {any} */ (globalThis), compile = WebAssembly.compile;
  const released = new Promise((resolve) => { here.release = resolve; });
  WebAssembly.compile = async (/** @type {any} */ bytes) => { await released; return compile(bytes); };
}
const release = () => /** @type {any} */ (globalThis).release();

test('the figure is drawn without the core, and is the same with it', async () => {
  const { context, page, complaints } = await openPage(opened, { before: held, early: false });
  const figure = () => page.locator('svg.diagram').evaluate((svg) => svg.outerHTML.replace(/<!--.*?-->/g, ''));
  const without = await figure();
  assert.equal(await page.locator('.about').count(), 0);
  await page.evaluate(release);
  await page.locator('.about').waitFor({ state: 'attached' });
  await drawn(page);
  assert.equal(await figure(), without);
  assert.ok(await page.locator('.chip').count() > 10);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('Generate, pressed before the core is there, waits for it', async () => {
  const { context, page, complaints } = await openPage(opened, { before: held, early: false });
  await page.getByRole('button', { name: 'Generate 10 keys' }).click();
  await reached(page, 'generating');
  assert.equal(await page.locator('.keys .waiting').count(), 10);
  await page.evaluate(release);
  await reached(page, 'issued');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what is typed before the core is there is planned once it comes, and judged', async () => {
  const { context, page, complaints } = await openPage(opened, { before: held, early: false });
  await page.fill('[data-field=name]', 'early-bird');
  await page.locator('[data-field=name]').blur();
  await drawn(page);
  assert.doesNotMatch(await page.title(), /early-bird/);
  await page.evaluate(release);
  await page.waitForFunction(() => document.title.startsWith('early-bird'));
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => document.title.startsWith('kubernetes-the-hard-way'));
  assert.deepEqual(complaints, []);
  await context.close();

  const wrong = await openPage(opened, { before: held, early: false });
  await wrong.page.fill('[data-field=name]', 'No Name!');
  await wrong.page.locator('[data-field=name]').blur();
  await drawn(wrong.page);
  assert.equal(await wrong.page.locator('#form .error').count(), 0);
  await wrong.page.evaluate(release);
  await wrong.page.locator('#form .error').first().waitFor();
  await wrong.context.close();
});

test('a list of nodes, asked for before the core is there, opens once it is', async () => {
  const { context, page, complaints } = await openPage(opened, { before: held, early: false });
  await page.getByRole('button', { name: 'Add many nodes' }).click();
  await drawn(page);
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await page.evaluate(release);
  await page.locator('dialog[open]').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a core that cannot be started is said in both languages, and nothing else is offered', async () => {
  const file = await altered('no-core', { wasm: () => gzipSync('no module').toString('base64') });
  const { context, page } = await openPage(opened, { file, before: held });
  await page.evaluate(release);
  await reached(page, 'stuck');
  assert.match(await page.locator('.stage').innerText(), /^A part of this file is damaged\./);
  assert.equal(await page.getByRole('button', { name: /Generate/ }).count(), 0);
  await page.getByRole('button', { name: '日本語' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'ja');
  await drawn(page);
  assert.match(await page.locator('.stage').innerText(), /^このファイル/);
  await allEnded(page);
  await context.close();
});

test('a file without its first plan says that it is damaged', async () => {
  const file = await altered('no-first', { first: (text) => text.slice(0, 1000) }), context = await opened.browser.newContext({ locale: 'en-US' }), page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await reached(page, 'stuck');
  assert.match(await page.locator('.stage').innerText(), /^A part of this file is damaged\./);
  await context.close();
});
