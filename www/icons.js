// 16 x 16 line icons; the stroke is currentColor, 1.4 units.
import { svg } from 'lit-html';

const SHAPES = {
  arrow: svg`<path d="M1.6 8h11.6M9.4 4.2L13.2 8l-3.8 3.8"/>`,
  undo: svg`<path d="M6 2.8L2.4 6.4 6 10M2.6 6.4h6.8a3.7 3.7 0 0 1 0 7.4H6.2"/>`,
  redo: svg`<path d="M10 2.8l3.6 3.6L10 10M13.4 6.4H6.6a3.7 3.7 0 0 0 0 7.4h3.2"/>`,
  link: svg`<path d="M6.6 9.4l2.8-2.8M7.4 4.6l1.5-1.5a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.6 11.4l-1.5 1.5a2.8 2.8 0 0 1-4-4l1.5-1.5"/>`,
  folder: svg`<path d="M1.8 12.8V3.4h4.4l1.6 1.8h6.4v7.6z"/>`,
  lines: svg`<path d="M2.2 4h8.2M2.2 8h8.2M2.2 12h5M12.4 9.6v5M9.9 12.1h5"/>`,
  more: svg`<circle cx="3.4" cy="8" r=".9" fill="currentColor"/><circle cx="8" cy="8" r=".9" fill="currentColor"/><circle cx="12.6" cy="8" r=".9" fill="currentColor"/>`,
  raise: svg`<path d="M8 13V3.4M4.4 7L8 3.4 11.6 7"/>`,
  lower: svg`<path d="M8 3v9.6M4.4 9L8 12.6 11.6 9"/>`,
  back: svg`<path d="M14.4 8H2.8M6.6 4.2L2.8 8l3.8 3.8"/>`,
  check: svg`<path d="M3.4 8.4l3 3 6.2-6.6" stroke-width="2.2"/>`,
  clock: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.6V8l2.4 1.6"/>`,
  copy: svg`<rect x="5.4" y="5.4" width="8" height="8.4" rx="1.2"/><path d="M10.4 5.2V3.4A1.2 1.2 0 0 0 9.2 2.2H3.8a1.2 1.2 0 0 0-1.2 1.2v6.2a1.2 1.2 0 0 0 1.2 1.2h1.4"/>`,
  break: svg`<path d="M6.4 4.2l1.4-1.4a3 3 0 0 1 4.3 4.3l-1.4 1.4M9.6 11.8l-1.4 1.4a3 3 0 0 1-4.3-4.3l1.4-1.4M3 3l1.6 1.6M13 13l-1.6-1.6"/>`,
  question: svg`<path d="M8 6v4M8 12.4v.2" stroke-width="2.2"/>`,
  cross: svg`<path d="M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6" stroke-width="1.8"/>`,
  database: svg`<ellipse cx="8" cy="3.8" rx="5" ry="2"/><path d="M3 3.8v8.3c0 1.1 2.2 2 5 2s5-.9 5-2V3.8M3 8c0 1.1 2.2 2 5 2s5-.9 5-2"/>`,
  down: svg`<path d="M8 2v8.2M4.6 7.2L8 10.6l3.4-3.4M2.4 13.6h11.2"/>`,
  hub: svg`<circle cx="8" cy="8" r="2.3"/><path d="M8 5.7V3M8 13v-2.7M5.7 8H3M13 8h-2.7"/><circle cx="8" cy="2" r="1"/><circle cx="8" cy="14" r="1"/><circle cx="2" cy="8" r="1"/><circle cx="14" cy="8" r="1"/>`,
  idcard: svg`<rect x="1.5" y="3" width="13" height="10" rx="1.6"/><circle cx="5.4" cy="7" r="1.5"/><path d="M2.9 11c.4-1.5 1.3-2.1 2.5-2.1s2.1.6 2.5 2.1M10 6.6h2.6M10 9.4h2.6"/>`,
  key: svg`<circle cx="4.9" cy="8" r="2.8"/><path d="M7.7 8H14M11.4 8v2.4M13.6 8v1.9"/>`,
  lock: svg`<rect x="3.2" y="7.2" width="9.6" height="6.6" rx="1.3"/><path d="M5.4 7.2V5.1a2.6 2.6 0 0 1 5.2 0v2.1M8 9.8v1.6"/>`,
  loop: svg`<path d="M13.2 8.6A5.3 5.3 0 1 1 11.9 4.4M12.4 1.6v3H9.4"/><circle cx="8" cy="8" r="1.2"/>`,
  menu: svg`<path d="M2 4.5h12M2 8h12M2 11.5h12"/>`,
  minus: svg`<path d="M3 8h10"/>`,
  moon: svg`<path d="M13.4 9.7A5.8 5.8 0 1 1 6.3 2.6a4.6 4.6 0 0 0 7.1 7.1z"/>`,
  offline: svg`<path d="M6.2 4V1.6M9.8 4V1.6M4.4 4.2h7.2v3.2a3.6 3.6 0 0 1-7.2 0zM8 11v3.4"/><path d="M2 14L14 2" stroke-width="1.5"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  pod: svg`<path d="M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9z"/><path d="M2.8 5L8 8l5.2-3M8 8v6"/>`,
  proxy: svg`<path d="M2 5h10.5M9.8 2.2L12.6 5 9.8 7.8M14 11H3.5M6.2 8.2L3.4 11l2.8 2.8"/>`,
  scheduler: svg`<rect x="2" y="2" width="5" height="5" rx="1"/><rect x="9" y="2" width="5" height="5" rx="1"/><rect x="2" y="9" width="5" height="5" rx="1"/><rect x="9" y="9" width="5" height="5" rx="1" fill="currentColor"/>`,
  screen: svg`<rect x="1.6" y="2.6" width="12.8" height="8.8" rx="1.2"/><path d="M8 11.6v2.2M5 14h6"/>`,
  seal: svg`<path d="M8 1.2l1.7 1.1 2-.1.8 1.9 1.7 1.1-.5 2 .5 2-1.7 1.1-.8 1.9-2-.1L8 13.2l-1.7-1.1-2 .1-.8-1.9-1.7-1.1.5-2-.5-2 1.7-1.1.8-1.9 2 .1z"/><path d="M5.7 7.3l1.7 1.7 3-3.4"/>`,
  steps: svg`<path d="M2 13.4h3.4V10h3.4V6.6h3.4V3.2H14"/><circle cx="3.6" cy="6" r="1.5"/>`,
  stop: svg`<rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor"/>`,
  sun: svg`<circle cx="8" cy="8" r="2.9"/><path d="M8 1.4v1.7M8 12.9v1.7M1.4 8h1.7M12.9 8h1.7M3.3 3.3l1.2 1.2M11.5 11.5l1.2 1.2M12.7 3.3l-1.2 1.2M4.5 11.5l-1.2 1.2"/>`,
  terminal: svg`<rect x="1.6" y="2.8" width="12.8" height="10.4" rx="1.4"/><path d="M4.4 6l2.1 2-2.1 2M8.4 10.2h3"/>`,
  ticket: svg`<path d="M1.8 4.6h12.4v2.1a1.3 1.3 0 0 0 0 2.6v2.1H1.8V9.3a1.3 1.3 0 0 0 0-2.6z"/><path d="M9.6 5.2v5.6" stroke-dasharray="1.4 1.3"/>`,
  wheel: svg`<circle cx="8" cy="8" r="4.6"/><circle cx="8" cy="8" r="1.3"/><path d="M8 1.4v5.3M8 9.3v5.3M1.4 8h5.3M9.3 8h5.3M3.4 3.4l3.7 3.7M8.9 8.9l3.7 3.7M12.6 3.4L8.9 7.1M7.1 8.9l-3.7 3.7"/>`,
};

/** @typedef {keyof typeof SHAPES} IconName */

/** An icon in running text. @param {IconName} name */
export const icon = (name, size = 16) =>
  svg`<svg class="icon" width=${size} height=${size} viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;

/** An icon inside a drawing. @param {string} name @param {number} x @param {number} y @param {number} size @param {string} [style] */
export const drawnIcon = (name, x, y, size, style = '') =>
  svg`<g class="icon ${style}" transform="translate(${x} ${y}) scale(${size / 16})">${SHAPES[/** @type {IconName} */ (name)]}</g>`;
