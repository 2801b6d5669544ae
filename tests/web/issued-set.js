// A whole set of certificates with their requests, made by the real core in Node: ECDSA, since that takes no time.
/** @import { KeyAlgorithm } from '../../www/wasm.d.ts' */
import { readFile } from 'node:fs/promises';
import * as wasm from '#wasm';

export { wasm };
wasm.initSync({ module: new WebAssembly.Module(await readFile(new URL('../../target/wasm/hardway_bg.wasm', import.meta.url))) });

/** @param {string} preset @param {KeyAlgorithm} keyAlgorithm @returns {{ id: string, certificate: string, request: string }[]} PEM */
export function issuedSet(preset, keyAlgorithm) {
  const vault = new wasm.Vault({ preset, keyAlgorithm }), maker = new wasm.KeyMaker([]);
  vault.begin(Date.UTC(2026, 10, 23));
  for (const planned of vault.roll()) {
    const key = maker.generate(planned.keyAlgorithm), request = planned.kind === 'key-pair' ? undefined : key.request(planned);
    vault.addKey(planned.id, planned.keyAlgorithm, key.pkcs8(), request);
  }
  return vault.issue().map(({ id, pem }) => ({ id, certificate: pem, request: vault.request(id) }));
}
