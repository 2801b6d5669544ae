// What lights up when something is looked at, in the guide's own cluster and in kubeadm's with its three authorities.
/** @import { Lights, Looked } from '../../www/lights.js' */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { translator } from '../../www/i18n.js';
import { layout } from '../../www/layout.js';
import { lights, lookedAt, lookedFor } from '../../www/lights.js';
import { carriers, kubeconfigOf, nodesOf } from '../../www/placed.js';
import { ofShape } from '../../www/selecting.js';
import { planOf, presets } from './real-plans.js';
import { sized } from './sizes.js';

/** @param {string} preset @param {Partial<import('../../www/wasm.d.ts').Description>} [change] */
function figure(preset, change = {}) {
  const plan = planOf({ preset, ...change }), geometry = layout(plan, { view: 'certificates', narrow: false, t: translator('en') });
  return { plan, geometry, look: (/** @type {Looked | null} */ looked) => lights(plan, geometry, looked) };
}
/** @param {Lights | null} lit @param {string} kind @param {string} [light] */
const of = (lit, kind, light) => [...lit ?? []].filter(([key, one]) => key.startsWith(`${kind}/`) && (!light || one === light)).map(([key]) => key.slice(kind.length + 1)).sort();

test('nothing looked at: nothing is dim; what is not in the figure is not looked at', () => {
  const { look, geometry } = figure('hard-way-2020');
  assert.equal(look(null), null);
  assert.equal(look({ arrow: 'no-such' }), null);
  assert.equal(look({ box: 'no-such' }), null);
  assert.equal(lookedAt('trunk', geometry), null, 'part of other ways');
  assert.equal(lookedAt('host-master-0', geometry), null);
  assert.deepEqual(lookedAt('scheduler-0', geometry), { arrow: 'scheduler-0' });
  assert.deepEqual(lookedAt('box-scheduler-0', geometry), { box: 'scheduler-0' });
  assert.deepEqual(lookedAt('badge-admin', geometry), { certificates: ['admin'] });
  assert.deepEqual(lookedAt('stamp-ca', geometry), { certificates: ['ca'] });
});

test('whatever is chosen lights, an arrow with the one connection that was chosen of it', () => {
  assert.deepEqual(lookedFor({ kind: 'certificate', id: 'badge-admin', certificate: 'admin' }), { certificates: ['admin'], trust: false });
  assert.deepEqual(lookedFor({ kind: 'certificate', id: '', certificate: 'ca' }, true), { certificates: ['ca'], trust: true });
  assert.deepEqual(lookedFor({ kind: 'component', id: 'etcd-0', component: 'etcd@master-1' }), { box: 'etcd-0' });
  assert.deepEqual(lookedFor({ kind: 'arrow', id: 'scheduler-0', connection: 'x' }), { arrow: 'scheduler-0', connection: 'x' });
  assert.equal(lookedFor(null), null);
});

test('an arrow lights its two ends and their chips, and nothing else', () => {
  const lit = figure('hard-way-2020').look({ arrow: 'scheduler-0' });
  assert.deepEqual(of(lit, 'arrow'), ['scheduler-0']);
  assert.deepEqual(of(lit, 'box'), ['kube-apiserver-0', 'scheduler-0']);
  assert.deepEqual(of(lit, 'chip'), ['badge-scheduler-0', 'plate-api-0']);
  assert.deepEqual(of(lit, 'host', 'near'), ['master-0']);
});

test('of a bundle the chosen connection lights its own two ends, and the arm of the trunk that leads there', () => {
  const { look, plan } = figure('hard-way-2020'), both = look({ arrow: 'kubectl' });
  assert.deepEqual(of(both, 'box'), ['entrance', 'kube-apiserver-0', 'kube-apiserver-1', 'kubectl'], 'nothing chosen: both API servers');
  const to = (/** @type {string} */ node) => plan.connections.find(({ caller, listener }) => caller === 'kubectl' && listener.endsWith(node))?.id;
  const lit = look({ arrow: 'kubectl', connection: to('@master-2') });
  assert.deepEqual(of(lit, 'box'), ['entrance', 'kube-apiserver-1', 'kubectl']);
  assert.deepEqual(of(lit, 'chip'), ['badge-admin', 'plate-api-1']);
  assert.deepEqual(of(lit, 'arrow'), ['kubectl', 'trunk', 'trunk-1']);
  assert.deepEqual(of(look({ arrow: 'kubectl', connection: to('@master-1') }), 'arrow'), ['kubectl', 'trunk', 'trunk-0']);
});

