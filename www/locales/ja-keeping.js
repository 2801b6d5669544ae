// 日本語: 失われるもの、保持できなかったもの。
/** @type {Record<keyof typeof import('./en-keeping.js').keepingEn, string>} */
export const keepingJa = {
  'keeping.lost': '前に作った一式は、ダウンロードされないまま破棄されました。',
  'keeping.unsaved': 'ブラウザーがファイルを受け取れませんでした。空き容量を確保して、もう一度ダウンロードしてください。鍵はまだここにあります。',
  'error.bundle-unreadable': 'zip はできましたが、ブラウザーが保持できませんでした。',
  'hint.bundle-unreadable': 'メモリーまたはディスクの空きが足りません。ほかのページを閉じるか、空き容量を増やしてから、もう一度生成してください。',
};
