// The kernels: which are compiled, and what becomes of one that cannot be read, is not known, or traps.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { compileKernels, startKernel } from '../../www/kernel.js';

const project = new URL('../../', import.meta.url);
/** @param {string} name */
const built = async (name) => new Uint8Array(await readFile(new URL(`target/wasm/${name}.wasm`, project)));
const EMPTY = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

test('kernels are compiled fastest first', async () => {
  const kernels = await compileKernels(async () => EMPTY);
  assert.deepEqual(kernels.modules.map(({ name }) => name), ['fma', 'dot']);
  assert.ok(kernels.modules.every(({ module }) => module instanceof WebAssembly.Module));
  assert.deepEqual([kernels.unknown, kernels.broken], [[], []]);
});

test('a kernel that the engine does not know is left out, and the next one is there', async () => {
  const kernels = await compileKernels(async (name) => (name === 'fma' ? new Uint8Array([...EMPTY, 99]) : EMPTY));
  assert.deepEqual(kernels.modules.map(({ name }) => name), ['dot']);
  assert.deepEqual(kernels.unknown, ['fma']);
});

test('a kernel that cannot be read is left out and named', async () => {
  const kernels = await compileKernels(async () => { throw new TypeError('gzip'); });
  assert.deepEqual(kernels, { modules: [], unknown: [], broken: ['fma', 'dot'] });
});

/** @param {bigint} number */
const words = (number, bits = 1024) => Uint32Array.from({ length: bits / 32 }, (_, i) => Number((number >> BigInt(32 * i)) & 0xffff_ffffn));
/** @param {Uint32Array[]} numbers */
const together = (...numbers) => Uint32Array.from(numbers.flatMap((one) => [...one]));
// 2^1024 - 105 is the greatest prime of 1024 bits.
const PRIME = words(2n ** 1024n - 105n), COMPOSITE = words(2n ** 1024n - 103n), BASE = words(3n ** 600n);

test('the dot kernel that was built tells a prime from a composite in each lane, also after it was wiped', async () => {
  const module = await WebAssembly.compile(await built('dot')), kernel = startKernel({ name: 'dot', module });
  assert.equal(kernel.sound(), true);
  assert.equal(kernel.lanes(), 4);
  const candidates = together(PRIME, COMPOSITE, COMPOSITE, PRIME);
  assert.equal(kernel.fermat(1024, candidates), 0b1001);
  assert.equal(kernel.millerRabin(1024, candidates, together(BASE, BASE, BASE, BASE)), 0b1001);
  kernel.wipe();
  assert.equal(kernel.fermat(1024, together(COMPOSITE, PRIME, PRIME, COMPOSITE)), 0b0110);
});

test('a kernel that was wiped keeps nothing of the candidates: its memory is that of a new one', async () => {
  const module = await WebAssembly.compile(await built('dot'));
  const [used, fresh] = [0, 1].map(() => /** @type {any} */ (new WebAssembly.Instance(module).exports));
  const secrets = Uint32Array.from({ length: 8 * 32 }, (_, i) => (Math.imul(i + 1, 0x9e37_79b1) | 1) >>> 0);
  new Uint32Array(used.memory.buffer, used.input(), secrets.length).set(secrets);
  used.miller_rabin(1024);
  /** Bytes that are not those of a new instance. */
  const remains = () => {
    const before = new Uint8Array(fresh.memory.buffer);
    return new Uint8Array(used.memory.buffer).reduce((sum, byte, i) => sum + Number(byte !== before[i]), 0);
  };
  assert.ok(remains() > 4 * secrets.length, 'the control: what was put in is there');
  used.wipe();
  // The frame of wipe itself may remain.
  assert.ok(remains() < 64, `${remains()} bytes remain`);
});

test('the core makes keys with the kernel, and says that it did', async () => {
  const { KeyMaker, initSync } = await import('#wasm');
  initSync({ module: new WebAssembly.Module(await readFile(new URL('target/wasm/hardway_bg.wasm', project))) });
  const kernel = startKernel({ name: 'dot', module: await WebAssembly.compile(await built('dot')) });
  const maker = new KeyMaker([kernel]);
  const key = maker.generate('rsa-2048');
  assert.deepEqual([maker.kernel(), maker.refused()], ['dot', []]);
  assert.ok(key.candidates > 1 && key.pkcs8().length > 1000);
  for (const [what, lie] of /** @type {[string, Partial<import('../../www/wasm.d.ts').Kernel>][]} */ ([
    ['lets everything pass', { fermat: () => 0xf, millerRabin: () => 0xf }], ['lets nothing pass', { fermat: () => 0 }],
    ['is not sound', { sound: () => false }], ['has no lanes', { lanes: () => 0 }],
  ])) {
    const wary = new KeyMaker([{ ...kernel, ...lie }]);
    wary.generate('ecdsa-p256');
    assert.deepEqual(wary.refused(), [], 'nothing is tested before it is needed');
    assert.ok(wary.generate('rsa-2048').pkcs8().length > 1000, what);
    assert.deepEqual([wary.kernel(), wary.refused()], ['scalar', ['dot']], what);
  }
});

test('a kernel that traps lets everything pass from then on, which no self-test believes', async () => {
  const module = await WebAssembly.compile(await trapping()), kernel = startKernel({ name: 'fma', module });
  assert.equal(kernel.lanes(), 2);
  assert.equal(kernel.sound(), true);
  assert.equal(kernel.fermat(1024, together(PRIME, COMPOSITE)), 0xffff_ffff);
  assert.equal(kernel.sound(), false);
  kernel.wipe();
  const { KeyMaker } = await import('#wasm');
  const maker = new KeyMaker([startKernel({ name: 'fma', module })]);
  maker.generate('rsa-2048');
  assert.deepEqual(maker.refused(), ['fma']);
});

test('a module that is no kernel does not start', async () => {
  const module = await WebAssembly.compile(EMPTY);
  assert.throws(() => startKernel({ name: 'fma', module }), /without lanes/);
});

test('numbers that do not fit the memory of a kernel count as a trap, not as an exception', async () => {
  const kernel = startKernel({ name: 'fma', module: await WebAssembly.compile(await trapping()) });
  assert.equal(kernel.millerRabin(2048, new Uint32Array(1 << 16), new Uint32Array(1 << 16)), 0xffff_ffff);
});

/** Two lanes, sound, and every test is `unreachable`. */
const trapping = async () => {
  const { default: binaryen } = await import('binaryen');
  const parsed = binaryen.parseText(`(module (memory (export "memory") 1)
    (func (export "lanes") (result i32) (i32.const 2)) (func (export "input") (result i32) (i32.const 1024)) (func (export "sound") (result i32) (i32.const 1))
    (func (export "wipe")) (func (export "fermat") (param i32) (result i32) (unreachable)) (func (export "miller_rabin") (param i32) (result i32) (unreachable)))`);
  try {
    return /** @type {Uint8Array<ArrayBuffer>} */ (parsed.emitBinary());
  } finally {
    parsed.dispose();
  }
};
