// Markdown on standard output; progress on standard error, so that `make bench > file` keeps the tables alone.

/** @param {string} text */
export const say = (text) => process.stdout.write(`${text}\n`);

/** @param {string} text */
export const progress = (text) => process.stderr.write(`${Math.round(performance.now() / 1000)} s: ${text}\n`);

/** @param {string[]} head @param {(string | number)[][]} rows */
export function table(head, rows) {
  say('');
  for (const cells of [head, head.map((_, i) => (i < 2 ? '---' : '---:')), ...rows]) say(`| ${cells.join(' | ')} |`);
  say('');
}

/** Three figures, no more are meant. @param {number} value */
export const figure = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** A ratio, and whether it keeps a target. @param {number} value @param {number} [target] */
export const ratio = (value, target) => `${value.toFixed(2)}${target === undefined ? '' : value <= target ? ` (target ${target}: met)` : ` (target ${target}: **missed**)`}`;
