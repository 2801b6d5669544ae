// Faults of the machine around the page, in Chromium, which can bring them about: a tab that is hidden, frozen or slow, a clock that jumps, storage that is full,
// a download that fails, a page that is left. (Those that every engine can be put to: tests/engines/faults.test.js.)
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { generate, openBrowser, openPage, output, preparedAll, reached } from './open-page.js';
/** @import { Page } from 'playwright-core' */

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @param {Page} page */
const button = (page) => page.locator('.buttons').getByText('Download bundle');

/** Saves the bundle, unpacks it and lets its own verification run at a time of our choice. @param {Page} page @param {string} name @param {Date} [at] */
async function verified(page, name, at) {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page).click()]), zip = `${output}${name}.bundle`, folder = `${output}${name}`;
  await download.saveAs(zip);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  execFileSync('unzip', ['-q', zip, '-d', folder]);
  const root = `${folder}/${readdirSync(folder)[0]}`, seconds = Math.floor((at?.getTime() ?? Date.now()) / 1000);
  const certificates = readdirSync(`${root}/pki`).filter((file) => file.endsWith('.crt')).map((file) => `pki/${file}`);
  assert.match(execFileSync('openssl', ['verify', '-attime', String(seconds), '-CAfile', 'pki/ca.crt', ...certificates], { cwd: root, encoding: 'utf8' }), /^(pki\/[\w-]+\.crt: OK\n){9,}$/);
  execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: root });
  return root;
}

test('a tab that is frozen in the midst of a run, and one that is slowed down, end with a whole set', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false }), session = await context.newCDPSession(page);
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-3072');
  await page.click('.buttons button');
  await page.waitForSelector('.keys .made');
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => { setTimeout(resolve, 1500); });
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await reached(page, 'issued');
  await verified(page, 'frozen');
  await session.send('Emulation.setCPUThrottlingRate', { rate: 20 });
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-2048');
  await reached(page, 'planned');
  await page.click('.buttons button');
  await reached(page, 'issued');
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await verified(page, 'throttled');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a tab that is behind another one, where nothing is drawn, makes its set all the same', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false, before: () => {
    // What a hidden tab is: no frame is ever drawn. It is begun before, and looked at afterwards.
    const here = /** @type {any} */ (globalThis), frames = here.requestAnimationFrame.bind(here);
    /** @type {FrameRequestCallback[]} */
    const waiting = [];
    here.hide = false;
    here.requestAnimationFrame = (/** @type {FrameRequestCallback} */ callback) => (here.hide ? waiting.push(callback) : frames(callback));
    here.show = () => { here.hide = false; for (const callback of waiting.splice(0)) frames(callback); };
  } });
  await page.click('.buttons button');
  await page.waitForSelector('.keys');
  await page.evaluate(() => { /** @type {any} */ (globalThis).hide = true; });
  await page.waitForFunction(() => /** @type {any} */ (globalThis).witnessed.messages.some((/** @type {any} */ { result }) => result instanceof Blob), undefined, { timeout: 60_000, polling: 100 });
  assert.equal(await page.locator('html').getAttribute('data-phase'), 'generating', 'nothing was drawn');
  await page.evaluate(() => /** @type {any} */ (globalThis).show());
  await reached(page, 'issued');
  await verified(page, 'hidden');
  assert.deepEqual(complaints, []);
  await context.close();
});

