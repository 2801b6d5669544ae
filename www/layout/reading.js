// What the layout reads out of a plan: which hosts share a column, and which connections run the same way.
/** @import { Component, ComponentKind, Connection, Node, Plan, PlannedCertificate } from '../wasm.d.ts' */
import { addressText } from '../names.js';
import { abridged, unique } from './geometry.js';

/** @typedef {ReturnType<typeof read>} Reading */

/** What is drawn in the lower row, whatever else its host is. @type {Set<ComponentKind | undefined>} */
const LOWER = new Set(/** @type {ComponentKind[]} */ (['kubelet', 'kube-proxy', 'pod']));

/**
 * At most two columns: the first host, and the rest as one stack. One column where there is nothing to mirror.
 * @param {Plan} plan @param {boolean} narrow @param {string | null} [focus] a node that is drawn by itself
 */
export function read(plan, narrow, focus = null) {
  const { nodes } = plan.cluster;
  /** @type {Map<string, Component>} */
  const components = new Map(plan.components.map((component) => [component.id, component]));
  /** @type {Map<string, PlannedCertificate>} */
  const certificates = new Map(plan.certificates.map((certificate) => [certificate.id, certificate]));
  const running = (/** @type {ComponentKind} */ kind) => new Set(plan.components.filter((component) => component.kind === kind).map(({ node }) => node));
  const kubelets = running('kubelet'), members = running('etcd');
  const masters = nodes.filter((node) => node.role === 'control-plane');
  const workers = nodes.filter((node) => node.role === 'worker' || kubelets.has(node.name));
  const balancers = nodes.filter((node) => node.role === 'load-balancer');
  const stores = nodes.filter((node) => node.role === 'etcd' && members.has(node.name));
  const single = narrow || masters.length < 2 || workers.length === 1;
  /** @param {Node[]} hosts */
  const columns = (hosts) => {
    const sought = hosts.filter((host) => host.name === focus), others = hosts.filter((host) => host.name !== focus);
    if (single) return hosts.length ? [sought.length ? sought : hosts] : [];
    if (sought.length && others.length) return [sought, others];
    return hosts.length === 0 ? [] : hosts.length === 1 ? [hosts] : [hosts.slice(0, 1), hosts.slice(1)];
  };
  const masterColumns = columns(masters), workerColumns = columns(workers), storeColumns = stores.length ? columns(stores) : masterColumns;

  /** @param {Node[][]} groups */
  const placed = (groups) => new Map(groups.flatMap((hosts, column) => hosts.map((host) => /** @type {const} */ ([host.name, column]))));
  const upper = placed(masterColumns), lower = placed(workerColumns), stored = placed(storeColumns);
  /** @param {string} id */
  const kindOf = (id) => components.get(id)?.kind;
  /** The column that a component is drawn in; undefined: it is not drawn. @param {string} id */
  const drawnIn = (id) => {
    const component = components.get(id), node = component?.node;
    if (node === null || node === undefined) return 0;
    return (LOWER.has(component?.kind) ? lower : component?.kind === 'etcd' || component?.kind === 'etcdctl' ? stored : upper).get(node);
  };
  const drawn = plan.connections.filter(({ caller, listener }) => drawnIn(caller) !== undefined && drawnIn(listener) !== undefined);
  /** @param {string} id */
  const columnOfComponent = (id) => drawnIn(id) ?? 0;

  /** The components that share a box. @param {ComponentKind} kind @param {number} column */
  const drawnAt = (kind, column) => plan.components.filter((component) => component.kind === kind && drawnIn(component.id) === column).map(({ id }) => id);

  /**
   * The connections from one kind of component to another; a column of undefined means any.
   * @param {ComponentKind} caller @param {ComponentKind} listener @param {number} [from] @param {number} [to]
   */
  const between = (caller, listener, from, to) => drawn.filter((connection) =>
    kindOf(connection.caller) === caller && kindOf(connection.listener) === listener
    && (from === undefined || columnOfComponent(connection.caller) === from)
    && (to === undefined || columnOfComponent(connection.listener) === to));

  const told = new Set(plan.shown ?? []);
  /** How many workers of a column stand for how many. */
  const shares = workerColumns.map((hosts) => {
    const all = hosts.filter(({ role }) => role === 'worker'), shown = plan.shown ? all.filter(({ name }) => told.has(name)) : all;
    return shown.length ? all.length / shown.length : 1;
  });
  /** How many connections these stand for, where only some of many workers are told of. @param {Connection[]} connections */
  const counted = (connections) => Math.round(connections.reduce((sum, { caller, listener }) => {
    const worker = [caller, listener].find((end) => LOWER.has(kindOf(end)) && told.has(components.get(end)?.node ?? ''));
    return sum + (worker === undefined ? 1 : shares[columnOfComponent(worker)] ?? 1);
  }, 0));

  const places = new Map(inOrder(plan.connections).map(({ id }, i) => [id, i]));

  const authorities = plan.certificates.filter((certificate) => certificate.kind === 'authority');
  /** @param {string | undefined} certificate @returns {'k' | 'e' | 'f'} */
  const letterOf = (certificate) =>
    /** @type {const} */ (['k', 'e', 'f'])[authorities.findIndex((one) => one.id === certificates.get(certificate ?? '')?.issuer)] ?? 'f';

  return {
    plan, single, focus, balancers, masterColumns, workerColumns, storeColumns, authorities, certificates, between, counted, letterOf, columnOfComponent, drawnAt,
    /** A connection's place in the list. @param {string} connection */
    rank: (connection) => places.get(connection) ?? 0,
    /** etcd has hosts of its own. */
    apart: stores.length > 0,
    /** @param {Node} host */
    alsoAbove: (host) => host.role === 'control-plane',
    signer: plan.certificates.find((certificate) => certificate.kind === 'token-signer' || certificate.kind === 'key-pair'),
    /** @param {ComponentKind} kind */
    has: (kind) => plan.components.some((component) => component.kind === kind),
  };
}

