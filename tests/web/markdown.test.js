// The tables, read back by a Markdown parser: every cell says exactly what it was given, whoever wrote it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from 'marked';
import { markdown } from '../../www/document.js';
import { translator } from '../../www/i18n.js';
import { cell, table } from '../../www/markdown.js';
import { initial } from '../../www/state.js';
import { samplePlan } from './sample-plan.js';

/** Common names that somebody might send in a link. */
const HOSTILE = [
  'a|b', '|', '\\|', '\\', 'a\\', '`code`', '``', '`', '*bold*', '_under_', '**', '__proto__', '~~gone~~', '[link](javascript:alert(1))', '![picture](http://127.0.0.1/x.png)',
  '<script>alert(1)</script>', '<!-- hidden -->', '<http://a.example>', 'https://evil.example/path?a=b&c=d', 'www.evil.example', 'somebody@evil.example', '&lt;b&gt;', '&amp;', '&#124;', '&#x7c;', '$x$',
  ' leading', 'trailing ', '  both  ', '---', ':--', '# heading', '> quote', '- list', '1. list', '| a | b |', '``` fence', '<br>', '"quoted"', "'quoted'", '日本語', '🔑', 'system:kube-proxy', 'CN=a, O=b:c', '[^1]', '[ ]', '<', '\\\\', '\\<',
  "=cmd|' /C calc'!A1", ']]>', '</td><td>', '-->', '$(touch canary)', '%0a', 'javascript:alert(1)', '<svg/onload=alert(1)>',
];
/** What is shown in place of what cannot be seen. */
const HIDDEN = [['a\nb', 'a\\u{a}b'], ['a\r\n| x |', 'a\\u{d}\\u{a}| x |'], ['a\u202eb', 'a\\u{202e}b'], ['a\u2028b', 'a\\u{2028}b'], ['\u0000', '\\u{0}'], ['a\tb', 'a\\u{9}b']];

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#32': ' ' };

/** The cells as a reader sees them. @param {string} text */
function read(text) {
  const html = /** @type {string} */ (marked.parse(text));
  return [...html.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row]) => [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, inside]) => {
    assert.doesNotMatch(inside, /</, 'a cell holds text and no element');
    return inside.replace(/&(amp|lt|gt|quot|#39|#32);/g, (_, name) => ENTITIES[/** @type {keyof typeof ENTITIES} */ (name)]);
  }));
}

for (const text of HOSTILE) test(`a cell survives: ${text}`, () => {
  const rows = [[text, 'between', text], ['next', text, '–']];
  assert.deepEqual(read(table(['A', text, 'C'], rows)), [['A', text, 'C'], ...rows]);
});

for (const [text, shown] of HIDDEN) test(`a cell shows what it hides: ${shown}`, () => assert.deepEqual(read(table(['A'], [[text]])), [['A'], [shown]]));

test('without the escapes the same cells would not survive', () => {
  const naked = `| A | B |\n| --- | --- |\n${HOSTILE.map((text) => `| ${text} | x |\n`).join('')}`;
  assert.throws(() => assert.deepEqual(read(naked).slice(1), HOSTILE.map((text) => [text, 'x'])));
});

test('names as they usually are need no escape', () => {
  for (const text of ['kube-apiserver.crt', 'CN=system:node:worker-1, O=system:nodes', 'IP:192.168.5.11', '2026-11-25', 'fd00::1']) assert.equal(cell(text), text);
});

test('ten thousand cells of random punctuation survive', () => {
  const signs = '\\`*_[](){}<>|~&$@#!:;.,-+=^"\'/?% aZ09wW日', random = numbers(7);
  const rows = Array.from({ length: 2500 }, () => Array.from({ length: 4 }, () => Array.from({ length: 1 + random(12) }, () => signs[random(signs.length)]).join('')));
  assert.deepEqual(read(table(['A', 'B', 'C', 'D'], rows)).slice(1), rows);
});

for (const language of /** @type {const} */ (['en', 'ja'])) test(`the document has every certificate and connection of the plan, and says where a name is hostile: ${language}`, () => {
  const plan = samplePlan({ masters: 2, workers: 2 }), name = 'x|y`<b>*z*';
  const changed = { ...plan, certificates: plan.certificates.map((one, i) => (i ? one : { ...one, subject: [{ type: 'CN', value: name }] })) };
  const text = markdown(initial(changed.cluster, changed), '2026-11-25', translator(language)), rows = read(text);
  assert.equal(rows.length, plan.certificates.length + plan.connections.length + 2);
  assert.equal(rows[1][1], `CN=${name}`);
  assert.deepEqual(new Set(rows.map((cells) => cells.length)), new Set([9, 6]));
  assert.equal(text.match(/^## /gm)?.length, 2);
});

/** A sequence that is the same every time. @param {number} seed @returns {(below: number) => number} */
function numbers(seed) {
  let state = seed;
  return (below) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 2 ** 32 * below); };
}
