// The page as its reader meets it: how soon the first figure is there, and how soon a selection answers.
import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { CHROMIUM_ARGUMENTS } from './browsers.mjs';
import { product } from './place.mjs';
import { figure, progress, say, table } from './report.mjs';
import { median } from './statistics.mjs';

/** A browser that has opened a page before has its own code at hand; the first opening is not counted. */
const WARM = 1;
/** Of a screen with 60 frames a second. */
const FRAME = 1000 / 60;

/** @param {number} openings @param {number} selections */
export async function measurePage(openings, selections) {
  const playwright = await import('playwright-core');
  const browser = await playwright.chromium.launch({ executablePath: process.env.HARDWAY_CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_ARGUMENTS });
  try {
    progress(`page: ${openings} openings`);
    const paints = [], cores = [];
    for (let i = 0; i < openings + WARM; i++) {
      const { painted, core } = await opened(browser);
      if (i >= WARM) { paints.push(painted); cores.push(core); }
    }
    progress(`page: ${selections} selections at 100 nodes`);
    const selecting = await selected(browser, selections);
    say('\n### The page: from opening the file to the first figure on the screen, and from a click to the frame that shows it\n');
    say(`A browser that is running, a new context for each of ${openings} openings. The figure: the browser's own first contentful paint, which is the figure's. A selection: the click and the frame that shows it, style, layout and paint included; the wait for that frame (up to ${figure(FRAME)} ms) is not.`);
    table(['what', 'of', 'median ms', 'least ms', 'most ms'], [
      ['first figure painted', 'from navigation start', ...three(paints)], ['core ready', 'from navigation start', ...three(cores)],
      ['an arrow selected', '100 nodes, planned', ...three(selecting.arrows)], ['a certificate selected', '100 nodes, planned', ...three(selecting.chips)],
    ]);
    say(`The page: ${(await stat(product)).size} bytes.`);
  } finally {
    await browser.close();
  }
}

/** @param {number[]} values */
const three = (values) => [figure(median(values)), figure(Math.min(...values)), figure(Math.max(...values))];

/** One opening in a context of its own. @param {import('playwright-core').Browser} browser @returns {Promise<{ painted: number, core: number }>} */
async function opened(browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(pathToFileURL(product).href);
    return await page.evaluate(() => /** @type {any} */ (globalThis).watched);
  } finally {
    await context.close();
  }
}

/** Runs in the page first of all: when the browser has painted the figure, and when the core's part of the page is there. */
function watch() {
  Object.assign(globalThis, { watched: new Promise((resolve, reject) => {
    /** @type {{ drawn?: number, painted?: number, core?: number }} */
    const seen = {};
    const look = () => {
      const { drawn, painted, core } = seen;
      if (painted && drawn && core) resolve({ painted, core });
      // The first thing that the browser painted has to be the figure, not a word before it.
      if (painted && !(drawn && drawn <= painted)) reject(new Error(`the first paint, at ${painted} ms, was not the figure's, drawn at ${drawn} ms`));
    };
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') seen.painted = startTime;
      look();
    }).observe({ type: 'paint', buffered: true });
    new MutationObserver(() => {
      if (document.querySelector('svg.diagram .chip')) seen.drawn ??= performance.now();
      if (document.querySelector('.about')) seen.core ??= performance.now();
      look();
    }).observe(document, { subtree: true, childList: true });
  }) });
}

/** Two masters, a load balancer and 97 workers; the figure stacks them. @param {import('playwright-core').Browser} browser @param {number} times */
async function selected(browser, times) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US', reducedMotion: 'reduce' });
  await page.addInitScript(() => localStorage.setItem('hardway.early', 'off'));
  await page.goto(pathToFileURL(product).href);
  await page.waitForSelector('.about', { state: 'attached' });
  await page.getByRole('button', { name: 'Add many nodes' }).click();
  await page.fill('[data-field="many.pattern"]', 'worker-[1-97]');
  await page.fill('[data-field="many.address"]', '10.0.1.1');
  await page.locator('[data-field="many.replace"]').check();
  await page.getByRole('button', { name: 'Take these nodes' }).click();
  await page.waitForFunction(() => /×96|…/.test(document.querySelector('svg.diagram')?.textContent ?? ''));
  return page.evaluate(select, times);
}

/** In the page. @param {number} times */
async function select(times) {
  const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
  /** @param {string} selector */
  const measured = async (selector) => {
    const all = [];
    for (let i = 0; i < times; i++) {
      const shapes = document.querySelectorAll(selector), shape = shapes[i % shapes.length];
      await frame();
      // Asked for before the page asks for its own: the frame's beginning, with all that the page does in it still to come.
      const begun = new Promise((resolve) => { requestAnimationFrame(() => resolve(performance.now())); }), start = performance.now();
      shape.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      const clicked = performance.now() - start, end = new Promise((resolve) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          port2.postMessage(null);
        });
      });
      all.push(clicked + await end - await begun);
    }
    return all;
  };
  return { arrows: await measured('.arrow[role=button]'), chips: await measured('.chip[role=button]') };
}
