// A cluster that exists is renewed by the real core, as the vault worker calls it: what is proposed, made, taken back, rotated, sealed.
import test from 'node:test';
import assert from 'node:assert/strict';
import { wasm } from './issued-set.js';

/** @import { CoreError, Description, KeyChoice } from '../../www/wasm.d.ts' */

/** @type {Description} */
const description = { preset: 'hard-way-2020', keyAlgorithm: 'ecdsa-p256' };
const NOW = Date.UTC(2026, 10, 23), DAY = 86_400_000;
const maker = new wasm.KeyMaker([]);

/** @param {InstanceType<typeof wasm.Vault>} vault */
function stock(vault) {
  const made = vault.missing();
  for (const planned of vault.roll().filter(({ id }) => made.includes(id))) {
    const key = maker.generate(planned.keyAlgorithm);
    vault.addKey(planned.id, planned.keyAlgorithm, key.pkcs8(), planned.kind === 'key-pair' ? undefined : key.request(planned));
  }
  return made;
}

/** @param {string} pem */
const der = (pem) => new Uint8Array(Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64'));

/** A set with its keys, as files that were found. @param {{ without?: string[] }} [options] */
function existing({ without = [] } = {}) {
  const maker = new wasm.KeyMaker([]), first = new wasm.Vault(description), vault = wasm.Vault.existing(description);
  first.begin(NOW);
  for (const planned of first.roll()) {
    const key = maker.generate(planned.keyAlgorithm);
    first.addKey(planned.id, planned.keyAlgorithm, key.pkcs8(), key.request(planned));
    if (!without.includes(`${planned.id}.key`)) vault.holdKey(planned.id, key.pkcs8());
  }
  for (const { id, pem } of first.issue()) vault.holdCertificate(id, der(pem));
  return vault;
}

/** @param {(sink: (piece: Uint8Array) => void) => void} write */
function bytes(write) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  write((piece) => pieces.push(piece));
  return Buffer.concat(pieces);
}

/** The paths that a zip lists. @param {Buffer} zip */
function paths(zip) {
  const importer = new wasm.Importer();
  importer.add('bundle.zip', new Uint8Array(zip), undefined);
  const found = importer.listing().filter(({ within, taken }) => within === 0 && taken.type !== 'folder').map(({ path }) => path);
  importer.free();
  return found;
}

/** @param {string} code */
const refusal = (code) => (/** @type {unknown} */ thrown) => {
  assert.equal(/** @type {CoreError} */ (thrown).code, code);
  return true;
};

test('what is good is left alone; what will end is proposed, and only the chosen is made', () => {
  const vault = existing();
  assert.deepEqual(vault.proposal(description, NOW, NOW), []);
  const proposed = vault.proposal(description, NOW, NOW + 1001 * DAY);
  assert.ok(proposed.every(({ reasons }) => reasons[0]?.code === 'expires'));
  assert.equal(proposed.find(({ certificate }) => certificate === 'ca')?.key, 'keep');
  /** @type {Record<string, KeyChoice>} */
  const chosen = { admin: 'new', 'kube-apiserver': 'keep' };
  assert.deepEqual(vault.preview(description, chosen, NOW), vault.renew(description, chosen, NOW));
  assert.deepEqual(stock(vault), ['admin']);
  vault.begin(NOW);
  assert.deepEqual(vault.waiting(), []);
  vault.issue();
  const { total, verified } = vault.verdicts(NOW);
  assert.equal(verified, total);
  const found = paths(bytes((sink) => vault.bundle(sink))).map((path) => path.split('/').slice(1).join('/')).filter((path) => path.startsWith('pki/'));
  assert.deepEqual(found.sort(), ['pki/admin.crt', 'pki/admin.csr', 'pki/admin.key', 'pki/ca.crt', 'pki/kube-apiserver.crt', 'pki/kube-apiserver.csr']);
  const sealed = bytes((sink) => vault.bundle(sink, 'four words are enough'));
  assert.ok(sealed.length > 1000);
  assert.throws(() => vault.bundle(() => {}, 'short'), refusal('renew-passphrase-short'));
  assert.equal(vault.pkcs12('admin', 'four words are enough')[0], 0x30);
  assert.throws(() => vault.pkcs12('admin', ''), refusal('renew-passphrase-short'));
  assert.equal(vault.expiries(NOW)[0]?.days, 1000);
  assert.match(vault.calendar(NOW), /^BEGIN:VCALENDAR\r\n/);
});

test('another choice may follow, and what is refused leaves the vault as it was', () => {
  const vault = existing();
  vault.renew(description, { admin: 'new' }, NOW);
  assert.throws(() => vault.renew(description, {}, NOW), refusal('renew-nothing'));
  assert.throws(() => vault.renew(description, { admin: 'new' }, NOW + 1001 * DAY), refusal('renew-authority-expired'));
  assert.deepEqual(vault.missing(), ['admin']);
  vault.renew(description, { 'kube-proxy': 'new' }, NOW);
  assert.deepEqual(vault.missing(), ['kube-proxy']);
});

test('without the authority\'s key there are requests, and nothing is issued before they come back', () => {
  const vault = existing({ without: ['ca.key'] });
  const { cautions } = vault.renew(description, { admin: 'new' }, NOW);
  assert.deepEqual(cautions, [{ code: 'signed-elsewhere', authority: 'ca', certificates: 1 }]);
  stock(vault);
  vault.begin(NOW);
  assert.throws(() => vault.issue(), refusal('not-issued'));
  assert.deepEqual(vault.waiting(), ['admin']);
  assert.ok(paths(bytes((sink) => vault.requests(sink))).some((path) => path.endsWith('/requests/admin.csr')));
  assert.throws(() => vault.takeBack(new TextEncoder().encode('nothing'), NOW), refusal('renew-back-unreadable'));
  assert.deepEqual(vault.waiting(), ['admin']);
});

test('an authority with a new key is rotated in three steps', () => {
  const vault = existing();
  vault.renew(description, { ca: 'new' }, NOW);
  stock(vault);
  vault.begin(NOW);
  vault.issue();
  assert.deepEqual(vault.rotation().map(({ kind }) => kind), ['trust', 'replace', 'retire']);
  for (const step of [0, 1, 2]) assert.ok(paths(bytes((sink) => vault.rotationBundle(step, sink))).some((path) => path.endsWith('/pki/ca.crt')));
});
