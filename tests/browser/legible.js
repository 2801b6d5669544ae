// Runs in the page: what of its text is cut off, or lies over other text. Meant to be so: what scrolls, what only a screen reader reads.

/** @returns {string[]} one line for each fault */
export function illegible() {
  const faults = [];
  const told = (/** @type {Element} */ element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 60)}"`;
  const seen = (/** @type {Element} */ element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.unseen, [aria-hidden=true], .skip')
    // Words for a screen reader alone stand in a point.
    && !(element instanceof HTMLElement && element.clientWidth <= 1 && getComputedStyle(element).overflowX === 'hidden');
  /** What of a box is not scrolled away. @param {DOMRect} box @param {Element} element @param {Element} area */
  const left = (box, element, area) => {
    let [top, bottom] = [box.top, box.bottom];
    for (let one = /** @type {Element | null} */ (element); one && one !== area; one = one.parentElement) if (getComputedStyle(one).overflowY !== 'visible') {
      const frame = one.getBoundingClientRect();
      [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
    }
    return new DOMRect(box.x, top, box.width, Math.max(0, bottom - top));
  };
  const holds = (/** @type {Element} */ element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());

  for (const element of document.querySelectorAll('body *')) {
    if (!(element instanceof HTMLElement) || !seen(element) || !holds(element)) continue;
    const style = getComputedStyle(element);
    // Cut off by itself.
    if (style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll' && element.scrollWidth > element.clientWidth + 1) faults.push(`cut off, ${element.scrollWidth} in ${element.clientWidth}: ${told(element)}`);
    // Lines that are never broken, in a box of their own that scrolls sideways.
    if (style.whiteSpace === 'pre' && (style.overflowX === 'auto' || style.overflowX === 'scroll')) continue;
    // Out of what holds it, up to what scrolls.
    const range = document.createRange();
    range.selectNodeContents(element);
    for (const box of range.getClientRects()) {
      if (box.width === 0) continue;
      if (box.right > innerWidth + 1 && !element.closest('.tablescroll, .stage')) faults.push(`out of the page: ${told(element)}`);
      for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
        const over = getComputedStyle(parent).overflowX;
        if (over === 'auto' || over === 'scroll') break;
        const frame = parent.getBoundingClientRect(), border = parent.matches('button, .segments, dialog, section, .bar, .rail, .top, .legend, li, .guard, td, th');
        if ((over === 'hidden' || over === 'clip' || border) && frame.width > 0 && (box.right > frame.right + 1.5 || box.left < frame.left - 1.5)) { faults.push(`sticks out of ${told(parent).slice(0, 40)}: ${told(element)}`); break; }
      }
    }
  }
  // Out of a bar, which is as high as it is.
  for (const area of document.querySelectorAll('#topbar, #rail, #bar, #legend')) {
    const frame = area.getBoundingClientRect();
    for (const element of area.querySelectorAll('*')) {
      if (!seen(element) || !holds(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(element);
      for (const box of range.getClientRects()) if (box.width > 1 && (box.top < frame.top - 1.5 || box.bottom > frame.bottom + 1.5)) { faults.push(`higher than #${area.id}, ${Math.round(box.top - frame.top)} to ${Math.round(box.bottom - frame.top)} in ${Math.round(frame.height)}: ${told(element)}`); break; }
    }
  }
  // Over each other: words in bars, rails, panels and dialogs. Two lines of one element are no fault, nor is what hangs above a page that scrolls.
  for (const area of document.querySelectorAll('#topbar, #rail, #bar, #legend, #form, #panel, dialog[open]')) {
    if (!seen(area)) continue;
    /** @type {{ element: Element, box: DOMRect }[]} */
    const boxes = [];
    for (const element of area.querySelectorAll('*')) {
      if (!seen(element) || (!holds(element) && !element.matches('input, select'))) continue;
      // A part of an SVG has its own test.
      if (element.closest('svg') || element.matches('option')) continue;
      const range = document.createRange();
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) if (box.width > 1) boxes.push({ element, box: left(box, element, area) });
      }
      if (element.matches('input:not([type=checkbox]), select')) boxes.push({ element, box: element.getBoundingClientRect() });
    }
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
      const { box: a, element: one } = boxes[i], { box: b, element: other } = boxes[j];
      if (one === other || one.contains(other) || other.contains(one)) continue;
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left), height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 1.5 && height > 4) faults.push(`over each other: ${told(one)} and ${told(other)}`);
    }
  }
  // Labels of controls that do not show all they say.
  for (const select of document.querySelectorAll('select')) {
    if (!seen(select)) continue;
    const option = select.selectedOptions[0], style = getComputedStyle(select), canvas = document.createElement('canvas').getContext('2d');
    if (!option || !canvas) continue;
    canvas.font = style.font;
    const need = canvas.measureText(option.text).width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    if (need > select.clientWidth + 1) faults.push(`select cut off, ${Math.round(need)} in ${select.clientWidth}: "${option.text}"`);
  }
  for (const input of document.querySelectorAll('input')) {
    if (!seen(input) || !input.placeholder || input.value) continue;
    const style = getComputedStyle(input), canvas = document.createElement('canvas').getContext('2d');
    if (!canvas) continue;
    canvas.font = style.font;
    const need = canvas.measureText(input.placeholder).width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    if (need > input.clientWidth + 1) faults.push(`placeholder cut off, ${Math.round(need)} in ${input.clientWidth}: "${input.placeholder}"`);
  }
  // Condensed to less than three quarters of its width nobody reads it with ease.
  for (const text of document.querySelectorAll('text')) {
    if (!seen(text) || !text.textContent?.trim()) continue;
    const wanted = Number(text.getAttribute('textLength') ?? 0);
    if (!wanted) continue;
    text.removeAttribute('textLength');
    const natural = text.getComputedTextLength();
    text.setAttribute('textLength', String(wanted));
    if (wanted / natural < 0.75) faults.push(`condensed to ${(wanted / natural).toFixed(2)}: ${told(text)}`);
  }
  return [...new Set(faults)];
}

/** Every word that the page shows or says, and where it is not a value, a component's own word, or code. @returns {string[]} */
export function spokenText() {
  /** @type {string[]} */
  const texts = [];
  const theirs = 'code, pre, .mono, .hex, .said dd, .flags, .flagged dd, option[value], .fields dd, .sans dt, .source, .pem, .identity dd, .notes, textarea, .preset, .tablescroll td small, .checks dl dd';
  for (const element of document.querySelectorAll('body *')) {
    if (element.matches('script, style') || !element.checkVisibility({ visibilityProperty: true }) || element.closest(theirs)) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) texts.push(node.textContent.trim());
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription', 'aria-valuetext']) if (element.hasAttribute(name)) texts.push(element.getAttribute(name) ?? '');
  }
  return [document.title, ...texts];
}
