// What the page remembers between visits: language and theme, nothing about the cluster. Storage may be forbidden; then it forgets.

/** @param {string} name */
export function remembered(name) {
  try {
    return localStorage.getItem(`hardway.${name}`);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(`hardway.${name}`, value);
  } catch {
    // A private window may refuse; the choice still holds until the page closes.
  }
}
