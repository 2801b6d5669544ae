// What other people wrote of what is in the page: the crates that are compiled into its core, and the npm packages that esbuild folded into its
// scripts. Said by those that put it there: cargo, and esbuild's own account of what it read (target/page-inputs.json).

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * @typedef {{ kind: 'cargo' | 'npm' | 'rust', name: string, version: string, license: string, folder: string, sha256?: string, sha512?: string, repository?: string, needs: string[] }} Linked
 * `needs`: the ids of others, as `id` makes them. `folder`: where its sources lie; '' for Rust's own library.
 */

export const project = fileURLToPath(new URL('..', import.meta.url));
const TARGET = 'wasm32-unknown-unknown';

/** @param {{ name: string, version: string }} linked */
export const id = ({ name, version }) => `${name}@${version}`;

/** In the order of their names. `ours`: the workspace's own members, which nobody else wrote. @returns {Promise<{ linked: Linked[], ours: Linked[] }>} */
export async function everythingLinked() {
  const [crates, packages, rust] = await Promise.all([fromCargo(), fromNpm(), standardLibrary()]);
  // Every crate is compiled against it.
  for (const one of crates) one.needs = [...one.needs, id(rust)];
  const isOurs = (/** @type {Linked} */ one) => !one.sha256;
  return {
    linked: [...crates.filter((one) => !isOurs(one)), ...packages, rust].sort((a, b) => (id(a) < id(b) ? -1 : 1)),
    ours: crates.filter(isOurs),
  };
}

/** @param {string[]} args */
async function cargo(...args) {
  const { stdout } = await promisify(execFile)('cargo', args, { cwd: project, maxBuffer: 1 << 28 });
  return stdout;
}

async function fromCargo() {
  // Not what runs at build time (build scripts, macros), nor what only tests need.
  const tree = await cargo('tree', '--locked', '--package', 'hardway', '--edges', 'normal,no-proc-macro', '--target', TARGET, '--prefix', 'depth', '--format', ' {p}');
  const { packages } = JSON.parse(await cargo('metadata', '--locked', '--format-version', '1', '--filter-platform', TARGET));
  const sums = checksums(await readFile(join(project, 'Cargo.lock'), 'utf8'));
  /** @type {Map<string, Linked>} */
  const found = new Map();
  /** The way down to the line's crate. @type {Linked[]} */
  const way = [];
  for (const line of tree.split('\n').filter(Boolean)) {
    const [, depth, name, version] = line.match(/^(\d+) (\S+) v(\S+)/) ?? raise(`cargo tree says ${line}`);
    const key = id({ name, version });
    const known = found.get(key) ?? crate(packages.find((/** @type {{ name: string, version: string }} */ one) => id(one) === key) ?? raise(`cargo metadata has no ${key}`), sums);
    found.set(key, known);
    way.length = Number(depth);
    const above = way.at(-1);
    if (above && !above.needs.includes(key)) above.needs.push(key);
    way.push(known);
  }
  return [...found.values()];
}

/** @param {{ name: string, version: string, license: string, manifest_path: string, repository?: string }} described @param {Map<string, string>} sums @returns {Linked} */
function crate({ name, version, license, manifest_path: manifest, repository }, sums) {
  // Cargo's old way to say OR.
  const expression = license?.replaceAll('/', ' OR ').replace(/ +/g, ' ') ?? raise(`${name} names no licence`);
  return { kind: 'cargo', name, version, license: expression, folder: manifest.replace(/[^/]*$/, ''), sha256: sums.get(id({ name, version })), repository: repository ?? undefined, needs: [] };
}

/** Of what comes from the registry. @param {string} lock */
function checksums(lock) {
  const blocks = lock.split('[[package]]').slice(1);
  const value = (/** @type {string} */ block, /** @type {string} */ key) => block.match(new RegExp(`^${key} = "(.*)"$`, 'm'))?.[1] ?? '';
  return new Map(blocks.filter((block) => value(block, 'checksum')).map((block) => [id({ name: value(block, 'name'), version: value(block, 'version') }), value(block, 'checksum')]));
}

async function fromNpm() {
  /** @type {string[]} */
  const inputs = JSON.parse(await readFile(join(project, 'target/page-inputs.json'), 'utf8'));
  const { packages } = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8'));
  const paths = new Set(inputs.flatMap((path) => path.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  return [...paths].map((path) => {
    const { version, license, integrity } = packages[path] ?? raise(`package-lock.json has no ${path}`);
    /** @type {Linked} */
    const one = { kind: 'npm', name: path.replace(/^.*node_modules\//, ''), version, license, folder: join(project, path, '/'), sha512: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'), needs: [] };
    return one;
  });
}

/** As build/wasm.sh noted it. @returns {Promise<Linked>} */
async function standardLibrary() {
  const said = await readFile(join(project, 'target/wasm/rustc'), 'utf8');
  const [, version] = said.match(/^rustc (\S+) /) ?? raise(`target/wasm/rustc says ${said}`);
  return { kind: 'rust', name: 'rust-std', version, license: 'MIT OR Apache-2.0', folder: '', repository: 'https://github.com/rust-lang/rust', needs: [] };
}

/** @param {string} why @returns {never} */
function raise(why) {
  throw new Error(why);
}
