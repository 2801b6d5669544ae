// A certificate byte by byte: what is pointed at is said, the keyboard walks it, its request stands beside it, and damage is told.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, test } from 'node:test';
import { drawn, openBrowser, openPage } from './open-page.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** The panel of kube-apiserver.crt, issued. @param {Parameters<typeof openPage>[1]} [options] */
async function issued(options) {
  const all = await openPage(opened, options), { page } = all;
  await page.locator('.buttons .primary').click();
  await page.locator('.lessons').waitFor({ timeout: 120_000 });
  await select(page);
  return all;
}

/** In the figure, or in the list that stands for it on a phone. @param {Page} page */
async function select(page) {
  await page.locator('[role=button][data-shape="plate-api-0"], #stage .tag.plate:has-text("kube-apiserver.crt")').first().dispatchEvent('click');
  await page.locator('.opener').waitFor();
}

/** @param {Page} page */
async function openBytes(page) {
  await page.locator('.opener').click();
  await page.locator('dialog.bytes[open]').waitFor();
}

/** @param {Page} page */
const said = (page) => page.locator('.path b').innerText();
/** @param {Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.querySelector(':scope > b')?.textContent ?? document.activeElement?.className);
/** The bytes that are marked, of one kind. @param {Page} page @param {string} role */
const marked = (page, role) => page.locator(`.hexrow [data-byte].byte-${role}`).evaluateAll((all) => all.map((one) => one.textContent).join(' '));

