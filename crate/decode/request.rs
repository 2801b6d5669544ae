//! A certification request, read back.

use rsa::pkcs8::der::pem;
use serde::Serialize;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::cri_attributes::ParsedCriAttribute;
use x509_parser::prelude::FromDer;

use super::extensions::Extensions;
use super::text::{key_algorithm, name, short_name};
use super::{BasicConstraints, DecodedName, Usages};
use crate::Error;
use crate::error::encoding;

/// What a certification request (RFC 2986) asks for: all that its certificate says, but for what only the authority can add.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DecodedRequest {
    /// `CN=admin, O=system:masters`, in the order of the encoding.
    pub subject: String,
    /// The subject alternative names that are asked for.
    pub names: Vec<DecodedName>,
    /// RFC 5280, section 4.2.1.9.
    pub basic_constraints: Option<BasicConstraints>,
    /// RFC 5280, section 4.2.1.3.
    pub key_usage: Option<Usages>,
    /// RFC 5280, section 4.2.1.12.
    pub extended_key_usage: Option<Usages>,
    /// Hexadecimal, with colons.
    pub subject_key_id: Option<String>,
    /// `RSA 2048`
    pub key_algorithm: String,
    /// `sha256WithRSAEncryption`: by the key that the request is for, as a proof of who has it.
    pub signature_algorithm: String,
}

impl DecodedRequest {
    /// Reads one request. It does not check the signature.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`] when the DER is not a certification request.
    pub fn from_der(der: &[u8]) -> Result<Self, Error> {
        let (_, request) =
            X509CertificationRequest::from_der(der).map_err(|error| encoding(WHAT)(&error))?;
        let info = &request.certification_request_info;
        let asked =
            info.iter_attributes()
                .find_map(|attribute| match attribute.parsed_attribute() {
                    ParsedCriAttribute::ExtensionRequest(asked) => Some(&asked.extensions[..]),
                    _ => None,
                });
        let extensions = Extensions::read_all(asked.unwrap_or_default());
        Ok(Self {
            subject: name(&info.subject),
            names: extensions.names,
            basic_constraints: extensions.basic_constraints,
            key_usage: extensions.key_usage,
            extended_key_usage: extensions.extended_key_usage,
            subject_key_id: extensions.subject_key_id,
            key_algorithm: key_algorithm(&info.subject_pki),
            signature_algorithm: short_name(&request.signature_algorithm.algorithm),
        })
    }

    /// The same from PEM (RFC 7468).
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn from_pem(text: &str) -> Result<Self, Error> {
        let (_, der) = pem::decode_vec(text.as_bytes()).map_err(|error| encoding(WHAT)(&error))?;
        Self::from_der(&der)
    }
}

const WHAT: &str = "the text of a certification request";
