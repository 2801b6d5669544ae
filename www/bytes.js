// The view of one certificate byte by byte: its own dialog, drawn by itself, since every byte that the pointer passes draws it anew.
/** @import { State } from './state.js' */
/** @import { Translate } from './i18n.js' */
/** @import { Fault } from './wasm.d.ts' */
/** @import { Node, Place } from './bytes/nodes.js' */
import { render } from 'lit-html';
import { compared } from './bytes/compare.js';
import { bytesOf, innermost, nodesOf, openAtFirst, openTo, step, toggled } from './bytes/nodes.js';
import { bytesDialog } from './panels/bytes.js';
import { existing } from './state.js';

/** @typedef {'certificate' | 'request'} Which */
/** @typedef {Which | 'compare'} Tab */
/** @typedef {{ name: string, pem: string, bytes: Uint8Array, nodes: Node[], faults: Fault[] }} File */
/** @typedef {{ id: string, tab: Tab, hovered: string | null, places: Partial<Record<Which, Place>> }} View hovered: the box under the pointer, which goes before the one that was chosen */
/** @typedef {{ hover: (node: string | null) => void, byte: (byte: number | null, choose: boolean) => void, choose: (node: string) => void, toggle: (node: string) => void, key: (event: KeyboardEvent) => void,
 *   tab: (tab: Tab) => void, all: (open: boolean) => void, show: (which: Which, node: string) => void, close: () => void, copy: (text: string) => void }} Acts */
/** @typedef {{ state: State, narrow: boolean, t: Translate, copy: (text: string) => void }} Drawn */

export class Bytes {
  /** @type {View | null} */
  #view = null;
  /** What is drawn with the page, so that the view can draw itself in between. @type {Drawn | null} */
  #drawn = null;
  /** @type {Partial<Record<Which, File>>} */
  #files = {};
  #anatomy;
  #element;

  /** @param {import('./core.js').Core['anatomy']} anatomy @param {HTMLDialogElement} element */
  constructor(anatomy, element) {
    this.#anatomy = anatomy;
    this.#element = element;
    element.addEventListener('cancel', (event) => { event.preventDefault(); this.#acts.close(); });
  }

  get open() { return this.#view !== null; }

  /** @param {string} id of a certificate that is issued @param {Tab} [tab] */
  show(id, tab = 'certificate') {
    this.#view = { id, tab, hovered: null, places: {} };
    this.#redraw();
    this.#follow(null);
  }

  /** With the page. @param {Drawn} drawn */
  draw(drawn) {
    this.#drawn = drawn;
    this.#redraw();
  }

  #redraw() {
    const { state, narrow, t } = this.#drawn ?? {}, view = this.#view, element = this.#element;
    const issued = view && (state?.judged?.changed.get(view.id) ?? (state && existing(state, view.id)));
    if (!view || !issued || !state || !t) {
      this.#view = null;
      if (element.open) element.close();
      return;
    }
    const request = state.issued ? state.issued.requests.get(view.id) : null;
    const certificate = this.#file('certificate', `${view.id}.crt`, issued.pem), asked = request && this.#file('request', `${view.id}.csr`, request.pem);
    const file = view.tab === 'request' ? asked : certificate, pairs = asked ? compared(asked, certificate) : [];
    const place = view.tab === 'compare' || !file ? null : this.#placeIn(view.tab, file);
    render(bytesDialog({ view, certificate, request: request === null ? null : asked, made: !state.imported, file: file ?? null, pairs, place, columns: narrow ? 8 : 16 }, t, this.#acts), element);
    if (!element.open) element.showModal();
  }

  /** Read once. @param {Which} which @param {string} name @param {string} pem @returns {File} */
  #file(which, name, pem) {
    const known = this.#files[which];
    if (known?.pem === pem) return known;
    const bytes = bytesOf(pem), anatomy = this.#anatomy(bytes, which === 'request');
    return this.#files[which] = { name, pem, bytes, nodes: nodesOf(anatomy), faults: anatomy.faults };
  }

  /** @param {Which} which @param {File} file @returns {Place} */
  #placeIn(which, { nodes }) {
    return (/** @type {View} */ (this.#view)).places[which] ??= { current: nodes[0]?.id ?? '', open: openAtFirst(nodes) };
  }

  /** The file that is looked at, and the place in it. */
  #here() {
    const tab = this.#view?.tab, file = tab && tab !== 'compare' ? this.#files[tab] : undefined;
    return tab && tab !== 'compare' && file ? { which: tab, file, place: this.#placeIn(tab, file) } : null;
  }

  /** @param {Place} place */
  #go(place) {
    const here = this.#here(), view = this.#view;
    if (!here || !view) return;
    view.places[here.which] = place;
    view.hovered = null;
    this.#redraw();
    this.#follow(place.current);
  }

  /** The focus goes with the chosen box, and both sides show it. @param {string | null} node null: the one that is chosen already */
  #follow(node) {
    const here = this.#here(), id = node ?? here?.place.current, chosen = here?.file.nodes.find((one) => one.id === id);
    this.#element.querySelector(`[data-byte="${chosen?.part.start}"]`)?.scrollIntoView({ block: 'nearest' });
    const row = /** @type {HTMLElement | null} */ (this.#element.querySelector(`[data-part="${id}"]`));
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  /** @type {Acts} */
  #acts = {
    hover: (node) => {
      if (!this.#view || this.#view.hovered === node) return;
      this.#view.hovered = node;
      this.#redraw();
    },
    byte: (byte, choose) => {
      const node = byte === null ? undefined : innermost(this.#here()?.file.nodes ?? [], byte);
      if (choose && node) this.#acts.choose(node.id);
      else this.#acts.hover(node?.id ?? null);
    },
    choose: (id) => {
      const here = this.#here(), node = here?.file.nodes.find((one) => one.id === id);
      if (here && node) this.#go({ current: id, open: openTo(node, here.place.open) });
    },
    toggle: (id) => {
      const here = this.#here();
      if (here) this.#go({ current: id, open: toggled(here.place.open, id) });
    },
    key: (event) => {
      const here = this.#here(), place = here && !event.ctrlKey && !event.metaKey && !event.altKey && step(here.file.nodes, here.place, event.key);
      if (!place) return;
      event.preventDefault();
      this.#go(place);
    },
    tab: (tab) => {
      if (!this.#view) return;
      Object.assign(this.#view, { tab, hovered: null });
      this.#redraw();
    },
    all: (open) => {
      const here = this.#here();
      if (here) this.#go({ current: here.file.nodes[0].id, open: new Set(open ? here.file.nodes.filter(({ children }) => children.length > 0).map(({ id }) => id) : []) });
    },
    show: (which, node) => {
      this.#acts.tab(which);
      this.#acts.choose(node);
    },
    close: () => { this.#view = null; this.#redraw(); },
    copy: (text) => this.#drawn?.copy(text),
  };
}
