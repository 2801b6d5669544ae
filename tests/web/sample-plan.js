// A plan for any number of hosts, in the contract's shape, so that the layout is tested without the core.
/** @import { Component, ComponentKind, Connection, Node, Plan, PlannedCertificate } from '../../www/wasm.d.ts' */

/** @param {{ masters: number, workers: number, balancer?: boolean }} size @returns {Plan} */
export function samplePlan({ masters, workers, balancer = true }) {
  /** @param {Node['role']} role @param {string} stem @param {number} count @param {number} from @returns {Node[]} */
  const nodes = (role, stem, count, from) => Array.from({ length: count }, (_, i) => ({ name: `${stem}-${i + 1}`, role, addresses: [`192.168.5.${from + i}`] }));
  const controlPlane = nodes('control-plane', 'master', masters, 11), worker = nodes('worker', 'worker', workers, 51);
  const entrance = balancer ? [{ name: 'loadbalancer', role: /** @type {const} */ ('load-balancer'), addresses: ['192.168.5.30'] }] : [];
  const door = balancer ? '192.168.5.30' : '192.168.5.11', via = balancer ? 'loadbalancer' : null;

  /** @type {Component[]} */
  const components = [{ id: 'kubectl', kind: 'kubectl', node: null }];
  /** @param {Node[]} hosts @param {ComponentKind[]} kinds */
  const add = (hosts, kinds) => { for (const { name } of hosts) for (const kind of kinds) components.push({ id: `${kind}@${name}`, kind, node: name }); };
  add(controlPlane, ['kube-controller-manager', 'kube-scheduler', 'kube-apiserver', 'etcd']);
  add(worker, ['kubelet', 'kube-proxy', 'pod']);

  /** @type {Connection[]} */
  const connections = [];
  /** @param {string} caller @param {string} listener @param {string} host @param {number} port @param {string | null} client @param {string} server @param {string} [kind] */
  const call = (caller, listener, host, port, client, server, kind) => connections.push({
    id: `${caller}/${listener}${kind ? `#${kind}` : ''}`, kind: kind ?? `${caller.split('@')[0]}/${listener.split('@')[0]}`, caller, listener, port,
    dials: [{ host, type: 'ip', port, via: host === '192.168.5.30' ? via : null, reason: { en: 'sample', ja: 'sample' } }],
    client: { credential: client === null ? 'token' : 'certificate', certificate: client, authority: 'ca', flags: [] },
    server: { certificate: server, authority: client === null ? null : 'ca', flags: [] }, refusal: port === 6443 ? 'http-401' : 'tls-alert',
  });
  for (const { name } of controlPlane) {
    call('kubectl', `kube-apiserver@${name}`, door, 6443, 'admin', 'kube-apiserver');
    call(`kube-controller-manager@${name}`, `kube-apiserver@${name}`, '127.0.0.1', 6443, 'kube-controller-manager', 'kube-apiserver');
    call(`kube-scheduler@${name}`, `kube-apiserver@${name}`, '127.0.0.1', 6443, 'kube-scheduler', 'kube-apiserver');
    for (const host of worker) {
      call(`kubelet@${host.name}`, `kube-apiserver@${name}`, door, 6443, host.name, 'kube-apiserver');
      call(`kube-proxy@${host.name}`, `kube-apiserver@${name}`, door, 6443, 'kube-proxy', 'kube-apiserver');
      call(`pod@${host.name}`, `kube-apiserver@${name}`, '10.96.0.1', 443, null, 'kube-apiserver');
      call(`kube-apiserver@${name}`, `kubelet@${host.name}`, host.addresses[0], 10250, 'kube-apiserver', host.name);
    }
    for (const peer of controlPlane) {
      call(`kube-apiserver@${name}`, `etcd@${peer.name}`, peer.addresses[0], 2379, 'etcd-server', 'etcd-server');
      if (peer.name === name) call(`etcd@${name}`, `etcd@${name}`, '127.0.0.1', 2379, 'etcd-server', 'etcd-server', 'etcd/etcd-self');
      else call(`etcd@${name}`, `etcd@${peer.name}`, peer.addresses[0], 2380, 'etcd-server', 'etcd-server', 'etcd/etcd-peer');
    }
  }

  /** @param {string} id @param {PlannedCertificate['kind']} kind @param {string} cn @param {string[]} [names] @param {string} [o] @returns {PlannedCertificate} */
  const certificate = (id, kind, cn, names = [], o) => ({
    id, kind, subject: [{ type: 'CN', value: cn }, ...(o ? [{ type: 'O', value: o }] : [])], issuer: 'ca', node: null, keyAlgorithm: 'rsa-2048', validityDays: 1000, validUntil: null, note: { en: '', ja: '' },
    names: names.map((value) => ({ type: 'ip', value, diallers: connections.filter(({ dials, server }) => server.certificate === id && dials[0].host === value).map((one) => one.id) })),
  });
  const own = controlPlane.map(({ addresses }) => addresses[0]);
  return {
    cluster: { preset: 'sample', name: 'sample', nodes: [...entrance, ...controlPlane, ...worker], serviceCidr: '10.96.0.0/24', clusterDomain: 'cluster.local', keyAlgorithm: 'rsa-2048', validityDays: 1000,
      controlPlaneEndpoint: '', kubernetesVersion: '1.32', validUntil: '', authorityValidityDays: 1000, authorityValidUntil: '', authoritySubject: {}, certificates: {} },
    certificates: [
      certificate('ca', 'authority', 'KUBERNETES-CA'), certificate('admin', 'client', 'admin', [], 'system:masters'),
      certificate('kube-controller-manager', 'client', 'system:kube-controller-manager'), certificate('kube-proxy', 'client', 'system:kube-proxy'),
      certificate('kube-scheduler', 'client', 'system:kube-scheduler'), certificate('kube-apiserver', 'server-client', 'kube-apiserver', ['127.0.0.1', door, ...own, '10.96.0.1']),
      certificate('etcd-server', 'server-client', 'etcd-server', ['127.0.0.1', ...own]), certificate('service-account', 'token-signer', 'service-accounts'),
      ...worker.map(({ name, addresses }) => certificate(name, 'server-client', `system:node:${name}`, [name, ...addresses], 'system:nodes')),
    ],
    components, connections, kubeconfigs: [], configurations: [], placements: [], warnings: [], differences: [],
    shown: null, totals: { workers, keys: 8 + workers, certificates: 8 + workers, connections: connections.length },
  };
}
