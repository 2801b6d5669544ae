//! Private keys: made, read, written, and used to sign.

use p256::elliptic_curve::Generate;
use rcgen::PublicKeyData as _;
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs8::{
    DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding, ObjectIdentifier,
    SecretDocument,
};
use rsa::rand_core::TryCryptoRng;
use rsa::traits::PublicKeyParts;
use zeroize::Zeroizing;

mod keys;
mod maker;
mod randomness;
pub mod search;
mod sign;

pub use self::keys::Keys;
pub use self::maker::KeyMaker;
pub use self::randomness::{NoRandomness, Randomness};
pub(crate) use self::sign::{PublicKey, Signer};
use crate::import::Public;
use crate::{Error, KeyAlgorithm};

/// A private key. It is wiped from memory when dropped, and never printed.
pub struct PrivateKey(Material);

/// The libraries' keys, each of which wipes itself. Boxed: a key that is moved about would leave its numbers on the stack.
enum Material {
    P256(Box<p256::ecdsa::SigningKey>),
    P384(Box<p384::ecdsa::SigningKey>),
    Rsa(Box<rsa::PrivateKey>),
}

impl PrivateKey {
    /// Makes one new key. A [`KeyMaker`] makes several with less preparation.
    ///
    /// # Errors
    ///
    /// [`Error::Randomness`] when `rng` fails: then there is no key, not a weaker one.
    pub fn generate(algorithm: KeyAlgorithm, rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        KeyMaker::default()
            .generate(algorithm, rng)
            .map(|(key, _)| key)
    }

    /// Reads PKCS#8 DER (RFC 5958) and checks that the numbers form a key. `id` names it in the error.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`].
    pub fn from_pkcs8_der(der: &[u8], id: &str) -> Result<Self, Error> {
        let invalid = |found: &dyn ToString| Error::InvalidKey {
            id: id.to_owned(),
            found: found.to_string(),
        };
        let info = rsa::pkcs8::PrivateKeyInfoRef::try_from(der).map_err(|error| invalid(&error))?;
        let material = match info.algorithm.parameters_oid() {
            Ok(SECP256R1) => {
                p256::ecdsa::SigningKey::try_from(info).map(|key| Material::P256(Box::new(key)))
            }
            Ok(SECP384R1) => {
                p384::ecdsa::SigningKey::try_from(info).map(|key| Material::P384(Box::new(key)))
            }
            _ => rsa::PrivateKey::from_pkcs8_der(der).map(|key| Material::Rsa(Box::new(key))),
        };
        material.map(Self).map_err(|error| invalid(&error))
    }

    /// Writes PKCS#8 DER, wiped when dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn to_pkcs8_der(&self) -> Result<SecretDocument, Error> {
        match &self.0 {
            Material::P256(key) => key.to_pkcs8_der(),
            Material::P384(key) => key.to_pkcs8_der(),
            Material::Rsa(key) => key.to_pkcs8_der(),
        }
        .map_err(|error| crate::error::encoding("a private key")(&error))
    }

    /// Writes PKCS#8 PEM, as `openssl genrsa` of OpenSSL 3 does; wiped when dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn to_pkcs8_pem(&self) -> Result<Zeroizing<String>, Error> {
        match &self.0 {
            Material::P256(key) => key.to_pkcs8_pem(LineEnding::LF),
            Material::P384(key) => key.to_pkcs8_pem(LineEnding::LF),
            Material::Rsa(key) => key.to_pkcs8_pem(LineEnding::LF),
        }
        .map_err(|error| crate::error::encoding("a private key")(&error))
    }

    /// Writes the public half, as `openssl pkey -pubout` does.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn to_public_key_pem(&self) -> Result<String, Error> {
        match &self.0 {
            Material::P256(key) => key.verifying_key().to_public_key_pem(LineEnding::LF),
            Material::P384(key) => key.verifying_key().to_public_key_pem(LineEnding::LF),
            Material::Rsa(key) => key.to_public_key().to_public_key_pem(LineEnding::LF),
        }
        .map_err(|error| crate::error::encoding("a public key")(&error))
    }

    /// The public half: subjectPublicKeyInfo (RFC 5280, section 4.1.2.7), DER.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn to_public_key_der(&self) -> Result<Vec<u8>, Error> {
        Ok(self.public_key()?.subject_public_key_info())
    }

    /// The public half, in a form that can be compared.
    pub(crate) fn public(&self) -> Result<Public, Error> {
        let der = self.to_public_key_der()?;
        Public::of_spki(&der).ok_or_else(|| crate::error::encoding("a public key")(&"no key"))
    }

    /// What a description would call it: `rsa-2048`.
    pub fn algorithm_name(&self) -> String {
        match &self.0 {
            Material::P256(_) => KeyAlgorithm::EcdsaP256.id().to_owned(),
            Material::P384(_) => KeyAlgorithm::EcdsaP384.id().to_owned(),
            Material::Rsa(key) => format!("rsa-{}", key.n().bit_width()),
        }
    }

    /// The public half as rcgen wants it.
    pub(crate) fn public_key(&self) -> Result<PublicKey, Error> {
        Ok(match &self.0 {
            Material::P256(key) => {
                PublicKey::p256(key.verifying_key().to_sec1_point(false).as_bytes())
            }
            Material::P384(key) => {
                PublicKey::p384(key.verifying_key().to_sec1_point(false).as_bytes())
            }
            Material::Rsa(key) => {
                let der = key
                    .as_public_key()
                    .to_pkcs1_der()
                    .map_err(|error| crate::error::encoding("a public key")(&error))?;
                PublicKey::rsa(der.as_bytes())
            }
        })
    }

    /// Ready to sign certificates and requests.
    pub(crate) fn signer(&self) -> Result<Signer<'_>, Error> {
        Ok(Signer::new(&self.0, self.public_key()?))
    }

    fn p256(rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        Ok(Self(Material::P256(elliptic(rng)?)))
    }

    fn p384(rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        Ok(Self(Material::P384(elliptic(rng)?)))
    }

    fn rsa(key: rsa::PrivateKey) -> Self {
        Self(Material::Rsa(Box::new(key)))
    }
}

/// A random scalar below the curve's order, by rejection (FIPS 186-5, appendix A.2.2).
fn elliptic<Key: Generate>(rng: &mut impl TryCryptoRng) -> Result<Box<Key>, Error> {
    let made = Key::try_generate_from_rng(rng).map(Box::new);
    made.map_err(|error| Error::Randomness {
        found: error.to_string(),
    })
}

/// RFC 8017, appendix C; RFC 5480, section 2.1.1.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const SECP256R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const SECP384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
