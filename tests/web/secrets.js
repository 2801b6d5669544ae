// What of a private key must not lie about, as bytes to look for, and where they are in a memory.
import { createPrivateKey } from 'node:crypto';

/** @typedef {{ key: string, what: string, order: 'big' | 'little' | 'text', at: number, bytes: Uint8Array }} Needle at: where in the whole the piece begins */
/** @typedef {Needle & { offset: number }} Found */

/** Any piece of a secret that is longer than 24 bytes is found: each needle has 16 bytes, and one begins every 8. */
const LENGTH = 16, STEP = 8;

/** Orders of the curves: SEC 2, sections 2.4.2 and 2.5.1. @type {Record<string, bigint>} */
const ORDERS = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-384': 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
};

/**
 * Every number of a key in both orders of its bytes, and its texts: PEM, and PEM in the base64 of a kubeconfig. Of DER and of the texts only
 * what is secret: the modulus and the point are in every certificate.
 * @param {string} key its name @param {Uint8Array} pkcs8 DER
 */
export function needlesOf(key, pkcs8) {
  const der = Buffer.from(pkcs8), private_ = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }), jwk = private_.export({ format: 'jwk' });
  /** @type {Needle[]} */
  const needles = [];
  /** @param {string} what @param {Needle['order']} order @param {Uint8Array} bytes */
  const add = (what, order, bytes) => {
    for (let at = 0; at + LENGTH <= bytes.length; at += STEP) needles.push({ key, what, order, at, bytes: bytes.slice(at, at + LENGTH) });
  };
  /** @param {string} what @param {Uint8Array} big */
  const number = (what, big) => { add(what, 'big', big); add(what, 'little', Uint8Array.from(big).reverse()); };
  for (const name of /** @type {const} */ (['d', 'p', 'q', 'dp', 'dq', 'qi'])) if (jwk[name]) number(name, Buffer.from(jwk[name], 'base64url'));
  const order = ORDERS[jwk.crv ?? ''];
  if (order) {
    const bits = 8n * BigInt(Buffer.from(jwk.d ?? '', 'base64url').length), montgomery = (BigInt(`0x${Buffer.from(jwk.d ?? '', 'base64url').toString('hex')}`) << bits) % order;
    number('d in Montgomery form', Buffer.from(montgomery.toString(16).padStart(Number(bits / 4n), '0'), 'hex'));
  }
  const from = der.indexOf(Buffer.from(jwk.d ?? '', 'base64url')), to = jwk.crv ? from + Buffer.from(jwk.d ?? '', 'base64url').length : der.length;
  const pem = /** @type {string} */ (private_.export({ format: 'pem', type: 'pkcs8' })), header = pem.indexOf('\n') + 1;
  /** Where the byte of the DER stands in the PEM. @param {number} byte */
  const inPem = (byte) => { const character = Math.ceil(byte * 4 / 3); return header + character + Math.floor(character / 64); };
  add('PEM', 'text', Buffer.from(pem.slice(inPem(from), inPem(to)).trim()));
  add('PEM in base64', 'text', Buffer.from(Buffer.from(pem).toString('base64').slice(Math.ceil(inPem(from) * 4 / 3), Math.floor(inPem(to) * 4 / 3)).replace(/=+$/, '')));
  return needles;
}

/** An index of needles, and a search through any number of memories. */
export class Scanner {
  /** By their first four bytes. @type {Map<number, Needle[]>} */
  #heads = new Map();
  /** Whether any needle's first two bytes are these. */
  #first = new Uint8Array(1 << 16);

  /** @param {Needle[]} needles */
  constructor(needles) {
    for (const needle of needles) {
      const { bytes } = needle, head = (bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24) >>> 0;
      this.#heads.set(head, [...this.#heads.get(head) ?? [], needle]);
      this.#first[head & 0xffff] = 1;
    }
  }

  /** @param {Uint8Array} memory @returns {Found[]} */
  scan(memory) {
    /** @type {Found[]} */
    const found = [];
    for (let i = 0; i + LENGTH <= memory.length; i++) {
      if (!this.#first[memory[i] | memory[i + 1] << 8]) continue;
      const head = (memory[i] | memory[i + 1] << 8 | memory[i + 2] << 16 | memory[i + 3] << 24) >>> 0;
      for (const needle of this.#heads.get(head) ?? []) {
        if (needle.bytes.every((byte, j) => memory[i + j] === byte)) found.push({ ...needle, offset: i });
      }
    }
    return found;
  }
}

/** How often each number or text of each key begins: `{'ca d little': 1}`. Pieces whose beginnings are gone count as `rest`. @param {Found[]} found */
export function counted(found) {
  /** @type {Record<string, number>} */
  const counts = {};
  const starts = new Set(found.filter(({ at }) => at === 0).map(({ key, what, order, offset }) => `${key} ${what} ${order} ${offset}`));
  for (const { key, what, order, at, offset } of found) {
    const whole = starts.has(`${key} ${what} ${order} ${offset - at}`), name = `${key} ${what} ${order}${whole ? '' : ' rest'}`;
    if (!whole || at === 0) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
