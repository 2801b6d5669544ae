// What of the figure is marked: the one that is selected with all that belongs to it, and every certificate whose key exists.
/** @import { Marks } from './diagram.js' */
/** @import { Geometry } from './layout/geometry.js' */
/** @import { State } from './state.js' */
import { endsOf } from './selecting.js';
import { made } from './state.js';

/** @param {State} state @param {Geometry} geometry @param {string | null} current the shape that the Tab key reaches @returns {Marks} */
export function marksOf(state, geometry, current) {
  const { selection, plan } = state;
  const arrow = selection?.kind === 'arrow' ? geometry.arrows.find(({ connections }) => connections.includes(selection.connection)) : undefined;
  const ends = arrow && selection?.kind === 'arrow' ? endsOf(arrow, selection.connection, plan, geometry) : null;
  return {
    arrows: arrow?.id ?? null, host: selection?.kind === 'host' ? selection.id : null,
    chips: new Set(ends?.chips), boxes: new Set(selection?.kind === 'component' ? [selection.id] : ends?.boxes),
    certificates: new Set(selection?.kind === 'certificate' ? [selection.certificate] : []),
    made: state.imported && state.phase !== 'generating' ? present(state) : made(state), current,
  };
}

/** Of a cluster that was brought not everything has to be there, even after a renewal. @param {State} state */
export function present({ plan, imported, issued }) {
  const there = (/** @type {string} */ id) => (issued?.certificates ?? imported?.certificates)?.has(id) || imported?.keys.includes(id);
  return new Set(plan.certificates.filter(({ id }) => there(id)).map(({ id }) => id));
}
