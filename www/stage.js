// The page under mouse and keyboard: the figure is one stop for the Tab key, and from there the arrow keys walk.
import { stops } from './diagram.js';

/**
 * @param {HTMLElement} stage
 * @param {{ geometry: () => import('./layout/geometry.js').Geometry, choose: (shape: string) => void, goTo: (shape: string) => void }} figure
 */
export function walkable(stage, { geometry, choose, goTo }) {
  stage.addEventListener('click', (event) => {
    const shape = /** @type {Element} */ (event.target).closest('[data-shape]')?.getAttribute('data-shape');
    if (shape) choose(shape);
  });
  // What has no focus of its own would hand it to the whole figure, with a ring around it.
  stage.addEventListener('mousedown', (event) => { if (/** @type {Element} */ (event.target).closest('[tabindex],button,input,select,label,pre,summary') === stage) event.preventDefault(); });
  stage.addEventListener('keydown', (event) => {
    // What may stand in the figure's place, the table, the list or a failure, has controls with keys of their own.
    if (!stage.querySelector('svg.diagram')) return;
    const all = stops(geometry()), from = document.activeElement?.getAttribute('data-shape') ?? all[0], at = all.indexOf(from);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') choose(from);
    else if (to !== undefined) {
      const shape = all[(to + all.length) % all.length];
      goTo(shape);
      /** @type {HTMLElement | null} */ (stage.querySelector(`[role=button][data-shape="${shape}"]`))?.focus();
    } else return;
    event.preventDefault();
  });
}

/**
 * Undo and redo as everywhere; Escape leaves what is open.
 * @param {{ busy: () => boolean, undo: () => void, redo: () => void, leave: () => void }} page
 */
export function shortcuts({ busy, undo, redo, leave }) {
  addEventListener('keydown', (event) => {
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (key === 'z' || key === 'y') && !busy()) {
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo(); else undo();
    }
    if (event.key === 'Escape' && !busy()) leave();
  });
}

/** Files may be dropped anywhere; while they are over the page it says so. @param {(transfer: DataTransfer) => void} take */
export function droppable(take) {
  const root = document.documentElement, over = (/** @type {boolean} */ yes) => { if (yes) root.dataset.dropping = 'yes'; else delete root.dataset.dropping; };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    over(true);
    // It comes again and again for as long as they are there.
    clearTimeout(leaving);
    leaving = setTimeout(over, 300, false);
  });
  addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    over(false);
    take(event.dataTransfer);
  });
}

/** Once what was drawn is on the screen. A page that nobody looks at is not painted, hence the limit. @returns {Promise<void>} */
export const painted = () => new Promise((resolve) => {
  requestAnimationFrame(() => { setTimeout(resolve); });
  setTimeout(resolve, 500);
});
