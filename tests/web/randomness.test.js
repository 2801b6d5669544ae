// No randomness, no key: the core that the page carries, under every way in which crypto.getRandomValues can fail. Nothing takes its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PageWorker, carried } from '../audit/page-worker.js';
import { wasm } from './issued-set.js';

/** @typedef {import('../../www/wasm.d.ts').CoreError} CoreError */

const real = globalThis.crypto, NOW = Date.UTC(2026, 10, 23);
/** @type {import('../../www/wasm.d.ts').Description} */
const rsa = { preset: 'hard-way-2020' };

/** @template T @param {unknown} crypto in the place of the engine's own @param {() => T} what */
function under(crypto, what) {
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  try {
    return what();
  } finally {
    Object.defineProperty(globalThis, 'crypto', { value: real, configurable: true });
  }
}

/** Works so often and fails from then on. @param {number} times */
const failing = (times) => ({
  /** @param {Uint8Array<ArrayBuffer>} bytes */
  getRandomValues(bytes) { if (times-- <= 0) throw new DOMException('no entropy', 'OperationError'); return real.getRandomValues(bytes); },
});
/** @param {number} byte */
const standing = (byte) => ({
  /** @param {Uint8Array} bytes */
  getRandomValues: (bytes) => bytes.fill(byte),
});

/** @type {[string, unknown][]} */
const BROKEN = [
  ['throws', failing(0)], ['throws at the second call', failing(1)], ['throws at the third', failing(2)], ['is no function', { getRandomValues: 1 }],
  ['is missing', {}], ['is missing with all of crypto', undefined], ['gives zeros', standing(0)], ['gives the same again and again', standing(0x5a)],
];

/** @param {() => unknown} what */
function refused(what) {
  assert.throws(what, (thrown) => {
    const { code, message, hint } = /** @type {CoreError} */ (thrown);
    assert.equal(code, 'randomness');
    assert.match(message ?? '', /^the source of randomness failed: ./);
    assert.match(hint ?? '', /Nothing was made, and nothing else is used in its place/);
    return true;
  });
}

for (const [how, crypto] of BROKEN) test(`getRandomValues that ${how}: no key of any kind, no certificate, nothing sealed, and with the real one all works again`, () => {
  const maker = new wasm.KeyMaker([]), vault = new wasm.Vault({ ...rsa, keyAlgorithm: 'ecdsa-p256' });
  for (const algorithm of /** @type {const} */ (['rsa-2048', 'ecdsa-p256', 'ecdsa-p384'])) under(crypto, () => refused(() => maker.generate(algorithm)));
  for (const planned of vault.roll()) vault.addKey(planned.id, 'ecdsa-p256', maker.generate('ecdsa-p256').pkcs8(), undefined);
  under(crypto, () => refused(() => vault.begin(NOW)));
  assert.throws(() => vault.issue(), { code: 'not-issued' });
  assert.deepEqual(maker.refused(), [], 'no kernel is blamed for it');
  assert.ok(maker.generate('ecdsa-p256').pkcs8().length > 100);
});

test('a signature with RSA is blinded by randomness, and is not made without', () => {
  const key = new wasm.KeyMaker([]).generate('rsa-2048'), [planned] = wasm.outline(rsa, NOW).certificates;
  for (const [, crypto] of BROKEN.filter(([how]) => !/second|third/.test(how))) under(crypto, () => refused(() => key.request(planned)));
  assert.ok(key.request(planned).length > 500);
});

test('a bundle is not sealed with what is no randomness', () => {
  const vault = new wasm.Vault({ ...rsa, keyAlgorithm: 'ecdsa-p256' }), maker = new wasm.KeyMaker([]);
  for (const planned of vault.roll()) vault.addKey(planned.id, 'ecdsa-p256', maker.generate('ecdsa-p256').pkcs8(), undefined);
  vault.begin(NOW);
  vault.issue();
  let pieces = 0;
  for (const [, crypto] of BROKEN.filter(([how]) => !/second|third/.test(how))) under(crypto, () => refused(() => vault.bundle(() => { pieces++; }, 'four words are enough')));
  assert.equal(pieces, 0, 'nothing was handed out');
  vault.bundle(() => { pieces++; }, 'four words are enough');
  assert.ok(pieces > 0);
});

/** In front of the worker's own source. @type {[string, string][]} */
const SURROUNDINGS = [
  ['throws', "crypto.getRandomValues = () => { throw new Error('none'); };"], ['is missing', "Object.defineProperty(globalThis, 'crypto', { value: undefined });"],
  ['gives zeros', 'crypto.getRandomValues = (bytes) => bytes.fill(0);'],
];
for (const [how, first] of SURROUNDINGS) test(`the page's own key worker, where getRandomValues ${how}, hands nothing over and says why`, async () => {
  const page = await carried(process.env.HARDWAY_PAGE ?? fileURLToPath(new URL('../../dist/hardway.html', import.meta.url)));
  const broken = new PageWorker(page, first), [, planned] = wasm.outline({ ...rsa, keyAlgorithm: 'ecdsa-p256' }, NOW).certificates;
  let handed = 0;
  await broken.open(page, []);
  broken.watch(() => handed++);
  for (const keyAlgorithm of ['rsa-2048', 'ecdsa-p256']) await assert.rejects(broken.make({ ...planned, keyAlgorithm }), { code: 'randomness' });
  assert.equal(handed, 0);
  await broken.end();
  const whole = new PageWorker(page);
  await whole.open(page, []);
  assert.ok((await whole.make(planned)).key.length > 100);
  await whole.end();
});
