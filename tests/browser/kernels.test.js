// Kernels that the page carries, altered: one that lies, one that cannot be read, one that the engine does not know.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import binaryen from 'binaryen';
import { altered, generate, openBrowser, openPage, preparedAll } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

const FMA = 'fused multiply-add', DOT = '16-bit dot products', SCALAR = 'plain integers';

/** A kernel module that answers every test with this; as the page carries it. @param {string} answer @param {number} [sound] */
function lying(answer, sound = 1) {
  const module = binaryen.parseText(`(module (memory (export "memory") 1)
    (func (export "lanes") (result i32) (i32.const 2)) (func (export "input") (result i32) (i32.const 1024))
    (func (export "sound") (result i32) (i32.const ${sound})) (func (export "wipe"))
    (func (export "fermat") (param i32) (result i32) ${answer}) (func (export "miller_rabin") (param i32) (result i32) ${answer}))`);
  try {
    return carried(module.emitBinary());
  } finally {
    module.dispose();
  }
}
/** @param {Uint8Array} bytes */
const carried = (bytes) => gzipSync(bytes).toString('base64');
const UNKNOWN = carried(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99]));

/** @param {import('playwright-core').Page} page */
const about = async (page) => {
  const details = page.locator('details.about');
  if (!(await details.evaluate((element) => /** @type {HTMLDetailsElement} */ (element).open))) await details.locator('summary').click();
  return details.innerText();
};

test('About names the kernel before and after the first key; the fastest runs in Chromium', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  assert.match(await about(page), new RegExp(`will be searched for by ${FMA}`));
  await generate(page);
  assert.match(await about(page), new RegExp(`was found by ${FMA}`));
  assert.doesNotMatch(await about(page), /Not used|Not in this browser/);
  assert.deepEqual(complaints, []);
  await context.close();
});

/** @type {[string, Record<string, string>, string, RegExp[]][]} */
const FAULTS = [
  ['lets everything pass', { fma: lying('(i32.const 3)') }, DOT, [new RegExp(`Not used: ${FMA}.*failed its test`)]],
  ['lets nothing pass', { fma: lying('(i32.const 0)') }, DOT, [new RegExp(`Not used: ${FMA}.*failed its test`)]],
  ['does not multiply as it must', { fma: lying('(i32.const 0)', 0) }, DOT, [new RegExp(`Not used: ${FMA}.*failed its test`)]],
  ['traps', { fma: lying('(unreachable)') }, DOT, [new RegExp(`Not used: ${FMA}.*failed its test`)]],
  ['is no kernel', { fma: carried(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])) }, DOT, [new RegExp(`Not used: ${FMA}`)]],
  ['cannot be read', { fma: 'AAAA' }, DOT, [new RegExp(`Not used: ${FMA}.*cannot be read`)]],
  ['has instructions that the engine does not know', { fma: UNKNOWN }, DOT, [new RegExp(`Not in this browser: ${FMA}`)]],
  ['lies, and so does the next', { fma: lying('(i32.const 3)'), dot: lying('(i32.const 3)') }, SCALAR,
    [new RegExp(`Not used: ${FMA}.*failed its test`), new RegExp(`Not used: ${DOT}.*failed its test`)]],
  ['is not known, and neither is the next', { fma: UNKNOWN, dot: UNKNOWN }, SCALAR, [new RegExp(`Not in this browser: ${FMA}`), new RegExp(`Not in this browser: ${DOT}`)]],
];
for (const [fault, modules, next, said] of FAULTS) test(`a kernel that ${fault}: the next one makes the keys, and About says so`, async () => {
  const file = await altered(`kernel-${FAULTS.findIndex(([one]) => one === fault)}`, Object.fromEntries(Object.entries(modules).map(([name, text]) => [`kernel-${name}`, () => text])));
  const { context, page, complaints } = await openPage(opened, { file });
  await preparedAll(page);
  await generate(page);
  const text = await about(page);
  assert.match(text, new RegExp(`was found by ${next}`));
  for (const sentence of said) assert.match(text, sentence);
  assert.deepEqual(complaints, []);
  await context.close();
});
