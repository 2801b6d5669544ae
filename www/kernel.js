// The kernels that test candidates for primes: small modules of their own, because an engine refuses a module with instructions it does not know.
/** @import { Kernel } from './wasm.d.ts' */

/** @typedef {Kernel['name']} Name */
/** @typedef {{ name: Name, module: WebAssembly.Module }} KernelModule */
/** @typedef {{ modules: KernelModule[], unknown: Name[], broken: Name[] }} Kernels unknown: the engine has no such instructions; broken: cannot be read */

/** Fastest first. @type {Name[]} */
export const NAMES = ['fma', 'dot'];

/** Compiles what the engine accepts; the worst case is none. @param {(name: Name) => Promise<BufferSource>} read @returns {Promise<Kernels>} */
export async function compileKernels(read) {
  /** @type {Kernels} */
  const kernels = { modules: [], unknown: [], broken: [] };
  for (const outcome of await Promise.all(NAMES.map((name) => compile(name, read)))) {
    if ('module' in outcome) kernels.modules.push(outcome);
    else kernels[outcome.fault].push(outcome.name);
  }
  return kernels;
}

/** @param {Name} name @param {(name: Name) => Promise<BufferSource>} read @returns {Promise<KernelModule | { name: Name, fault: 'unknown' | 'broken' }>} */
async function compile(name, read) {
  try {
    const bytes = await read(name);
    return WebAssembly.validate(bytes) ? { name, module: await WebAssembly.compile(bytes) } : { name, fault: 'unknown' };
  } catch {
    return { name, fault: 'broken' };
  }
}

/** A kernel that can be called; its numbers are copied into its own memory for every call. @param {KernelModule} compiled @returns {Kernel} */
export function startKernel({ name, module }) {
  const exports = new WebAssembly.Instance(module).exports;
  for (const name of FUNCTIONS) if (typeof exports[name] !== 'function') throw new TypeError(`a kernel without ${name}`);
  const { memory, lanes, input, fermat, miller_rabin, sound, wipe } = /** @type {Exports} */ (/** @type {unknown} */ (exports));
  /** @param {Uint32Array[]} numbers each as many words as all lanes take, one behind the other */
  const put = (...numbers) => {
    let at = input();
    for (const words of numbers) {
      new Uint32Array(memory.buffer, at, words.length).set(words);
      at += words.byteLength;
    }
  };
  let trapped = false;
  /**
   * A kernel that traps says from then on that everything passes. Nothing more can be wrong: the self-test and, in a search, the library's
   * round find that out, and the core takes the next kernel.
   * @param {() => number} call
   */
  const guarded = (call) => {
    try {
      if (!trapped) return call() >>> 0;
    } catch {
      trapped = true;
    }
    return ALL;
  };
  const width = lanes();
  return {
    name,
    lanes: () => width,
    sound: () => guarded(sound) === 1,
    fermat: (bits, candidates) => guarded(() => { put(candidates); return fermat(bits); }),
    millerRabin: (bits, candidates, bases) => guarded(() => { put(candidates, bases); return miller_rabin(bits); }),
    wipe: () => { guarded(() => { wipe(); return 0; }); },
  };
}

const ALL = 0xffff_ffff;
const FUNCTIONS = ['lanes', 'input', 'fermat', 'miller_rabin', 'sound', 'wipe'];

/**
 * @typedef {{
 *   memory: WebAssembly.Memory, lanes: () => number, input: () => number, sound: () => number, wipe: () => void,
 *   fermat: (bits: number) => number, miller_rabin: (bits: number) => number,
 * }} Exports
 */
