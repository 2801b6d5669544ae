// Every pair of colours that meet in the page, computed from the tokens, in both themes (WCAG 2.2: 1.4.3 and 1.4.11).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const css = await readFile(new URL('../../www/style/tokens.css', import.meta.url), 'utf8');
/** @param {RegExp} block */
const tokens = (block) => Object.fromEntries([...(block.exec(css)?.[1] ?? '').matchAll(/--([\w-]+):(#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name, value]));
const light = tokens(/:root\{([^]*?)\n\}/), dark = { ...light, ...tokens(/\[data-theme=dark\]\{([^]*?)\n\}/) };

/** @param {string} colour */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** @param {string} one @param {string} other */
export function contrast(one, other) {
  const [more, less] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (more + 0.05) / (less + 0.05);
}

/** What is written in which colour on which grounds. @type {Record<string, string[]>} */
const TEXT = {
  ink: ['panel', 'paper', 'field', 'machine', 'comp', 'k-tint', 'e-tint', 'f-tint', 't-fill', 'bad-tint'],
  ink2: ['panel', 'paper', 'field', 'machine', 'comp', 'k-tint', 'e-tint', 'f-tint', 't-fill', 'bad-tint', 'rule2'],
  // The last two while something else is looked at.
  ink3: ['panel', 'paper', 'field', 'machine', 'comp'],
  panel: ['ink', 'ink2', 'ok', 'bad', 't'],
  'on-primary': ['primary'],
  bad: ['panel', 'paper', 'bad-tint', 'field'],
  ok: ['panel', 'paper'],
  t: ['panel', 'paper', 't-fill'],
};
/** Lines and signs without which something could not be told. @type {Record<string, string[]>} */
const SIGNS = {
  'on-seal': ['k', 'e', 'f', 't'], k: ['panel', 'paper', 'comp', 'k-tint'], e: ['panel', 'paper', 'comp', 'e-tint'], f: ['panel', 'paper', 'comp', 'f-tint'], t: ['comp'],
  'comp-line': ['machine', 'paper'], plan: ['machine', 'paper', 'panel'], ok: ['machine'], bad: ['machine'], 't-line': ['machine', 'paper'], ink2: ['machine'],
  edge: ['panel', 'field', 'paper'], ring: ['panel', 'paper', 'field', 'machine', 'comp', 'bad-tint'],
};
/** Outlines of what is known by its seal or its place already, rules between lines, and the lines of what steps back while something else is looked at. */
const DECORATION = ['dim', 'rule', 'rule2', 'k-line', 'e-line', 'f-line'];

for (const [theme, values] of Object.entries({ light, dark })) for (const [pairs, least] of /** @type {const} */ ([[TEXT, 4.5], [SIGNS, 3]]))
  test(`${theme}: ${least === 3 ? 'signs' : 'text'} at ${least} to 1 or more`, () => {
    for (const [front, grounds] of Object.entries(pairs)) for (const ground of grounds) {
      const found = contrast(values[front], values[ground]);
      assert.ok(found >= least, `${front} on ${ground}: ${found.toFixed(2)}`);
    }
  });

test('what is pointed at or chosen can be read on its ground', () => {
  for (const [theme, values] of Object.entries({ light, dark })) for (const front of ['ink', 'ink2']) for (const under of ['panel', 'paper', 'field', 'machine', 'comp']) {
    const [, red, green, blue, alpha] = /--selected:rgba\((\d+),(\d+),(\d+),(\.\d+)\)/.exec(theme === 'light' ? css : css.slice(css.indexOf('data-theme=dark')))?.map(Number) ?? [];
    const ground = `#${[red, green, blue].map((one, i) => Math.round(one * alpha + parseInt(values[under].slice(1 + 2 * i, 3 + 2 * i), 16) * (1 - alpha)).toString(16).padStart(2, '0')).join('')}`;
    const found = contrast(values[front], ground);
    assert.ok(found >= 4.5, `${theme}: ${front} on what is selected on ${under}: ${found.toFixed(2)}`);
  }
});

test('every colour is in a pair or named as decoration', () => {
  const paired = new Set([TEXT, SIGNS].flatMap((pairs) => Object.entries(pairs).flat(2)));
  assert.deepEqual(Object.keys(dark).filter((name) => !paired.has(name) && !DECORATION.includes(name)), []);
});

test('the yardstick: black on white is 21, and a grey that is too pale is found', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.ok(contrast('#777777', '#ffffff') < 4.5 && contrast('#767676', '#ffffff') >= 4.5);
});
