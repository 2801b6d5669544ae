// The page as a file: the same bytes whenever and wherever it is built, nothing in it of the machine, and a fingerprint that fits.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fingerprint, sealed } from '../../www/fingerprint.js';
import { product, project, readable } from './page-file.js';

const run = promisify(execFile);
const home = await mkdtemp(join(tmpdir(), 'hardway-'));
after(() => rm(home, { recursive: true }));
const sha256 = (/** @type {string | Buffer} */ of) => createHash('sha256').update(of).digest('hex');

test('another build, years later, in another time zone, language and folder, gives the same bytes', async () => {
  const clock = join(home, 'clock.mjs'), other = join(home, 'other.html');
  await writeFile(clock, 'const now = Date.now; Date.now = () => now() + 1e11; Math.random = () => 0.25;\n');
  const said = await run(process.execPath, ['--import', clock, fileURLToPath(new URL('www/build.mjs', project)), other],
    { cwd: home, env: { ...process.env, TZ: 'Pacific/Chatham', LC_ALL: 'ja_JP.UTF-8', HOME: home } });
  const [first, second] = await Promise.all([readFile(product), readFile(other)]);
  assert.ok(first.equals(second), 'two builds differ');
  // It says which file that is, and what it shows.
  assert.match(said.stdout, new RegExp(`sha256 +${sha256(second)}\n`));
  assert.match(said.stdout, new RegExp(`fingerprint +${sha256(second.subarray(0, second.lastIndexOf('\n', second.length - 2) + 1))} `));
});

test('nothing in it tells of the machine that built it', async () => {
  const parts = await readable();
  assert.deepEqual(parts.map(({ name }) => name), ['the page', 'wasm', 'kernel-fma', 'kernel-dot']);
  for (const { name, text } of parts) assert.deepEqual(traces(text), [], name);
});

/** Paths and names of this machine, and of such machines. @param {string} text */
function traces(text) {
  const own = [process.env.HOME, process.env.CARGO_HOME, fileURLToPath(project)].filter((path) => path && path.length > 2 && path !== '/root');
  const words = [hostname(), userInfo().username].filter((word) => word.length > 4 && !['localhost', 'ubuntu', 'debian', 'runner', 'vagrant'].includes(word));
  const kinds = [/\/home\/(?!you\b)\w+\/[\w.-]+\/[\w./-]+\.rs/g, /\/root\/[\w.-]+/g, /\/Users\/\w+\//g, /[A-Z]:\\\\?Users/g, /[\w./-]*\.cargo\/registry[\w./-]*/g, /\/(?:tmp|work|builds?)\/[\w./-]+\.(?:rs|m?js)\b/g];
  return [...[...own, ...words].filter((one) => one && text.includes(one)), ...kinds.flatMap((kind) => text.match(kind) ?? [])];
}

test('a path of a machine would be found', () => {
  for (const path of ['/root/.cargo/registry/src/x-1/lib.rs', '/home/ann/src/crate/lib.rs', '/Users/ann/', '/tmp/x/www/app.js', fileURLToPath(new URL('www/app.js', project))]) assert.notDeepEqual(traces(`"${path}"`), [], path);
  for (const path of ['/crates/rsa-0.10.0/src/key.rs', '/rustc/59807616/library/core/src/fmt.rs', '/hardway/crate/lib.rs']) assert.deepEqual(traces(path), []);
});

test('every source that it names is a crate, Rust\'s own library, or ours', async () => {
  const [, { text }] = await readable();
  const paths = [...text.matchAll(/[\w./+-]*\/[\w.+-]+\.rs\b/g)].map(([path]) => path);
  assert.ok(paths.length > 50, `${paths.length}`);
  for (const path of paths) assert.match(path, /^crate\/|\/(?:hardway\/|crates\/[\w.+-]+-\d|rustc\/[0-9a-f]{40}\/library\/|rust\/(?:deps|lib)\/)/, path);
});

test('the command of About and of both READMEs gives its fingerprint, and for a page with one byte changed another', async () => {
  const page = await readFile(product, 'utf8');
  const [, shown] = page.match(/\n<!--sha256 of all lines above: ([0-9a-f]{64})-->\n$/) ?? assert.fail('no last line');
  const about = await readFile(new URL('www/panels/about.js', project), 'utf8');
  const command = "sed '$d' hardway.html | sha256sum";
  assert.ok(about.includes(command), 'About');
  for (const readme of ['README.md', 'README.ja.md']) assert.ok((await readFile(new URL(readme, project), 'utf8')).includes("sed '$d' dist/hardway.html | sha256sum"), readme);
  const said = async (/** @type {string} */ text) => {
    await writeFile(join(home, 'hardway.html'), text);
    return (await run('sh', ['-c', command], { cwd: home })).stdout.split(' ')[0];
  };
  assert.equal(await said(page), shown);
  assert.notEqual(await said(page.replace('Hardway', 'Hardwaz')), shown);
});

test('the page reads its fingerprint from behind its last element, and from nowhere else', () => {
  const digits = 'ab'.repeat(32), line = sealed('\n', digits).trim(), comment = { nodeType: 8, nodeValue: line.slice(4, -3) };
  const of = (/** @type {object[]} */ ...childNodes) => fingerprint(/** @type {any} */ ({ childNodes }));
  assert.equal(of({ nodeType: 10 }, { nodeType: 1 }, comment), digits);
  assert.equal(of({ nodeType: 1 }), null);
  assert.equal(of({ nodeType: 8, nodeValue: 'sha256 of all lines above: none' }), null);
  assert.equal(fingerprint(undefined), null);
  assert.throws(() => sealed('no end', digits));
});
