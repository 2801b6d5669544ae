// What the core leaves in its WebAssembly memory: each key once, in the library's form, for as long as it is held; nothing of it before or after.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Scanner, counted, needlesOf } from './secrets.js';

/** @typedef {import('../../www/wasm.d.ts').KeyAlgorithm} KeyAlgorithm */

const MODULE = new WebAssembly.Module(await readFile(new URL('../../target/wasm/hardway_bg.wasm', import.meta.url)));
const wasm = await import('#wasm');
const { memory } = /** @type {{ memory: WebAssembly.Memory }} */ (/** @type {unknown} */ (wasm.initSync({ module: MODULE })));

const NOW = Date.UTC(2026, 10, 23), PASSPHRASE = 'correct horse battery staple', STACK = 1 << 20;
/** The same as in tests/browser/memory.test.js, where it says why. @type {Record<string, Record<string, number>>} */
const HELD = {
  'rsa-2048': { 'd little': 1, 'p little': 3, 'q little': 2, 'dp little': 1, 'dq little': 1 },
  'ecdsa-p256': { 'd little': 1 }, 'ecdsa-p384': { 'd in Montgomery form little': 1 },
};

/** How deep the stack was ever used since it was last swept: it grows down to 0, and what was never used is 0. */
function depth() {
  const used = new Uint8Array(memory.buffer, 0, STACK).findIndex((byte) => byte !== 0);
  return used < 0 ? 0 : STACK - used;
}

/** As the workers do after every action. @returns {Uint8Array} all of the memory */
function swept() {
  wasm.sweep();
  return new Uint8Array(memory.buffer);
}

/** @param {Record<string, Uint8Array>} keys */
const scannerOf = (keys) => new Scanner(Object.entries(keys).flatMap(([id, der]) => needlesOf(id, der)));
/** @param {Iterable<string>} ids @param {Record<string, number>} each */
const ofAll = (ids, each) => Object.fromEntries([...ids].flatMap((id) => Object.entries(each).map(([what, count]) => [`${id} ${what}`, count])));

/** @param {string} text */
function occurrences(text) {
  const bytes = Buffer.from(memory.buffer), needle = Buffer.from(text);
  let count = 0;
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) count++;
  return count;
}

/** A vault with a key for each certificate, and the keys as they came. @param {KeyAlgorithm} keyAlgorithm */
function stocked(keyAlgorithm) {
  const maker = new wasm.KeyMaker([]), vault = new wasm.Vault({ preset: 'hard-way-2020', keyAlgorithm });
  /** @type {Record<string, Uint8Array>} */
  const keys = {};
  for (const planned of vault.roll().slice(0, keyAlgorithm.startsWith('rsa') ? 3 : undefined)) {
    const key = maker.generate(keyAlgorithm);
    keys[planned.id] = key.pkcs8();
    key.request(planned);
    key.free();
  }
  maker.free();
  return { vault, keys };
}

/** @param {(sink: (piece: Uint8Array) => void) => void} write */
function written(write) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  write((piece) => pieces.push(piece));
  return new Uint8Array(Buffer.concat(pieces));
}

for (const algorithm of /** @type {const} */ (['ecdsa-p256', 'ecdsa-p384', 'rsa-2048'])) test(`${algorithm}: made and handed over, a key is nowhere; in the vault it is there once, through signing, packing and sealing; freed, it is gone`, () => {
  const { vault, keys } = stocked(algorithm), ids = Object.keys(keys), scanner = scannerOf(keys);
  /** @param {string} when @param {Record<string, number>} expected */
  const is = (when, expected) => assert.deepEqual(counted(scanner.scan(swept())), expected, when);
  is('made and handed over', {});
  // RSA keys take their time: three are enough, each in several places.
  for (const [i, { id }] of vault.roll().entries()) vault.addKey(id, algorithm, (keys[id] ?? keys[ids[i % 3]]).slice(), undefined);
  const all = vault.roll().length, times = Math.ceil(all / ids.length);
  const held = Object.fromEntries(Object.entries(ofAll(ids, HELD[algorithm])).map(([what, count]) => {
    const i = ids.findIndex((id) => what.startsWith(`${id} `));
    return [what, count * (times === 1 ? 1 : Math.floor((all - i - 1) / 3) + 1)];
  }));
  is('in the vault', held);
  vault.begin(NOW);
  is('signing has begun', held);
  vault.issue();
  is('issued', held);
  const zip = written((sink) => vault.bundle(sink));
  assert.ok(depth() === 0 || depth() < 512 * 1024);
  is('packed', held);
  assert.ok(zip.length > 10_000);
  assert.ok(written((sink) => vault.bundle(sink, PASSPHRASE)).length > 10_000);
  is('packed and sealed', held);
  assert.equal(occurrences(PASSPHRASE), 0, 'the passphrase');
  vault.pkcs12('admin', PASSPHRASE);
  vault.verdicts(NOW);
  for (const lesson of vault.lessons()) { vault.lesson(lesson, NOW); vault.verdicts(NOW); }
  vault.lesson(undefined, NOW);
  is('after every lesson', held);
  assert.equal(occurrences(PASSPHRASE), 0, 'the passphrase');

  const importer = new wasm.Importer();
  importer.add('bundle.zip', zip, undefined);
  importer.recognise({});
  const again = importer.vault();
  importer.free();
  vault.free();
  again.free();
  is('freed', {});
});

