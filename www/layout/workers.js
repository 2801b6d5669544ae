// The lower row: kubelet, kube-proxy and pods. Their lanes run outside the masters so that no two of them cross.
import { ENTRANCE, HOST, LANE, WORKER_HEIGHT, WORKER_TOP, across, clipped, mirror, mirrored, unique } from './geometry.js';
import { dialled, drawnFirst } from './reading.js';
import { checks, hubs, plates } from './entrance.js';

const Y = WORKER_TOP;

/** @param {import('./sheet.js').Sheet} page */
export function workers(page) {
  page.reading.workerColumns.forEach((hosts, column) => {
    page.host({
      id: `worker-${column}`, rect: mirrored(column, { x: 0, y: Y, w: HOST, h: WORKER_HEIGHT }), hosts, baseline: Y + WORKER_HEIGHT - 12, max: HOST - 24,
      note: notes(page, hosts), choose: hosts.length === 1 && hosts[0].name === page.reading.focus,
      mirror: column === 1, down: !page.reading.single,
    });
    kubelet(page, column);
    proxy(page, column);
    pods(page, column);
  });
}

/** What else is to be said of a host. @param {import('./sheet.js').Sheet} page @param {import('../wasm.d.ts').Node[]} hosts */
function notes({ reading, t }, hosts) {
  if (hosts.length === 1 && reading.alsoAbove(hosts[0])) return t('host.same');
  const others = reading.plan.totals.workers;
  return hosts.length === 1 && hosts[0].name === reading.focus ? t('host.of', { n: others }) : '';
}

/** @param {import('./sheet.js').Sheet} page @param {number} c */
function kubelet(page, c) {
  const { reading, t } = page, { x, w } = mirrored(c, { x: 52, w: 164, y: 0, h: 0 }), m = mirror(c);
  const calls = reading.between('kubelet', 'kube-apiserver', c), called = reading.between('kube-apiserver', 'kubelet', undefined, c);
  const certificate = reading.certificates.get(called[0]?.server.certificate ?? '');
  const alone = new Set(called.map((connection) => connection.server.certificate)).size === 1;
  const names = certificate?.names.map((name) => name.value).join(', ') ?? '';
  page.component(`kubelet-${c}`, { x, y: Y + 50, w, h: 72 }, 'kubelet', c, `:${called[0]?.port ?? 10250}`);
  page.badge(`badge-kubelet-client-${c}`, `kubelet-${c}`, { x, y: Y + 12, w, h: 32 }, calls);
  page.plate(`plate-kubelet-${c}`, `kubelet-${c}`, { x, y: Y + 85, w, h: 37 }, called, {
    sub: !alone ? t('chip.own') : names.length <= 26 ? names : t('chip.names', { n: certificate?.names.length ?? 0 }),
  });
  page.door(`kubelet-${c}`, { x: x + 6, y: Y + 89, w: w - 12, h: 26 }, called[0]?.port ?? 10250);
  const gate = reading.balancers.length ? ENTRANCE + 46 : ENTRANCE + 27;
  page.arrow(`kubelet-${c}`, calls, {
    from: m([134, Y + 12], [134, 466], [340, 466], [340, gate]), plain: m([134, Y + 50], [134, 466], [340, 466], [340, gate]), at: [across(c, 228), 466],
    chips: [`badge-kubelet-client-${c}`, ...plates(page)], boxes: [`kubelet-${c}`, 'entrance', ...hubs(page)],
  });
  const callers = unique(called.map((connection) => reading.columnOfComponent(connection.caller)));
  page.arrow(`logs-${c}`, drawnFirst(called, ({ caller }) => reading.columnOfComponent(caller) === c), {
    from: m([248, 345], [LANE.logs, 345], [LANE.logs, Y + 104], [52, Y + 104]),
    plain: m([300, 323], [300, 345], [LANE.logs, 345], [LANE.logs, Y + 104], [52, Y + 104]), at: [across(c, 222), 345],
    chips: [...callers.map((column) => `badge-kubelet-${column}`), `plate-kubelet-${c}`], boxes: [...callers.map((column) => `kube-apiserver-${column}`), `kubelet-${c}`],
  });
  const host = dialled(called);
  if (called.length) page.label([`logs-${c}`], across(c, 44), 338, t('lane.logs', { host: host ? clipped(host, 28) : t('lane.each', { port: called[0].port }) }), c ? 'end' : 'start');
  page.verb(`kubelet-${c}`, x + w / 2, Y + 33, t('verb.kubelet'));
}

/** @param {import('./sheet.js').Sheet} page @param {number} c */
function proxy(page, c) {
  const { reading, t } = page, { x, w } = mirrored(c, { x: 240, w: 158, y: 0, h: 0 }), m = mirror(c);
  const calls = reading.between('kube-proxy', 'kube-apiserver', c);
  if (calls.length === 0) return;
  const gate = reading.balancers.length ? ENTRANCE + 46 : ENTRANCE + 27;
  page.component(`proxy-${c}`, { x, y: Y + 50, w, h: 36 }, 'kube-proxy', c);
  page.badge(`badge-proxy-${c}`, `proxy-${c}`, { x, y: Y + 12, w, h: 32 }, calls);
  page.arrow(`proxy-${c}`, calls, {
    from: m([319, Y + 12], [319, 480], [378, 480], [378, gate]), plain: m([319, Y + 50], [319, 480], [378, 480], [378, gate]), at: [across(c, 348), 480],
    chips: [`badge-proxy-${c}`, ...plates(page)], boxes: [`proxy-${c}`, 'entrance', ...hubs(page)],
  });
  page.verb(`proxy-${c}`, x + w / 2, Y + 33, t('verb.proxy'));
}

/** @param {import('./sheet.js').Sheet} page @param {number} c */
function pods(page, c) {
  const { reading, t } = page, box = mirrored(c, { x: 240, w: 158, y: Y + 134, h: 34 }), m = mirror(c);
  const calls = reading.between('pod', 'kube-apiserver', c);
  if (calls.length === 0) return;
  const token = mirrored(c, { x: 52, y: Y + 135, w: 164, h: 32 });
  page.component(`pods-${c}`, box, 'pod', c);
  page.badge(`token-${c}`, `pods-${c}`, token, calls);
  page.arrow(`pods-${c}`, drawnFirst(calls, ({ listener }) => reading.columnOfComponent(listener) === c), {
    from: m([240, Y + 151], [LANE.token, Y + 151], [LANE.token, 270], [248, 270]), at: [across(c, 222), 270],
    chips: [`token-${c}`, `signs-${c}`, ...checks(page), ...plates(page)], boxes: [`pods-${c}`, ...hubs(page)],
  });
  const host = dialled(calls);
  page.label([`pods-${c}`], across(c, 44), 288, host ? t('lane.service', { host }) : t('lane.service.many'), c ? 'end' : 'start');
  page.verb(`pods-${c}`, across(c, 134), Y + 155, t('verb.pods'));
}
