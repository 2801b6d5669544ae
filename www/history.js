// What was on the form before, and after it again. Pure.

/** @template T @typedef {{ past: T[], present: T, future: T[], field: string | null }} History field: the one that was typed into last */

/** Steps back that are kept. */
const MOST = 200;

/** @template T @param {T} present @returns {History<T>} */
export const begun = (present) => ({ past: [], present, future: [], field: null });

/** Typing in one field is one step. @template T @param {History<T>} history @param {T} present @param {string | null} [field] @returns {History<T>} */
export function done(history, present, field = null) {
  const typed = field !== null && field === history.field;
  return { past: typed ? history.past : [...history.past, history.present].slice(-MOST), present, future: [], field };
}

/** @template T @param {History<T>} history @returns {History<T>} */
export function undone({ past, present, future, ...history }) {
  const before = past.at(-1);
  return before === undefined ? { past, present, future, ...history } : { past: past.slice(0, -1), present: before, future: [present, ...future], field: null };
}

/** @template T @param {History<T>} history @returns {History<T>} */
export function redone({ past, present, future, ...history }) {
  const [after, ...later] = future;
  return after === undefined ? { past, present, future, ...history } : { past: [...past, present], present: after, future: later, field: null };
}
