// How much memory a browser takes with all its processes: each page of it counted once (PSS).
import { readFileSync } from 'node:fs';
import { pause } from './engine.js';
import { family } from './processes.js';

/** The least of some samples: collectors of garbage come when they like. @param {number} pid @returns {Promise<number>} bytes */
export async function memoryOf(pid) {
  let least = Infinity;
  for (let nth = 0; nth < 8; nth++) {
    await pause(500);
    least = Math.min(least, family(pid).reduce((sum, member) => sum + size(member), 0));
  }
  return least;
}

/** @param {number} pid */
function size(pid) {
  try { return 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0); } catch { return 0; }
}
