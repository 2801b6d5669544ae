// What the page says of itself: to those who do not see the figure, and for a moment to everybody.

/** Between two words on progress: screen readers say all that they are given. */
const APART = 1500;

let said = '', did = '', lately = -Infinity;
/** @type {WeakSet<object>} */
const told = new WeakSet();

/** What has become of the page's state; the same is not said twice. @param {import('./announcing.js').Said} what */
export function say({ text, how, about }, now = performance.now()) {
  const first = did;
  did = '';
  if (text === said || (about && told.has(about))) text = '';
  else said = text = how === 'progress' && now - lately < APART ? '' : text;
  if (text === '') { if (first) speak('live', first); return; }
  if (about) told.add(about);
  if (how === 'progress') lately = now;
  if (how === 'urgent') speak('alarm', text); else speak('live', [first, text].filter(Boolean).join(' '));
}

/** What was done, told together with what becomes of it: a reader keeps only the last that it is given at once. @param {string} text */
export const acted = (text) => { did = text; };

/** A region that hears the same twice would keep silent. @param {'live' | 'alarm'} region @param {string} text */
function speak(region, text) {
  const element = document.getElementById(region);
  if (element) element.textContent = element.textContent === text ? `${text}\u00a0` : text;
}

/** What was done, for a while. @param {string} text */
export function toast(text) {
  document.querySelector('.toast')?.remove();
  const shown = Object.assign(document.createElement('p'), { className: 'toast', textContent: text, ariaHidden: 'true' });
  document.body.append(shown);
  speak('live', text);
  setTimeout(() => shown.remove(), 5000);
}

/** On plain http there is no clipboard; a selection and the old command do. @param {string} text */
export async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement('textarea'), { value: text, className: 'unseen' });
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('refused');
}
