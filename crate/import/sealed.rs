//! What waits for a passphrase.

use pkcs5::EncryptionScheme;
use pkcs5::pbes2::{Kdf, Parameters};
use rsa::pkcs8::der::Decode;
use zeroize::Zeroizing;

use super::inventory::{Inventory, Spot};
use super::limits::{MAX_ROUNDS, MAX_SCRYPT_BYTES};
use super::{FoundKey, Problem};
use crate::verify::der::{Der, tag};

/// Something that is sealed, in a way that can be opened.
pub(super) struct Sealed {
    scheme: Parameters,
    bytes: Vec<u8>,
}

impl Sealed {
    /// An `EncryptedPrivateKeyInfo` (RFC 5958, section 3), DER.
    pub(super) fn pkcs8(der: &[u8]) -> Result<Self, Problem> {
        let parts = || {
            let mut info = Der(der).read(tag::SEQUENCE)?;
            Some((
                info.read_whole(tag::SEQUENCE)?,
                info.read(tag::OCTET_STRING)?,
            ))
        };
        let (algorithm, bytes) = parts().ok_or_else(|| Problem::KeyBroken {
            found: String::from("it is no EncryptedPrivateKeyInfo"),
        })?;
        Ok(Self {
            scheme: scheme(algorithm)?,
            bytes: bytes.0.to_vec(),
        })
    }

    /// What it is sealed with.
    pub(super) fn cipher(&self) -> &'static str {
        "PBES2"
    }

    /// Reads what is in it.
    pub(super) fn open(
        &self,
        inventory: &mut Inventory,
        spot: &Spot,
        passphrase: &str,
    ) -> Result<(), Problem> {
        let mut bytes = Zeroizing::new(self.bytes.clone());
        let opened = self.scheme.decrypt_in_place(passphrase, &mut bytes);
        let opened = opened.map_err(|_| Problem::WrongPassphrase)?;
        // A wrong passphrase leaves a padding that looks right in one of 256 cases.
        if Der(opened).read(tag::SEQUENCE).is_none() {
            return Err(Problem::WrongPassphrase);
        }
        inventory.find_key(
            spot.clone(),
            FoundKey::from_pkcs8(opened).map(FoundKey::unsealed),
        );
        Ok(())
    }
}

fn scheme(algorithm: Der<'_>) -> Result<Parameters, Problem> {
    let mut parts = algorithm;
    let parts = parts.read(tag::SEQUENCE);
    let oid = parts.and_then(|mut parts| parts.oid());
    let kind = || Problem::EncryptionKind {
        found: oid.clone().unwrap_or_default(),
    };
    let scheme = EncryptionScheme::from_der(algorithm.0).map_err(|_| kind())?;
    let scheme = scheme.pbes2().ok_or_else(kind)?;
    affordable(&scheme.kdf)?;
    Ok(scheme.clone())
}

/// Whether a browser can be asked to try a passphrase.
fn affordable(kdf: &Kdf) -> Result<(), Problem> {
    let found = match kdf {
        Kdf::Pbkdf2(kdf) if kdf.iteration_count > MAX_ROUNDS => {
            format!("{} rounds of PBKDF2", kdf.iteration_count)
        }
        Kdf::Scrypt(kdf) => {
            let block = 128 * u64::from(kdf.block_size);
            let bytes = kdf.cost_parameter.saturating_mul(block);
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
