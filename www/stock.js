// What the vault holds of a plan's keys, and which key is to be made next. Pure: no workers, no clock.
/** @import { Plan, PlannedCertificate } from './wasm.d.ts' */

/** @typedef {{ revision: number, missing: string[] }} Kept what the vault says after each change */

export class Stock {
  #revision = 0;
  /** @type {PlannedCertificate[]} */
  #planned = [];
  /** @type {Set<string>} */
  #missing = new Set();
  /** @type {Set<PlannedCertificate>} */
  #underway = new Set();

  /** The vault's own word, unless a newer one is known. @param {Kept} kept */
  learn({ revision, missing }) {
    if (revision <= this.#revision) return;
    this.#revision = revision;
    this.#missing = new Set(missing);
  }

  /** @param {Plan} plan */
  follow({ certificates }) { this.#planned = certificates; }

  /**
   * The next key to make, in the order of issuance, so that issuers come first; undefined when every missing one is underway.
   * A key underway for a certificate that has left the plan will serve another, so it counts as one of them.
   * @returns {PlannedCertificate | undefined}
   */
  next() {
    if (this.#underway.size >= this.#missing.size) return undefined;
    const named = new Set([...this.#underway].map(({ id }) => id));
    return this.#planned.find(({ id }) => this.#missing.has(id) && !named.has(id));
  }

  /** @param {PlannedCertificate} job */
  begun(job) { this.#underway.add(job); }

  /** @param {PlannedCertificate} job */
  ended(job) { this.#underway.delete(job); }

  /** Ids of the certificates whose keys are in the vault. */
  get ready() { return this.#revision ? this.#planned.filter(({ id }) => !this.#missing.has(id)).map(({ id }) => id) : []; }

  /** Ids of the certificates whose keys are being made. */
  get underway() { return [...this.#underway].map(({ id }) => id); }

  get complete() { return this.#revision > 0 && this.#missing.size === 0; }
}
