//! Private keys behind a passphrase: PKCS#8 (RFC 5958) and PKCS#12 (RFC 7292), both by PBES2 (RFC 8018) with PBKDF2, HMAC-SHA-256 and
//! AES-256-CBC. What opens them again is [`import`](crate::import).

mod pkcs12;

use cbc::Encryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};
use pkcs5::EncryptionScheme;
use pkcs5::pbes2::Parameters;
use rsa::pkcs8::LineEnding;
use rsa::pkcs8::der::{Encode, pem};
use rsa::rand_core::TryCryptoRng;
use rsa::sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub use self::pkcs12::{pkcs12, pkcs12_of};
use crate::error::encoding;
use crate::renew::Refused;
use crate::verify::der::tag;
use crate::{Error, PrivateKey, tlv};

/// A passphrase that is long enough. It is wiped from memory when dropped.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes it, and wipes it if it is too short.
    ///
    /// # Errors
    ///
    /// [`Refused::PassphraseShort`], as [`Error::Renew`].
    pub fn new(passphrase: Zeroizing<String>) -> Result<Self, Error> {
        let length = passphrase.chars().count();
        if length < SHORTEST || passphrase.trim().is_empty() {
            let found = length.to_string();
            let limit = SHORTEST;
            return Err(Refused::PassphraseShort { found, limit }.into());
        }
        Ok(Self(passphrase))
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

/// Seals any number of keys with one passphrase. What it derives from that is derived once, and wiped when dropped.
pub struct Sealer {
    key: Zeroizing<[u8; 32]>,
    salt: [u8; 16],
    seed: Zeroizing<[u8; 32]>,
}

impl Sealer {
    /// Draws the salt. It takes a moment: [`ROUNDS`].
    ///
    /// # Errors
    ///
    /// [`Error::Randomness`].
    pub fn new(passphrase: &Passphrase, rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        let mut sealer = Self {
            key: Zeroizing::new([0; 32]),
            salt: [0; 16],
            seed: Zeroizing::new([0; 32]),
        };
        fill(rng, &mut sealer.salt)?;
        fill(rng, &mut *sealer.seed)?;
        let password = passphrase.text().as_bytes();
        pbkdf2::pbkdf2_hmac::<Sha256>(password, &sealer.salt, ROUNDS, &mut *sealer.key);
        Ok(sealer)
    }

    /// An `EncryptedPrivateKeyInfo`, PEM, as `openssl pkcs8 -topk8` writes it.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn pem(&self, key: &PrivateKey) -> Result<String, Error> {
        let der = self.key_info(key)?;
        pem::encode_string("ENCRYPTED PRIVATE KEY", LineEnding::LF, &der)
            .map_err(|error| encoding("a sealed key")(&error))
    }

    fn key_info(&self, key: &PrivateKey) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (algorithm, sealed) = self.seal(key.to_pkcs8_der()?.as_bytes())?;
        let sealed = tlv::element(tag::OCTET_STRING, &[&sealed]);
        Ok(tlv::element(tag::SEQUENCE, &[&algorithm, &sealed]))
    }

    /// `AlgorithmIdentifier`, DER, and what is sealed.
    fn seal(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Error> {
        let failed = encoding("a sealed key");
        // Another one for each content, and the same for the same: a bundle has most keys in two places.
        let hash = Sha256::new_with_prefix(self.seed.as_slice())
            .chain_update(plain)
            .finalize();
        let mut iv = [0; 16];
        iv.copy_from_slice(&hash[..16]);
        let parameters = Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &self.salt, iv);
        let algorithm = parameters.map(|parameters| EncryptionScheme::from(parameters).to_der());
        let Ok(Ok(algorithm)) = algorithm else {
            return Err(failed(&"PBES2"));
        };
        // Padding is at least one octet, at most a block.
        let mut buffer = Zeroizing::new(vec![0; plain.len() + 16]);
        buffer[..plain.len()].copy_from_slice(plain);
        let cipher = Encryptor::<aes::Aes256>::new((&*self.key).into(), (&iv).into());
        let sealed = cipher.encrypt_padded::<Pkcs7>(&mut buffer, plain.len());
        let sealed = sealed.map_err(|error| failed(&error))?.to_vec();
        Ok((algorithm, sealed))
    }
}

fn fill(rng: &mut impl TryCryptoRng, bytes: &mut [u8]) -> Result<(), Error> {
    rng.try_fill_bytes(bytes)
        .map_err(|error| Error::Randomness {
            found: error.to_string(),
        })
}

/// Rounds of PBKDF2 with HMAC-SHA-256: <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>. Not scrypt: with
/// the memory that is advised for it openssl would refuse to open the file.
pub const ROUNDS: u32 = 600_000;

/// Characters. Whoever has the file may try as often as they like.
pub const SHORTEST: usize = 12;
