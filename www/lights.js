// What lights up when something of the figure is looked at. Pure: plan and geometry in, a light for each shape out; what has none is dim.
/** @import { Plan } from './wasm.d.ts' */
/** @import { Geometry } from './layout/geometry.js' */
/** @import { Selection } from './state.js' */
import { carriers } from './placed.js';
import { endsOf } from './selecting.js';

/** @typedef {{ arrow: string, connection?: string } | { box: string } | { certificates: string[], trust?: boolean } | { connections: string[], about: string[] }} Looked ids of the geometry; certificates, connections and about (further certificates): of the plan; trust: of an authority, what checks with it as well */
/** @typedef {'lit' | 'near' | 'signed' | 'trust'} Light near: where it stands; signed: by the authority that is looked at; trust: what checks with it */
/** @typedef {Map<string, Light>} Lights by key: 'arrow/…', 'box/…', 'chip/…', 'host/…', 'stamp/…', 'tail/…' and 'head/…' for the ends of an arrow */

/** @param {Plan} plan @param {Geometry} geometry @param {Looked | null} looked @returns {Lights | null} null: nothing is dim */
export function lights(plan, geometry, looked) {
  if (!looked) return null;
  /** @type {Lights} */
  const lit = new Map();
  if ('arrow' in looked) {
    const arrow = geometry.arrows.find(({ id }) => id === looked.arrow);
    if (!arrow) return null;
    lightArrow(lit, looked.connection ? { ...arrow, ...endsOf(arrow, looked.connection, plan, geometry) } : arrow, geometry);
  } else if ('box' in looked) {
    const box = geometry.boxes.find(({ id }) => id === looked.box);
    if (!box) return null;
    lightBox(lit, box, plan, geometry);
  } else if ('connections' in looked) {
    lightWays(lit, new Set(looked.connections), plan, geometry);
    for (const chip of geometry.chips) if (chip.certificates.some((id) => looked.about.includes(id))) light(lit, `chip/${chip.id}`, 'lit');
    for (const { id } of geometry.stamps) if (looked.about.includes(id)) light(lit, `stamp/${id}`, 'lit');
  } else for (const id of looked.certificates) {
    const authority = plan.certificates.some((one) => one.id === id && one.kind === 'authority');
    if (authority) lightAuthority(lit, id, looked.trust === true, plan, geometry);
    else lightCertificate(lit, id, plan, geometry);
  }
  standing(lit, geometry);
  return lit;
}

/** What a shape of the figure means to the eye. A host is no place of its own to look at. @param {string} shape @param {Geometry} geometry @returns {Looked | null} */
export function lookedAt(shape, { arrows, boxes, chips, stamps }) {
  if (arrows.some(({ id, pipe }) => id === shape && !pipe)) return { arrow: shape };
  const chip = chips.find(({ id }) => id === shape);
  if (chip) return { certificates: chip.certificates };
  const box = boxes.find(({ id }) => `box-${id}` === shape), stamp = stamps.find(({ id }) => `stamp-${id}` === shape);
  return box ? { box: box.id } : stamp ? { certificates: [stamp.id] } : null;
}

/** What is chosen stays lit while the pointer is elsewhere. @param {Selection | null} selection @param {boolean} [trust] whether it is asked who checks with an authority @returns {Looked | null} */
export const lookedFor = (selection, trust = false) => (selection?.kind === 'certificate' ? { certificates: [selection.certificate], trust }
  : selection?.kind === 'component' ? { box: selection.id } : selection?.kind === 'arrow' ? { arrow: selection.id, connection: selection.connection } : null);

/** @param {Lights} lit @param {string} key @param {Light} light the first one stays, unless it is only 'lit' */
const light = (lit, key, light) => { if (!lit.has(key) || lit.get(key) === 'lit') lit.set(key, light); };

/** @param {Lights} lit @param {Geometry['arrows'][number]} arrow @param {Geometry} geometry */
function lightArrow(lit, { id, boxes, chips }, geometry) {
  light(lit, `arrow/${id}`, 'lit');
  for (const box of boxes) light(lit, `box/${box}`, 'lit');
  for (const chip of chips) light(lit, `chip/${chip}`, 'lit');
  if (boxes.includes('entrance')) for (const { id: part, pipe, boxes: at } of geometry.arrows) if (pipe && at.every((box) => boxes.includes(box))) light(lit, `arrow/${part}`, 'lit');
}

/**
 * The arrows of one box, with what is at their other ends; another box of its kind that shares an arrow is not one of them.
 * @param {Lights} lit @param {Geometry['boxes'][number]} box @param {Plan} plan @param {Geometry} geometry
 */
