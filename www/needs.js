// What the page cannot do without.

/** A phone in Lockdown Mode, for one, has no WebAssembly. */
const NEEDED = ['WebAssembly', 'DecompressionStream', 'BigInt', 'Worker', 'Blob', 'HTMLDialogElement', 'crypto.getRandomValues'];

/** The first thing that this browser lacks. @param {any} scope */
export const lacking = (scope = globalThis) => NEEDED.find((name) => name.split('.').reduce((whole, part) => whole?.[part], scope) === undefined);
