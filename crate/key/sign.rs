//! RSA keys behind rcgen's traits.

use getrandom::SysRng;
use rcgen::{PKCS_RSA_SHA256, PublicKeyData, SignatureAlgorithm, SigningKey};
use rsa::Pkcs1v15Sign;
use rsa::sha2::{Digest, Sha256};

/// The public half of a key pair.
pub(crate) struct PublicKey {
    /// The content of `subjectPublicKey`: for RSA, `RSAPublicKey` (RFC 8017, appendix A.1.1).
    subject_public_key: Vec<u8>,
}

/// A private key that signs with PKCS#1 v1.5 and SHA-256.
pub(crate) struct Signer<'a> {
    key: &'a rsa::PrivateKey,
    public_key: PublicKey,
}

impl PublicKey {
    pub(super) fn rsa(subject_public_key: Vec<u8>) -> Self {
        Self { subject_public_key }
    }

    /// RFC 7093, section 2, method 1: the leftmost 160 bits of the SHA-256 of subjectPublicKey.
    pub(crate) fn key_identifier(&self) -> Vec<u8> {
        Sha256::digest(&self.subject_public_key)[..20].to_vec()
    }
}

impl<'a> Signer<'a> {
    pub(super) fn new(key: &'a rsa::PrivateKey, public_key: PublicKey) -> Self {
        Self { key, public_key }
    }

    pub(crate) fn public_key(&self) -> &PublicKey {
        &self.public_key
    }
}

impl PublicKeyData for PublicKey {
    fn der_bytes(&self) -> &[u8] {
        &self.subject_public_key
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_RSA_SHA256
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
        // The system's randomness blinds the exponentiation only: the signature is the same without it, so the
        // promise of the same bytes for the same inputs holds.
        self.key
            .sign_with_rng(
                &mut SysRng,
                Pkcs1v15Sign::new::<Sha256>(),
                &Sha256::digest(message),
            )
            .map_err(|_| rcgen::Error::RemoteKeyError)
    }
}
