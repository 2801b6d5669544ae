// How much memory a browser takes with all its processes: each page of it counted once (PSS).
import { readFileSync, readdirSync } from 'node:fs';
import { pause } from './engine.js';

/** The least of some samples: collectors of garbage come when they like. @param {number} pid @returns {Promise<number>} bytes */
export async function memoryOf(pid) {
  let least = Infinity;
  for (let nth = 0; nth < 8; nth++) {
    await pause(500);
    least = Math.min(least, sample(pid));
  }
  return least;
}

/** @param {number} root */
function sample(root) {
  const family = new Set([root]);
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), parent(name)]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [pid, ppid] of parents) if (family.has(ppid)) family.add(pid);
  }
  return [...family].reduce((sum, pid) => sum + size(pid), 0);
}

/** @param {string} pid */
function parent(pid) {
  // The name of a process may hold anything, brackets too.
  try { return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S /s, '').split(' ')[0]); } catch { return 0; }
}

/** @param {number} pid */
function size(pid) {
  try { return 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0); } catch { return 0; }
}
