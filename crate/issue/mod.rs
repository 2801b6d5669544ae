//! Plan + Keys + clock -> Pki.

use rsa::pkcs8::LineEnding;
use rsa::pkcs8::der::pem;
use rsa::rand_core::TryCryptoRng;

pub(crate) mod certificate;
mod issuance;
mod kept;
mod pki;
mod stage;
mod take_back;

pub use self::issuance::Issuance;
pub(crate) use self::kept::Kept;
pub use self::pki::{Issued, Pki};
pub(crate) use self::stage::Stage;
pub(crate) use self::take_back::public_of;
use crate::error::encoding;
use crate::{Error, Plan, PlannedCertificate, PrivateKey, Timestamp};

/// When a certificate ends.
pub(crate) fn end_of(der: &[u8]) -> Result<Timestamp, Error> {
    use x509_parser::prelude::{FromDer, X509Certificate};
    let (_, certificate) = X509Certificate::from_der(der)
        .map_err(|error| encoding("the text of a certificate")(&error))?;
    let end = certificate.validity().not_after.timestamp();
    Timestamp::from_unix(end).ok_or(Error::InvalidClock)
}

impl Plan {
    /// Whether every certificate can be signed at `now`: the day that it is to be valid until may be over.
    ///
    /// # Errors
    ///
    /// [`Error::DatePast`] or [`Error::ValidityPastYear9999`].
    pub fn check_dates(&self, now: Timestamp) -> Result<(), Error> {
        self.certified()
            .try_for_each(|planned| certificate::validity(planned, now).map(drop))
    }
}

impl PlannedCertificate {
    /// The certification request for this certificate (RFC 2986), DER, signed by the key.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn request(&self, key: &PrivateKey) -> Result<Vec<u8>, Error> {
        certificate::request(self, key)
    }
}

pub(crate) fn to_pem(label: &'static str, der: &[u8]) -> Result<String, Error> {
    pem::encode_string(label, LineEnding::LF, der).map_err(|error| encoding(label)(&error))
}

/// 128 random bits: unique without a counter, and not to be guessed (RFC 5280, section 4.1.2.2).
pub(crate) fn serial(rng: &mut impl TryCryptoRng) -> Result<[u8; 16], Error> {
    let mut bytes = [0; 16];
    rng.try_fill_bytes(&mut bytes)
        .map_err(|error| Error::Randomness {
            found: error.to_string(),
        })?;
    Ok(bytes)
}
