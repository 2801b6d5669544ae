// Lights on the page: what the pointer is on, else what has the keyboard's focus, else what is chosen. Only attributes change, so nothing is laid out.
/** @import { Lights, Looked } from './lights.js' */
import { lookedAt } from './lights.js';

export class Lighting {
  /** The shape under the pointer, and the one with the focus. @type {{ hover: string | null, focus: string | null }} */
  #on = { hover: null, focus: null };
  #stage;
  #figure;
  /** What the attributes on the page say. @type {string | null} */
  #shown = null;

  /**
   * @param {HTMLElement} stage
   * @param {{ geometry: () => import('./layout/geometry.js').Geometry, chosen: () => Looked | null, lights: (looked: Looked | null) => Lights | null }} figure
   */
  constructor(stage, figure) {
    this.#stage = stage;
    this.#figure = figure;
    const shapeOf = (/** @type {Event} */ { target }) => (target instanceof Element ? target.closest('[data-shape]')?.getAttribute('data-shape') ?? null : null);
    stage.addEventListener('pointerover', (event) => {
      // A finger that rests on a shape chooses it; nothing hovers.
      if (event.pointerType !== 'touch') this.#look({ hover: shapeOf(event) });
    });
    stage.addEventListener('pointerleave', () => this.#look({ hover: null }));
    stage.addEventListener('focusin', (event) => this.#look({ focus: event.target instanceof Element && event.target.matches(':focus-visible') ? shapeOf(event) : null }));
    stage.addEventListener('focusout', () => this.#look({ focus: null }));
  }

  /** @param {Partial<{ hover: string | null, focus: string | null }>} change */
  #look(change) {
    const before = this.#on;
    this.#on = { ...before, ...change };
    if (before.hover !== this.#on.hover || before.focus !== this.#on.focus) this.apply();
  }

  /** After every drawing as well: a drawn element may stand for another shape than before. */
  apply() {
    const { hover, focus } = this.#on, geometry = this.#figure.geometry();
    // On the chosen arrow itself the chosen one of its connections stays lit, not all.
    const chosen = this.#figure.chosen(), own = chosen && 'arrow' in chosen ? chosen.arrow : null;
    const at = (/** @type {string | null} */ shape) => (shape !== null && shape === own ? chosen : shape && lookedAt(shape, geometry));
    const looked = at(hover) || at(focus) || chosen;
    const lights = this.#figure.lights(looked || null), figure = this.#stage.querySelector('svg.diagram');
    if (!figure || (!lights && this.#shown === null)) return;
    this.#shown = lights ? 'lit' : null;
    shed(figure, lights);
  }
}

/** On any figure of the page. @param {Element} figure @param {Lights | null} lights null: none, all is as always */
export function shed(figure, lights) {
  figure.toggleAttribute('data-lit', lights !== null);
  for (const element of figure.querySelectorAll('[data-key]')) {
    const light = lights ? lightOf(element.getAttribute('data-key') ?? '', lights) : null;
    if (light === element.getAttribute('data-light')) continue;
    if (light) element.setAttribute('data-light', light);
    else element.removeAttribute('data-light');
  }
}

/** A label lights with any of the arrows that it speaks of. @param {string} keys @param {Lights} lights */
const lightOf = (keys, lights) => keys.split(' ').map((key) => lights.get(key)).find((light) => light) ?? 'dim';
