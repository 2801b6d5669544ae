// Writes beside the page what is in it that others wrote: dist/hardway.cdx.json, a CycloneDX bill of materials, and dist/THIRD-PARTY.txt, their
// licences, which want to go along. Both are of the page's bytes and of nothing else: no time, no serial number by chance.

import { Enums, Models, Serialize, Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { everythingLinked, id, project } from './linked.mjs';

/** @import { Linked } from './linked.mjs' */

const [page, manifest, lock, rustc] = await Promise.all(
  ['dist/hardway.html', 'package.json', 'package-lock.json', 'target/wasm/rustc'].map((path) => readFile(join(project, path))));
const { name, version, license, description } = JSON.parse(String(manifest));
const { linked, ours } = await everythingLinked();

const bom = String(await billOfMaterials());
const wrong = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bom);
if (wrong !== null) throw new Error(`The bill of materials is no CycloneDX 1.6: ${JSON.stringify(wrong)}`);
await writeFile(join(project, 'dist/hardway.cdx.json'), bom);
await writeFile(join(project, 'dist/THIRD-PARTY.txt'), await notices());
console.log(`dist/hardway.cdx.json: ${linked.length} components, CycloneDX 1.6; dist/THIRD-PARTY.txt: their licences`);

function billOfMaterials() {
  const itself = component({ kind: 'cargo', name, version, license, folder: '', needs: [] }, Enums.ComponentType.Application);
  itself.description = description;
  itself.purl = undefined;
  itself.hashes.set(Enums.HashAlgorithm['SHA-256'], createHash('sha256').update(page).digest('hex'));
  const made = new Models.Bom({ metadata: new Models.Metadata({ component: itself, tools: new Models.Tools({ components: new Models.ComponentRepository(tools()) }) }) });
  const components = new Map(linked.map((one) => [id(one), component(one)]));
  const point = (/** @type {Models.Component} */ from, /** @type {string[]} */ to) => {
    for (const one of to) from.dependencies.add((components.get(one) ?? raise(`nobody made ${one}`)).bomRef);
  };
  for (const one of components.values()) made.components.add(one);
  for (const one of linked) point(/** @type {Models.Component} */ (components.get(id(one))), one.needs);
  // Our own crates are the page itself: what they need, it needs.
  const own = new Set(ours.map(id));
  point(itself, [...ours.flatMap(({ needs }) => needs), ...linked.filter(({ kind }) => kind === 'npm').map(id)].filter((one) => !own.has(one)));
  return new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(made, { sortLists: true, space: 1 });
}

/** @param {Linked} one */
function component(one, type = Enums.ComponentType.Library) {
  const made = new Models.Component(type, one.name, { bomRef: id(one), version: one.version, purl: `pkg:${one.kind === 'rust' ? 'generic' : one.kind}/${one.name.replace('@', '%40')}@${one.version}` });
  made.licenses.add(/ (?:OR|AND|WITH) /.test(one.license) ? new Models.LicenseExpression(one.license) : new Models.SpdxLicense(/** @type {any} */ (one.license)));
  if (one.sha256) made.hashes.set(Enums.HashAlgorithm['SHA-256'], one.sha256);
  if (one.sha512) made.hashes.set(Enums.HashAlgorithm['SHA-512'], one.sha512);
  if (one.repository) made.externalReferences.add(new Models.ExternalReference(one.repository, Enums.ExternalReferenceType.VCS));
  return made;
}

/** What made the page, and decides on its bytes. */
function tools() {
  const { packages } = JSON.parse(String(lock));
  const npm = ['binaryen', 'esbuild', 'pako'].map((tool) => new Models.Component(Enums.ComponentType.Application, tool, { version: packages[`node_modules/${tool}`].version }));
  const bindgen = linked.find((one) => one.name === 'wasm-bindgen')?.version;
  return [new Models.Component(Enums.ComponentType.Application, 'rustc', { version: String(rustc).trim().replace('rustc ', '') }),
    new Models.Component(Enums.ComponentType.Application, 'wasm-bindgen-cli', { version: bindgen }), ...npm];
}

/** Each licence's text once, however its lines are broken, below the names of all that are under it in the same words. */
async function notices() {
  /** @type {Map<string, { text: string, names: string[] }>} */
  const texts = new Map();
  for (const one of linked) {
    for (const text of await licences(one)) {
      const words = text.replace(/\s+/g, ' '), known = texts.get(words) ?? { text, names: [] };
      known.names.push(`${id(one)} (${one.license})`);
      texts.set(words, known);
    }
  }
  const parts = [...texts.values()].map(({ text, names }) => `${'='.repeat(80)}\n${names.join('\n')}\n${'-'.repeat(80)}\n${text}\n`);
  return `What hardway.html contains of others, and under which licences. hardway.cdx.json lists it for programs.\n\n${linked.map((one) => `${id(one)}: ${one.license}\n`).join('')}\n${parts.join('\n')}`;
}

/** @param {Linked} one @returns {Promise<string[]>} */
async function licences({ kind, folder, license }) {
  if (kind === 'rust') return [];
  const names = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|copyright|notice)/i.test(file)).sort();
  const texts = await Promise.all(names.map(async (file) => (await readFile(join(folder, file), 'utf8').catch(() => '')).replace(/\r\n/g, '\n').replace(/[ \t]+$/gm, '').trim()));
  // A few packages hold no text; the name of the licence says which it is.
  const found = texts.filter(Boolean);
  return found.length ? found : [`Its package holds no text of its licence, which is ${license}.`];
}

/** @param {string} why @returns {never} */
function raise(why) {
  throw new Error(why);
}
