// Holds every private key from the moment it is made until the worker ends, signs with them, and lets out only the finished zip.
/** @import { Description, KeyAlgorithm } from '#wasm' */
/** @import { Kept } from './stock.js' */
import { Vault, initSync } from '#wasm';
import { answering, live } from './actions.js';

/** @type {Vault | undefined} */
let vault;
const open = () => {
  if (!vault) throw { code: 'unexpected', message: 'the vault is not open', hint: '' };
  return vault;
};

/** What each certificate of the plan wants for a key. @type {Record<string, KeyAlgorithm>} */
let algorithms = {};

/** Answers reach the page by several ways; the revision says which is the newest. */
let revision = 0;
/** @returns {Kept} */
const kept = () => ({ revision: ++revision, missing: open().missing() });

const handle = answering({
  /** @param {{ module: WebAssembly.Module, description: Description, algorithms: Record<string, KeyAlgorithm>, life: string | null }} request */
  async open(request) {
    initSync({ module: request.module });
    vault = new Vault(request.description);
    algorithms = request.algorithms;
    await live(request.life);
    return kept();
  },
  /** A key worker's own door, so that keys bypass the page. @param {{ door: MessagePort }} request */
  admit({ door }) {
    door.onmessage = (event) => handleKey(event, door);
    doors.push(door);
  },
  /** @param {{ description: Description, algorithms: Record<string, KeyAlgorithm> }} request */
  replan(request) {
    open().replan(request.description);
    algorithms = request.algorithms;
    return kept();
  },
  /** @param {{ now: number }} request */
  begin: ({ now }) => open().begin(now),
  issue: () => open().issue(),
  /** A Blob, so that the page holds a handle to the bytes and not the bytes. */
  bundle() {
    const bytes = open().bundle();
    const zip = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type: 'application/zip' });
    bytes.fill(0);
    return zip;
  },
});

const handleKey = answering({
  /**
   * A key whose certificate has left the plan, or has one by now, serves another of its algorithm; with none to serve it is dropped.
   * @param {{ certificate: string, algorithm: KeyAlgorithm, key: Uint8Array, request: Uint8Array }} request
   */
  add({ certificate, algorithm, key, request }) {
    try {
      const wanting = open().missing().filter((id) => algorithms[id] === algorithm);
      const id = wanting.includes(certificate) ? certificate : wanting[0];
      if (id !== undefined) open().addKey(id, key, id === certificate ? request : undefined);
      return kept();
    } finally {
      key.fill(0);
    }
  },
});

/** Held, so that no door is collected while a key is on its way. @type {MessagePort[]} */
const doors = [];

const scope = /** @type {import('./actions.js').Target} */ (/** @type {unknown} */ (self));
self.onmessage = (event) => handle(event, scope);
