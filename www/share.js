// A description as text that can be passed on: the hash of a link, or a file. Whoever made the text may be hostile.
/** @import { CoreError, Description, Preset } from './wasm.d.ts' */

/** Of the text's form; a page that meets a higher number says so. */
const VERSION = 1;
/** A description of 5,000 nodes is about 400 KB. */
const MOST = 1_000_000;

/** All that a description has. Nothing else is ever written, whatever else the page comes to hold. */
const FIELDS = /** @type {const} */ (['preset', 'name', 'nodes', 'serviceCidr', 'clusterDomain', 'controlPlaneEndpoint', 'kubernetesVersion', 'keyAlgorithm', 'validityDays',
  'validUntil', 'authorityValidityDays', 'authorityValidUntil', 'authoritySubject', 'certificates']);

/** What is not the preset's own. @param {Description} description @param {Preset[]} presets @returns {Description} */
export function essence(description, presets) {
  const usual = presets.find(({ id }) => id === description.preset)?.description;
  const parts = FIELDS.filter((field) => description[field] !== undefined && (field === 'preset' || canonical(description[field]) !== canonical(usual?.[field])));
  return /** @type {Description} */ (/** @type {unknown} */ (Object.fromEntries(parts.map((field) => [field, description[field]]))));
}

/** JSON in which the order of names means nothing. @param {unknown} value */
const canonical = (value) => JSON.stringify(value, (_, part) => (part && typeof part === 'object' && !Array.isArray(part)
  ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));

/** '#1.eJy…' @param {Description} description @param {Preset[]} presets */
export async function toHash(description, presets) {
  const packed = await new Response(new Blob([JSON.stringify(essence(description, presets))]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  const text = Array.from(new Uint8Array(packed), (byte) => String.fromCharCode(byte)).join('');
  return `#${VERSION}.${btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** What a hash says; whether it is a cluster is the core's to judge. @param {string} hash @returns {Promise<Description>} throws a CoreError */
export async function fromHash(hash) {
  const [, version, packed] = /^#(\d{1,6})\.([\w-]*)$/.exec(hash) ?? [];
  if (version === undefined) throw unreadable('link');
  if (Number(version) > VERSION) throw newer('link');
  let json;
  try {
    json = await inflated(Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0)));
  } catch (thrown) {
    throw thrown instanceof TooLarge ? tooLarge('link') : unreadable('link');
  }
  return parsed(json, 'link');
}

/** The text of cluster.json. @param {Description} description */
export function toFile(description) {
  const parts = FIELDS.filter((field) => description[field] !== undefined);
  return `${JSON.stringify({ hardway: VERSION, ...Object.fromEntries(parts.map((field) => [field, description[field]])) }, null, 2)}\n`;
}

/** @param {Blob} file @returns {Promise<Description>} throws a CoreError */
export async function fromFile(file) {
  if (file.size > MOST) throw tooLarge('file');
  const { hardway = VERSION, ...description } = /** @type {Description & { hardway?: unknown }} */ (parsed(await file.text(), 'file'));
  if (typeof hardway !== 'number' || hardway > VERSION) throw newer('file');
  return description;
}

/** Stops as soon as it is too much, so that no bomb goes off. @param {Uint8Array<ArrayBuffer>} packed */
export async function inflated(packed) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let size = 0;
  for (;;) {
    const { value } = await reader.read();
    if (!value) break;
    size += value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new TooLarge();
    }
    parts.push(value);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(await new Blob(parts).arrayBuffer());
}

class TooLarge extends Error {}

/** Names that JavaScript gives a meaning of its own are no names of anything here. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** @param {string} json @param {'link' | 'file'} from @returns {Description} */
function parsed(json, from) {
  let value;
  try {
    value = JSON.parse(json, (key, part) => {
      if (FORBIDDEN.has(key)) throw new SyntaxError('a forbidden name');
      return part;
    });
  } catch {
    throw unreadable(from);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(from);
  return value;
}

/** @typedef {'link' | 'file'} From */
const unreadable = (/** @type {From} */ from) => error(`${from}-unreadable`);
const newer = (/** @type {From} */ from) => error(`${from}-newer`);
const tooLarge = (/** @type {From} */ from) => error(`${from}-too-large`);
/** @param {string} code @returns {CoreError} */
const error = (code) => ({ code });

/** Longer links are cut off by mail programs and chats. */
export const LONGEST_LINK = 30_000;

/** Text of a stranger's, in which nothing is hidden and nothing turns the line around. @param {string} text */
export const visible = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
