// One function per shape of the figure. Every kind has its own outline, so that nothing rests on colour alone.
/** @import { Arrow, Box, Chip, Door, Head, Host, Rect, Stamp, Text } from '../layout/geometry.js' */
import { nothing, svg } from 'lit-html';
import { drawnIcon } from '../icons.js';

/** @typedef {{ selected: boolean, made: boolean, tab: number, broken: boolean, label: string }} Marked label: the whole sentence */

/** @param {string} style @param {Rect} r @param {number} [radius] */
const rect = (style, r, radius = 0) => svg`<rect class=${style} x=${r.x} y=${r.y} width=${r.w} height=${r.h} rx=${radius} />`;
/** @param {Rect} r @param {number} by @returns {Rect} */
const grown = (r, by) => ({ x: r.x - by, y: r.y - by, w: r.w + by * 2, h: r.h + by * 2 });
/** @param {number} x @param {number} y @param {string} style @param {unknown} text @param {number} max @param {string} [anchor] */
const words = (x, y, style, text, max, anchor = 'start') =>
  svg`<text x=${x} y=${y} class=${style} text-anchor=${anchor} data-max=${Math.max(10, max)}>${text}</text>`;

/** A host's frame; where another host has a corner of it, it goes around that. @param {Rect} r @param {Rect | null} notch */
function frame(r, notch) {
  if (!notch) return rect('machine', r, 10);
  const right = r.x + r.w, bottom = r.y + r.h, low = notch.y + notch.h, left = notch.x > r.x;
  const side = left ? notch.x : notch.x + notch.w;
  const path = left ? `M${r.x + 10} ${r.y}H${side}V${low}H${right}V${bottom - 10}q0 10-10 10H${r.x + 10}q-10 0-10-10V${r.y + 10}q0-10 10-10z`
    : `M${right - 10} ${r.y}H${side}V${low}H${r.x}V${bottom - 10}q0 10 10 10H${right - 10}q10 0 10-10V${r.y + 10}q0-10-10-10z`;
  return svg`<path class="machine" d=${path} />`;
}

/** A stack can be opened. @param {Host} host @param {{ selected: boolean, tab: number }} marked */
export function host({ id, rect: r, copies, name, address, count, label, open, note, notch }, { selected, tab }) {
  const drawing = svg`${copies.map((copy) => rect('machine copy', copy, 10))}${frame(r, notch)}
  <text x=${label.x} y=${label.y} text-anchor=${label.anchor ?? 'start'} data-max=${label.max ?? 200}>${open ? nothing : svg`<title>${label.full ?? ''}</title>`}<tspan class="hostname">${name}</tspan> <tspan class="address" dx="4">${address}</tspan>${note ? svg` <tspan class="address" dx="4">${note}</tspan>` : nothing}${count > 1 ? svg` <tspan class="times" dx="4">×${count}</tspan>` : nothing}</text>`;
  if (!open) return svg`<g class="host" data-key="host/${id}">${drawing}</g>`;
  return svg`<g data-key="host/${id}" class="host stack ${selected ? 'selected' : ''}" data-shape="host-${id}" role="button" tabindex=${tab} aria-label=${open} aria-pressed=${selected ? 'true' : 'false'}>${drawing}</g>`;
}

/** Every component can be asked who calls it. @param {Box} box @param {{ selected: boolean, tab: number }} marked */
export function box(box, marked) {
  if (box.style === 'bus') return svg`<g class="component bus" data-key="box/${box.id}">${rect('outline', box.rect, 4)}</g>`;
  return svg`<g class="component ${box.style} ${marked.selected ? 'selected' : ''}" data-key="box/${box.id}" data-shape="box-${box.id}" role="button" tabindex=${marked.tab} aria-label=${box.label}
    aria-pressed=${marked.selected ? 'true' : 'false'}>${rect('ring', grown(box.rect, 3), box.style === 'balancer' ? box.rect.h / 2 + 3 : 8)}${inside(box)}</g>`;
}

/** @param {Box} box */
function inside({ rect: r, icon, name, note, style }) {
  const middle = r.x + r.w / 2;
  if (style === 'balancer') {
    const [address, remark] = note.split('\n');
    return svg`${rect('outline', r, r.h / 2)}${remark === undefined
    ? svg`${words(middle, r.y + 20, 'name', name, r.w - 16, 'middle')} ${words(middle, r.y + 36, 'address', address, r.w - 16, 'middle')}`
    : svg`<text x=${middle} y=${r.y + 20} text-anchor="middle" data-max=${r.w - 24}><tspan class="name">${name}</tspan> <tspan class="address" dx="4">${address}</tspan></text>
      ${words(middle, r.y + 36, 'note', remark, r.w - 30, 'middle')}`}`;
  }
  return svg`${rect('outline', r, 6)}${style === 'component' ? rect('trusts', grown(r, -3), 4) : nothing}
    ${drawnIcon(icon, r.x + 9, r.y + (style === 'pods' ? 9.5 : 10.5), 15, 'quiet')}${words(r.x + 30, r.y + 22.5, 'name', name, r.w - 36)} ${note ? words(r.x + r.w - 9, r.y + 22, 'port', note, r.w - 60, 'end') : nothing}
    ${style === 'pods' ? [118, 134].map((x) => drawnIcon('pod', r.x + x, r.y + 10.5, 13, 'faint')) : nothing}`;
}

