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
    made: state.phase === 'imported' ? state.imported?.given ?? new Set() : made(state), current,
  };
}