function lightBox(lit, { id, components }, plan, geometry) {
  const own = new Set(components), connections = new Map(plan.connections.map((one) => [one.id, one]));
  light(lit, `box/${id}`, 'lit');
  for (const { owner, id: chip } of geometry.chips) if (owner === id) light(lit, `chip/${chip}`, 'lit');
  for (const arrow of geometry.arrows) {
    if (!arrow.boxes.includes(id)) continue;
    const ends = new Set(arrow.connections.flatMap((one) => {
      const { caller = '', listener = '' } = connections.get(one) ?? {};
      return components.length === 0 || own.has(caller) || own.has(listener) ? [caller, listener] : [];
    }));
    if (components.length && ends.size === 0) continue;
    const far = geometry.boxes.filter((one) => arrow.boxes.includes(one.id) && (one.id === id || one.components.length === 0 || one.components.some((component) => ends.has(component))));
    const boxes = far.map((one) => one.id), outside = new Set(arrow.boxes.filter((one) => !boxes.includes(one)));
    const chips = arrow.chips.filter((chip) => !outside.has(geometry.chips.find((one) => one.id === chip)?.owner ?? ''));
    lightArrow(lit, { ...arrow, boxes, chips }, geometry);
  }
}

/** @param {Lights} lit @param {string} id @param {Plan} plan @param {Geometry} geometry */
function lightCertificate(lit, id, plan, geometry) {
  const used = new Set(plan.connections.filter(({ client, server }) => [client.certificate, client.tokenSigner, server.certificate].includes(id)).map((one) => one.id));
  lightWays(lit, used, plan, geometry);
  for (const chip of geometry.chips) if (chip.certificates.includes(id)) light(lit, `chip/${chip.id}`, 'lit');
  const issuer = plan.certificates.find((one) => one.id === id)?.issuer;
  if (issuer) light(lit, `stamp/${issuer}`, 'lit');
  lightHosts(lit, id, plan, geometry);
}

/** What it signed, and nothing else; what checks with it, and where, only when that is asked for. @param {Lights} lit @param {string} id @param {boolean} trust @param {Plan} plan @param {Geometry} geometry */
function lightAuthority(lit, id, trust, plan, geometry) {
  if (trust) lightTrust(lit, id, plan, geometry);
  const signed = new Set(plan.certificates.filter(({ issuer }) => issuer === id).map((one) => one.id));
  for (const chip of geometry.chips) if (chip.authority !== 't' && chip.certificates.some((one) => signed.has(one))) light(lit, `chip/${chip.id}`, 'signed');
  light(lit, `stamp/${id}`, 'lit');
}

/** Each end that checks with it. @param {Lights} lit @param {string} id @param {Plan} plan @param {Geometry} geometry */
function lightTrust(lit, id, plan, geometry) {
  const tails = plan.connections.filter(({ client }) => client.authority === id), heads = plan.connections.filter(({ server }) => server.authority === id);
  const callers = new Set(tails.map((one) => one.caller)), listeners = new Set(heads.map((one) => one.listener));
  const [atTail, atHead] = [tails, heads].map((some) => new Set(some.map((one) => one.id)));
  for (const { id: arrow, connections, through, pipe, boxes } of geometry.arrows) {
    if (connections.some((one) => atTail.has(one))) light(lit, `tail/${arrow}`, 'trust');
    // A load balancer does not open what it passes on: who checks stands behind it.
    if (pipe ? through.some((one) => atHead.has(one)) : !boxes.includes('entrance') && connections.some((one) => atHead.has(one))) light(lit, `head/${arrow}`, 'trust');
  }
  for (const box of geometry.boxes) if (box.components.some((one) => callers.has(one) || listeners.has(one))) light(lit, `box/${box.id}`, 'trust');
  lightWays(lit, new Set([...atTail, ...atHead]), plan, geometry);
  lightHosts(lit, id, plan, geometry);
}

/** The arrows of some connections, and the boxes at their ends. @param {Lights} lit @param {Set<string>} used @param {Plan} plan @param {Geometry} geometry */
function lightWays(lit, used, plan, geometry) {
  const ends = new Set(plan.connections.flatMap(({ id, caller, listener }) => (used.has(id) ? [caller, listener] : [])));
  for (const arrow of geometry.arrows) {
    if (!arrow.connections.some((one) => used.has(one))) continue;
    const boxes = geometry.boxes.filter(({ id, components }) => arrow.boxes.includes(id) && (components.length === 0 || components.some((one) => ends.has(one))));
    lightArrow(lit, { ...arrow, boxes: boxes.map(({ id }) => id), chips: [] }, geometry);
  }
}

/** The hosts that its file goes to. @param {Lights} lit @param {string} id @param {Plan} plan @param {Geometry} geometry */
function lightHosts(lit, id, plan, geometry) {
  const nodes = new Set(carriers(plan, id).map(({ node }) => node));
  for (const host of geometry.hosts) if (host.nodes.some(({ name }) => nodes.has(name))) light(lit, `host/${host.id}`, 'lit');
}

/** A host in which something is lit keeps its name in ink. @param {Lights} lit @param {Geometry} geometry */
function standing(lit, { boxes, hosts }) {
  const nodes = new Set(boxes.filter(({ id }) => lit.has(`box/${id}`)).flatMap(({ components }) => components.map((one) => one.split('@')[1])));
  for (const host of hosts) if (!lit.has(`host/${host.id}`) && host.nodes.some(({ name }) => nodes.has(name))) lit.set(`host/${host.id}`, 'near');
}
