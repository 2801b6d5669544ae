// The processes of a browser: those that a test started, and what came of them.
import { readFileSync, readdirSync } from 'node:fs';
import { pause } from './engine.js';

/** @param {number} root @returns {number[]} it and all that it started */
export function family(root) {
  if (root < 2) throw new Error(`no browser has the number ${root}`);
  const members = new Set([root]), parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), parent(name)]);
  for (let before = 0; before < members.size;) {
    before = members.size;
    for (const [pid, ppid] of parents) if (members.has(ppid)) members.add(pid);
  }
  return [...members];
}

/** Stops them all for a while, as a machine does that sleeps. @param {number} root @param {number} ms */
export async function halted(root, ms) {
  const members = family(root), each = (/** @type {NodeJS.Signals} */ signal) => { for (const pid of members) try { process.kill(pid, signal); } catch { /* ended by itself */ } };
  each('SIGSTOP');
  try { await pause(ms); } finally { each('SIGCONT'); }
}

/** @param {string} pid */
function parent(pid) {
  // The name of a process may hold anything, brackets too.
  try { return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S /s, '').split(' ')[0]); } catch { return 0; }
}
