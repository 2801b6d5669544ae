// Every language has every sentence, with the same places for values; and the core's codes and sentences have theirs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { LOCALES, explained, rich, spoken, translator } from '../../www/i18n.js';

const { en, ja } = LOCALES;
const project = new URL('../../', import.meta.url);
/** @param {string} sentence */
const places = (sentence) => [...new Set([...sentence.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

test('both languages have the same keys', () => assert.deepEqual(Object.keys(ja).sort(), Object.keys(en).sort()));

test('both languages take the same values', () => {
  for (const key of /** @type {(keyof typeof en)[]} */ (Object.keys(en))) assert.deepEqual(places(ja[key]), places(en[key]), key);
});

test('no sentence is empty, and stress marks come in pairs', () => {
  for (const [language, words] of Object.entries(LOCALES)) for (const [key, sentence] of Object.entries(words)) {
    assert.ok(sentence.trim(), `${language} ${key}`);
    assert.equal(sentence.split('*').length % 2, 1, `${language} ${key}`);
  }
});

test('values and plurals are filled in', () => {
  const t = translator('en');
  assert.equal(t('step.cluster.sub', { masters: 1, workers: 3 }), '1 master, 3 workers');
  assert.equal(t('generate', { n: 10 }), 'Generate 10 keys');
  assert.equal(translator('ja')('generate', { n: 10 }), '鍵を 10 本つくる');
});

test('a value is never read as a pattern', () => assert.equal(translator('en')('step.bundle.ready', { name: '$& {n} $1' }), '$& {n} $1'));

test('stressed words are told apart', () => assert.equal(rich('a *b* c').length, 3));

test('every code of the core is explained in every language', async () => {
  for (const file of ['crate/error/code.rs', 'crate/import/problem/code.rs']) {
    const source = await readFile(new URL(file, project), 'utf8');
    const codes = [...source.matchAll(/=> "([a-z0-9-]+)",/g)].map(([, code]) => code);
    assert.ok(codes.length > 10, `the codes are found in ${file}`);
    for (const code of codes) for (const key of [`error.${code}`, `hint.${code}`]) assert.ok(key in en, key);
  }
});

test('an error that no translation knows is shown in the words it came with', () => {
  const error = { code: 'brand-new', message: 'm', hint: 'h' };
  for (const language of /** @type {const} */ (['en', 'ja'])) assert.deepEqual(explained(error, language), { message: 'm', hint: 'h' });
  const known = { code: 'duplicate-name', message: 'English', hint: 'English', found: 'master-1' };
  assert.equal(explained(known, 'en').message, 'English');
  assert.match(explained(known, 'ja').message, /master-1/);
});

test('every reason that the core gives for a dialled address has its Japanese', async () => {
  const { initSync, outline, presets } = await import('#wasm');
  initSync({ module: new WebAssembly.Module(await readFile(new URL('target/wasm/hardway_bg.wasm', project))) });
  for (const { description } of presets()) for (const { dials } of outline(description, 0).connections) for (const { reason } of dials)
    assert.notEqual(spoken(reason, 'ja'), reason, reason);
});
