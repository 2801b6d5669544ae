// The middle row: the way in. A load balancer passes TLS through unopened, so it has no chip; without one there is a plain junction.
import { AXIS, ENTRANCE, across, clipped } from './geometry.js';

const THROUGH = /** @type {const} */ (['kubectl', 'kubelet', 'kube-proxy']);

/** @param {import('./sheet.js').Sheet} page */
export function entrance(page) {
  const { reading, t } = page, { single, balancers } = reading;
  const x = single ? 306 : AXIS - 100, w = single ? 118 : 200, balancer = balancers[0];
  const through = THROUGH.flatMap((kind) => reading.between(kind, 'kube-apiserver'));
  if (through.length === 0) return;

  if (balancer) {
    const name = clipped(balancers.map((one) => one.name).join(', '), single ? 15 : 17), address = balancer.addresses[0] ?? '';
    page.geometry.boxes.push({
      id: 'entrance', rect: { x, y: ENTRANCE, w, h: 46 }, icon: '', name, note: single ? address : `${address}\n${t('box.balancer')}`, style: 'balancer', kind: 'load-balancer', components: [],
      label: single ? t('box.passes', { name: `${name} ${address}` }) : `${name} ${address} ${t('box.balancer')}`,
    });
  }
  else {
    page.geometry.boxes.push({ id: 'entrance', rect: { x, y: ENTRANCE + 19, w, h: 8 }, icon: '', name: '', note: '', style: 'bus', kind: 'load-balancer', components: [], label: '' });
    page.label([], single ? x + 104 : x + w - 2, ENTRANCE + 12, t('box.direct'), 'end', 'lane', 90);
  }
  trunk(page, balancer ? ENTRANCE : ENTRANCE + 19, through);

  const kubectl = reading.between('kubectl', 'kube-apiserver');
  if (kubectl.length === 0) return;
  const box = single ? { x: 34, w: 84 } : { x: 40, w: 86 }, badge = single ? { x: 122, w: 136 } : { x: 133, w: 147 };
  page.component('kubectl', { ...box, y: 405, h: 36 }, 'kubectl', 0);
  page.badge('badge-admin', 'kubectl', { ...badge, y: 407, h: 32 }, kubectl);
  page.arrow('kubectl', kubectl, {
    from: [[badge.x + badge.w, 423], [x, 423]], plain: [[box.x + box.w, 423], [x, 423]], at: [single ? 277 : 299, 423],
    chips: ['badge-admin', ...plates(page)], boxes: ['kubectl', 'entrance', ...hubs(page)],
  });
  page.verb('kubectl', 206, 427, t('verb.kubectl'));
}

/** From the entrance a stem, and from it an arm to the plate of every apiserver that is called through it. @param {import('./sheet.js').Sheet} page @param {number} top @param {import('../wasm.d.ts').Connection[]} through */
function trunk(page, top, through) {
  const x = page.reading.single ? 416 : AXIS, y = 256, corner = (x - 398 - 6) / 2;
  page.pipe('trunk', through, { points: [[x, top], [x, y + corner]], path: `M${x} ${top}V${y + corner}`, head: false, boxes: ['entrance'] });
  for (const column of [0, 1]) {
    const mine = through.filter(({ listener }) => page.reading.columnOfComponent(listener) === column), tip = across(column, 398), way = column ? 1 : -1;
    if (mine.length) page.pipe(`trunk-${column}`, mine, { points: [[x, y], [tip, y]], path: `M${x} ${y + corner}Q${x} ${y} ${x + way * corner} ${y}H${tip - way * 6}`, head: true, boxes: [`kube-apiserver-${column}`] });
  }
}

/** @param {import('./sheet.js').Sheet} page */
export const plates = (page) => page.reading.masterColumns.map((_, column) => `plate-api-${column}`);
/** @param {import('./sheet.js').Sheet} page */
export const checks = (page) => page.reading.masterColumns.map((_, column) => `checks-${column}`);
/** @param {import('./sheet.js').Sheet} page */
export const hubs = (page) => page.reading.masterColumns.map((_, column) => `kube-apiserver-${column}`);
