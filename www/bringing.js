// A cluster that somebody brings: files in, what they were recognised as out, and everything forgotten on demand. The renewal is mending.js.
/** @import { Event, State } from './state.js' */
/** @import { CoreError, Corrections, ImportedFile, Role } from './wasm.d.ts' */
/** @import { Gathered } from './gathering.js' */
import { asCoreError } from './core.js';
import { Estate } from './estate.js';
import { chosen, dropped } from './gathering.js';
import { IssuedCertificates } from './issued.js';
import { Mending } from './mending.js';

/** @typedef {'findings' | 'again' | 'expiry' | 'files'} Tab */
/**
 * @typedef {{ open: boolean, tab: Tab, reading: { done: number, of: number } | null, listing: ImportedFile[], error: CoreError | null, more: boolean, pasted: 'key' | 'nothing' | 'taken' | null,
 *   finding: number | null, filter: string, page: number, opened: number | null }} View
 *   open: the dialog is; more: files were left out; finding: the one that is lit; opened: how much the last passphrase opened
 */
/**
 * @typedef {{ state: () => State, dispatch: (event: Event) => void, changed: () => void, brought: (court: import('./court.js').Court) => void, forgotten: () => void, lost: () => void,
 *   core: Pick<import('./core.js').Core, 'plan' | 'decode' | 'decodeRequest'>, modules: Promise<import('./crew.js').Modules>, means: import('./estate.js').Means }} Page
 *   brought: the figure is another cluster's now, and the court says what holds; lost: the worker died
 */

/** @type {View} */
const EMPTY = { open: false, tab: 'findings', reading: null, listing: [], error: null, more: false, pasted: null, finding: null, filter: '', page: 0, opened: null };

export class Bringing {
  view = EMPTY;
  mending;
  /** @type {Estate | null} */
  #estate = null;
  /** @type {Promise<unknown>} */
  #opening = Promise.resolve();
  /** @type {Corrections} */
  #corrections = {};
  #page;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    page.modules.catch(() => {}); // whoever waits for them hears of it
    this.mending = new Mending(page, () => this.#estate);
  }

  /** @param {Partial<View>} change */
  show(change) {
    this.view = { ...this.view, ...change };
    this.#page.changed();
  }

  ask() { this.show({ open: true, error: null, pasted: null, opened: null }); }
  dismiss() { this.show({ open: false }); }

  /** @param {DataTransfer} transfer */
  drop(transfer) { return this.#take(dropped(transfer)); }
  /** @param {Iterable<File>} files */
  choose(files) { return this.#take(Promise.resolve(chosen(files))); }

  /** A pasted text goes to the worker as it is, and is shown nowhere. @param {string} text */
  async paste(text) {
    if (!text.trim()) return;
    await this.#doing(async (estate) => {
      const { seen, listing } = await estate.paste(text);
      this.show({ listing, pasted: seen.secret ? 'key' : seen.kinds.length ? 'taken' : 'nothing' });
      if (seen.kinds.length) await this.#recognise(estate, true);
    });
  }

  /** @param {number | null} file @param {string} passphrase */
  async unlock(file, passphrase) {
    await this.#doing(async (estate) => {
      const opened = await estate.unlock(file, passphrase).catch(async (thrown) => {
        this.show({ listing: await estate.listing() });
        throw thrown;
      });
      this.show({ opened });
      await this.#recognise(estate, this.view.open);
    });
  }

  /** What the user knows better. @param {(before: Corrections) => Corrections} change */
  async correct(change) {
    this.#corrections = change(this.#corrections);
    await this.#doing((estate) => this.#recognise(estate, false));
  }

  /** @param {number} item @param {string | null} id @param {string | null} node */
  assign(item, id, node) { return this.correct((before) => ({ ...before, assigned: [...(before.assigned ?? []), { item, id, node }] })); }
  /** @param {string} node @param {string} address */
  address(node, address) { return this.correct((before) => ({ ...before, addresses: { ...before.addresses, [node]: address.split(/[\s,]+/).filter(Boolean) } })); }
  /** @param {string} node @param {Role} role */
  role(node, role) { return this.correct((before) => ({ ...before, roles: { ...before.roles, [node]: role } })); }
  /** @param {{ preset?: string, serviceCidr?: string }} what */
  set(what) { return this.correct((before) => ({ ...before, ...what })); }

  /** Ends the workers, and with them every key that was brought. */
  forget() {
    this.#estate?.end();
    this.#estate = null;
    this.#corrections = {};
    this.view = EMPTY;
    this.mending.forget();
    this.#page.forgotten();
  }

  /** What a finding is about, for the figure. @param {State} state @returns {import('./lights.js').Looked | null} */
  looked({ imported, phase }) {
    const found = phase === 'imported' && this.view.tab === 'findings' && this.view.finding !== null ? imported?.findings[this.view.finding] : undefined;
    return found ? { connections: found.connections, about: found.certificates } : null;
  }

  /** @param {Promise<Gathered>} gathering */
  async #take(gathering) {
    this.show({ open: true, reading: { done: 0, of: 0 }, error: null, pasted: null, opened: null });
    await this.#doing(async (estate) => {
      const { files, more } = await gathering, of = files.length;
      this.show({ reading: { done: 0, of } });
      const listing = await estate.take(files, (done) => this.show({ reading: { done, of } }));
      this.show({ listing, more });
      if (listing.some(({ items }) => items.length)) await this.#recognise(estate, false);
    });
    this.show({ reading: null });
  }

  /** @param {Estate} estate @param {boolean} open whether the dialog stays */
  async #recognise(estate, open) {
    const { core, dispatch, brought } = this.#page, found = await estate.recognise(this.#corrections, Date.now());
    const { recognition, listing, findings, expiries, keys } = found;
    const plan = core.plan(recognition.description);
    dispatch({ type: 'imported', plan, imported: { recognition, listing, findings, expiries, keys, given: new Set(found.certificates.map(({ id }) => id)), certificates: new IssuedCertificates(found.certificates, core.decode) } });
    this.show({ listing, open, finding: null });
    brought(estate.court());
    await this.mending.propose();
  }

  /** Whatever goes wrong is said, and what was read before stays. @param {(estate: Estate) => Promise<unknown>} what */
  async #doing(what) {
    /** @type {Estate | null} */
    let estate = null;
    try {
      estate = await this.#opened();
      await what(estate);
      if (this.#estate === estate) this.show({ error: null });
    } catch (thrown) {
      if (this.#estate === estate) this.show({ error: asCoreError(thrown) });
    }
  }

  async #opened() {
    if (!this.#estate) {
      const { means, modules } = this.#page;
      /** @type {Estate} */
      const estate = new Estate(means, () => { if (estate === this.#estate) { this.forget(); this.#page.lost(); } });
      this.#estate = estate;
      this.#opening = modules.then(({ core }) => estate.open(core));
    }
    const estate = this.#estate;
    await this.#opening;
    return estate;
  }
}
