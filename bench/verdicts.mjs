// How long the page takes to verify every connection of an issued set, and whether it can be used meanwhile.
import { pathToFileURL } from 'node:url';
import { CHROMIUM_ARGUMENTS } from './browsers.mjs';
import { product } from './place.mjs';
import { figure, progress, say, table } from './report.mjs';

/** Each as it is generated, then broken by a lesson and mended, so many times. */
const ROUNDS = 5;

/** @param {number[]} sizes workers; 0 for the seed's cluster as it is */
export async function measureVerdicts(sizes = [0, 1000]) {
  const rows = [];
  for (const workers of sizes) {
    progress(`verdicts: ${workers || 'the seed\'s'} workers`);
    rows.push(await measured(workers));
  }
  say('\n### Verifying every connection: in the vault, and until the page shows it\n');
  say(`The vault: its answer to the request for all verdicts, once for the issued set and at the median of ${ROUNDS} lessons, each a new set with no signature known.`);
  table(['cluster', 'connections', 'issued: vault ms', 'lesson: vault ms', 'lesson: click to shown ms', 'longest task of the page ms'], rows);
}

/** @param {number} workers */
async function measured(workers) {
  const playwright = await import('playwright-core');
  const browser = await playwright.chromium.launch({ executablePath: process.env.HARDWAY_CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US', reducedMotion: 'reduce' });
    await page.addInitScript(watch);
    await page.goto(pathToFileURL(product).href);
    await page.waitForSelector('svg.diagram');
    if (workers) {
      await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
      await page.getByRole('button', { name: 'Add many nodes' }).click();
      await page.fill('[data-field="many.pattern"]', `worker-[1-${workers}]`);
      await page.fill('[data-field="many.address"]', '10.0.1.1');
      await page.getByRole('button', { name: 'Take these nodes' }).click();
      await page.waitForTimeout(500);
    }
    await page.locator('.buttons .primary').click();
    await page.locator('.lessons').waitFor({ timeout: 300_000 });
    const [issued] = await page.evaluate(() => /** @type {any} */ (globalThis).asked);
    const connections = Number(/of ([\d,]+)/.exec(await page.locator('.sum').innerText())?.[1].replaceAll(',', ''));
    const { vault, shown, task } = await page.evaluate(lessons, ROUNDS);
    return [workers ? `${workers} workers, P-256` : 'the seed\'s, RSA-2048', connections, figure(issued), figure(vault), figure(shown), figure(task)];
  } finally {
    await browser.close();
  }
}

/** Before the page: notes how long the vault takes to answer with all verdicts. */
function watch() {
  /** @type {number[]} */
  const asked = [];
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    /** @param {any} message @param {any} transfer */
    postMessage(message, transfer) {
      if (message?.action === 'verdicts') {
        const start = performance.now();
        const heard = (/** @type {MessageEvent} */ { data }) => {
          if (data.id !== message.id) return;
          asked.push(performance.now() - start);
          this.removeEventListener('message', heard);
        };
        this.addEventListener('message', heard);
      }
      super.postMessage(message, transfer);
    }
  };
  Object.assign(globalThis, { asked });
}

/** In the page: breaks and mends. @param {number} rounds */
async function lessons(rounds) {
  const { asked } = /** @type {any} */ (globalThis), median = (/** @type {number[]} */ all) => all.sort((a, b) => a - b)[all.length >> 1];
  /** @type {number[]} */
  const shown = [];
  let task = 0;
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) task = Math.max(task, duration); }).observe({ entryTypes: ['longtask'] });
  asked.length = 0;
  const sum = () => document.querySelector('.sum')?.textContent;
  for (let round = 0; round < rounds; round++) for (const selector of ['.lessons li:nth-child(1) button', '.lesson .primary']) {
    const before = sum(), start = performance.now();
    /** @type {HTMLElement} */ (document.querySelector(selector)).click();
    while (sum() === before) await new Promise((resolve) => { requestAnimationFrame(resolve); });
    shown.push(performance.now() - start);
  }
  return { vault: median(asked), shown: median(shown), task };
}
