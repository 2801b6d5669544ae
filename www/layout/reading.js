// What the layout reads out of a plan: which hosts share a column, and which connections run the same way.
/** @import { Component, ComponentKind, Connection, Node, Plan, PlannedCertificate } from '../wasm.d.ts' */
import { abridged, unique } from './geometry.js';

/** @typedef {ReturnType<typeof read>} Reading */

/**
 * At most two columns: the first host, and the rest as one stack. One column where there is nothing to mirror.
 * @param {Plan} plan @param {boolean} narrow
 */
export function read(plan, narrow) {
  const nodes = plan.cluster.nodes;
  const masters = nodes.filter((node) => node.role === 'control-plane');
  const workers = nodes.filter((node) => node.role === 'worker');
  const balancers = nodes.filter((node) => node.role === 'load-balancer');
  const single = narrow || masters.length < 2 || workers.length === 1;
  /** @param {Node[]} hosts */
  const columns = (hosts) => (hosts.length === 0 ? [] : single || hosts.length === 1 ? [hosts] : [hosts.slice(0, 1), hosts.slice(1)]);
  const masterColumns = columns(masters), workerColumns = columns(workers);

  /** @type {Map<string, Component>} */
  const components = new Map(plan.components.map((component) => [component.id, component]));
  /** @type {Map<string, PlannedCertificate>} */
  const certificates = new Map(plan.certificates.map((certificate) => [certificate.id, certificate]));
  /** @type {Map<string, number>} */
  const columnOf = new Map();
  for (const groups of [masterColumns, workerColumns])
    groups.forEach((hosts, column) => hosts.forEach((host) => columnOf.set(host.name, column)));

  /** @param {string} id */
  const kindOf = (id) => components.get(id)?.kind;
  /** @param {string} id */
  const columnOfComponent = (id) => columnOf.get(components.get(id)?.node ?? '') ?? 0;

  /**
   * The connections from one kind of component to another; a column of undefined means any.
   * @param {ComponentKind} caller @param {ComponentKind} listener @param {number} [from] @param {number} [to]
   */
  const between = (caller, listener, from, to) => plan.connections.filter((connection) =>
    kindOf(connection.caller) === caller && kindOf(connection.listener) === listener
    && (from === undefined || columnOfComponent(connection.caller) === from)
    && (to === undefined || columnOfComponent(connection.listener) === to));

  const authorities = plan.certificates.filter((certificate) => certificate.kind === 'authority');
  /** @param {string | undefined} certificate @returns {'k' | 'e' | 'f'} */
  const letterOf = (certificate) =>
    /** @type {const} */ (['k', 'e', 'f'])[authorities.findIndex((one) => one.id === certificates.get(certificate ?? '')?.issuer)] ?? 'f';

  return {
    plan, single, balancers, masterColumns, workerColumns, authorities, certificates, between, letterOf, columnOfComponent,
    signer: plan.certificates.find((certificate) => certificate.kind === 'token-signer'),
    /** @param {ComponentKind} kind */
    has: (kind) => plan.components.some((component) => component.kind === kind),
  };
}

/** The client certificates of some connections. @param {Connection[]} connections */
export const presented = (connections) =>
  unique(connections.flatMap((connection) => connection.client.certificate ?? []));

/** The server certificates of some connections. @param {Connection[]} connections */
export const shown = (connections) => unique(connections.map((connection) => connection.server.certificate));

/** The common name, with the groups where there is room; a name that only repeats the file's is marked as a name. @param {(PlannedCertificate | undefined)[]} certificates */
export function subjectLine(certificates) {
  const subjects = certificates.map((certificate) => certificate?.subject ?? []);
  const names = subjects.map((subject) => subject.find((part) => part.type === 'CN')?.value ?? '');
  const whole = subjects[0]?.map((part) => part.value).join(', ') ?? '';
  if (names.length > 1) return abridged(names);
  if (whole.length > 24) return names[0] ?? '';
  return whole === certificates[0]?.id ? `CN ${whole}` : whole;
}

/** Where the callers dial, when they all dial the same place. @param {Connection[]} connections */
export function dialled(connections) {
  const hosts = unique(connections.map((connection) => `${connection.dials[0].host}:${connection.dials[0].port}`));
  return hosts.length === 1 ? hosts[0] : null;
}
