// News of keys, gathered: thousands come faster than a page can be drawn.

/** @typedef {{ searching: string[], made: [string, number | null][] }} News */

export class Gathered {
  /** @type {News} */
  #news = { searching: [], made: [] };
  #waiting = false;
  #tell;
  #later;

  /** @param {(news: News) => void} tell @param {(flush: () => void) => unknown} later calls back when it is worth telling */
  constructor(tell, later = (flush) => requestAnimationFrame(flush)) {
    this.#tell = tell;
    this.#later = later;
  }

  /** @param {string} certificate */
  searching(certificate) {
    this.#news.searching.push(certificate);
    this.#wait();
  }

  /** @param {string} certificate @param {number | null} ms */
  made(certificate, ms) {
    this.#news.made.push([certificate, ms]);
    this.#wait();
  }

  /** Tells what there is. */
  flush() {
    const news = this.#news;
    this.#waiting = false;
    if (news.searching.length + news.made.length === 0) return;
    this.#news = { searching: [], made: [] };
    this.#tell(news);
  }

  #wait() {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#later(() => this.flush());
  }
}
