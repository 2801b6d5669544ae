// What lights up when something is looked at, in the guide's own cluster and in kubeadm's with its three authorities.
/** @import { Lights, Looked } from '../../www/lights.js' */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { translator } from '../../www/i18n.js';
import { layout } from '../../www/layout.js';
import { lights, lookedAt, lookedFor } from '../../www/lights.js';
import { carriers, nodesOf } from '../../www/placed.js';
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

test('a chosen certificate and component light; a chosen arrow leaves the figure as it is', () => {
  assert.deepEqual(lookedFor({ kind: 'certificate', id: 'badge-admin', certificate: 'admin' }), { certificates: ['admin'] });
  assert.deepEqual(lookedFor({ kind: 'component', id: 'etcd-0', component: 'etcd@master-1' }), { box: 'etcd-0' });
  assert.equal(lookedFor({ kind: 'arrow', id: 'scheduler-0', connection: 'x' }), null);
  assert.equal(lookedFor(null), null);
});

test('an arrow lights its two ends and their chips, and nothing else', () => {
  const lit = figure('hard-way-2020').look({ arrow: 'scheduler-0' });
  assert.deepEqual(of(lit, 'arrow'), ['scheduler-0']);
  assert.deepEqual(of(lit, 'box'), ['kube-apiserver-0', 'scheduler-0']);
  assert.deepEqual(of(lit, 'chip'), ['badge-scheduler-0', 'plate-api-0']);
  assert.deepEqual(of(lit, 'host', 'near'), ['master-0']);
});

test('a component lights its arrows and what is at their far ends, but not its own like on the other host', () => {
  const { look } = figure('hard-way-2020'), scheduler = look({ box: 'scheduler-1' }), hub = look({ box: 'kube-apiserver-1' });
  assert.deepEqual(of(scheduler, 'arrow'), ['scheduler-1']);
  assert.deepEqual(of(scheduler, 'box'), ['kube-apiserver-1', 'scheduler-1']);
  assert.deepEqual(of(hub, 'arrow'), ['api-etcd-10', 'api-etcd-11', 'kubectl', 'kubelet-0', 'kubelet-1', 'logs-0', 'logs-1', 'manager-1', 'pods-0', 'pods-1', 'proxy-0', 'proxy-1', 'scheduler-1', 'trunk']);
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
  assert.deepEqual(of(worker, 'arrow'), ['kubelet-1', 'logs-1', 'trunk']);
  assert.deepEqual(of(worker, 'host', 'lit'), ['worker-1']);
});

test('an authority lights what it signed and, apart from that, each end that checks with it', () => {
  const lit = figure('kubeadm').look({ certificates: ['etcd/ca'] });
  assert.deepEqual(of(lit, 'chip', 'signed'), ['badge-etcd-0', 'plate-etcd-0']);
  assert.deepEqual(of(lit, 'tail', 'trust'), ['api-etcd-00', 'etcd-loop-0']);
  assert.deepEqual(of(lit, 'head', 'trust'), ['api-etcd-00', 'etcd-loop-0']);
  assert.deepEqual(of(lit, 'box', 'trust'), ['etcd-0', 'kube-apiserver-0']);
  assert.deepEqual(of(lit, 'stamp'), ['etcd/ca']);
});

test('behind a load balancer the end that checks is the API server; a pod checks, but its token is not checked with an authority', () => {
  const lit = figure('hard-way-2020').look({ certificates: ['ca'] }), heads = of(lit, 'head', 'trust'), tails = of(lit, 'tail', 'trust');
  assert.ok(heads.includes('trunk') && !heads.includes('kubectl') && !heads.includes('kubelet-0'));
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
