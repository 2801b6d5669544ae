// What tests of faults ask of the page in whatever engine has it: its phase, what it offers, the set that it gives.
import { downloaded } from './engine.js';
import { DOWNLOAD, GENERATE, reached, unpacked, verified } from './flow.js';
/** @import { Driver } from './engine.js' */

/** @param {Driver} driver */
export const phase = (driver) => driver.run('document.documentElement.dataset.phase');

/** How many buttons would give a bundle. @param {Driver} driver @returns {Promise<number>} */
export const offered = (driver) => driver.run("[...document.querySelectorAll('button')].filter((one) => /Download bundle/.test(one.textContent)).length");

/** Chooses how keys are made. @param {Driver} driver @param {string} algorithm */
export const algorithm = (driver, algorithm) => driver.run(`(() => { const field = document.querySelector('[data-field=keyAlgorithm]'); field.value = '${algorithm}'; field.dispatchEvent(new Event('change', { bubbles: true })); })()`);

/** Chooses other keys, so that none is there before. @param {Driver} driver @param {string} kind */
export async function planned(driver, kind) {
  await algorithm(driver, kind);
  await reached(driver, 'planned', 60_000);
}

/** Has a set made. @param {Driver} driver */
export async function made(driver) {
  await driver.click(GENERATE);
  await reached(driver, 'issued');
}

/** The set as it is downloaded, whole. @param {Driver} driver @param {string} label of the folder that it is unpacked in @param {boolean} [own] whether the bundle's own verification is run as well */
export async function whole(driver, label, own = true) {
  const { path } = await downloaded(driver, () => driver.click(DOWNLOAD)), folder = unpacked(path, label);
  verified(folder, own);
  return { path, folder };
}
