// The walkthrough in a real browser: by keyboard alone, by link, over a reload, and with the real objects once they exist.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawn, openBrowser, openPage, reached } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

const CHAPTERS = ['ca', 'admin', 'controller-manager', 'kube-proxy', 'scheduler', 'apiserver', 'etcd', 'service-account', 'distribution', 'arrows'];
/** @typedef {import('playwright-core').Page} Page */
/** @param {Page} page */
const hash = (page) => page.evaluate(() => location.hash);
/** @param {Page} page @param {string} selector Tab until what has the focus is that */
async function tabTo(page, selector) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`Tab does not reach ${selector}`);
}

test('by keyboard alone: every chapter is read and every question answered', async (t) => {
  const { context, page, complaints } = await openPage(opened);
  await tabTo(page, '.tourbutton');
  await page.keyboard.press('Enter');
  await drawn(page);
  for (const [at, chapter] of CHAPTERS.entries()) await t.test(chapter, async () => {
    assert.equal(await hash(page), `#chapter=${chapter}`);
    assert.equal(await page.locator('.tourcount').innerText(), `Chapter ${at + 1} of 10`);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H2', 'the heading of the chapter has the focus');
    for (let n = 0; n < 3; n++) {
      await tabTo(page, '.question:not(.revealed) input');
      await page.keyboard.press('Space');
      await tabTo(page, '.question:not(.revealed) .primary');
      await page.keyboard.press('Enter');
      await page.waitForFunction((n) => document.querySelectorAll('.question.revealed').length === n && document.activeElement?.matches('.why'), n + 1);
    }
    // What is right is marked by a sign, and every reason is a sentence in which every place is filled.
    assert.ok(await page.locator('.question .right .sign').count() >= 2);
    for (const why of await page.locator('.why p').allInnerTexts()) assert.match(why, /^(Right|Not quite|So it is)[.:] [^{}]{30,}$/s);
    assert.doesNotMatch(await page.locator('#panel').innerText(), /[{}*]|undefined|PRIVATE KEY/);
    await page.keyboard.press('ArrowRight');
    await drawn(page);
  });
  await page.locator('.contents summary').click();
  assert.match(await page.locator('.contents summary').innerText(), /10\/10 read, 30\/30 answered/);
  await page.keyboard.press('Escape');
  await drawn(page);
  assert.equal(await page.locator('.tour').count(), 0);
  assert.equal(await hash(page), '');
  assert.ok(await page.evaluate(() => document.activeElement?.matches('.tourbutton')), 'the focus is back where it was');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('arrow keys in a field, in the figure and with a choice stay there', async () => {
  const { context, page } = await openPage(opened);
  await page.locator('.tourbutton').click();
  await drawn(page);
  await page.locator('.question input').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('#stage .arrow[tabindex="0"], #stage [data-shape][tabindex="0"]').first().focus();
  await page.keyboard.press('ArrowRight');
  await drawn(page);
  assert.equal(await hash(page), '#chapter=ca');
  await page.locator('.tourhead h2').focus();
  await page.keyboard.press('ArrowRight');
  await drawn(page);
  assert.equal(await hash(page), '#chapter=admin');
  await context.close();
});

test('a link opens its chapter, at once and in a page that is open; what is no chapter opens none; a link of a cluster still asks', async () => {
  const { context, page, complaints } = await openPage(opened);
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(`${address}#chapter=etcd`);
  await page.locator('.tourhead h2', { hasText: 'etcd' }).waitFor();
  await page.evaluate(() => { location.hash = '#chapter=service-account'; });
  await page.locator('.tourhead h2', { hasText: 'The service account key' }).waitFor();
  await page.locator('.contents summary').click();
  await page.locator('.contents a', { hasText: 'kube-proxy' }).click();
  await page.locator('.tourhead h2', { hasText: 'kube-proxy' }).waitFor();
  await page.locator('.tourhead .close').click();
  await page.evaluate(() => { location.hash = '#chapter=nothing'; });
  await drawn(page);
  assert.equal(await page.locator('.tour').count(), 0);
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await page.evaluate(() => { location.hash = '#1.q1YqKEotTi3Rzy4BAA'; });
  await page.locator('dialog[open]').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const width of [1440, 390]) test(`by mouse, each chapter begins at its heading and each answer stands above the bar, at ${width} pixels`, async () => {
  const { context, page } = await openPage(opened, { viewport: { width, height: 844 } });
  const at = (/** @type {string} */ selector) => page.locator(selector).evaluate((one) => { const { top, bottom } = one.getBoundingClientRect(); return { top, bottom }; });
  await page.locator('.tourbutton').click();
  await drawn(page);
  for (let n = 2; n <= 4; n++) {
    const last = page.locator('.question .primary').last(), id = await page.locator('.question').last().getAttribute('data-question');
    await last.click();
    await page.locator(`[data-question="${id}"].revealed .why`).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('.why'));
    const why = await at(`[data-question="${id}"] .why`), bar = await at('.tourmoves');
    assert.ok(why.bottom <= bar.top && why.top >= 0, `chapter ${n - 1}: ${JSON.stringify({ why, bar })}`);
    await page.locator('.tourmoves .primary').last().click();
    await page.locator('.tourcount', { hasText: `Chapter ${n} of` }).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('.tourhead h2'));
    await drawn(page);
    const heading = await at('.tourhead h2'), panel = await at('#panel');
    assert.ok(heading.top >= Math.max(0, panel.top) && heading.bottom < 400, `chapter ${n}: ${JSON.stringify({ heading, panel })}`);
  }
  await context.close();
});

test('progress is kept over a reload, and holds nothing of the cluster', async () => {
  const { context, page } = await openPage(opened);
  await page.locator('.tourbutton').click();
  await page.locator('.question .primary').last().click();
  await page.locator('.question input').first().check();
  await page.locator('.question .primary').first().click();
  await page.waitForFunction(() => document.querySelectorAll('.question.revealed').length === 2);
  await page.locator('.tourmoves .primary').last().click();
  await page.locator('.tourhead h2', { hasText: 'admin' }).waitFor();
  await page.reload();
  await page.locator('.tourhead h2', { hasText: 'admin' }).waitFor();
  assert.match(await page.locator('.contents summary').innerText(), /1\/10 read, 1\/30 answered/);
  assert.match(await page.evaluate(() => localStorage.getItem('hardway.tour') ?? ''), /^\{"read":\["ca"\],"answered":\{"ca\.self":(true|false)\}\}$/);
  await page.locator('.contents summary').click();
  await page.locator('.contents a').first().click();
  await page.locator('.before-answered').waitFor();
  assert.equal(await page.locator('.before-answered').count(), 1);
  await context.close();
});

test('a chapter lights its part of the figure, recoloured and not faded, and a selection shows the inspector in between', async () => {
  const { context, page } = await openPage(opened);
  assert.equal(await page.locator('#stage [data-light=dim]').count(), 0);
  await page.evaluate(() => { location.hash = '#chapter=scheduler'; });
  await page.locator('.tourhead h2', { hasText: 'kube-scheduler' }).waitFor();
  const quiet = (/** @type {string} */ shape) => page.locator(`#stage [data-light=dim][data-shape="${shape}"]`).count();
  assert.equal(await quiet('badge-scheduler-0'), 0);
  assert.equal(await quiet('plate-api-0'), 0);
  assert.ok(await quiet('badge-admin') > 0 && await quiet('badge-proxy-0') > 0);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('#stage [data-light=dim], #stage [data-light=dim] *')].filter((one) => !one.closest('.copy, .faint') && getComputedStyle(one).opacity !== '1').length), 0);
  await page.locator('.touropen button').click();
  await page.locator('#panel h2', { hasText: 'kube-scheduler.crt' }).waitFor();
  assert.equal(await page.locator('.tour').count(), 0);
  await page.locator('#panel .close').click();
  await page.locator('.tourhead h2', { hasText: 'kube-scheduler' }).waitFor();
  await context.close();
});