test('a click on a bundle opens the connection that its line shows', () => {
  for (const { id } of presets) {
    const { geometry, plan } = figure(id);
    for (const { id: arrow, connections: [first] } of geometry.arrows.filter(({ pipe }) => !pipe)) {
      const [, kind, column] = /^(pods|logs)-(\d)$/.exec(arrow) ?? [];
      if (!kind) continue;
      const { caller, listener } = /** @type {import('../../www/wasm.d.ts').Connection} */ (plan.connections.find((one) => one.id === first));
      const hub = geometry.boxes.find((box) => box.id === `kube-apiserver-${column}`) ?? geometry.boxes.find((box) => box.id === 'kube-apiserver-0');
      assert.ok(hub?.components.includes(kind === 'pods' ? listener : caller), `${id} ${arrow} opens ${first}`);
    }
  }
  const { geometry } = figure('hard-way-2020'), open = (/** @type {string} */ shape) => /** @type {any} */ (ofShape(shape, geometry, null)).connection;
  assert.match(open('pods-1'), /worker-2.*master-2/);
  assert.match(open('pods-0'), /worker-1.*master-1/);
  assert.match(open('logs-1'), /master-2.*worker-2/);
});

test('a component lights its arrows and what is at their far ends, but not its own like on the other host', () => {
  const { look } = figure('hard-way-2020'), scheduler = look({ box: 'scheduler-1' }), hub = look({ box: 'kube-apiserver-1' });
  assert.deepEqual(of(scheduler, 'arrow'), ['scheduler-1']);
  assert.deepEqual(of(scheduler, 'box'), ['kube-apiserver-1', 'scheduler-1']);
  assert.deepEqual(of(hub, 'arrow'), ['api-etcd-10', 'api-etcd-11', 'kubectl', 'kubelet-0', 'kubelet-1', 'logs-0', 'logs-1', 'manager-1', 'pods-0', 'pods-1', 'proxy-0', 'proxy-1', 'scheduler-1', 'trunk', 'trunk-1']);
  assert.ok(!of(hub, 'box').includes('kube-apiserver-0') && !of(hub, 'chip').includes('plate-api-0'), 'the other API server stays dim');
  assert.ok(of(hub, 'box').includes('entrance') && of(hub, 'chip').includes('badge-admin'));
});

test('a certificate lights its arrows, every chip of it, who signed it, and the hosts that its file goes to', () => {
  const lit = figure('hard-way-2020').look({ certificates: ['etcd-server'] });
  assert.deepEqual(of(lit, 'chip'), ['badge-etcd-0', 'badge-etcd-1', 'plate-etcd-0', 'plate-etcd-1']);
  assert.deepEqual(of(lit, 'arrow'), ['api-etcd-00', 'api-etcd-01', 'api-etcd-10', 'api-etcd-11', 'etcd-loop-0', 'etcd-loop-1', 'peer-01', 'peer-10']);
  assert.deepEqual(of(lit, 'stamp'), ['ca']);
  assert.deepEqual(of(lit, 'host', 'lit'), ['master-0', 'master-1']);
  const worker = figure('hard-way-2020').look({ certificates: ['worker-2'] });
  assert.deepEqual(of(worker, 'arrow'), ['kubelet-1', 'logs-1', 'trunk', 'trunk-0', 'trunk-1']);
  assert.deepEqual(of(worker, 'host', 'lit'), ['worker-1']);
});

test('an authority lights what it signed; when that is asked for, each end that checks with it as well', () => {
  const quiet = figure('kubeadm').look({ certificates: ['etcd/ca'] });
  assert.deepEqual(of(quiet, 'chip'), ['badge-etcd-0', 'plate-etcd-0']);
  for (const kind of ['arrow', 'box', 'head', 'host', 'tail']) assert.deepEqual(of(quiet, kind), []);
  const lit = figure('kubeadm').look({ certificates: ['etcd/ca'], trust: true });
  assert.deepEqual(of(lit, 'chip', 'signed'), ['badge-etcd-0', 'plate-etcd-0']);
  assert.deepEqual(of(lit, 'tail', 'trust'), ['api-etcd-00', 'etcd-loop-0']);
  assert.deepEqual(of(lit, 'head', 'trust'), ['api-etcd-00', 'etcd-loop-0']);
  assert.deepEqual(of(lit, 'box', 'trust'), ['etcd-0', 'kube-apiserver-0']);
  assert.deepEqual(of(lit, 'stamp'), ['etcd/ca']);
});

