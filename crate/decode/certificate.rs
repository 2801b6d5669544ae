//! A certificate, read back.

use rsa::pkcs8::der::pem;
use rsa::sha2::{Digest, Sha256};
use serde::Serialize;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::extensions::Extensions;
use super::text::{hex, key_algorithm, name, short_name};
use super::{BasicConstraints, DecodedName, Usages};
use crate::error::encoding;
use crate::{Error, Timestamp};

/// What a certificate says.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DecodedCertificate {
    /// `CN=admin, O=system:masters`, in the order of the encoding.
    pub subject: String,
    /// Likewise.
    pub issuer: String,
    /// Hexadecimal, with colons.
    pub serial: String,
    /// RFC 3339, UTC.
    pub not_before: String,
    /// RFC 3339, UTC.
    pub not_after: String,
    /// The subject alternative names.
    pub names: Vec<DecodedName>,
    /// RFC 5280, section 4.2.1.9.
    pub basic_constraints: Option<BasicConstraints>,
    /// RFC 5280, section 4.2.1.3.
    pub key_usage: Option<Usages>,
    /// RFC 5280, section 4.2.1.12.
    pub extended_key_usage: Option<Usages>,
    /// Hexadecimal, with colons.
    pub subject_key_id: Option<String>,
    /// Hexadecimal, with colons.
    pub authority_key_id: Option<String>,
    /// `RSA 2048`
    pub key_algorithm: String,
    /// `sha256WithRSAEncryption`
    pub signature_algorithm: String,
    /// SHA-256 of the DER, hexadecimal, with colons.
    pub fingerprint: String,
}

impl DecodedCertificate {
    /// Reads one certificate. It checks neither signature nor validity.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`] when the DER is not a certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, Error> {
        let (_, certificate) = X509Certificate::from_der(der)
            .map_err(|error| encoding("the text of a certificate")(&error))?;
        let validity = certificate.validity();
        let extensions = Extensions::read_all(certificate.extensions());
        Ok(Self {
            subject: name(certificate.subject()),
            issuer: name(certificate.issuer()),
            serial: certificate.raw_serial_as_string(),
            not_before: moment(validity.not_before.timestamp()),
            not_after: moment(validity.not_after.timestamp()),
            names: extensions.names,
            basic_constraints: extensions.basic_constraints,
            key_usage: extensions.key_usage,
            extended_key_usage: extensions.extended_key_usage,
            subject_key_id: extensions.subject_key_id,
            authority_key_id: extensions.authority_key_id,
            key_algorithm: key_algorithm(certificate.public_key()),
            signature_algorithm: short_name(&certificate.signature_algorithm.algorithm),
            fingerprint: hex(&Sha256::digest(der)),
        })
    }

    /// The same from PEM (RFC 7468).
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn from_pem(text: &str) -> Result<Self, Error> {
        let (_, der) = pem::decode_vec(text.as_bytes())
            .map_err(|error| encoding("the text of a certificate")(&error))?;
        Self::from_der(&der)
    }
}

fn moment(seconds: i64) -> String {
    Timestamp::from_unix(seconds)
        .map(Timestamp::rfc3339)
        .unwrap_or_default()
}
