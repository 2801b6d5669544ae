// Opens the product in Chromium from file://, with a witness for everything that must not happen.
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const project = new URL('../../', import.meta.url);
export const output = fileURLToPath(new URL('target/e2e/', project));
export const product = process.env.HARDWAY_PAGE ?? fileURLToPath(new URL('dist/hardway.html', project));

/** @typedef {Awaited<ReturnType<typeof openBrowser>>} Opened */

/** Chromium with its own network log, and a server that counts who comes. */
export async function openBrowser() {
  await mkdir(output, { recursive: true });
  const netLog = `${output}net-log.json`;
  const browser = await chromium.launch({
    executablePath: process.env.HARDWAY_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      // Chromium's own errands (updates, sign-in) find no address.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', `--log-net-log=${netLog}`],
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
 * @param {Opened} opened @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openPage({ browser }, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', acceptDownloads: true, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => { if (!/^(file|blob|data):/.test(request.url())) complaints.push(`request: ${request.url()}`); });
  await page.exposeFunction('complain', (/** @type {string} */ text) => complaints.push(text));
  await page.addInitScript(witness);
  await page.goto(pathToFileURL(product).href);
  await page.waitForSelector('svg.diagram');
  return { context, page, complaints };
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
      here.witnessed.workers.push({ name: options.name, worker: this });
      this.addEventListener('message', ({ data }) => here.witnessed.messages.push(data));
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

/** @param {import('playwright-core').Page} page @param {string} phase */
export const reached = (page, phase) => page.waitForSelector(`html[data-phase=${phase}]`, { timeout: 120_000 });
