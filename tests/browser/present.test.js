// Present mode in a real browser: every slide fits at 1280 x 720 and can be read from the back, all by keyboard or clicker.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawn, openBrowser, openPage, reached } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @typedef {import('playwright-core').Page} Page */
const SCREEN = { viewport: { width: 1280, height: 720 } };

/** Begins to present. @param {Page} page */
async function present(page) {
  await page.keyboard.press('p');
  await page.locator('#present:not([hidden]) .slide').waitFor();
  await drawn(page);
}

/** What a slide must not do, and what it is. @param {Page} page */
const look = (page) => page.evaluate(() => {
  const slide = /** @type {HTMLElement} */ (document.querySelector('.slide')), room = slide.getBoundingClientRect();
  const texts = [...slide.querySelectorAll('*')].filter((one) => !one.closest('svg') && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()));
  const small = texts.filter((one) => !one.closest('.unseen, kbd, .chaptername, .tag small, pre') && parseFloat(getComputedStyle(one).fontSize) < 24).map((one) => `${one.tagName} ${one.textContent?.trim().slice(0, 30)}`);
  const out = texts.filter((one) => !one.closest('.unseen')).filter((one) => { const box = one.getBoundingClientRect(); return box.right > room.right + 0.5 || box.bottom > room.bottom + 0.5 || box.top < 0; }).map((one) => one.textContent?.trim().slice(0, 40));
  const figure = /** @type {SVGSVGElement} */ (document.querySelector('#present .diagram')), scale = figure.getScreenCTM()?.a ?? 0;
  const labels = [...figure.querySelectorAll('.chip text, text.lane')].filter((one) => !one.closest('[data-light=dim]')).map((one) => parseFloat(getComputedStyle(one).fontSize) * scale);
  const files = [...figure.querySelectorAll('.file')].map((one) => parseFloat(getComputedStyle(one).fontSize) * scale);
  return { kind: slide.className, chapter: location.hash, small, out, text: slide.innerText, sideways: slide.scrollWidth > slide.clientWidth, cut: slide.scrollHeight > slide.clientHeight, least: Math.min(...labels, 99), file: Math.min(...files, 99), state: document.querySelector('#present')?.innerHTML.length };
});

for (const [language, preset, made] of /** @type {const} */ ([['en-US', 'hard-way-2020', true], ['ja-JP', 'hard-way-2020', true], ['ja-JP', 'kubeadm', false], ['en-US', 'hightower-2025', false]]))
  test(`every slide of ${preset} fits and can be read, ${language}, ${made ? 'made' : 'planned'}`, async () => {
    const { context, page, complaints } = await openPage(opened, { ...SCREEN, locale: language });
    if (preset !== 'hard-way-2020') {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.selectOption('[data-field=preset]', preset);
      await page.setViewportSize(SCREEN.viewport);
      await page.locator('#stage').focus();
    }
    await present(page);
    if (made) {
      await page.keyboard.press('g');
      await reached(page, 'issued');
      await page.locator('.presentstate b').waitFor();
    }
    const seen = new Set(), kinds = new Set(), chapters = new Set();
    for (let i = 0; i < 260; i++) {
      await drawn(page);
      const at = await look(page), name = `${at.chapter} ${at.kind}: ${at.text.slice(0, 60)}`;
      assert.deepEqual({ small: at.small, out: at.out, sideways: at.sideways, cut: at.cut }, { small: [], out: [], sideways: false, cut: false }, name);
      assert.ok(at.least >= 14, `${name}: words of ${at.least} px in the figure`);
      assert.doesNotMatch(at.text, /[{}*]|undefined|null|PRIVATE KEY/, name);
      kinds.add(at.kind.replace('slide is-', ''));
      chapters.add(at.chapter);
      if (seen.has(at.chapter + at.text)) break;
      seen.add(at.chapter + at.text);
      await page.keyboard.press(i % 2 ? 'PageDown' : 'ArrowRight');
    }
    assert.equal(chapters.size, 10);
    assert.deepEqual([...kinds].sort(), ['certificate', 'commands', 'folder', 'key', 'question', 'request', 'story', 'text', 'title']);
    assert.deepEqual(complaints, []);
    await context.close();
  });

