// dist/hardway.html taken apart again.
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

export const project = new URL('../../', import.meta.url);
export const product = new URL('dist/hardway.html', project);

/** Everything in the page as text that a reader could find: the page itself, and its modules unpacked. */
export async function readable(page = product) {
  const html = await readFile(page, 'utf8');
  const packed = [...html.matchAll(/<script type="application\/wasm\+gzip" id="([\w-]+)">([^<]*)<\/script>/g)];
  return [{ name: 'the page', text: html.replace(/<script type="application\/wasm\+gzip"[^<]*<\/script>/g, '') },
    ...packed.map(([, name, base64]) => ({ name, text: gunzipSync(Buffer.from(base64, 'base64')).toString('latin1') }))];
}
