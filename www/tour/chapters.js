// The walkthrough's chapters, in the guide's order, read out of a plan: which certificates and connections each is about, and in which variant it is told.
/** @import { Connection, Plan, PlannedCertificate } from '../wasm.d.ts' */
import { commonName, publicFile } from '../names.js';
import { unique } from '../layout/geometry.js';

export const CHAPTERS = /** @type {const} */ (['ca', 'admin', 'controller-manager', 'kube-proxy', 'scheduler', 'apiserver', 'etcd', 'service-account', 'distribution', 'arrows']);
/** @typedef {typeof CHAPTERS[number]} ChapterId */
/** @typedef {Record<string, string | number>} Values */
/**
 * @typedef {{ id: ChapterId, variant: string, certificates: PlannedCertificate[], connections: Connection[], values: Values }} Chapter
 *   variant: how this cluster differs from the guide's, where it does; values: what the chapter's sentences name
 */

/** Every preset's file names; a node's own are without the node. @type {Partial<Record<ChapterId, string[]>>} */
const FILES = {
  admin: ['admin', 'super-admin'],
  'controller-manager': ['kube-controller-manager', 'controller-manager'],
  'kube-proxy': ['kube-proxy'],
  scheduler: ['kube-scheduler', 'scheduler'],
  apiserver: ['kube-apiserver', 'kube-api-server', 'apiserver', 'apiserver-kubelet-client'],
  etcd: ['etcd-server', 'etcd/server', 'etcd/peer', 'apiserver-etcd-client', 'etcd/healthcheck-client'],
};

/** @type {Partial<Record<ChapterId, (kind: string) => boolean>>} */
const KINDS = {
  admin: (kind) => kind.startsWith('kubectl/'),
  'controller-manager': (kind) => kind.startsWith('kube-controller-manager/'),
  'kube-proxy': (kind) => kind.startsWith('kube-proxy/'),
  scheduler: (kind) => kind.startsWith('kube-scheduler/'),
  apiserver: (kind) => kind.endsWith('/kube-apiserver') || kind === 'kube-apiserver/kubelet',
  etcd: (kind) => /(^|\/)etcd/.test(kind),
  'service-account': (kind) => kind.startsWith('pod/'),
  arrows: () => true,
};

/** @param {PlannedCertificate} certificate */
const stem = ({ id, node }) => (node && id.startsWith(`${node}/`) ? id.slice(node.length + 1) : id);

/** What the chapters and their questions need to know of a cluster, looked up once. @param {Plan} plan */
export function facts(plan) {
  const { certificates, connections, cluster } = plan;
  /** @param {string | null | undefined} id */
  const certificate = (id) => certificates.find((one) => one.id === id);
  /** @param {string} kind */
  const first = (kind) => connections.find((one) => one.kind === kind);
  /** @param {ChapterId} chapter */
  const files = (chapter) => (FILES[chapter] ?? []).flatMap((name) => certificates.filter((one) => stem(one) === name));
  const authorities = certificates.filter(({ kind }) => kind === 'authority');
  const signer = certificates.find(({ kind }) => kind === 'token-signer' || kind === 'key-pair');
  const pod = first('pod/kube-apiserver'), toEtcd = first('kube-apiserver/etcd'), toKubelet = first('kube-apiserver/kubelet');
  const plate = files('apiserver').find(({ kind }) => kind.startsWith('server'));
  const masters = cluster.nodes.filter(({ role }) => role === 'control-plane'), workers = cluster.nodes.filter(({ role }) => role === 'worker');
  return { plan, certificates, connections, authorities, ca: authorities[0], signer, pod, toEtcd, toKubelet, plate, masters, workers, certificate, first, files };
}
/** @typedef {ReturnType<typeof facts>} Facts */

/** @param {Plan} plan @returns {Chapter[]} */
export function chaptersOf(plan) {
  const known = facts(plan);
  return CHAPTERS.map((id) => {
    const certificates = id === 'ca' ? known.authorities : id === 'service-account' ? [known.signer].filter((one) => one !== undefined) : known.files(id);
    const connections = plan.connections.filter(({ kind }) => KINDS[id]?.(kind));
    return { id, certificates, connections, variant: VARIANTS[id]?.(known) ?? '', values: valuesOf(id, known, certificates, connections) };
  });
}

