// The figure as a document of its own: what the page's style sheet gives each shape is written on the shape, and nothing of the page is left.
import { visible } from './share.js';

const SVG = 'http://www.w3.org/2000/svg';

/** What a child takes from its parent, as SVG attributes; of the computed style, which has every colour resolved. */
const INHERITED = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'paint-order', 'font-family', 'font-size', 'font-weight', 'letter-spacing', 'font-variant-numeric'];
/** What says where a shape is. All other attributes are the page's own. */
const GEOMETRY = new Set(['cx', 'cy', 'd', 'dx', 'dy', 'height', 'lengthAdjust', 'r', 'rx', 'ry', 'text-anchor', 'textLength', 'transform', 'viewBox', 'width', 'x', 'y']);
const WORDS = new Set(['text', 'tspan']);
const SHAPES = new Set(['circle', 'ellipse', 'line', 'path', 'polygon', 'polyline', 'rect']);

/**
 * @param {SVGSVGElement} figure in the page, styled and fitted
 * @param {{ title: string, description: string, language: string, paper: string }} about paper: the colour behind it
 */
export function standalone(figure, { title, description, language, paper }) {
  const root = /** @type {SVGSVGElement} */ (bare(figure, null));
  const [x, y, width, height] = (figure.getAttribute('viewBox') ?? '').split(' ');
  for (const [name, value] of Object.entries({ width, height, role: 'img', lang: language, 'aria-labelledby': 'title description' })) root.setAttribute(name, value);
  root.prepend(element('title', { id: 'title' }, title), element('desc', { id: 'description' }, description), element('rect', { x, y, width, height, fill: paper }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

/** A copy of one shape and of all in it; null of what paints nothing. @param {Element} from @param {CSSStyleDeclaration | null} around the style of what it lies in @returns {Element | null} */
function bare(from, around) {
  const style = getComputedStyle(from), name = from.localName;
  if (name !== 'title' && (style.display === 'none' || style.visibility === 'hidden')) return null;
  if (SHAPES.has(name) && !painted(style.fill) && !painted(style.stroke)) return null;
  const to = document.createElementNS(SVG, name);
  for (const { name, value } of from.attributes) if (GEOMETRY.has(name)) to.setAttribute(name, value);
  if (name !== 'title') for (const [name, value] of differing(style, around)) to.setAttribute(name, value);
  const label = from.getAttribute('aria-label');
  if (label && around && !from.querySelector(':scope > title')) to.append(element('title', {}, label));
  for (const child of from.childNodes) {
    if (child instanceof Element) to.append(bare(child, style) ?? '');
    // Between two parts of a line a space is a space; between shapes it is nothing.
    else if (child instanceof Text && (WORDS.has(name) || child.data.trim())) to.append(visible(child.data.replace(/\s+/g, ' ')));
  }
  return name === 'title' && to.textContent === '' ? null : to;
}

/** @param {CSSStyleDeclaration} style @param {CSSStyleDeclaration | null} around @returns {[string, string][]} */
function differing(style, around) {
  /** @type {[string, string][]} */
  const found = INHERITED.map((name) => /** @type {const} */ ([name, style.getPropertyValue(name), around?.getPropertyValue(name)]))
    .filter(([, value, before]) => value !== before).map(([name, value]) => [name, plain(value)]);
  return style.opacity === '1' ? found : [...found, ['opacity', style.opacity]];
}

/** @param {string} value */
const painted = (value) => plain(value) !== 'none';

/** Attributes know no `px` in lists, and not every reader knows a colour that is transparent. @param {string} value */
const plain = (value) => (/^rgba\(.*, 0\)$/.test(value) ? 'none' : value.replace(/(\d)px/g, '$1'));

/** @param {string} name @param {Record<string, string>} attributes @param {string} [text] */
function element(name, attributes, text = '') {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = visible(text);
  return made;
}
