// Every language has every sentence, with the same places for values; the Japanese is written as japanese.js says. What the core says: core-words.test.js.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { LOCALES, explained, languageOf, rich, spoken, translator } from '../../www/i18n.js';
import { lineSentence } from '../../www/labels.js';
import { broken } from '../../www/panels/lessons.js';
import { faults } from './japanese.js';
import { prose } from './prose.js';

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
  assert.equal(translator('ja', false)('generate', { n: 10 }), '鍵を 10 個生成');
});

test('no line of Japanese begins with what belongs to the name or the number before it; names keep their own spaces', () => {
  const t = translator('ja'), at = (/** @type {string} */ text) => text.replaceAll('\u00a0', '_');
  assert.equal(at(t('generate', { n: 10 })), '鍵を 10_個生成');
  assert.equal(at(t('tour.count', { n: 1, of: 10 })), '第_1_章（全 10_章）');
  assert.equal(at(t('hand.at.node', { name: 'my file を x' })), 'my file を x_で');
  assert.equal(at(translator('en')('generate', { n: 10 })), 'Generate 10 keys');
});

test('where words stand in a sentence is what those who split it count on, in every language', () => {
  /** @param {string} sentence @param {RegExp} pattern */
  const order = (sentence, pattern) => [...sentence.matchAll(pattern)].map(([, name]) => name);
  for (const [language, words] of Object.entries(LOCALES)) {
    // panels/list.js: who calls, how it stands, what is shown, where.
    assert.deepEqual(order(words['list.arrow'], /‹\{(\w+)\}›/g), ['caller', 'state', 'badge', 'host'], language);
    assert.ok(words['list.arrow'].startsWith('‹'), language);
    // labels.js, lineSentence: the caller, the listener, the host; panels/guide.js shows them in that order.
    assert.deepEqual(order(words['speech.arrow'], /\{(\w+)\}/g).slice(0, 3), ['caller', 'listener', 'host'], language);
    for (const key of /** @type {const} */ (['speech.arrow', 'speech.on', 'speech.state'])) assert.doesNotMatch(words[key], /[‹›]/, `${language} ${key}`);
    assert.deepEqual(order(words['speech.on'], /\{(\w+)\}/g).sort(), ['name', 'node'], language);
  }
});

test('a line of the list shows the caller, the listener and the port, in this order, in every language', () => {
  const connection = /** @type {any} */ ({ kind: 'kubectl/kube-apiserver', caller: 'kubectl', listener: 'kube-apiserver@master-1', dials: [{ host: '10.0.0.1', port: 6443 }], client: { credential: 'certificate', certificate: 'admin' } });
  for (const language of /** @type {const} */ (['en', 'ja'])) {
    assert.deepEqual(lineSentence(connection, false, 'x', translator(language)).filter((_, i) => i % 2), ['kubectl', 'kube-apiserver', ':6443'], language);
    assert.deepEqual(lineSentence({ ...connection, caller: 'kubelet@worker-1' }, true, 'x', translator(language)).filter((_, i) => i % 2), ['worker-1', 'master-1', '10.0.0.1'], language);
  }
});

test('what is broken is told as a reader names it: a file, a place, an arrow, the clock', () => {
  const said = (/** @type {string[]} */ notes, /** @type {'en' | 'ja'} */ language) => broken({ notes }, translator(language));
  assert.equal(said(['service-account@master-2'], 'ja'), 'service-account（master-2）');
  assert.equal(said(['kubectl/kube-apiserver@master-1'], 'ja'), 'kubectl → kube-apiserver（master-1）');
  assert.equal(said(['kubectl/kube-apiserver@master-1', 'clock'], 'en'), 'kubectl → kube-apiserver on master-1, the clock');
  assert.equal(said(['etcd/server'], 'en'), 'etcd/server');
});

test('a value is never read as a pattern', () => assert.equal(translator('en')('step.bundle.ready', { name: '$& {n} $1' }), '$& {n} $1'));

test('stressed words are told apart', () => assert.equal(rich('a *b* c').length, 3));

