//! Private keys: made, read, written, and used to sign.

use std::collections::BTreeMap;

use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding, SecretDocument};
use rsa::rand_core::TryCryptoRng;
use rsa::traits::PublicKeyParts;
use zeroize::Zeroizing;

mod sign;

pub(crate) use self::sign::{PublicKey, Signer};
use crate::{Error, KeyAlgorithm, Plan};

/// A private key. It is wiped from memory when dropped, and never printed.
pub struct PrivateKey(rsa::PrivateKey);

impl PrivateKey {
    /// Makes a new key, with the public exponent 65537.
    ///
    /// # Errors
    ///
    /// [`Error::Randomness`] when `rng` fails: then there is no key, not a weaker one.
    pub fn generate(algorithm: KeyAlgorithm, rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        let bits = match algorithm {
            KeyAlgorithm::Rsa2048 => 2048,
            KeyAlgorithm::Rsa3072 => 3072,
            KeyAlgorithm::Rsa4096 => 4096,
            KeyAlgorithm::EcdsaP256 | KeyAlgorithm::EcdsaP384 => {
                return Err(Error::Encoding {
                    what: format!("a key of {}", algorithm.id()),
                    found: "this build makes RSA keys only".to_owned(),
                });
            }
        };
        rsa::PrivateKey::new(rng, bits)
            .map(Self)
            .map_err(|error| Error::Randomness {
                found: error.to_string(),
            })
    }

    /// Reads PKCS#8 DER (RFC 5958) and checks that the numbers form a key. `id` names it in the error.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`].
    pub fn from_pkcs8_der(der: &[u8], id: &str) -> Result<Self, Error> {
        rsa::PrivateKey::from_pkcs8_der(der)
            .map(Self)
            .map_err(|error| Error::InvalidKey {
                id: id.to_owned(),
                found: error.to_string(),
            })
    }

    /// Writes PKCS#8 DER, wiped when dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn to_pkcs8_der(&self) -> Result<SecretDocument, Error> {
        self.0
            .to_pkcs8_der()
            .map_err(|error| crate::error::encoding("a private key")(&error))
    }

    /// Writes PKCS#8 PEM, as `openssl genrsa` of OpenSSL 3 does; wiped when dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn to_pkcs8_pem(&self) -> Result<Zeroizing<String>, Error> {
        self.0
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|error| crate::error::encoding("a private key")(&error))
    }

    /// Writes the public half, as `openssl pkey -pubout` does.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn to_public_key_pem(&self) -> Result<String, Error> {
        self.0
            .to_public_key()
            .to_public_key_pem(LineEnding::LF)
            .map_err(|error| crate::error::encoding("a public key")(&error))
    }

    /// What a description would call it: `rsa-2048`.
    pub fn algorithm_name(&self) -> String {
        format!("rsa-{}", self.0.n().bit_width())
    }

    /// The public half as rcgen wants it.
    pub(crate) fn public_key(&self) -> Result<PublicKey, Error> {
        let der = self
            .0
            .to_public_key()
            .to_pkcs1_der()
            .map_err(|error| crate::error::encoding("a public key")(&error))?;
        Ok(PublicKey::rsa(der.into_vec()))
    }

    /// Ready to sign certificates and requests.
    pub(crate) fn signer(&self) -> Result<Signer<'_>, Error> {
        Ok(Signer::new(&self.0, self.public_key()?))
    }
}

/// The private keys of a plan, by certificate.
#[derive(Default)]
pub struct Keys(BTreeMap<String, PrivateKey>);

impl Keys {
    /// Makes every key of the plan, in the plan's order.
    ///
    /// # Errors
    ///
    /// [`Error::Randomness`].
    pub fn generate(plan: &Plan, rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        let mut keys = Self::default();
        for certificate in &plan.certificates {
            keys.insert(
                plan,
                &certificate.id,
                PrivateKey::generate(certificate.key_algorithm, rng)?,
            )?;
        }
        Ok(keys)
    }

    /// Adds the key of one certificate; an earlier one is replaced.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownCertificate`] or [`Error::WrongKeyAlgorithm`].
    pub fn insert(&mut self, plan: &Plan, id: &str, key: PrivateKey) -> Result<(), Error> {
        let planned = plan
            .certificate(id)
            .ok_or_else(|| Error::UnknownCertificate { id: id.to_owned() })?;
        if key.algorithm_name() != planned.key_algorithm.id() {
            return Err(Error::WrongKeyAlgorithm {
                id: id.to_owned(),
                expected: planned.key_algorithm.id().to_owned(),
                found: key.algorithm_name(),
            });
        }
        self.0.insert(id.to_owned(), key);
        Ok(())
    }

    /// The key of one certificate.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`].
    pub fn of(&self, id: &str) -> Result<&PrivateKey, Error> {
        self.0
            .get(id)
            .ok_or_else(|| Error::KeyMissing { id: id.to_owned() })
    }
}