test('on 1920 x 1080 file names in the figure have 15.5 pixels', async () => {
  const { context, page } = await openPage(opened, { viewport: { width: 1920, height: 1080 } });
  await present(page);
  for (let chapter = 0; chapter < 10; chapter++) {
    const { file, chapter: name } = await look(page);
    assert.ok(file >= 15.5, `${name}: ${file}`);
    await page.keyboard.press('ArrowDown');
    await drawn(page);
  }
  await context.close();
});

test('keys: questions by number and Enter, chapters by digits, first and last, help, theme, language; Escape gives the focus back', async () => {
  const { context, page, complaints } = await openPage(opened, SCREEN);
  const button = page.locator('#topbar .square'), slide = page.locator('.slide');
  await button.focus();
  await present(page);
  assert.ok(await page.evaluate(() => /** @type {HTMLElement} */ (document.getElementById('stage')).matches('[inert] *, [inert]')), 'the page behind is out of reach');
  await page.keyboard.press('7');
  await drawn(page);
  assert.match(await slide.innerText(), /Chapter 7 of 10\s+etcd/);
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await page.locator('.choices').waitFor();
  await page.keyboard.press('2');
  await page.locator('.choices .chosen').waitFor();
  assert.equal(await page.locator('.why').count(), 0);
  await page.keyboard.press('Enter');
  await page.locator('.slide .why').waitFor();
  const shown = await slide.innerText();
  await page.keyboard.press('Enter');
  await drawn(page);
  assert.notEqual(await slide.innerText(), shown);
  await page.keyboard.press('PageUp');
  await drawn(page);
  assert.equal(await slide.innerText(), shown, 'back at the answer, which stays');
  await page.keyboard.press('End');
  await drawn(page);
  assert.equal(await page.evaluate(() => location.hash), '#chapter=arrows');
  await page.keyboard.press('Home');
  await drawn(page);
  assert.equal(await page.evaluate(() => location.hash), '#chapter=ca');
  await page.keyboard.press('?');
  await page.locator('.keylist').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.keylist').waitFor({ state: 'detached' });
  await page.keyboard.press('t');
  await page.keyboard.press('l');
  await page.locator('html[data-theme=dark][lang=ja]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#present[hidden]').waitFor({ state: 'attached' });
  await drawn(page);
  assert.ok(await button.evaluate((one) => one === document.activeElement), 'the focus is back');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a question at which nobody guessed is revealed by →, and not counted as answered', async () => {
  const { context, page } = await openPage(opened, SCREEN);
  const remembered = () => page.evaluate(() => JSON.parse(localStorage.getItem('hardway.tour') ?? '{}').answered ?? {});
  await present(page);
  for (let i = 0; await page.locator('.choices').count() === 0; i++) {
    assert.ok(i < 20, 'no question comes');
    await page.keyboard.press('ArrowRight');
    await drawn(page);
  }
  await page.keyboard.press('ArrowRight');
  await page.locator('.slide .why', { hasText: 'So it is' }).waitFor();
  assert.deepEqual(await remembered(), {});
  await page.keyboard.press('ArrowRight');
  await drawn(page);
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  await page.locator('.slide .why').waitFor();
  assert.deepEqual(Object.keys(await remembered()), ['ca.count']);
  await context.close();
});

test('each slide lights what its step is about, and no authority that the edge cuts', async () => {
  const { context, page } = await openPage(opened, SCREEN);
  await present(page);
  await page.keyboard.press('4');
  const lit = () => page.evaluate(() => Object.fromEntries(['badge-proxy-0', 'plate-api-0', 'stamp-ca'].map((shape) => [shape, document.querySelector(`#present [data-shape="${shape}"]`)?.getAttribute('data-light') !== 'dim'])));
  const seen = [];
  for (const kind of ['key', 'request', 'certificate']) {
    for (let i = 0; await page.locator(`.slide.is-${kind}`).count() === 0; i++) {
      assert.ok(i < 10, kind);
      await page.keyboard.press('ArrowRight');
      await drawn(page);
    }
    seen.push(Object.values(await lit()));
  }
  assert.deepEqual(seen, [[true, false, false], [true, false, true], [true, true, false]]);
  await context.close();
});

