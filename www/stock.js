// What the vault holds of a plan's keys, and which key is to be made next. Pure: no workers, no clock.
/** @import { PlannedCertificate } from './wasm.d.ts' */

/** @typedef {{ revision: number, certificates: PlannedCertificate[], missing: string[] }} Inventory what the vault says of a whole plan */
/** @typedef {{ revision: number, held: string | null }} Receipt what the vault says of one key: which certificate has it; null: it served none */

export class Stock {
  /** Of the inventory. */
  #revision = 0;
  /** In the order of issuance. @type {Map<string, PlannedCertificate>} */
  #planned = new Map();
  /** In the order of issuance. @type {Set<string>} */
  #missing = new Set();
  /** The receipts that are newer than the inventory, by certificate. @type {Map<string, number>} */
  #receipts = new Map();
  /** @type {Set<PlannedCertificate>} */
  #underway = new Set();

  /** The vault's own word. Words overtake each other on their ways; the revision says which is the newer. @param {Inventory | Receipt} word */
  learn(word) {
    if ('held' in word) {
      if (word.held === null || word.revision <= this.#revision) return;
      this.#receipts.set(word.held, word.revision);
      this.#missing.delete(word.held);
    } else if (word.revision > this.#revision) {
      const { revision, certificates } = word, missing = new Set(word.missing);
      this.#revision = revision;
      for (const [id, when] of this.#receipts) if (when > revision) missing.delete(id); else this.#receipts.delete(id);
      this.#planned = new Map(certificates.map((one) => [one.id, one]));
      this.#missing = new Set([...this.#planned.keys()].filter((id) => missing.has(id)));
    }
  }

  /**
   * The next key to make, in the order of issuance, so that issuers come first; undefined when every missing one is underway.
   * A key underway for a certificate that has left the plan will serve another, so it counts as one of them.
   * @returns {PlannedCertificate | undefined}
   */
  next() {
    if (this.#underway.size >= this.#missing.size) return undefined;
    const named = new Set(this.underway);
    for (const id of this.#missing) if (!named.has(id)) return this.#planned.get(id);
    return undefined;
  }

  /** @param {PlannedCertificate} job */
  begun(job) { this.#underway.add(job); }

  /** @param {PlannedCertificate} job */
  ended(job) { this.#underway.delete(job); }

  /** Ids of the certificates whose keys are in the vault. */
  get ready() { return [...this.#planned.keys()].filter((id) => !this.#missing.has(id)); }

  /** How many they are. */
  get held() { return this.#planned.size - this.#missing.size; }

  /** Ids of the certificates whose keys are being made. */
  get underway() { return [...this.#underway].map(({ id }) => id); }

  get complete() { return this.#revision > 0 && this.#missing.size === 0; }
}
