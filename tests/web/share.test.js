// Links and files: what they hold, and what a hostile one can do.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import * as wasm from '#wasm';
import { explained } from '../../www/i18n.js';
import { essence, fromFile, fromHash, inflated, toFile, toHash, visible } from '../../www/share.js';

wasm.initSync({ module: new WebAssembly.Module(await readFile(new URL('../../target/wasm/hardway_bg.wasm', import.meta.url))) });
const presets = wasm.presets();
/** @param {import('../../www/wasm.d.ts').Description} description */
const planned = (description) => wasm.outline(description, 0);
/** @param {string} json */
const hash = (json) => `#1.${deflateRawSync(json).toString('base64url')}`;

for (const { id, description } of presets) {
  test(`${id}: a link and a file give back the very cluster`, async () => {
    const edited = { ...description, name: 'edited', serviceCidr: '10.200.0.0/16', certificates: { admin: { organization: '', keyAlgorithm: /** @type {const} */ ('ecdsa-p384') } } };
    for (const told of [description, edited]) {
      assert.deepEqual(planned(await fromHash(await toHash(told, presets))).cluster, planned(told).cluster);
      assert.deepEqual(planned(await fromFile(new Blob([toFile(told)]))).cluster, planned(told).cluster);
    }
  });
  test(`${id}: a link says only what differs from the preset`, async () => {
    assert.deepEqual(essence(description, presets), { preset: id });
    assert.deepEqual(essence({ ...description, name: 'x' }, presets), { preset: id, name: 'x' });
    assert.deepEqual(essence(planned({ preset: id, name: 'x' }).cluster, presets), { preset: id, name: 'x' }, 'as the core writes it');
    assert.ok((await toHash(description, presets)).length < 60);
  });
}

test('nothing but a description is ever written', async () => {
  const stranger = /** @type {any} */ ({ ...presets[0].description, name: 'x', key: '-----BEGIN PRIVATE KEY-----', issued: { pem: 'SECRET' } });
  const [link, file] = [JSON.stringify(await fromHash(await toHash(stranger, presets))), toFile(stranger)];
  for (const text of [link, file]) assert.ok(!/PRIVATE|SECRET|issued/.test(text), text);
});

test('a thousand workers make a link that is compressed', async () => {
  const nodes = [...presets[0].description.nodes, ...wasm.nodesOfRange('node-[1-1000]', '10.0.1.1', 'worker')];
  const link = await toHash({ ...presets[0].description, nodes }, presets);
  assert.ok(link.length < JSON.stringify(nodes).length / 4, String(link.length));
  assert.equal((await fromHash(link)).nodes?.length, 1005);
});

const good = await toHash({ ...presets[0].description, name: 'good' }, presets);
test('a link that is cut off anywhere is refused with one sentence', async () => {
  for (let length = 0; length < good.length; length++) await assert.rejects(fromHash(good.slice(0, length)), { code: 'link-unreadable' }, String(length));
});

for (const [what, text, code] of [
  ['of a newer version', good.replace('#1.', '#2.'), 'link-newer'], ['of no version', good.replace('#1.', '#'), 'link-unreadable'], ['that is no base64', '#1.!!!', 'link-unreadable'],
  ['that is not packed', `#1.${Buffer.from('{"preset":"blank"}').toString('base64url')}`, 'link-unreadable'], ['that is no JSON', hash('{'), 'link-unreadable'],
  ['of a list', hash('[]'), 'link-unreadable'], ['of null', hash('null'), 'link-unreadable'], ['of a number', hash('1'), 'link-unreadable'],
  ['with __proto__', hash('{"preset":"blank","__proto__":{"polluted":1}}'), 'link-unreadable'], ['with a deep constructor', hash('{"preset":"blank","certificates":{"constructor":{}}}'), 'link-unreadable'],
  ['of ten megabytes of spaces', hash(`{"preset":"blank"${' '.repeat(10_000_000)}}`), 'link-too-large'],
]) test(`a link ${what} is refused: ${code}`, () => assert.rejects(fromHash(text), { code }));

test('what is refused leaves no trace in prototypes', async () => {
  await fromHash(hash('{"preset":"blank","__proto__":{"polluted":1}}')).catch(() => {});
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test('a bomb is left after its first megabyte', async () => {
  // Cut off behind its first tenth: who reads on would find the end missing instead of too much.
  const bomb = deflateRawSync(Buffer.alloc(100_000_000)), cut = new Uint8Array(bomb.subarray(0, bomb.length / 10));
  await assert.rejects(fromHash(`#1.${Buffer.from(cut).toString('base64url')}`), { code: 'link-too-large' });
  const small = deflateRawSync(Buffer.alloc(900_000));
  assert.equal((await inflated(new Uint8Array(small))).length, 900_000);
});

test('ten thousand mutated links are read, or refused with a sentence', async () => {
  let random = 7;
  const next = (/** @type {number} */ n) => (random = (random * 1103515245 + 12345) % 2147483648) % n;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.#{}%';
  const seen = new Set();
  for (let i = 0; i < 10_000; i++) {
    const chars = [...good];
    for (let n = 0; n <= next(4); n++) chars[next(chars.length)] = alphabet[next(alphabet.length)];
    try {
      planned(await fromHash(chars.join('')));
      seen.add('read');
    } catch (thrown) {
      const { code } = /** @type {any} */ (thrown);
      for (const language of /** @type {const} */ (['en', 'ja'])) assert.ok(explained(/** @type {any} */ (thrown), language).message.length > 5, String(thrown));
      seen.add(code);
    }
  }
  assert.ok(seen.has('link-unreadable') && seen.has('read'), [...seen].join());
});

for (const [field, value] of /** @type {[string, unknown][]} */ ([['nodes', 'x'], ['nodes', [1]], ['name', {}], ['validityDays', '9'], ['preset', 1], ['unknown', 1], ['certificates', []], ['keyAlgorithm', 'dsa']]))
  test(`a wrong ${field} (${JSON.stringify(value)}) is refused by the core with its field`, async () => {
    const description = await fromHash(hash(JSON.stringify({ preset: 'blank', [field]: value })));
    assert.throws(() => planned(description), (/** @type {any} */ error) => /shape|unknown/.test(error.code) && error.message.length > 0);
  });

test('files: a newer version, binary, too much, and no object are refused', async () => {
  for (const [content, code] of /** @type {[BlobPart, string][]} */ ([['{"hardway":2,"preset":"blank"}', 'file-newer'], ['{"hardway":"1","preset":"blank"}', 'file-newer'], [new Uint8Array([0, 255, 254, 7]), 'file-unreadable'],
    [' '.repeat(1_000_001), 'file-too-large'], ['[]', 'file-unreadable'], ['', 'file-unreadable']]))
    await assert.rejects(fromFile(new Blob([content])), { code });
});

test('what is hidden in a stranger’s text is shown', () => {
  assert.equal(visible('a\u202Eb\u0000c\u200Bd'), 'a\\u{202e}b\\u{0}c\\u{200b}d');
  assert.equal(visible('worker-1 日本語'), 'worker-1 日本語');
});
