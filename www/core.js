// The one file of the page that touches wasm-bindgen's output. The page itself only plans; keys are made in workers.
/** @import { CoreError, Description, Plan, Preset } from '#wasm' */
import * as wasm from '#wasm';
import { compileKernels } from './kernel.js';
import { lacking } from './needs.js';

/** @typedef {{ modules: import('./crew.js').Modules, kernels: import('./kernel.js').Kernels }} Opened */
/** @typedef {{ presets: Preset[], plan: Plan }} First what the page is first drawn from; computed when the page is built, by the same core */
/** @typedef {typeof core} Core */

/** What the core can be asked, once it is ready. */
export const core = {
  ready: false,
  presets: wasm.presets, decode: wasm.decode, decodeRequest: wasm.decodeRequest, anatomy: wasm.anatomy, reissue: wasm.reissue, recipe: wasm.recipe, call: wasm.call, nodesOfRange: wasm.nodesOfRange, nodesOfList: wasm.nodesOfList,
  /** @param {Description} description @param {string} [focus] */
  plan: (description, focus) => wasm.outline(description, Date.now(), focus),
};

/** Long before the core is compiled. @returns {First} */
export function readFirst() {
  try {
    return JSON.parse(document.getElementById('first')?.textContent ?? '');
  } catch (thrown) {
    return damaged(thrown);
  }
}

/** Inflates and compiles the core and the kernels that the page carries, once; the compiled modules are what the workers get. @returns {Promise<Opened>} */
export async function openCore() {
  const missing = lacking();
  if (missing) throw { code: 'browser-lacks', message: `this browser has no ${missing}`, found: missing };
  // The script stands before what it carries, which is long.
  if (document.readyState === 'loading') await new Promise((resolve) => { addEventListener('DOMContentLoaded', resolve); });
  const [module, kernels] = await Promise.all([carried('wasm').then(WebAssembly.compile).catch(damaged), compileKernels((name) => carried(`kernel-${name}`))]);
  wasm.initSync({ module });
  core.ready = true;
  return { modules: { core: module, kernels: kernels.modules }, kernels };
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
