// The bill of materials: valid, of this page, complete by another's word, and of licences that we allow.
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { product, project, readable } from './page-file.js';

const text = await readFile(new URL('dist/hardway.cdx.json', project), 'utf8'), bom = JSON.parse(text);
/** @type {{ name: string, version: string, purl: string, 'bom-ref': string, hashes?: { content: string }[], licenses: { expression?: string, license?: { id: string } }[] }[]} */
const components = bom.components;
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

test('it is CycloneDX 1.6, by the schema', async () => {
  assert.equal(await validator.validate(text), null);
  assert.notEqual(await validator.validate(JSON.stringify({ ...bom, components: [{ name: 'no type' }] })), null);
});

test('it is of this page', async () => {
  const digest = createHash('sha256').update(await readFile(product)).digest('hex');
  assert.deepEqual(bom.metadata.component.hashes, [{ alg: 'SHA-256', content: digest }]);
});

test('whatever crate the core\'s own panic messages name is in it', async () => {
  const [, { text: core }] = await readable();
  const named = new Set([...core.matchAll(/\/crates\/([\w-]+?)-(\d+\.\d+\.\d+[\w.+-]*?)\//g)].map(([, name, version]) => `${name}@${version}`));
  const known = new Set(components.map(({ name, version }) => `${name}@${version}`));
  assert.ok(named.size > 20, `${named.size}`);
  assert.deepEqual([...named].filter((one) => !known.has(one)), []);
});

test('what must be there is, and what only builds and tests is not', () => {
  const names = new Set(components.map(({ name }) => name));
  for (const name of ['rsa', 'p256', 'rcgen', 'getrandom', 'wasm-bindgen', 'lit-html', 'rust-std']) assert.ok(names.has(name), name);
  for (const name of ['syn', 'proc-macro2', 'tempfile', 'chacha20', 'esbuild', 'playwright-core', 'hardway', 'hardway-kernel']) assert.ok(!names.has(name), name);
});

test('each has a checksum, a package URL and a licence that deny.toml allows', async () => {
  const [, list] = (await readFile(new URL('deny.toml', project), 'utf8')).match(/^allow = \[(.*)\]$/m) ?? assert.fail();
  const allowed = new Set([...list.matchAll(/"(.*?)"/g)].map(([, id]) => id));
  for (const { name, version, purl, hashes, licenses } of components) {
    assert.equal(purl.split('/').slice(1).join('/'), `${name}@${version}`);
    assert.ok(hashes?.length || name === 'rust-std', name);
    const [{ expression, license }] = licenses;
    assert.ok(permits(expression ?? license?.id ?? '', allowed), `${name}: ${expression ?? license?.id}`);
  }
  assert.ok(!permits('GPL-3.0-only', allowed) && !permits('MIT AND GPL-3.0-only', allowed) && permits('(GPL-3.0-only OR MIT) AND MIT', allowed));
});

/** An SPDX expression: OR binds less than AND. @param {string} expression @param {Set<string>} allowed @returns {boolean} */
function permits(expression, allowed) {
  const words = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  const either = () => { let any = both(); while (words[0] === 'OR') { words.shift(); const next = both(); any ||= next; } return any; };
  const both = () => { let all = one(); while (words[0] === 'AND') { words.shift(); const next = one(); all &&= next; } return all; };
  /** @returns {boolean} */
  const one = () => {
    const word = words.shift() ?? assert.fail(expression);
    if (word !== '(') return allowed.has(word);
    const inner = either();
    assert.equal(words.shift(), ')');
    return inner;
  };
  return either();
}

test('who needs whom leads to components only, and every component is needed by the page', () => {
  /** @type {Map<string, string[]>} */
  const needs = new Map(bom.dependencies.map((/** @type {{ ref: string, dependsOn?: string[] }} */ { ref, dependsOn = [] }) => [ref, dependsOn]));
  const known = new Set([bom.metadata.component['bom-ref'], ...components.map((one) => one['bom-ref'])]);
  const reached = new Set(), open = [bom.metadata.component['bom-ref']];
  for (let at; (at = open.pop());) {
    assert.ok(known.has(at), at);
    if (!reached.has(at)) open.push(...(needs.get(at) ?? []));
    reached.add(at);
  }
  assert.deepEqual([...known].filter((one) => !reached.has(one)), []);
});

test('the licences of all that want their notice are beside the page', async () => {
  const notices = await readFile(new URL('dist/THIRD-PARTY.txt', project), 'utf8');
  for (const { name, version } of components) assert.ok(notices.includes(`\n${name}@${version}: `), name);
  for (const { name, version, licenses } of components.filter(({ licenses: [{ license }] }) => license?.id.startsWith('BSD'))) {
    const [, own] = notices.split('='.repeat(80)).filter((part) => part.includes(`${name}@${version} (`)).map((part) => part.split('-'.repeat(80))).flat();
    assert.match(own ?? '', /Copyright/, `${name} ${JSON.stringify(licenses)}`);
  }
});