const YEAR = 365.25 * 86_400_000;
for (const [years, words] of /** @type {[number, RegExp][]} */ ([[20, /refused|fail/i], [-20, /refused|fail/i]])) test(`a clock that jumps by ${years} years between two keys leaves one set of one time, and the verdicts say what that clock makes of it`, async () => {
  const { context, page, complaints } = await openPage(opened, { early: false, before: () => {
    const here = /** @type {any} */ (globalThis), now = Date.now.bind(Date);
    here.jump = 0;
    Date.now = () => now() + here.jump;
  } });
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-3072');
  await page.click('.buttons button');
  await page.waitForSelector('.keys .made');
  await page.evaluate((ms) => { /** @type {any} */ (globalThis).jump = ms; }, years * YEAR);
  await reached(page, 'issued');
  await page.waitForFunction(() => /of 32/.test(document.querySelector('.sum')?.textContent ?? ''));
  assert.match(await page.locator('.sum').innerText(), words);
  await page.locator('[role=button][data-shape=scheduler-0]').dispatchEvent('click');
  await page.locator('.tried').first().waitFor();
  assert.match(await page.locator('#panel').innerText(), /expired or is not yet valid/);
  const root = await verified(page, `clock${years}`);
  const begins = new Set(readdirSync(`${root}/pki`).filter((file) => file.endsWith('.crt')).map((file) => execFileSync('openssl', ['x509', '-in', `pki/${file}`, '-noout', '-startdate'], { cwd: root, encoding: 'utf8' })));
  assert.equal(begins.size, 1, [...begins].join());
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a clock that no certificate can hold is refused with a sentence, and nothing is offered', async () => {
  const { context, page, complaints } = await openPage(opened, { before: () => { const now = Date.now.bind(Date); const here = /** @type {any} */ (globalThis); here.wrong = false; Date.now = () => (here.wrong ? Date.UTC(12000, 0) : now()); } });
  await preparedAll(page);
  await page.evaluate(() => { /** @type {any} */ (globalThis).wrong = true; });
  await page.click('.buttons button');
  await reached(page, 'failed');
  assert.match(await page.locator('.failure').innerText(), /clock is not between.*Set this computer/s);
  assert.equal(await button(page).count(), 0);
  await page.evaluate(() => { /** @type {any} */ (globalThis).wrong = false; });
  await generate(page);
  await verified(page, 'clock-again');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('storage that is full, and storage that is refused, keep nobody from making a set; the settings hold until the page closes', async () => {
  for (const full of [true, false]) {
    const { context, page, complaints } = await openPage(opened, { before: full
      ? () => { try { for (let size = 5_000_000; size >= 1; size = Math.floor(size / 2)) for (let nth = 0; ; nth++) localStorage.setItem(`x${size}-${nth}`, 'x'.repeat(size)); } catch { /* full by then */ } }
      : () => { Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }); Object.defineProperty(navigator, 'locks', { value: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } }); } });
    await page.getByText('日本語').first().click();
    await page.waitForFunction(() => document.documentElement.lang === 'ja');
    await page.locator('.buttons .primary').click();
    await reached(page, 'issued');
    assert.equal(await page.locator('html').getAttribute('lang'), 'ja');
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('a zip that the browser cannot keep is not offered; a download that fails is told of, and the set stays', async () => {
  const { context, page, complaints } = await openPage(opened);
  await preparedAll(page);
  await page.evaluate(() => {
    const here = /** @type {any} */ (globalThis), slice = Blob.prototype.slice;
    here.mend = () => { Blob.prototype.slice = slice; };
    Blob.prototype.slice = function (...range) { return Object.assign(slice.apply(this, range), { arrayBuffer: () => Promise.reject(new DOMException('The blob could not be read', 'NotReadableError')) }); };
  });
  await page.click('.buttons button');
  await reached(page, 'failed');
  assert.match(await page.locator('.failure').innerText(), /could not keep it.*free some space, then generate again/s);
  assert.equal(await button(page).count(), 0);
  await page.evaluate(() => /** @type {any} */ (globalThis).mend());
  await generate(page);
  await page.evaluate(() => {
    const make = URL.createObjectURL, here = /** @type {any} */ (globalThis);
    here.mend = () => { URL.createObjectURL = make; };
    URL.createObjectURL = () => { throw new DOMException('no room', 'QuotaExceededError'); };
  });
  await button(page).click();
  await page.getByText('did not take the file').first().waitFor();
  assert.equal(await page.locator('html').getAttribute('data-phase'), 'issued');
  await page.evaluate(() => /** @type {any} */ (globalThis).mend());
  // One that its user, or the disk, breaks off: the button gives it once more.
  const [broken] = await Promise.all([page.waitForEvent('download'), button(page).click()]);
  await broken.cancel();
  await verified(page, 'once-more');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('who leaves the page is asked only while something would be lost', async () => {
  const { context, page } = await openPage(opened, { early: false });
  /** Whether the page asks. @returns {Promise<boolean>} */
  const asks = () => page.evaluate(() => { const event = new Event('beforeunload', { cancelable: true }); dispatchEvent(event); return event.defaultPrevented; });
  assert.equal(await asks(), false, 'nothing was made');
  await page.fill('[data-field="nodes[4].name"]', 'node-b');
  assert.equal(await asks(), false, 'nothing was made of what was typed');
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
  await page.click('.buttons button');
  await page.waitForSelector('.keys');
  assert.equal(await asks(), true, 'keys are being made');
  await page.click('.buttons button');
  await reached(page, 'planned');
  assert.equal(await asks(), false, 'stopped');
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await generate(page);
  assert.equal(await asks(), true, 'not yet downloaded');
  // The browser's own question, and the answer that stays.
  const asked = page.waitForEvent('dialog'), left = page.evaluate(() => location.reload()).catch(() => {});
  const dialog = await asked;
  assert.equal(dialog.type(), 'beforeunload');
  await dialog.dismiss();
  await left;
  assert.equal(await page.locator('html').getAttribute('data-phase'), 'issued');
  await verified(page, 'left');
  assert.equal(await asks(), false, 'downloaded');
  await generate(page);
  assert.equal(await asks(), true, 'another set');
  await page.fill('[data-field=validityDays]', '400');
  await page.locator('.toast', { hasText: 'was not downloaded. It is gone' }).waitFor();
  assert.equal(await asks(), false);
  await context.close();
});
