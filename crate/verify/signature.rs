//! Whether an issuer's key has signed a certificate.

use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::pss::Pss;
use rsa::sha2::{Sha256, Sha384, Sha512};
use rsa::{BoxedUint, PublicKey as RsaKey};

use super::algorithm::{Algorithm, Hash, Scheme};
use super::certificate::Certificate;
use super::extension::CERT_SIGN;
use super::public_key::{PublicKey, Rsa};

const UNSUPPORTED: &str = "x509: cannot verify signature: algorithm unimplemented";

/// The error is Go's of `CheckSignatureFrom`.
pub(super) fn verify(certificate: &Certificate, issuer: &Certificate) -> Result<(), String> {
    permitted(issuer)?;
    by(certificate, issuer)
}

/// Whether its extensions let it sign others.
pub(super) fn permitted(issuer: &Certificate) -> Result<(), String> {
    let extensions = &issuer.extensions;
    let forbidden = match &extensions.basic_constraints {
        None => issuer.version == 3,
        Some(constraints) => !constraints.authority,
    };
    let usage = extensions.key_usage;
    if forbidden || (usage != 0 && usage & CERT_SIGN == 0) {
        return Err(
            "x509: invalid signature: parent certificate cannot sign this kind of certificate"
                .to_owned(),
        );
    }
    Ok(())
}

/// Whether the key is the one that signed.
pub(super) fn by(certificate: &Certificate, issuer: &Certificate) -> Result<(), String> {
    let (Some(algorithm), Some(key)) = (certificate.algorithm, &issuer.public_key) else {
        return Err(UNSUPPORTED.to_owned());
    };
    if algorithm.hash == Hash::Broken {
        let name = algorithm.name;
        return Err(format!(
            "x509: cannot verify signature: insecure algorithm {name}"
        ));
    }
    check(algorithm, &certificate.signed, &certificate.signature, key)
}

fn check(
    algorithm: Algorithm,
    signed: &[u8],
    signature: &[u8],
    key: &PublicKey,
) -> Result<(), String> {
    let digest = algorithm.hash.of(signed);
    let verified = match (key, algorithm.scheme) {
        (PublicKey::Dsa | PublicKey::P224(_), _) => return Err(UNSUPPORTED.to_owned()),
        (PublicKey::Rsa(key), Scheme::RsaPkcs1 | Scheme::RsaPss) => {
            return rsa(key, algorithm, &digest, signature);
        }
        (PublicKey::P256(key), Scheme::Ecdsa) => p256(key, &digest, signature),
        (PublicKey::P384(key), Scheme::Ecdsa) => p384(key, &digest, signature),
        (PublicKey::P521(key), Scheme::Ecdsa) => p521(key, &digest, signature),
        (PublicKey::Ed25519(key), Scheme::Ed25519) => {
            return ed25519(key, signed, signature)
                .ok_or_else(|| "x509: Ed25519 verification failure".to_owned());
        }
        (key, scheme) => return Err(mismatch(scheme, key)),
    };
    verified.ok_or_else(|| "x509: ECDSA verification failure".to_owned())
}

fn mismatch(scheme: Scheme, key: &PublicKey) -> String {
    let wanted = match scheme {
        Scheme::Dsa => "DSA",
        Scheme::Ecdsa => "ECDSA",
        Scheme::Ed25519 => "Ed25519",
        Scheme::RsaPkcs1 | Scheme::RsaPss => "RSA",
    };
    let found = key.type_name();
    format!(
        "x509: signature algorithm specifies an {wanted} public key, but have public key of type {found}"
    )
}

/// Go checks a key of any size. More than this is never met, and takes longer than a page may wait.
const MOST_BITS: usize = 16_384;

fn rsa(key: &Rsa, algorithm: Algorithm, digest: &[u8], signature: &[u8]) -> Result<(), String> {
    insecure(key)?;
    if key.modulus.last().is_some_and(|last| last & 1 == 0) {
        return Err("crypto/rsa: public modulus is even".to_owned());
    }
    if key.exponent < 2 {
        return Err("crypto/rsa: public exponent too small or negative".to_owned());
    }
    if key.exponent & 1 == 0 {
        return Err("crypto/rsa: public exponent is even".to_owned());
    }
    if key.exponent > (1 << 31) - 1 {
        return Err("crypto/rsa: public exponent too large".to_owned());
    }
    let fits = key.bits() <= MOST_BITS && signature.len() == key.modulus.len();
    fits.then(|| rsa_verified(key, algorithm, digest, signature))
        .flatten()
        .ok_or_else(|| "crypto/rsa: verification error".to_owned())
}

/// The error is that of Go's `checkKeySize`.
pub(super) fn insecure(key: &Rsa) -> Result<(), String> {
    let bits = key.bits();
    if bits >= 1024 {
        return Ok(());
    }
    Err(format!(
        "crypto/rsa: {bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)"
    ))
}

fn rsa_verified(key: &Rsa, algorithm: Algorithm, digest: &[u8], signature: &[u8]) -> Option<()> {
    let modulus = BoxedUint::from_be_slice_vartime(&key.modulus);
    let exponent = BoxedUint::from(key.exponent);
    let key = RsaKey::new_with_size_limits(modulus, exponent, 1024..=MOST_BITS).ok()?;
    let verified = match (algorithm.scheme, algorithm.hash) {
        (Scheme::RsaPss, Hash::Sha384) => {
            key.verify(Pss::<Sha384>::new_with_salt(48), digest, signature)
        }
        (Scheme::RsaPss, Hash::Sha512) => {
            key.verify(Pss::<Sha512>::new_with_salt(64), digest, signature)
        }
        (Scheme::RsaPss, _) => key.verify(Pss::<Sha256>::new_with_salt(32), digest, signature),
        (_, Hash::Sha384) => key.verify(Pkcs1v15Sign::new::<Sha384>(), digest, signature),
        (_, Hash::Sha512) => key.verify(Pkcs1v15Sign::new::<Sha512>(), digest, signature),
        _ => key.verify(Pkcs1v15Sign::new::<Sha256>(), digest, signature),
    };
    verified.ok()
}

fn p256(key: &p256::ecdsa::VerifyingKey, digest: &[u8], signature: &[u8]) -> Option<()> {
    use p256::ecdsa::signature::hazmat::PrehashVerifier;
    let signature = p256::ecdsa::DerSignature::from_bytes(signature).ok()?;
    key.verify_prehash(digest, &signature).ok()
}

fn p384(key: &p384::ecdsa::VerifyingKey, digest: &[u8], signature: &[u8]) -> Option<()> {
    use p384::ecdsa::signature::hazmat::PrehashVerifier;
    let signature = p384::ecdsa::DerSignature::from_bytes(signature).ok()?;
    key.verify_prehash(digest, &signature).ok()
}

fn p521(key: &p521::ecdsa::VerifyingKey, digest: &[u8], signature: &[u8]) -> Option<()> {
    use p521::ecdsa::signature::hazmat::PrehashVerifier;
    let signature = p521::ecdsa::DerSignature::from_bytes(signature).ok()?;
    // A digest of less than half the curve's size is refused here, and filled up with zeros in front by the standard.
    let mut full = [0; 66];
    full[66 - digest.len()..].copy_from_slice(digest);
    key.verify_prehash(&full, &signature).ok()
}

fn ed25519(key: &[u8; 32], signed: &[u8], signature: &[u8]) -> Option<()> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(key).ok()?;
    let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
    ed25519_dalek::Verifier::verify(&key, signed, &signature).ok()
}
