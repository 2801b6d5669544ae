//! The extensions that a certificate has or a request asks for.

use serde::Serialize;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::X509Extension;

use super::text::hex;
use crate::object;

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

/// What the page shows of them; others are seen byte by byte.
#[derive(Default)]
pub(super) struct Extensions {
    pub(super) names: Vec<DecodedName>,
    pub(super) basic_constraints: Option<BasicConstraints>,
    pub(super) key_usage: Option<Usages>,
    pub(super) extended_key_usage: Option<Usages>,
    pub(super) subject_key_id: Option<String>,
    pub(super) authority_key_id: Option<String>,
}

impl Extensions {
    pub(super) fn read_all(extensions: &[X509Extension<'_>]) -> Self {
        let mut all = Self::default();
        for extension in extensions {
            all.read(extension);
        }
        all
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
                let values = object::KEY_USAGES
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
