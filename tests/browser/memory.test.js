// What of the private keys is in the memory of the page and its workers, and what must not be: every WebAssembly memory, buffer and string is searched.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Scanner, counted, needlesOf } from '../web/secrets.js';
import { guide } from './clusters.js';
import { FLAGS, WITNESS, heapsOf } from './heaps.js';
import { allEnded, altered, drawn, generate, openBrowser, openPage, output, preparedAll, reached } from './open-page.js';

/** @typedef {import('./heaps.js').Dump} Dump */

/**
 * What of each key may be found, and how often; what is not in the table may not be found at all. The numbers of an RSA key, as the library
 * holds them: p and q are in the key itself, p once more as the modulus that q's inverse is kept for, and both in what is prepared for signing.
 * So no PEM, no DER, no second key: not in the vault either, after signing and after packing.
 * @type {Record<string, Record<string, number>>}
 */
const MAY_REMAIN = {
  'page': {},
  'key-worker': {},
  'vault-worker': { 'd little': 1, 'p little': 3, 'q little': 2, 'dp little': 1, 'dq little': 1 },
};
/** The scalar, in the one form that arithmetic wants. */
/** @type {typeof MAY_REMAIN} */
const MAY_REMAIN_ECDSA = { ...MAY_REMAIN, 'vault-worker': { 'd little': 1 } };

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(FLAGS); });
after(() => opened.close());

/** The product with a witness in front of each script. */
async function watched() {
  const file = await altered('memory', { 'key-worker': (text) => WITNESS + text, 'vault-worker': (text) => WITNESS + text });
  return openPage(opened, { file, before: /** @type {() => void} */ (/** @type {unknown} */ ({ content: WITNESS })) });
}

/** Every heap's name and what is in it. @param {import('playwright-core').Page} page @returns {Promise<{ name: string, dump: Dump }[]>} */
async function dumps(page) {
  const found = [];
  for (const heap of await heapsOf(page)) found.push({ name: heap.name, dump: await heap.dump() });
  return found;
}

/** The private keys of the bundle, by certificate: it is their only way out. @param {import('playwright-core').Page} page @param {string} name */
async function downloaded(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.buttons').getByText('Download bundle').click()]);
  const path = `${output}${name}.zip`;
  await download.saveAs(path);
  const files = execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).trim().split('\n').filter((file) => /^[^/]+\/pki\/.*\.key$/.test(file));
  const keys = files.map((file) => {
    const pem = execFileSync('unzip', ['-p', path, file], { encoding: 'utf8' });
    return { id: /** @type {RegExpMatchArray} */ (file.match(/pki\/(.*)\.key$/))[1], der: Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64') };
  });
  await rm(path);
  return keys;
}

/** @param {Scanner} scanner @param {Dump} dump */
function search(scanner, { wasm, buffers, text }) {
  const found = [...wasm, ...buffers].flatMap((memory) => scanner.scan(memory));
  return counted([...found, ...scanner.scan(Buffer.from(text, 'latin1')), ...scanner.scan(Buffer.from(text, 'utf8'))]);
}

/** @param {{ id: string }[]} keys @param {Record<string, number>} each */
const ofAll = (keys, each) => Object.fromEntries(keys.flatMap(({ id }) => Object.entries(each).map(([what, count]) => [`${id} ${what}`, count])));

for (const [algorithm, mayRemain] of /** @type {const} */ ([['rsa-2048', MAY_REMAIN], ['ecdsa-p256', MAY_REMAIN_ECDSA]]))
  test(`${algorithm}: keys are in the vault, once, and nowhere else: made ahead, issued and packed, forgotten, and after the next plan`, async (t) => {
    const { context, page, complaints } = await watched();
    if (algorithm !== 'rsa-2048') await page.selectOption('[data-field=keyAlgorithm]', algorithm);
    await preparedAll(page);
    const early = await dumps(page);
    await generate(page);
    await page.getByText('32 of 32 connections verified').first().waitFor();
    const keys = await downloaded(page, `memory-${algorithm}`);
    assert.equal(keys.length, 10);
    await allEnded(page, 1);
    const issued = await dumps(page), scanner = new Scanner(keys.flatMap(({ id, der }) => needlesOf(id, der)));

    for (const [when, found, names] of /** @type {const} */ ([
      ['made ahead', early, ['key-worker', 'key-worker', 'page', 'vault-worker']], ['issued, packed and downloaded', issued, ['page', 'vault-worker']],
    ])) await t.test(`when they are ${when}`, () => {
      assert.deepEqual(found.map(({ name }) => name).sort(), names);
      for (const { name, dump } of found) {
        // A key worker and its kernel, the vault and the page have at least a core each.
        assert.ok(dump.wasm.some((memory) => memory.length > 1 << 20) && dump.text.length > 10_000, `${name} was seen`);
        assert.deepEqual(search(scanner, dump), ofAll(keys, mayRemain[name]), `${name}, ${when}`);
      }
    });

    await t.test('and once they are forgotten no worker lives, nothing is offered, and the page has nothing of them', async () => {
      await page.locator('[data-act=forget]').click();
      await reached(page, 'planned');
      await allEnded(page);
      assert.equal(await page.getByRole('button', { name: 'Download bundle' }).count(), 0);
      const [{ name, dump }, ...others] = await dumps(page);
      assert.deepEqual([name, others], ['page', []]);
      assert.deepEqual(search(scanner, dump), {});
    });

    await t.test('once another plan is drawn other keys are made, and no heap has anything of the old ones', async () => {
      await page.fill('[data-field=name]', 'another');
      await page.locator('[data-field=name]').blur();
      await drawn(page);
      await preparedAll(page);
      const found = await dumps(page);
      assert.deepEqual(found.map(({ name }) => name).sort(), ['key-worker', 'key-worker', 'page', 'vault-worker']);
      for (const { name, dump } of found) assert.deepEqual(search(scanner, dump), {}, name);
    });
    assert.deepEqual(complaints, []);
    await context.close();
  });

