// Holds every private key from the moment it is made until the worker ends, signs with them, and lets out only the finished zip.
import { Vault, initSync } from '#wasm';
import { answering, live } from './actions.js';

/** @type {Vault | undefined} */
let vault;
const open = () => {
  if (!vault) throw { code: 'unexpected', message: 'the vault is not open', hint: '' };
  return vault;
};

const handle = answering({
  /** @param {{ module: WebAssembly.Module, description: import('#wasm').Description, now: number, life: string | null }} request */
  open(request) {
    initSync({ module: request.module });
    vault = new Vault(request.description, request.now);
    return live(request.life);
  },
  /** A key worker's own door, so that keys bypass the page. @param {{ door: MessagePort }} request */
  admit({ door }) {
    door.onmessage = (event) => handleKey(event, door);
    doors.push(door);
  },
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
  /** @param {{ certificate: string, key: Uint8Array }} request */
  add({ certificate, key }) {
    try {
      open().addKey(certificate, key);
    } finally {
      key.fill(0);
    }
  },
});

/** Held, so that no door is collected while a key is on its way. @type {MessagePort[]} */
const doors = [];

const scope = /** @type {import('./actions.js').Target} */ (/** @type {unknown} */ (self));
self.onmessage = (event) => handle(event, scope);
