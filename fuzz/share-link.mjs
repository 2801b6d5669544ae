// Links and files of strangers, as fuzz targets: what the page makes of any hash and any cluster.json, up to the core's plan.
//
//   node fuzz/share-link.mjs [SECONDS=600] [SEED=8]
//
// An input that reaches a place of www/share.js for the first time (V8's own block coverage) is kept, and changed again: libFuzzer's way.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import * as wasm from '#wasm';
import { fromFile, fromHash, toFile, toHash } from '../www/share.js';

/** @import { Description } from '../www/wasm.d.ts' */

const NOW = Date.UTC(2026, 10, 23);
const REFUSED = new Set(['unreadable', 'newer', 'too-large'].flatMap((what) => [`link-${what}`, `file-${what}`]));
/** What is written into an input. */
const WORDS = ['#1.', '#2.', '#999999.', '#', '.', '-', '_', '=', '%2e', '{', '}', '[', ']', '"', ':', ',', 'null', 'true', '1e999', '-0', '"preset":', '"hard-way-2020"', '"kubeadm"', '"nodes":', '"name":', '"__proto__":', '"constructor":',
  '"prototype":', '"toString":', '"hardway":', '"certificates":', '"commonName":', '"addresses":', '"10.0.0.1"', '"fd00::1"', '\\u0000', '\\ud800', '\ud800', '\u202e', '\u2028', '<script>', '{"a":', '[[[[[[[[', '9007199254740993'];

/** @typedef {{ kind: 'hash' | 'packed' | 'json' | 'file', data: Buffer }} Input which layer the bytes are of */

/** Numbers that are the same every time. @param {number} seed @returns {(below: number) => number} */
export function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Every preset's own, one of everything, and what was refused before. @returns {Input[]} */
export function seeds() {
  const all = { preset: 'kubeadm', name: 'n', nodes: [{ name: 'a', role: 'control-plane', addresses: ['10.0.0.1'], names: ['b.c'] }], serviceCidr: '10.1.0.0/16', clusterDomain: 'd', controlPlaneEndpoint: 'e:1', kubernetesVersion: '1.30.0',
    keyAlgorithm: 'ecdsa-p256', validityDays: 9, validUntil: '2030-01-01', authorityValidityDays: 99, authorityValidUntil: '', authoritySubject: { O: 'f' }, certificates: { admin: { commonName: 'g', organization: '', names: [], keyAlgorithm: 'rsa-2048', validityDays: 1 } } };
  const texts = [...wasm.presets().map(({ id, description }) => JSON.stringify(id === 'kubeadm' ? description : { preset: id })), JSON.stringify(all), '{}', '[]', 'null', '{"preset":{}}', JSON.stringify({ hardway: 1, ...all })];
  const bomb = deflateRawSync(Buffer.alloc(3_000_000, 0x20));
  return [
    ...texts.flatMap((text) => /** @type {Input[]} */ ([{ kind: 'json', data: Buffer.from(text) }, { kind: 'packed', data: deflateRawSync(text) }, { kind: 'file', data: Buffer.from(text) }, { kind: 'hash', data: Buffer.from(hashOf(deflateRawSync(text))) }])),
    { kind: 'packed', data: bomb }, { kind: 'hash', data: Buffer.from('#1.') }, { kind: 'hash', data: Buffer.from('#7.AA') }, { kind: 'packed', data: deflateRawSync(Buffer.from([0xff, 0xfe, 0x80])) },
  ];
}

/** @param {Buffer} packed */
const hashOf = (packed) => `#1.${packed.toString('base64url')}`;

/** Some changes of one input; another one is there to be cut from. @param {Input} input @param {Input} other @param {(below: number) => number} roll @returns {Input} */
export function changed({ kind, data }, other, roll) {
  let bytes = Buffer.from(data);
  for (let left = 1 + roll(4); left; left--) {
    const at = roll(bytes.length + 1), end = Math.min(bytes.length, at + roll(24));
    const splice = (/** @type {Uint8Array} */ put, to = at) => { bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(to)]); };
    switch (roll(8)) {
      case 0: if (at < bytes.length) bytes[at] = roll(256); break;
      case 1: if (at < bytes.length) bytes[at] ^= 1 << roll(8); break;
      case 2: splice(Buffer.alloc(0), end); break;
      case 3: splice(bytes.subarray(at, end)); break;
      case 4: splice(other.data.subarray(roll(other.data.length + 1)).subarray(0, roll(64)), end); break;
      case 5: if (roll(4) === 0) bytes = bytes.subarray(0, at); break;
      default: splice(Buffer.from(WORDS[roll(WORDS.length)]), roll(2) ? at : end);
    }
  }
  return { kind: roll(10) ? kind : other.kind, data: bytes.subarray(0, 60_000) };
}

