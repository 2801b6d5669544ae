// The page of the key measurements: starts the workers and offers `bench` to whoever drives the browser.
import { crewSize } from '../../www/crew.js';
import { compileKernels } from '../../www/kernel.js';
import { webCryptoKey } from './webcrypto.js';

/** What the page carries, gzipped, under this id. @param {string} id */
async function carried(id) {
  const text = atob(/** @type {HTMLElement} */ (document.getElementById(id)).textContent ?? '');
  const packed = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

class Measuring {
  #worker;

  constructor() {
    const code = /** @type {HTMLElement} */ (document.getElementById('worker')).textContent ?? '';
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    this.#worker = new Worker(url);
  }

  /** @param {Record<string, unknown>} request @returns {Promise<any>} */
  ask(request) {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.result));
      this.#worker.onerror = ({ message }) => reject(new Error(message));
      this.#worker.postMessage(request);
    });
  }
}

/** As many as the page takes for the seed's ten keys. */
const workers = Array.from({ length: crewSize(10) }, () => new Measuring());

async function open() {
  const [kernels, ...cores] = await Promise.all([
    compileKernels((name) => carried(`kernel-${name}`)),
    ...['core-32', 'core-64'].map(async (id) => WebAssembly.compile(await carried(id))),
  ]);
  const modules = { cores: { 32: cores[0], 64: cores[1] }, kernels: kernels.modules };
  await Promise.all(workers.map((worker) => worker.ask({ action: 'open', ...modules })));
  return { kernels: kernels.modules.map(({ name }) => name), unknown: kernels.unknown, workers: workers.length };
}

const opened = open();

/** One request after the other, by one worker. @param {Record<string, unknown>[]} requests */
async function alone(requests) {
  await opened;
  const results = [];
  for (const request of requests) results.push(await workers[0].ask(request));
  return results;
}

/** Keys of some seeds by all workers, or by as many promises of WebCrypto: milliseconds a key. @param {string} variant @param {string} algorithm @param {number[]} seeds */
async function together(variant, algorithm, seeds) {
  await opened;
  const queue = [...seeds], start = performance.now();
  await Promise.all(variant === 'webcrypto' ? seeds.map(() => webCryptoKey(algorithm)) : workers.map(async (worker) => {
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) await worker.ask({ action: 'make', variant, algorithm, seeds: [seed] });
  }));
  return { ms: (performance.now() - start) / seeds.length };
}

Object.assign(globalThis, { bench: { opened, alone, together } });
