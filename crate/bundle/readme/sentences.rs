//! What the two texts say; `{…}` is filled in.

use crate::ConfigurationKind;
use crate::words::{Words, words};

pub(super) const HEAD: Words = words(
    "{name}\n\nEvery key pair and certificate of the cluster, made by Hardway on {now}.\nREADME.ja.txt says the same in Japanese.\n\n\
     KEEP {authorities} SECRET. Whoever has it can make a certificate for anybody, also for a user of system:masters.\n\
     Delete this folder from your computer once the nodes have their files and ca.key is in a safe place.\n",
    "{name}\n\nクラスターのすべての鍵ペアと証明書です。{now} に Hardway で作成しました。\n英語版は README.txt です。スクリプトのメッセージは英語です。\n\n\
     {authorities} は秘密にしてください。これを持つ人は、system:masters のユーザーを含む誰の証明書でも作れます。\n\
     ノードへの配布が済み、ca.key を安全な場所に移したら、このフォルダーを手元のコンピューターから削除してください。\n",
);

pub(super) const FIRST_STEPS: Words = words(
    "\nFIRST STEPS\n\n  \
     sh verify.sh                     checks every file with openssl\n  \
     sh distribute.sh --dry-run       says what would be copied where\n  \
     sh distribute.sh --user USER     copies to each node its folder\n  \
     sudo sh NODE/install.sh          on each node: puts the files to their final paths\n",
    "\n最初にすること\n\n  \
     sh verify.sh                     すべてのファイルを openssl で検証する\n  \
     sh distribute.sh --dry-run       どこに何をコピーするかを表示するだけ\n  \
     sh distribute.sh --user USER     各ノードに、そのノードのフォルダーをコピーする\n  \
     sudo sh NODE/install.sh          各ノードで実行：ファイルを最終的なパスに置く\n",
);

pub(super) const BY_HAND: Words = words(
    "\nThe guide's own scp loops work from pki/ as they are. To make a set like this one by hand, each with its own files and\n\
     commands: openssl/make.sh, cfssl/make.sh.\n",
    "\nガイドの scp ループは、pki/ の中でそのまま使えます。\n\
     同じような一式を手作りするときのファイルとコマンドは、openssl/make.sh と cfssl/make.sh にあります。\n",
);

pub(super) const LATER: Words = words(
    "\nLATER, to renew or to look: open Hardway and drop this folder, or its zip, onto the page. cluster.json says which cluster it is, by\n\
     names and addresses alone; it holds no secret.\n",
    "\nあとで更新や確認をするとき：Hardway を開き、このフォルダーか zip をページにドロップしてください。\n\
     cluster.json は、どのクラスターかを名前とアドレスだけで表します。秘密は入っていません。\n",
);

pub(super) const RENEWAL_HEAD: Words = words(
    "{name}\n\nWhat was made again of the cluster's certificates ({count}), by Hardway on {now}. Nothing else changes.\n\
     README.ja.txt says the same in Japanese.\n\n\
     KEEP THE FILES *.key AND THE KUBECONFIGS SECRET, and delete this folder once the nodes have their files.\n",
    "{name}\n\nクラスターの証明書のうち、作り直したもの（{count} 件）です。{now} に Hardway で作成しました。ほかのファイルは変わりません。\n\
     英語版は README.txt です。スクリプトのメッセージは英語です。\n\n\
     *.key のファイルと kubeconfig は秘密にしてください。ノードへの配布がすんだら、このフォルダーを削除してください。\n",
);

pub(super) const RENEWAL_STEPS: Words = words(
    "\nThen restart on each node what uses the new files (\"used by\" below), one node after the other: a component reads a\n\
     certificate when it starts. pki/ has the authorities' certificates besides, so that verify.sh can check the others by them.\n",
    "\nそのあと、ノードを 1 台ずつ、新しいファイルを使うコンポーネント（下の「使用者」）を再起動してください。\n\
     証明書は起動時に読み込まれます。pki/ には、verify.sh が検証に使う認証局の証明書も入っています。\n",
);

pub(super) const CHANGED: Words =
    words("\nWHAT CHANGED, AND WHY\n", "\n変わったものと、その理由\n");
pub(super) const NEW_KEY: Words = words("new key", "新しい鍵");
pub(super) const OLD_KEY: Words = words("the same key", "鍵はそのまま");
pub(super) const KUBECONFIGS_BY_HAND: Words = words(
    "\nKUBECONFIGS TO CHANGE BY HAND: they embed something new, but not all of what they embed was given. `kubectl config\n\
     set-cluster` and `set-credentials` with --embed-certs=true put the new files in.\n\n",
    "\n手作業で直す kubeconfig：新しいファイルを埋め込みますが、埋め込むもののすべては渡されていませんでした。\n\
     `kubectl config set-cluster` と `set-credentials` に --embed-certs=true を付けて、新しいファイルを埋め込んでください。\n\n",
);
pub(super) const FROM_OTHER_NODES: Words = words(
    "\nTO BRING TO NEW NODES: these were not given; copy them from a node that has them.\n\n",
    "\n新しいノードに運ぶもの：渡されていないファイルです。持っているノードからコピーしてください。\n\n",
);

