// Clusters that come and go as text: by link, by file, by a list of nodes. What comes is shown in a dialog before it replaces anything.
/** @import { Description, Preset } from './wasm.d.ts' */
/** @import { Core } from './core.js' */
/** @import { Key } from './i18n.js' */
/** @import { Opening } from './panels/opening.js' */
/** @import { Many, Outcome } from './panels/many.js' */
import { linkTo, showHash } from './address-bar.js';
import { asCoreError } from './core.js';
import { EMPTY, withMany } from './panels/many.js';
import { LONGEST_LINK, fromFile, fromHash, toFile, toHash } from './share.js';

/** @typedef {{ opening: Opening } | { many: Many, outcome: Outcome }} Dialog */
/**
 * @typedef {{
 *   description: () => Description, edit: (description: Description) => void, changed: () => void, copy: (text: string, said: Key) => void, say: (what: Key) => void,
 * }} Page what the controller does for it
 */

export class Passing {
  /** What the dialog shows. @type {Dialog | null} */
  dialog = null;
  #core;
  #presets;
  #page;

  /** @param {Core} core @param {Preset[]} presets @param {Page} page */
  constructor(core, presets, page) {
    this.#core = core;
    this.#presets = presets;
    this.#page = page;
  }

  async copyLink() {
    const link = linkTo(await toHash(this.#page.description(), this.#presets));
    if (link.length > LONGEST_LINK) this.#page.say('share.long');
    else this.#page.copy(link, location.protocol === 'file:' ? 'share.copied.file' : 'share.copied');
  }

  save() {
    saved(new Blob([toFile(this.#page.description())], { type: 'application/json' }), 'cluster.json');
  }

  /** Asks for a file. */
  open() {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.json,application/json' });
    input.addEventListener('change', () => this.#read(input.files?.[0]));
    input.click();
  }

  /** One file that may be a description of ours; anything else that is dropped is somebody's cluster. @param {DataTransfer} transfer */
  takes({ files: { length, 0: file } }) {
    if (length !== 1 || !/\.json$/i.test(file.name)) return false;
    this.#read(file);
    return true;
  }

  /** Hashes of links that are followed are opened as well. */
  listen() {
    addEventListener('hashchange', () => this.follow());
    this.follow();
  }

  /** Shows what the address bar's hash contains, if it is one of ours. */
  async follow() {
    const { hash } = location;
    // The skip link's own, and the walkthrough's.
    if (hash === '' || hash === '#stage' || hash.startsWith('#chapter=')) return;
    await this.#shown('link', fromHash(hash));
  }

  /** @param {Partial<Many>} change */
  many(change) {
    const before = this.dialog && 'many' in this.dialog ? this.dialog.many : EMPTY, many = { ...before, ...change };
    /** @type {Outcome} */
    let outcome;
    try {
      outcome = withMany(many, this.#page.description(), this.#core);
      this.#core.plan(outcome.description);
    } catch (thrown) {
      outcome = { error: asCoreError(thrown) };
    }
    this.#show({ many, outcome });
  }

  /** Takes what the dialog shows. */
  accept() {
    const description = !this.dialog ? null : 'opening' in this.dialog ? this.dialog.opening.plan?.cluster : 'description' in this.dialog.outcome ? this.dialog.outcome.description : null;
    this.dismiss();
    if (description) this.#page.edit(description);
  }

  dismiss() {
    // So that a reload does not ask again.
    if (this.dialog && 'opening' in this.dialog && this.dialog.opening.from === 'link') showHash('');
    this.#show(null);
  }

  /** @param {File | undefined} file */
  async #read(file) {
    if (file) await this.#shown('file', fromFile(file));
  }

  /** @param {Opening['from']} from @param {Promise<Description>} reading */
  async #shown(from, reading) {
    try {
      this.#show({ opening: { from, plan: this.#core.plan(await reading), error: null } });
    } catch (thrown) {
      this.#show({ opening: { from, plan: null, error: asCoreError(thrown) } });
    }
  }

  /** @param {Dialog | null} dialog */
  #show(dialog) {
    this.dialog = dialog;
    this.#page.changed();
  }
}

/** What the browser was given to save. @type {WeakSet<Blob>} */
const given = new WeakSet();
/** @param {Blob} blob */
export const wasSaved = (blob) => given.has(blob);

/** The browser reads the blob after the click; a minute is far more than it needs to begin. @param {Blob} blob @param {string} name */
export function saved(blob, name) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  given.add(blob);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
