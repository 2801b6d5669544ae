// Links and files that chance makes: refused in words, or the very cluster. `node fuzz/share-link.mjs` goes on for as long as one likes.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as wasm from '#wasm';
import { dice, fuzz, holds } from '../../fuzz/share-link.mjs';

wasm.initSync({ module: new WebAssembly.Module(await readFile(new URL('../../target/wasm/hardway_bg.wasm', import.meta.url))) });

test('three thousand changed links and files are refused in words or make a cluster', async (t) => {
  const seed = Number(process.env.SEED ?? 8);
  const { runs, became } = await fuzz({ seed, cases: 3_000 });
  t.diagnostic(`SEED=${seed}: ${JSON.stringify(became)}`);
  assert.equal(runs, 3_000);
  // Both ways are taken, and the core is reached.
  for (const code of ['link-unreadable', 'link-too-large', 'file-unreadable', 'a cluster', 'description-shape', 'unknown-preset']) assert.ok((became[code] ?? 0) > 0, `${code}: ${JSON.stringify(became)}`);
});

test('a throw that says nothing is noticed', async () => {
  // As if share.js let the error of a parser through.
  const parse = JSON.parse;
  JSON.parse = () => { throw new RangeError('planted'); };
  try {
    await assert.doesNotReject(holds({ kind: 'json', data: Buffer.from('{}') }), 'it is folded into a word');
  } finally { JSON.parse = parse; }
  const decode = TextDecoder.prototype.decode, text = Blob.prototype.text;
  Blob.prototype.text = () => Promise.reject(new RangeError('planted'));
  try {
    await assert.rejects(holds({ kind: 'file', data: Buffer.from('{}') }), /planted/);
  } finally { Blob.prototype.text = text; TextDecoder.prototype.decode = decode; }
});

test('the same seed rolls the same numbers', () => {
  const [a, b, c] = [dice(1), dice(1), dice(2)].map((roll) => Array.from({ length: 50 }, () => roll(1000)));
  assert.deepEqual(a, b);
  assert.notDeepEqual(a, c);
});
