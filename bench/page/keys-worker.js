// Makes keys and signatures, one measurement per request, with every variant in the same worker.
import * as limbs32 from '../../target/bench/core-32/core.js';
import * as limbs64 from '../../target/bench/core-64/core.js';
import { startKernel } from '../../www/kernel.js';
import { webCryptoKey } from './webcrypto.js';

/** By crypto-bigint's limbs. The product takes those of 32 bits. */
const cores = { 32: limbs32, 64: limbs64 };

/** A variant makes the key of a seed. @type {Record<string, (algorithm: string, seed: number) => Promise<Made> | Made>} */
const variants = { webcrypto: async (algorithm) => ({ pkcs8: await webCryptoKey(algorithm), candidates: 0 }) };

/** Fermat's test by every kernel. @type {Record<string, Pick<import('../../www/wasm.d.ts').Kernel, 'lanes' | 'fermat'>>} */
const tests = {};

/** @type {Record<string, (request: any) => unknown>} */
const actions = {
  /** @param {{ cores: Record<32 | 64, WebAssembly.Module>, kernels: import('../../www/kernel.js').KernelModule[] }} request */
  open({ cores: modules, kernels }) {
    limbs32.initSync({ module: modules[32] });
    limbs64.initSync({ module: modules[64] });
    for (const kernel of [...kernels.map(startKernel), undefined]) {
      const name = kernel?.name ?? 'scalar', maker = new limbs32.SeededMaker(kernel);
      tests[name] = kernel ?? { lanes: () => 1, fermat: limbs32.scalarFermat };
      variants[name] = (algorithm, seed) => {
        const made = taken(maker.make(algorithm, seed));
        if (algorithm.startsWith('rsa-') && maker.kernel() !== name) throw new Error(`${name} was refused: ${maker.kernel()} made the key`);
        return made;
      };
    }
    for (const [limbs, { libraryKey }] of Object.entries(cores))
      variants[`rsa-${limbs}`] = (algorithm, seed) => taken(libraryKey(Number(algorithm.slice(4)), seed));
  },

  /** The keys of some seeds, timed together: clocks of browsers are coarse. @param {{ variant: string, algorithm: string, seeds: number[] }} request */
  async make({ variant, algorithm, seeds }) {
    const start = performance.now();
    const made = [];
    for (const seed of seeds) made.push(await variants[variant](algorithm, seed));
    const ms = (performance.now() - start) / seeds.length;
    return { ms, candidates: made.reduce((sum, { candidates }) => sum + candidates, 0) / seeds.length, print: made.map(({ pkcs8 }) => print(pkcs8)).join(' ') };
  },

  /** Fermat's test alone. @param {{ kernel: string, bits: number, times: number }} request */
  fermat({ kernel, bits, times }) {
    const test = tests[kernel], lanes = test.lanes(), words = bits / 32;
    const candidates = crypto.getRandomValues(new Uint32Array(lanes * words));
    for (let lane = 0; lane < lanes; lane++) {
      candidates[lane * words] |= 1;
      candidates[(lane + 1) * words - 1] |= 0xc000_0000;
    }
    const start = performance.now();
    for (let i = 0; i < times; i++) test.fermat(bits, candidates);
    return { ms: (performance.now() - start) / times / lanes, lanes };
  },

  /** One step of an RSA key's life, or a signature. @param {{ limbs: 32 | 64, algorithm: string, step: string, times: number }} request */
  step({ limbs, algorithm, step, times }) {
    const run = prepared(limbs, algorithm)[step];
    const start = performance.now();
    run(times);
    return { ms: (performance.now() - start) / times };
  },
};

/** @type {Map<string, Record<string, (times: number) => void>>} */
const keys = new Map();

/** @param {32 | 64} limbs @param {string} algorithm */
function prepared(limbs, algorithm) {
  const name = `${algorithm} ${limbs}`, core = cores[limbs];
  let steps = keys.get(name);
  if (!steps) {
    const maker = new limbs32.SeededMaker(), { pkcs8 } = taken(maker.make(algorithm, 1));
    if (algorithm === 'ecdsa-p256') steps = { signature: (times) => core.signP256(pkcs8, times) };
    else if (algorithm === 'ecdsa-p384') steps = { signature: (times) => core.signP384(pkcs8, times) };
    else {
      const rsa = new core.RsaSteps(pkcs8);
      steps = Object.fromEntries(STEPS.map((step) => [step, (/** @type {number} */ times) => rsa[step](times)]));
    }
    keys.set(name, steps);
  }
  return steps;
}

const STEPS = /** @type {const} */ (['blinded', 'unblinded', 'blindedPowers', 'plainPowers', 'parameters', 'inverse', 'publicPowers', 'assembly', 'writing', 'reading']);

/** @param {import('../../target/bench/core-32/core.js').SeededKey} key @returns {Made} */
function taken(key) {
  const made = { pkcs8: key.pkcs8(), candidates: key.candidates };
  key.free();
  return made;
}

/** Tells keys apart (FNV-1a). @param {Uint8Array} bytes */
const print = (bytes) => bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5).toString(16);

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ result: await actions[data.action](data) });
  } catch (thrown) {
    self.postMessage({ error: String(thrown) });
  }
};

/** @typedef {{ pkcs8: Uint8Array, candidates: number }} Made */
