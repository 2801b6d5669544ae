//! Why a certificate was made again, in both languages.

use crate::Reason;
use crate::words::{Language, Words, words};

pub(super) fn sentence(reason: &Reason, language: Language) -> String {
    let (words, values) = told(reason);
    let values: Vec<_> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    super::filled(words.of(language), &values)
}

fn told(reason: &Reason) -> (Words, Vec<(&'static str, String)>) {
    match reason {
        Reason::AlgorithmChanged { from, to } => (
            ALGORITHM,
            vec![("from", from.id().to_owned()), ("to", to.id().to_owned())],
        ),
        Reason::Asked => (ASKED, vec![]),
        Reason::AuthorityChanged { authority } => {
            (AUTHORITY, vec![("authority", authority.clone())])
        }
        Reason::BothTrusted => (BOTH, vec![]),
        Reason::Expired { at } => (EXPIRED, vec![("at", at.clone())]),
        Reason::Expires { at } => (EXPIRES, vec![("at", at.clone())]),
        Reason::KeyDiffers => (KEY_DIFFERS, vec![]),
        Reason::KeyUnsuitable { found } => (KEY_UNSUITABLE, vec![("found", found.clone())]),
        Reason::KindChanged => (KIND, vec![]),
        Reason::NameAdded { name, .. } => (NAME_ADDED, vec![("name", name.to_string())]),
        Reason::NameRemoved { name } => (NAME_REMOVED, vec![("name", name.to_string())]),
        Reason::New => (NEW, vec![]),
        Reason::NotNeeded => (NOT_NEEDED, vec![]),
        Reason::NotYetValid { at } => (NOT_YET, vec![("at", at.clone())]),
        Reason::OldRetired => (RETIRED, vec![]),
        Reason::SignatureWeak { found } => (WEAK, vec![("found", found.clone())]),
        Reason::SignedByAnother { authority, found } => (
            ANOTHER,
            vec![("authority", authority.clone()), ("found", found.clone())],
        ),
        Reason::SubjectChanged { from, to } => {
            (SUBJECT, vec![("from", from.clone()), ("to", to.clone())])
        }
        Reason::UnableToSign { found } => (UNABLE, vec![("found", found.clone())]),
        Reason::Unreadable { found } => (UNREADABLE, vec![("found", found.clone())]),
        Reason::UsageMissing { usages } => (USAGES, vec![("usages", usages.join(", "))]),
        Reason::ValidityChanged => (VALIDITY, vec![]),
    }
}

const ALGORITHM: Words = words(
    "its key was {from} and is to be {to}",
    "鍵の種類を {from} から {to} に変更",
);
const ASKED: Words = words("it was asked for", "指定による");
const AUTHORITY: Words = words(
    "its authority {authority} is made again",
    "認証局 {authority} を作り直すため",
);
const BOTH: Words = words(
    "its file has the old and the new authority in it",
    "古い認証局と新しい認証局の両方の証明書が入る",
);
const RETIRED: Words = words(
    "its file has the new authority alone in it",
    "新しい認証局の証明書だけが入る",
);
const EXPIRED: Words = words("it expired at {at}", "{at} に有効期限が切れている");
const EXPIRES: Words = words("it expires at {at}", "{at} に有効期限が切れる");
const KEY_DIFFERS: Words = words(
    "the private key beside it was another one's",
    "秘密鍵が証明書と対応していない",
);
const KEY_UNSUITABLE: Words = words(
    "its key is not to be used any more: {found}",
    "鍵がもう使うべきでない種類：{found}",
);
const KIND: Words = words("it is to be for something else", "用途が変わったため");
const NAME_ADDED: Words = words("it lacks the name {name}", "名前 {name} が入っていない");
const NAME_REMOVED: Words = words(
    "it has the name {name}, which nobody dials any more",
    "もう接続先でない名前 {name} が入っている",
);
const NEW: Words = words("the cluster did not have it", "クラスターにまだないため");
const NOT_NEEDED: Words = words("nothing needs it any more", "もう必要ない");
const NOT_YET: Words = words("it is not valid before {at}", "{at} まで有効でない");
const WEAK: Words = words(
    "it is signed with {found}, which nobody accepts any more",
    "もう受け入れられない署名方式：{found}",
);
const ANOTHER: Words = words(
    "{authority} has not signed it: {found}",
    "{authority} の署名ではない：{found}",
);
const SUBJECT: Words = words(
    "its subject was {from} and is to be {to}",
    "サブジェクトを {from} から {to} に変更",
);
const UNABLE: Words = words(
    "nobody lets it sign: {found}",
    "署名に使えない認証局：{found}",
);
const UNREADABLE: Words = words("it cannot be read: {found}", "読み取れない：{found}");
const USAGES: Words = words(
    "it does not allow {usages}",
    "用途 {usages} が許可されていない",
);
const VALIDITY: Words = words("it is to be valid for another time", "有効期間を変更");
