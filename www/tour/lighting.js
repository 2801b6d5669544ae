// Which shapes of a figure a chapter lights, and the piece of the figure that shows them large.
/** @import { Geometry, Rect } from '../layout/geometry.js' */
/** @import { Lights } from '../lights.js' */
/** @import { Chapter } from './chapters.js' */
/** @import { Connection, Plan } from '../wasm.d.ts' */
import { AXIS } from '../layout/geometry.js';

/** @typedef {{ arrows: Set<string>, boxes: Set<string>, chips: Set<string>, stamps: Set<string>, everywhere: boolean }} Lit everywhere: on every host, so that no piece of the figure shows it */

/** Here the arrows are many, and only the chapter's own certificates are lit at their ends. @type {Set<string>} */
const CROWDED = new Set(['apiserver', 'etcd']);

/** @param {Geometry} geometry @param {Chapter} chapter @param {Plan} plan @param {Connection | null} [only] one connection, of a chapter that tells of each @returns {Lit} */
export function lighting(geometry, chapter, plan, only = null) {
  const connections = only ? [only] : chapter.id === 'kube-proxy' && chapter.variant === 'token' ? plan.connections.filter(({ kind }) => kind.startsWith('pod/')) : chapter.connections;
  const ids = new Set(connections.map(({ id }) => id)), signing = chapter.id === 'ca';
  const arrows = geometry.arrows.filter((arrow) => arrow.connections.some((id) => ids.has(id)));
  const own = new Set(only ? [only.client.certificate, only.client.tokenSigner, only.server.certificate] : chapter.certificates.map(({ id }) => id));
  const touched = new Set(arrows.flatMap((arrow) => arrow.chips)), everywhere = chapter.id === 'distribution';
  // A token is not signed by an authority, nor is a bare key.
  const chips = geometry.chips.filter((chip) => (signing ? chip.extension === '.crt' : everywhere || (only ? touched.has(chip.id) : CROWDED.has(chapter.id) ? chip.certificates.some((id) => own.has(id)) : touched.has(chip.id) || chip.certificates.some((id) => own.has(id)))));
  const boxes = new Set(arrows.flatMap((arrow) => arrow.boxes));
  if (chapter.id === 'service-account') for (const { id } of chips) if (id.startsWith('signs-')) boxes.add(id.replace('signs', 'manager'));
  if (boxes.has('entrance')) for (const pipe of geometry.arrows.filter((arrow) => arrow.pipe)) arrows.push(pipe);
  const issuers = new Set([...own].flatMap((id) => plan.certificates.find((one) => one.id === id)?.issuer ?? []));
  return {
    arrows: new Set(arrows.map(({ id }) => id)), boxes, chips: new Set(chips.map(({ id }) => id)),
    stamps: new Set(geometry.stamps.filter(({ id }) => signing || everywhere || chapter.id === 'arrows' || issuers.has(id)).map(({ id }) => id)),
    everywhere: signing || everywhere,
  };
}

/**
 * The same for one step of making a certificate: its owner alone with the key, then the authority that is asked, then the arrows for which it is made. The piece of the figure stays.
 * @param {Lit} lit @param {import('./walk.js').Slide['kind']} step @param {string} certificate @param {Geometry} geometry @returns {Lit}
 */
export function upTo(lit, step, certificate, geometry) {
  if (step !== 'key' && step !== 'request') return lit;
  const chips = geometry.chips.filter(({ id, certificates }) => lit.chips.has(id) && certificates.includes(certificate)), itself = geometry.stamps.some(({ id }) => id === certificate);
  const stamps = itself ? new Set([certificate]) : step === 'request' ? lit.stamps : new Set();
  return { ...lit, arrows: new Set(), chips: new Set(chips.map(({ id }) => id)), boxes: new Set(chips.map(({ owner }) => owner)), stamps };
}

