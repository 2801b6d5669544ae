//! An end's own certificate and key: whether they belong together, and whether TLS can be spoken with them.

use super::chain::Step;
use super::der::Der;
use super::handshake::{End, Failed};
use super::memo::Memo;
use super::public_key::{self, PublicKey};
use super::signature;

/// Go's `X509KeyPair`.
pub(super) fn load(memo: &Memo, end: &End) -> Result<(), (Failed, String)> {
    let (Some(leaf), Some(held)) = (end.chain.first(), &end.key) else {
        return Ok(());
    };
    let leaf = memo
        .read(leaf)
        .map_err(|text| (Failed::Chain(Step::Readable), text))?;
    let wrong = |text: &str| Err((Failed::Key, text.to_owned()));
    if let Some(text) = unreadable(held) {
        return wrong(&text);
    }
    let shown = match &leaf.public_key {
        None | Some(PublicKey::Dsa) => return wrong("tls: unknown public key algorithm"),
        Some(key) => key,
    };
    let held = PublicKey::read(Der(held)).ok().flatten();
    match held {
        Some(held) if held.type_name() != shown.type_name() => {
            wrong("tls: private key type does not match public key type")
        }
        Some(held) if held.equals(shown) => Ok(()),
        _ => wrong("tls: private key does not match public key"),
    }
}

/// Go's `parsePrivateKey`, as far as the kind of the key decides it.
fn unreadable(spki: &[u8]) -> Option<String> {
    let (oid, parameters) = public_key::algorithm(Der(spki))?;
    let failed = "tls: failed to parse private key: x509:";
    match oid.as_str() {
        public_key::RSA | public_key::ED25519 => None,
        public_key::ECDSA => (!public_key::is_curve(parameters)).then(|| {
            format!("{failed} failed to parse EC private key embedded in PKCS#8: x509: unknown elliptic curve")
        }),
        "1.3.101.110" => Some("tls: found unknown private key type in PKCS#8 wrapping".to_owned()),
        other => Some(format!(
            "{failed} PKCS#8 wrapping contained private key with unknown algorithm: {other}"
        )),
    }
}

pub(super) fn leaf_key(memo: &Memo, end: &End) -> Option<PublicKey> {
    let leaf = memo.read(end.chain.first()?).ok()?;
    leaf.public_key.clone()
}

/// Go's `selectSignatureScheme` for TLS 1.3.
pub(super) fn signs(key: Option<&PublicKey>) -> Result<(), String> {
    match key {
        Some(PublicKey::P224(_)) => Err("tls: unsupported certificate curve (P-224)".to_owned()),
        // PSS with SHA-256 needs two hashes and two octets.
        Some(PublicKey::Rsa(key)) if key.modulus.len() < 66 => Err(
            "tls: certificate RSA key size too small for supported signature algorithms".to_owned(),
        ),
        _ => Ok(()),
    }
}

/// A key that Go would not sign with.
pub(super) fn strong(key: Option<&PublicKey>) -> Result<(), String> {
    match key {
        Some(PublicKey::Rsa(key)) => signature::insecure(key)
            .map_err(|error| format!("tls: failed to sign handshake: {error}")),
        _ => Ok(()),
    }
}