test('what was brought is held as it came, until it is let go: PEM in files, in kubeconfigs, sealed', () => {
  const { vault, keys } = stocked('ecdsa-p256'), scanner = scannerOf(keys);
  for (const { id } of vault.roll()) vault.addKey(id, 'ecdsa-p256', keys[id].slice(), undefined);
  vault.begin(NOW);
  vault.issue();
  const open = written((sink) => vault.bundle(sink)), sealed = written((sink) => vault.bundle(sink, PASSPHRASE)), p12 = vault.pkcs12('admin', PASSPHRASE);
  vault.free();
  assert.deepEqual(counted(scanner.scan(swept())), {});
  for (const [what, add] of /** @type {[string, (importer: InstanceType<typeof wasm.Importer>) => void][]} */ ([
    ['an open bundle', (importer) => importer.add('bundle.zip', open.slice(), undefined)],
    ['a sealed bundle', (importer) => { importer.add('bundle.zip', sealed.slice(), undefined); importer.unlock(undefined, PASSPHRASE); }],
    ['a PKCS#12 file', (importer) => { importer.add('admin.p12', p12.slice(), undefined); importer.unlock(undefined, PASSPHRASE); }],
  ])) {
    const importer = new wasm.Importer();
    add(importer);
    const found = counted(scanner.scan(swept()));
    assert.ok(found['admin d big'] >= 1, `${what}: the control`);
    // In DER, as PKCS#8: no text of it is left, and no number of a library's.
    assert.deepEqual([...new Set(Object.keys(found).map((name) => name.replace(/^\S+ /, '')))], ['d big'], what);
    assert.equal(occurrences(PASSPHRASE), 0, what);
    importer.free();
    assert.deepEqual(counted(scanner.scan(swept())), {}, `${what}, let go`);
  }
});

test('a refusal leaves nothing either: a key that is none, one of another algorithm, a wrong passphrase', () => {
  const { vault, keys } = stocked('ecdsa-p256'), scanner = scannerOf(keys), [[id, der]] = Object.entries(keys);
  const broken = der.slice();
  broken[broken.length - 1] ^= 1; // of the point, which no longer is the scalar's
  assert.throws(() => vault.addKey(id, 'ecdsa-p256', broken, undefined), { code: 'invalid-key' });
  assert.equal(vault.addKey(id, 'ecdsa-p384', der.slice(), undefined) ?? null, null);
  assert.deepEqual(counted(scanner.scan(swept())), {});
  vault.free();
});

test('the sweep reaches as deep as the stack was ever used, and nothing else is swept', () => {
  const fresh = /** @type {any} */ (wasm.initSync({ module: MODULE }));
  assert.equal(fresh.memory, memory);
  wasm.sweep();
  assert.equal(depth() < 1024, true, `${depth()} bytes`);
  const importer = new wasm.Importer(), { vault, keys } = stocked('ecdsa-p256');
  for (const { id } of vault.roll()) vault.addKey(id, 'ecdsa-p256', keys[id], undefined);
  vault.begin(NOW);
  vault.issue();
  importer.add('bundle.zip', written((sink) => vault.bundle(sink, PASSPHRASE)), undefined);
  importer.unlock(undefined, PASSPHRASE);
  importer.add('deep.yaml', new TextEncoder().encode(`${'['.repeat(5000)}${']'.repeat(5000)}`), undefined);
  importer.add('flow.yaml', new TextEncoder().encode(`apiVersion: v1\nkind: Config\nusers: ${'[{a: '.repeat(400)}1${'}]'.repeat(400)}\n`), undefined);
  importer.recognise({});
  importer.findings(NOW);
  const used = depth();
  assert.ok(used > 10_000 && used < 512 * 1024, `${used} bytes of the stack are used, 768 KiB are swept`);
  wasm.sweep();
  assert.ok(depth() < 1024, `${depth()} bytes remain`);
  importer.free();
  vault.free();
});

test('the scanner finds what is planted, in either order, whole or in part, and in text', () => {
  const { vault, keys } = stocked('rsa-2048'), [id, der] = Object.entries(keys)[0], scanner = scannerOf({ [id]: der });
  vault.free();
  const d = Buffer.from(/** @type {string} */ (createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }).export({ format: 'jwk' }).d), 'base64url');
  const pem = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(der).toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
  /** @type {[string, Uint8Array, Record<string, number>][]} */
  const planted = [
    ['d', d, { 'd big': 1 }], ['d backwards', Uint8Array.from(d).reverse(), { 'd little': 1 }], ['a piece of d', d.subarray(101, 125), { 'd big rest': 1 }],
    ['PEM', Buffer.from(pem), { 'PEM text': 1 }], ['PEM in base64', Buffer.from(Buffer.from(pem).toString('base64')), { 'PEM in base64 text': 1 }],
  ];
  for (const [what, bytes, expected] of planted) {
    const place = new Uint8Array(1 << 16);
    assert.deepEqual(scanner.scan(place), [], 'nothing is found in nothing');
    place.set(bytes, 4321);
    const found = counted(scanner.scan(place));
    for (const [name, count] of Object.entries(expected)) assert.equal(found[`${id} ${name}`], count, `${what}: ${JSON.stringify(found)}`);
  }
});