test('what is planted is found: in a WebAssembly memory, a buffer, a string of page or worker, also at the end of a long one', async () => {
  const { context, page } = await watched();
  await preparedAll(page);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = privateKey.export({ format: 'der', type: 'pkcs8' }), pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  const scanner = new Scanner(needlesOf('planted', der));
  const d = Buffer.from(/** @type {string} */ (privateKey.export({ format: 'jwk' }).d), 'base64url');
  for (const { name, dump } of await dumps(page)) assert.deepEqual(search(scanner, dump), {}, name);
  const heaps = await heapsOf(page);
  for (const heap of heaps) {
    await heap.evaluate(`globalThis.planted = { memory: new WebAssembly.Memory({ initial: 1 }), bytes: Uint8Array.from(${JSON.stringify([...d])}), text: 'x'.repeat(5000) + ${JSON.stringify(pem)} }; 0`);
    await heap.evaluate(`new Uint8Array(planted.memory.buffer).set(Uint8Array.from(planted.bytes).reverse(), 12345); 0`);
    // Short enough to have no buffer of its own.
    await heap.evaluate(`planted.short = Uint8Array.from(${JSON.stringify([...d.subarray(96, 128)])}); 0`);
    const found = search(scanner, await heap.dump());
    const told = `${heap.name}: ${JSON.stringify(found)}`;
    assert.equal(found['planted d big'], 1, told);
    assert.equal(found['planted d little'], 1, told);
    assert.equal(found['planted d big rest'], 3, told);
    assert.ok(found['planted PEM text'] >= 1, told);
    await heap.evaluate('delete globalThis.planted');
  }
  for (const heap of heaps) assert.deepEqual(Object.keys(search(scanner, await heap.dump())), [], `${heap.name}: gone again`);
  await context.close();
});

/** Of a file that was brought: besides what is signed with, its DER as it came, in which numbers stand highest byte first. */
const BROUGHT = ['d big', 'p big', 'q big', 'dp big', 'dq big', 'qi big', ...Object.keys(MAY_REMAIN['vault-worker'])].sort();

test('keys that are brought, in files or pasted, are in the vault alone, and nowhere once they are forgotten', async () => {
  const at = await guide(), ids = (await readdir(at)).filter((name) => name.endsWith('.key')).map((name) => name.replace(/\.key$/, ''));
  const keys = await Promise.all(ids.map(async (id) => ({ id, der: createPrivateKey(await readFile(join(at, `${id}.key`))).export({ format: 'der', type: 'pkcs8' }) })));
  assert.ok(keys.length >= 8);
  const scanner = new Scanner(keys.flatMap(({ id, der }) => needlesOf(id, der))), { context, page, complaints } = await watched();
  await page.click('.bringbutton');
  await page.locator('[data-field="bring.paste"]').evaluate((box, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, await readFile(join(at, 'admin.key'), 'utf8'));
  await page.locator('dialog.bring .warning').waitFor();
  await page.setInputFiles('[data-field="bring.folder"]', at);
  await reached(page, 'imported');
  await page.waitForSelector('.diagram .pill:is(.verified,.refused,.not-given,.nobody)');
  const found = await dumps(page);
  assert.deepEqual([...new Set(found.map(({ name }) => name))].sort(), ['page', 'vault-worker']);
  for (const { name, dump } of found) {
    const kinds = [...new Set(Object.keys(search(scanner, dump)).map((what) => what.replace(/^\S+ /, '')))].sort();
    assert.deepEqual(kinds, name === 'page' ? [] : BROUGHT, name);
  }
  await page.click('.rail [data-act=forget]');
  await reached(page, 'planned');
  await preparedAll(page);
  for (const { name, dump } of await dumps(page)) assert.deepEqual(search(scanner, dump), {}, name);
  assert.deepEqual(complaints, []);
  await context.close();
});
