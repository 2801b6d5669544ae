//! Whether an issuer's key has signed a certificate.

use p256::pkcs8::DecodePublicKey;
use rsa::PublicKey;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::sha2::{Digest, Sha256, Sha384, Sha512};
use rsa::traits::PublicKeyParts;

use super::certificate::Certificate;

/// What Go calls an algorithm, and what it is made of.
struct Algorithm {
    oid: &'static str,
    name: &'static str,
    key: Key,
    hash: Hash,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Key {
    Ecdsa,
    Rsa,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// RFC 8017, appendix C; RFC 5758.
const ALGORITHMS: [Algorithm; 9] = [
    algorithm("1.2.840.113549.1.1.4", "MD5-RSA", Key::Rsa, Hash::Md5),
    algorithm("1.2.840.113549.1.1.5", "SHA1-RSA", Key::Rsa, Hash::Sha1),
    algorithm(
        "1.2.840.113549.1.1.11",
        "SHA256-RSA",
        Key::Rsa,
        Hash::Sha256,
    ),
    algorithm(
        "1.2.840.113549.1.1.12",
        "SHA384-RSA",
        Key::Rsa,
        Hash::Sha384,
    ),
    algorithm(
        "1.2.840.113549.1.1.13",
        "SHA512-RSA",
        Key::Rsa,
        Hash::Sha512,
    ),
    algorithm("1.2.840.10045.4.1", "ECDSA-SHA1", Key::Ecdsa, Hash::Sha1),
    algorithm(
        "1.2.840.10045.4.3.2",
        "ECDSA-SHA256",
        Key::Ecdsa,
        Hash::Sha256,
    ),
    algorithm(
        "1.2.840.10045.4.3.3",
        "ECDSA-SHA384",
        Key::Ecdsa,
        Hash::Sha384,
    ),
    algorithm(
        "1.2.840.10045.4.3.4",
        "ECDSA-SHA512",
        Key::Ecdsa,
        Hash::Sha512,
    ),
];

const fn algorithm(oid: &'static str, name: &'static str, key: Key, hash: Hash) -> Algorithm {
    Algorithm {
        oid,
        name,
        key,
        hash,
    }
}

const UNSUPPORTED: &str = "x509: cannot verify signature: algorithm unimplemented";

/// The error is Go's of `CheckSignatureFrom`.
pub(super) fn verify(certificate: &Certificate, issuer: &Certificate) -> Result<(), String> {
    let forbidden = match &issuer.constraints {
        None => issuer.version == 3,
        Some(constraints) => !constraints.authority,
    };
    if forbidden || issuer.signs_certificates == Some(false) {
        return Err(
            "x509: invalid signature: parent certificate cannot sign this kind of certificate"
                .to_owned(),
        );
    }
    let mut known = ALGORITHMS.iter();
    let Some(algorithm) = known.find(|known| known.oid == certificate.signature_algorithm) else {
        return Err(UNSUPPORTED.to_owned());
    };
    if matches!(algorithm.hash, Hash::Md5 | Hash::Sha1) {
        return Err(format!(
            "x509: cannot verify signature: insecure algorithm {}",
            algorithm.name
        ));
    }
    let digest = digest(algorithm.hash, &certificate.signed);
    if let Ok(key) = PublicKey::from_public_key_der(&issuer.public_key) {
        expect(algorithm, Key::Rsa, "*rsa.PublicKey")?;
        return rsa(&key, algorithm.hash, &digest, &certificate.signature);
    }
    let verified =
        if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_der(&issuer.public_key) {
            expect(algorithm, Key::Ecdsa, "*ecdsa.PublicKey")?;
            ecdsa_p256(&key, &digest, &certificate.signature)
        } else if let Ok(key) = p384::ecdsa::VerifyingKey::from_public_key_der(&issuer.public_key) {
            expect(algorithm, Key::Ecdsa, "*ecdsa.PublicKey")?;
            ecdsa_p384(&key, &digest, &certificate.signature)
        } else {
            return Err(UNSUPPORTED.to_owned());
        };
    verified.ok_or_else(|| "x509: ECDSA verification failure".to_owned())
}

fn expect(algorithm: &Algorithm, key: Key, found: &str) -> Result<(), String> {
    if algorithm.key == key {
        return Ok(());
    }
    let wanted = match algorithm.key {
        Key::Ecdsa => "ECDSA",
        Key::Rsa => "RSA",
    };
    Err(format!(
        "x509: signature algorithm specifies an {wanted} public key, but have public key of type {found}"
    ))
}

fn digest(hash: Hash, signed: &[u8]) -> Vec<u8> {
    match hash {
        Hash::Md5 | Hash::Sha1 => Vec::new(),
        Hash::Sha256 => Sha256::digest(signed).to_vec(),
        Hash::Sha384 => Sha384::digest(signed).to_vec(),
        Hash::Sha512 => Sha512::digest(signed).to_vec(),
    }
}

fn rsa(key: &PublicKey, hash: Hash, digest: &[u8], signature: &[u8]) -> Result<(), String> {
    let bits = key.n().bit_width();
    if bits < 1024 {
        return Err(format!(
            "crypto/rsa: {bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)"
        ));
    }
    let scheme = match hash {
        Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
        Hash::Md5 | Hash::Sha1 | Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
    };
    key.verify(scheme, digest, signature)
        .map_err(|_| "crypto/rsa: verification error".to_owned())
}

fn ecdsa_p256(key: &p256::ecdsa::VerifyingKey, digest: &[u8], signature: &[u8]) -> Option<()> {
    use p256::ecdsa::signature::hazmat::PrehashVerifier;
    let signature = p256::ecdsa::DerSignature::from_bytes(signature).ok()?;
    key.verify_prehash(digest, &signature).ok()
}

fn ecdsa_p384(key: &p384::ecdsa::VerifyingKey, digest: &[u8], signature: &[u8]) -> Option<()> {
    use p384::ecdsa::signature::hazmat::PrehashVerifier;
    let signature = p384::ecdsa::DerSignature::from_bytes(signature).ok()?;
    key.verify_prehash(digest, &signature).ok()
}
