// What a key means in the walkthrough and in present mode. Clickers send PageUp and PageDown.

/** @typedef {{ key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean }} Pressed */
/** @typedef {'back' | 'close' | 'contents' | 'down' | 'first' | 'generate' | 'go' | 'help' | 'language' | 'last' | 'next' | 'present' | 'reveal' | 'theme' | 'up' | 'experiments'} Intent */

/** @type {Record<string, Intent>} */
const PRESENTING = {
  ArrowRight: 'next', PageDown: 'next', ' ': 'reveal', Enter: 'reveal', ArrowLeft: 'back', PageUp: 'back', Backspace: 'back', Home: 'first', End: 'last', ArrowDown: 'down', ArrowUp: 'up',
  Escape: 'close', g: 'generate', w: 'experiments', '?': 'help', h: 'help', t: 'theme', l: 'language', p: 'close',
};
/** @type {Record<string, Intent>} */
const WALKING = { ArrowRight: 'next', ArrowLeft: 'back' };

/** @param {Pressed} event @param {{ presenting: boolean, walking: boolean }} where @returns {Intent | number | null} a number: that choice, or that chapter */
export function meaning({ key, ctrlKey, metaKey, altKey }, { presenting, walking }) {
  if (ctrlKey || metaKey || altKey) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (presenting) return /^\d$/.test(name) ? (Number(name) + 9) % 10 : PRESENTING[name] ?? null;
  if (name === 'p') return 'present';
  return walking ? WALKING[name] ?? null : null;
}

/** Where a letter is typed. @param {EventTarget | null} target */
const typing = (target) => target instanceof Element && target.closest('input:not([type=radio], [type=checkbox]), select, textarea, dialog, [contenteditable]') !== null;

/** Where a key belongs to what has the focus: typing, choosing from a list, walking along the figure or the table. @param {Intent | number} what @param {EventTarget | null} target */
export const taken = (what, target) => typing(target) || (what !== 'present' && target instanceof Element && target.closest('input, #stage') !== null);

/** A button that has the focus is pressed by these. @param {Pressed} event @param {EventTarget | null} target */
export const pressing = ({ key }, target) => (key === 'Enter' || key === ' ') && target instanceof Element && target.closest('button, a, summary') !== null;
