// Folds the page, its workers and the core into the one file that is the product: dist/hardway.html. Same input, same bytes.
//
// index.html is the skeleton; each `<!-- build:… -->` in it stands where a part goes. The page's own script and style are let in by their
// hash, and nothing else is: no request can leave (facts: a CSP in a <meta> holds from file:// too). The last line is the fingerprint of all
// lines above it, which the page shows in About.
//
// node www/build.mjs [FILE]: FILE in place of dist/hardway.html. Says what it is made of in target/page-inputs.json, for build/sbom.mjs.

import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
// Not Node's own zlib, whose output differs from version to version and with the processor's instructions.
import { gzip as pack } from 'pako';
import { sealed } from './fingerprint.js';
import { NAMES as KERNELS } from './kernel.js';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const product = process.argv[2] ? resolve(process.argv[2]) : join(project, 'dist', 'hardway.html');
/** Every source that got into the page, by its path in the project. @type {Set<string>} */
const inputs = new Set();

/**
 * Small enough to mail and to open from a USB stick. Of it: the six guides and the editor 853,000; the verifier 195,000, for P-521 and Ed25519
 * not the least; the experiments 46,000; what is typed by hand 28,000; the figure's lights and the list for phones 32,000; what is said to
 * screen readers and the page's states 24,000; a certificate byte by byte 70,000, of which 44,000 are words in two languages;
 * the first figure's plan 49,000; what is printed and exported 15,000; the walkthrough and present mode 120,000, of which 75,000 are their
 * text; what each arrow and certificate is told to be for 13,000; reading the files of an existing cluster 236,000, of which YAML is 44,000,
 * zip and tar 25,000, what keys are sealed with 45,000, words in two languages 18,000; renewing it 134,000: what is to be made and why,
 * requests and what comes back, rotation, calendar, PKCS#12, and words in two languages 25,000; recognising it, finding what is wrong,
 * and the page for it 280,000, of which 45,000 are words in two languages.
 */
const BUDGET = 2_300_000;

/** Browsers with DecompressionStream: the oldest that can read the page. */
const TARGET = ['chrome111', 'firefox115', 'safari16.4'];

async function fold() {
  const [skeleton, style, app, keyWorker, vaultWorker, wasm, ...kernels] = await Promise.all([
    readFile(join(project, 'www/index.html'), 'utf8'),
    bundle('www/style.css'),
    bundle('www/app.js'),
    bundle('www/key-worker.js'),
    bundle('www/vault-worker.js'),
    readFile(join(project, 'target/wasm/hardway_bg.wasm')),
    ...KERNELS.map((name) => readFile(join(project, `target/wasm/${name}.wasm`))),
  ]);
  refuseUnhashed(skeleton);

  const page = fill(skeleton, {
    csp: `<meta http-equiv="Content-Security-Policy" content="${policy(app, style)}">`,
    style: `<style>${style}</style>`,
    first: `<script type="application/json" id="first">${await first(wasm)}</script>`,
    wasm: embedded('wasm', wasm),
    kernels: KERNELS.map((name, i) => embedded(`kernel-${name}`, kernels[i])).join('\n'),
    workers:
      `<script type="text/plain" id="key-worker">${keyWorker}</script>\n` +
      `<script type="text/plain" id="vault-worker">${vaultWorker}</script>`,
    script: `<script>${app}</script>`,
  });

  const digest = (/** @type {string | Buffer} */ of) => createHash('sha256').update(of).digest('hex');
  const fingerprint = digest(page);
  const bytes = Buffer.from(sealed(page, fingerprint));
  if (bytes.length > BUDGET) {
    throw new Failure(`The page is ${bytes.length} bytes, over its budget of ${BUDGET}: the core is ${wasm.length} before gzip, ` +
      `the kernels ${kernels.map(({ length }) => length).join(' and ')}, app.js ${app.length}, the workers ${keyWorker.length} and ${vaultWorker.length}.`);
  }
  await mkdir(dirname(product), { recursive: true });
  await writeFile(product, bytes);
  await writeFile(join(project, 'target/page-inputs.json'), `${JSON.stringify([...inputs].sort(), null, 1)}\n`);
  console.log(`${relative(project, product)}: ${bytes.length} bytes
  sha256       ${digest(bytes)}
  fingerprint  ${fingerprint}  (what its About shows: the sha256 of all lines but the last)`);
}

