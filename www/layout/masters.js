// The upper row: one host per column with kube-controller-manager, kube-scheduler, etcd and kube-apiserver, the hub.
/** @import { Point } from './geometry.js' */
import { AXIS, HOST, INNER, LANE, MASTER_HEIGHT, OUTER, across, clipped, mirror, mirrored } from './geometry.js';
import { dialled } from './reading.js';

/** The host of an etcd of its own, and the corner that it takes from the master's. */
const STORE = { x: 240, y: -32, w: 168, h: 150 }, NOTCH = { x: 232, y: 0, w: 176, h: 126 };

/** @param {import('./sheet.js').Sheet} page */
export function masters(page) {
  page.reading.masterColumns.forEach((hosts, column) => {
    const apart = page.reading.apart && page.reading.storeColumns[column] !== undefined;
    page.host({
      id: `master-${column}`, rect: mirrored(column, { x: 0, y: 0, w: HOST, h: MASTER_HEIGHT }), hosts, baseline: 21, mirror: column === 1, down: false,
      notch: apart ? mirrored(column, NOTCH) : undefined,
    });
    if (apart) page.host({ id: `etcd-${column}`, rect: mirrored(column, STORE), hosts: page.reading.storeColumns[column], baseline: STORE.y + 17, mirror: column === 1, down: false, max: 150 });
    etcd(page, column);
    apiserver(page, column);
    clients(page, column);
    if (page.reading.masterColumns.length === 2) acrossTheGap(page, column);
  });
  const { t, reading } = page;
  if (reading.masterColumns.length === 2 && reading.between('etcd', 'etcd', 0, 1).length) page.label(['peer-01', 'peer-10'], AXIS, 64, t('lane.peers'), 'middle', 'lane cased', 60);
}

/** etcd with its door below, and a loop above for what starts and ends in the same column. @param {import('./sheet.js').Sheet} page @param {number} c */
function etcd(page, c) {
  const { reading, t } = page, x = mirrored(c, { ...INNER, y: 0, h: 0 }).x;
  if (!reading.has('etcd')) {
    page.component(`etcd-${c}`, { x, y: 34, w: INNER.w, h: 36 }, 'etcd', c);
    page.label([], x + INNER.w / 2, 84, t('box.plain'), 'middle', 'lane', INNER.w);
    return;
  }
  if (!reading.storeColumns[c]) return;
  const served = [...reading.between('kube-apiserver', 'etcd', undefined, c), ...reading.between('etcd', 'etcd', undefined, c)];
  page.component(`etcd-${c}`, { x, y: 34, w: INNER.w, h: 76 }, 'etcd', c, [2379, 2380].map((port) => `:${port}`).join(' '));
  page.plate(`plate-etcd-${c}`, `etcd-${c}`, { x, y: 74, w: INNER.w, h: 36 }, served);
  page.door(`etcd-${c}`, { x: x + 6, y: 78, w: INNER.w - 12, h: 24 }, 2379);
  const inside = [...reading.between('etcdctl', 'etcd', undefined, c), ...reading.between('etcd', 'etcd', c, c)];
  const m = mirror(c);
  page.arrow(`etcd-loop-${c}`, inside, { from: m([328, 34], [328, 15], [386, 15], [386, 34]), at: [across(c, 355), 15], chips: [`plate-etcd-${c}`], boxes: [`etcd-${c}`] });
  if (inside.length) page.label([`etcd-loop-${c}`], across(c, 318), 28, t(reading.has('etcdctl') ? 'lane.itself.etcdctl' : 'lane.itself'), c ? 'start' : 'end', 'lane', 74);
}

/** @param {import('./sheet.js').Sheet} page @param {number} c */
function apiserver(page, c) {
  const { reading, t } = page, x = mirrored(c, { ...INNER, y: 0, h: 0 }).x;
  const toEtcd = reading.between('kube-apiserver', 'etcd', c), toKubelet = reading.between('kube-apiserver', 'kubelet', c);
  const incoming = reading.plan.connections.filter((connection) => connection.listener.startsWith('kube-apiserver@') && reading.columnOfComponent(connection.listener) === c);
  const port = incoming[0]?.port ?? 6443;
  const names = reading.certificates.get(incoming[0]?.server.certificate ?? '')?.names.length ?? 0;
  page.component(`kube-apiserver-${c}`, { x, y: 192, w: INNER.w, h: 131 }, 'kube-apiserver', c);
  page.badge(`badge-etcd-${c}`, `kube-apiserver-${c}`, { x, y: 154, w: INNER.w, h: 32 }, toEtcd);
  page.plate(`plate-api-${c}`, `kube-apiserver-${c}`, { x, y: 226, w: INNER.w, h: 54 }, incoming, { third: [t('chip.names', { n: names }), `:${port}`] });
  page.signer(`checks-${c}`, `kube-apiserver-${c}`, { x: x + 5, y: 286, w: INNER.w - 10, h: 32 }, 'checks');
  page.badge(`badge-kubelet-${c}`, `kube-apiserver-${c}`, { x, y: 329, w: INNER.w, h: 32 }, toKubelet);
  page.door(`kube-apiserver-${c}`, { x: x + 6, y: 228, w: INNER.w - 12, h: 28 }, port);
  page.verb('', x + INNER.w / 2, 284, t('hub.1'), 'middle', INNER.w - 14);
  page.verb('', x + INNER.w / 2, 301, t('hub.2'), 'middle', INNER.w - 14);
  const up = reading.between('kube-apiserver', 'etcd', c, c);
  page.arrow(`api-etcd-${c}${c}`, up, {
    from: mirror(c)([300, 154], [300, 110]), plain: mirror(c)([300, 192], [300, 110]), at: [across(c, 300), 132],
    chips: [`badge-etcd-${c}`, `plate-etcd-${c}`], boxes: [`kube-apiserver-${c}`, `etcd-${c}`],
  });
  page.verb(`api-etcd-${c}${c}`, across(c, 307), 174, t('verb.etcd'), c ? 'end' : 'start');
}

