//! Keys of every kind that a certificate may have, and what they sign with.

use chacha20::ChaCha20Rng;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use rsa::pss::Pss;
use rsa::sha2::{Digest, Sha256, Sha384, Sha512};
use rsa::traits::PublicKeyParts;

use crate::der::{Node, bits, explicit, integer, null, oid, primitive, sequence, unsigned};

#[derive(Clone)]
pub(crate) enum Key {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
    Rsa(Box<rsa::PrivateKey>),
}

const EC: &str = "1.2.840.10045.2.1";

impl Key {
    pub(crate) fn of(key: &hardway::PrivateKey) -> Self {
        let der = key.to_pkcs8_der().unwrap();
        let der = der.as_bytes();
        if let Ok(key) = p256::ecdsa::SigningKey::from_pkcs8_der(der) {
            return Self::P256(key);
        }
        if let Ok(key) = p384::ecdsa::SigningKey::from_pkcs8_der(der) {
            return Self::P384(key);
        }
        Self::Rsa(Box::new(rsa::PrivateKey::from_pkcs8_der(der).unwrap()))
    }

    pub(crate) fn ed25519(secret: u8) -> Self {
        Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[secret; 32]))
    }

    pub(crate) fn p521(secret: u8) -> Self {
        let mut scalar = [secret; 66];
        scalar[0] = 0;
        Self::P521(p521::ecdsa::SigningKey::from_slice(&scalar).unwrap())
    }

    pub(crate) fn rsa(bits: usize, rng: &mut ChaCha20Rng) -> Self {
        Self::Rsa(Box::new(rsa::PrivateKey::new_unchecked(rng, bits).unwrap()))
    }

    pub(crate) fn spki(&self) -> Node {
        match self {
            Self::P256(key) => ec(
                "1.2.840.10045.3.1.7",
                key.verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Self::P384(key) => ec(
                "1.3.132.0.34",
                key.verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Self::P521(key) => ec(
                "1.3.132.0.35",
                key.verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Self::Ed25519(key) => {
                let algorithm = sequence(vec![oid("1.3.101.112")]);
                sequence(vec![algorithm, bits(key.verifying_key().as_bytes())])
            }
            Self::Rsa(key) => rsa_spki(
                unsigned(&key.n().to_be_bytes()),
                unsigned(&key.e().to_be_bytes()),
            ),
        }
    }

    pub(crate) fn pkcs8(&self) -> Vec<u8> {
        let wrapped = |algorithm: Vec<Node>, key: Node| {
            let key = primitive(0x04, key.encode());
            sequence(vec![integer([0]), sequence(algorithm), key]).encode()
        };
        match self {
            Self::P256(key) => key.to_pkcs8_der().unwrap().as_bytes().to_vec(),
            Self::P384(key) => key.to_pkcs8_der().unwrap().as_bytes().to_vec(),
            Self::P521(key) => {
                let secret = sequence(vec![integer([1]), primitive(0x04, key.to_bytes())]);
                wrapped(vec![oid(EC), oid("1.3.132.0.35")], secret)
            }
            Self::Ed25519(key) => {
                wrapped(vec![oid("1.3.101.112")], primitive(0x04, key.to_bytes()))
            }
            Self::Rsa(key) => key.to_pkcs8_der().unwrap().as_bytes().to_vec(),
        }
    }

    /// The scheme that is usual for it.
    pub(crate) fn usual(&self) -> Scheme {
        match self {
            Self::P256(_) | Self::Rsa(_) => Scheme::Sha256,
            Self::P384(_) => Scheme::Sha384,
            Self::P521(_) => Scheme::Sha512,
            Self::Ed25519(_) => Scheme::Ed25519,
        }
    }

    pub(crate) fn sign(&self, scheme: Scheme, message: &[u8], rng: &mut ChaCha20Rng) -> Vec<u8> {
        let digest = match scheme {
            Scheme::Sha384 | Scheme::Pss384 => Sha384::digest(message).to_vec(),
            Scheme::Sha512 | Scheme::Pss512 => Sha512::digest(message).to_vec(),
            _ => Sha256::digest(message).to_vec(),
        };
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::DerSignature = key.sign_prehash(&digest).unwrap();
                signature.as_bytes().to_vec()
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::DerSignature = key.sign_prehash(&digest).unwrap();
                signature.as_bytes().to_vec()
            }
            Self::P521(key) => {
                let mut full = vec![0; 66 - digest.len()];
                full.extend(&digest);
                let signature: p521::ecdsa::DerSignature = key.sign_prehash(&full).unwrap();
                signature.as_bytes().to_vec()
            }
            Self::Ed25519(key) => ed25519_dalek::Signer::sign(key, message)
                .to_bytes()
                .to_vec(),
            Self::Rsa(key) => rsa_sign(key, scheme, &digest, rng),
        }
    }
}

