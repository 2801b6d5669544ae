// 日本語: what serde (the library that reads a description) finds wrong with its shape. What it has no pattern for stays as serde says it.

/** @type {[RegExp, string][]} */
const PHRASES = [
  [/^unknown field (`.*`)$/, '知らない項目 $1'],
  [/^unknown variant (`.*`)$/, '知らない値 $1'],
  [/^missing field (`.*`)$/, '項目 $1 がありません'],
  [/^duplicate field (`.*`)$/, '項目 $1 が重複しています'],
  [/^invalid (?:type|value): sequence$/, '配列'],
  [/^invalid (?:type|value): map$/, 'オブジェクト'],
  [/^invalid (?:type|value): string (".*")$/s, '文字列 $1'],
  [/^invalid (?:type|value): (?:integer|floating point) (`.*`)$/, '数値 $1'],
  [/^invalid (?:type|value): boolean (`.*`)$/, '真偽値 $1'],
  [/^invalid (?:type|value): (?:null|unit value)$/, 'null'],
  [/^there are no fields$/, '項目なし'],
  [/^one of (.*)$/, '$1 のいずれか'],
  [/^(`.*`) or (`.*`)$/, '$1 または $2'],
  [/^variant identifier$/, '文字列'],
  [/^(?:a string|string or map)$/, '文字列'],
  [/^(?:a whole number|[iu](?:8|16|32|64)|usize)$/, '整数'],
  [/^(?:an object|a map)$/, 'オブジェクト'],
  [/^a sequence$/, '配列'],
  [/^(?:enum|struct) \w+$/, '決められた値'],
  [/^JSON of the documented shape$/, '仕様どおりの JSON'],
];

/** @param {string} text */
export const shapeJa = (text) => {
  const known = PHRASES.find(([pattern]) => pattern.test(text));
  return known ? text.replace(known[0], known[1]) : text;
};
