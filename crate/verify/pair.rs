//! An end's own certificate and key: whether they belong together, and whether TLS can be spoken with them.

use super::chain::Step;
use super::der::Der;
use super::handshake::{End, Failed};
use super::memo::Memo;
use super::public_key::PublicKey;
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
