// Makes private keys, one whole key per request, signs its certification request and hands both to the vault over its own channel. The page
// never sees a key.
/** @import { PlannedCertificate } from '#wasm' */
/** @import { Receipt } from './stock.js' */
import { KeyMaker, initSync, sweep } from '#wasm';
import { answering, live } from './actions.js';
import { startKernel } from './kernel.js';

/** @type {MessagePort | undefined} */
let vault;
/** @type {KeyMaker | undefined} */
let maker;
/** Kernels that did not even start. @type {string[]} */
const dead = [];

const handle = answering({
  /** @param {{ module: WebAssembly.Module, kernels: import('./kernel.js').KernelModule[], vault: MessagePort, life: string | null }} request */
  open(request, tell) {
    initSync({ module: request.module });
    maker = new KeyMaker(request.kernels.flatMap(started));
    vault = request.vault;
    return live(request.life, tell);
  },
  /** @param {{ certificate: PlannedCertificate }} request */
  async generate({ certificate }) {
    const { id, keyAlgorithm: algorithm } = certificate, makes = /** @type {KeyMaker} */ (maker);
    const start = performance.now(), made = makes.generate(algorithm);
    const ms = performance.now() - start;
    try {
      const request = certificate.kind === 'key-pair' ? undefined : made.request(certificate);
      const receipt = await hand({ certificate: id, algorithm, key: made.pkcs8(), request });
      const kernel = algorithm.startsWith('rsa-') ? makes.kernel() : null;
      return { ms, candidates: made.candidates, kernel, refused: [...dead, ...makes.refused()], receipt };
    } finally {
      made.free();
    }
  },
}, sweep);

/** @param {import('./kernel.js').KernelModule} compiled */
function started(compiled) {
  try {
    return [startKernel(compiled)];
  } catch {
    dead.push(compiled.name);
    return [];
  }
}

/**
 * Resolves when the vault has the key: only then is it called made.
 * @param {{ certificate: string, algorithm: string, key: Uint8Array, request: Uint8Array | undefined }} body @returns {Promise<Receipt>}
 */
const hand = (body) => new Promise((resolve, reject) => {
  const port = /** @type {MessagePort} */ (vault);
  port.onmessage = ({ data }) => (data.error ? reject(data.error) : resolve(data.result));
  port.postMessage({ id: 0, action: 'add', ...body }, body.request ? [body.key.buffer, body.request.buffer] : [body.key.buffer]);
});

const scope = /** @type {import('./actions.js').Target} */ (/** @type {unknown} */ (self));
self.onmessage = (event) => handle(event, scope);
