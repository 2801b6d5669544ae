// Those who listen and call: names on a plate, both roles in one file, and who refuses how.
/** @import { Asking } from './questions.js' */
/** @import { Connection, PlannedCertificate } from '../wasm.d.ts' */
import { unique } from '../layout/geometry.js';
import { one, sentence, some } from './questions.js';

/** The calls at etcd, each kind once, in the order in which they are told. */
const AT_ETCD = ['kube-apiserver/etcd', 'etcd/etcd-peer', 'etcd/etcd-self', 'etcdctl/etcd'];

/** @satisfies {Record<string, Asking>} */
export const listeners = {
  apiserver: ({ plate, pod, workers, masters, toKubelet, toEtcd, certificates, plan, connections }) => {
    const names = new Set(plate?.names.map(({ value }) => value)), cidr = plan.cluster.serviceCidr.split(',')[0], [base] = cidr.split('/');
    const usual = unique(connections.filter(({ server }) => server.certificate === plate?.id).map(({ dials }) => dials[0].host));
    const asked = unique([...usual.slice(0, 3), ...workers.slice(0, 1).flatMap(({ addresses }) => addresses), after(base, 10)]).filter(Boolean);
    const service = pod?.dials[0].host ?? plate?.names.find(({ value }) => value === after(base, 1))?.value ?? '', call = toKubelet ?? toEtcd;
    const badges = certificates.filter(({ kind, id }) => kind !== 'authority' && kind !== 'key-pair' && id !== call?.client.certificate).map(({ id }) => id);
    const near = [call?.server.certificate, 'admin', plate?.id, ...badges].filter((id) => id && badges.includes(id)).map((id) => `${id}.crt`);
    return [
      some('apiserver.names', {}, asked.map((host) => [host, names.has(host)])),
      one('apiserver.service', { cidr, service }, [base, after(base, 10), masters[0]?.addresses[0], '127.0.0.1'], service || after(base, 1)),
      one(toKubelet ? 'apiserver.badge' : 'apiserver.badge.etcd', { badge: `${call?.client.certificate}.crt` }, near, call ? `${call.client.certificate}.crt` : `${plate?.id}.crt`),
    ];
  },
  etcd: ({ toEtcd, certificates, connections, first, masters }) => {
    if (!toEtcd) return [
      sentence('etcd.plain', { node: masters[0].name }, ['host', 'network', 'apiserver'], 'host'),
      sentence('etcd.first', {}, ['plate', 'badge', 'none'], 'plate'),
      some('etcd.moves', {}, [['server', true], ['client', true], ['authority', true], ['admin', false]], true),
    ];
    const trusted = toEtcd.server.authority, calls = AT_ETCD.map(first).filter((one) => one !== undefined);
    return [
      some('etcd.opens', { trusted: `${trusted}.crt`, opened: badgesOf(certificates).filter(({ issuer }) => issuer === trusted).length }, sample(badgesOf(certificates), toEtcd).map(({ id, issuer }) => [`${id}.crt`, issuer === trusted])),
      some('etcd.roles', { plate: toEtcd.server.certificate, n: connections.filter(({ client }) => client.certificate === toEtcd.server.certificate).length }, calls.map(({ kind, client }) => [kind, client.certificate === toEtcd.server.certificate]), true),
      sentence('etcd.refusal', {}, ['alert', '401', '403', 'silent'], toEtcd.refusal === 'tls-alert' ? 'alert' : '401'),
    ];
  },
};

/** All that may be shown as a badge. @param {PlannedCertificate[]} certificates */
const badgesOf = (certificates) => certificates.filter(({ kind }) => kind === 'client' || kind === 'server-client');

/** The one that is meant to, and some that nobody thinks of. @param {PlannedCertificate[]} badges @param {Connection} meant */
function sample(badges, meant) {
  const ids = [meant.client.certificate, 'kube-proxy', 'admin', 'scheduler', 'etcd/healthcheck-client', badges.at(-1)?.id];
  return ids.flatMap((id) => badges.filter((one) => one.id === id)).slice(0, 4);
}

/** The n-th address after this one; '' where that leaves the last part. @param {string} address @param {number} n */
function after(address, n) {
  const [, stem, last] = /^(.*\.)(\d+)$/.exec(address) ?? [];
  if (stem !== undefined) return Number(last) + n < 256 ? stem + (Number(last) + n) : '';
  return address.endsWith('::') ? address + n.toString(16) : '';
}
