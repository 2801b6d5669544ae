// Makes private keys, one whole key per request, and hands each to the vault over its own channel. The page never sees one.
import { generateKey, initSync } from '#wasm';
import { answering, live } from './actions.js';

/** @type {MessagePort | undefined} */
let vault;

const handle = answering({
  /** @param {{ module: WebAssembly.Module, vault: MessagePort, life: string | null }} request */
  open(request) {
    initSync({ module: request.module });
    vault = request.vault;
    return live(request.life);
  },
  /** @param {{ certificate: string, algorithm: import('#wasm').KeyAlgorithm }} request @returns {Promise<{ ms: number }>} */
  async generate({ certificate, algorithm }) {
    const start = performance.now();
    const key = generateKey(algorithm);
    const ms = performance.now() - start;
    await hand(certificate, key);
    return { ms };
  },
});

/** Resolves when the vault has the key: only then is it called made. @param {string} certificate @param {Uint8Array} key */
const hand = (certificate, key) => new Promise((resolve, reject) => {
  const port = /** @type {MessagePort} */ (vault);
  port.onmessage = ({ data }) => (data.error ? reject(data.error) : resolve(undefined));
  port.postMessage({ id: 0, action: 'add', certificate, key }, [key.buffer]);
});

const scope = /** @type {import('./actions.js').Target} */ (/** @type {unknown} */ (self));
self.onmessage = (event) => handle(event, scope);
