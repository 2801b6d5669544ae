// What the vault worker does with the files of a cluster that exists. The page hands over File objects, whose bytes it never reads.
/** @import { Corrections, Description, KeyChoice } from '#wasm' */
import { Importer, glance } from '#wasm';
import { Borrowing } from './lending.js';

/** @typedef {{ file: File, path: string }} GivenFile */
/** @typedef {(piece: Uint8Array<ArrayBuffer>) => void} Sink */

export const borrowing = new Borrowing();

/** Bytes that are asked for at once. */
const PIECE = 4 << 20;

/** Everything that is written, in Blobs as it comes: the page gets a handle to the bytes and not the bytes. @param {(sink: Sink) => void} write @param {(bytes: number) => void} [told] */
export function packed(write, told = () => {}) {
  /** @type {Blob[]} */
  const pieces = [];
  let bytes = 0;
  write((piece) => {
    pieces.push(new Blob([piece]));
    piece.fill(0);
    told(bytes += piece.length);
  });
  return new Blob(pieces, { type: 'application/zip' });
}

/**
 * A whole file, read piece by piece. Whoever asks wipes it.
 * @param {Blob} file @param {(from: number, to: number) => Promise<ArrayBuffer>} [lent] how to get what this worker may not read
 */
export async function whole(file, lent) {
  const bytes = new Uint8Array(file.size);
  for (let at = 0; at < file.size; at += PIECE) {
    const read = file.slice(at, at + PIECE).arrayBuffer(), piece = new Uint8Array(await (lent ? read.catch(() => lent(at, at + PIECE)) : read));
    bytes.set(piece, at);
    piece.fill(0);
  }
  return bytes;
}

export class Imported {
  #importer = new Importer();
  #pasted = 0;

  /** What cannot be read is listed with its reason, and what was read before stays. @param {GivenFile[]} files @param {(news: any) => void} told how many are done, or what is to be lent */
  async take(files, told) {
    let done = 0;
    for (const [nth, { file, path }] of files.entries()) {
      if (this.#importer.admit(path, file.size)) {
        const bytes = await whole(file, borrowing.of(told, nth)).catch(() => new Uint8Array());
        this.#importer.add(path, bytes);
        bytes.fill(0);
      }
      if (++done % 16 === 0) told(done);
    }
    return this.#importer.listing();
  }

  /** @param {string} text */
  paste(text) {
    const bytes = new TextEncoder().encode(text), seen = glance(bytes);
    this.#importer.add(`pasted-${++this.#pasted}`, bytes);
    bytes.fill(0);
    return { seen, listing: this.#importer.listing() };
  }

  /** @param {number | null} file @param {string} passphrase */
  unlock(file, passphrase) { return this.#importer.unlock(file ?? undefined, passphrase); }

  listing() { return this.#importer.listing(); }

  /** Everything that the page shows of it. @param {Corrections} corrections @param {number} now */
  recognise(corrections, now) {
    const importer = this.#importer, recognition = importer.recognise(corrections);
    return { recognition, listing: importer.listing(), kubeconfigs: importer.kubeconfigs(), findings: importer.findings(now), certificates: importer.certificates(), keys: importer.keys() };
  }

  vault() { return this.#importer.vault(); }
  /** @param {number} now */
  verdicts(now) { return this.#importer.verdicts(now); }
  /** @param {string} connection @param {number} now */
  verdict(connection, now) { return this.#importer.verdict(connection, now); }
}

/**
 * What a renewal asks the vault.
 * @param {() => import('#wasm').Vault} open @param {() => unknown} inventory
 */
export const renewing = (open, inventory) => ({
  /** @param {{ description: Description, now: number, until: number }} request */
  proposal: ({ description, now, until }) => open().proposal(description, now, until),
  /** @param {{ description: Description, chosen: Record<string, KeyChoice>, now: number }} request */
  preview: ({ description, chosen, now }) => open().preview(description, chosen, now),
  /** @param {{ description: Description, chosen: Record<string, KeyChoice>, now: number }} request */
  renew({ description, chosen, now }) {
    const renewal = open().renew(description, chosen, now);
    return { renewal, inventory: inventory() };
  },
  waiting: () => open().waiting(),
  /** @param {{ passphrase: string | null }} request */
  requests: ({ passphrase }) => packed((sink) => open().requests(sink, passphrase ?? undefined)),
  /** A private key in the place of a certificate is neither taken nor shown. @param {{ file: Blob, now: number }} request */
  async takeBack({ file, now }, /** @type {(news: any) => void} */ told = () => {}) {
    const bytes = await whole(file, borrowing.of(told, 0));
    try {
      if (glance(bytes).secret) throw { code: 'import-key-among-certificates' };
      return open().takeBack(bytes, now);
    } finally {
      bytes.fill(0);
    }
  },
  /** @param {{ now: number }} request */
  expiries: ({ now }) => open().expiries(now),
  /** @param {{ now: number }} request */
  calendar: ({ now }) => open().calendar(now),
  /** @param {{ certificate: string, passphrase: string }} request */
  pkcs12({ certificate, passphrase }) {
    const bytes = open().pkcs12(certificate, passphrase);
    return new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type: 'application/x-pkcs12' });
  },
  rotation: () => open().rotation(),
  /** @param {{ step: number }} request */
  rotationBundle: ({ step }) => packed((sink) => open().rotationBundle(step, sink)),
});