test('behind a load balancer the end that checks is the API server; a pod checks, but its token is not checked with an authority', () => {
  const lit = figure('hard-way-2020').look({ certificates: ['ca'], trust: true }), heads = of(lit, 'head', 'trust'), tails = of(lit, 'tail', 'trust');
  assert.ok(heads.includes('trunk-0') && heads.includes('trunk-1') && !heads.includes('kubectl') && !heads.includes('kubelet-0'));
  assert.ok(tails.includes('pods-0') && !heads.includes('pods-0'));
  assert.ok(!of(lit, 'box', 'trust').includes('entrance'));
  assert.ok(!of(lit, 'chip').includes('token-0'), 'a token is not signed by it');
});

test('every connection has its two ends at two boxes, in every preset: no arrow lights without them', () => {
  for (const { id } of presets) {
    const { geometry, look } = figure(id);
    for (const arrow of geometry.arrows) {
      if (arrow.pipe) continue;
      const lit = look({ arrow: arrow.id });
      assert.ok(of(lit, 'box').length >= 1 && of(lit, 'arrow').includes(arrow.id), `${id} ${arrow.id}`);
    }
    for (const box of geometry.boxes) if (box.components.length) assert.ok(of(look({ box: box.id }), 'arrow').length >= 1, `${id} ${box.id}`);
    for (const chip of geometry.chips) assert.ok(geometry.boxes.some((box) => box.id === chip.owner), `${id}: ${chip.id} hangs on ${chip.owner}`);
  }
});

test('a file is placed by itself or inside a kubeconfig; a namesake in another folder is not it', () => {
  const { plan } = figure('kubeadm'), own = carriers(plan, 'ca');
  assert.ok(own.some(({ file }) => file === 'ca.crt') && own.some(({ file, inside }) => file === 'admin.conf' && inside));
  assert.ok(!own.some(({ file }) => file.startsWith('etcd/')));
  assert.deepEqual(nodesOf(plan, 'etcd/ca'), { names: ['control-plane-1'], n: 1 });
});

test('a flag leads to the kubeconfig that lies there, by path or by name; another file leads to none', () => {
  const { plan } = figure('hard-way-2020');
  assert.equal(kubeconfigOf(plan, 'worker-2', '/var/lib/kubelet/kubeconfig')?.certificate, 'worker-2');
  assert.equal(kubeconfigOf(plan, 'worker-1', '/var/lib/kubelet/kubeconfig')?.certificate, 'worker-1');
  assert.equal(kubeconfigOf(plan, '', 'admin-remote.kubeconfig')?.certificate, 'admin');
  assert.equal(kubeconfigOf(plan, 'master-1', '/var/lib/kubernetes/ca.crt'), undefined);
});

test('with many workers a file that goes to all that are told of goes to all', () => {
  const plan = planOf(sized({ preset: 'hard-way-2020', masters: 2, workers: 40, balancer: true, apart: false }, presets));
  assert.equal(nodesOf(plan, 'ca').n, 42);
  assert.equal(nodesOf(plan, 'kube-apiserver').n, 2);
  assert.equal(nodesOf(plan, 'worker-1').n, 1);
});

/** @param {string} hex */
const luminance = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
/** @param {string} a @param {string} b */
const contrast = (a, b) => { const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x); return (high + 0.05) / (low + 0.05); };

test('a dim text keeps 4.5 to 1 on everything that it stands on, in both themes', () => {
  const [light, dark] = readFileSync(new URL('../../www/style/tokens.css', import.meta.url), 'utf8').split(':root[data-theme=dark]');
  const css = readFileSync(new URL('../../www/style/lights.css', import.meta.url), 'utf8');
  assert.match(css, /data-light=dim\]:not\(\.broken\) :is\(text,tspan\)\{fill:var\(--ink3\)\}/);
  assert.doesNotMatch(css, /opacity/, 'lines would shine through');
  for (const theme of [light, dark]) for (const ground of ['paper', 'machine', 'comp']) {
    const [ink, on] = ['ink3', ground].map((token) => new RegExp(`--${token}:(#[0-9a-f]{6})`).exec(theme)?.[1] ?? '');
    assert.ok(contrast(ink, on) >= 4.5, `${ink} on ${on}: ${contrast(ink, on).toFixed(2)}`);
  }
  assert.ok(contrast('#888888', '#ffffff') < 4.5, 'the measure can fail');
});
