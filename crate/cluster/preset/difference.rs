//! Where what is made differs from what a guide's commands make, and why.

use serde::Serialize;

use crate::words::{Words, same, words};

/// One point where the made files differ from what the guide's commands make.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Difference {
    /// The files that differ.
    pub about: Words,
    /// What the guide does.
    pub guide: Words,
    /// What is made here.
    pub hardway: Words,
    /// Why.
    pub reason: Words,
}

/// Both guides of mmumshad's sign their authority without a single extension.
pub(super) const AUTHORITY_EXTENSIONS: Difference = Difference {
    about: same("ca.crt"),
    guide: words(
        "no extensions: X.509 v1 before OpenSSL 3.2, v3 without basicConstraints since",
        "拡張なし。OpenSSL 3.2 より前は X.509 v1、3.2 以降は basicConstraints のない v3",
    ),
    hardway: words(
        "v3 with critical basicConstraints CA:TRUE and keyUsage keyCertSign, cRLSign, digitalSignature",
        "v3。critical の basicConstraints CA:TRUE と keyUsage keyCertSign, cRLSign, digitalSignature",
    ),
    reason: words(
        "Go trusts no v3 certificate as an authority that does not say it is one: under OpenSSL 3.2 and later the guide's cluster does not come up.",
        "Go は、認証局であると明記していない v3 証明書を認証局として信頼しません。OpenSSL 3.2 以降では、ガイドのクラスターは起動しません。",
    ),
};

pub(super) const KEY_IDENTIFIERS: Difference = Difference {
    about: words("every certificate", "すべての証明書"),
    guide: words(
        "no key identifiers on client certificates",
        "クライアント証明書に鍵識別子なし",
    ),
    hardway: words(
        "subjectKeyIdentifier and authorityKeyIdentifier (RFC 7093 method 1)",
        "subjectKeyIdentifier と authorityKeyIdentifier（RFC 7093 の方式 1）",
    ),
    reason: words(
        "Tells apart two authorities of the same name, and Python 3.13's strict verification wants them.",
        "同じ名前の認証局を区別できます。Python 3.13 の厳格な検証でも必須です。",
    ),
};

pub(super) const KEY_USAGE: Difference = Difference {
    about: words("server certificates", "サーバー証明書"),
    guide: words(
        "keyUsage nonRepudiation, digitalSignature, keyEncipherment, not critical",
        "keyUsage nonRepudiation, digitalSignature, keyEncipherment（critical なし）",
    ),
    hardway: words(
        "critical keyUsage digitalSignature, keyEncipherment",
        "critical の keyUsage digitalSignature, keyEncipherment",
    ),
    reason: words(
        "TLS needs no nonRepudiation; RFC 5280 wants keyUsage critical.",
        "TLS に nonRepudiation は不要です。RFC 5280 は keyUsage を critical にするよう求めています。",
    ),
};

pub(super) const BACKDATED: Difference = Difference {
    about: words("every certificate", "すべての証明書"),
    guide: words("valid from the second of signing", "署名した時刻から有効"),
    hardway: words("valid from five minutes before", "署名の 5 分前から有効"),
    reason: words(
        "A node whose clock is slow does not refuse its own cluster.",
        "時計が遅れているノードでも、自分のクラスターの証明書を拒否しません。",
    ),
};

pub(super) const ADMIN_REMOTE: Difference = Difference {
    about: same("admin-remote.kubeconfig"),
    guide: words(
        "written to ~/.kube/config by kubectl commands",
        "kubectl コマンドで ~/.kube/config に書き込む",
    ),
    hardway: words(
        "a file of its own in the bundle",
        "配布一式の中の独立したファイル",
    ),
    reason: words(
        "Nothing of the operator's own is overwritten.",
        "作業者の既存の設定を上書きしません。",
    ),
};
