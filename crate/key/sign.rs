//! Keys behind rcgen's traits.

use std::cell::OnceCell;

use p256::ecdsa::signature::Signer as _;
use rcgen::{
    PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_RSA_SHA256, PublicKeyData,
    SignatureAlgorithm, SigningKey,
};
use rsa::Pkcs1v15Sign;
use rsa::pkcs8::SubjectPublicKeyInfoRef;
use rsa::pkcs8::der::Decode;
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::sha2::{Digest, Sha256};

use super::{EC, Material, RSA, Randomness, SECP256R1, SECP384R1};
use crate::Error;
use crate::error::encoding;

/// The public half of a key pair.
#[derive(Clone)]
pub(crate) struct PublicKey {
    /// The content of `subjectPublicKey`: for RSA, `RSAPublicKey` (RFC 8017, appendix A.1.1); for ECDSA, the uncompressed
    /// point (RFC 5480, section 2.2).
    subject_public_key: Vec<u8>,
    /// What the private half signs with.
    algorithm: &'static SignatureAlgorithm,
}

/// A private key that signs with PKCS#1 v1.5 and SHA-256, or with ECDSA and the hash of its curve's size.
pub(crate) struct Signer<'a> {
    key: &'a Material,
    public_key: PublicKey,
    /// What the source of randomness said if it failed: rcgen's errors carry no reason.
    refused: OnceCell<String>,
}

impl PublicKey {
    pub(super) fn p256(point: &[u8]) -> Self {
        Self::new(point, &PKCS_ECDSA_P256_SHA256)
    }

    pub(super) fn p384(point: &[u8]) -> Self {
        Self::new(point, &PKCS_ECDSA_P384_SHA384)
    }

    pub(super) fn rsa(pkcs1: &[u8]) -> Self {
        Self::new(pkcs1, &PKCS_RSA_SHA256)
    }

    /// Of subjectPublicKeyInfo, DER. `None` for a key that this crate does not sign with.
    pub(crate) fn of_spki(der: &[u8]) -> Option<Self> {
        let info = SubjectPublicKeyInfoRef::from_der(der).ok()?;
        let key = info.subject_public_key.as_bytes()?;
        match (info.algorithm.oid, info.algorithm.parameters_oid()) {
            (RSA, _) => Some(Self::rsa(key)),
            // Not a compressed point, which no component of Kubernetes reads.
            (EC, Ok(SECP256R1)) if key.first() == Some(&4) => Some(Self::p256(key)),
            (EC, Ok(SECP384R1)) if key.first() == Some(&4) => Some(Self::p384(key)),
            _ => None,
        }
    }

    /// Whether it can also encrypt.
    pub(crate) fn encrypts(&self) -> bool {
        self.algorithm == &PKCS_RSA_SHA256
    }

    fn new(subject_public_key: &[u8], algorithm: &'static SignatureAlgorithm) -> Self {
        Self {
            subject_public_key: subject_public_key.to_vec(),
            algorithm,
        }
    }

    /// RFC 7093, section 2, method 1: the leftmost 160 bits of the SHA-256 of subjectPublicKey.
    pub(crate) fn key_identifier(&self) -> Vec<u8> {
        Sha256::digest(&self.subject_public_key)[..20].to_vec()
    }
}

impl<'a> Signer<'a> {
    pub(super) fn new(key: &'a Material, public_key: PublicKey) -> Self {
        Self {
            key,
            public_key,
            refused: OnceCell::new(),
        }
    }

    pub(crate) fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// Why `what` was not signed.
    pub(crate) fn failure(&self, what: &'static str, error: &rcgen::Error) -> Error {
        match self.refused.get() {
            Some(found) => Error::Randomness {
                found: found.clone(),
            },
            None => encoding(what)(error),
        }
    }
}

/// Remembers what a source of randomness said when it failed.
struct Noted<'a> {
    source: Randomness,
    refused: &'a OnceCell<String>,
}

impl Noted<'_> {
    fn noted<T, Refusal: ToString>(&self, drawn: Result<T, Refusal>) -> Result<T, Refusal> {
        drawn.inspect_err(|refusal| {
            self.refused.get_or_init(|| refusal.to_string());
        })
    }
}

impl TryRng for Noted<'_> {
    type Error = <Randomness as TryRng>::Error;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let drawn = self.source.try_next_u32();
        self.noted(drawn)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let drawn = self.source.try_next_u64();
        self.noted(drawn)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        let drawn = self.source.try_fill_bytes(bytes);
        self.noted(drawn)
    }
}

impl TryCryptoRng for Noted<'_> {}

impl PublicKeyData for PublicKey {
    fn der_bytes(&self) -> &[u8] {
        &self.subject_public_key
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.algorithm
    }
}

impl PublicKeyData for Signer<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.public_key.der_bytes()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.public_key.algorithm()
    }
}

impl SigningKey for Signer<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        match self.key {
            // The nonce is derived from the key and the message (RFC 6979): no randomness, the same bytes every time.
            Material::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Material::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                Ok(signature.to_der().as_bytes().to_vec())
            }
            // The system's randomness blinds the exponentiation only: the signature is the same without it, so the
            // promise of the same bytes for the same inputs holds. Without it there is no signature.
            Material::Rsa(key) => key
                .sign_with_rng(
                    &mut Noted {
                        source: Randomness::default(),
                        refused: &self.refused,
                    },
                    Pkcs1v15Sign::new::<Sha256>(),
                    &Sha256::digest(message),
                )
                .map_err(|_| rcgen::Error::RemoteKeyError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::PrivateKey;
    use super::*;

    /// RFC 6979, appendices A.2.5 (P-256, SHA-256) and A.2.6 (P-384, SHA-384): the key, the message, r and s.
    #[test]
    fn nonces_are_those_of_rfc_6979() {
        for (line, [key, message, r, s]) in vectors() {
            let secret = hex(key);
            let material = match secret.len() {
                32 => p256::ecdsa::SigningKey::from_slice(&secret)
                    .map(|key| Material::P256(Box::new(key))),
                _ => p384::ecdsa::SigningKey::from_slice(&secret)
                    .map(|key| Material::P384(Box::new(key))),
            };
            let key = PrivateKey(material.unwrap());
            let signed = key.signer().unwrap().sign(message.as_bytes()).unwrap();
            let found = match &key.0 {
                Material::P256(_) => p256::ecdsa::Signature::from_der(&signed)
                    .unwrap()
                    .to_bytes()
                    .to_vec(),
                _ => p384::ecdsa::Signature::from_der(&signed)
                    .unwrap()
                    .to_bytes()
                    .to_vec(),
            };
            assert_eq!(found, [hex(r), hex(s)].concat(), "line {line}");
        }
    }

    fn vectors() -> Vec<(usize, [&'static str; 4])> {
        let lines = include_str!("../../tests/vectors/rfc6979.txt").lines();
        let lines = lines.enumerate().filter(|(_, line)| !line.starts_with('#'));
        let read = lines.map(|(at, line)| (at + 1, line.split(' ').collect::<Vec<_>>()));
        read.map(|(at, words)| (at, words.try_into().expect("four words")))
            .collect()
    }

    fn hex(digits: &str) -> Vec<u8> {
        let octet =
            |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        digits.as_bytes().chunks(2).map(octet).collect()
    }
}
