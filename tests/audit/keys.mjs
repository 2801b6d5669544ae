// Makes what judge.py judges, a line of JSON each on standard output: RSA keys by the key worker of dist/hardway.html, and ECDSA signatures by its core.
//
//   node --experimental-wasm-relaxed-simd tests/audit/keys.mjs KEYS SIGNATURES
import { fileURLToPath } from 'node:url';
import * as wasm from '#wasm';
import { PageWorker, carried, compiled } from './page-worker.js';

const [keys, signatures] = process.argv.slice(2).map(Number);
const file = process.env.HARDWAY_PAGE ?? fileURLToPath(new URL('../../dist/hardway.html', import.meta.url)), page = await carried(file);
wasm.initSync({ module: compiled(page('wasm')) });

/** @param {object} line */
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
/** @param {Uint8Array} bytes */
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

/** An engine refuses what it does not know: Node 20 wants a flag for relaxed SIMD. @param {string} name */
function known(name) {
  try { return compiled(page(`kernel-${name}`)) instanceof WebAssembly.Module; } catch { return false; }
}

/** Mostly by the two kernels in turn; one key in twenty by the scalar one, which is slow. */
const kernels = ['fma', 'dot'].filter(known);
const shares = [...kernels.map((name) => ({ name, only: [name], keys: 0 })), { name: 'scalar', only: [], keys: 0 }];
for (let i = 0; i < keys; i++) shares[kernels.length && i % 20 !== 19 ? Math.floor(i / 20 + i) % kernels.length : shares.length - 1].keys++;

const planned = wasm.outline({ preset: 'hard-way-2020' }, Date.now()).certificates[1];
for (const { name, only, keys } of shares) {
  if (!keys) continue;
  const worker = new PageWorker(page);
  await worker.open(page, only);
  for (let i = 0; i < keys; i++) {
    const { key, kernel } = await worker.make(planned);
    if (kernel !== name) throw new Error(`made by ${kernel} and not by ${name}`);
    say({ rsa: base64(key), kernel });
    if ((i + 1) % 100 === 0) console.error(`${i + 1} of ${keys} keys by ${name}`);
  }
  await worker.end();
}

// Requests signed with one key of each curve: for other names other messages, for the same names the same.
const maker = new wasm.KeyMaker([]);
for (const [algorithm, count] of /** @type {const} */ ([['ecdsa-p256', signatures], ['ecdsa-p384', Math.ceil(signatures / 10)]])) {
  const key = maker.generate(algorithm);
  say({ ecdsa: algorithm, key: base64(key.pkcs8()) });
  for (let i = 0; i < count; i++) {
    const request = key.request({ ...planned, keyAlgorithm: algorithm, subject: [{ type: 'CN', value: `node-${i % (count - count / 10)}` }] });
    say({ ecdsa: algorithm, request: base64(request) });
  }
  key.free();
}
maker.free();
