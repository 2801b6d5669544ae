//! An `AlgorithmIdentifier` of a password-based encryption: PBES2 (RFC 8018) and what PKCS#12 had before (RFC 7292, appendix C).

use pkcs5::EncryptionScheme;
use pkcs5::pbes2::{EncryptionScheme as Pbes2Cipher, Kdf, Parameters, Pbkdf2Prf};
use rsa::pkcs8::der::Decode;
use sha1::Sha1;
use zeroize::Zeroizing;

use super::cipher::Cipher;
use super::derive::{self, Purpose};
use crate::import::Problem;
use crate::import::limits::{MAX_ROUNDS, MAX_SCRYPT_BYTES};
use crate::verify::der::{Der, small, tag};

/// How something is sealed.
pub(super) enum Scheme {
    Pbes2(Box<Parameters>),
    Pkcs12 {
        cipher: Cipher,
        salt: Vec<u8>,
        rounds: u32,
    },
}

impl Scheme {
    /// Of a whole `AlgorithmIdentifier`; refused if it is of another kind, or would keep a browser busy for minutes.
    pub(super) fn of(algorithm: Der<'_>) -> Result<Self, Problem> {
        let parts = || {
            let mut algorithm = algorithm;
            let mut parts = algorithm.read(tag::SEQUENCE)?;
            Some((parts.oid()?, parts))
        };
        let (oid, parameters) = parts().ok_or_else(|| unknown(""))?;
        match PKCS12.iter().find(|(known, _)| *known == oid) {
            Some((_, cipher)) => {
                Self::pkcs12(*cipher, parameters).unwrap_or_else(|| Err(unknown(&oid)))
            }
            None => Self::pbes2(algorithm.0).ok_or_else(|| unknown(&oid))?,
        }
    }

    /// As openssl calls its parts.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Pbes2(parameters) => {
                format!(
                    "PBES2, {}, {}",
                    kdf(&parameters.kdf),
                    pbes2_cipher(&parameters.encryption)
                )
            }
            Self::Pkcs12 { cipher, rounds, .. } => {
                format!("PBE-SHA1, {rounds} rounds, {}", cipher.name())
            }
        }
    }

    /// `None` where the padding shows that the passphrase is another one.
    pub(super) fn open(&self, sealed: &[u8], passphrase: &str) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Pbes2(parameters) => {
                let mut bytes = Zeroizing::new(sealed.to_vec());
                let opened = parameters.decrypt_in_place(passphrase, &mut bytes);
                let length = opened.ok()?.len();
                bytes.truncate(length);
                Some(bytes)
            }
            Self::Pkcs12 {
                cipher,
                salt,
                rounds,
            } => {
                let derived = |purpose, length| {
                    derive::pkcs12::<Sha1>(purpose, passphrase, salt, *rounds, length)
                };
                let key = derived(Purpose::Key, cipher.key_size());
                let iv = derived(Purpose::Iv, cipher.block_size());
                cipher.open(&key, &iv, sealed)
            }
        }
    }

    /// `None` if the parameters are none.
    fn pkcs12(cipher: Cipher, mut parameters: Der<'_>) -> Option<Result<Self, Problem>> {
        let mut parameters = parameters.read(tag::SEQUENCE)?;
        let salt = parameters.read(tag::OCTET_STRING)?.0.to_vec();
        let rounds = rounds(parameters.integer()?);
        Some(rounds.map(|rounds| Self::Pkcs12 {
            cipher,
            salt,
            rounds,
        }))
    }

    /// `None` for a scheme that is not opened.
    fn pbes2(algorithm: &[u8]) -> Option<Result<Self, Problem>> {
        let scheme = EncryptionScheme::from_der(algorithm).ok()?;
        let parameters = scheme.pbes2()?;
        let affordable = affordable(&parameters.kdf);
        Some(affordable.map(|()| Self::Pbes2(Box::new(parameters.clone()))))
    }
}

