// The walkthrough against the core itself: chapters of every preset, and answers that the verifier's own verdicts confirm.
/** @import { Plan, Row } from '../../www/wasm.d.ts' */
/** @import { Question } from '../../www/tour/questions.js' */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as wasm from '#wasm';
import { LOCALES, translator } from '../../www/i18n.js';
import { layout } from '../../www/layout.js';
import { seen } from '../../www/identity.js';
import { CHAPTERS, chaptersOf, folders, stories } from '../../www/tour/chapters.js';
import { cropped, lighting, uncut, upTo } from '../../www/tour/lighting.js';
import { certificateLines, homes, keyLines, requestLines } from '../../www/tour/objects.js';
import { questionsOf } from '../../www/tour/questions.js';
import { textKeys } from '../../www/tour/words.js';
import { initial } from '../../www/state.js';

wasm.initSync({ module: new WebAssembly.Module(await readFile(new URL('../../target/wasm/hardway_bg.wasm', import.meta.url))) });
const presets = wasm.presets(), t = translator('en');
/** @param {string} id */
const planOf = (id) => wasm.outline(/** @type {import('../../www/wasm.d.ts').Preset} */ (presets.find((one) => one.id === id)).description, 0);
/** @param {Plan} plan @param {string} chapter @param {string} id @returns {Question} */
function question(plan, chapter, id) {
  const found = chaptersOf(plan).filter((one) => one.id === chapter).flatMap((one) => questionsOf(plan, one)).find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}
/** @param {Question} question */
const right = ({ options }) => options.filter((one) => one.right).map(({ id }) => id).sort();
/** @param {Question} question */
const wrong = ({ options }) => options.filter((one) => !one.right).map(({ id }) => id).sort();

