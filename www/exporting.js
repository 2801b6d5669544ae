// What leaves the page: the figure as a picture, the tables as Markdown, all of it on paper. Each is made when it is asked for.
/** @import { State } from './state.js' */
/** @import { Format } from './panels/export.js' */
import { html, nothing, render } from 'lit-html';
import { diagram, fit } from './diagram.js';
import { markdown } from './document.js';
import { lifeSentence } from './labels.js';
import { translator } from './i18n.js';
import { layout } from './layout.js';
import { paper } from './panels/paper.js';
import { saved } from './passing.js';
import { standalone } from './standalone.js';
import { made } from './state.js';

/**
 * @typedef {{ state: State, language: import('./i18n.js').Language, view: import('./layout.js').View, focus: string | null, title: string, t: import('./i18n.js').Translate }} Shown
 * @typedef {{ shown: () => Shown, copy: (text: string, said: import('./i18n.js').Key) => void, say: (what: import('./i18n.js').Key) => void }} Page what the controller does for it
 */

/** A picture has so many pixels for each unit of the figure. */
const SCALE = 2;

export class Exporting {
  #place;
  #page;

  /** @param {HTMLElement} place where the figure is drawn a second time, out of sight, to be measured or printed @param {Page} page */
  constructor(place, page) {
    this.#place = place;
    this.#page = page;
    addEventListener('beforeprint', () => this.#prepare());
    addEventListener('afterprint', () => this.#clear());
  }

  /** @param {Format} format */
  async run(format) {
    const { state, view } = this.#page.shown(), name = `${state.plan.cluster.name}-${view}`;
    switch (format) {
      case 'print':
        return print();
      case 'copy':
        return this.#page.copy(this.#markdown(), 'export.copied');
      case 'markdown':
        return saved(new Blob([this.#markdown()], { type: 'text/markdown' }), `${state.plan.cluster.name}-certificates.md`);
      case 'svg':
        return saved(new Blob([this.svg()], { type: 'image/svg+xml' }), `${name}.svg`);
      case 'png':
        return picture(this.svg()).then((png) => saved(png, `${name}.png`), () => this.#page.say('export.failed'));
    }
  }

  #markdown() {
    const { state, language } = this.#page.shown();
    return markdown(state, today(), translator(language, false));
  }

  /** The figure as it is on the page, but as wide as it can be, with nothing selected. */
  svg() {
    const shown = this.#page.shown(), { state, t, language } = shown, name = state.plan.cluster.name;
    render(html`${this.#figure(shown)}`, this.#place);
    fit(this.#place);
    const figure = /** @type {SVGSVGElement} */ (this.#place.querySelector('svg'));
    const description = [...figure.querySelectorAll('.arrow[aria-label]')].map((one) => one.getAttribute('aria-label')).join(' ');
    const text = standalone(figure, { title: t('paper.figure', { name }), description, language, paper: getComputedStyle(document.body).backgroundColor });
    this.#clear();
    return text;
  }

  /** @param {Shown} shown */
  #figure({ state, view, focus, t }) {
    const none = /** @type {Set<string>} */ (new Set()), geometry = layout(state.plan, { view, narrow: false, t, focus });
    return diagram(geometry, { marks: { arrows: null, host: null, chips: none, boxes: none, certificates: none, made: made(state), current: null }, issued: state.phase === 'issued', judged: state.judged, t, stale: false, life: (ids) => lifeSentence(ids, state, t) });
  }

  #prepare() {
    const shown = this.#page.shown();
    render(paper(shown.state, { ...shown, figure: this.#figure(shown), day: today() }, shown.t), this.#place);
    fit(this.#place);
    // At the top of its sheet, whatever is left below.
    this.#place.querySelector('svg.diagram')?.setAttribute('preserveAspectRatio', 'xMidYMin');
  }

  #clear() { render(nothing, this.#place); }
}

/** The day where the user is. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** @param {string} svg @returns {Promise<Blob>} */
async function picture(svg) {
  // No blob: URL: the page's policy lets pictures in as data only, and some browsers call a canvas tainted by one.
  const image = Object.assign(new Image(), { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` });
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth * SCALE, height: image.naturalHeight * SCALE });
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => { canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'); });
}