/**
 * One entry with all it imports, as classic code: a blob worker and a page from file:// can load no module.
 * @param {string} entry
 */
async function bundle(entry) {
  const { outputFiles: [file], metafile } = await build({
    absWorkingDir: project,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: entry.endsWith('.js') ? 'iife' : undefined,
    charset: 'utf8',
    legalComments: 'none',
    target: TARGET,
    logLevel: 'warning',
  });
  for (const { inputs: used } of Object.values(metafile.outputs)) for (const [path, { bytesInOutput }] of Object.entries(used)) if (bytesInOutput) inputs.add(path);
  const text = file.text.trim();
  // The HTML parser ends a script at the first, and no longer ends it at `</script>` after the second.
  const forbidden = entry.endsWith('.js') ? /<\/script|<!--/i : /<\/style/i;
  const found = text.match(forbidden);
  if (found) throw new Failure(`${entry} contains ${found[0]}, which cannot stand inside the page: write it in two parts.`);
  return text;
}

/**
 * No frame-ancestors: browsers ignore it in a <meta>. Whoever serves the page sends it as a header (build/serve.mjs does; README, Limitations).
 * @param {string} script
 * @param {string} style
 */
function policy(script, style) {
  return [
    "default-src 'none'",
    `script-src '${hash(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hash(style)}'`,
    'worker-src blob:',
    'img-src data:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html hardway',
  ].join('; ');
}

/** @param {string} text */
function hash(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/**
 * What the page draws before its core is compiled: the presets, and the first one's plan. As plain text, 49,000 bytes more than packed:
 * a browser inflates only once it has read the whole page, which takes longer than the figure may.
 * @param {Uint8Array} wasm
 */
async function first(wasm) {
  const core = await import('#wasm');
  core.initSync({ module: new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (wasm)) });
  const presets = core.presets();
  return JSON.stringify({ presets, plan: core.outline(presets[0].description, Date.now()) }).replaceAll('<', '\\u003c');
}

/**
 * @param {string} id
 * @param {Uint8Array} module
 */
function embedded(id, module) {
  return `<script type="application/wasm+gzip" id="${id}">${gzip(module).toString('base64')}</script>`;
}

/** Of no file, no time and no system (RFC 1952, 2.3.1). @param {Uint8Array} bytes */
function gzip(bytes) {
  const packed = Buffer.from(pack(bytes, { level: 9, memLevel: 9 }));
  packed.fill(0, 4, 8); // MTIME
  packed[9] = 255; // OS: unknown
  return packed;
}

/**
 * Puts each part where its placeholder stands; each stands once.
 * @param {string} skeleton
 * @param {Record<string, string>} parts
 */
function fill(skeleton, parts) {
  for (const part of Object.keys(parts)) {
    const count = skeleton.split(`<!-- build:${part} -->`).length - 1;
    if (count !== 1) throw new Failure(`www/index.html has <!-- build:${part} --> ${count} times instead of once.`);
  }
  // One pass, by a function: a part's own text is never searched, and its `$&` stays what it is.
  return skeleton.replace(/<!-- build:(\w+) -->/g, (placeholder, part) => {
    if (!Object.hasOwn(parts, part)) throw new Failure(`www/index.html asks for ${placeholder}, which is not known.`);
    return parts[part];
  });
}

/**
 * What the policy would silently refuse in the browser is refused here, with a sentence. An icon as data: is let through: without
 * one, a browser asks its server for favicon.ico.
 * @param {string} skeleton
 */
function refuseUnhashed(skeleton) {
  const found = skeleton.match(/<(?:script|style|base|link(?![^>]*\shref=\"data:))\b[^>]*>|<[^>]+\s(?:style|on\w+)\s*=[^>]*>/i);
  if (found) throw new Failure(`www/index.html holds ${found[0]}, which the page's own security policy does not let through.`);
}

class Failure extends Error {}

try {
  await fold();
} catch (error) {
  // esbuild has printed its own findings with the place in the source by now.
  const told = error instanceof Error && 'errors' in error;
  if (!told) console.error(error instanceof Failure ? error.message : error);
  process.exitCode = 1;
}
