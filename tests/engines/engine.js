// Three browsers behind one small interface, so that whatever is tested is written once.
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { output } from '../browser/open-page.js';
import { chromium } from './chromium.js';
import { firefox } from './firefox.js';
import { webkit } from './webkit.js';

/**
 * A page of its own, with storage of its own.
 * @typedef {{
 *   open: (url: string) => Promise<void>, run: (expression: string) => Promise<any>, click: (selector: string) => Promise<void>, doubleClick: (selector: string) => Promise<void>,
 *   type: (selector: string, text: string) => Promise<void>, give: (selector: string, files: string[]) => Promise<void>, downloads: string, complaints: () => string[], close: () => Promise<void>,
 * }} Driver
 *   run: what the expression comes to, a promise's too; type: by keys, in place of what stands there; give: files to an input; downloads: the folder that they land in;
 *   complaints: what the browser's console has, where it tells
 * @typedef {{ name: string, version: string, pid: number, page: () => Promise<Driver>, close: () => Promise<void> }} Engine
 * @typedef {{ proxy?: string, downloads: string }} Setting proxy: who gets every request, whatever its name
 */

const LAUNCH = { chromium, firefox, webkit };
export const ENGINES = /** @type {(keyof typeof LAUNCH)[]} */ (Object.keys(LAUNCH)).filter((name) => !process.env.HARDWAY_ENGINES || process.env.HARDWAY_ENGINES.split(',').includes(name));

/** @param {keyof typeof LAUNCH} name @param {string} [proxy] @returns {Promise<Engine>} */
export async function launch(name, proxy) {
  await mkdir(output, { recursive: true });
  const downloads = await mkdtemp(join(output, `downloads-${name}-`));
  const engine = await LAUNCH[name]({ proxy, downloads }), { close } = engine;
  // The same object: which process has the page may change.
  return Object.assign(engine, { close: () => close().finally(() => rm(downloads, { recursive: true, force: true })) });
}

/** Waits until an expression is true. @param {Driver} driver @param {string} expression @param {number} [patience] milliseconds */
export async function until(driver, expression, patience = 60_000) {
  for (const end = Date.now() + patience; ;) {
    if (await driver.run(`Boolean(${expression})`)) return;
    if (Date.now() > end) throw new Error(`not within ${patience} ms: ${expression}\n${await driver.run("document.body.innerText.slice(0, 1500)")}`);
    await pause(50);
  }
}

/** @param {Driver} driver @param {string} selector */
export const there = (driver, selector, patience = 60_000) => until(driver, `document.querySelector(${JSON.stringify(selector)})`, patience);

/** What a reader reads. @param {Driver} driver @param {string} selector @returns {Promise<string>} */
export const text = async (driver, selector) => (await driver.run(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`)).replace(/\s+/g, ' ').trim();

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The file that an act downloads, once it is whole. @param {Driver} driver @param {() => Promise<unknown>} act @returns {Promise<{ name: string, path: string }>} */
export async function downloaded(driver, act) {
  const taken = await mkdtemp(join(driver.downloads, '.taken-'));
  await act();
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(100)) {
    const names = (await readdir(driver.downloads)).filter((name) => !name.startsWith('.')), path = join(driver.downloads, names[0] ?? '');
    // Each has its own sign of one that is not whole yet, or none but its size.
    if (names.length === 1 && !/\.(part|crdownload|wkdownload)$/.test(path) && await settled(path)) {
      // Out of the way of the next one.
      await rename(path, join(taken, names[0]));
      return { name: names[0], path: join(taken, names[0]) };
    }
  }
  throw new Error(`nothing was downloaded: ${(await readdir(driver.downloads)).join(' ')}`);
}

/** @param {string} path */
async function settled(path) {
  const { size } = await stat(path);
  await pause(150);
  return size > 0 && (await stat(path)).size === size;
}