for (const { id: preset, description } of presets) test(`the chapters of ${preset}`, async (t) => {
  const plan = wasm.outline(description, 0), chapters = chaptersOf(plan), certificates = new Set(plan.certificates.map(({ id }) => id));
  await t.test('come in the order of the guide', () => assert.deepEqual(chapters.map(({ id }) => id), [...CHAPTERS]));
  await t.test('name only certificates and connections that exist, and every certificate that a chapter is about has one', () => {
    for (const chapter of chapters) {
      for (const { id } of chapter.certificates) assert.ok(certificates.has(id), id);
      for (const { id } of chapter.connections) assert.ok(plan.connections.some((one) => one.id === id), id);
      if (!['distribution', 'arrows'].includes(chapter.id) && !['token', 'plain'].includes(chapter.variant)) assert.ok(chapter.certificates.length, chapter.id);
    }
    const told = new Set(chapters.flatMap((chapter) => chapter.certificates.map(({ id }) => id))), untold = plan.certificates.filter(({ id, node, kind }) => !told.has(id) && !(node || kind === 'server-client') && id !== 'front-proxy-client');
    assert.deepEqual(untold, []);
  });
  await t.test('have every text and every value that it names, in both languages', () => {
    for (const chapter of chapters) for (const words of Object.values(LOCALES)) {
      for (const key of [`tour.${chapter.id}`, `tour.${chapter.id}.lead`, ...textKeys(chapter)]) {
        const sentence = words[/** @type {import('../../www/i18n.js').Key} */ (key)];
        assert.ok(sentence, key);
        for (const [, name] of sentence.matchAll(/\{(\w+)/g)) assert.ok(chapter.values[name] !== undefined && chapter.values[name] !== '', `${key} names ${name}`);
      }
    }
  });
  await t.test('ask three questions each, of which every sentence is there in both languages, and of which something is right', () => {
    for (const chapter of chapters) {
      const asked = questionsOf(plan, chapter);
      assert.equal(asked.length, 3, chapter.id);
      for (const one of asked) {
        assert.ok(one.options.length >= 2 && one.options.length <= 5, `${one.id}: ${one.options.length}`);
        assert.ok(one.many || right(one).length === 1, `${one.id}: ${right(one)}`);
        assert.equal(new Set(one.options.map(({ id }) => id)).size, one.options.length, one.id);
        for (const words of Object.values(LOCALES)) for (const key of [`q.${one.id}`, `why.${one.id}`, ...one.options.flatMap((option) => (option.text === null ? [`o.${one.id}.${option.id}`] : []))]) {
          const sentence = words[/** @type {import('../../www/i18n.js').Key} */ (key)];
          assert.ok(sentence, key);
          for (const [, name] of sentence.matchAll(/\{(\w+)/g)) assert.ok(one.values[name] !== undefined && one.values[name] !== '', `${key} names ${name}`);
        }
      }
    }
  });
  await t.test('light shapes of the figure, and leave some quiet', () => {
    for (const narrow of [false, true]) for (const view of /** @type {const} */ (['certificates', 'components'])) {
      const figure = layout(plan, { view, narrow, t: translator('en') });
      for (const chapter of chapters) {
        const lit = lighting(figure, chapter, plan);
        if (view === 'certificates' && chapter.variant !== 'plain') assert.ok(lit.chips.size + lit.arrows.size > 0, chapter.id);
        if (view === 'certificates' && !['ca', 'arrows', 'distribution'].includes(chapter.id)) assert.ok(lit.chips.size < figure.chips.length, `${chapter.id} lights all`);
      }
    }
  });
  await t.test('on a screen of 1280 x 720 the piece that is shown has words of 14 pixels, and shows what is lit', () => {
    const figure = layout(plan, { view: 'certificates', narrow: false, t: translator('en') }), room = { width: 1280 * 0.54 - 24, height: 696 };
    assert.ok(Math.min(room.width / figure.viewBox[2], room.height / figure.viewBox[3]) * 11.5 < 14, 'the whole figure would be too small');
    const shown = [...chapters.map((chapter) => ({ chapter, only: null })), ...stories(plan.connections).map((only) => ({ chapter: chapters[9], only }))];
    for (const { chapter, only } of shown) {
      const [x, y, w, h] = cropped(figure, lighting(figure, chapter, plan, only), { ...room, scale: 1.36, least: 1.22 });
      assert.ok(Math.min(room.width / w, room.height / h) * 11.5 >= 14, `${chapter.id} ${only?.id}: ${Math.min(room.width / w, room.height / h) * 11.5}`);
      const [left, top, wide, high] = figure.viewBox;
      assert.ok(x >= left && y >= top && x + w <= left + wide + 0.01 && y + h <= top + high + 0.01, chapter.id);
    }
  });
  await t.test('at 390 pixels the piece beside the text shows both ends of what a single caller does', () => {
    const figure = layout(plan, { view: 'certificates', narrow: true, t: translator('en') });
    for (const chapter of chapters.filter(({ id, variant }) => ['admin', 'controller-manager', 'scheduler', 'kube-proxy'].includes(id) && variant !== 'token')) {
      const lit = lighting(figure, chapter, plan), [x, y, w, h] = cropped(figure, lit, { width: 358, height: 320, most: 360, scale: 1, least: 0.8 });
      const out = [...figure.boxes.filter(({ id }) => lit.boxes.has(id)), ...figure.chips.filter(({ id }) => lit.chips.has(id))].filter(({ rect }) => rect.x < x || rect.y < y || rect.x + rect.w > x + w || rect.y + rect.h > y + h);
      assert.deepEqual(out.map(({ id }) => id), [], chapter.id);
    }
  });
  await t.test('light for an authority what it signs, and neither a token nor a bare key', () => {
    const figure = layout(plan, { view: 'certificates', narrow: false, t: translator('en') }), lit = lighting(figure, chapters[0], plan);
    assert.deepEqual(figure.chips.filter(({ id }) => lit.chips.has(id)).map(({ extension }) => extension).filter((one) => one !== '.crt'), []);
    assert.ok(figure.chips.filter(({ shape }) => shape === 'badge' || shape === 'plate').every(({ id }) => lit.chips.has(id)));
    assert.ok(figure.chips.some(({ id, extension }) => extension !== '.crt' && !lit.chips.has(id)));
  });
  await t.test('show the owner alone with the key, then the authority, then the arrows', () => {
    const figure = layout(plan, { view: 'certificates', narrow: false, t: translator('en') });
    for (const chapter of chapters.filter(({ certificates, connections }) => certificates.length && connections.length && certificates[0].kind !== 'key-pair')) {
      const lit = lighting(figure, chapter, plan), [key, request, certificate] = /** @type {const} */ (['key', 'request', 'certificate']).map((step) => upTo(lit, step, chapter.certificates[0].id, figure));
      assert.deepEqual([key.stamps.size, key.arrows.size, request.arrows.size], [0, 0, 0], chapter.id);
      assert.deepEqual([request.stamps, certificate], [lit.stamps, lit], chapter.id);
      const room = { width: 1280 * 0.54 - 24, height: 696, scale: 1.36, least: 1.22 };
      assert.deepEqual(uncut(request, figure, cropped(figure, request, room)).stamps, request.stamps, `${chapter.id}: the authority that is asked is in the picture`);
      assert.ok(key.chips.size > 0 && [...key.chips].every((id) => lit.chips.has(id)) && request.stamps.size > 0, chapter.id);
    }
  });
  await t.test('light no authority that the edge of the piece cuts', () => {
    const figure = layout(plan, { view: 'certificates', narrow: false, t: translator('en') }), lit = lighting(figure, chapters[1], plan), { id, rect } = figure.stamps[0];
    assert.ok(lit.stamps.has(id) && uncut(lit, figure, [rect.x - 1, rect.y - 1, rect.w + 2, rect.h + 2]).stamps.has(id));
    assert.ok(!uncut(lit, figure, [rect.x - 1, rect.y - 1, rect.w, rect.h + 2]).stamps.has(id));
  });
  await t.test('tell where each private key lies, and never what is in it', () => {
    const state = initial(description, plan);
    for (const planned of chapters.flatMap(({ certificates }) => certificates)) {
      const { paths, inside } = homes(plan, planned.id), pair = planned.kind === 'key-pair', t = translator('en');
      const lines = [...keyLines(state, planned, t), ...(pair ? [] : [...requestLines(state, planned, t), ...certificateLines(state, planned, 'en', t)])];
      assert.ok(paths.length + inside.length > 0 || planned.kind === 'authority', planned.id);
      assert.doesNotMatch(JSON.stringify(lines), /PRIVATE KEY|BEGIN/);
      assert.ok(lines.every(({ label, values }) => label && values.every(Boolean)), planned.id);
    }
  });
});

test('names that differ between the presets are told of in the variant that is true', () => {
  /** @param {string} preset */
  const variants = (preset) => Object.fromEntries(chaptersOf(planOf(preset)).map(({ id, variant }) => [id, variant]));
  assert.deepEqual([variants('hard-way-2020').ca, variants('kubeadm').ca], ['one', 'many']);
  assert.deepEqual([variants('hard-way-2020').etcd, variants('hightower-2025').etcd, variants('kubeadm').etcd], ['shared', 'plain', 'own']);
  assert.deepEqual([variants('hard-way-2020').apiserver, variants('hard-way-2025').apiserver], ['both', 'apart']);
  assert.deepEqual([variants('hard-way-2020')['kube-proxy'], variants('one-node')['kube-proxy'], variants('kubeadm')['kube-proxy']], ['balanced', 'direct', 'token']);
  assert.deepEqual([variants('hard-way-2020')['service-account'], variants('kubeadm')['service-account']], ['certificate', 'pair']);
});

test('right is what the plan says: names of the API server, the first service address, the badge for kubelets', () => {
  const seed = planOf('hard-way-2020');
  assert.deepEqual(right(question(seed, 'apiserver', 'apiserver.names')), ['10.96.0.1', '127.0.0.1', '192.168.5.30']);
  assert.deepEqual(wrong(question(seed, 'apiserver', 'apiserver.names')), ['10.96.0.10', '192.168.5.21']);
  assert.deepEqual(right(question(seed, 'apiserver', 'apiserver.service')), ['10.96.0.1']);
  assert.deepEqual(right(question(seed, 'apiserver', 'apiserver.badge')), ['kube-apiserver.crt']);
  assert.deepEqual(right(question(planOf('hard-way-2025'), 'apiserver', 'apiserver.badge')), ['apiserver-kubelet-client.crt']);
  const moved = wasm.outline({ ...seed.cluster, serviceCidr: '10.32.0.0/24' }, 0);
  assert.deepEqual(right(question(moved, 'apiserver', 'apiserver.service')), ['10.32.0.1']);
});

test('what etcd believes is a matter of its authority', () => {
  assert.deepEqual(wrong(question(planOf('hard-way-2020'), 'etcd', 'etcd.opens')), []);
  assert.deepEqual(wrong(question(planOf('kubeadm'), 'etcd', 'etcd.opens')), ['admin.crt', 'scheduler.crt']);
});

test('files go where the plan places them', () => {
  const seed = planOf('hard-way-2020');
  assert.deepEqual(right(question(seed, 'distribution', 'distribution.node')), ['ca.crt', 'worker-1.key']);
  assert.deepEqual(right(question(seed, 'distribution', 'distribution.ca')), ['master-1', 'master-2']);
  assert.deepEqual(wrong(question(seed, 'distribution', 'distribution.ca')), ['loadbalancer', 'worker-1', 'worker-2']);
  assert.equal(folders(seed).flatMap(({ files }) => files).length, seed.placements.length);
  assert.ok(folders(seed).flatMap(({ files }) => files).every(({ path, secret }) => secret === /\.key$|kubeconfig|encryption/.test(path)));
});

test('the right answer does not always stand at the same place', () => {
  const single = chaptersOf(planOf('hard-way-2020')).flatMap((chapter) => questionsOf(planOf('hard-way-2020'), chapter)).filter(({ many }) => !many);
  const places = new Set(single.map(({ options }) => options.findIndex((one) => one.right)));
  assert.ok(places.size >= 3, [...places].join());
});

test('kube-apiserver takes the user from CN and the groups from O; etcd does not look', () => {
  const seed = planOf('hard-way-2020'), at = (/** @type {string} */ kind) => seen(/** @type {import('../../www/wasm.d.ts').Connection} */ (seed.connections.find((one) => one.kind === kind)), seed);
  assert.deepEqual(at('kubectl/kube-apiserver'), { user: 'admin', groups: ['system:masters', 'system:authenticated'] });
  assert.equal(at('kube-apiserver/etcd'), null);
  assert.equal(at('pod/kube-apiserver'), null);
});

/** A set of this preset, issued and open to experiments; short keys, for its answers do not depend on them. @param {string} preset @param {import('../../www/wasm.d.ts').Description['certificates']} [certificates] what is changed of them */
function court(preset, certificates) {
  const plan = planOf(preset), description = { ...plan.cluster, keyAlgorithm: /** @type {const} */ ('ecdsa-p256'), ...(certificates && { certificates }) }, now = Date.now();
  const vault = new wasm.Vault(description), maker = new wasm.KeyMaker([]);
  vault.begin(now);
  for (const { id, keyAlgorithm } of vault.roll()) vault.addKey(id, keyAlgorithm, maker.generate(keyAlgorithm).pkcs8());
  vault.issue();
  return {
    plan,
    /** @param {string | undefined} lesson @param {number} [days] later @returns {Row[]} */
    rows(lesson, days = 0) { vault.lesson(lesson, now); return vault.verdicts(now + days * 86_400_000).rows; },
  };
}

for (const preset of ['hard-way-2020', 'kubeadm', 'one-node']) test(`the verifier confirms the answers for ${preset}`, async (t) => {
  const { plan, rows } = court(preset);
  await t.test('as issued all holds: what falls below falls because of the experiment', () => assert.ok(rows(undefined).every(({ side, nobody }) => side === null && !nobody)));
  await t.test('an authority made anew under the same name', () => {
    assert.equal(Number(right(question(plan, 'ca', 'ca.anew'))[0]), rows('ca-anew').filter(({ side }) => side === null).length);
  });
  await t.test('etcd’s certificate without clientAuth', () => {
    const fallen = [...new Set(rows('etcd-no-client-auth').filter(({ side }) => side !== null).map(({ kind }) => kind))].sort();
    assert.deepEqual(right(question(plan, 'etcd', 'etcd.roles')), fallen);
    assert.equal(question(plan, 'etcd', 'etcd.roles').values.n, rows('etcd-no-client-auth').filter(({ side }) => side !== null).length);
  });
  await t.test('a typo in the CN: let in, without rights', () => {
    assert.deepEqual(right(question(plan, 'scheduler', 'scheduler.typo')), ['forbidden']);
    const fallen = rows('cn-typo').filter(({ side, nobody }) => side !== null || nobody);
    assert.ok(fallen.length > 0 && fallen.every(({ side, nobody, kind }) => side === null && nobody && kind === 'kube-scheduler/kube-apiserver'));
  });
  await t.test('a certificate of another authority: HTTP 401, after the handshake', () => {
    assert.deepEqual(right(question(plan, 'arrows', 'arrows.foreign')), ['401']);
    const fallen = rows('wrong-ca').filter(({ side }) => side !== null);
    assert.ok(fallen.length > 0 && fallen.every(({ side, kind, other }) => side === 'server' && kind === 'kubectl/kube-apiserver' && /logged in|Unauthorized/.test(other)), JSON.stringify(fallen));
  });
  if (plan.cluster.nodes.filter(({ role }) => role === 'control-plane').length > 1) await t.test('another service account key on one control plane: only pods, and not by TLS', () => {
    assert.deepEqual(right(question(plan, 'service-account', 'service-account.differs')), ['sometimes']);
    const fallen = rows('sa-key-differs').filter(({ side }) => side !== null);
    assert.ok(fallen.length > 0 && fallen.every(({ kind, text }) => kind === 'pod/kube-apiserver' && /bearer token/.test(text)), JSON.stringify(fallen[0]));
  });
});

test('the verifier confirms what the API server hears when its badge for etcd has expired', () => {
  const { plan, rows } = court('kubeadm', { 'apiserver-etcd-client': { validityDays: 1 } });
  assert.deepEqual(right(question(plan, 'etcd', 'etcd.refusal')), ['alert']);
  assert.ok(rows(undefined).every(({ side }) => side === null), 'as long as it is valid, nothing falls');
  const fallen = rows(undefined, 2).filter(({ side }) => side !== null), heard = [...new Set(fallen.map(({ other }) => other))];
  assert.ok(fallen.length > 0 && fallen.every(({ kind, side }) => kind === 'kube-apiserver/etcd' && side === 'server'), JSON.stringify(fallen[0]));
  assert.equal(heard.length, 1);
  const alert = /tls: (.*)$/.exec(heard[0])?.[1] ?? '';
  for (const words of Object.values(LOCALES)) assert.ok(words['o.etcd.refusal.alert'].includes(`“${alert}”`), `${words['o.etcd.refusal.alert']}: ${alert}`);
});

test('a cluster without workers has its chapters too', () => {
  const seed = planOf('hard-way-2020'), plan = wasm.outline({ ...seed.cluster, nodes: seed.cluster.nodes.filter(({ role }) => role !== 'worker') }, 0);
  for (const chapter of chaptersOf(plan)) {
    assert.equal(questionsOf(plan, chapter).length, 3);
    assert.ok(textKeys(chapter).every((key) => t(/** @type {import('../../www/i18n.js').Key} */ (key), chapter.values)));
  }
  assert.equal(chaptersOf(plan)[9].variant, 'alone');
});
