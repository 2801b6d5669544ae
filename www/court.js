// The vault after the set is issued: it still has the authorities' keys, so that a lesson can really sign, and says what holds.
/** @import { Lesson, Overview, Verdict } from './wasm.d.ts' */
/** @import { Asked } from './worker.js' */

export class Court {
  /** Resolves when the page has no more use for it. @type {Promise<void>} */
  ended;
  #vault;
  #close = () => {};

  /** @param {Pick<Asked, 'ask' | 'end'>} vault */
  constructor(vault) {
    this.#vault = vault;
    this.ended = new Promise((resolve) => { this.#close = resolve; });
  }

  /** @param {number} now @returns {Promise<Overview>} */
  verdicts(now) { return this.#vault.ask('verdicts', { now }); }
  /** @param {string} connection @param {number} now @returns {Promise<Verdict>} */
  verdict(connection, now) { return this.#vault.ask('verdict', { connection, now }); }
  /** @returns {Promise<string[]>} */
  lessons() { return this.#vault.ask('lessons'); }
  /** @param {string | null} lesson null mends it all @param {number} now @returns {Promise<Lesson>} */
  lesson(lesson, now) { return this.#vault.ask('lesson', { lesson, now }); }
  /** The certification request of one certificate, PEM. @param {string} certificate @returns {Promise<string>} */
  request(certificate) { return this.#vault.ask('request', { certificate }); }
  /** The zip with every private key sealed. @param {string} passphrase @returns {Promise<Blob>} */
  sealed(passphrase) { return this.#vault.ask('bundle', { passphrase }); }
  /** A client's certificate with its key, PKCS#12. @param {string} certificate @param {string} passphrase @returns {Promise<Blob>} */
  pkcs12(certificate, passphrase) { return this.#vault.ask('pkcs12', { certificate, passphrase }); }
  /** What ends when, RFC 5545. @param {number} now @returns {Promise<string>} */
  calendar(now) { return this.#vault.ask('calendar', { now }); }
  /** With it ends the last worker that has a key. @param {unknown} reason */
  end(reason) {
    this.#close();
    this.#vault.end(reason);
  }
}
