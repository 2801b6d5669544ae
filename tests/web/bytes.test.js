// A certificate byte by byte: the tree under the arrow keys, what is said of each box, and what the authority added to the request.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { compared } from '../../www/bytes/compare.js';
import { bytesOf, innermost, nodesOf, openAtFirst, openTo, pathOf, roleOf, step, toggled, visible } from '../../www/bytes/nodes.js';
import { explanation, faultText, letterOf, summary, titleOf } from '../../www/bytes/words.js';
import { LOCALES, translator } from '../../www/i18n.js';
import { issuedSet, wasm } from './issued-set.js';

const t = translator('en');
/** @param {Uint8Array} bytes @param {boolean} request */
const fileOf = (bytes, request) => {
  const anatomy = wasm.anatomy(bytes, request);
  return { bytes, nodes: nodesOf(anatomy), faults: anatomy.faults };
};
const sets = [issuedSet('hard-way-2020', 'ecdsa-p256'), issuedSet('kubeadm', 'ecdsa-p384')];
const files = sets.flat().map(({ id, certificate, request }) => ({ id, pem: certificate, certificate: fileOf(bytesOf(certificate), false), request: fileOf(bytesOf(request), true) }));
const server = files.find(({ id }) => id === 'kube-apiserver') ?? files[0];
/** @param {import('../../www/bytes/nodes.js').Node[]} nodes @param {string} field @param {string | null} [about] */
const find = (nodes, field, about = null) => nodes.find(({ part }) => part.field === field && (about === null || part.about === about)) ?? assert.fail(field);

test('the bytes of PEM are those that Node reads', () => {
  for (const { pem, certificate } of files) assert.deepEqual(Buffer.from(certificate.bytes), new X509Certificate(pem).raw);
});

test('every byte has an innermost box, and that is a leaf or its header', () => {
  const { bytes, nodes } = server.certificate;
  for (let byte = 0; byte < bytes.length; byte++) {
    const node = innermost(nodes, byte);
    assert.ok(node);
    assert.ok(node.children.length === 0 || roleOf(node, byte) !== 'content', `${byte}: ${titleOf(node.part)}`);
  }
  assert.equal(innermost(nodes, bytes.length), undefined);
  const name = find(nodes, 'dNSName');
  assert.deepEqual([-1, 0, 1, 2, 11, 12].map((at) => roleOf(name, name.part.start + at)), [null, 'tag', 'length', 'content', 'content', null]);
  assert.deepEqual(pathOf(name).map(({ part }) => part.field), ['Certificate', 'tbsCertificate', 'extensions', 'Extensions', 'Extension', 'extnValue', 'SubjectAltName', 'dNSName']);
});

test('arrow keys walk what is open; right goes in, left goes out', () => {
  const { nodes } = server.certificate, validity = find(nodes, 'validity');
  let place = /** @type {import('../../www/bytes/nodes.js').Place} */ ({ current: nodes[0].id, open: openAtFirst(nodes) });
  /** @param {string[]} keys */
  const walk = (...keys) => keys.map((key) => { place = step(nodes, place, key) ?? place; return nodes.find(({ id }) => id === place.current)?.part.field; }).at(-1);
  assert.equal(walk('ArrowUp'), 'Certificate');
  assert.equal(walk('ArrowRight'), 'tbsCertificate');
  assert.equal(walk('ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown'), 'validity');
  assert.equal(walk('ArrowRight'), 'validity');
  assert.ok(place.open.has(validity.id));
  assert.equal(walk('ArrowRight'), 'notBefore');
  assert.equal(walk('ArrowRight'), 'notBefore');
  assert.equal(walk('ArrowLeft'), 'validity');
  assert.equal(walk('ArrowLeft'), 'validity');
  assert.ok(!place.open.has(validity.id));
  assert.equal(walk('ArrowLeft'), 'tbsCertificate');
  assert.equal(walk('End'), visible(nodes, place.open).at(-1)?.part.field);
  assert.equal(walk('ArrowDown'), visible(nodes, place.open).at(-1)?.part.field);
  assert.equal(walk('Home'), 'Certificate');
  assert.equal(step(nodes, place, 'x'), null);
  assert.equal(step([], place, 'ArrowDown'), null);
});

test('what is closed hides what is in it, and whoever is looked for is opened to', () => {
  const { nodes } = server.certificate, name = find(nodes, 'dNSName');
  assert.deepEqual(visible(nodes, new Set()).map(({ part }) => part.field), ['Certificate']);
  assert.ok(!visible(nodes, openAtFirst(nodes)).includes(name));
  assert.ok(visible(nodes, openTo(name, new Set())).includes(name));
  assert.deepEqual([...toggled(toggled(new Set(), '0'), '0')], []);
});