/// The rounds of a derivation, unless they are too many.
pub(super) fn rounds(octets: &[u8]) -> Result<u32, Problem> {
    let rounds = small(octets).and_then(|rounds| u32::try_from(rounds).ok());
    rounds
        .filter(|rounds| *rounds <= MAX_ROUNDS)
        .ok_or_else(|| Problem::DerivationTooCostly {
            found: small(octets).map_or_else(
                || String::from("rounds without end"),
                |rounds| format!("{rounds} rounds"),
            ),
        })
}

fn affordable(kdf: &Kdf) -> Result<(), Problem> {
    let found = match kdf {
        Kdf::Pbkdf2(kdf) if kdf.iteration_count > MAX_ROUNDS => {
            format!("{} rounds", kdf.iteration_count)
        }
        Kdf::Scrypt(kdf) => {
            let block = 128 * u64::from(kdf.block_size);
            let bytes = kdf.cost_parameter.saturating_mul(block);
            // Each lane takes the same memory anew, and as much time.
            let bytes = bytes.saturating_mul(u64::from(kdf.parallelization));
            if bytes <= MAX_SCRYPT_BYTES {
                return Ok(());
            }
            format!("{bytes} bytes of scrypt")
        }
        _ => return Ok(()),
    };
    Err(Problem::DerivationTooCostly { found })
}

fn kdf(kdf: &Kdf) -> String {
    match kdf {
        Kdf::Pbkdf2(kdf) => {
            let hash = match kdf.prf {
                Pbkdf2Prf::HmacWithSha1 => "SHA1",
                Pbkdf2Prf::HmacWithSha224 => "SHA224",
                Pbkdf2Prf::HmacWithSha256 => "SHA256",
                Pbkdf2Prf::HmacWithSha384 => "SHA384",
                Pbkdf2Prf::HmacWithSha512 => "SHA512",
                _ => "HMAC",
            };
            format!("PBKDF2 with {hash}, {} rounds", kdf.iteration_count)
        }
        Kdf::Scrypt(kdf) => format!("scrypt, N {}", kdf.cost_parameter),
        _ => String::from("KDF"),
    }
}

fn pbes2_cipher(cipher: &Pbes2Cipher) -> &'static str {
    match cipher {
        Pbes2Cipher::Aes128Cbc { .. } => "AES-128-CBC",
        Pbes2Cipher::Aes192Cbc { .. } => "AES-192-CBC",
        Pbes2Cipher::Aes256Cbc { .. } => "AES-256-CBC",
        Pbes2Cipher::DesEde3Cbc { .. } => "DES-EDE3-CBC",
        Pbes2Cipher::Aes128Gcm { .. } => "AES-128-GCM",
        Pbes2Cipher::Aes256Gcm { .. } => "AES-256-GCM",
        _ => "CBC",
    }
}

fn unknown(oid: &str) -> Problem {
    let known = REFUSED.iter().find(|(known, _)| *known == oid);
    Problem::EncryptionKind {
        found: known.map_or(oid, |(_, name)| name).to_owned(),
    }
}

/// RFC 7292, appendix C: `pkcs-12PbeIds`.
const PKCS12: [(&str, Cipher); 3] = [
    ("1.2.840.113549.1.12.1.3", Cipher::Des3),
    ("1.2.840.113549.1.12.1.5", Cipher::Rc2Of128),
    ("1.2.840.113549.1.12.1.6", Cipher::Rc2Of40),
];

/// As openssl calls them. RFC 8018, appendix A.3, and the others of RFC 7292.
const REFUSED: [(&str, &str); 9] = [
    ("1.2.840.113549.1.5.1", "PBE-MD2-DES"),
    ("1.2.840.113549.1.5.3", "PBE-MD5-DES"),
    ("1.2.840.113549.1.5.4", "PBE-MD2-RC2-64"),
    ("1.2.840.113549.1.5.6", "PBE-MD5-RC2-64"),
    ("1.2.840.113549.1.5.10", "PBE-SHA1-DES"),
    ("1.2.840.113549.1.5.11", "PBE-SHA1-RC2-64"),
    ("1.2.840.113549.1.12.1.1", "PBE-SHA1-RC4-128"),
    ("1.2.840.113549.1.12.1.2", "PBE-SHA1-RC4-40"),
    ("1.2.840.113549.1.12.1.4", "PBE-SHA1-2DES"),
];
