// English: what is lost, and what could not be kept.
export const keepingEn = {
  'keeping.lost': 'The set that was made before was not downloaded. It is gone.',
  'keeping.unsaved': 'The browser did not take the file. Free some space and press Download again: the keys are still here.',
  'error.bundle-unreadable': 'The zip was made, but the browser could not keep it.',
  'hint.bundle-unreadable': 'Its memory or disk is full. Close other pages or free some space, then generate again.',
};
