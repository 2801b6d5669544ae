// 日本語: ページの状態。最初の一歩、中止、完了、空、オフライン、起動できないとき。
/** @type {Record<keyof typeof import('./en-states.js').statesEn, string>} */
export const statesJa = {
  'sum.first': '*「鍵を {n} 個生成」*を押すか、*矢印を選んで*、誰が誰に何を証明するかを見てください。',
  'sum.cancelled': '*中止しました。*生成済みの鍵 {n} 個（全 {of} 個）は破棄しました。',
  'cancelled.title': '中止しました',
  'cancelled.what': '{of} 個中 {n} 個の鍵を生成していました。鍵を持っていたワーカーごと破棄したので、途中までのものは残らず、ダウンロードもできません。',
  'cancelled.next': 'クラスターの構成はそのままです。構成を変更するか、*生成*ボタンで最初からやり直せます。',

  'done.next': '次にすること',
  'done.download': '{name} を*ダウンロード*します。すべての鍵と証明書、ノードごとのフォルダーが入っています。',
  'done.unpack': 'scp を実行する場所で*展開*して検査し、何がどこへコピーされるかを確かめます。',
  'done.look': '*矢印をひとつ見ます。*誰が誰に何を証明するのか、検査の順にわかります。',
  'done.show': '{caller} → {listener} を見る',
  'done.forget': 'ダウンロードが済んだら、*鍵を破棄*します。鍵を持つワーカーを終了し、このページには鍵が残りません。',
  'done.forget.do': '鍵を破棄する',
  'done.forgotten': '鍵を破棄しました。ダウンロードしたものだけが残っています。',

  'empty.load-balancer': 'なし。呼び出し側はコントロールプレーンに直接接続します。',
  'empty.etcd': 'なし。etcd はコントロールプレーンで動きます。',
  'empty.worker': 'なし。追加すると、その kubelet、kube-proxy、Pod が図に現れます。',
  'empty.filter': '「{text}」を含むものはありません。',
  'empty.clear': '絞り込みを解除',
  'empty.fallen': '拒否されたものはありません。一覧の接続はすべて検証済みです。',

  'trust.offline': 'ネットワークなしで動いています。鍵はこのページの外に出ません。',

  'boot.lacks': 'このページには、ブラウザーが古すぎるか、制限が強すぎます。',
  'boot.lacks.what': 'Hardway は鍵をブラウザーの中で生成します。それに必要な {found} が、このブラウザーにはありません。',
  'boot.lacks.update': 'このファイルを Chrome・Edge 111、Firefox 115、Safari 16.4 以降で開いてください。',
  'boot.lacks.lockdown': 'ロックダウンモードの端末や、管理者が WebAssembly を禁じている環境では、別のプロファイルか別の端末を使ってください。',
  'boot.damaged': 'このファイルの一部が壊れています。',
  'boot.damaged.what': '鍵を生成する部分を読み取れません。ダウンロードが途中で終わったか、途中でファイルが書き換わったようです。',
  'boot.damaged.again': 'ファイルを取り直し、SHA-256 を配布元の値と比べてください。',
  'boot.damaged.other': 'ファイルが正しければ、別のブラウザー（Chrome・Edge 111、Firefox 115、Safari 16.4 以降）で試してください。',
  'boot.nothing': '何も生成せず、保存せず、送信もしていません。',
  'boot.details': 'ブラウザーからのメッセージ',
};
