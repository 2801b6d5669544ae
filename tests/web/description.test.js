// The form's edits, and the place of an error in the form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesIn, daysIn, fieldOf, namesIn, withAnother, withChange, withMoved, withNode, withoutNode } from '../../www/description.js';
import { samplePlan } from './sample-plan.js';

const description = samplePlan({ masters: 2, workers: 2 }).cluster;

test('another node counts on from the last of its role, and stands next to it', () => {
  const { nodes = [] } = withAnother(description, 'control-plane');
  assert.deepEqual(nodes[3], { name: 'master-3', role: 'control-plane', addresses: ['192.168.5.13'] });
  assert.equal(nodes.length, 6);
});

test('another node takes no name and no address that is taken', () => {
  const taken = withNode(withNode(description, 3, { name: 'worker-3', addresses: ['192.168.5.53'] }), 4, { name: 'worker-2', addresses: ['192.168.5.52'] });
  const added = withAnother(taken, 'worker').nodes?.at(-1);
  assert.equal(added?.name, 'worker-4');
  assert.equal(added?.addresses[0], '192.168.5.54');
});

test('the first of a role gets the usual name', () => {
  const without = withoutNode(description, 0);
  assert.equal(withAnother(without, 'load-balancer').nodes?.at(-1)?.name, 'loadbalancer');
});

test('edits leave the description that they start from alone', () => {
  const before = JSON.stringify(description);
  withNode(description, 1, { name: 'x' }); withoutNode(description, 1); withAnother(description, 'worker');
  assert.equal(JSON.stringify(description), before);
});

for (const [text, expected] of /** @type {[string, unknown][]} */ ([['1000', 1000], ['-5', -5], ['0', 0], ['', ''], ['ten', 'ten'], ['1.5', '1.5'], ['1e9', '1e9'], ['9'.repeat(30), '9'.repeat(30)]]))
  test(`${JSON.stringify(text)} as days`, () => assert.equal(daysIn(text), expected));

test('several addresses stand apart by commas', () => assert.deepEqual(addressesIn('10.0.0.1, fd00::1'), ['10.0.0.1', 'fd00::1']));

for (const [field, expected] of [
  ['name', 'name'], ['nodes[1].name', 'nodes[1].name'], ['nodes[1].addresses[0]', 'nodes[1].addresses'], ['nodes[1].addresses', 'nodes[1].addresses'],
  ['nodes[1].role', 'nodes[1].role'], ['nodes[1].names[0]', 'nodes[1].names'], ['controlPlaneEndpoint', 'controlPlaneEndpoint'], ['authoritySubject.C', 'authoritySubject.C'],
  ['certificates.etcd/ca.commonName', 'certificates'], ['validUntil', 'validUntil'], ['nodes[99].name', 'nodes'], ['nodes', 'nodes'], ['serviceCidr', 'serviceCidr'], ['validityDays', 'validityDays'],
  ['preset', 'preset'], ['authoritySubject.XX', ''], [undefined, ''],
]) test(`an error in ${field} stands next to ${expected || 'the form'}`, () => assert.equal(fieldOf({ code: 'x', message: '', hint: '', field }, description), expected));

const changed = { ...description, certificates: { 'worker-1': { validityDays: 9 }, 'worker-1/kubelet': { validityDays: 8 }, 'worker-10': { validityDays: 7 }, admin: { organization: '' } } };

test('what is changed of a node’s certificates goes along when it is renamed, and nobody else’s', () => {
  const index = changed.nodes.findIndex(({ name }) => name === 'worker-1');
  assert.deepEqual(Object.keys(withNode(changed, index, { name: 'node-a' }).certificates ?? {}), ['node-a', 'node-a/kubelet', 'worker-10', 'admin']);
  assert.deepEqual(withNode(changed, index, { addresses: ['10.0.0.1'] }).certificates, changed.certificates);
});

test('what is changed of a node’s certificates goes with the node', () => {
  const index = changed.nodes.findIndex(({ name }) => name === 'worker-1');
  assert.deepEqual(Object.keys(withoutNode(changed, index).certificates ?? {}), ['worker-10', 'admin']);
});

test('a node moves past the next of its own role, and the first and the last stay', () => {
  const names = (/** @type {import('../../www/wasm.d.ts').Description} */ { nodes = [] }) => nodes.map(({ name }) => name).join(' ');
  const before = names(description), first = description.nodes.findIndex(({ role }) => role === 'worker');
  assert.equal(names(withMoved(description, first, 1)), before.replace('worker-1 worker-2', 'worker-2 worker-1'));
  assert.equal(names(withMoved(description, first, -1)), before);
  assert.equal(names(withMoved(description, first + 1, 1)), before);
});

test('a change of a certificate adds to those before, and is gone when nothing of it is left', () => {
  const once = withChange(description, 'admin', { organization: '' }), twice = withChange(once, 'admin', { validityDays: 9 });
  assert.deepEqual(twice.certificates, { admin: { organization: '', validityDays: 9 } });
  assert.deepEqual(withChange(twice, 'admin', { organization: undefined }).certificates, { admin: { validityDays: 9 } });
  assert.deepEqual(withChange(withChange(twice, 'admin', { organization: undefined }), 'admin', { validityDays: undefined }).certificates, {});
});

test('a date that is over stands next to the field that has it', () => {
  const error = (/** @type {string} */ found) => ({ code: 'date-past', message: '', hint: '', found });
  const dated = { ...description, validUntil: '2020-01-01', authorityValidUntil: '2021-01-01' };
  assert.deepEqual(['2020-01-01', '2021-01-01'].map((found) => fieldOf(error(found), dated)), ['validUntil', 'authorityValidUntil']);
});

test('no names are an empty list, several stand apart by commas', () => {
  assert.deepEqual([namesIn(' '), namesIn('a, b')], [[], ['a', 'b']]);
});
