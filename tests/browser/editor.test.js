// The editor, as somebody uses it whose nodes are not the guide's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawn, generate, openBrowser, openPage } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @param {import('playwright-core').Page} page @param {string} field */
const value = async (page, field) => {
  await drawn(page);
  return page.locator(`[data-field="${field}"]`).inputValue();
};
/** @param {import('playwright-core').Page} page @param {string} id */
const openCertificate = (page, id) => page.locator('.stage .chip', { hasText: id }).first().click();

test('undo and redo go through presets, nodes and words, by button and by key', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  const undo = page.getByRole('button', { name: 'Undo' }), redo = page.getByRole('button', { name: 'Redo' });
  assert.ok(await undo.isDisabled() && await redo.isDisabled());
  await page.locator('[data-field=name]').fill('');
  await page.locator('[data-field=name]').pressSequentially('lab');
  await page.selectOption('[data-field=preset]', 'kubeadm');
  await page.getByRole('button', { name: 'Add to: Workers' }).click();
  await page.locator('[data-field="nodes[3].name"]').waitFor();
  await undo.click();
  await drawn(page);
  assert.equal(await page.locator('[data-field="nodes[3].name"]').count(), 0);
  await page.keyboard.press('Control+z');
  assert.equal(await value(page, 'preset'), 'hard-way-2020');
  assert.equal(await value(page, 'name'), 'lab');
  await page.keyboard.press('Control+z');
  assert.equal(await value(page, 'name'), 'kubernetes-the-hard-way', 'what was typed is one step');
  assert.ok(await undo.isDisabled());
  for (const key of ['Control+Shift+z', 'Control+y']) await page.keyboard.press(key);
  assert.equal(await value(page, 'preset'), 'kubeadm');
  await redo.click();
  await page.locator('[data-field="nodes[3].name"]').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a node gets further names, another role and another place, and the certificates follow', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.getByRole('button', { name: 'More about master-1' }).click();
  await page.getByLabel('DNS names of master-1').fill('api.example, api-1.example');
  await openCertificate(page, 'kube-apiserver');
  await page.locator('#panel .sans').getByText('api-1.example').waitFor();
  await page.getByRole('button', { name: 'down', exact: true }).click();
  assert.equal(await value(page, 'nodes[1].name'), 'master-2');
  await page.getByRole('button', { name: 'More about worker-2' }).click();
  await page.getByLabel('Role of worker-2').selectOption('etcd');
  await page.getByText('etcd on hosts of its own').waitFor();
  await drawn(page);
  assert.match(await page.locator('.stage').innerText(), /worker-2/);
  assert.equal(await page.locator('.error').count(), 0);
  await context.close();
});

test('each SAN says who dials it, and through what', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await openCertificate(page, 'kube-apiserver');
  await drawn(page);
  const said = await page.locator('.sans').innerText();
  assert.match(said, /192\.168\.5\.30\s+dialled by .*kubelet worker-1, kubelet worker-2.*through loadbalancer/);
  assert.match(said, /127\.0\.0\.1\s+dialled by .*kube-scheduler master-1/);
  await context.close();
});

/** Fields of the editor, with what is typed and what is said beside it. @type {[string, string, string, RegExp][]} */
const REFUSED = [
  ['hard-way-2020', 'controlPlaneEndpoint', 'https://x', /not a control-plane endpoint/], ['hard-way-2020', 'kubernetesVersion', 'latest', /not a version of Kubernetes/],
  ['hard-way-2020', 'authorityValidityDays', '0', /not possible/], ['hard-way-2020', 'serviceCidr', '10.96.0.0/16,10.97.0.0/16', /not one network of each family/],
  ['hard-way-2020', 'serviceCidr', '192.168.5.0/24', /inside the service CIDR/], ['hard-way-2020', 'nodes[1].addresses', '::ffff:10.0.0.1', /in the form of IPv6/],
  ['hard-way-2020', 'nodes[1].addresses', 'fe80::1%eth0', /zone/], ['hard-way-2020', 'nodes[3].name', 'a.'.repeat(30) + 'a', /64 bytes/],
];
for (const [preset, field, text, message] of REFUSED) test(`${field} of ${JSON.stringify(text.slice(0, 30))} is refused beside a field, and the state before stays`, async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=preset]', preset);
  await page.locator(`[data-field="${field}"]`).fill(text);
  await page.waitForSelector('.error');
  assert.match(await page.locator('.error').innerText(), message);
  assert.equal(await page.locator('[aria-invalid=true]').count(), 1);
  assert.equal(await page.locator('svg.diagram.stale').count(), 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await drawn(page);
  assert.equal(await page.locator('.error').count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what cannot be is said in the details too: a wildcard, and etcd where the guide has none with TLS', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.getByRole('button', { name: 'More about master-1' }).click();
  await page.getByLabel('DNS names of master-1').fill('*.example');
  assert.match(await page.locator('.error').innerText(), /a pattern, not a name/);
  await page.getByLabel('DNS names of master-1').fill('');
  await page.selectOption('[data-field=preset]', 'hightower-2025');
  await page.getByRole('button', { name: 'More about node-1' }).click();
  await page.getByLabel('Role of node-1').selectOption('etcd');
  assert.match(await page.locator('.error').innerText(), /no nodes of the role etcd/);
  await context.close();
});

