// What would be lost: keys that nobody has downloaded. Before they go somebody hears of it; all else can be made, or read, again.
/** @import { State } from './state.js' */
import { wasSaved } from './passing.js';

/** The zip of a state that holds keys; of requests to be signed elsewhere, the keys are with it too. @param {Pick<State, 'issued' | 'waiting'>} state */
const held = ({ issued, waiting }) => issued?.zip ?? waiting?.zip ?? null;

/** Whether leaving the page would lose something that was asked for. @param {Pick<State, 'phase' | 'issued' | 'waiting'>} state */
export function atStake(state) {
  const zip = held(state);
  return state.phase === 'generating' || (zip !== null && !wasSaved(zip));
}

/** Whether a step has thrown away what nobody had downloaded. @param {State} before @param {State} after */
export function gone(before, after) {
  const zip = held(before);
  return zip !== null && held(after) === null && !wasSaved(zip);
}

/** Asks whoever leaves the page, in the browser's own words; nobody is asked who would lose nothing. @param {() => State} state */
export function guard(state) {
  addEventListener('beforeunload', (event) => {
    if (!atStake(state())) return;
    event.preventDefault();
    // What older browsers look at.
    event.returnValue = true;
  });
}

/** The second click of a double click is none: what stands under the mouse by then may be another button. @param {HTMLElement} place */
export const single = (place) => place.addEventListener('click', (event) => { if (event.detail > 1) event.stopPropagation(); }, true);

/** Whether the browser really has a zip, which may be on its disk: reads its end, where no key is. @param {Blob} zip */
export async function readable(zip) {
  await zip.slice(-22).arrayBuffer().catch((thrown) => { throw { code: 'bundle-unreadable', found: String(thrown) }; });
  return zip;
}
