// For readers who set the page as they need it: zoom, spacing, forced colours, no motion.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawn, generate, openBrowser, openPage } from './open-page.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @param {Page} page */
const sideways = (page) => page.evaluate(() => ['html', '.top', '.rail', '.mid', '.bar', '.left', '.panel'].filter((one) => {
  const element = document.querySelector(one);
  return element && element.checkVisibility({ visibilityProperty: true }) && element.scrollWidth > element.clientWidth + 1;
}));

/** Words that do not fit where they stand, and cannot be scrolled to. @param {Page} page */
const cut = (page) => page.evaluate(() => {
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.unseen, svg, select, input, textarea, dialog:not([open])') || !element.textContent?.trim()) continue;
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    // For screen readers alone.
    if (clipPath !== 'none') continue;
    if (overflowX !== 'visible' && overflowX !== 'auto' && element.scrollWidth > element.clientWidth + 1) found.push(`${element.className || element.tagName}: ${element.textContent.trim().slice(0, 40)}`);
    else if (overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1) found.push(`${element.className || element.tagName}: ${element.textContent.trim().slice(0, 40)}`);
    // What stands out of a bar of fixed height lies over its neighbour.
    else if (element.matches('.top, .rail, .bar') && element.scrollHeight > element.clientHeight + 1) found.push(`${element.className} is too low`);
  }
  for (const text of /** @type {NodeListOf<SVGTextElement>} */ (document.querySelectorAll('.stage text[data-max]')))
    if (text.getComputedTextLength() > Number(text.dataset.max) + 1) found.push(`figure: ${text.textContent?.trim()}`);
  return found;
});

/** WCAG 1.4.12. A style element would break the page's own security policy. @param {Page} page */
const spaced = (page) => page.evaluate(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
});

for (const locale of ['en-US', 'ja-JP']) for (const [name, width, height, spacing] of /** @type {[string, number, number, boolean][]} */ ([
  ['as it is', 1440, 900, false], ['with wide spacing', 1440, 900, true], ['with wide spacing at 1024', 1024, 768, true], ['at 200 %', 720, 450, false], ['at 200 % with wide spacing', 720, 450, true], ['at 400 %', 320, 256, false], ['at 400 % with wide spacing', 320, 256, true],
])) test(`nothing is cut or lost ${name}: ${locale}`, async () => {
  const { context, page } = await openPage(opened, { viewport: { width, height }, locale });
  if (spacing) await spaced(page);
  const look = async (/** @type {string} */ state) => {
    await drawn(page);
    await drawn(page);
    assert.deepEqual({ cut: await cut(page), sideways: await sideways(page) }, { cut: [], sideways: [] }, state);
  };
  await look('planned');
  await generate(page);
  await page.locator('.lessons').first().waitFor();
  await look('issued');
  await page.locator('#stage [data-connection], #stage [role=button][data-shape="scheduler-0"]').first().dispatchEvent('click');
  await page.locator('.tried').first().waitFor();
  await look('an arrow');
  await page.keyboard.press('Escape');
  if (width < 1400) {
    await page.locator('.drawerbutton').click();
    await page.waitForSelector('html[data-drawer=open]');
    await look('the drawer');
    await page.keyboard.press('Escape');
  }
  // What one needs is there, and can be scrolled to.
  for (const one of ['.buttons .primary:not(.quiet)', '.bar .segments button', '.trust', '.sum', '#panel h2', '.lessons button']) {
    await page.locator(one).first().scrollIntoViewIfNeeded();
    assert.ok(await page.locator(one).first().isVisible(), one);
  }
  await context.close();
});

test('in forced colours the states, the selection and the choice that is made stay apart', async () => {
  const { context, page } = await openPage(opened, { forcedColors: 'active' });
  await generate(page);
  await page.locator('.lessons button').first().click();
  await page.locator('.lesson').waitFor();
  await page.locator('[role=button][data-shape=plate-api-0]').dispatchEvent('click');
  await page.waitForSelector('html[data-selected=yes]');
  const seen = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    /** @param {string} colour */
    const system = (colour) => { probe.style.color = colour; return getComputedStyle(probe).color; };
    /** @param {string} selector */
    const style = (selector) => getComputedStyle(/** @type {Element} */ (document.querySelector(selector)));
    return {
      dashes: ['verified', 'refused'].map((state) => style(`.stage .arrow.${state}:not(.token) .line`).strokeDasharray), outlines: ['verified', 'refused'].map((state) => document.querySelector(`.stage .pill.${state} path.pillbody`)?.getAttribute('d')?.includes('a')),
      ring: style('.chip.selected .ring').stroke === system('Highlight'), text: style('.stage .name').fill === system('CanvasText'), ground: style('.component .outline').fill === system('Canvas'),
      pressed: style('.segments [aria-pressed=true]').backgroundColor === system('Highlight'), other: style('.segments [aria-pressed=false]').backgroundColor === system('Highlight'),
    };
  });
  assert.notEqual(seen.dashes[0], seen.dashes[1]);
  assert.deepEqual({ ...seen, dashes: null }, { dashes: null, outlines: [true, false], ring: true, text: true, ground: true, pressed: true, other: false });
  await context.close();
});

for (const reducedMotion of /** @type {const} */ (['no-preference', 'reduce'])) test(`verdicts ${reducedMotion === 'reduce' ? 'stand there at once' : 'come one after the other, in the order of the list'}`, async () => {
  const { context, page } = await openPage(opened, {
    reducedMotion, before: () => {
      const here = /** @type {any} */ (globalThis), animate = Element.prototype.animate;
      here.moved = [];
      Element.prototype.animate = function (frames, options) { here.moved.push([this.getAttribute('data-shape'), /** @type {KeyframeAnimationOptions} */ (options).delay, /** @type {KeyframeAnimationOptions} */ (options).duration]); return animate.call(this, frames, options); };
    },
  });
  /** @returns {Promise<[string, number, number][]>} */
  const moved = () => page.evaluate(() => /** @type {any} */ (globalThis).moved.splice(0));
  await generate(page);
  await page.locator('.lessons').waitFor();
  const all = await moved(), pills = await page.locator('.stage .pill').count();
  if (reducedMotion === 'reduce') assert.deepEqual(all, []);
  else {
    assert.equal(all.length, pills);
    assert.deepEqual(all.map(([, delay]) => delay), all.map((_, i) => i * 40));
    assert.ok(all.every(([, , duration]) => duration === 160));
    assert.match(all[0][0], /kubectl/);
    // A lesson moves only what it fells.
    await page.getByRole('button', { name: 'Signed by another authority' }).click();
    await page.locator('.lesson').waitFor();
    assert.deepEqual((await moved()).map(([shape]) => shape), ['kubectl']);
  }
  assert.equal(await page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('.chip .body'))).transitionDuration), reducedMotion === 'reduce' ? '0s' : '0.16s');
  await context.close();
});

test('nothing is said by hovering alone', async () => {
  const { context, page } = await openPage(opened);
  const only = await page.locator('[title]').evaluateAll((all) => all.filter((one) => {
    const title = one.getAttribute('title') ?? '', said = [one.getAttribute('aria-label'), one.textContent, document.body.innerText].join(' ');
    return !said.includes(title);
  }).map((one) => one.outerHTML.slice(0, 90)));
  assert.deepEqual(only, []);
  await context.close();
});
