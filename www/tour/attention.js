// What is to be read next has the focus and is in sight, however far down the reader was.

/** After the next drawing. @param {() => void} then */
export const redrawn = (then) => requestAnimationFrame(() => requestAnimationFrame(then));

/**
 * A chapter from its beginning. The heading may have the focus already, and then focusing scrolls nothing.
 * @param {ParentNode} panel
 */
export function begin(panel) {
  /** @type {HTMLElement | null} */ (panel.querySelector('.tourhead h2'))?.focus({ preventScroll: true });
  panel.querySelector('.tourhead')?.scrollIntoView({ block: 'nearest' });
}

/** A part of it that stands there now. @param {Element | null} part */
export function attend(part) {
  /** @type {HTMLElement | null} */ (part)?.focus({ preventScroll: true });
  part?.scrollIntoView({ block: 'nearest' });
}
