// Where the keyboard is while the page draws itself anew: what had the focus may be gone, and nobody should be thrown back to the page's top.

const REGIONS = '#topbar,#rail,#form,#bar,#stage,#panel';
const STOPS = 'button:not(:disabled),input:not(:disabled),select,textarea,summary,a[href],[tabindex="0"]';

export class Focus {
  #root;
  /** Whether the keyboard was touched last: who points wants the focus left where it is. */
  #keys = false;
  /** From where a panel was opened: the element, and how to find it again. @type {{ element: Element, selector: string } | null} */
  #origin = null;
  /** What is to have the focus after the next drawing. @type {(string | Element)[] | null} */
  #wanted = null;

  /** @param {Document} root */
  constructor(root) {
    this.#root = root;
    root.addEventListener('keydown', () => { this.#keys = true; }, true);
    root.addEventListener('pointerdown', () => { this.#keys = false; }, true);
  }

  /** Something is about to be opened in the panel. @param {string} [title] what is read first there */
  open(title = '#panel h2') {
    const { activeElement: from } = this.#root;
    if (!this.#keys || !from || from === this.#root.body) return;
    if (!from.closest('#panel') || from.matches('[data-connection]')) this.#origin = { element: from, selector: addressOf(from) };
    this.#wanted = [title];
  }

  /** It is about to be closed. @param {string} shape what stands for it in the figure */
  close(shape) {
    const { activeElement: from } = this.#root, origin = this.#origin;
    this.#origin = null;
    // A click beside every shape leaves the focus with the figure as a whole: there it says nothing.
    if (from && from !== this.#root.body && from.id !== 'stage' && !from.closest('#panel')) return;
    this.#wanted = [origin?.selector ?? '', origin?.element ?? '', shape, '#stage [tabindex="0"]'];
  }

  /** Before a drawing; what it returns is called after it. */
  held() {
    const { activeElement: before } = this.#root, region = before?.closest(REGIONS) ?? null, at = region && before ? [...region.querySelectorAll(STOPS)].indexOf(before) : -1;
    return () => {
      const wanted = this.#wanted;
      this.#wanted = null;
      if (wanted && this.#go(wanted)) return;
      const { activeElement: now, body } = this.#root;
      if (region && (now === null || now === body || now.matches(':disabled'))) this.#stay(region, at);
    };
  }

  /** To the first of these that can be found. @param {(string | Element)[]} places */
  #go(places) {
    for (const place of places) {
      const element = /** @type {HTMLElement | null} */ (typeof place === 'string' ? place && this.#root.querySelector(place) : place);
      if (!element?.isConnected) continue;
      const folded = element.closest('details');
      if (folded) folded.open = true;
      if (!element.matches(STOPS)) element.tabIndex = -1;
      element.focus({ preventScroll: !this.#keys });
      if (this.#root.activeElement === element) return true;
    }
    return false;
  }

  /** Another control takes the place of the one that is gone. @param {Element} region @param {number} at */
  #stay(region, at) {
    if (region.id === 'panel' && this.#go(['#panel h2'])) return;
    if (region.id === 'rail' && this.#go(['#rail .primary:not(.quiet):not(:disabled)', '#rail .primary'])) return;
    const all = /** @type {HTMLElement[]} */ ([...region.querySelectorAll(STOPS)]), near = Math.max(0, Math.min(at, all.length - 1));
    [...all.slice(near), ...all.slice(0, near).reverse()].find((one) => one.checkVisibility({ visibilityProperty: true }))?.focus({ preventScroll: !this.#keys });
  }
}

/** How an element is found again once another stands for it. @param {Element} element */
function addressOf(element) {
  const [name, value] = [...element.attributes].map((one) => /** @type {const} */ ([one.name, one.value])).find(([name]) => name === 'data-shape' || name === 'data-connection') ?? [];
  return name ? `${name === 'data-shape' ? '[role=button]' : ''}[${name}="${CSS.escape(value ?? '')}"]` : '';
}
