// The ends of arrows, marked where they check with the authority that is looked at.
import { nothing, svg } from 'lit-html';

/**
 * The ends of every arrow, each with a small double ring: seen only while an authority is looked at that this end checks with.
 * A tail that leaves a chip upwards or downwards stands beside it, not on its text.
 * @param {import('../layout/geometry.js').Geometry} geometry
 */
export const ends = ({ arrows, stamps }) => (stamps.length === 0 ? nothing : arrows.flatMap(({ id, pipe, points: [[x, y], [nx, ny]], heads }) => [
  ...(pipe ? [] : [ring(`tail/${id}`, x, nx === x ? y + Math.sign(ny - y) * 6 : y)]), ...heads.map((one) => ring(`head/${id}`, one.x, one.y))]));
/** @param {string} key @param {number} x @param {number} y */
const ring = (key, x, y) => svg`<g class="end" data-key=${key} aria-hidden="true"><circle cx=${x} cy=${y} r="5.5" class="endbody" /><circle cx=${x} cy=${y} r="2.25" class="enddot" /></g>`;
