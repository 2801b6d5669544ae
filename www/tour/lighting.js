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
 * The same for one step of making a certificate: its owner alone with the key, then the authority that is asked, then the arrows for which it is made. The arrows' piece of the figure stays for the key.
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
 * @param {Geometry} geometry @param {Lit} lit @param {{ width: number, height: number, scale: number, least: number, most?: number }} room scale: pixels per unit that are wanted; least: what its words need to be read; most: how high it may get where that shows all that is lit
 * @returns {Geometry['viewBox']}
 */
export function cropped(geometry, lit, { width, height, scale, least, most = height }) {
  const [x, y, w, h] = geometry.viewBox;
  if (Math.min(width / w, height / h) >= scale) return geometry.viewBox;
  const margin = 20, parts = [...shown(geometry, lit), geometry.boxes.filter(({ id }) => id === 'kube-apiserver-0').map(({ rect }) => rect)].map(bounds);
  // What is too large to be read as a whole is seen from the hub.
  const around = parts.find((part) => part && part.w + margin * 2 <= width / least && part.h + margin * 2 <= most / least) ?? { x, y, w: 0, h: 0 };
  // In the room's own shape, for the figure may end where a flatter piece does.
  const [across, down] = [around.w + margin * 2, around.h + margin * 2], fitting = Math.min(scale, width / across, most / down);
  const wide = Math.min(w, width / fitting), high = Math.min(h, Math.max(height / fitting, down));
  const within = (/** @type {number} */ middle, /** @type {number} */ size, /** @type {number} */ from, /** @type {number} */ whole) => Math.max(from, Math.min(middle - size / 2, from + whole - size));
  return [within(around.x + around.w / 2, wide, x, w), within(around.y + around.h / 2, high, y, h), wide, high];
}

/** Without the authorities that a piece of the figure cuts: what is lit and cut looks broken, what is dim goes on at the edge. @param {Lit} lit @param {Geometry} geometry @param {Geometry['viewBox']} piece @returns {Lit} */
export function uncut(lit, { stamps }, [x, y, w, h]) {
  const cut = new Set(stamps.filter(({ rect }) => rect.x < x || rect.y < y || rect.x + rect.w > x + w || rect.y + rect.h > y + h).map(({ id }) => id));
  return { ...lit, stamps: new Set([...lit.stamps].filter((id) => !cut.has(id))) };
}

/** What is lit, and of that the first column's. @param {Geometry} geometry @param {Lit} lit @returns {Rect[][]} */
function shown({ boxes, chips, stamps, single }, lit) {
  const of = (/** @type {{ id: string, rect: Rect }[]} */ shapes, /** @type {Set<string>} */ ids) => shapes.filter(({ id }) => ids.has(id)).map(({ rect }) => rect);
  const rects = [...of(boxes, lit.boxes), ...of(chips, lit.chips)];
  // An authority lights chips on every host: then it is the authority that is to be seen.
  if (lit.everywhere) return [of(stamps, lit.stamps)];
  const asked = lit.arrows.size === 0 ? of(stamps, lit.stamps) : [];
  // A request goes to the authority: that is to be seen, and as many of those who ask as there is room for, the nearest first.
  if (asked.length) {
    const near = rects.toSorted((one, other) => apart(one, asked[0]) - apart(other, asked[0]));
    return near.map((_, i) => [...near.slice(0, near.length - i), ...asked]).concat([asked]);
  }
  return [rects, rects.filter((rect) => single || rect.x < AXIS)];
}

/** @param {Rect} one @param {Rect} other */
const apart = (one, other) => Math.hypot(one.x + one.w / 2 - other.x - other.w / 2, one.y + one.h / 2 - other.y - other.h / 2);

/** @param {Rect[]} rects @returns {Rect | null} */
function bounds(rects) {
  if (rects.length === 0) return null;
  const left = Math.min(...rects.map(({ x }) => x)), top = Math.min(...rects.map(({ y }) => y));
  return { x: left, y: top, w: Math.max(...rects.map(({ x, w }) => x + w)) - left, h: Math.max(...rects.map(({ y, h }) => y + h)) - top };
}