test('every code of the core is explained in every language', async () => {
  for (const file of ['crate/error/code.rs', 'crate/import/problem/code.rs', 'crate/renew/refused/code.rs']) {
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

test('the page\'s own errors bring a code alone, and are told in every language, with what the machine said', () => {
  for (const language of /** @type {const} */ (['en', 'ja'])) for (const code of ['unexpected', 'worker-died', 'link-unreadable', 'link-newer', 'link-too-large', 'file-unreadable', 'file-newer', 'file-too-large']) {
    const { message, hint } = explained({ code, found: 'unreachable' }, language);
    assert.ok(message.length > 5 && hint.length > 5, `${language} ${code}`);
    assert.equal(message.endsWith('(unreachable)'), ['unexpected', 'worker-died'].includes(code), `${language} ${code}: ${message}`);
  }
});

test('the language is the one that was chosen, else the reader\'s first that there is, else English', () => {
  /** @type {[string | null, string[], string][]} */
  const cases = [[null, ['ja-JP', 'en'], 'ja'], [null, ['fr', 'ja', 'en'], 'ja'], [null, ['fr', 'en-GB', 'ja'], 'en'], [null, ['JA'], 'ja'], [null, [], 'en'], [null, ['jam'], 'en'],
    ['en', ['ja'], 'en'], ['ja', ['en'], 'ja'], ['zxx', ['ja'], 'zxx'], ['fr', ['ja'], 'ja'], ['toString', ['zxx'], 'en']];
  for (const [chosen, wanted, language] of cases) assert.equal(languageOf(chosen, wanted), language, `${chosen} ${wanted}`);
});

test('the test language shows keys, and no word of any language', () => {
  const t = translator('zxx');
  assert.equal(t('generate', { n: 10 }), '‹generate›');
  assert.equal(spoken({ en: 'English', ja: '日本語' }, 'zxx'), '‹core›');
  assert.deepEqual(explained({ code: 'duplicate-name', message: 'English', hint: 'English' }, 'zxx'), { message: '‹error.duplicate-name›', hint: '‹hint.duplicate-name›' });
});

test('plural forms: English has two that differ, Japanese none', () => {
  for (const [key, sentence] of Object.entries(en)) for (const [, , one, many] of sentence.matchAll(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g)) assert.ok(one && many && one !== many, key);
  for (const [key, sentence] of Object.entries(ja)) assert.ok(!sentence.includes('|'), key);
});

test('a whole sentence ends alike in both languages', () => {
  for (const [key, sentence] of Object.entries(en)) {
    const stop = (/** @type {string} */ text) => /[.。]\*?$/.test(text);
    if (ja[/** @type {keyof typeof en} */ (key)].endsWith('。')) assert.ok(/[.:?]\*?$/.test(sentence), `${key}: English without a full stop`);
    if (/^(?:error|hint)\.|\.(?:what|log|mend)$/.test(key) && stop(sentence) && !/[:：][^。]*$/.test(ja[/** @type {keyof typeof en} */ (key)])) assert.ok(stop(ja[/** @type {keyof typeof en} */ (key)]), `${key}: Japanese without 。`);
  }
});

test('the Japanese is written as japanese.js says, and no English is left in it', () => {
  for (const [key, sentence] of Object.entries(ja)) {
    assert.deepEqual(faults(sentence), [], `${key}: ${sentence}`);
    assert.deepEqual(prose(sentence.replace(/\{\w+\}/g, '')), [], `${key}: ${sentence}`);
  }
});

test('each rule of japanese.js finds what it is for', () => {
  const wrong = ['サーバを起動します', 'ユーザの鍵', 'ブラウザ', 'クラスタ', 'コントローラ', 'スケジューラ', 'ロードバランサ', 'メンバ', 'フォルダ', 'コンピュータ', 'ライブラリ', '電子証明書', 'クライエント', 'オレオレ証明書', 'CSR を作ります', '証明書署名要求',
    'プライベートキー', '公開キー', '認証機関', 'キーペア', '握手', '失効日', '発行ずみ', '待つ側', 'バンドル', '教材', '電池', 'コモンネーム', 'ﾌｧｲﾙ', '鍵，証明書', '鍵,証明書', '鍵: x', '鍵(RSA)', '鍵a', 'a鍵', '鍵 。', 'これは鍵だ。', '鍵を作成した。', '鍵をつくる', '鍵をもつ', '署名要求(CSR)', '二台の鍵', '一か所', 'プリセット', 'マスター', '宛先', '鍵のモード', '自分を証明', 'かまいません', '書きまちがえ', '元にもどす', '署名つき', '色がつきます'];
  for (const text of wrong) assert.notDeepEqual(faults(text), [], text);
  for (const text of ['署名要求（CSR）', 'ロックダウンモード', '一致、一式、もう一度', 'Pod について', '鍵を 10 個生成しました。', 'RSA 鍵、証明書。', '“remote error: tls” だけです。', '鍵（RSA）：2', '鍵がありませんでした。']) assert.deepEqual(faults(text), [], text);
});

test('English is found in what should be Japanese, names are not', () => {
  assert.deepEqual(prose('鍵を make する'), ['make']);
  assert.deepEqual(prose('kubelet の clusterDomain、--etcd-servers、ca.key、“not found”、‹form.name›、RSA 2048'), []);
});
