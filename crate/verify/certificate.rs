//! DER -> the fields that decide.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};

use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::{FromDer, X509Certificate, X509Extension, X509Name};
use x509_parser::x509::AttributeTypeAndValue;

use super::usage::Usages;

/// A certificate as the verifier sees it.
#[derive(Debug)]
pub(super) struct Certificate {
    pub(super) raw: Vec<u8>,
    /// What the issuer has signed.
    pub(super) signed: Vec<u8>,
    pub(super) signature_algorithm: String,
    pub(super) signature: Vec<u8>,
    /// One, two or three.
    pub(super) version: u32,
    /// Names are compared byte by byte: the type of a string counts.
    pub(super) issuer: Vec<u8>,
    pub(super) subject: Vec<u8>,
    pub(super) common_name: String,
    /// Every O.
    pub(super) organizations: Vec<String>,
    /// What a hint calls it: the CN, else the O, else its serial number.
    pub(super) called: String,
    pub(super) not_before: i64,
    pub(super) not_after: i64,
    /// subjectPublicKeyInfo.
    pub(super) public_key: Vec<u8>,
    pub(super) names: Option<Names>,
    pub(super) constraints: Option<Constraints>,
    /// The bit keyCertSign; `None` without the extension or with no bit set.
    pub(super) signs_certificates: Option<bool>,
    pub(super) usages: Usages,
    pub(super) subject_key_id: Vec<u8>,
    pub(super) authority_key_id: Vec<u8>,
    pub(super) unhandled_critical: bool,
}

/// The extension subjectAltName.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Names {
    pub(super) dns: Vec<String>,
    pub(super) addresses: Vec<IpAddr>,
}

/// The extension basicConstraints.
#[derive(Debug)]
pub(super) struct Constraints {
    pub(super) authority: bool,
    pub(super) path_length: Option<u32>,
}

impl Certificate {
    /// The error is Go's sentence where it is one that Go's parser has.
    pub(super) fn parse(der: &[u8]) -> Result<Self, String> {
        let malformed = || "x509: malformed certificate".to_owned();
        let (rest, parsed) = X509Certificate::from_der(der).map_err(|_| malformed())?;
        if !rest.is_empty() {
            return Err("x509: trailing data".to_owned());
        }
        let tbs = &parsed.tbs_certificate;
        let mut known = HashSet::new();
        for extension in parsed.extensions() {
            if !known.insert(extension.oid.clone()) {
                return Err(format!(
                    "x509: certificate contains duplicate extension with OID {:?}",
                    extension.oid.to_id_string()
                ));
            }
        }
        let mut certificate = Self {
            raw: der.to_vec(),
            signed: tbs.as_ref().to_vec(),
            signature_algorithm: parsed.signature_algorithm.algorithm.to_id_string(),
            signature: parsed.signature_value.data.to_vec(),
            version: parsed.version().0 + 1,
            issuer: tbs.issuer.as_raw().to_vec(),
            subject: tbs.subject.as_raw().to_vec(),
            common_name: first(tbs.subject.iter_common_name()),
            organizations: all(tbs.subject.iter_organization()),
            called: called(&tbs.subject, &tbs.serial.to_string()),
            not_before: tbs.validity.not_before.timestamp(),
            not_after: tbs.validity.not_after.timestamp(),
            public_key: tbs.subject_pki.raw.to_vec(),
            names: None,
            constraints: None,
            signs_certificates: None,
            usages: Usages::default(),
            subject_key_id: Vec::new(),
            authority_key_id: Vec::new(),
            unhandled_critical: false,
        };
        for extension in parsed.extensions() {
            certificate.read(extension);
        }
        Ok(certificate)
    }

    fn read(&mut self, extension: &X509Extension<'_>) {
        match extension.parsed_extension() {
            ParsedExtension::AuthorityKeyIdentifier(id) => {
                let id = id.key_identifier.as_ref();
                self.authority_key_id = id.map(|id| id.0.to_vec()).unwrap_or_default();
            }
            ParsedExtension::BasicConstraints(constraints) => {
                self.constraints = Some(Constraints {
                    authority: constraints.ca,
                    path_length: constraints.path_len_constraint,
                });
            }
            ParsedExtension::ExtendedKeyUsage(usage) => self.usages = Usages::read(usage),
            ParsedExtension::KeyUsage(usage) => {
                self.signs_certificates = Some(usage.key_cert_sign()).filter(|_| usage.flags != 0);
            }
            ParsedExtension::SubjectAlternativeName(san) => {
                let mut names = Names::default();
                for name in &san.general_names {
                    match name {
                        GeneralName::DNSName(name) => names.dns.push((*name).to_owned()),
                        GeneralName::IPAddress(bytes) => names.addresses.extend(address(bytes)),
                        _ => {}
                    }
                }
                // Go handles a critical one only if it has a name that it knows.
                self.unhandled_critical |=
                    extension.critical && san.general_names.iter().all(|name| !is_known(name));
                self.names = Some(names);
            }
            ParsedExtension::SubjectKeyIdentifier(id) => self.subject_key_id = id.0.to_vec(),
            ParsedExtension::CertificatePolicies(_) | ParsedExtension::NameConstraints(_) => {}
            _ => self.unhandled_critical |= extension.critical,
        }
    }
}

fn is_known(name: &GeneralName<'_>) -> bool {
    matches!(
        name,
        GeneralName::DNSName(_)
            | GeneralName::IPAddress(_)
            | GeneralName::RFC822Name(_)
            | GeneralName::URI(_)
    )
}

/// An IPv4 address in the form of IPv6 is that IPv4 address.
fn address(bytes: &[u8]) -> Option<IpAddr> {
    let four = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    four.or_else(|_| <[u8; 16]>::try_from(bytes).map(|bytes| Ipv6Addr::from(bytes).to_canonical()))
        .ok()
}

fn called(subject: &X509Name<'_>, serial: &str) -> String {
    let common_name = first(subject.iter_common_name());
    let organization = || first(subject.iter_organization());
    [common_name, organization()]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| format!("serial:{serial}"))
}

fn all<'a>(values: impl Iterator<Item = &'a AttributeTypeAndValue<'a>>) -> Vec<String> {
    let texts = values.filter_map(|value| value.as_str().ok());
    texts.map(ToOwned::to_owned).collect()
}

/// Of several CNs Go takes the last, of several Os the first; one of each is what certificates have.
fn first<'a>(mut values: impl Iterator<Item = &'a AttributeTypeAndValue<'a>>) -> String {
    let value = values.next().and_then(|value| value.as_str().ok());
    value.unwrap_or_default().to_owned()
}