pub(super) const SEALED: Words = words(
    "\nSEALED KEYS: the files *.key are encrypted (PKCS#8, PBES2, AES-256). No component reads such a key: install.sh asks for the\n\
     passphrase (or reads it from HARDWAY_PASSPHRASE) and puts them to their places opened; it needs openssl on the node.\n\
     Kubeconfigs with an embedded key are NOT encrypted: there is no form for that. Keep them as you would keep a password.\n",
    "\n暗号化された鍵：*.key のファイルは暗号化されています（PKCS#8、PBES2、AES-256）。このままの鍵を読めるコンポーネントはありません。\n\
     install.sh がパスフレーズを尋ね（または HARDWAY_PASSPHRASE から読み）、復号して配置します。ノードに openssl が必要です。\n\
     鍵を埋め込んだ kubeconfig は暗号化されていません（そのための形式がないためです）。パスワードと同じように扱ってください。\n",
);

pub(super) const EXPIRY: Words = words(
    "\nEXPIRY (expiry.ics has reminders 90, 30 and 7 days before, for a calendar)\n\n",
    "\n有効期限（expiry.ics をカレンダーに取り込むと、90 日前、30 日前、7 日前に通知されます）\n\n",
);

pub(super) const CERTIFICATES: Words = words(
    "\nCERTIFICATES (pki/NAME.key, pki/NAME.csr, pki/NAME.crt)\n",
    "\n証明書（pki/NAME.key が秘密鍵、pki/NAME.csr が署名要求（CSR）、pki/NAME.crt が証明書）\n",
);
pub(super) const SUBJECT: Words = words("subject: ", "サブジェクト：");
pub(super) const VALID_FOR: Words = words("valid for: ", "有効な名前：");
pub(super) const USED_BY: Words = words("used by: ", "使用者：");
pub(super) const EXPIRES: Words = words("expires: ", "有効期限：");
pub(super) const KEY_PAIR: Words = words(
    "a key pair without a certificate: pki/{id}.key and pki/{id}.pub",
    "証明書のない鍵ペア：pki/{id}.key（秘密鍵）と pki/{id}.pub（公開鍵）",
);

/// Between two users.
pub(super) const AND: Words = words(", ", "、");
pub(super) const EVERYBODY: Words = words(
    "everybody, to check the others; its key signs them",
    "全員（ほかの証明書を検証するため）。秘密鍵は、ほかの証明書に署名する",
);
pub(super) const TOKEN_SIGNER: Words = words(
    "kube-controller-manager, whose tokens its key signs; kube-apiserver, which checks them",
    "kube-controller-manager（秘密鍵でトークンに署名する）、kube-apiserver（トークンを検証する）",
);
pub(super) const TOKEN_KEY_PAIR: Words = words(
    "kube-controller-manager and kube-apiserver: the private key signs tokens, the public one checks them",
    "kube-controller-manager と kube-apiserver（秘密鍵でトークンに署名し、公開鍵で検証する）",
);
pub(super) const AS_SERVER: Words = words("{listener} as a server", "{listener}（サーバーとして）");
pub(super) const AS_CLIENT: Words = words(
    "{caller} as a client of {listener}",
    "{caller}（{listener} のクライアントとして）",
);

pub(super) const KUBECONFIGS: Words = words(
    "\nKUBECONFIGS (kubeconfig/)\n\n",
    "\nkubeconfig ファイル（kubeconfig/）\n\n",
);
pub(super) const USER_AT: Words = words("{user} at {server}", "{user}、接続先 {server}");

pub(super) const CONFIGURATIONS: Words = words(
    "\nCONFIGURATIONS (config/)\n\n",
    "\n設定ファイル（config/）\n\n",
);

pub(super) const FINAL_PATHS: Words = words(
    "\nFINAL PATHS (nodes/NODE/, put there by install.sh)\n",
    "\n最終的なパス（nodes/NODE/ の中身を install.sh が置く）\n",
);
pub(super) const OWN_COMPUTER: Words = words(
    "\n  your own computer\n    0600 ~/.kube/config (copy kubeconfig/{file} there)\n",
    "\n  手元のコンピューター\n    0600 ~/.kube/config（kubeconfig/{file} をここにコピーする）\n",
);

pub(super) const DIFFERENCES: Words = words("\nDIFFERENCES FROM THE GUIDE\n", "\nガイドとの違い\n");
pub(super) const DIFFERENCE: Words = words(
    "\n  {about}\n    guide:  {guide}\n    here:   {here}\n    reason: {reason}\n",
    "\n  {about}\n    ガイド：{guide}\n    ここ：  {here}\n    理由：  {reason}\n",
);

/// What a configuration is for.
pub(super) const fn of(configuration: ConfigurationKind) -> Words {
    match configuration {
        ConfigurationKind::AdminAccess => words(
            "lets the group {subject} do everything; apply it with super-admin.conf",
            "グループ {subject} にすべての操作を許可します。super-admin.conf を使って適用してください",
        ),
        ConfigurationKind::Encryption => words(
            "a fresh key with which kube-apiserver encrypts Secrets in etcd (--encryption-provider-config); keep it secret",
            "kube-apiserver が etcd の中の Secret を暗号化するための新しい鍵です（--encryption-provider-config）。秘密にしてください",
        ),
        ConfigurationKind::KubeletAccess => words(
            "lets the user {subject}, which is kube-apiserver, use the kubelets' API: kubectl apply -f it once",
            "ユーザー {subject}（kube-apiserver のこと）に kubelet の API を許可します。一度だけ kubectl apply -f で適用してください",
        ),
    }
}