fn rsa_sign(
    key: &rsa::PrivateKey,
    scheme: Scheme,
    digest: &[u8],
    rng: &mut ChaCha20Rng,
) -> Vec<u8> {
    let signed = match scheme {
        Scheme::Pss256 => key.sign_with_rng(rng, Pss::<Sha256>::new_with_salt(32), digest),
        Scheme::Pss384 => key.sign_with_rng(rng, Pss::<Sha384>::new_with_salt(48), digest),
        Scheme::Pss512 => key.sign_with_rng(rng, Pss::<Sha512>::new_with_salt(64), digest),
        Scheme::Sha384 => key.sign(Pkcs1v15Sign::new::<Sha384>(), digest),
        Scheme::Sha512 => key.sign(Pkcs1v15Sign::new::<Sha512>(), digest),
        _ => key.sign(Pkcs1v15Sign::new::<Sha256>(), digest),
    };
    // Too small a key for the hash: any octets will do.
    signed.unwrap_or_else(|_| vec![1; key.size()])
}

fn ec(curve: &str, point: &[u8]) -> Node {
    sequence(vec![sequence(vec![oid(EC), oid(curve)]), bits(point)])
}

pub(crate) fn rsa_spki(modulus: Node, exponent: Node) -> Node {
    let key = sequence(vec![modulus, exponent]).encode();
    sequence(vec![
        sequence(vec![oid("1.2.840.113549.1.1.1"), null()]),
        bits(&key),
    ])
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Scheme {
    Sha256,
    Sha384,
    Sha512,
    Pss256,
    Pss384,
    Pss512,
    Ed25519,
    /// These are only named; what is signed is signed with SHA-256.
    Sha1,
    Md5,
    Unknown,
}

impl Scheme {
    pub(crate) const ALL: [Self; 10] = [
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
        Self::Pss256,
        Self::Pss384,
        Self::Pss512,
        Self::Ed25519,
        Self::Sha1,
        Self::Md5,
        Self::Unknown,
    ];

    /// The `AlgorithmIdentifier` that a key of this kind has for it.
    pub(crate) fn identifier(self, key: &Key) -> Node {
        let rsa = matches!(key, Key::Rsa(_));
        let plain = |rsa_oid: &str, ec_oid: &str| {
            if rsa {
                sequence(vec![oid(rsa_oid), null()])
            } else {
                sequence(vec![oid(ec_oid)])
            }
        };
        match self {
            Self::Sha256 => plain("1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"),
            Self::Sha384 => plain("1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3"),
            Self::Sha512 => plain("1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4"),
            Self::Sha1 => plain("1.2.840.113549.1.1.5", "1.2.840.10045.4.1"),
            Self::Md5 => plain("1.2.840.113549.1.1.4", "1.2.840.113549.1.1.4"),
            Self::Unknown => plain("1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1"),
            Self::Ed25519 => sequence(vec![oid("1.3.101.112")]),
            Self::Pss256 => pss("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.1", 32, None),
            Self::Pss384 => pss("2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.2", 48, None),
            Self::Pss512 => pss("2.16.840.1.101.3.4.2.3", "2.16.840.1.101.3.4.2.3", 64, None),
        }
    }
}

/// RFC 8017, appendix A.2.3.
pub(crate) fn pss(hash: &str, mgf_hash: &str, salt: u8, trailer: Option<u8>) -> Node {
    let algorithm = |name: &str| sequence(vec![oid(name), null()]);
    let mgf = sequence(vec![oid("1.2.840.113549.1.1.8"), algorithm(mgf_hash)]);
    let mut parameters = vec![
        explicit(0, algorithm(hash)),
        explicit(1, mgf),
        explicit(2, integer([salt])),
    ];
    parameters.extend(trailer.map(|trailer| explicit(3, integer([trailer]))));
    sequence(vec![oid("1.2.840.113549.1.1.10"), sequence(parameters)])
}
