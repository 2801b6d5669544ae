// README.md and README.ja.md say the same: as many headings, tables and lists, the same code, the same links and numbers.
import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { faults } from './japanese.js';
import { prose } from './prose.js';

const project = new URL('../../', import.meta.url);
const [english, japanese] = await Promise.all(['README.md', 'README.ja.md'].map((name) => readFile(new URL(name, project), 'utf8')));

/** The parts of a text, in order, each with what has to be the same in both. @param {string} text */
function outline(text) {
  const lines = text.replace(/^\[.*\]\(README.*\.md\)\n\n/m, '').split('\n');
  const kind = (/** @type {string} */ line) => (/^#+ /.test(line) ? line.replace(/ .*/, '') : /^ {4}/.test(line) ? 'code' : line.startsWith('|') ? `row of ${line.split('|').length - 2}` : line.startsWith('- ') ? 'point' : line.startsWith('>') ? 'quote' : line.startsWith('![') ? 'picture' : line ? 'words' : '');
  const kinds = lines.map(kind);
  // Running words and a quotation may break their lines where they like.
  return kinds.filter((one, i) => one && !(one === kinds[i - 1] && (one === 'words' || one === 'quote')));
}

/** Commands without their comments. @param {string} text */
const code = (text) => text.split('\n').filter((line) => line.startsWith('    ')).map((line) => line.replace(/\s+#.*$/, '').trim()).filter(Boolean);
/** What stands in backquotes, paragraph by paragraph, in any order. @param {string} text */
const literals = (text) => text.split('\n').filter((line) => !line.startsWith('    ')).join('\n').split(/\n\n/).map((part) => [...part.matchAll(/`([^`]+)`/g)].map(([, literal]) => literal).sort());
/** @param {string} text */
const links = (text) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to).filter((to) => !/^README.*\.md$/.test(to));
/** The numbers of the tables. @param {string} text */
const figures = (text) => text.split('\n').filter((line) => /^\|.*\d/.test(line)).map((line) => line.split('|').slice(2).map((cell) => cell.trim()).filter((cell) => /^[\d.,]+$/.test(cell)).join(' ')).filter(Boolean);

test('both have the same headings, paragraphs, tables, lists and code, in the same order', () => assert.deepEqual(outline(japanese), outline(english)));
test('both give the same commands', () => { assert.ok(code(english).length > 20); assert.deepEqual(code(japanese), code(english)); });
test('both lead to the same places, and to each other', async () => {
  assert.deepEqual(links(japanese), links(english));
  assert.match(english, /\]\(README\.ja\.md\)/);
  assert.match(japanese, /\]\(README\.md\)/);
  for (const to of links(english)) if (!/^https?:/.test(to)) await access(new URL(to, project));
});
test('both have the same numbers in their tables', () => { assert.ok(figures(english).length >= 12); assert.deepEqual(figures(japanese), figures(english)); });
test('both name the same files, presets and commands in each paragraph', () => {
  const [theirs, ours] = [literals(english), literals(japanese)];
  // README.txt and README.ja.txt are each language's own.
  const same = (/** @type {string[][]} */ parts) => parts.map((part) => part.filter((one) => !/^README/.test(one)));
  assert.deepEqual(same(ours), same(theirs));
});
test('the Japanese is written as japanese.js says', () => {
  for (const line of japanese.split('\n').filter((one) => !/^ {4}|^\[English|^\|[-:|]+\|$/.test(one))) {
    const plain = line.replace(/!\[([^\]]*)\]\([^)]*\)/, '$1').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/`([^`]*)`/g, 'x1').replace(/。\*\* /g, '。').replaceAll('**', '').replace(/^(?:#+|-|>) /, '');
    for (const cell of plain.split('|')) assert.deepEqual(faults(cell.trim()), [], line);
    assert.deepEqual(prose(plain, { names: ['nginx', 'cmp', 'keytool', 'cargo-deny', 'the', 'hard', 'way', 'root', 'fma', 'dot', 'make', 'sh', 'npm', 'rustup', 'mmumshad', 'kelseyhightower', 'dash', 'busybox', 'sshd', 'curl', 'poppler', 'librsvg', 'marked', 'axe-core', 'bash', 'proptest', 'icalendar'] }), [], line);
  }
});
test('a paragraph, a command or a number that one of them lacks is found', () => {
  assert.notDeepEqual(outline(english.replace(/^- No revocation.*\n/m, '')), outline(japanese));
  assert.notDeepEqual(code(english.replace('sh verify.sh', 'sh check.sh')), code(japanese));
  assert.notDeepEqual(figures(english.replace('| 46 |', '| 47 |')), figures(japanese));
});
