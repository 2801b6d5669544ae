// What is remembered of the walkthrough: which chapters were read and which questions answered. Nothing about the cluster.
/** @import { Progress } from './walk.js' */
import { CHAPTERS } from './chapters.js';

/** @param {Progress} progress */
export const written = ({ read, answered }) => JSON.stringify({ read: [...read], answered: Object.fromEntries(answered) });

/** Whatever storage holds: a name that is no chapter's, or a text that is none of ours, is forgotten. @param {string | null} text @returns {Progress} */
export function readBack(text) {
  try {
    const { read = [], answered = {} } = JSON.parse(text ?? '{}');
    return {
      read: new Set(CHAPTERS.filter((id) => Array.isArray(read) && read.includes(id))),
      answered: new Map(Object.entries(answered).filter(([id, right]) => /^[\w.-]{1,60}$/.test(id) && typeof right === 'boolean').map(([id, right]) => [id, right === true])),
    };
  } catch {
    return { read: new Set(), answered: new Map() };
  }
}
