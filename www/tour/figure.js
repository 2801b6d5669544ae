// The figure as the walkthrough shows it: a piece of it, large, in present mode; and beside the text where there is no room for both.
/** @import { State } from '../state.js' */
/** @import { Geometry } from '../layout/geometry.js' */
/** @import { Language } from '../i18n.js' */
/** @import { Lights } from '../lights.js' */
/** @import { Actions } from '../panels/parts.js' */
/** @import { Tour } from './tour.js' */
import { html, nothing, render } from 'lit-html';
import { diagram, fit } from '../diagram.js';
import { translator } from '../i18n.js';
import { layout } from '../layout.js';
import { present } from '../panels/present.js';
import { shed } from '../lighting.js';
import { asLights, cropped, lighting, uncut, upTo } from './lighting.js';

/** @typedef {Parameters<typeof diagram>[1]} Drawing */

/** Pixels per unit: wanted, and at least, for words of 11.5 units to have 14 pixels (present.css). */
const SCALE = 1.36, LEAST = 1.22;

export class Figure {
  /** What the geometry was made of. @type {unknown[]} */
  #from = [];
  /** @type {Geometry | null} */
  #geometry = null;
  #showing = false;
  /** Of the piece beside the text. @type {Lights | null} */
  #aside = null;
  /** Of the piece on the screen. @type {Lights | null} */
  #lights = null;

  /** On small screens, in the walkthrough's own panel. @param {Tour} tour @param {Geometry} geometry @param {Drawing} drawing @param {boolean} small */
  beside(tour, geometry, drawing, small) {
    const lit = small && !tour.walk.presenting ? tour.lit(geometry) : null;
    if (!lit) return nothing;
    const viewBox = cropped(geometry, lit, { width: innerWidth - 32, height: 320, most: 360, scale: 1, least: 0.8 });
    this.#aside = asLights(lit);
    return html`<div class="tourfigure">${diagram({ ...geometry, viewBox }, drawing)}</div>`;
  }

  /** @param {HTMLElement} place @param {Tour} tour @param {State} state @param {{ language: Language, byHand: import('../by-hand.js').ByHand }} around @param {Drawing} drawing @param {Actions} actions */
  draw(place, tour, state, around, drawing, actions) {
    const { presenting } = tour.walk, { language } = around, t = translator(language);
    if (presenting !== this.#showing) this.#turn(place, presenting);
    const beside = document.querySelector('.tourfigure .diagram');
    if (beside && this.#aside) shed(beside, this.#aside);
    if (!presenting) return;
    const from = [state.plan, language], fresh = from.some((part, i) => part !== this.#from[i]);
    if (fresh || !this.#geometry) this.#geometry = layout(state.plan, { view: 'certificates', narrow: false, t });
    this.#from = from;
    place.setAttribute('aria-label', t('tour.present'));
    render(present(tour, state, this.#piece(tour, state, this.#geometry, drawing), around, t, actions), place);
    const figure = place.querySelector('svg.diagram');
    if (figure) shed(figure, this.#lights);
    if (fresh) fit(place);
  }

  /** @param {Tour} tour @param {State} state @param {Geometry} geometry @param {Drawing} drawing */
  #piece(tour, state, geometry, drawing) {
    const { slide } = tour.show, { plan, judged } = state;
    const broken = judged?.lesson.id ? [...judged.rows.values()].filter((row) => row.side || row.nobody).map((row) => row.connection) : [];
    const only = plan.connections.find(({ id }) => (broken.length ? id === broken[0] : slide.kind === 'story' && id === slide.connection)) ?? null;
    const chapter = only && broken.length ? { ...tour.chapter, id: /** @type {const} */ ('arrows'), connections: [only], certificates: [] } : tour.chapter;
    const lit = lighting(geometry, chapter, plan, only), step = !broken.length && 'certificate' in slide ? upTo(lit, slide.kind, slide.certificate, geometry) : lit, { clientWidth, clientHeight } = document.documentElement;
    const wide = clientWidth > clientHeight, room = { width: clientWidth * (wide ? 0.54 : 1) - 24, height: clientHeight * (wide ? 1 : 0.42) - 24 };
    const viewBox = cropped(geometry, slide.kind === 'request' ? step : lit, { ...room, scale: wide ? SCALE : 0.8, least: wide ? LEAST : 0.5 });
    const marks = { ...drawing.marks, current: null };
    // While something is broken all is lit: the refused arrows speak for themselves.
    this.#lights = broken.length ? null : asLights(uncut(step, geometry, viewBox));
    return { piece: viewBox !== geometry.viewBox, drawing: diagram({ ...geometry, viewBox }, { ...drawing, marks }) };
  }

  /** All else is out of reach meanwhile. @param {HTMLElement} place @param {boolean} on */
  #turn(place, on) {
    this.#showing = on;
    this.#from = [];
    place.hidden = !on;
    document.documentElement.dataset.presenting = on ? 'yes' : 'no';
    for (const one of document.body.children) if (one instanceof HTMLElement && one !== place && one.id !== 'live') one.inert = on;
    if (!on) render(nothing, place);
  }
}
