// What lies over what in a figure as the browser has drawn it. One unit is one pixel here.
/** @import { Geometry, Point } from '../../www/layout/geometry.js' */

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Area */

/** @param {SVGSVGElement} svg @param {Geometry} geometry @param {number} tightest how far a text may be condensed: less hurts the eye @returns {string[]} a sentence for each fault */
export function overlaps(svg, geometry, tightest) {
  /** @type {string[]} */
  const faults = [];
  const origin = svg.getBoundingClientRect(), [vx, vy, vw, vh] = geometry.viewBox;
  /** @param {Element} element @returns {Area} */
  const area = (element) => { const r = element.getBoundingClientRect(); return { left: r.left - origin.left + vx, right: r.right - origin.left + vx, top: r.top - origin.top + vy, bottom: r.bottom - origin.top + vy }; };
  const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent?.trim()).map((text) => ({ text, words: [...text.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE || node.nodeName === 'tspan').map((node) => node.textContent).join(' ').trim(), ink: inked(text, area(text)) }));
  const pills = [...svg.querySelectorAll('.pill')].map((pill) => ({ pill, id: pill.getAttribute('data-shape') ?? '', ink: area(/** @type {Element} */ (pill.querySelector('.pillbody'))), all: area(pill) }));
  const solid = [...svg.querySelectorAll('.chip .body, .component .outline, .stamp .body, .door rect')].map((shape) => ({ shape, id: shape.closest('[data-key]')?.getAttribute('data-key') ?? '', ink: area(shape) }));

  texts.forEach((one, i) => {
    for (const other of texts.slice(i + 1)) if (over(one.ink, other.ink)) faults.push(`“${one.words}” lies over “${other.words}”`);
    const box = one.text.closest('.chip, .component, .door, .stamp');
    const frame = box?.querySelector('.body, .outline, .door rect, rect');
    if (frame && !within(one.ink, area(frame), 0.5)) faults.push(`“${one.words}” stands out of ${box?.getAttribute('data-key')}`);
    if (!box && !one.text.closest('.pill')) for (const { id, ink } of solid) if (over(one.ink, ink) && !(id.startsWith('box/') && within(one.ink, ink, -4))) faults.push(`“${one.words}” lies over ${id}`);
    const natural = one.text.hasAttribute('textLength') ? naturalLength(one.text) : 0;
    if (natural > 0 && Number(one.text.getAttribute('textLength')) / natural < tightest) faults.push(`“${one.words}” is condensed to ${Math.round(Number(one.text.getAttribute('textLength')) / natural * 100)} %`);
    if (!within(one.ink, { left: vx, right: vx + vw, top: vy, bottom: vy + vh }, 0.5)) faults.push(`“${one.words}” stands out of the figure`);
    if (!box && !one.text.closest('.pill')) for (const arrow of geometry.arrows) if (!cased(one.text) && runs(arrow.points).some((run) => over(one.ink, run))) faults.push(`${arrow.id} runs through “${one.words}”`);
  });
  pills.forEach((one, i) => {
    for (const other of pills.slice(i + 1)) if (over(one.all, other.all)) faults.push(`the pill of ${one.id} lies over that of ${other.id}`);
    for (const { words, text, ink } of texts) if (!text.closest('.pill') && over(one.all, ink)) faults.push(`the pill of ${one.id} lies over “${words}”`);
    for (const { id, ink } of solid) if (over(one.all, ink, 1)) faults.push(`the pill of ${one.id} lies over ${id}`);
    for (const arrow of geometry.arrows) if (arrow.id !== one.id && runs(arrow.points).some((run) => over(one.all, run, 0))) faults.push(`the pill of ${one.id} lies on ${arrow.id}`);
  });
  solid.forEach((one, i) => {
    for (const other of solid.slice(i + 1)) if (over(one.ink, other.ink, 1) && !within(one.ink, other.ink, 1) && !within(other.ink, one.ink, 1)) faults.push(`${one.id} lies over ${other.id}`);
    if (!within(one.ink, { left: vx, right: vx + vw, top: vy, bottom: vy + vh }, 0)) faults.push(`${one.id} stands out of the figure`);
  });
  for (const arrow of geometry.arrows) {
    const inside = { left: vx, right: vx + vw, top: vy, bottom: vy + vh };
    if (runs(arrow.points).some((run) => !within(run, inside, 0))) faults.push(`${arrow.id} runs out of the figure`);
    for (const other of geometry.arrows) if (other.id < arrow.id && along(arrow.points, other.points)) faults.push(`${arrow.id} runs along ${other.id}`);
  }
  return faults;
}

/** What the eye sees of a line of text: without the font's own leading. @param {SVGTextElement} text @param {Area} box @returns {Area} */
function inked(text, box) {
  const size = Number.parseFloat(getComputedStyle(text.querySelector('tspan') ?? text).fontSize), y = Number(text.getAttribute('y'));
  return { ...box, top: y - size * 0.8, bottom: y + size * 0.2 };
}

/** @param {SVGTextElement} text */
function naturalLength(text) {
  const length = text.getAttribute('textLength') ?? '';
  text.removeAttribute('textLength');
  const natural = text.getComputedTextLength();
  text.setAttribute('textLength', length);
  return natural;
}

/** @param {SVGTextElement} text */
const cased = (text) => text.matches('.cased, .verb');
/** @param {Area} a @param {Area} b @param {number} [slack] */
const over = (a, b, slack = 0.5) => a.left + slack < b.right && b.left + slack < a.right && a.top + slack < b.bottom && b.top + slack < a.bottom;
/** @param {Area} a @param {Area} b @param {number} slack */
const within = (a, b, slack) => a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack && a.bottom <= b.bottom + slack;

/** The straight runs of a route, as wide as the line is drawn. @param {Point[]} points @returns {Area[]} */
const runs = (points) => points.slice(1).map(([x, y], i) => ({ left: Math.min(x, points[i][0]) - 1, right: Math.max(x, points[i][0]) + 1, top: Math.min(y, points[i][1]) - 1, bottom: Math.max(y, points[i][1]) + 1 }));

/** Two lines on one way, so that the eye cannot tell them apart. @param {Point[]} a @param {Point[]} b */
const along = (a, b) => runs(a).some((one) => runs(b).some((other) => over(one, other, 0)
  && Math.max(Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)) > 6));
