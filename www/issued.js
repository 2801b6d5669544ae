// The certificates that were made. Of thousands only those are decoded that somebody looks at.
/** @import { Certificate } from './crew.js' */
/** @import { DecodedCertificate, IssuedCertificate } from './wasm.d.ts' */

export class IssuedCertificates {
  /** @type {Map<string, string>} */
  #pems;
  /** @type {Map<string, IssuedCertificate>} */
  #decoded = new Map();
  #decode;

  /** @param {Certificate[]} certificates @param {(pem: string) => DecodedCertificate} decode */
  constructor(certificates, decode) {
    this.#pems = new Map(certificates.map(({ id, pem }) => [id, pem]));
    this.#decode = decode;
  }

  get size() { return this.#pems.size; }

  /** @param {string} id @returns {IssuedCertificate | undefined} */
  get(id) {
    const pem = this.#pems.get(id);
    if (pem === undefined || this.#decoded.has(id)) return this.#decoded.get(id);
    const decoded = { id, pem, ...this.#decode(pem) };
    this.#decoded.set(id, decoded);
    return decoded;
  }
}