/** As they are listed: kind by kind, in the plan's order. @param {Connection[]} connections */
const inOrder = (connections) => unique(connections.map(({ kind }) => kind)).flatMap((kind) => connections.filter((one) => one.kind === kind));

/** The client certificates of some connections. @param {Connection[]} connections */
export const presented = (connections) =>
  unique(connections.flatMap((connection) => connection.client.certificate ?? []));

/** The server certificates of some connections. @param {Connection[]} connections */
export const shown = (connections) => unique(connections.map((connection) => connection.server.certificate));

/** The common name, with the groups where there is room; a name that only repeats the file's is marked as a name. @param {(Pick<PlannedCertificate, 'id' | 'subject'> | undefined)[]} certificates */
export function subjectLine(certificates) {
  const subjects = certificates.map((certificate) => certificate?.subject ?? []);
  const names = subjects.map((subject) => subject.find((part) => part.type === 'CN')?.value ?? '');
  const whole = subjects[0]?.map((part) => part.value).join(', ') ?? '';
  if (names.length > 1) return abridged(names).length > 28 ? `${names[0]}…` : abridged(names);
  if (whole.length > 24) return names[0] ?? '';
  return whole === certificates[0]?.id ? `CN ${whole}` : whole;
}

/** Where the callers dial, when they all dial the same place. @param {Connection[]} connections */
export function dialled(connections) {
  const hosts = unique(connections.map((connection) => addressText(connection.dials[0])));
  return hosts.length === 1 ? hosts[0] : null;
}

/** Of a bundle the line shows one: that one first, for it is what a click on the line opens. @param {Connection[]} connections @param {(one: Connection) => boolean} drawn */
export const drawnFirst = (connections, drawn) => [...connections.filter(drawn), ...connections.filter((one) => !drawn(one))];
