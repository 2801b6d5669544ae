// The core's importer as a worker calls it: what is listed has the shape of wasm.d.ts, and both languages tell every trouble.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Importer, glance, importLimits, initSync } from '#wasm';
import { explained } from '../../www/i18n.js';

const core = new URL('../../target/wasm/hardway_bg.wasm', import.meta.url);
initSync({ module: new WebAssembly.Module(await readFile(core)) });

/** @type {string} */
let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'hardway-')); });
after(() => rm(folder, { recursive: true }));

/** Runs a program, and reads the file that its last word names. @param {string} line */
async function made(line) {
  const [program, ...words] = line.split(' ');
  execFileSync(program, words, { cwd: folder, stdio: 'pipe' });
  return new Uint8Array(await readFile(join(folder, words[words.length - 1])));
}
const text = (/** @type {string} */ content) => new TextEncoder().encode(content);

test('a tar is listed with what is in it, and a sealed key is opened by its passphrase', async () => {
  await made('openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key');
  await made('openssl req -x509 -key ca.key -subj /CN=kubernetes-ca -out ca.crt');
  await made('openssl pkcs8 -topk8 -in ca.key -passout pass:right -out sealed.key');
  execFileSync('tar', ['--mode=600', '-czf', 'a.tgz', 'ca.crt', 'sealed.key'], { cwd: folder });
  const importer = new Importer();
  const bytes = new Uint8Array(await readFile(join(folder, 'a.tgz')));
  assert.ok(importer.admit('a.tgz', bytes.length));
  assert.equal(importer.add('a.tgz', bytes), 0);
  const [archive, certificate, sealed] = importer.listing();
  assert.deepEqual([archive.path, archive.taken, archive.within], ['a.tgz', { type: 'archive', as: 'tar.gz' }, null]);
  assert.deepEqual([certificate.path, certificate.taken, certificate.within, certificate.mode], ['ca.crt', { type: 'items' }, 0, 0o600]);
  assert.deepEqual(certificate.items, [{ item: 0, kind: 'certificate', place: { type: 'block', line: 1 }, summary: 'CN=kubernetes-ca' }]);
  const cipher = 'PBES2, PBKDF2 with SHA256, 2048 rounds, AES-256-CBC';
  assert.deepEqual([sealed.taken, sealed.sealed, sealed.items], [{ type: 'locked', as: cipher }, [cipher], []]);

  assert.throws(() => importer.unlock(2, 'wrong'), { code: 'import-wrong-passphrase' });
  const [trouble] = importer.listing()[2].troubles;
  assert.deepEqual([trouble.code, trouble.note, trouble.place], ['import-wrong-passphrase', false, { type: 'whole' }]
    .map((value, at) => at === 2 ? { type: 'block', line: 1 } : value));
  assert.equal(explained({ ...trouble, found: undefined, expected: undefined }, 'ja').message, 'このパスフレーズでは開けません。');

  assert.equal(importer.unlock(undefined, 'right'), 1);
  const opened = importer.listing()[2];
  assert.deepEqual([opened.taken, opened.sealed, opened.troubles], [{ type: 'items' }, [], []]);
  assert.deepEqual(opened.items.map(({ kind, summary }) => [kind, summary]), [['private-key', 'ecdsa-p256']]);
  importer.free();
});

test('a kubeconfig is shown without its secrets', () => {
  const importer = new Importer();
  importer.add('admin.conf', text('apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {server: "https://lb:6443"}\nusers:\n' +
    '- name: a\n  user: {token: s3cr3t, client-key: /a.key}\n'));
  const [{ file, kubeconfig }] = importer.kubeconfigs();
  assert.equal(file, 0);
  assert.deepEqual(kubeconfig.clusters[0].certificateAuthority, { type: 'absent' });
  const [user] = kubeconfig.users;
  assert.deepEqual([user.token, user.clientKey, user.exec], [true, { type: 'path', path: '/a.key' }, null]);
  assert.ok(!JSON.stringify([importer.listing(), importer.kubeconfigs()]).includes('s3cr3t'));
});

test('a file that is too large is refused by its size, and what is nothing is named', () => {
  const importer = new Importer();
  assert.equal(importer.admit('backup.img', 2 ** 31), false);
  importer.add('../notes', text('call the admin'));
  const [large, notes] = importer.listing();
  assert.deepEqual([large.taken, large.size, large.troubles[0].expected], [{ type: 'refused' }, 2 ** 31, `${importLimits().givenBytes / 2 ** 20} MiB`]);
  assert.deepEqual([notes.path, notes.taken], ['notes', { type: 'unknown' }]);
  assert.deepEqual(notes.troubles.map(({ code, note }) => [code, note]), [['import-path-changed', true], ['import-not-understood', false]]);
});

test('a private key is known by a glance', async () => {
  const key = await made('openssl genpkey -algorithm RSA -out k');
  assert.deepEqual(glance(key), { kinds: ['private-key'], secret: true });
  assert.deepEqual(glance(text('hello')), { kinds: [], secret: false });
});
