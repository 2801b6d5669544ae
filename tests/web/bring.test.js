// A cluster that is brought: what the vault worker does with the files, what is gathered of a drop, and how the state follows. The real core, no browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Imported, borrowing, packed, renewing, whole } from '../../www/vault-import.js';
import { chosen, dropped } from '../../www/gathering.js';
import { standing, standings, together } from '../../www/hearing.js';
import { lend } from '../../www/lending.js';
import { LOCALES, told, translator } from '../../www/i18n.js';
import { needed } from '../../www/mending.js';
import { summary } from '../../www/panels/bar.js';
import { place } from '../../www/panels/bring/expiry.js';
import { existing, initial, next } from '../../www/state.js';
import { wasm } from './issued-set.js';
import { samplePlan } from './sample-plan.js';

// The files are made after this is read, and have to be valid by then.
const NOW = Date.now() + 60_000, DAY = 86_400_000;
/** The guide's commands, carried out. @type {string} */
let folder;
/** @type {{ file: File, path: string }[]} */
let files;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hardway-'));
  const script = await readFile(new URL('../vectors/seed.sh', import.meta.url), 'utf8');
  execFileSync('sh', ['-e', '-c', script.replace('-signkey ca.key -CAcreateserial', '-signkey ca.key -extfile ext')], { cwd: await withExtension(folder), stdio: 'ignore' });
  files = await Promise.all((await readdir(folder)).map(async (path) => ({ path, file: new File([await readFile(join(folder, path))], path) })));
});
after(() => rm(folder, { recursive: true }));

/** Version 3 without basicConstraints, as openssl 3.2 and later make it. @param {string} at */
async function withExtension(at) {
  execFileSync('sh', ['-c', "printf 'subjectKeyIdentifier = hash\\n' > ext"], { cwd: at });
  return at;
}
const taken = async () => {
  const imported = new Imported();
  await imported.take(files, () => {});
  return imported;
};

test('files are read in pieces, and come out whole', async () => {
  const bytes = new Uint8Array((4 << 20) + 7).map((_, i) => i % 251), read = await whole(new Blob([bytes]));
  assert.deepEqual(read, bytes);
  assert.equal((await whole(new Blob([]))).length, 0);
});

test('a file that is too large is refused by its size, and nothing of it is read', async () => {
  const imported = await taken(), before = imported.listing().length;
  const huge = /** @type {any} */ ({ size: 2 ** 31, slice() { throw new Error('read'); } });
  const listing = await imported.take([{ file: huge, path: 'disk.img' }], () => {});
  assert.equal(listing.length, before + 1);
  const { troubles: [trouble], taken: as } = listing[before];
  assert.deepEqual(as, { type: 'refused' });
  assert.equal(told(/** @type {any} */ (trouble), 'en').message, 'The file is larger than 256 MiB.');
});

test('a file that cannot be read is listed, and the others are read', async () => {
  const broken = /** @type {any} */ ({ size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) }), imported = new Imported();
  // Nor can the page, which is asked to lend it.
  const listing = await imported.take([{ file: broken, path: 'gone.crt' }, ...files], ({ lend: wanted }) => wanted && borrowing.lent({ ticket: wanted.ticket, bytes: null }));
  assert.deepEqual(listing[0].taken, { type: 'empty' });
  assert.ok(listing.some(({ path, items }) => path === 'ca.crt' && items.length === 1));
});

test('what a worker may not read the page lends, piece by piece and byte for byte', async () => {
  const bytes = new Uint8Array((4 << 20) + 7).map((_, i) => i % 251), there = new Blob([bytes]);
  const closed = /** @type {any} */ ({ size: bytes.length, slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('no', 'NotReadableError')) }) });
  /** @type {any[]} */
  const asked = [];
  const vault = { ask: async (/** @type {string} */ action, /** @type {any} */ body) => { asked.push([action, body.bytes.byteLength]); borrowing.lent(body); } };
  const read = await whole(closed, borrowing.of(({ lend: wanted }) => lend(/** @type {any} */ (vault), [new Blob(), there], wanted), 1));
  assert.deepEqual(read, bytes);
  assert.deepEqual(asked, [['lent', 4 << 20], ['lent', 7]]);
  await assert.rejects(whole(closed), { name: 'NotReadableError' });
});

test('the guide’s broken authority is found, and the smallest plan is that authority for its key', async () => {
  const imported = await taken(), { recognition, findings, certificates, keys } = imported.recognise({}, NOW);
  assert.equal(recognition.description.preset, 'hard-way-2020');
  assert.equal(findings[0].code, 'authority-without-basic-constraints');
  assert.deepEqual([certificates.length, keys.length], [8, 8]);
  const overview = imported.verdicts(NOW);
  assert.deepEqual([overview.total, overview.verified, overview.notGiven], [24, 0, 4]);
  assert.equal(imported.verdict(overview.rows[0].connection, NOW).state, 'refused');
  assert.throws(() => imported.verdict('nobody/nothing', NOW), { code: 'not-issued' });
  const vault = imported.vault(), actions = renewing(() => vault, () => null);
  const proposal = actions.proposal({ description: recognition.description, now: NOW, until: NOW + 30 * DAY });
  assert.deepEqual(proposal.filter(needed).map(({ certificate, key }) => [certificate, key]), [['ca', 'keep']]);
});

