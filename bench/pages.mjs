// Folds what the browsers open into single files under target/bench, which work from file:// like the product.
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { output, project } from './place.mjs';

/** The page of the keys: two cores, the product's kernels. */
export async function keysPage() {
  const wasm = { 'core-32': 'target/bench/core-32/core_bg.wasm', 'core-64': 'target/bench/core-64/core_bg.wasm', 'kernel-fma': 'target/wasm/fma.wasm', 'kernel-dot': 'target/wasm/dot.wasm' };
  const carried = await Promise.all(Object.entries(wasm).map(async ([id, path]) => inert(id, gzipSync(await readFile(join(project, path))).toString('base64'))));
  return page('keys.html', [...carried, inert('worker', await script('bench/page/keys-worker.js')), `<script>${await script('bench/page/keys.js')}</script>`]);
}

/**
 * The opponent's page.
 * @param {{ certificates: unknown[], files: { name: string, text?: string, of?: string, part?: string }[] }} job the same certificates, the same files
 */
export async function opponentPage(job) {
  return page('opponent.html', [
    '<button id="generate">Generate</button>',
    // A closing tag inside the data would end it.
    inert('job', JSON.stringify(job).replaceAll('<', '\\u003c')),
    `<script>${await script('bench/page/opponent.js')}</script>`,
  ]);
}

/** @param {string} name @param {string[]} parts */
async function page(name, parts) {
  await mkdir(output, { recursive: true });
  const path = join(output, name);
  await writeFile(path, `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hardway, measured</title><body>\n${parts.join('\n')}\n`);
  return path;
}

/** @param {string} id @param {string} text */
const inert = (id, text) => `<script type="text/plain" id="${id}">${text}</script>`;

/** @param {string} entry */
async function script(entry) {
  const { outputFiles: [file] } = await build({
    absWorkingDir: project, entryPoints: [entry], bundle: true, minify: true, write: false, format: 'iife', charset: 'utf8', logLevel: 'error',
  });
  return file.text.replaceAll('</script', '<\\/script');
}
