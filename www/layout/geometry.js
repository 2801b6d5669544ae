// The shapes a layout is made of, and the few calculations on them. Units are pixels at scale 1.

/** @typedef {{ x: number, y: number, w: number, h: number }} Rect */
/** @typedef {{ x: number, y: number, text: string, style: string, anchor?: 'start' | 'middle' | 'end', max?: number, full?: string, of?: string[] }} Text of: the arrows that it speaks of */
/** @typedef {{ id: string, rect: Rect, copies: Rect[], name: string, address: string, count: number, label: Text, nodes: import('../wasm.d.ts').Node[], open: string, note: string, notch: Rect | null }} Host nodes: all that it stands for; open: what opening it does; notch: a corner that belongs to another host */
/** @typedef {{ id: string, rect: Rect, icon: string, name: string, note: string, style: 'component' | 'balancer' | 'pods' | 'bus', kind: import('../wasm.d.ts').ComponentKind | 'load-balancer', components: string[], label: string }} Box components: all that it stands for */
/** @typedef {{ rect: Rect, text: string, owner: string }} Door owner: the box that it belongs to */
/**
 * A certificate or token where it is shown: badge = client certificate, plate = server certificate, ticket = token,
 * signer = the key pair of the tokens. One chip of a stacked host stands for several certificates.
 * owner: the box that carries it.
 * @typedef {{ id: string, owner: string, shape: 'badge' | 'plate' | 'ticket' | 'signer', rect: Rect, certificates: string[], authority: 'k' | 'e' | 'f' | 't',
 *   stem: string, extension: string, sub: string, third?: [string, string], label: string }} Chip
 */
/** @typedef {{ x: number, y: number, direction: Direction }} Head */
/** @typedef {'up' | 'down' | 'left' | 'right'} Direction */
/** @typedef {{ x: number, y: number, count: number, rect: Rect }} Pill */
/**
 * One drawn line. It bundles every connection that would run the same way.
 * @typedef {{ id: string, connections: string[], path: string, points: Point[], heads: Head[], pill: Pill | null, token: boolean,
 *   cased: boolean, pipe: boolean, through: string[], chips: string[], boxes: string[], label: string, rank: number }} Arrow
 *   connections: the one that the line shows comes first; pipe: part of the way of others, whose connections are in through; rank: its place in the list of connections
 */
/** @typedef {{ id: string, name: string, note: string, letter: 'k' | 'e' | 'f', rect: Rect }} Stamp */
/** @typedef {[number, number]} Point */
/**
 * @typedef {{ viewBox: [number, number, number, number], single: boolean, hosts: Host[], boxes: Box[], doors: Door[], chips: Chip[],
 *   arrows: Arrow[], labels: Text[], stamps: Stamp[] }} Geometry
 */

/** One host's width, the gap between two, and the axis about which the second column mirrors the first. */
export const HOST = 408, GAP = 24, AXIS = HOST + GAP / 2, PAIR = HOST * 2 + GAP;
export const OUTER = { x: 10, w: 198 }, INNER = { x: 248, w: 150 };
export const LANE = { token: 12, logs: 27, manager: 228 };
export const MASTER_HEIGHT = 370, ENTRANCE = 400, WORKER_TOP = 496, WORKER_HEIGHT = 206;

/** @param {number} column @param {number} x */
export const across = (column, x) => (column ? PAIR - x : x);

/** @param {number} column @param {Rect} rect @returns {Rect} */
export const mirrored = (column, rect) => (column ? { ...rect, x: PAIR - rect.x - rect.w } : rect);

/** An orthogonal route with round corners. @param {Point[]} points */
export function route(points, radius = 9) {
  let path = `M${points[0][0]} ${points[0][1]}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [x, y] = points[i], [px, py] = points[i - 1], [nx, ny] = points[i + 1];
    const before = Math.hypot(x - px, y - py), after = Math.hypot(nx - x, ny - y);
    const r = Math.min(radius, before / 2, after / 2);
    path += `L${x - ((x - px) / before) * r} ${y - ((y - py) / before) * r}Q${x} ${y} ${x + ((nx - x) / after) * r} ${y + ((ny - y) / after) * r}`;
  }
  const [x, y] = /** @type {Point} */ (points.at(-1));
  return `${path}L${x} ${y}`;
}

/** The route without its last units, so that the stroke ends inside the arrow head. @param {Point[]} points @returns {Point[]} */
export function insideHead(points, inset = 6) {
  const [x, y] = /** @type {Point} */ (points.at(-1)), [px, py] = /** @type {Point} */ (points.at(-2));
  return [...points.slice(0, -1), [x - Math.sign(x - px) * inset, y - Math.sign(y - py) * inset]];
}

/** The head at the end of a route, pointing the way its last run goes. @param {Point[]} points @returns {Head} */
export function headOf(points) {
  const [x, y] = /** @type {Point} */ (points.at(-1)), [px, py] = /** @type {Point} */ (points.at(-2));
  return { x, y, direction: x > px ? 'right' : x < px ? 'left' : y > py ? 'down' : 'up' };
}

/** @param {number} x @param {number} y @param {number} count @returns {Pill} */
export function pill(x, y, count) {
  const w = count > 99 ? 30 : count > 9 ? 24 : count > 1 ? 18 : 12, h = count > 1 ? 16 : 12;
  return { x, y, count, rect: { x: x - w / 2, y: y - h / 2, w, h } };
}

/** 'worker-2', 'worker-3', 'worker-4' -> 'worker-2…4': what differs is kept, what repeats is not. @param {string[]} values @param {boolean} [gaps] whether others stand between them */
export function abridged(values, gaps = false) {
  const first = values[0] ?? '', last = values.at(-1) ?? '';
  if (values.length < 2 || first === last) return first;
  let same = 0;
  while (same < Math.min(first.length, last.length) && first[same] === last[same]) same++;
  while (same > 0 && /[0-9]/.test(first[same - 1])) same--;
  // Counted up: 'node01' and 'node05'; else whole words.
  if (!/^\d+$/.test(first.slice(same)) || !/^\d+$/.test(last.slice(same))) while (same > 0 && /[0-9a-z]/i.test(first[same - 1])) same--;
  if (first[same - 1] === '.') same--;
  return `${first}${values.length === 2 && !gaps ? ', ' : '…'}${last.slice(same)}`;
}

/** A name too long for its box keeps both ends. @param {string} text @param {number} most */
export const clipped = (text, most) =>
  text.length <= most ? text : `${text.slice(0, Math.ceil(most * 0.6))}…${text.slice(-Math.floor(most * 0.4) + 1)}`;

/** @template T @param {T[]} values */
export const unique = (values) => [...new Set(values)];

/** Routes written for column 0, seen in column c. @param {number} column */
export const mirror = (column) => (/** @type {Point[]} */ ...points) =>
  points.map(([x, y]) => /** @type {Point} */ ([across(column, x), y]));