test('a correction is believed, and what follows is about the corrected cluster', async () => {
  const imported = await taken(), before = imported.recognise({}, NOW), item = before.recognition.assignments.find(({ id, part }) => id === 'kube-proxy' && part === 'certificate')?.item ?? -1;
  const after = imported.recognise({ assigned: [{ item, id: null }] }, NOW);
  assert.ok(after.recognition.unused.some((one) => one.item === item && one.code === 'corrected'));
  assert.equal(imported.verdicts(NOW).notGiven, 6);
  assert.equal(after.recognition.assignments.some((one) => one.item === item), false);
});

test('nothing that leaves the worker holds a key', async () => {
  const imported = await taken(), key = await readFile(join(folder, 'ca.key'), 'utf8');
  const said = JSON.stringify([imported.listing(), imported.recognise({}, NOW), imported.paste(key)]);
  assert.ok(!said.includes(key.split('\n')[3]) && !said.includes('PRIVATE KEY'));
});

test('a pasted key is known for one, a certificate is not', async () => {
  const imported = new Imported();
  assert.equal(imported.paste(await readFile(join(folder, 'ca.key'), 'utf8')).seen.secret, true);
  const { seen, listing } = imported.paste(await readFile(join(folder, 'ca.crt'), 'utf8'));
  assert.deepEqual([seen.secret, seen.kinds, listing.map(({ path }) => path)], [false, ['certificate'], ['pasted-1', 'pasted-2']]);
});

test('a private key is not taken where a signed certificate belongs', async () => {
  let asked = 0;
  const actions = renewing(() => /** @type {any} */ ({ takeBack: () => { asked++; return ['admin']; } }), () => null);
  await assert.rejects(actions.takeBack({ file: new Blob([await readFile(join(folder, 'admin.key'))]), now: NOW }), { code: 'import-key-among-certificates' });
  assert.equal(asked, 0);
  assert.deepEqual(await actions.takeBack({ file: new Blob([await readFile(join(folder, 'admin.crt'))]), now: NOW }), ['admin']);
});

test('what is packed is wiped behind the Blob', async () => {
  const piece = new Uint8Array([1, 2, 3]), zip = packed((sink) => sink(piece));
  assert.deepEqual([...new Uint8Array(await zip.arrayBuffer()), ...piece], [1, 2, 3, 0, 0, 0]);
});

/** A folder as a drop has it, which hands out two at a time. @param {string} fullPath @param {any[]} inside */
const directory = (fullPath, inside) => ({ isDirectory: true, fullPath, createReader() { let at = 0; return { readEntries(/** @type {(all: any[]) => void} */ give) { give(inside.slice(at, at += 2)); } }; } });
/** @param {string} fullPath @param {boolean} [closed] */
const entry = (fullPath, closed = false) => ({ isDirectory: false, fullPath, name: fullPath.split('/').at(-1) ?? '', file: (/** @type {any} */ give, /** @type {any} */ fail) => (closed ? fail(new Error('denied')) : give(new File(['x'], fullPath))) });
/** @param {any[]} entries */
const transfer = (entries) => /** @type {any} */ ({ files: [], items: entries.map((one) => ({ kind: 'file', webkitGetAsEntry: () => one })) });

test('a dropped folder is walked to its end, with its paths', async () => {
  const { files: all, more } = await dropped(transfer([directory('/pki', [entry('/pki/a'), entry('/pki/b'), directory('/pki/etcd', [entry('/pki/etcd/ca.crt')]), entry('/pki/c')]), entry('/x')]));
  assert.deepEqual(all.map(({ path }) => path), ['pki/a', 'pki/b', 'pki/etcd/ca.crt', 'pki/c', 'x']);
  assert.equal(more, false);
});

test('what may not be opened is there without content, and too much is said to be too much', async () => {
  const { files: [one] } = await dropped(transfer([entry('/secret', true)]));
  assert.deepEqual([one.path, one.file.size], ['secret', 0]);
  const many = await dropped(transfer([directory('/d', Array.from({ length: 9 }, (_, i) => entry(`/d/${i}`)))]), 5);
  assert.equal(many.more, true);
  assert.ok(many.files.length < 9);
  assert.equal(chosen([new File([], 'a'), new File([], 'b')], 1).more, true);
});

test('a connection of which a file is missing is neither verified nor refused', () => {
  const row = (/** @type {any} */ one) => /** @type {any} */ ({ connection: 'x', side: null, nobody: false, state: 'verified', ...one }), some = [row({ connection: 'a' }), row({ connection: 'b', state: 'not-given' }), row({ connection: 'c', state: 'refused', side: 'client' })];
  const judged = /** @type {any} */ ({ rows: new Map(some.map((one) => [one.connection, one])), overview: { rows: some, total: 3, verified: 1, notGiven: 1 } });
  assert.deepEqual(some.map(standing), ['verified', 'not-given', 'refused']);
  assert.deepEqual(together(['a', 'b'], judged), { standing: 'not-given', n: 1 });
  assert.deepEqual(together(['a', 'b', 'c'], judged), { standing: 'refused', n: 1 });
  assert.deepEqual(standings(judged), ['verified', 'refused', 'not-given']);
  assert.equal(summary(judged, translator('en')), '*1 of 3 connections verified*, 1 refused, 1 not given');
});

