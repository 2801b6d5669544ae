// Pieces that several panels are made of.
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { named } from '../names.js';

/** @typedef {import('../i18n.js').Translate} Translate */
/**
 * What a panel may ask the controller to do.
 * @typedef {{
 *   edit: (description: import('../wasm.d.ts').Description, field?: string) => void, undo: () => void, redo: () => void, start: () => void, cancel: () => void, download: () => void,
 *   select: (what: { connection: string } | { certificate: string } | { component: string } | null) => void, language: (language: import('../i18n.js').Language) => void,
 *   theme: () => void, view: (view: import('./bar.js').Shown) => void, drawer: (open: boolean) => void, copy: (text: string) => void, early: (on: boolean) => void,
 *   formView: (change: Partial<import('./form.js').FormView>) => void, differences: () => void, compare: () => void, stack: (change: Partial<import('./stack.js').StackView>) => void,
 *   focus: (node: string | null) => void, copyLink: () => void, save: () => void, open: () => void, many: (change: Partial<import('./many.js').Many> | null) => void, accept: () => void, dismiss: () => void,
 *   bring: import('../bringing.js').Bringing, takeaway: import('../takeaway.js').Takeaway, tour: import('../tour/tour.js').Tour, export: (format: import('./export.js').Format) => void, lesson: (id: string | null) => void, bytes: (certificate: string) => void, trust: (on: boolean) => void, table: (change: Partial<import('./table.js').TableView>) => void,
 * }} Actions
 */

/** A choice of a few. @template {string} T @param {string} label @param {[T, string][]} options @param {T} chosen @param {(value: T) => void} choose @param {boolean} [languages] each is named in itself */
export const segments = (label, options, chosen, choose, languages = false) => html`<div class="segments" role="group" aria-label=${label}>
  ${options.map(([value, text]) => html`<button type="button" lang=${languages ? value : nothing} aria-pressed=${value === chosen ? 'true' : 'false'} @click=${() => choose(value)}>${text}</button>`)}</div>`;

/** One of many. @param {string} label @param {[string, string][]} options @param {string | undefined} chosen @param {(value: string) => void} choose @param {string} [field] how it is found again */
export const chooser = (label, options, chosen, choose, field) => html`<label class="chooser"><span>${label}</span>
  <select data-field=${field ?? nothing} @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
    ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></label>`;

/** A certificate as it looks in the figure, which opens it. @param {'plate' | 'badge'} shape @param {string} id @param {string} line @param {string} aside @param {() => void} open @param {boolean} [broken] */
export const tag = (shape, id, line, aside, open, broken = false) => html`<button type="button" class="tag ${shape} ${broken ? 'broken' : ''}" @click=${open}>
  <span class="mark">${icon(shape === 'plate' ? 'lock' : 'idcard', 15)}</span><span class="words"><b>${id}.crt</b><small>${line}</small></span><span class="aside">${aside}</span></button>`;

/** @param {Translate} t @param {Actions} actions */
export const closeButton = (t, actions) => html`<button type="button" class="close" aria-label=${t('close')} title=${t('close')} @click=${() => actions.select(null)}>${icon('cross', 15)}</button>`;

/** Planned, or issued: never more than that before it is verified. @param {boolean} issued @param {Translate} t */
export const stateLine = (issued, t) => html`<p class="state ${issued ? 'issued' : ''}"><span class="dot"></span>${t(issued ? 'state.issued.long' : 'state.planned.long')}</p>`;

/** The flags of one end; the folder that most of its files lie in is said once. @param {string} title @param {import('../wasm.d.ts').Flag[]} flags @param {(value: string) => string} remark what is to be said of a file */
export function flagTable(title, flags, remark) {
  if (flags.length === 0) return nothing;
  const folders = flags.map(({ value }) => /^\/.*\/(?=[^/]+$)/.exec(value)?.[0] ?? '');
  const usual = folders.reduce((most, folder) => (count(folders, folder) > count(folders, most) ? folder : most), folders[0]);
  return html`<h4>${title} <span>${folding(usual)}</span></h4><table>${flags.map(({ flag, value }, i) => html`
    <tr><th scope="row">${flag}</th><td>${usual && folders[i] === usual ? value.slice(usual.length) : folding(value)}</td></tr>${remark(value) ? html`<tr class="remark"><td colspan="2">${remark(value)}</td></tr>` : nothing}`)}</table>`;
}

/** A path that is too long for its line ends it behind a folder. @param {string} path */
export const folding = (path) => path.split(/(?<=\/)/).map((part) => html`${part}<wbr>`);

/** @param {string[]} all @param {string} one */
const count = (all, one) => (one ? all.filter((other) => other === one).length : 0);

/** In the order in which the kinds first come. @template {{ kind: string }} T @param {T[]} connections */
export function byKind(connections) {
  /** @type {Map<string, T[]>} */
  const kinds = new Map();
  for (const one of connections) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
  return kinds;
}

/** The programs that dial, each once, with its host where it is one only. @param {string[]} connections ids */
export function callers(connections) {
  /** @type {Map<string, Set<string>>} */
  const hosts = new Map();
  for (const connection of connections) {
    const { name, node } = named(connection.slice(0, connection.indexOf('/')));
    hosts.set(name, (hosts.get(name) ?? new Set()).add(node));
  }
  return [...hosts].map(([name, nodes]) => (nodes.size > 2 ? `${name} ×${nodes.size}` : [...nodes].map((node) => `${name} ${node}`.trim()).join(', '))).join(', ');
}

/** How far the keys are that nobody has asked for yet; '' when there is nothing to say. @param {import('../workshop.js').Status} status @param {Translate} t */
export const aheadSentence = ({ ready, of, preparing, obstacle }, t) => (of > 0 && ready === of ? t('ahead.ready', { n: of })
  : obstacle ? t(`ahead.${obstacle}`) : preparing ? t('ahead.preparing', { n: of, ready }) : ready > 0 ? t('ahead.enough', { n: of, ready }) : '');