/** @param {Door} door */
export const door = ({ rect: r, text, owner }) =>
  svg`<g class="door" data-key="box/${owner}">${rect('', r, 3)}${words(r.x + r.w / 2, r.y + r.h / 2 + 4, '', text, r.w - 8, 'middle')}</g>`;

/** @param {Text} text */
export const label = ({ x, y, text, style, anchor, max, of = [] }) => svg`<g data-key=${of.map((id) => `arrow/${id}`).join(' ') || 'label'}>${words(x, y, style, text, max ?? 160, anchor)}</g>`;

/** @param {number} x @param {number} y @param {Chip} chip @param {number} max */
const lines = (x, y, { stem, extension, sub }, max) => svg`${words(x, y, 'file', [stem, svg`<tspan class="extension">${extension}</tspan>`], max)} ${words(x, y + 12.5, 'sub', sub, max)}`;

/** @param {Chip} chip @param {Marked} marked */
export function chip(chip, { selected, made, tab, broken, label }) {
  return svg`<g class="chip ${chip.shape} ${chip.authority} ${made ? 'made' : ''} ${broken ? 'broken' : ''} ${selected ? 'selected' : ''}" data-shape=${chip.id} data-key="chip/${chip.id}"
    role="button" tabindex=${tab} aria-label=${label} aria-pressed=${selected ? 'true' : 'false'}>${CHIPS[chip.shape](chip)}</g>`;
}

/** @type {Record<Chip['shape'], (chip: Chip) => unknown>} */
const CHIPS = {
  badge: (chip) => {
    const { x, y, w } = chip.rect;
    return svg`${rect('ring', grown(chip.rect, 4), 20)}${rect('body', chip.rect, 16)}<circle cx=${x + 16} cy=${y + 16} r="11.5" class="seal" />
      ${drawnIcon('idcard', x + 9, y + 9, 14, 'sealed')}${lines(x + 32, y + 13.5, chip, w - 39)}`;
  },
  plate: (chip) => {
    const { x, y, w, h } = chip.rect, top = chip.third ? y + 15 : y + h / 2 - 3, screw = x + w - 5;
    return svg`${rect('ring', grown(chip.rect, 4), 5)}${rect('body', chip.rect, 2)}${rect('seal', { x, y, w: 27, h })}
      ${drawnIcon('lock', x + 6, y + h / 2 - 7.5, 15, 'sealed')}${lines(x + 34, top, chip, w - 42)}
      ${chip.third ? svg` ${words(x + 34, top + 26.5, 'sub', chip.third[0], 60)} ${words(x + w - 11, top + 26.5, 'sub strong', chip.third[1], 50, 'end')}` : nothing}
      <circle cx=${screw} cy=${y + 5} r="1.3" class="screw" /><circle cx=${screw} cy=${y + h - 5} r="1.3" class="screw" />`;
  },
  signer: (chip) => {
    const { x, y, w } = chip.rect;
    return svg`${rect('ring', grown(chip.rect, 3), 7)}${rect('body', chip.rect, 4)}${drawnIcon('key', x + 8, y + 9, 14, 'inked')}${lines(x + 30, y + 13.5, chip, w - 36)}`;
  },
  ticket: (chip) => {
    const { x, y, w } = chip.rect;
    return svg`${rect('ring', grown(chip.rect, 4), 4)}<path class="body" d="M${x} ${y}h${w}v11a5 5 0 0 0 0 10v11h-${w}v-11a5 5 0 0 0 0-10z" />
      <circle cx=${x + 20} cy=${y + 16} r="10.5" class="seal" />${drawnIcon('ticket', x + 13.2, y + 9.2, 13.6, 'sealed')}${lines(x + 36, y + 13.5, chip, w - 46)}`;
  },
};

