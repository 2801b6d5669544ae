// Opens the product in Chromium from file://, with a witness for everything that must not happen.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const project = new URL('../../', import.meta.url);
export const output = fileURLToPath(new URL('target/e2e/', project));
export const product = process.env.HARDWAY_PAGE ?? fileURLToPath(new URL('dist/hardway.html', project));

/** @typedef {Awaited<ReturnType<typeof openBrowser>>} Opened */

/** Chromium with its own network log, and a server that counts who comes. @param {string[]} [flags] more for Chromium */
export async function openBrowser(flags = []) {
  await mkdir(output, { recursive: true });
  // Test files may run side by side.
  const netLog = `${output}net-log-${process.pid}.json`;
  const browser = await chromium.launch({
    executablePath: process.env.HARDWAY_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      // Chromium's own errands (updates, sign-in) find no address.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', `--log-net-log=${netLog}`, ...flags],
  });
  /** @type {string[]} */
  const visits = [];
  const server = createServer((request, response) => { visits.push(request.url ?? ''); response.end('seen'); });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { browser, netLog, visits, address: `http://127.0.0.1:${port}/`, async close() { await browser.close(); server.close(); } };
}

/**
 * A fresh page. `complaints` is what must stay empty: console errors, exceptions, CSP violations, requests.
 * @param {Opened} opened
 * @param {import('playwright-core').BrowserContextOptions & { early?: boolean, before?: () => void, file?: string }} [options]
 *   early: whether the browser remembers keys made ahead as wanted; before: runs in the page first of all; file: another page than the product
 */
export async function openPage({ browser }, { early = true, before, file = product, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', acceptDownloads: true, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => { if (!/^(file|blob|data):/.test(request.url())) complaints.push(`request: ${request.url()}`); });
  await page.exposeFunction('complain', (/** @type {string} */ text) => complaints.push(text));
  await page.addInitScript(witness);
  if (!early) await page.addInitScript(() => { if (!sessionStorage.getItem('set')) { localStorage.setItem('hardway.early', 'off'); sessionStorage.setItem('set', 'yes'); } });
  if (before) await page.addInitScript(before);
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('.stage :is(svg.diagram, .callers)');
  return { context, page, complaints };
}

/**
 * The product with parts of it replaced, saved beside the zip: what a faulty engine or a damaged file would be.
 * Only data can be replaced like this: the page's own script is held by its hash.
 * @param {string} name @param {Record<string, (text: string) => string>} parts by the id of the script element that carries them
 */
export async function altered(name, parts) {
  let page = await readFile(product, 'utf8');
  for (const [id, change] of Object.entries(parts)) {
    const before = page;
    page = page.replace(new RegExp(`(<script type="[^"]+" id="${id}">)([^]*?)(</script>)`), (_, open, text, close) => open + change(text) + close);
    if (page === before) throw new Error(`the product has no ${id}`);
  }
  const file = `${output}${name}.html`;
  await writeFile(file, page);
  return file;
}

/** Runs in the page before its own script: notes violations, long tasks, and every message that a worker sends to the page. */
function witness() {
  const here = /** @type {any} */ (globalThis);
  addEventListener('securitypolicyviolation', (event) => here.complain(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  here.witnessed = { longTasks: [], messages: [], workers: [] };
  new PerformanceObserver((list) => here.witnessed.longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
    .observe({ type: 'longtask', buffered: true });
  here.Worker = class extends Worker {
    /** @param {string | URL} url @param {WorkerOptions} options */
    constructor(url, options) {
      super(url, options);
      here.witnessed.workers.push({ name: options.name, worker: this, ended: false });
      this.addEventListener('message', ({ data }) => here.witnessed.messages.push(data));
    }
    /** @override */
    terminate() {
      here.witnessed.workers.find((/** @type {{ worker: Worker }} */ { worker }) => worker === this).ended = true;
      super.terminate();
    }
  };
}

/** Clicks Generate and waits until the bundle is offered. Milliseconds, as the page's own clock has them. @param {import('playwright-core').Page} page */
export const generate = (page) => page.evaluate(async () => {
  const start = performance.now();
  /** @type {HTMLElement} */ (document.querySelector('.buttons button')).click();
  const root = document.documentElement;
  await new Promise((resolve, reject) => {
    const look = () => (root.dataset.phase === 'issued' ? resolve(undefined) : root.dataset.phase === 'failed' ? reject(new Error(document.querySelector('.failure')?.textContent ?? 'failed')) : undefined);
    new MutationObserver(look).observe(root, { attributes: true });
  });
  return { start, ms: performance.now() - start };
});

/** Until the page shows what was done to it. @param {import('playwright-core').Page} page */
export const drawn = (page) => page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));

/** Until every key of the plan is ready before anybody asked. @param {import('playwright-core').Page} page */
export const preparedAll = (page, n = 10) => page.waitForFunction((text) => document.querySelector('#ahead')?.textContent === text, `${n} of ${n} keys ready`, { timeout: 60_000 });

/** Chromium takes up to two seconds to end a worker that is busy. @param {import('playwright-core').Page} page @param {number} [left] how many may live */
export async function allEnded(page, left = 0) {
  for (let waited = 0; waited < 6000 && page.workers().length > left; waited += 100) await page.waitForTimeout(100);
  if (page.workers().length > left) throw new Error(`${page.workers().length} workers live, ${left} may`);
}

/** @param {import('playwright-core').Page} page @param {string} phase */
export const reached = (page, phase) => page.waitForSelector(`html[data-phase=${phase}]`, { timeout: 120_000 });