test('a field says in a line what is in it', () => {
  const { nodes, bytes } = server.certificate;
  /** @param {string} field @param {string | null} [about] */
  const line = (field, about) => summary(find(nodes, field, about).part, bytes, t);
  assert.equal(line('subject'), 'CN=kube-apiserver');
  assert.equal(line('validity'), '2026-11-22 23:55:00 UTC, 2029-08-19 00:00:00 UTC');
  assert.equal(line('subjectPublicKeyInfo'), 'ecPublicKey (1.2.840.10045.2.1), prime256v1 (1.2.840.10045.3.1.7), 32 bytes, 32 bytes');
  assert.match(line('Extension', 'subjectAltName'), /^kubernetes, kubernetes\.default, .*10\.96\.0\.1/);
  assert.equal(line('Extension', 'keyUsage'), 'digitalSignature');
  assert.equal(line('Extension', 'basicConstraints'), 'CA:FALSE');
  assert.match(line('Extension', 'subjectKeyIdentifier'), /^([0-9a-f]{2}:){19}[0-9a-f]{2}$/);
  assert.equal(line('extensions').split(', ').length, 6);
  const authority = files.find(({ id }) => id === 'ca')?.certificate ?? assert.fail();
  assert.equal(summary(find(authority.nodes, 'Extension', 'basicConstraints').part, authority.bytes, t), 'CA:TRUE');
  assert.equal(letterOf(0x41) + letterOf(0) + letterOf(0x20) + letterOf(0xff), 'A···');
});

test('every box of every certificate and request is explained, in both languages, and no explanation is idle', async () => {
  const used = new Set(files.flatMap(({ certificate, request }) => [...certificate.nodes, ...request.nodes]).map(explanation));
  assert.ok(!used.has('byte.element'));
  for (const key of used) for (const words of Object.values(LOCALES)) assert.ok(words[key].length > 5, key);
  // What the preset's own certificates do not have, but the grammar knows: it is found there by name.
  const grammar = await readFile(new URL('../../crate/anatomy/schema.rs', import.meta.url), 'utf8') + await readFile(new URL('../../crate/anatomy/reader.rs', import.meta.url), 'utf8') + await readFile(new URL('../../crate/object.rs', import.meta.url), 'utf8');
  for (const key of Object.keys(LOCALES.en).filter((key) => key.startsWith('byte.'))) {
    const parts = key.split('.').slice(1);
    assert.ok(used.has(/** @type {any} */ (key)) || parts.every((part) => grammar.includes(`"${part}"`)), key);
  }
});

test('a certificate beside its request: what was copied, what the authority added', () => {
  for (const { id, request, certificate } of files) {
    const pairs = compared(request, certificate), named = (/** @type {import('../../www/bytes/compare.js').Fate} */ fate) => pairs.filter((pair) => pair.fate === fate).map(({ field, about }) => about ?? field);
    assert.deepEqual(named('changed'), [], id);
    assert.deepEqual(named('dropped'), [], id);
    assert.deepEqual(named('own'), ['version', 'signatureAlgorithm', 'signatureValue'], id);
    for (const field of ['subject', 'subjectPublicKeyInfo', 'basicConstraints']) assert.ok(named('same').includes(field), `${id} ${field}`);
    for (const field of ['serialNumber', 'issuer', 'validity', 'authorityKeyIdentifier']) assert.ok(named('added').includes(field), `${id} ${field}`);
    assert.equal(named('same').includes('subjectAltName'), certificate.nodes.some(({ part }) => part.field === 'SubjectAltName'), id);
  }
});

test('what the authority issued otherwise, or not at all, is told apart', () => {
  const other = files.find(({ id }) => id === 'admin') ?? assert.fail();
  const pairs = compared(other.request, server.certificate), of = (/** @type {string} */ name) => pairs.find(({ field, about }) => (about ?? field) === name)?.fate;
  assert.deepEqual([of('subject'), of('subjectPublicKeyInfo'), of('subjectAltName')], ['changed', 'changed', 'added']);
  assert.equal(compared(server.request, other.certificate).find(({ about }) => about === 'subjectAltName')?.fate, 'dropped');
});

test('bytes that are damaged say where, in a sentence, and show what came before', () => {
  const { bytes } = server.certificate, cut = fileOf(bytes.slice(0, 300), false);
  assert.equal(faultText(cut.faults[0], t), `At byte 0, in Certificate, ${bytes.length} bytes should follow, and only 300 are there.`);
  assert.ok(find(cut.nodes, 'issuer'));
  const serial = find(server.certificate.nodes, 'serialNumber').part.start, wrong = bytes.slice();
  wrong[serial] = 4;
  assert.equal(faultText(fileOf(wrong, false).faults[0], t), `At byte ${serial}, in tbsCertificate, should stand serialNumber; what stands there is OCTET STRING.`);
  for (const { nodes, bytes: all } of [cut, fileOf(wrong, false), fileOf(new Uint8Array(), false), fileOf(new Uint8Array([0x30, 0x80, 1]), true)]) {
    assert.equal(all.every((_, byte) => innermost(nodes, byte)), true);
    for (const node of nodes) assert.ok(summary(node.part, all, t) !== undefined && explanation(node) in LOCALES.en);
  }
});
