// The one file of the page that touches wasm-bindgen's output. The page itself only plans; keys are made in workers.
/** @import { CoreError, DecodedCertificate, Description, Plan, Preset } from '#wasm' */
import * as wasm from '#wasm';
import { compileKernels } from './kernel.js';
import { lacking } from './needs.js';

/**
 * @typedef {{
 *   modules: import('./crew.js').Modules, kernels: import('./kernel.js').Kernels, presets: () => Preset[],
 *   plan: (description: Description, focus?: string) => Plan, decode: (pem: string) => DecodedCertificate, decodeRequest: typeof wasm.decodeRequest, anatomy: typeof wasm.anatomy,
 *   reissue: typeof wasm.reissue, recipe: typeof wasm.recipe, call: typeof wasm.call, nodesOfRange: typeof wasm.nodesOfRange, nodesOfList: typeof wasm.nodesOfList,
 * }} Core
 */

/** Inflates and compiles the core and the kernels that the page carries, once; the compiled modules are what the workers get. @returns {Promise<Core>} */
export async function openCore() {
  const missing = lacking();
  if (missing) throw { code: 'browser-lacks', message: `this browser has no ${missing}`, found: missing };
  const [core, kernels] = await Promise.all([carried('wasm').then(WebAssembly.compile).catch(damaged), compileKernels((name) => carried(`kernel-${name}`))]);
  wasm.initSync({ module: core });
  const { presets, decode, decodeRequest, anatomy, reissue, recipe, call, nodesOfRange, nodesOfList } = wasm;
  const plan = (/** @type {Description} */ description, /** @type {string | undefined} */ focus) => wasm.outline(description, Date.now(), focus);
  return { modules: { core, kernels: kernels.modules }, kernels, presets, plan, decode, decodeRequest, anatomy, reissue, recipe, call, nodesOfRange, nodesOfList };
}

/** @param {unknown} thrown @returns {never} */
const damaged = (thrown) => { throw { code: 'file-damaged', message: 'the core cannot be read', found: String(thrown) }; };

/** @param {string} id */
const carried = async (id) => inflate(document.getElementById(id)?.textContent ?? '');

/** @param {string} base64 of gzip */
async function inflate(base64) {
  const text = atob(base64.trim()), packed = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i);
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** Whatever was thrown, as an error that can be shown. @param {unknown} thrown @returns {CoreError} */
export function asCoreError(thrown) {
  if (thrown && typeof thrown === 'object' && 'code' in thrown && typeof thrown.code === 'string') {
    const { code, message = '', hint = '', field, expected, found, facts } = /** @type {CoreError} */ (thrown);
    return { code: String(code), message: String(message), hint: String(hint), field, expected, found, facts };
  }
  return { code: 'unexpected', found: String(thrown) };
}
