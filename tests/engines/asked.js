// What tests of faults ask of the page in whatever engine has it: its phase, what it offers, the set that it gives.
import assert from 'node:assert/strict';
import { downloaded } from './engine.js';
import { DOWNLOAD, complaints, opened, unpacked, verified } from './flow.js';
/** @import { TestContext } from 'node:test' */
/** @import { Driver, Engine } from './engine.js' */

/** @param {Driver} driver */
export const phase = (driver) => driver.run('document.documentElement.dataset.phase');

/** How many buttons would give a bundle. @param {Driver} driver @returns {Promise<number>} */
export const offered = (driver) => driver.run("[...document.querySelectorAll('button')].filter((one) => /Download bundle/.test(one.textContent)).length");

/** Chooses how keys are made. @param {Driver} driver @param {string} algorithm */
export const algorithm = (driver, algorithm) => driver.run(`(() => { const field = document.querySelector('[data-field=keyAlgorithm]'); field.value = '${algorithm}'; field.dispatchEvent(new Event('change', { bubbles: true })); })()`);

/** The set as it is downloaded, whole. @param {Driver} driver @param {string} label of the folder that it is unpacked in */
export async function whole(driver, label) {
  const { path } = await downloaded(driver, () => driver.click(DOWNLOAD)), folder = unpacked(path, label);
  verified(folder);
  return { path, folder };
}

/** A test on a page of its own, which must complain of nothing. @param {TestContext} t @param {Engine} engine @param {string} title @param {string} url @param {(driver: Driver) => Promise<void>} body */
export const onPage = (t, engine, title, url, body) => t.test(`${engine.name}: ${title}`, async (t) => {
  const driver = await engine.page();
  t.after(() => driver.close());
  await opened(driver, url);
  await body(driver);
  assert.deepEqual(await complaints(driver), []);
});