/** @type {Partial<Record<ChapterId, (known: Facts) => string>>} */
const VARIANTS = {
  ca: ({ authorities }) => (authorities.length > 1 ? 'many' : 'one'),
  admin: ({ certificate }) => (group(certificate('admin')) === 'system:masters' ? 'masters' : 'bound'),
  'kube-proxy': ({ files, first }) => (files('kube-proxy').length === 0 ? 'token' : first('kube-proxy/kube-apiserver')?.dials[0].via ? 'balanced' : 'direct'),
  apiserver: ({ plate }) => (plate?.kind === 'server-client' ? 'both' : 'apart'),
  etcd: ({ toEtcd, authorities }) => (!toEtcd ? 'plain' : toEtcd.server.authority === authorities[0].id ? 'shared' : 'own'),
  'service-account': ({ signer }) => (signer?.kind === 'key-pair' ? 'pair' : 'certificate'),
  distribution: ({ plan, ca }) => (plan.placements.some(({ file }) => file === `${ca.id}.key`) ? '' : 'away'),
  arrows: ({ toKubelet }) => (toKubelet ? '' : 'alone'),
};

/** @param {PlannedCertificate | undefined} certificate */
export const group = (certificate) => certificate?.subject.find(({ type }) => type === 'O')?.value ?? '';

/** @param {ChapterId} id @param {Facts} known @param {PlannedCertificate[]} certificates @param {Connection[]} connections @returns {Values} */
function valuesOf(id, known, certificates, connections) {
  const { plan, authorities, ca, signer, pod, toEtcd, toKubelet, plate, workers, masters } = known, [certificate] = certificates, dial = connections[0]?.dials[0];
  const keyNodes = unique(plan.placements.filter(({ file }) => file === `${ca.id}.key`).map(({ node }) => node));
  return {
    ca: ca.id, second: authorities[1]?.id ?? '', third: authorities[2]?.id ?? '', authorities: authorities.length,
    n: id === 'arrows' ? plan.totals.connections : plan.totals.certificates, workers: plan.totals.workers, members: new Set(connections.filter(({ listener }) => listener.startsWith('etcd@')).map(({ listener }) => listener)).size,
    file: certificate?.id ?? '', cn: commonName(certificate), group: group(certificate), host: dial?.host ?? '', via: dial?.via ?? '',
    names: plate?.names.length ?? 0, plate: plate?.id ?? '', service: pod?.dials[0].host ?? plate?.names.find(({ value }) => value === 'kubernetes')?.value ?? '',
    kubeletBadge: toKubelet?.client.certificate ?? known.files('apiserver').find(({ kind }) => kind === 'client')?.id ?? plate?.id ?? '',
    etcdBadge: toEtcd?.client.certificate ?? '', etcdPlate: toEtcd?.server.certificate ?? '', peer: certificates.find((one) => stem(one) === 'etcd/peer')?.id ?? '',
    signer: signer ? publicFile(signer) : '', signerKey: signer ? `${signer.id}.key` : '', keyNodes: keyNodes.length, where: keyNodes.slice(0, 3).join(', '),
    node: (workers[0] ?? masters[0]).name, store: masters[0].name, nodePlate: toKubelet?.server.certificate ?? '',
    mutual: plan.connections.filter(({ client }) => client.credential === 'certificate').length, tokens: plan.connections.filter(({ client }) => client.credential === 'token').length,
  };
}

/** One connection of every kind, which stands for the others. @param {Connection[]} connections */
export const stories = (connections) => unique(connections.map(({ kind }) => kind)).map((kind) => /** @type {Connection} */ (connections.find((one) => one.kind === kind)));

/** @typedef {{ node: string, files: { file: string, path: string, secret: boolean, mode: number }[] }} Folder */
/** What goes where. @param {Plan} plan @returns {Folder[]} */
export const folders = ({ placements }) => unique(placements.map(({ node }) => node)).map((node) => ({
  node, files: placements.filter((one) => one.node === node).map(({ file, path, mode }) => ({ file, path, mode, secret: (mode & 0o077) === 0 })),
}));
