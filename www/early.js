// Whether keys may be made before anybody asks: only while somebody looks at the page and power is no concern.

/** @typedef {'off' | 'hidden' | 'battery'} Obstacle */
/** @typedef {{ charging: boolean, level: number, addEventListener: (type: string, listener: () => void) => void }} Battery */
/**
 * @typedef {{
 *   document: Pick<Document, 'visibilityState' | 'addEventListener'>, battery: () => Promise<Battery | undefined>, idle: (callback: () => void) => void,
 * }} Surroundings
 */

/** What is left when a battery saver usually comes on; pages are not told of the saver itself. */
const LOW = 0.2;

export class Early {
  /** @type {Battery | undefined} */
  #battery;
  #around;
  #on;
  #changed = () => {};

  /** @param {boolean} on the user's setting @param {Surroundings} around */
  constructor(on, around = surroundings()) {
    this.#on = on;
    this.#around = around;
  }

  /** @param {() => void} changed called whenever the obstacle may be another */
  watch(changed) {
    this.#changed = changed;
    this.#around.document.addEventListener('visibilitychange', changed);
    this.#around.battery().then((battery) => {
      this.#battery = battery;
      for (const type of ['chargingchange', 'levelchange']) battery?.addEventListener(type, changed);
      changed();
    }, () => {}); // refused: then nothing is known of it
  }

  get on() { return this.#on; }
  set on(on) {
    this.#on = on;
    this.#changed();
  }

  /** Why no key is to be begun now; null if one may be. @returns {Obstacle | null} */
  get obstacle() {
    if (!this.#on) return 'off';
    if (this.#around.document.visibilityState !== 'visible') return 'hidden';
    if (this.#battery && !this.#battery.charging && this.#battery.level < LOW) return 'battery';
    return null;
  }

  /** Calls back once the page has nothing else to do. @param {() => void} callback */
  idle(callback) { this.#around.idle(callback); }
}

/** @returns {Surroundings} */
const surroundings = () => ({
  document,
  battery: async () => /** @type {any} */ (navigator).getBattery?.(),
  // Safari has no requestIdleCallback: there a pause has to do.
  idle: (callback) => ('requestIdleCallback' in globalThis ? requestIdleCallback(() => callback()) : setTimeout(callback, 200)),
});
