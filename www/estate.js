// A cluster that somebody brought, behind its worker: its files and keys are there, and here is what may be known of them.
/** @import { Corrections, Description, Expiry, Finding, ImportedFile, ImportedKubeconfig, KeyChoice, Order, Recognition, Renewal, Words } from './wasm.d.ts' */
/** @import { Inventory } from './stock.js' */
/** @import { GivenFile } from './vault-import.js' */
import { Asked, over } from './worker.js';
import { Court } from './court.js';
import { lend } from './lending.js';

/** @typedef {{ recognition: Recognition, listing: ImportedFile[], kubeconfigs: { file: number, kubeconfig: ImportedKubeconfig }[], findings: Finding[], certificates: { id: string, pem: string }[], keys: string[], expiries: Expiry[] }} Found */
/** @typedef {{ kind: 'trust' | 'replace' | 'retire', words: Words, files: { certificate: string, reasons: import('./wasm.d.ts').Reason[] }[] }} Step */
/** @typedef {{ start: import('./worker.js').Spawn, locks: import('./worker.js').Locks | undefined }} Means */

export class Estate {
  /** The worker; key workers get their doors from it. */
  vault;

  /** @param {Means} means @param {(error: unknown) => void} onDeath */
  constructor({ start, locks }, onDeath) {
    this.vault = new Asked(start('vault-worker'), onDeath, locks);
  }

  /** @param {WebAssembly.Module} module @returns {Promise<void>} */
  open(module) { return this.vault.open({ module }, [], 'bring'); }
  /** Only the File objects go over; the worker reads them. @param {GivenFile[]} files @param {(done: number) => void} told @returns {Promise<ImportedFile[]>} */
  take(files, told) {
    return this.vault.ask('take', { files }, [], (news) => { if (typeof news === 'number') told(news); else lend(this.vault, files.map(({ file }) => file), news.lend); });
  }
  /** @param {string} text @returns {Promise<{ seen: { kinds: string[], secret: boolean }, listing: ImportedFile[] }>} */
  paste(text) { return this.vault.ask('paste', { text }); }
  /** @returns {Promise<ImportedFile[]>} */
  listing() { return this.vault.ask('listing'); }
  /** @param {number | null} file null: all @param {string} passphrase @returns {Promise<number>} */
  unlock(file, passphrase) { return this.vault.ask('unlock', { file, passphrase }); }
  /** @param {Corrections} corrections @param {number} now @returns {Promise<Found>} */
  recognise(corrections, now) { return this.vault.ask('recognise', { corrections, now }); }
  /** Verdicts are about the files as they were given again. @returns {Promise<void>} */
  restore() { return this.vault.ask('restore'); }

  /** @param {Description} description @param {number} now @param {number} until @returns {Promise<Order[]>} */
  proposal(description, now, until) { return this.vault.ask('proposal', { description, now, until }); }
  /** @param {Description} description @param {Record<string, KeyChoice>} chosen @param {number} now @returns {Promise<Renewal>} */
  preview(description, chosen, now) { return this.vault.ask('preview', { description, chosen, now }); }
  /** @param {Description} description @param {Record<string, KeyChoice>} chosen @param {number} now @returns {Promise<{ renewal: Renewal, inventory: Inventory }>} */
  renew(description, chosen, now) { return this.vault.ask('renew', { description, chosen, now }); }
  /** @returns {Promise<string[]>} */
  waiting() { return this.vault.ask('waiting'); }
  /** @param {string | null} passphrase @returns {Promise<Blob>} */
  requests(passphrase) { return this.vault.ask('requests', { passphrase }); }
  /** @param {Blob} file @param {number} now @returns {Promise<string[]>} */
  takeBack(file, now) { return this.vault.ask('takeBack', { file, now }, [], ({ lend: wanted }) => lend(this.vault, [file], wanted)); }
  /** @param {number} now @returns {Promise<Expiry[]>} */
  expiries(now) { return this.vault.ask('expiries', { now }); }
  /** @returns {Promise<Step[]>} */
  rotation() { return this.vault.ask('rotation'); }
  /** @param {number} step @returns {Promise<Blob>} */
  rotationBundle(step) { return this.vault.ask('rotationBundle', { step }); }

  /** Says what holds. It can be adjourned, and the files stay. */
  court() { return new Court({ ask: (...all) => this.vault.ask(...all), end() {} }); }

  /** Ends the worker, and with it every key. */
  end() { this.vault.end(over('forgotten')); }
}
