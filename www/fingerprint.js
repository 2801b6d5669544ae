// The page's last line, by which everybody can see that they have the same page: the sha256 of all lines above it.
// A file cannot hold the hash of its own bytes; of those before the hash it can.

const LINE = /^sha256 of all lines above: ([0-9a-f]{64})$/;

/** @param {string} page whole lines @param {string} fingerprint */
export function sealed(page, fingerprint) {
  if (!page.endsWith('\n')) throw new Error('the last line of the page has no end');
  return `${page}<!--sha256 of all lines above: ${fingerprint}-->\n`;
}

/** What the page says of itself; null: it was not made by build.mjs. What follows `</html>` belongs to the document. @param {{ childNodes: Iterable<Node> }} [from] */
export function fingerprint(from = globalThis.document) {
  for (const node of from?.childNodes ?? []) {
    const [, found] = (node.nodeType === 8 && node.nodeValue?.match(LINE)) || [];
    if (found) return found;
  }
  return null;
}
