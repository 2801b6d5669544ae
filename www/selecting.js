// Between what is drawn and what it stands for: one arrow bundles connections, one chip of a stack stands for several certificates.
/** @import { Geometry } from './layout/geometry.js' */
/** @import { Selection } from './state.js' */

/** @param {string} connection @param {Geometry} geometry @returns {Selection} */
export const ofConnection = (connection, { arrows }) =>
  ({ kind: 'arrow', id: arrows.find(({ connections }) => connections.includes(connection))?.id ?? '', connection });

/** The chip that was chosen stays chosen while its members are walked. @param {string} certificate @param {Geometry} geometry @param {Selection | null} before @returns {Selection} */
export function ofCertificate(certificate, { chips }, before) {
  const now = chips.find(({ id }) => before?.kind === 'certificate' && id === before.id);
  const chip = now?.certificates.includes(certificate) ? now : chips.find(({ certificates }) => certificates.includes(certificate));
  return { kind: 'certificate', id: chip?.id ?? '', certificate };
}

/**
 * The ends of one connection of a bundle: what the others end at is left out.
 * @param {Geometry['arrows'][number]} arrow @param {string} connection @param {Pick<import('./wasm.d.ts').Plan, 'connections'>} plan @param {Geometry} geometry
 */
export function endsOf(arrow, connection, { connections }, { boxes, chips }) {
  const { caller = '', listener = '' } = connections.find(({ id }) => id === connection) ?? {};
  // A load balancer stands for no component, and is on every way.
  const near = arrow.boxes.filter((id) => { const own = boxes.find((box) => box.id === id)?.components ?? []; return own.length === 0 || own.includes(caller) || own.includes(listener); });
  const outside = new Set(arrow.boxes.filter((id) => !near.includes(id)));
  return { boxes: near, chips: arrow.chips.filter((id) => !outside.has(chips.find((chip) => chip.id === id)?.owner ?? '')) };
}

/** @param {string} component @param {Geometry} geometry @returns {Selection} */
export const ofComponent = (component, { boxes }) => ({ kind: 'component', id: boxes.find(({ components }) => components.includes(component))?.id ?? '', component });

/** @param {string} shape @param {Geometry} geometry @param {Selection | null} before @returns {Selection} */
export function ofShape(shape, geometry, before) {
  const arrow = geometry.arrows.find(({ id }) => id === shape), chip = geometry.chips.find(({ id }) => id === shape);
  if (arrow) return { kind: 'arrow', id: shape, connection: arrow.connections[0] };
  if (chip) return { kind: 'certificate', id: shape, certificate: chip.certificates[0] };
  const box = geometry.boxes.find(({ id }) => `box-${id}` === shape);
  if (box) return { kind: 'component', id: box.id, component: box.components[0] ?? '' };
  if (shape.startsWith('host-')) return { kind: 'host', id: shape.slice('host-'.length) };
  return ofCertificate(shape.replace('stamp-', ''), geometry, before);
}

/** Where in the figure it is found again. @param {Selection | null} selection */
export const standsFor = (selection) => (selection ? `[role=button][data-shape="${CSS.escape(selection.kind === 'host' ? `host-${selection.id}` : selection.kind === 'component' ? `box-${selection.id}` : selection.id || `stamp-${selection.kind === 'certificate' ? selection.certificate : ''}`)}"]` : '');
