// Geometry -> SVG. Knows nothing of plans; what is selected or made is told to it in sets of ids.
/** @import { Geometry } from './layout/geometry.js' */
import { html, nothing, svg } from 'lit-html';
import { best, together } from './hearing.js';
import { asFound } from './diagram/found.js';
import { ends } from './diagram/ends.js';
import { stateWord } from './labels.js';
import { arrow, box, chip, door, host, label, sign, stamp } from './diagram/shapes.js';

/**
 * @typedef {{ arrows: string | null, host: string | null, chips: Set<string>, boxes: Set<string>, certificates: Set<string>, made: Set<string>, current: string | null }} Marks
 *   made: certificate ids whose key exists; current: the one shape that the Tab key reaches
 */

/**
 * @param {Geometry} geometry
 * @param {{ marks: Marks, issued: boolean, whole?: boolean, judged: import('./hearing.js').Judged | null, t: import('./i18n.js').Translate, stale: boolean, life: (certificates: string[]) => string }} how
 *   whole: whether everything was made that is drawn, if that is issued; life: what exists of some certificates, as a sentence
 */
export function diagram(geometry, { marks, issued, whole = issued, judged, t, stale, life }) {
  const order = stops(geometry), current = order.includes(marks.current ?? '') ? marks.current : order[0];
  const heard = (/** @type {string[]} */ ...parts) => parts.filter(Boolean).reduce((what, state) => t('speech.state', { what, state }));
  /** @param {string} id */
  const stop = (id) => (id === current ? 0 : -1);
  /** @param {import('./layout/geometry.js').Arrow} one */
  const fate = (one) => {
    const all = one.pipe ? best(one.through, judged) : together(one.connections, judged), of = one.connections.length, word = stateWord(all?.standing, issued, t);
    return { issued, fate: all, label: heard(one.label, all && all.n < of ? t('speech.state.of', { n: all.n, of, state: word }) : word) };
  };
  /** @param {string[]} ids */
  const broken = (ids) => ids.some((id) => judged?.changed.get(id) !== undefined);
  /** @param {string} label @param {string[]} ids */
  const told = (label, ids) => ({ broken: broken(ids), label: heard(label, life(ids), broken(ids) ? t('verdict.broken') : '') });
  return html`<svg class="diagram ${stale ? 'stale' : ''}" viewBox=${geometry.viewBox.join(' ')} role="group" aria-label=${t('figure.label')}>
    ${geometry.hosts.map((one) => host(one, { selected: marks.host === one.id, tab: stop(`host-${one.id}`) }))}
    ${geometry.arrows.map((one) => arrow(one, { selected: marks.arrows === one.id, ...fate(one), tab: stop(one.id), pill: false }))}
    ${geometry.boxes.map((one) => box(one, { selected: marks.boxes.has(one.id), tab: stop(`box-${one.id}`) }))}
    ${geometry.doors.map(door)}
    ${geometry.stamps.map((one) => stamp(one, { selected: marks.certificates.has(one.id), made: whole || marks.made.has(one.id), tab: stop(`stamp-${one.id}`), ...told(t('speech.stamp', { drawn: `${one.name}, ${one.note}`, file: `${one.id}.crt` }), [one.id]) }))}
    ${geometry.chips.map((one) => asFound(one, judged, t)).map((one) => chip(one, {
      selected: marks.chips.has(one.id) || one.certificates.some((id) => marks.certificates.has(id)),
      made: whole || one.certificates.every((id) => marks.made.has(id)), tab: stop(one.id), ...told(one.label, one.certificates),
    }))}
    ${geometry.labels.map(label)}
    ${ends(geometry)}
    ${geometry.arrows.map((one) => (one.pill ? arrow(one, { selected: false, ...fate(one), tab: -1, pill: true }) : nothing))}
  </svg>`;
}

/** The shapes that can be selected, in the order in which the arrow keys walk them: the arrows as the list has them. @param {Geometry} geometry */
export const stops = (geometry) => [
  ...geometry.arrows.filter((one) => !one.pipe).sort((one, other) => one.rank - other.rank).map((one) => one.id),
  ...geometry.boxes.filter(({ style }) => style !== 'bus').map((one) => `box-${one.id}`),
  ...geometry.stamps.map((one) => `stamp-${one.id}`),
  ...geometry.chips.map((one) => one.id),
  ...geometry.hosts.filter((one) => one.open).map((one) => `host-${one.id}`),
];

/** Small drawings for the legend. @param {'' | 'issued' | import('./hearing.js').Standing} state */
export const lineSample = (state) => html`<svg width="40" height="18" viewBox="0 0 40 18" class="sample pill ${state}" aria-hidden="true">
  <path d="M1 9h32" class="line" /><path d="M39 9l-8-4v8z" class="head" />${state === '' || state === 'issued' ? svg`<circle cx="16" cy="9" r="5" class="pillbody" />` : sign(state, 16, 9)}</svg>`;

/**
 * Condense the texts that are wider than their place; fonts differ, so this is measured and not computed.
 * All reads come before all writes: one layout pass.
 * @param {ParentNode} root
 */
export function fit(root) {
  const texts = /** @type {SVGTextElement[]} */ ([...root.querySelectorAll('text[data-max]')]);
  for (const text of texts) text.removeAttribute('textLength');
  const wide = texts.map((text) => text.getComputedTextLength() > Number(text.dataset.max));
  texts.forEach((text, i) => {
    if (!wide[i]) return;
    text.setAttribute('textLength', text.dataset.max ?? '');
    text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  });
}
