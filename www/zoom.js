// What part of a figure is seen. Pure: a lens is a magnification and the corner that it stands on, in the figure's own units.

/** @typedef {readonly [number, number, number, number]} ViewBox */
/** @typedef {{ scale: number, x: number, y: number }} Lens scale 1: the whole figure */

/** Below so many pixels a unit its smallest text (10.5 units) is hard to read. */
export const READABLE = 0.8;
/** As far as one can go in: pixels a unit. */
const CLOSEST = 2;

/** Pixels a unit when all of it is seen. @param {ViewBox} viewBox @param {number} width @param {number} height of the place that it has */
export const scaleOf = ([, , w, h], width, height) => Math.min(width / w, height / h);

/** @param {ViewBox} viewBox @returns {Lens} */
export const whole = ([x, y]) => ({ scale: 1, x, y });

/** @param {Lens} lens @param {ViewBox} viewBox @returns {ViewBox} */
export const seen = ({ scale, x, y }, [, , w, h]) => [x, y, w / scale, h / scale];

/** Closer or farther; the point stays where it is. @param {Lens} lens @param {ViewBox} viewBox @param {number} factor @param {readonly [number, number]} at @param {number} fit pixels a unit of the whole */
export function zoomed(lens, viewBox, factor, [x, y], fit) {
  const scale = Math.min(Math.max(lens.scale * factor, 1), Math.max(CLOSEST / fit, 1)), ratio = lens.scale / scale;
  return kept({ scale, x: x - (x - lens.x) * ratio, y: y - (y - lens.y) * ratio }, viewBox);
}

/** @param {Lens} lens @param {ViewBox} viewBox @param {number} dx @param {number} dy */
export const moved = (lens, viewBox, dx, dy) => kept({ ...lens, x: lens.x + dx, y: lens.y + dy }, viewBox);

/** Moved only as far as it takes to see all of the rectangle. @param {Lens} lens @param {ViewBox} viewBox @param {{ x: number, y: number, width: number, height: number }} rect @param {number} [margin] */
export function revealed(lens, viewBox, rect, margin = 12) {
  const [x, y, w, h] = seen(lens, viewBox);
  const along = (/** @type {number} */ from, /** @type {number} */ size, /** @type {number} */ start, /** @type {number} */ length) =>
    (start - margin < from ? start - margin - from : start + length + margin > from + size ? Math.min(start + length + margin - from - size, start - margin - from) : 0);
  return moved(lens, viewBox, along(x, w, rect.x, rect.width), along(y, h, rect.y, rect.height));
}

/** Nothing but the figure is seen. @param {Lens} lens @param {ViewBox} viewBox @returns {Lens} */
const kept = ({ scale, x, y }, [vx, vy, w, h]) => ({ scale, x: Math.min(Math.max(x, vx), vx + w - w / scale), y: Math.min(Math.max(y, vy), vy + h - h / scale) });
