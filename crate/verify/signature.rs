//! Whether an issuer's key has signed a certificate.

use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::pss::Pss;
use rsa::sha2::{Digest, Sha256, Sha384, Sha512};
use rsa::{BoxedUint, PublicKey as RsaKey};

use super::certificate::Certificate;
use super::der::{Der, small, tag};
use super::extension::CERT_SIGN;
use super::public_key::{PublicKey, Rsa, algorithm_identifier};

/// A signature algorithm that Go knows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Algorithm {
    /// What Go calls it.
    name: &'static str,
    scheme: Scheme,
    hash: Hash,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scheme {
    Dsa,
    Ecdsa,
    Ed25519,
    RsaPkcs1,
    RsaPss,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Hash {
    /// Ed25519 hashes by itself.
    None,
    /// MD5 and SHA-1: refused.
    Broken,
    Sha256,
    Sha384,
    Sha512,
}

/// RFC 8017, appendix C; RFC 5758; RFC 8410; RFC 3279.
const ALGORITHMS: [(&str, &str, Scheme, Hash); 14] = [
    (
        "1.2.840.113549.1.1.4",
        "MD5-RSA",
        Scheme::RsaPkcs1,
        Hash::Broken,
    ),
    (
        "1.2.840.113549.1.1.5",
        "SHA1-RSA",
        Scheme::RsaPkcs1,
        Hash::Broken,
    ),
    ("1.3.14.3.2.29", "SHA1-RSA", Scheme::RsaPkcs1, Hash::Broken),
    (
        "1.2.840.113549.1.1.11",
        "SHA256-RSA",
        Scheme::RsaPkcs1,
        Hash::Sha256,
    ),
    (
        "1.2.840.113549.1.1.12",
        "SHA384-RSA",
        Scheme::RsaPkcs1,
        Hash::Sha384,
    ),
    (
        "1.2.840.113549.1.1.13",
        "SHA512-RSA",
        Scheme::RsaPkcs1,
        Hash::Sha512,
    ),
    ("1.2.840.10040.4.3", "DSA-SHA1", Scheme::Dsa, Hash::Broken),
    (
        "2.16.840.1.101.3.4.3.2",
        "DSA-SHA256",
        Scheme::Dsa,
        Hash::Sha256,
    ),
    (
        "1.2.840.10045.4.1",
        "ECDSA-SHA1",
        Scheme::Ecdsa,
        Hash::Broken,
    ),
    (
        "1.2.840.10045.4.3.2",
        "ECDSA-SHA256",
        Scheme::Ecdsa,
        Hash::Sha256,
    ),
    (
        "1.2.840.10045.4.3.3",
        "ECDSA-SHA384",
        Scheme::Ecdsa,
        Hash::Sha384,
    ),
    (
        "1.2.840.10045.4.3.4",
        "ECDSA-SHA512",
        Scheme::Ecdsa,
        Hash::Sha512,
    ),
    (ED25519, "Ed25519", Scheme::Ed25519, Hash::None),
    (RSA_PSS, "RSAPSS", Scheme::RsaPss, Hash::None),
];

const ED25519: &str = "1.3.101.112";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const MGF1: &str = "1.2.840.113549.1.1.8";

const UNSUPPORTED: &str = "x509: cannot verify signature: algorithm unimplemented";

impl Algorithm {
    /// `None` for one that Go does not know.
    pub(super) fn of(oid: &str, parameters: &[u8]) -> Option<Self> {
        if oid == RSA_PSS {
            return pss(Der(parameters));
        }
        if oid == ED25519 && !parameters.is_empty() {
            return None;
        }
        let mut known = ALGORITHMS.into_iter();
        let (_, name, scheme, hash) = known.find(|(known, ..)| *known == oid)?;
        Some(Self { name, scheme, hash })
    }
}

/// RFC 8017, appendix A.2.3: the three combinations that Go takes, one hash for all and salt of its length.
fn pss(mut parameters: Der<'_>) -> Option<Algorithm> {
    let mut parameters = parameters.read(tag::SEQUENCE)?;
    let mut identifier = |number| {
        let identifier = parameters
            .read(tag::explicit(number))?
            .read(tag::SEQUENCE)?;
        algorithm_identifier(identifier).ok()
    };
    let (hash, hash_parameters) = identifier(0)?;
    let (mgf, mgf_parameters) = identifier(1)?;
    let salt = parameters
        .read(tag::explicit(2))?
        .integer()
        .and_then(small)?;
    let trailer = match parameters.read_optional(tag::explicit(3))? {
        None => 1,
        Some(mut trailer) => trailer.integer().and_then(small)?,
    };
    let inner = Der(mgf_parameters).read(tag::SEQUENCE)?;
    let (mgf_hash, mgf_hash_parameters) = algorithm_identifier(inner).ok()?;
    let plain = |parameters: &[u8]| parameters.is_empty() || parameters == [tag::NULL, 0];
    let one_hash = mgf == MGF1 && mgf_hash == hash && trailer == 1;
    if !one_hash || !plain(hash_parameters) || !plain(mgf_hash_parameters) {
        return None;
    }
    let (name, hash) = match (hash.as_str(), salt) {
        ("2.16.840.1.101.3.4.2.1", 32) => ("SHA256-RSAPSS", Hash::Sha256),
        ("2.16.840.1.101.3.4.2.2", 48) => ("SHA384-RSAPSS", Hash::Sha384),
        ("2.16.840.1.101.3.4.2.3", 64) => ("SHA512-RSAPSS", Hash::Sha512),
        _ => return None,
    };
    Some(Algorithm {
        name,
        scheme: Scheme::RsaPss,
        hash,
    })
}

impl Hash {
    fn of(self, signed: &[u8]) -> Vec<u8> {
        match self {
            Self::None | Self::Broken => signed.to_vec(),
            Self::Sha256 => Sha256::digest(signed).to_vec(),
            Self::Sha384 => Sha384::digest(signed).to_vec(),
            Self::Sha512 => Sha512::digest(signed).to_vec(),
        }
    }
}

/// The error is Go's of `CheckSignatureFrom`.
pub(super) fn verify(certificate: &Certificate, issuer: &Certificate) -> Result<(), String> {
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
