// Clusters of many workers: certificates per second, and what they take of the browser's memory at the most.
import { readFile, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { CHROMIUM_ARGUMENTS } from './browsers.mjs';
import { product } from './place.mjs';
import { figure, progress, say, table } from './report.mjs';

const SIZES = [10, 100, 1000, 5000];

/** @param {number[]} sizes */
export async function measureScale(sizes = SIZES) {
  const rows = [];
  /** @type {{ certificates: number, peak: number } | undefined} */
  let before;
  for (const workers of sizes) {
    progress(`scale: ${workers} workers`);
    const { certificates, ms, packing, zip, renderer, browser } = await measured(workers), peak = renderer + browser;
    const growth = before ? `${figure((peak - before.peak) / (certificates - before.certificates))}` : '';
    rows.push([workers, certificates, figure(ms), figure(packing), figure(certificates / ms * 1000), figure(zip / 1024), figure(renderer / 1024), figure(browser / 1024), growth]);
    before = { certificates, peak };
  }
  say('\n### Many workers: ECDSA P-256, preset hard-way-2020, two masters, from the click to the finished zip, a browser of its own each\n');
  say('Memory: the peak resident set (VmHWM) of the process that holds the page and its workers, and of the one that holds the zip.');
  table(['workers', 'certificates', 'ms', 'of it packing', 'certificates/s', 'zip MB', 'page MB', 'browser MB', 'growth kB/certificate'], rows);
}

/** @param {number} workers */
async function measured(workers) {
  const playwright = await import('playwright-core');
  const server = await playwright.chromium.launchServer({ executablePath: process.env.HARDWAY_CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_ARGUMENTS });
  try {
    const browser = await playwright.chromium.connect(server.wsEndpoint()), page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US', reducedMotion: 'reduce' });
    await page.addInitScript(() => localStorage.setItem('hardway.early', 'off'));
    await page.goto(pathToFileURL(product).href);
    await page.waitForSelector('svg.diagram');
    await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
    await page.getByRole('button', { name: 'Add many nodes' }).click();
    await page.fill('[data-field="many.pattern"]', `worker-[1-${workers}]`);
    await page.fill('[data-field="many.address"]', '10.0.1.1');
    await page.getByRole('button', { name: 'Take these nodes' }).click();
    await page.waitForTimeout(500);
    const told = await page.evaluate(generate);
    const peaks = await processes(/** @type {number} */ (server.process().pid));
    return { ...told, ...peaks, certificates: workers + 8 };
  } finally {
    await server.close();
  }
}

/** In the page: clicks and waits for the zip. */
async function generate() {
  const root = document.documentElement, start = performance.now();
  let packing = 0;
  /** @type {HTMLElement} */ (document.querySelector('.buttons button')).click();
  await new Promise((resolve, reject) => {
    const look = setInterval(() => {
      if (!packing && /^Packing|^Signing/.test(document.querySelector('#panel h2')?.textContent ?? '')) packing = performance.now();
      if (root.dataset.phase === 'issued') { clearInterval(look); resolve(undefined); }
      if (root.dataset.phase === 'failed') { clearInterval(look); reject(new Error(document.querySelector('.failure')?.textContent ?? 'failed')); }
    }, 5);
  });
  const end = performance.now(), size = /([\d,]+) KB/.exec(document.querySelector('.buttons')?.textContent ?? '')?.[1] ?? '0';
  return { ms: end - start, packing: packing ? end - packing : 0, zip: Number(size.replaceAll(',', '')) };
}

/** Peak resident sets in kB: the largest renderer's, and the browser's own. @param {number} root */
async function processes(root) {
  const all = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(async (pid) => {
    const [status, command] = await Promise.all(['status', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
    return { pid: Number(pid), parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), peak: Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0), command };
  }));
  const family = new Set([root]);
  for (let grew = true; grew;) {
    grew = false;
    for (const { pid, parent } of all) if (family.has(parent) && !family.has(pid)) { family.add(pid); grew = true; }
  }
  const ours = all.filter(({ pid }) => family.has(pid));
  return {
    renderer: Math.max(0, ...ours.filter(({ command }) => command.includes('--type=renderer')).map(({ peak }) => peak)),
    browser: Math.max(0, ...ours.filter(({ command }) => !command.includes('--type=') && command.includes('chrom')).map(({ peak }) => peak)),
  };
}
