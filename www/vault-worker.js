// Holds every private key from the moment it is made until the worker ends, signs with them, and lets out only the finished zip.
/** @import { Description, KeyAlgorithm } from '#wasm' */
/** @import { Inventory, Receipt } from './stock.js' */
import { Vault, initSync } from '#wasm';
import { answering, live } from './actions.js';

/** @type {Vault | undefined} */
let vault;
const open = () => {
  if (!vault) throw { code: 'unexpected', found: 'the vault is not open' };
  return vault;
};

/** Answers reach the page by several ways; the revision says which is the newest. */
let revision = 0;
/** @returns {Inventory} */
const inventory = () => ({ revision: ++revision, certificates: open().roll(), missing: open().missing() });

const handle = answering({
  /** @param {{ module: WebAssembly.Module, description: Description, life: string | null }} request */
  async open(request) {
    initSync({ module: request.module });
    vault = new Vault(request.description);
    await live(request.life);
    return inventory();
  },
  /** A key worker's own door, so that keys bypass the page. @param {{ door: MessagePort }} request */
  admit({ door }) {
    door.onmessage = (event) => handleKey(event, door);
    doors.push(door);
  },
  /** @param {{ description: Description }} request */
  replan(request) {
    open().replan(request.description);
    return inventory();
  },
  /** @param {{ now: number }} request */
  begin: ({ now }) => open().begin(now),
  issue: () => open().issue(),
  /** @param {{ certificate: string }} request */
  request: ({ certificate }) => open().request(certificate),
  /** @param {{ now: number }} request */
  verdicts: ({ now }) => open().verdicts(now),
  /** @param {{ connection: string, now: number }} request */
  verdict: ({ connection, now }) => open().verdict(connection, now),
  lessons: () => open().lessons(),
  /** @param {{ lesson: string | null, now: number }} request */
  lesson: ({ lesson, now }) => open().lesson(lesson ?? undefined, now),
  /** Pieces go into Blobs as they come, which the browser keeps where it likes: the page gets a handle to the bytes and not the bytes. */
  bundle(_request, packed) {
    /** @type {Blob[]} */
    const pieces = [];
    let bytes = 0;
    open().bundle((piece) => {
      pieces.push(new Blob([piece]));
      piece.fill(0);
      packed(bytes += piece.length);
    });
    return new Blob(pieces, { type: 'application/zip' });
  },
});

const handleKey = answering({
  /** @param {{ certificate: string, algorithm: KeyAlgorithm, key: Uint8Array, request: Uint8Array | undefined }} request @returns {Receipt} */
  add({ certificate, algorithm, key, request }) {
    try {
      return { held: open().addKey(certificate, algorithm, key, request) ?? null, revision: ++revision };
    } finally {
      key.fill(0);
    }
  },
});

/** Held, so that no door is collected while a key is on its way. @type {MessagePort[]} */
const doors = [];

const scope = /** @type {import('./actions.js').Target} */ (/** @type {unknown} */ (self));
self.onmessage = (event) => handle(event, scope);
