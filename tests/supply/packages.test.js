// What is installed is what was looked at: exact versions with their checksums, from the registries, and no script of a package runs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { project } from './page-file.js';

const read = (/** @type {string} */ path) => readFile(new URL(path, project), 'utf8');
const [manifest, lock, npmrc, cargoLock] = await Promise.all([read('package.json').then(JSON.parse), read('package-lock.json').then(JSON.parse), read('.npmrc'), read('Cargo.lock')]);

/** Faults of package.json and its lock. @param {any} manifest @param {any} lock */
function faults(manifest, lock) {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  /** @type {string[]} */
  const found = [];
  for (const [name, version] of Object.entries(wanted)) {
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) found.push(`${name} is ${version}, no exact version`);
    if (lock.packages[`node_modules/${name}`]?.version !== version) found.push(`${name} is another version in the lock`);
  }
  for (const [path, one] of Object.entries(lock.packages)) {
    if (path === '') continue;
    if (!/^sha512-[\w+/]{86}==$/.test(one.integrity ?? '')) found.push(`${path} has no checksum`);
    // Without an address npm takes the registry's; a folder, a git repository or another server would stand here.
    if (one.resolved || one.link) found.push(`${path} comes from ${one.resolved}`);
    if (one.inBundle) found.push(`${path} lies in another package, without a checksum of its own`);
  }
  return found;
}

test('every npm package is of one exact version, with its checksum, from the registry', () => {
  assert.ok(Object.keys(lock.packages).length > 50);
  assert.deepEqual(faults(manifest, lock), []);
});

test('a range, a missing checksum, another address and a version that is not the lock\'s are found', () => {
  const name = 'lit-html', path = `node_modules/${name}`;
  const changed = (/** @type {(manifest: any, lock: any) => void} */ change) => {
    const [a, b] = [structuredClone(manifest), structuredClone(lock)];
    change(a, b);
    return faults(a, b);
  };
  assert.deepEqual(changed((a) => { a.dependencies[name] = '^3.3.3'; }), ['lit-html is ^3.3.3, no exact version', 'lit-html is another version in the lock']);
  assert.deepEqual(changed((_, b) => { delete b.packages[path].integrity; }), [`${path} has no checksum`]);
  assert.deepEqual(changed((_, b) => { b.packages[path].resolved = 'git+ssh://git@example.com/lit.git'; }), [`${path} comes from git+ssh://git@example.com/lit.git`]);
  assert.deepEqual(changed((_, b) => { b.packages[path].version = '3.3.2'; }), ['lit-html is another version in the lock']);
});

test('no package may run a script when it is installed', () => {
  assert.match(npmrc, /^ignore-scripts=true$/m);
  assert.match(npmrc, /^save-exact=true$/m);
  // esbuild's checks that its binary is there, which npm put there as a package of its own; without it all works, as this build shows.
  const wish = Object.entries(lock.packages).filter(([, one]) => one.hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''));
  assert.deepEqual(wish.filter((name) => name !== 'fsevents'), ['esbuild']);
  // Nor does anything of ours.
  assert.equal(manifest.scripts, undefined);
});

test('of the npm packages one alone gets into the page', () => assert.deepEqual(Object.keys(manifest.dependencies), ['lit-html']));

test('every crate comes from crates.io, with its checksum, but for our own', () => {
  const crates = cargoLock.split('[[package]]').slice(1);
  const ours = crates.filter((one) => !one.includes('\nsource = ')).map((one) => one.match(/name = "(.*)"/)?.[1]);
  assert.deepEqual(ours, ['hardway', 'hardway-bench', 'hardway-kernel']);
  for (const one of crates.filter((text) => text.includes('\nsource = '))) {
    assert.match(one, /\nsource = "registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index"\nchecksum = "[0-9a-f]{64}"\n/);
  }
});

test('the build asks for what the locks say, and for nothing newer', async () => {
  const files = ['Makefile', 'build/wasm-compile.sh', 'build/linked.mjs', 'build/cargo-deny.sh'];
  for (const file of files) {
    const text = await read(file);
    for (const line of text.split('\n').filter((one) => /\bcargo(?: |\(')(?:build|fetch|install|metadata|run|rustc|test|tree)\b/.test(one) && !/^\s*(?:#|\/\/)|raise\(/.test(one))) assert.match(line, /--locked|"\$@"/, `${file}: ${line}`);
    assert.doesNotMatch(text, /npm (?:install|i) |curl |wget /, file);
  }
  assert.match(await read('Makefile'), /npm ci /);
});