/** kube-controller-manager and kube-scheduler, which call the apiserver of their own host. @param {import('./sheet.js').Sheet} page @param {number} c */
function clients(page, c) {
  const { reading, t } = page, { x, w } = mirrored(c, { ...OUTER, y: 0, h: 0 }), m = mirror(c);
  const manager = reading.between('kube-controller-manager', 'kube-apiserver', c), scheduler = reading.between('kube-scheduler', 'kube-apiserver', c);
  const hub = { chips: [`plate-api-${c}`], boxes: [`kube-apiserver-${c}`] };
  page.component(`manager-${c}`, { x, y: 34, w, h: 36 }, 'kube-controller-manager', c);
  page.badge(`badge-manager-${c}`, `manager-${c}`, { x, y: 76, w, h: 32 }, manager);
  page.signer(`signs-${c}`, `manager-${c}`, { x, y: 114, w, h: 32 }, 'signs');
  page.component(`scheduler-${c}`, { x, y: 186, w, h: 36 }, 'kube-scheduler', c);
  page.badge(`badge-scheduler-${c}`, `scheduler-${c}`, { x, y: 228, w, h: 32 }, scheduler);
  page.arrow(`manager-${c}`, manager, {
    from: m([208, 92], [LANE.manager, 92], [LANE.manager, 232], [248, 232]), plain: m([208, 52], [LANE.manager, 52], [LANE.manager, 232], [248, 232]),
    at: [across(c, LANE.manager), 150], chips: [`badge-manager-${c}`, ...hub.chips], boxes: [`manager-${c}`, ...hub.boxes],
  });
  page.arrow(`scheduler-${c}`, scheduler, {
    from: m([208, 244], [248, 244]), plain: m([208, 204], [217, 204], [217, 244], [248, 244]), at: [across(c, 225), 244],
    chips: [`badge-scheduler-${c}`, ...hub.chips], boxes: [`scheduler-${c}`, ...hub.boxes],
  });
  const host = dialled([...manager, ...scheduler]);
  if (host) page.label([`manager-${c}`, `scheduler-${c}`], across(c, 217), 173, t('lane.dials', { host: clipped(host, 30) }), c ? 'start' : 'end');
  page.verb(`manager-${c}`, x + w / 2, 90, t('verb.manager'));
  page.verb(`scheduler-${c}`, c ? x + w - 4 : x + 4, 242, t('verb.scheduler'), c ? 'end' : 'start');
}

/** The one place where two lines cross, at a right angle: every apiserver keeps its state in every etcd. @param {import('./sheet.js').Sheet} page @param {number} c */
function acrossTheGap(page, c) {
  const { reading } = page, other = 1 - c, tip = across(other, 372), lane = c ? AXIS - 6 : AXIS + 6, level = c ? 163 : 177;
  /** @type {Point[]} */
  const rest = [[lane, level], [lane, 145], [tip, 145], [tip, 110]];
  page.arrow(`api-etcd-${c}${other}`, reading.between('kube-apiserver', 'etcd', c, other), {
    from: [[across(c, 398), level], ...rest], plain: [[across(c, 384), 192], [across(c, 384), level], ...rest], at: [tip, 130], radius: 7, cased: true,
    chips: [`badge-etcd-${c}`, `plate-etcd-${other}`], boxes: [`kube-apiserver-${c}`, `etcd-${other}`],
  });
  const y = c ? 99 : 85;
  page.arrow(`peer-${c}${other}`, reading.between('etcd', 'etcd', c, other), {
    from: [[across(c, 398), y], [across(other, 398), y]], at: [AXIS, c ? 104 : 80], chips: ['plate-etcd-0', 'plate-etcd-1'], boxes: ['etcd-0', 'etcd-1'],
  });
}