test('a certificate is changed in the inspector, warned of, and taken back', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await openCertificate(page, 'kube-scheduler');
  await page.getByText('Change this certificate').click();
  await page.fill('[data-field="change.commonName"]', 'system:kube-schedular');
  await page.locator('#panel .warning').getByText('Kubernetes will take whoever shows kube-scheduler.crt for the user system:kube-schedular').waitFor();
  await page.fill('[data-field="change.organization"]', 'system:masters');
  await page.locator('#panel .warning').getByText('system:masters may do everything').waitFor();
  await drawn(page);
  assert.match(await page.locator('.left .warnings').innerText(), /2 things to know/);
  await page.fill('[data-field="change.commonName"]', 'x'.repeat(65));
  await drawn(page);
  assert.match(await page.locator('#panel .error').innerText(), /64 bytes/);
  await page.getByRole('button', { name: 'Back to the guide' }).click();
  await drawn(page);
  assert.equal(await page.locator('.warning').count(), 0);
  await page.getByText('Change this certificate').click();
  await page.selectOption('[data-field="change.keyAlgorithm"]', 'ecdsa-p384');
  await page.locator('#panel').getByText('ECDSA P-384').first().waitFor();
  await generate(page);
  await openCertificate(page, 'kube-scheduler');
  await drawn(page);
  assert.match(await page.locator('#panel .fields').innerText(), /P-384/i);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('after a set was made, an edit lists what would have to be made again, and undone nothing', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await generate(page);
  await page.fill('[data-field="nodes[3].addresses"]', '192.168.5.99');
  await page.getByText('1 of the last set has to be made again').waitFor();
  assert.match(await page.locator('.again').innerText(), /worker-1\s+lacks 192\.168\.5\.99, which kube-apiserver master-1, kube-apiserver master-2 dials\s+still says 192\.168\.5\.21/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Nothing to make again').waitFor();
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p384');
  await page.getByText('10 of the last set have to be made again').waitFor();
  await context.close();
});

test('a day that is over is refused beside its field, for certificates and for authorities', async () => {
  const { context, page } = await openPage(opened, { early: false });
  for (const field of ['validUntil', 'authorityValidUntil']) {
    await page.selectOption(`[data-field="${field}.how"]`, 'until');
    await page.fill(`[data-field=${field}]`, '2020-01-01');
    await page.waitForSelector('.error');
    assert.match(await page.locator('.error').innerText(), /2020-01-01, which is over/);
    assert.equal(await page.locator(`[data-field=${field}]`).getAttribute('aria-invalid'), 'true');
    await page.selectOption(`[data-field="${field}.how"]`, 'days');
    await page.waitForSelector('.error', { state: 'detached' });
  }
  await context.close();
});

test('valid until a day, for certificates and for authorities, is what is issued', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await page.selectOption('[data-field="validUntil.how"]', 'until');
  await page.fill('[data-field=validUntil]', '2031-12-31');
  await page.selectOption('[data-field="authorityValidUntil.how"]', 'until');
  await page.fill('[data-field=authorityValidUntil]', '2035-06-30');
  await page.getByText('Subject of the authorities').click();
  await page.fill('[data-field="authoritySubject.C"]', 'JP');
  await generate(page);
  await openCertificate(page, 'kube-scheduler');
  await drawn(page);
  assert.match(await page.locator('#panel .fields').innerText(), /2031-12-31 23:59:59 UTC/);
  await page.locator('.stamp').first().click();
  await drawn(page);
  const said = await page.locator('#panel .fields').innerText();
  assert.match(said, /2035-06-30 23:59:59 UTC/);
  assert.match(said, /C=JP/);
  assert.deepEqual(complaints, []);
  await context.close();
});
