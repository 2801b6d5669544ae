// What a list of measurements comes to.

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number[]} values */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The items, beginning with another one each time: what is measured first in one round is last in another. @template T @param {T[]} items @param {number} by @returns {T[]} */
export const rotated = (items, by) => items.map((_, i) => items[(i + by) % items.length]);
