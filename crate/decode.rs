//! A certificate's DER, read back into words: what the page shows was made, never what was planned.

use rsa::pkcs8::der::pem;
use rsa::sha2::{Digest, Sha256};
use serde::Serialize;
use x509_parser::der_parser::oid::Oid;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::{FromDer, X509Certificate, X509Extension, X509Name};
use x509_parser::public_key::PublicKey;

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

/// One subject alternative name.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DecodedName {
    /// `dns` or `ip`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `kubernetes`, `10.96.0.1`
    pub value: String,
}

/// Whether a certificate may sign others.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct BasicConstraints {
    /// Whether the extension is critical.
    pub critical: bool,
    /// `cA`
    pub ca: bool,
}

/// A keyUsage or an extendedKeyUsage.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Usages {
    /// Whether the extension is critical.
    pub critical: bool,
    /// `digitalSignature`, `serverAuth`
    pub values: Vec<String>,
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
        let mut decoded = Self {
            subject: name(certificate.subject()),
            issuer: name(certificate.issuer()),
            serial: certificate.raw_serial_as_string(),
            not_before: moment(validity.not_before.timestamp()),
            not_after: moment(validity.not_after.timestamp()),
            names: Vec::new(),
            basic_constraints: None,
            key_usage: None,
            extended_key_usage: None,
            subject_key_id: None,
            authority_key_id: None,
            key_algorithm: key_algorithm(&certificate),
            signature_algorithm: short_name(&certificate.signature_algorithm.algorithm),
            fingerprint: hex(&Sha256::digest(der)),
        };
        for extension in certificate.extensions() {
            decoded.read(extension);
        }
        Ok(decoded)
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

    fn read(&mut self, extension: &X509Extension<'_>) {
        let critical = extension.critical;
        match extension.parsed_extension() {
            ParsedExtension::SubjectAlternativeName(names) => {
                self.names = names
                    .general_names
                    .iter()
                    .filter_map(alternative_name)
                    .collect();
            }
            ParsedExtension::BasicConstraints(constraints) => {
                self.basic_constraints = Some(BasicConstraints {
                    critical,
                    ca: constraints.ca,
                });
            }
            ParsedExtension::KeyUsage(usage) => {
                let values = KEY_USAGES
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| usage.flags >> bit & 1 == 1)
                    .map(|(_, name)| (*name).to_owned())
                    .collect();
                self.key_usage = Some(Usages { critical, values });
            }
            ParsedExtension::ExtendedKeyUsage(usage) => {
                let known = [
                    (usage.server_auth, "serverAuth"),
                    (usage.client_auth, "clientAuth"),
                ];
                let known = known
                    .iter()
                    .filter(|(set, _)| *set)
                    .map(|(_, name)| (*name).to_owned());
                let other = usage.other.iter().map(ToString::to_string);
                self.extended_key_usage = Some(Usages {
                    critical,
                    values: known.chain(other).collect(),
                });
            }
            ParsedExtension::SubjectKeyIdentifier(id) => self.subject_key_id = Some(hex(id.0)),
            ParsedExtension::AuthorityKeyIdentifier(id) => {
                self.authority_key_id = id.key_identifier.as_ref().map(|id| hex(id.0));
            }
            _ => {}
        }
    }
}

/// The bits of keyUsage in their order (RFC 5280, section 4.2.1.3).
const KEY_USAGES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

/// The attributes in the order of the encoding; a value that is not text is written as hexadecimal.
pub(crate) fn name(name: &X509Name<'_>) -> String {
    let attributes = name.iter_attributes().map(|attribute| {
        let value = attribute
            .as_str()
            .map_or_else(|_| hex(attribute.as_slice()), ToOwned::to_owned);
        format!("{}={value}", short_name(attribute.attr_type()))
    });
    attributes.collect::<Vec<_>>().join(", ")
}

fn moment(seconds: i64) -> String {
    Timestamp::from_unix(seconds)
        .map(Timestamp::rfc3339)
        .unwrap_or_default()
}

fn alternative_name(name: &GeneralName<'_>) -> Option<DecodedName> {
    match name {
        GeneralName::DNSName(name) => Some(DecodedName {
            kind: "dns",
            value: (*name).to_owned(),
        }),
        GeneralName::IPAddress(bytes) => {
            let address = <[u8; 4]>::try_from(*bytes)
                .map(std::net::IpAddr::from)
                .or_else(|_| <[u8; 16]>::try_from(*bytes).map(std::net::IpAddr::from));
            address.ok().map(|address| DecodedName {
                kind: "ip",
                value: address.to_string(),
            })
        }
        _ => None,
    }
}

fn key_algorithm(certificate: &X509Certificate<'_>) -> String {
    let info = certificate.public_key();
    match info.parsed() {
        Ok(PublicKey::RSA(key)) => format!("RSA {}", key.key_size()),
        // The bits of the point's coordinates: a curve is named by its field's size.
        Ok(PublicKey::EC(point)) => format!("ECDSA P-{}", point.key_size()),
        _ => short_name(&info.algorithm.algorithm),
    }
}

/// The field's short name, or the numbers themselves. (x509-parser's registry of all names would be a tenth of the page.)
fn short_name(oid: &Oid<'_>) -> String {
    let numbers = oid.to_id_string();
    let known = OBJECT_NAMES.iter().find(|(known, _)| *known == numbers);
    known.map_or(numbers.as_str(), |(_, name)| name).to_owned()
}

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(":")
}

/// RFC 4514, section 3; RFC 5280, appendix A; RFC 5480; RFC 8017, appendix C; RFC 5758.
const OBJECT_NAMES: [(&str, &str); 15] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("1.2.840.113549.1.1.1", "rsaEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.10045.2.1", "ecPublicKey"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.3.101.112", "Ed25519"),
];
