// 日本語: 詳細パネル。声に出して言える一文、証明書の役目、値の出どころ。
/** @type {Record<keyof typeof import('./en-inspector.js').inspectorEn, string>} */
export const inspectorJa = {
  'told.pod': 'Pod',
  'told.calls': '{caller} は {listener} に接続します。',
  'told.plate': '{listener} は *{plate}* を提示し、自分が確かに *{host}* であることを証明します。',
  'told.badge': '{caller} は *{badge}* を提示し、*{user}* として認識されます。',
  'told.badge.in': '{caller} は *{badge}* を提示し、接続を許可されます。',
  'told.token': 'Pod は*トークン*を送り、自分のサービスアカウントとして認識されます。',
  'told.signed': 'どちらも *{authority}* の秘密鍵で署名されています。',
  'told.signed.planned': 'どちらも *{authority}* の秘密鍵で署名します。',
  'told.signed.apart': '前者は *{authority}* の秘密鍵、後者は *{other}* の秘密鍵で署名します。',
  'told.signed.token': '証明書は *{authority}* の秘密鍵、トークンは *{file}* で署名します。',

  'proof.server': '1 待ち受け側（サーバー）が身元を証明する：*{who}*',
  'proof.client': '2 呼び出し側（クライアント）が身元を証明する：*{who}*',
  'proof.checked': '{who} が検証したこと：',
  'checked.values': '期待する値と実際の値',
  'refusal.http-401.token': '検証に失敗したトークンでは身元を示せません。{who} は HTTP 401 を返します。',
  'identity.o': 'O より',
  'identity.added': '自動で追加',
  'flag.holds': '{certificate} とその秘密鍵、{authority} が入っています',
  'flag.names': '{certificate} とその秘密鍵、{authority} を指しています',

  'purpose.server': '{who} がこれを提示し、接続先のアドレスが確かに自分であることを証明します。',
  'purpose.client': '{who} がこれを {listener} に提示し、{user} として認識されます。',
  'purpose.client.in': '{who} がこれを {listener} に提示し、接続を許可されます。',
  'purpose.authority': 'このファイルを持つ人は、署名を検証できます。署名できるのは *{key}* だけです。大切に保管してください。',
  'purpose.signer': 'サービスアカウントのトークンに *{key}* で署名し、対になるこのファイルで検証します。',
  'names.gone': 'この写しにはない',
  'reach.trust.who': '{who} の端です。図の二重丸の場所で検証します。',
  'reach.signed.planned': '*{file}* が署名する証明書は *{n}* 枚（図の枠付き）。',
  'lessons.later': '証明書を発行すると、名前の不足や期限切れなど、1 か所をわざと壊して、どの矢印が拒否されるかを試せます。',
};
