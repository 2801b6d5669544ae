// Pieces of files that the page lends to its vault where a worker may not read them itself, as in WebKit on file://. The page passes them on and looks at none.

/** @typedef {{ ticket: number, nth: number, from: number, to: number }} Wanted a piece of the nth file */

/** The worker's side. */
export class Borrowing {
  /** @type {Map<number, { resolve: (bytes: ArrayBuffer) => void, reject: (error: unknown) => void }>} */
  #waiting = new Map();
  #tickets = 0;

  /** How a piece of one file is had. @param {(progress: { lend: Wanted }) => void} tell @param {number} nth @returns {(from: number, to: number) => Promise<ArrayBuffer>} */
  of(tell, nth) {
    return (from, to) => new Promise((resolve, reject) => {
      const ticket = ++this.#tickets;
      this.#waiting.set(ticket, { resolve, reject });
      tell({ lend: { ticket, nth, from, to } });
    });
  }

  /** @param {{ ticket: number, bytes: ArrayBuffer | null }} answer null: the page could not read it either */
  lent({ ticket, bytes }) {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    if (bytes) waiting?.resolve(bytes);
    else waiting?.reject(new Error('unreadable'));
  }
}

/** The page's side. @param {Pick<import('./worker.js').Asked, 'ask'>} vault @param {Blob[]} files @param {Wanted} wanted */
export async function lend(vault, files, { ticket, nth, from, to }) {
  const bytes = await files[nth].slice(from, to).arrayBuffer().catch(() => null);
  await vault.ask('lent', { ticket, bytes }, bytes ? [bytes] : []).catch(() => {}); // a vault that has died is told of elsewhere
}
