//! Public keys, written in one way whatever file they come from.

use rsa::pkcs1::RsaPublicKeyRef;
use rsa::pkcs8::SubjectPublicKeyInfoRef;
use rsa::pkcs8::der::asn1::{AnyRef, BitStringRef};
use rsa::pkcs8::der::{Decode, Encode};
use rsa::pkcs8::{AlgorithmIdentifierRef, ObjectIdentifier};

use super::Public;

impl Public {
    /// Of a subjectPublicKeyInfo, DER. `None` if it is none.
    pub fn of_spki(der: &[u8]) -> Option<Self> {
        let info = SubjectPublicKeyInfoRef::from_der(der).ok()?;
        let bits = info.subject_public_key.as_bytes()?;
        match info.algorithm.oid {
            RSA => Self::of_pkcs1(bits),
            // A compressed point stays as it is: no component of Kubernetes reads one.
            EC => Some(Self {
                spki: der.to_vec(),
                algorithm: curve_name(info.algorithm.parameters_oid().ok()?),
            }),
            other => Some(Self {
                spki: der.to_vec(),
                algorithm: algorithm_name(other),
            }),
        }
    }

    /// Of an `RSAPublicKey` (RFC 8017, appendix A.1.1), DER. `None` if it is none.
    pub fn of_pkcs1(der: &[u8]) -> Option<Self> {
        let key = RsaPublicKeyRef::from_der(der).ok()?;
        let modulus = key.modulus.as_bytes();
        let bits = modulus.len() * 8 - modulus.first()?.leading_zeros() as usize;
        let spki = SubjectPublicKeyInfoRef {
            algorithm: AlgorithmIdentifierRef {
                oid: RSA,
                parameters: Some(AnyRef::NULL),
            },
            subject_public_key: BitStringRef::from_bytes(der).ok()?,
        };
        Some(Self {
            spki: spki.to_der().ok()?,
            algorithm: format!("rsa-{bits}"),
        })
    }

    /// What stands in the place of a key in something that is read otherwise: it is like nothing but itself.
    pub(super) fn unread(spki: &[u8]) -> Self {
        Self {
            spki: spki.to_vec(),
            algorithm: String::from("unknown"),
        }
    }
}

/// The word for a curve.
pub(super) fn curve_name(curve: ObjectIdentifier) -> String {
    let known = CURVES.iter().find(|(known, _)| *known == curve);
    known.map_or_else(
        || format!("ecdsa-{curve}"),
        |(_, name)| format!("ecdsa-{name}"),
    )
}

/// The word for an algorithm that has no parameters worth a word.
pub(super) fn algorithm_name(oid: ObjectIdentifier) -> String {
    let known = ALGORITHMS.iter().find(|(known, _)| *known == oid);
    known.map_or_else(|| oid.to_string(), |(_, name)| (*name).to_owned())
}

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

/// RFC 8017, appendix C; RFC 5480, section 2.1.1.
pub(super) const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
pub(super) const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");
pub(super) const ED25519: ObjectIdentifier = oid("1.3.101.112");
pub(super) const P256: ObjectIdentifier = oid("1.2.840.10045.3.1.7");
pub(super) const P384: ObjectIdentifier = oid("1.3.132.0.34");
pub(super) const P521: ObjectIdentifier = oid("1.3.132.0.35");

const CURVES: [(ObjectIdentifier, &str); 8] = [
    (P256, "p256"),
    (P384, "p384"),
    (P521, "p521"),
    (oid("1.3.132.0.33"), "p224"),
    (oid("1.3.132.0.10"), "secp256k1"),
    (oid("1.3.36.3.3.2.8.1.1.7"), "brainpoolP256r1"),
    (oid("1.3.36.3.3.2.8.1.1.11"), "brainpoolP384r1"),
    (oid("1.3.36.3.3.2.8.1.1.13"), "brainpoolP512r1"),
];

/// RFC 8410, RFC 3279, RFC 4055.
const ALGORITHMS: [(ObjectIdentifier, &str); 6] = [
    (ED25519, "ed25519"),
    (oid("1.3.101.113"), "ed448"),
    (oid("1.3.101.110"), "x25519"),
    (oid("1.3.101.111"), "x448"),
    (oid("1.2.840.10040.4.1"), "dsa"),
    (oid("1.2.840.113549.1.1.10"), "rsa-pss"),
];