const plan = samplePlan({ masters: 1, workers: 1 }), imported = /** @type {any} */ ({ certificates: new Map([['ca', 'as given']]), given: new Set(['ca']), keys: [], findings: [], listing: [] });

test('a brought cluster stays through changes, runs and failures, until it is forgotten', () => {
  const start = initial(plan.cluster, plan), brought = next(start, { type: 'imported', imported, plan });
  assert.equal(brought.phase, 'imported');
  const changed = next(brought, { type: 'described', description: plan.cluster, plan });
  assert.deepEqual([changed.phase, changed.imported, changed.dropped], ['imported', imported, false]);
  const running = next(changed, { type: 'started', keys: ['admin'] });
  assert.deepEqual([running.phase, [...running.keys.keys()]], ['generating', ['admin']]);
  assert.equal(next(running, { type: 'cancelled' }).phase, 'imported');
  const waiting = next(running, { type: 'waiting', run: running.run, ids: ['admin'], zip: new Blob() });
  assert.deepEqual([waiting.phase, waiting.waiting?.ids], ['imported', ['admin']]);
  assert.equal(next(waiting, { type: 'described', description: plan.cluster, plan }).waiting, null);
  const certificates = /** @type {any} */ (new Map([['ca', 'new']])), issued = next(running, { type: 'issued', run: running.run, certificates, requests: new Map(), zip: new Blob() });
  assert.deepEqual([issued.issued?.name, existing(issued, 'ca'), issued.last], [`${plan.cluster.name}-renewed.zip`, 'new', null]);
  const restored = next(issued, { type: 'restored' });
  assert.deepEqual([restored.phase, existing(restored, 'ca')], ['imported', 'as given']);
  const forgotten = next(issued, { type: 'forgotten', description: plan.cluster, plan });
  assert.deepEqual([forgotten.phase, forgotten.imported, forgotten.issued, existing(forgotten, 'ca')], ['planned', null, null, undefined]);
  // What its run still has to say is too late.
  assert.equal(next(forgotten, { type: 'signing', run: running.run }).signing, false);
  assert.equal(next(start, { type: 'restored' }), start);
});

test('the ends stand on their line in the order of time, and what is over stands at its beginning', () => {
  const at = [-5, 0, 1, 30, 90, 365, 1000].map((days) => place(days, 1000));
  assert.equal(at[0], at[1]);
  assert.deepEqual([...at].sort((a, b) => a - b), at);
  assert.equal(at.at(-1), 300);
});

test('every code of the core’s findings, reasons and guesses has its words', async () => {
  const types = await readFile(new URL('../../www/wasm.d.ts', import.meta.url), 'utf8'), source = await readFile(new URL('../../crate/diagnose/code.rs', import.meta.url), 'utf8');
  const kebab = (/** @type {string} */ name) => name.replace(/(?<!^)[A-Z]/g, (c) => `-${c}`).toLowerCase();
  const codes = [...source.slice(source.indexOf('pub enum Code')).matchAll(/^ {4}([A-Z]\w+),$/gm)].map(([, name]) => kebab(name));
  assert.ok(codes.length > 35);
  for (const code of codes) for (const key of [`found.${code}`, `found.${code}.why`]) assert.ok(key in LOCALES.en, key);
  for (const key of Object.keys(LOCALES.en).filter((one) => /^found\.[a-z-]+$/.test(one))) assert.ok(codes.includes(key.slice(6)), key);
  // Each sentence asks for nothing that its finding does not bring.
  const brings = new Map([...source.matchAll(/((?: {4}\/\/\/ [^\n]*\n)+) {4}([A-Z]\w+),/g)].map(([, words, name]) => [kebab(name), [...words.matchAll(/`(\w+)`/g)].map(([, one]) => one)]));
  for (const code of codes) for (const key of [`found.${code}`, `found.${code}.why`]) for (const [, value] of LOCALES.en[/** @type {keyof typeof LOCALES.en} */ (key)].matchAll(/\{(\w+)\}/g)) assert.ok(brings.get(code)?.includes(value), `${key} asks for ${value}`);
  for (const known of /type KnownFile =([^;]*);/.exec(types)?.[1].match(/[a-z-]+(?=')/g) ?? []) assert.ok(`taken.known.${known}` in LOCALES.en, known);
  assert.equal(wasm.importLimits().givenBytes, 256 * 2 ** 20);
  assert.deepEqual([wasm.importLimits().fileBytes, wasm.importLimits().totalBytes, wasm.importLimits().entries, wasm.importLimits().depth], [4 * 2 ** 20, 2 ** 30, 150_000, 3]);
});
