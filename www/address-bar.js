// The page's own address, and the hash behind it.

/** This page with another hash; '' for none. @param {string} hash */
export const linkTo = (hash) => location.href.replace(/#.*$/, '') + hash;

/** In place: no trail behind the back button, and nothing to follow. @param {string} hash */
export function showHash(hash) {
  try {
    if (location.hash !== hash) history.replaceState(null, '', linkTo(hash));
  } catch {
    // Some browsers refuse that to files: then a chapter's link is only in its button, and a reload asks again about a cluster's.
  }
}