/** The same as the figure's lights: what is not in it is dimmed. @param {Lit} lit @returns {Lights} */
export const asLights = ({ arrows, boxes, chips, stamps }) => new Map(Object.entries({ arrow: arrows, box: boxes, chip: chips, stamp: stamps }).flatMap(([kind, ids]) => [...ids].map((id) => /** @type {const} */ ([`${kind}/${id}`, 'near']))));

/**
 * As much of the figure as can be shown at this scale, around what is lit: the first column's, for the second is its mirror.
 * @param {Geometry} geometry @param {Lit} lit @param {{ width: number, height: number, scale: number, least: number }} room scale: pixels per unit that are wanted; least: what its words need to be read
 * @returns {Geometry['viewBox']}
 */
export function cropped(geometry, lit, { width, height, scale, least }) {
  const [x, y, w, h] = geometry.viewBox;
  if (Math.min(width / w, height / h) >= scale) return geometry.viewBox;
  const margin = 8, parts = [...shown(geometry, lit), geometry.boxes.filter(({ id }) => id === 'kube-apiserver-0').map(({ rect }) => rect)].map(bounds);
  // What is too large to be read as a whole is seen from the hub.
  const around = parts.find((part) => part && part.w + margin * 2 <= width / least && part.h + margin * 2 <= height / least) ?? { x, y, w: 0, h: 0 };
  const wide = Math.min(w, Math.max(width / scale, around.w + margin * 2)), high = Math.min(h, Math.max(height / scale, around.h + margin * 2));
  const within = (/** @type {number} */ middle, /** @type {number} */ size, /** @type {number} */ from, /** @type {number} */ whole) => Math.max(from, Math.min(middle - size / 2, from + whole - size));
  const left = within(around.x + around.w / 2, wide, x, w), top = within(around.y + around.h / 2, high, y, h);
  const stamps = geometry.stamps.filter(({ id }) => lit.stamps.has(id)).map(({ rect }) => rect).filter((rect) => rect.y < top + high && rect.y + rect.h > top);
  return [whole(left, wide, around, [x, w], stamps), top, wide, high];
}

/** The window moved so that no authority is cut: shown whole, or else not at all; what is around stays in it. @param {number} left @param {number} wide @param {Rect} around @param {[number, number]} figure @param {Rect[]} stamps */
function whole(left, wide, around, [x, w], stamps) {
  const cuts = (/** @type {number} */ from) => stamps.some((rect) => rect.x < from + wide && rect.x + rect.w > from && (rect.x < from || rect.x + rect.w > from + wide));
  const holds = (/** @type {number} */ from) => from >= x && from + wide <= x + w && from <= around.x && from + wide >= around.x + around.w;
  const gap = 30, moved = stamps.flatMap((rect) => [rect.x + rect.w + gap - wide, rect.x - gap, rect.x - wide, rect.x + rect.w]);
  return cuts(left) ? moved.find((from) => holds(from) && !cuts(from)) ?? left : left;
}

/** What is lit, and of that the first column's. @param {Geometry} geometry @param {Lit} lit @returns {Rect[][]} */
function shown({ boxes, chips, stamps, single }, lit) {
  const of = (/** @type {{ id: string, rect: Rect }[]} */ shapes, /** @type {Set<string>} */ ids) => shapes.filter(({ id }) => ids.has(id)).map(({ rect }) => rect);
  const rects = [...of(boxes, lit.boxes), ...of(chips, lit.chips)];
  // An authority lights chips on every host: then it is the authority that is to be seen.
  if (lit.everywhere) return [of(stamps, lit.stamps)];
  return [rects, rects.filter((rect) => single || rect.x < AXIS)];
}

/** @param {Rect[]} rects @returns {Rect | null} */
function bounds(rects) {
  if (rects.length === 0) return null;
  const left = Math.min(...rects.map(({ x }) => x)), top = Math.min(...rects.map(({ y }) => y));
  return { x: left, y: top, w: Math.max(...rects.map(({ x, w }) => x + w)) - left, h: Math.max(...rects.map(({ y, h }) => y + h)) - top };
}
