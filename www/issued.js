// The certificates that were made, and the requests that they answer. Of thousands only those are read that somebody looks at.
/** @import { Certificate } from './crew.js' */
/** @import { DecodedCertificate, DecodedRequest, IssuedCertificate, IssuedRequest } from './wasm.d.ts' */

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

  /** @param {string} id */
  has(id) { return this.#pems.has(id); }

  /** @param {string} id @returns {IssuedCertificate | undefined} */
  get(id) {
    const pem = this.#pems.get(id);
    if (pem === undefined || this.#decoded.has(id)) return this.#decoded.get(id);
    const decoded = { id, pem, ...this.#decode(pem) };
    this.#decoded.set(id, decoded);
    return decoded;
  }
}

/** The vault keeps the requests: each is asked for when it is first looked at. */
export class IssuedRequests {
  /** @type {Map<string, IssuedRequest | null | undefined>} */
  #known = new Map();
  #ask;
  #decode;
  #arrived;

  /** @param {(id: string) => Promise<string>} ask for its PEM @param {(pem: string) => DecodedRequest} decode @param {() => void} arrived what was asked for is there, or will never be */
  constructor(ask, decode, arrived) {
    this.#ask = ask;
    this.#decode = decode;
    this.#arrived = arrived;
  }

  /** undefined while it is on its way; null where there is none, or the vault has died. @param {string} id @returns {IssuedRequest | null | undefined} */
  get(id) {
    if (!this.#known.has(id)) this.#fetch(id);
    return this.#known.get(id);
  }

  /** @param {string} id */
  async #fetch(id) {
    this.#known.set(id, undefined);
    try {
      const pem = await this.#ask(id);
      this.#known.set(id, { id, pem, ...this.#decode(pem) });
    } catch {
      this.#known.set(id, null);
    }
    this.#arrived();
  }
}