test('as planned until generated from inside the chapter; then the real ones', async () => {
  const { context, page, complaints } = await openPage(opened);
  await page.evaluate(() => { location.hash = '#chapter=apiserver'; });
  await page.locator('.making').waitFor();
  assert.match(await page.locator('.making .certificate').innerText(), /as planned/);
  await page.locator('.maker button').click();
  await reached(page, 'issued');
  await page.locator('.real', { hasText: 'the real ones' }).waitFor();
  const text = await page.locator('.making .certificate').innerText();
  assert.match(text, /serverAuth/);
  assert.doesNotMatch(text, /as planned/);
  const serial = text.match(/Serial\s+([0-9a-f:]+)/i)?.[1] ?? '';
  assert.match(serial, /^([0-9a-f]{2}:?){8,}$/i);
  await page.locator('.touropen button').click();
  await page.locator('#panel h2', { hasText: 'kube-apiserver.crt' }).waitFor();
  assert.ok((await page.locator('#panel').innerText()).includes(serial), 'the inspector has the same serial number');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('every preset has its chapters, in both languages, with nothing cut off and nothing scrolling sideways, also at 390 pixels', async (t) => {
  const { context, page, complaints } = await openPage(opened);
  const presets = await page.locator('[data-field=preset] option').evaluateAll((all) => all.map((one) => /** @type {HTMLOptionElement} */ (one).value));
  for (const preset of presets) await t.test(preset, async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.selectOption('[data-field=preset]', preset);
    for (const width of [1440, 1024, 390]) for (const language of ['日本語', 'EN']) {
      await page.setViewportSize({ width, height: 900 });
      await page.getByRole('button', { name: language, exact: true }).click();
      for (const chapter of CHAPTERS) {
        await page.evaluate((id) => { location.hash = `#chapter=${id}`; }, chapter);
        await page.waitForFunction((id) => document.querySelector(`.contents a[href="#chapter=${id}"]`)?.getAttribute('aria-current') === 'page', chapter);
        await drawn(page);
        const wide = await page.evaluate(() => {
          const panel = /** @type {HTMLElement} */ (document.getElementById('panel'));
          const over = [...panel.querySelectorAll('*')].filter((one) => !one.closest('svg, .unseen, select') && one.getBoundingClientRect().right > panel.getBoundingClientRect().right + 0.5).map((one) => `${one.tagName}.${one.className}`);
          return { over, panel: panel.scrollWidth - panel.clientWidth, page: document.documentElement.scrollWidth - innerWidth, text: panel.innerText };
        });
        assert.deepEqual([wide.over, wide.panel > 0, wide.page > 0], [[], false, false], `${preset} ${chapter} ${width} ${language}`);
        assert.doesNotMatch(wide.text, /[{}*]|undefined|null/, `${preset} ${chapter} ${language}`);
      }
    }
    await page.locator('.tourhead .close').click();
  });
  assert.deepEqual(complaints, []);
  await context.close();
});
