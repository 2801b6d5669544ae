// The chapter in the address bar.
import { CHAPTERS } from './chapters.js';

/** The chapter that it names. */
export const addressed = () => CHAPTERS.find((id) => location.hash === `#chapter=${id}`);

/** In place: going through chapters leaves no trail behind the back button. @param {string} hash */
export function address(hash) {
  try {
    if (location.hash !== hash) history.replaceState(null, '', location.href.replace(/#.*$/, '') + hash);
  } catch {
    // Some browsers refuse that to files: then the link is only in its button.
  }
}
