//! What waits for a passphrase.

mod cipher;
pub(crate) mod derive;
mod legacy;
mod pkcs12;
mod scheme;

use zeroize::Zeroizing;

use self::legacy::Legacy;
use self::pkcs12::Pkcs12;
use self::scheme::Scheme;
use super::inventory::{Inventory, Spot};
use super::{KeyForm, Problem};
use crate::verify::der::{Der, tag};

/// Something that is sealed, in a way that can be opened.
pub(super) struct Sealed {
    /// As openssl calls it.
    cipher: String,
    kind: Kind,
}

enum Kind {
    Legacy(Legacy),
    Pkcs12(Pkcs12),
    Pkcs8(Envelope),
}

/// Bytes that are sealed, and how.
struct Envelope {
    scheme: Scheme,
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
        let envelope = Envelope::new(algorithm, bytes)?;
        Ok(Self {
            cipher: envelope.scheme.name(),
            kind: Kind::Pkcs8(envelope),
        })
    }

    /// A `RSA PRIVATE KEY` or an `EC PRIVATE KEY` with the header `DEK-Info`.
    pub(super) fn legacy(label: &str, info: &str, bytes: &[u8]) -> Result<Self, Problem> {
        let legacy = Legacy::new(label, info, bytes)?;
        Ok(Self {
            cipher: legacy.name(),
            kind: Kind::Legacy(legacy),
        })
    }

    /// A `PFX` (RFC 7292, section 4), DER.
    pub(super) fn pkcs12(der: &[u8]) -> Result<Self, Problem> {
        let pfx = Pkcs12::new(der)?;
        Ok(Self {
            cipher: pfx.name(),
            kind: Kind::Pkcs12(pfx),
        })
    }

    /// What it is sealed with.
    pub(super) fn cipher(&self) -> &str {
        &self.cipher
    }

    /// Whether it is a file of several things of which none is sealed.
    pub(super) fn is_open(&self) -> bool {
        matches!(&self.kind, Kind::Pkcs12(pfx) if pfx.is_open())
    }

    /// Reads what is in it, or says that the passphrase is wrong.
    pub(super) fn open(
        &self,
        inventory: &mut Inventory,
        spot: &Spot,
        passphrase: &str,
    ) -> Result<(), Problem> {
        let (form, der) = match &self.kind {
            Kind::Legacy(legacy) => (legacy.form(), legacy.open(passphrase)?),
            Kind::Pkcs12(pfx) => return pfx.open(inventory, spot, passphrase),
            Kind::Pkcs8(envelope) => (KeyForm::Pkcs8, envelope.open(passphrase)?),
        };
        inventory.find_unsealed_key(spot.clone(), form, &der);
        Ok(())
    }
}

impl Envelope {
    fn new(algorithm: Der<'_>, bytes: Der<'_>) -> Result<Self, Problem> {
        Ok(Self {
            scheme: Scheme::of(algorithm)?,
            bytes: bytes.0.to_vec(),
        })
    }

    /// The DER that is in it.
    fn open(&self, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let opened = self.scheme.open(&self.bytes, passphrase);
        opened
            .filter(|der| is_whole(der))
            .ok_or(Problem::WrongPassphrase)
    }
}

/// A wrong passphrase leaves what looks like a padding once in 256 times, but no SEQUENCE that fills all of it.
fn is_whole(der: &[u8]) -> bool {
    let mut rest = Der(der);
    rest.read(tag::SEQUENCE).is_some() && rest.is_empty()
}
