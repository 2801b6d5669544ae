// The cluster as a whole: which file goes where, and what an arrow proves.
/** @import { Asking } from './questions.js' */
import { modeText, named } from '../names.js';
import { unique } from '../layout/geometry.js';
import { one, sentence, some } from './questions.js';

/** @satisfies {Record<string, Asking>} */
export const whole = {
  distribution: ({ plan, ca, plate, workers, masters, toKubelet }) => {
    const { placements, cluster } = plan, node = (workers[0] ?? masters[0]).name, here = new Set(placements.filter((one) => one.node === node).map(({ file }) => file));
    const own = toKubelet && placements.some(({ file, node: at }) => file === `${toKubelet.server.certificate}.key` && at === node) ? `${toKubelet.server.certificate}.key` : '';
    const asked = [`${ca.id}.crt`, `${ca.id}.key`, own, `${plate?.id}.key`], holders = new Set(placements.filter(({ file }) => file === `${ca.id}.key`).map((one) => one.node));
    const key = placements.find(({ file }) => file === `${plate?.id}.key`);
    const nodes = unique([...masters.slice(0, 2), ...workers.slice(0, 2), ...cluster.nodes.filter(({ role }) => role === 'load-balancer' || role === 'etcd').slice(0, 1)].map(({ name }) => name));
    return [
      some('distribution.node', { node }, asked.map((file) => [file, here.has(file)])),
      nodes.length < 2 ? sentence('distribution.why', {}, ['signs', 'checks', 'serves'], 'signs') : some('distribution.ca', { where: [...holders].slice(0, 3).join(', ') || '–' }, nodes.map((name) => [name, holders.has(name)])),
      one('distribution.mode', { file: `${plate?.id}.key` }, ['0644', '0755', '0777', '0600'], modeText(key?.mode ?? 0o600)),
    ];
  },
  arrows: ({ connections, first, plan }) => {
    const call = first('kube-scheduler/kube-apiserver') ?? connections[0], user = first('kubectl/kube-apiserver'), mutual = connections.filter(({ client }) => client.credential === 'certificate').length;
    const n = connections.length;
    return [
      sentence('arrows.first', { caller: named(call.caller).name, listener: named(call.listener).name }, ['listener', 'caller', 'both'], 'listener'),
      one('arrows.mutual', { n, tokens: n - mutual, mutual, total: plan.totals.connections }, [n, 0, n - mutual, Math.floor(mutual / 2)], mutual),
      sentence('arrows.foreign', {}, ['401', 'alert', '403', 'works'], user?.refusal === 'tls-alert' ? 'alert' : '401'),
    ];
  },
};
