//! The signature algorithms that Go knows, and what their identifiers say.

use rsa::sha2::{Digest, Sha256, Sha384, Sha512};

use super::der::{Der, small, tag};
use super::public_key::algorithm_identifier;

/// A signature algorithm that Go knows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Algorithm {
    /// What Go calls it.
    pub(super) name: &'static str,
    pub(super) scheme: Scheme,
    pub(super) hash: Hash,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Scheme {
    Dsa,
    Ecdsa,
    Ed25519,
    RsaPkcs1,
    RsaPss,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Hash {
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
    pub(super) fn of(self, signed: &[u8]) -> Vec<u8> {
        match self {
            Self::None | Self::Broken => signed.to_vec(),
            Self::Sha256 => Sha256::digest(signed).to_vec(),
            Self::Sha384 => Sha384::digest(signed).to_vec(),
            Self::Sha512 => Sha512::digest(signed).to_vec(),
        }
    }
}
