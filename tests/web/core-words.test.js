// Every sentence that the core can say, by its own source and by what it says of every preset; every refusal in Japanese.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { before, test } from 'node:test';
import { explained, spoken } from '../../www/i18n.js';
import { faults } from './japanese.js';
import { prose } from './prose.js';
/** @import { Words } from '../../www/wasm.d.ts' */

const project = new URL('../../', import.meta.url);
/** @type {typeof import('#wasm')} */
let core;
before(async () => {
  core = await import('#wasm');
  core.initSync({ module: new WebAssembly.Module(await readFile(new URL('target/wasm/hardway_bg.wasm', project))) });
});

/** A file, a domain and a command that are named like a word. */
const FILES = ['ca', 'cluster', 'apply'];

/** A string of Rust, with its line breaks folded. @param {string} literal */
const unescaped = (literal) => literal.replace(/\\\n\s*/g, '').replaceAll('\\n', '\n').replaceAll('\\"', '"');

/** Every `words("…", "…")` and every `same("…")` of the core's source. */
async function written() {
  const files = (await readdir(new URL('crate/', project), { recursive: true })).filter((file) => file.endsWith('.rs'));
  const sources = await Promise.all(files.map((file) => readFile(new URL(`crate/${file.replaceAll('\\', '/')}`, project), 'utf8')));
  const text = sources.filter((source) => /use crate::words::(?!Words;|\{Language)|const fn words/.test(source)).join('\n'), literal = '"((?:[^"\\\\]|\\\\[^])*)"';
  return {
    pairs: [...text.matchAll(new RegExp(`\\bwords\\(\\s*${literal},\\s*${literal},?\\s*\\)`, 'g'))].map(([, english, japanese]) => ({ en: unescaped(english), ja: unescaped(japanese) })),
    names: [...text.matchAll(new RegExp(`\\bsame\\(\\s*${literal},?\\s*\\)`, 'g'))].map(([, name]) => name),
    calls: [...text.matchAll(/\b(?:words|same)\(/g)].length - [...text.matchAll(/fn (?:words|same)\(|words\(name, name\)/g)].length,
  };
}

test('every sentence in the source of the core has a Japanese that is Japanese, well written, and takes the same values', async () => {
  const { pairs, names, calls } = await written();
  assert.ok(pairs.length > 100 && pairs.length + names.length === calls, `${pairs.length} sentences and ${names.length} names are read of ${calls}`);
  const places = (/** @type {string} */ text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const { en, ja } of pairs) {
    if (en === ', ') continue;
    assert.deepEqual(places(ja), places(en), en);
    for (const line of ja.split('\n').filter((one) => !/^ +(?:sudo )?sh /.test(one))) {
      assert.deepEqual(faults(line.replace(/： +/, '：').trim()), [], line);
      assert.deepEqual(prose(line.replace(/\{\w+\}/g, ''), { names: FILES }), [], line);
    }
    assert.match(ja.replace(/\{\w+\}/g, ''), /[\u3040-\u30ff\u4e00-\u9fff]|^[^A-Za-z]*$/, en);
  }
  for (const name of names) assert.match(name, /^$|[./=\d-]|[a-z][A-Z]/, `"${name}" is no name of a file, a flag or a field: it needs its Japanese`);
});

test('what the core says of every preset is said in Japanese', () => {
  let said = 0;
  for (const { description, differences } of core.presets()) {
    const { certificates, connections } = core.outline(description, 0);
    /** @type {Words[]} */
    const all = [...differences.flatMap(({ about, guide, hardway, reason }) => [about, guide, hardway, reason]), ...connections.flatMap(({ dials }) => dials.map(({ reason }) => reason)),
      ...certificates.map(({ note }) => note), ...certificates.flatMap(({ names }) => names.flatMap(({ reason }) => reason ?? []))];
    for (const words of all) {
      assert.deepEqual(Object.keys(words), ['en', 'ja']);
      if (!words.en) continue;
      said++;
      assert.deepEqual(words.en === words.ja ? [] : prose(spoken(words, 'ja'), { names: FILES }), [], words.en);
    }
  }
  assert.ok(said > 300, String(said));
});

const cp = { name: 'cp', role: 'control-plane', addresses: ['10.0.0.1'] };
/** @param {object} more */
const of = (more) => ({ preset: 'hard-way-2020', ...more });
/** @param {object} node */
const and = (node) => of({ nodes: [cp, { name: 'w', role: 'worker', addresses: ['10.0.0.2'], ...node }] });
/** A description with one fault for every code that a description can be refused with. @type {[string, unknown][]} */
const REFUSED = [
  ['authority-common-name', of({ authoritySubject: { CN: 'x' } })], ['cidr-families', of({ serviceCidr: '10.0.0.0/16,10.1.0.0/16' })], ['cidr-host-bits', of({ serviceCidr: '10.96.0.1/24' })],
  ['cidr-without-room', of({ serviceCidr: '10.96.0.0/31' })], ['date-past', of({ validUntil: '1970-01-01' })], ['description-shape', of({ nodes: 'x' })], ['description-shape', { preset: 1 }], ['description-shape', {}],
  ['description-shape', of({ nonsense: 1 })], ['description-shape', []], ['description-shape', of({ nodes: [[]] })], ['description-shape', of({ validityDays: '1' })], ['description-shape', of({ validityDays: 1.5 })],
  ['description-shape', and({ role: 'x' })], ['description-shape', of({ keyAlgorithm: 'x' })], ['description-shape', of({ certificates: { admin: [] } })], ['description-shape', of({ certificates: { admin: { x: 1 } } })], ['description-shape', of({ authoritySubject: { X: '' } })],
  ['description-shape', null], ['description-shape', true], ['description-shape', of({ nodes: [{ name: 'x' }] })], ['description-shape', of({ keyAlgorithm: 5 })], ['description-shape', of({ certificates: 7 })],
  ['duplicate-address', and({ addresses: ['10.0.0.1'] })], ['duplicate-name', and({ name: 'cp' })], ['international-name', and({ name: 'größe' })], ['invalid-address', and({ addresses: ['x'] })], ['invalid-cidr', of({ serviceCidr: 'x' })],
  ['invalid-country', of({ authoritySubject: { C: 'Japan' } })], ['invalid-date', of({ validUntil: '2031-02-30' })], ['invalid-domain', of({ clusterDomain: '-' })], ['invalid-endpoint', of({ controlPlaneEndpoint: 'a:b:c' })],
  ['invalid-name', and({ name: 'a b' })], ['invalid-subject', of({ certificates: { admin: { organization: 'a\nb' } } })], ['invalid-validity', of({ validityDays: 0 })], ['invalid-version', of({ kubernetesVersion: 'latest' })],
  ['long-common-name', of({ certificates: { admin: { commonName: 'x'.repeat(65) } } })], ['long-label', and({ names: ['x'.repeat(64)] })], ['mapped-address', and({ addresses: ['::ffff:10.0.0.2'] })], ['no-control-plane', of({ nodes: [] })],
  ['no-names', of({ certificates: { admin: { names: ['x'] } } })], ['no-subject', { preset: 'kubeadm', certificates: { sa: { commonName: 'x' } } }], ['reserved-name', and({ name: 'ca' })], ['role-not-in-preset', { preset: 'hightower-2025', nodes: [cp, { name: 'e', role: 'etcd', addresses: ['10.0.0.2'] }] }],
  ['service-cidr-overlap', and({ addresses: ['10.96.0.5'] })], ['too-many-nodes', of({ nodes: [cp, ...[2, 3].map((n) => ({ name: `l${n}`, role: 'load-balancer', addresses: [`10.0.0.${n}`] }))] })],
  ['trailing-dot', and({ names: ['a.b.'] })], ['unknown-override', of({ certificates: { nobody: { commonName: 'x' } } })], ['unknown-preset', { preset: 'x' }], ['upper-case-name', and({ name: 'Worker' })],
  ['validity-past-year-9999', of({ validityDays: 36500 })], ['wildcard-name', and({ names: ['*.example'] })], ['zoned-address', and({ addresses: ['fe80::1%eth0'] })],
];
/** What no description leads to, and what is tested where it happens. */
const ELSEWHERE = ['encoding', 'invalid-clock', 'invalid-key', 'invalid-range', 'key-missing', 'key-search-failed', 'lesson-without-place', 'not-issued', 'randomness', 'unknown-certificate', 'unreadable-line', 'wrong-key-algorithm'];

/** @param {() => unknown} act @returns {import('../../www/wasm.d.ts').CoreError} */
function refused(act) {
  try {
    act();
  } catch (thrown) {
    return /** @type {import('../../www/wasm.d.ts').CoreError} */ (thrown);
  }
  throw new Error('nothing was refused');
}

test('every refusal of a description is told in Japanese: every value is filled in, and no English of ours is left', async () => {
  for (const [code, description] of REFUSED) {
    const late = code === 'validity-past-year-9999' ? Date.UTC(9950, 0) : Date.UTC(2026, 0);
    const error = refused(() => core.outline(/** @type {import('#wasm').Description} */ (description), late));
    assert.equal(error.code, code, JSON.stringify(description));
    const { message = '', hint = '' } = explained(error, 'ja'), names = [...Object.values(error.facts ?? {}), error.found ?? '', error.field ?? ''].flatMap((text) => text.split(/[^\w]+/));
    assert.doesNotMatch(message + hint, /[{}]|undefined/, code);
    assert.deepEqual(code === 'description-shape' ? prose(`${message} ${hint}`, { names: (error.field ?? '').split(/\W/) }) : prose(`${message} ${hint}`, { names }), [], `${message} ${hint}`);
  }
  const source = await readFile(new URL('crate/error/code.rs', project), 'utf8');
  const codes = [...source.matchAll(/=> "([a-z0-9-]+)",/g)].map(([, one]) => one);
  assert.deepEqual([...new Set([...REFUSED.map(([code]) => code), ...ELSEWHERE])].sort(), codes.sort(), 'every code has its case');
});

test('a list and a range that cannot be read are refused in Japanese, with the number of the line', () => {
  const line = explained(refused(() => core.nodesOfList('192.168.5.21 a\nnonsense')), 'ja'), range = explained(refused(() => core.nodesOfRange('worker', '10.0.0.1', 'worker')), 'ja');
  assert.match(line.message, /^2\s行目は/);
  for (const { message, hint } of [line, range]) assert.deepEqual(prose(`${message} ${hint}`), []);
});