test('the bytes are those of the certificate, and each says what it is when it is pointed at', async () => {
  const { context, page, complaints } = await issued();
  const { raw } = new X509Certificate(await page.locator('pre[aria-label=PEM]').innerText());
  await openBytes(page);
  assert.equal(await page.locator('[data-byte]').evaluateAll((all) => all.map((one) => one.textContent).join('')), raw.toString('hex'));
  assert.equal(await page.locator('.offset').nth(2).innerText(), '0010');
  assert.equal(await page.locator('.parts [aria-selected=true]').getAttribute('aria-level'), '1');
  assert.equal(await marked(page, 'tag'), '30');
  assert.equal(await marked(page, 'length'), raw.subarray(1, 4).toString('hex').replace(/..(?=.)/g, '$& '));

  const name = raw.indexOf('kubernetes.default.svc');
  await page.locator(`[data-byte="${name}"]`).scrollIntoViewIfNeeded();
  await page.locator(`[data-byte="${name}"]`).hover();
  assert.equal(await said(page), 'dNSName');
  assert.match(await page.locator('.path').innerText(), /Certificate › tbsCertificate › extensions › Extensions › Extension › extnValue › SubjectAltName › dNSName/);
  assert.match(await page.locator('.bytessaid .value').innerText(), /^kubernetes\.default/);
  assert.equal(await marked(page, 'tag'), '82');
  assert.equal((await marked(page, 'content')).split(' ').length, raw[name - 1]);
  // Only what was chosen stays.
  await page.locator('#bytes-title').hover();
  assert.equal(await said(page), 'Certificate');
  await page.locator(`[data-byte="${name}"]`).click();
  await page.locator('#bytes-title').hover();
  assert.equal(await said(page), 'dNSName');
  assert.equal(await focused(page), 'dNSName');
  // The other way round: a field shows its bytes.
  await page.locator('.partrow', { hasText: 'serialNumber' }).hover();
  assert.equal(await marked(page, 'tag'), '02');
  assert.equal((await marked(page, 'content')).replaceAll(' ', ''), raw.subarray(15, 15 + raw[14]).toString('hex'));
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the keyboard walks the boxes, and leaves the view to where it came from', async () => {
  const { context, page, complaints } = await issued();
  await page.locator('.opener').focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog.bytes[open]').waitFor();
  assert.equal(await focused(page), 'Certificate');
  /** @param {string[]} keys */
  const walk = async (...keys) => { for (const key of keys) await page.keyboard.press(key); return focused(page); };
  assert.equal(await walk('ArrowRight', 'ArrowRight'), 'version');
  assert.equal(await walk('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown'), 'validity');
  assert.equal(await page.locator('[aria-selected=true]').getAttribute('aria-expanded'), 'false');
  assert.equal(await walk('ArrowRight', 'ArrowRight'), 'notBefore');
  assert.equal(await said(page), 'notBefore');
  assert.match(await page.locator('.meaning').innerText(), /five minutes back/);
  assert.equal(await page.locator(':focus').getAttribute('aria-describedby'), 'bytes-said');
  assert.equal(await walk('ArrowLeft', 'ArrowLeft'), 'validity');
  assert.equal(await page.locator('[aria-selected=true]').getAttribute('aria-expanded'), 'false');
  assert.equal(await walk('End', 'Home'), 'Certificate');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog')?.open && !(/** @type {HTMLDialogElement} */ (document.getElementById('bytes')).open));
  assert.match(String(await focused(page)), /opener/);
  assert.equal(await page.locator('html[data-selected=yes]').count(), 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the request stands beside the certificate: what was copied, and what the authority added', async () => {
  const { context, page, complaints } = await issued();
  await openBytes(page);
  await page.getByRole('button', { name: 'Side by side' }).click();
  await page.locator('.bytescompare').waitFor();
  /** @param {string} fate */
  const fields = (fate) => page.locator(`tbody.${fate} [scope=row]`).allInnerTexts();
  assert.deepEqual((await fields('same')).sort(), ['basicConstraints', 'extKeyUsage', 'keyUsage', 'subject', 'subjectAltName', 'subjectPublicKeyInfo']);
  assert.deepEqual((await fields('added')).sort(), ['authorityKeyIdentifier', 'issuer', 'serialNumber', 'subjectKeyIdentifier', 'validity']);
  assert.deepEqual(await fields('own'), ['version', 'signatureAlgorithm', 'signatureValue']);
  await page.getByRole('button', { name: 'Show the bytes of Extension subjectAltName in the Request (CSR)' }).click();
  assert.equal(await said(page), 'Extension subjectAltName');
  assert.match(await page.locator('.path').innerText(), /^CertificationRequest › certificationRequestInfo › attributes/);
  assert.match(await page.locator('.commandline code').innerText(), /kube-apiserver\.csr$/);
  await page.keyboard.press('Escape');
  // A lesson issues otherwise than was asked.
  await page.keyboard.press('Escape');
  await page.locator('.lessons').getByRole('button', { name: 'No SAN, only a CN' }).click();
  await page.locator('.lesson').waitFor();
  await select(page);
  await openBytes(page);
  await page.getByRole('button', { name: 'Side by side' }).click();
  assert.deepEqual(await fields('dropped'), ['subjectAltName']);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('damaged bytes are told in a sentence, and what came before is shown', async () => {
  const { context, page } = await issued();
  // The page decodes PEM by atob: what it reads from now on ends after 300 bytes.
  await page.evaluate(() => { const whole = atob; window.atob = (text) => whole(text).slice(0, 300); });
  await openBytes(page);
  assert.match(await page.locator('.bytes [role=alert]').innerText(), /These bytes are not as DER has them\. At byte 0, in Certificate, \d+ bytes should follow, and only 300 are there\./);
  assert.equal(await page.locator('[data-byte]').count(), 300);
  assert.equal(await page.locator('[data-byte].wrong').count(), 1);
  await page.locator('.partrow', { hasText: 'issuer' }).first().hover();
  assert.equal(await said(page), 'issuer');
  await context.close();
});

test('on a phone eight bytes stand in a row and nothing scrolls sideways, in Japanese', async () => {
  const { context, page, complaints } = await issued({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
  await openBytes(page);
  assert.equal(await page.locator('.hexrow').nth(1).locator('[data-byte]').count(), 8);
  for (const nth of [0, 1, 2]) {
    await page.locator('.byteshead .segments button').nth(nth).click();
    await drawn(page);
    const wide = await page.locator('dialog.bytes, .hexview, .parts, .bytescompare').evaluateAll((all) => all.filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1).map((one) => one.className));
    assert.deepEqual(wide, [], `${nth}`);
  }
  await page.locator('.byteshead .segments button').nth(1).click();
  await page.locator('.partrow', { hasText: 'subjectPKInfo' }).click();
  assert.match(await page.locator('.meaning').innerText(), /保証してほしい公開鍵/);
  assert.deepEqual(complaints, []);
  await context.close();
});
