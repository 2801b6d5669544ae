// Copies of the product with one thing changed, which every engine opens as it opens the product: a core of little memory, a script that runs before the page's own.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { output, product } from '../browser/open-page.js';

/** @param {string} name @param {string} html @returns {Promise<string>} its address */
async function kept(name, html) {
  const file = `${output}${name}.html`;
  await writeFile(file, html);
  return pathToFileURL(file).href;
}

/** With a script before everything else; the policy lets it in by its hash, as it does the page's own. @param {string} name @param {string} script */
export async function preceded(name, script) {
  const html = readFileSync(product, 'utf8'), hash = createHash('sha256').update(script).digest('base64');
  const changed = html.replace("script-src '", () => `script-src 'sha256-${hash}' '`).replace('<title>', () => `<script>${script}</script><title>`);
  assert.ok(changed.length > html.length + hash.length + script.length, 'both are in it');
  return kept(name, changed);
}

/** With a core that may have so many pages of memory more than it begins with: then its allocator is refused. @param {number} more */
export async function tight(more) {
  const html = readFileSync(product, 'utf8'), [, before, packed] = /(<script type="application\/wasm\+gzip" id="wasm">)([^<]+)/.exec(html) ?? [];
  const core = limited(gunzipSync(Buffer.from(packed, 'base64')), more);
  return kept(`tight-${more}`, html.replace(before + packed, () => before + gzipSync(core).toString('base64')));
}

/** A module whose memory has a maximum. @param {Uint8Array} module @param {number} more */
function limited(module, more) {
  /** @param {number} at @returns {[number, number]} LEB128 */
  const number = (at) => { let value = 0, shift = 0; for (;;) { const byte = module[at++]; value |= (byte & 0x7f) << shift; shift += 7; if (byte < 0x80) return [value, at]; } };
  const leb = (/** @type {number} */ value) => { const bytes = []; do { bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0)); value >>>= 7; } while (value); return bytes; };
  for (let at = 8; at < module.length;) {
    const id = module[at], [size, body] = number(at + 1);
    if (id === 5) {
      const [least] = number(body + 2), section = [1, 1, ...leb(least), ...leb(least + more)];
      assert.deepEqual([module[body], module[body + 1]], [1, 0], 'one memory without a maximum');
      return Buffer.concat([module.subarray(0, at), Buffer.from([5, ...leb(section.length), ...section]), module.subarray(body + size)]);
    }
    at = body + size;
  }
  throw new Error('no memory');
}