/** What holds of any input. Says what became of it. @param {Input} input @returns {Promise<string>} */
export async function holds({ kind, data }) {
  const hash = kind === 'hash' ? data.toString() : hashOf(kind === 'packed' ? data : deflateRawSync(data));
  /** @type {Description} */
  let description;
  try {
    description = await (kind === 'file' ? fromFile(new Blob([Uint8Array.from(data)])) : fromHash(hash));
  } catch (thrown) {
    const { code } = /** @type {{ code?: string }} */ (thrown);
    assert.ok(code && REFUSED.has(code), `thrown: ${String(thrown)}`);
    return code;
  }
  assert.ok(typeof description === 'object' && description !== null && !Array.isArray(description));
  assert.equal(Object.getPrototypeOf(description), Object.prototype);
  assert.ok(!('polluted' in {}) && !Object.keys(Object.prototype).length, 'nothing is hung onto every object');
  assert.ok(JSON.stringify(description).length < 7_000_000);
  let plan;
  try {
    plan = wasm.outline(description, NOW);
  } catch (thrown) {
    assert.ok(!(thrown instanceof Error), `the core broke: ${String(thrown)}`);
    const { code, message } = /** @type {{ code?: string, message?: string }} */ (thrown);
    assert.ok(code && message, 'whoever is refused is told why');
    return code;
  }
  const presets = wasm.presets();
  for (const again of [await fromHash(await toHash(plan.cluster, presets)), await fromFile(new Blob([toFile(plan.cluster)]))]) assert.deepEqual(wasm.outline(again, NOW).cluster, plan.cluster);
  return 'a cluster';
}

/** Which places of share.js were reached since it was asked last, and how many there are. */
async function coverage() {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const blocks = result.filter(({ url }) => url.endsWith('/www/share.js')).flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
    return blocks.map(({ startOffset, endOffset, count }) => ({ place: `${startOffset}-${endOffset}`, reached: count > 0, often: Math.ceil(Math.log2(count + 1)) }));
  };
}

/** @param {{ seed: number, milliseconds?: number, cases?: number, guided?: boolean }} options */
export async function fuzz({ seed, milliseconds = Infinity, cases = Infinity, guided = false }) {
  const roll = dice(seed), corpus = seeds(), begun = performance.now();
  const take = guided ? await coverage() : null;
  const places = new Set(), features = new Set();
  /** @type {Record<string, number>} */
  const became = {};
  let runs = 0;
  for (const first = [...corpus]; runs < cases && performance.now() - begun < milliseconds; runs++) {
    const input = first.pop() ?? changed(corpus[roll(corpus.length)], corpus[roll(corpus.length)], roll);
    let what;
    try {
      what = await holds(input);
    } catch (thrown) {
      throw new Error(`SEED=${seed}, run ${runs}: ${input.kind} ${input.data.toString('base64')}`, { cause: thrown });
    }
    became[what] = (became[what] ?? 0) + 1;
    let fresh = take === null ? false : !features.has(what) && Boolean(features.add(what));
    for (const { place, reached, often } of (await take?.()) ?? []) {
      if (!reached) continue;
      places.add(place);
      if (!features.has(`${place} ${often}`)) fresh = Boolean(features.add(`${place} ${often}`));
    }
    if (fresh) corpus.push(input);
  }
  return { runs, became, places: places.size, features: features.size, corpus: corpus.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const number = (/** @type {string} */ name, /** @type {number} */ usual) => Number(process.argv.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? usual);
  wasm.initSync({ module: new WebAssembly.Module(readFileSync(new URL('../target/wasm/hardway_bg.wasm', import.meta.url))) });
  const { runs, became, places, features, corpus } = await fuzz({ seed: number('SEED', 8), milliseconds: number('SECONDS', 600) * 1000, guided: true });
  console.log(`| share link (JavaScript) | ${runs} | ${places} | ${features} | ${corpus} | 0 |`);
  console.error(JSON.stringify(became));
}
