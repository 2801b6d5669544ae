// The main flow, written once: open, edit, generate, verdicts, a lesson, download, openssl on the files, import of the same files, forget.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { output } from '../browser/open-page.js';
import { downloaded, text, there, until } from './engine.js';
/** @import { Driver } from './engine.js' */

/** Errors of the page that no console would be needed for; installed as soon as the page is there. */
const WITNESS = `(() => {
  globalThis.witnessed = [];
  addEventListener('error', (event) => witnessed.push('error: ' + event.message));
  addEventListener('unhandledrejection', (event) => witnessed.push('rejection: ' + event.reason));
  addEventListener('securitypolicyviolation', (event) => witnessed.push('CSP: ' + event.violatedDirective + ' ' + event.blockedURI));
})()`;

/** Opens the page, and waits for its figure. @param {Driver} driver @param {string} url */
export async function opened(driver, url) {
  await driver.open(url);
  await driver.run(WITNESS);
  for (const part of ['.stage svg.diagram', '#form [data-field=keyAlgorithm]']) await there(driver, part);
}

/** Errors, refused loads and what the console had. @param {Driver} driver @returns {Promise<string[]>} */
export const complaints = async (driver) => [...await driver.run('globalThis.witnessed'), ...driver.complaints()];

/** @param {Driver} driver @param {string} phase */
export const reached = (driver, phase, patience = 90_000) => there(driver, `html[data-phase=${phase}]`, patience);

export const GENERATE = '.buttons .primary', DOWNLOAD = '.buttons .primary:last-child';

/** Each step has a name, so that a test can say which were done. @param {Driver} driver @param {string} url @param {string} label of the folder that the zip is unpacked in @param {(step: string) => Promise<void>} [done] */
export async function flow(driver, url, label, done = async () => {}) {
  await opened(driver, url);
  await done('open');

  await there(driver, '[data-field="nodes[4].name"]');
  await driver.type('[data-field="nodes[4].name"]', 'node-b');
  await until(driver, "document.querySelector('.stage').textContent.includes('node-b')");
  await done('edit');

  await driver.click(GENERATE);
  await reached(driver, 'issued');
  await done('generate');

  await until(driver, "/^(\\d+) of \\1 connections verified/.test(document.querySelector('.sum').innerText)");
  assert.equal(await driver.run("document.querySelectorAll('.arrow:not(.verified)').length"), 0);
  await done('verdicts');

  await there(driver, '.lessons button');
  await driver.click('.lessons button');
  await there(driver, 'section.lesson');
  await until(driver, "document.querySelectorAll('.arrow.refused').length > 0");
  assert.match(await text(driver, '.sum'), /refused/);
  await driver.click('.lessonbuttons button');
  await until(driver, "!document.querySelector('section.lesson') && document.querySelectorAll('.arrow:not(.verified)').length === 0");
  await done('lesson');

  const zip = await downloaded(driver, () => driver.click(DOWNLOAD));
  assert.equal(zip.name, 'kubernetes-the-hard-way.zip');
  await done('download');

  const folder = unpacked(zip.path, label);
  verified(folder);
  assert.match(openssl(folder, 'x509', '-in', 'pki/node-b.crt', '-noout', '-subject'), /CN\s?=\s?system:node:node-b/);
  await done('openssl');

  await driver.click('.bringbutton');
  await there(driver, '[data-field="bring.files"]');
  await driver.give('[data-field="bring.files"]', [zip.path]);
  await reached(driver, 'imported');
  await until(driver, "/^(\\d+) of \\1 connections verified/.test(document.querySelector('.sum').innerText)");
  assert.ok((await driver.run("document.querySelector('.stage').textContent")).includes('node-b'), 'the node that was edited is in the figure of the files');
  await done('import');

  return folder;
}

/** @param {string} zip @param {string} label */
export function unpacked(zip, label) {
  const folder = `${output}${label}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('unzip', ['-q', zip, '-d', folder]);
  return `${folder}/${readdirSync(folder)[0]}`;
}

/** The bundle's own verification, and openssl's strict one of every certificate against the authority. @param {string} folder @param {boolean} [own] whether the bundle's own is asked too */
export function verified(folder, own = true) {
  if (own) execFileSync('sh', ['verify.sh'], { cwd: folder, stdio: 'pipe' });
  const certificates = readdirSync(`${folder}/pki`).filter((name) => name.endsWith('.crt')).map((name) => `pki/${name}`);
  assert.ok(certificates.length >= 9, String(certificates));
  assert.match(openssl(folder, 'verify', '-x509_strict', '-CAfile', 'pki/ca.crt', ...certificates), /^(pki\/[\w-]+\.crt: OK\n)+$/);
  const sums = readFileSync(`${folder}/SHA256SUMS`, 'utf8').trim().split('\n').length;
  assert.match(execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' }), new RegExp(`^(.+: OK\n){${sums}}$`));
}

/** @param {string} folder @param {string[]} args */
export const openssl = (folder, ...args) => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' });