test('openssl’s lines never end between an option and its value', async () => {
  const { context, page } = await openPage(opened, SCREEN);
  await present(page);
  await page.keyboard.press('6');
  for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowRight');
  await page.locator('.is-commands').waitFor();
  assert.deepEqual(await page.locator('.typed span').evaluateAll((all) => all.filter((one) => one.getClientRects()[0].height > 1.6 * parseFloat(getComputedStyle(one).fontSize)).map((one) => one.textContent)), []);
  assert.ok((await page.locator('.typed span').allInnerTexts()).includes('-out kube-apiserver.crt'));
  assert.match(await page.locator('.slide').innerText(), /kube-apiserver\.cnf names the subject/);
  await context.close();
});

test('a thumb finds buttons that say what they do, and no keys', async () => {
  const { context, page } = await openPage(opened, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.locator('.tourbutton').tap();
  await page.locator('.presentbutton').tap();
  await page.locator('.slide.is-title').waitFor();
  assert.equal(await page.locator('.presentfoot kbd').filter({ visible: true }).count(), 0);
  assert.deepEqual(await page.locator('.presentkeys button').filter({ visible: true }).allInnerTexts(), ['Back', 'Next', 'Leave']);
  for (const box of await page.locator('.presentfoot button').filter({ visible: true }).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))) assert.ok(box >= 44, String(box));
  await page.locator('.presentkeys button', { hasText: 'Next' }).tap();
  await page.locator('.slide.is-text').waitFor();
  await page.locator('.presentkeys button').last().tap();
  await page.locator('#present[hidden]').waitFor({ state: 'attached' });
  await context.close();
});

test('p in a field is a letter', async () => {
  const { context, page } = await openPage(opened);
  await page.locator('[data-field=name]').fill('');
  await page.locator('[data-field=name]').pressSequentially('prod');
  assert.equal(await page.locator('[data-field=name]').inputValue(), 'prod');
  assert.equal(await page.locator('#present').isHidden(), true);
  await context.close();
});

test('generated from inside, the slides show the real certificate; experiments are broken and mended by keyboard', async () => {
  const { context, page, complaints } = await openPage(opened, SCREEN);
  await present(page);
  await page.keyboard.press('w');
  await page.locator('.slide', { hasText: 'first make the certificates' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('6');
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
  await page.locator('.is-certificate').waitFor();
  assert.match(await page.locator('.slide').innerText(), /as planned/);
  await page.keyboard.press('g');
  await reached(page, 'issued');
  await page.locator('.presentstate', { hasText: '32 of 32 connections verified' }).waitFor();
  const certificate = await page.locator('.slide').innerText();
  assert.match(certificate, /serverAuth/);
  assert.doesNotMatch(certificate, /as planned/);
  await page.keyboard.press('w');
  await page.locator('.experiments').waitFor();
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.is-broken').waitFor();
  assert.match(await page.locator('.slide').innerText(), /Expired[^]*10 of 32 connections verified/);
  assert.ok(await page.locator('#present .arrow.refused').count() > 0);
  const at = await look(page);
  assert.deepEqual([at.small, at.out, at.cut], [[], [], false]);
  await page.keyboard.press('Escape');
  await page.locator('.is-broken').waitFor({ state: 'detached' });
  await page.locator('.presentstate', { hasText: '32 of 32 connections verified' }).waitFor();
  assert.equal(await page.locator('#present .arrow.refused').count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('every experiment fits the screen, in both languages', async () => {
  const { context, page } = await openPage(opened, SCREEN);
  await present(page);
  await page.keyboard.press('g');
  await reached(page, 'issued');
  await page.locator('.presentstate b').waitFor();
  for (let i = 0; i < 14; i++) {
    await page.keyboard.press('w');
    await page.locator('.experiments').waitFor();
    for (let n = 0; n < i; n++) await page.keyboard.press('ArrowDown');
    await drawn(page);
    const menu = await look(page);
    assert.deepEqual([menu.out, menu.cut], [[], false], 'the menu');
    await page.keyboard.press('Enter');
    await page.locator('.is-broken').waitFor();
    for (let language = 0; language < 2; language++) {
      const at = await look(page);
      assert.deepEqual([at.small, at.out, at.cut], [[], [], false], at.text.slice(0, 60));
      await page.keyboard.press('l');
      await drawn(page);
    }
    await page.keyboard.press('Escape');
    await page.locator('.is-broken').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await drawn(page);
  }
  await context.close();
});
