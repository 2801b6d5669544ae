// Markdown tables (GitHub's) that say exactly what they are given: nothing in a cell is markup, whoever wrote it.
import { visible } from './share.js';

/** @param {string[]} head @param {string[][]} rows */
export const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells, i) => `| ${cells.map((one) => (i === 1 ? one : cell(one))).join(' | ')} |\n`).join('');

/** @param {string} text */
export const heading = (text) => `## ${cell(text)}\n\n`;

/** @param {string} text */
export const paragraph = (text) => `${cell(text)}\n\n`;

/** Text that is shown as it is. What starts markup, a link or an entity is escaped; what would hide or turn the line is written out. @param {string} text */
export const cell = (text) => visible(text)
  .replace(/[\\`*_[\]<>|~&$@]/g, '\\$&')
  // A bare address or host would become a link.
  .replaceAll('://', '\\://').replace(/\bwww\./gi, (host) => `${host.slice(0, -1)}\\.`)
  // Spaces at the edges are not the cell's own.
  .replace(/^ +| +$/g, (spaces) => '&#32;'.repeat(spaces.length));
