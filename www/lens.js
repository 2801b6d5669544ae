// Zoom and pan of the figure, offered only where it is drawn too small to read: by buttons, wheel, drag, two fingers and keyboard.
/** @import { Lens as Seen } from './zoom.js' */
import { READABLE, moved, revealed, scaleOf, seen, whole, zoomed } from './zoom.js';

const STEP = 1.4;
/** Pixels that a pointer may tremble before it drags. */
const TREMBLE = 5;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };

export class Lens {
  /** @type {Map<number, PointerEvent>} */
  #fingers = new Map();
  #dragged = false;
  #stage;
  #geometry;
  #changed;
  /** @type {Seen | null} null: the whole figure */
  #seen = null;
  #of = '';
  #size = { width: 0, height: 0 };
  needed = false;

  /** @param {HTMLElement} stage @param {() => import('./layout/geometry.js').Geometry} geometry @param {() => void} changed */
  constructor(stage, geometry, changed) {
    this.#stage = stage;
    this.#geometry = geometry;
    this.#changed = changed;
    // Told and not asked for: asking would cost a layout at every drawing.
    new ResizeObserver(([{ contentRect: { width, height } }]) => {
      this.#size = { width, height };
      if (this.#measured() !== this.needed) changed();
    }).observe(stage);
    stage.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    stage.addEventListener('pointerdown', (event) => this.#down(event));
    stage.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) stage.addEventListener(end, (event) => { this.#fingers.delete(event.pointerId); });
    // What ends a drag chooses nothing. Heard before the figure's own listeners.
    stage.addEventListener('click', (event) => { if (this.#dragged) event.stopImmediatePropagation(); this.#dragged = false; }, true);
    stage.addEventListener('keydown', (event) => this.#key(event), true);
    stage.addEventListener('focusin', ({ target }) => { if (this.#seen && target instanceof SVGGElement && target.matches(':focus-visible')) this.#look(revealed(this.#seen, this.#box, target.getBBox())); });
  }

  get closer() { return this.#seen !== null; }

  /** @param {1 | -1 | 0} way 0: the whole figure again */
  step(way) {
    const [x, y, w, h] = seen(this.#now, this.#box);
    this.#look(way === 0 ? whole(this.#box) : zoomed(this.#now, this.#box, way > 0 ? STEP : 1 / STEP, [x + w / 2, y + h / 2], this.#fit));
  }

  /** After every drawing: another figure is seen whole. */
  apply() {
    const of = this.#box.join(' ');
    if (of !== this.#of) this.#seen = null;
    this.#of = of;
    const needed = this.#measured();
    if (needed !== this.needed) requestAnimationFrame(this.#changed);
    this.needed = needed;
    if (!needed && this.#seen) this.#look(whole(this.#box));
    this.#stage.dataset.zoom = this.#seen ? 'in' : needed ? 'ready' : 'none';
  }

  get #figure() { return /** @type {SVGSVGElement | null} */ (this.#stage.querySelector('svg.diagram')); }
  get #box() { return this.#geometry().viewBox; }
  get #fit() { return scaleOf(this.#box, this.#size.width, this.#size.height) || 1; }
  get #now() { return this.#seen ?? whole(this.#box); }
  #measured() { return this.#figure !== null && this.#fit < READABLE; }

  /** @param {Seen} lens */
  #look(lens) {
    const before = this.closer;
    this.#seen = lens.scale > 1.001 ? lens : null;
    this.#figure?.setAttribute('viewBox', seen(this.#now, this.#box).join(' '));
    if (before !== this.closer) this.#changed();
  }

  /** Where on the figure a pointer is. @param {MouseEvent} event @returns {[number, number]} */
  #at(event) {
    const matrix = this.#figure?.getScreenCTM()?.inverse(), point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    return [point.x, point.y];
  }

  /** A wheel scrolls what is seen in part; with Ctrl, as trackpads pinch, it zooms. @param {WheelEvent} event */
  #wheel(event) {
    if (!this.needed || (!event.ctrlKey && !this.closer) || !this.#figure) return;
    event.preventDefault();
    const unit = this.#fit * this.#now.scale;
    this.#look(event.ctrlKey ? zoomed(this.#now, this.#box, Math.exp(-event.deltaY / 200), this.#at(event), this.#fit) : moved(this.#now, this.#box, event.deltaX / unit, event.deltaY / unit));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (!this.needed || event.button !== 0) return;
    this.#dragged = false;
    this.#fingers.set(event.pointerId, event);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const before = this.#fingers.get(event.pointerId);
    if (!before || !this.#figure) return;
    const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY, unit = this.#fit * this.#now.scale;
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (/** @type {MouseEvent} */ one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      this.#look(zoomed(this.#now, this.#box, apart(event) / apart(before), this.#at(other), this.#fit));
      this.#dragged = true;
    } else if (this.closer) {
      if (!this.#dragged && Math.hypot(dx, dy) < TREMBLE) return;
      if (!this.#dragged) this.#stage.setPointerCapture(event.pointerId);
      this.#dragged = true;
      this.#look(moved(this.#now, this.#box, -dx / unit, -dy / unit));
    } else return;
    this.#fingers.set(event.pointerId, event);
  }

  /** + and - zoom, 0 fits; with Shift the arrow keys, which walk, move. @param {KeyboardEvent} event */
  #key(event) {
    if (!this.needed || !this.#figure || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { '+': /** @type {const} */ (1), '=': /** @type {const} */ (1), '-': /** @type {const} */ (-1), 0: /** @type {const} */ (0) }[event.key], pan = event.shiftKey ? WAYS[event.key] : undefined;
    if (way === undefined && !pan) return;
    if (way !== undefined) this.step(way);
    else if (pan) this.#look(moved(this.#now, this.#box, pan[0], pan[1]));
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
