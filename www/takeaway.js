// Files that the vault makes on request: sealed bundles, PKCS#12, calendars. The page saves them and keeps nothing.
/** @import { Court } from './court.js' */
/** @import { CoreError } from './wasm.d.ts' */
import { asCoreError } from './core.js';
import { saved } from './passing.js';

export class Takeaway {
  /** Why the last one was not made. @type {CoreError | null} */
  error = null;
  /** @type {Court | null} */
  #court = null;
  #changed;

  /** @param {() => void} changed */
  constructor(changed) { this.#changed = changed; }

  /** From now on it is asked. @param {Court} court */
  of(court) {
    this.#court = court;
    this.error = null;
    court.ended.then(() => { if (this.#court === court) this.#court = null; });
  }

  /** @param {string} passphrase @param {string} name */
  sealed(passphrase, name) { return this.#save(name, (court) => court.sealed(passphrase)); }
  /** @param {string} certificate @param {string} passphrase */
  pkcs12(certificate, passphrase) { return this.#save(`${certificate.replaceAll('/', '-')}.p12`, (court) => court.pkcs12(certificate, passphrase)); }
  /** @param {string} cluster */
  calendar(cluster) { return this.#save(`${cluster}-expiry.ics`, async (court) => new Blob([await court.calendar(Date.now())], { type: 'text/calendar' })); }

  /** @param {string} name @param {(court: Court) => Promise<Blob>} make */
  async #save(name, make) {
    this.error = null;
    try {
      if (this.#court) saved(await make(this.#court), name);
    } catch (thrown) {
      this.error = asCoreError(thrown);
    }
    this.#changed();
  }
}