/** @param {Stamp} stamp @param {Marked} marked */
export function stamp({ id, rect: r, name, note, letter }, { selected, made, tab, broken, label }) {
  const middle = r.y + r.h / 2, slim = r.h < 36 || r.w < 150, size = Math.min(slim ? 9 : 17, r.h / 2 - 4), at = slim ? 16 : 31, text = slim ? 30 : 58;
  return svg`<g class="stamp ${letter} ${made ? 'made' : ''} ${broken ? 'broken' : ''} ${selected ? 'selected' : ''}" data-shape="stamp-${id}" data-key="stamp/${id}" role="button" tabindex=${tab}
    aria-label=${label} aria-pressed=${selected ? 'true' : 'false'}>
    ${rect('ring', grown(r, 5), 6)}${rect('frame', r, 3)}${rect('body', grown(r, -3), 1.5)}<circle cx=${r.x + at} cy=${middle} r=${size} class="seal" />
    ${drawnIcon('seal', r.x + at - size * 0.62, middle - size * 0.6, size * 1.24, 'sealed')}
    ${r.h < 36 ? svg`<text x=${r.x + text} y=${middle + 4} data-max=${r.w - text - 10}><tspan class="authority">${name}</tspan> <tspan class="note" dx="3">${note}</tspan></text>`
    : svg`${words(r.x + text, middle - 3, 'authority', name, r.w - text - 8)} ${words(r.x + text, middle + 12, 'note', note, r.w - text - 8)}`}</g>`;
}

const HEADS = {
  down: 'l-4.5 -9h9z', left: 'l9 -4.5v9z', right: 'l-9 -4.5v9z', up: 'l-4.5 9h9z',
};
/** @param {Head} at */
const head = ({ x, y, direction }) => svg`<path class="head" d="M${x} ${y}${HEADS[direction]}" />`;

const GLYPHS = { verified: 'M-3.4 .2l2.4 2.6 4.6-5.4', refused: 'M-2.8-2.8l5.6 5.6M2.8-2.8l-5.6 5.6', nobody: 'M0-1.6v3M0 3.6v.1', 'not-given': 'M-3.2 0h6.4' };
const OUTLINES = { verified: 'M-7.5 0a7.5 7.5 0 1 1 15 0a7.5 7.5 0 1 1-15 0z', refused: 'M-7-7H7V7H-7z', nobody: 'M0-8.5L9 7H-9z', 'not-given': 'M-4.4-7.5H4.4L7.5-4.4V4.4L4.4 7.5H-4.4L-7.5 4.4V-4.4z' };

/** What became of it: round, square or a triangle; of several, with how many. @param {import('../hearing.js').Standing} standing @param {number} x @param {number} y @param {number} [n] */
export function sign(standing, x, y, n = 0) {
  const left = n > 1 ? x - 8 : x, w = n > 99 ? 46 : n > 9 ? 34 : 30;
  return svg`${n > 1 ? rect('pillbody', { x: x - 16, y: y - 8, w, h: 16 }, standing === 'verified' ? 8 : 3) : nothing}<g transform="translate(${left} ${y})">
    <path class="pillbody" d=${OUTLINES[standing]} /><path class="glyph" d=${GLYPHS[standing]} /></g>${n > 1 ? svg`<text x=${x + w / 2 - 9.5} y=${y + 4} text-anchor="middle">${n}</text>` : nothing}`;
}

/**
 * Drawn twice: the line below the boxes, the state pill above everything.
 * @param {Arrow} arrow @param {{ selected: boolean, issued: boolean, fate: { standing: import('../hearing.js').Standing, n: number } | null, tab: number, label: string, pill: boolean }} how
 */
export function arrow(arrow, { selected, issued, fate, tab, label, pill }) {
  const style = `arrow ${arrow.token ? 'token' : ''} ${arrow.cased ? 'cased' : ''} ${issued ? 'issued' : ''} ${fate?.standing ?? ''} ${selected ? 'selected' : ''}`;
  if (pill && arrow.pill) {
    const { rect: r, x, y, count } = arrow.pill;
    if (fate) return svg`<g class="${style} pill" data-shape=${arrow.id} data-key="arrow/${arrow.id}" aria-hidden="true">${sign(fate.standing, x, y, fate.n > 1 || count > 1 ? fate.n : 0)}</g>`;
    return svg`<g class="${style} pill" data-shape=${arrow.id} data-key="arrow/${arrow.id}" aria-hidden="true">${rect('pillbody', r, r.h / 2)}
      ${count > 1 ? svg`<text x=${x} y=${y + 4} text-anchor="middle">${count}</text>` : nothing}</g>`;
  }
  const drawing = svg`<path class="halo" d=${arrow.path} /><path class="casing" d=${arrow.path} /><path class="line" d=${arrow.path} />${arrow.heads.map(head)}`;
  if (arrow.pipe) return svg`<g class="${style} pipe" data-key="arrow/${arrow.id}" aria-hidden="true">${drawing}</g>`;
  return svg`<g class=${style} data-shape=${arrow.id} data-key="arrow/${arrow.id}" role="button" tabindex=${tab} aria-label=${label}
    aria-pressed=${selected ? 'true' : 'false'}><title>${arrow.label}</title>${drawing}<path class="hit" d=${arrow.path} /></g>`;
}
