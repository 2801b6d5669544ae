// The core in Node: plans as the page has them.
/** @import { Description, Plan } from '../../www/wasm.d.ts' */
import { readFileSync } from 'node:fs';
import * as wasm from '#wasm';

wasm.initSync({ module: new WebAssembly.Module(readFileSync(new URL('../../target/wasm/hardway_bg.wasm', import.meta.url))) });

/** Fixed, as every clock of a test. */
export const NOW = Date.UTC(2026, 10, 25);
export const presets = wasm.presets();

/** @param {Description} description @returns {Plan} */
export const planOf = (description) => wasm.outline(description, NOW);
