//! What a certificate says of itself, and what it is for by that.

use std::net::IpAddr;

use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::x509::{X509Name, X509Version};

use super::Why;
use super::duty::Duty;
use super::near;
use crate::import::FoundCertificate;

/// One certificate, as far as recognition and diagnosis look at it.
#[derive(Clone, Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a property of its own, as the certificate has it"
)]
pub(crate) struct Face {
    /// Of several the last, as Go has it.
    pub(crate) common_name: String,
    pub(crate) organizations: Vec<String>,
    /// The subject as text.
    pub(crate) subject: String,
    pub(crate) dns: Vec<String>,
    pub(crate) addresses: Vec<IpAddr>,
    /// Whether there is a subjectAltName, whatever is in it.
    pub(crate) has_names: bool,
    pub(crate) version: u32,
    /// cA of basicConstraints; `None` without the extension.
    pub(crate) constraints: Option<bool>,
    pub(crate) for_clients: bool,
    pub(crate) for_servers: bool,
    pub(crate) raw_subject: Vec<u8>,
    pub(crate) raw_issuer: Vec<u8>,
    pub(crate) issuer: String,
    pub(crate) serial: String,
    pub(crate) not_before: i64,
    pub(crate) not_after: i64,
    pub(crate) signed_with_sha1: bool,
}

/// How much a reason weighs.
pub(crate) mod weight {
    /// The CN is what Kubernetes asks for.
    pub(crate) const EXACT: u8 = 100;
    pub(crate) const NAMES: u8 = 80;
    /// What a file is called.
    pub(crate) const FILE: u8 = 60;
    pub(crate) const GROUP: u8 = 50;
    pub(crate) const NEAR: u8 = 40;
}

/// A duty, how much speaks for it, and what.
#[derive(Clone, Debug)]
pub(crate) struct Opinion {
    pub(crate) duty: Duty,
    pub(crate) weight: u8,
    pub(crate) why: Why,
}

impl Face {
    pub(crate) fn of(found: &FoundCertificate) -> Self {
        let Ok((_, parsed)) = X509Certificate::from_der(&found.der) else {
            return Self::default();
        };
        let mut face = Self {
            common_name: texts(parsed.subject(), |name| name.iter_common_name().collect())
                .pop()
                .unwrap_or_default(),
            organizations: texts(parsed.subject(), |name| name.iter_organization().collect()),
            subject: found.decoded.subject.clone(),
            issuer: found.decoded.issuer.clone(),
            serial: found.decoded.serial.clone(),
            raw_subject: parsed.subject().as_raw().to_vec(),
            raw_issuer: parsed.issuer().as_raw().to_vec(),
            version: match parsed.version() {
                X509Version::V1 => 1,
                X509Version::V2 => 2,
                _ => 3,
            },
            for_clients: true,
            for_servers: true,
            not_before: parsed.validity().not_before.timestamp(),
            not_after: parsed.validity().not_after.timestamp(),
            signed_with_sha1: ["sha1WithRSAEncryption", "ecdsa-with-SHA1"]
                .contains(&found.decoded.signature_algorithm.as_str()),
            ..Self::default()
        };
        for extension in parsed.extensions() {
            match extension.parsed_extension() {
                ParsedExtension::SubjectAlternativeName(names) => {
                    face.has_names = true;
                    face.read_names(&names.general_names);
                }
                ParsedExtension::BasicConstraints(constraints) => {
                    face.constraints = Some(constraints.ca);
                }
                ParsedExtension::ExtendedKeyUsage(usage) => {
                    face.for_clients = usage.any || usage.client_auth;
                    face.for_servers = usage.any || usage.server_auth;
                }
                _ => {}
            }
        }
        face
    }

    fn read_names(&mut self, names: &[GeneralName<'_>]) {
        for name in names {
            match name {
                GeneralName::DNSName(name) => self.dns.push((*name).to_owned()),
                GeneralName::IPAddress(octets) => {
                    let v4 = <[u8; 4]>::try_from(*octets).map(IpAddr::from);
                    let address = v4.or_else(|_| <[u8; 16]>::try_from(*octets).map(IpAddr::from));
                    self.addresses.extend(address);
                }
                _ => {}
            }
        }
    }

    pub(crate) fn signs_itself(&self) -> bool {
        self.raw_subject == self.raw_issuer
    }

    /// The node of `CN=system:node:NAME`, or of the certificate that a kubelet makes for itself: `CN=NAME@1700000000`.
    pub(crate) fn node(&self) -> Option<&str> {
        let name = self.common_name.strip_prefix("system:node:");
        name.or_else(|| self.node_of_own())
            .filter(|name| !name.is_empty())
    }

    /// `NAME@1700000000`, which a kubelet without a certificate makes and signs.
    pub(crate) fn node_of_own(&self) -> Option<&str> {
        let (name, time) = self.common_name.split_once('@')?;
        let numbers = !time.is_empty() && time.bytes().all(|byte| byte.is_ascii_digit());
        numbers.then(|| name.strip_suffix("-ca").unwrap_or(name))
    }

    /// The service's name by which pods call kube-apiserver, if it has one.
    pub(crate) fn service_name(&self) -> Option<&str> {
        let mut names = self.dns.iter().map(String::as_str);
        names.find(|name| {
            *name == "kubernetes"
                || name.starts_with("kubernetes.default")
                || name.starts_with("kubernetes.svc.")
        })
    }

    /// By the content alone. `signs` says whether another certificate names it as its issuer.
    pub(crate) fn opinion(&self, signs: bool) -> Option<Opinion> {
        let subject = || Why::Subject {
            subject: self.subject.clone(),
        };
        let exact = |duty| Opinion {
            duty,
            weight: weight::EXACT,
            why: subject(),
        };
        let by_name = Duty::of_common_name(&self.common_name);
        if self.is_authority(signs) {
            return Some(match by_name.filter(|duty| duty.is_authority()) {
                Some(duty) => exact(duty),
                None => Opinion {
                    duty: Duty::Authority,
                    weight: weight::GROUP,
                    why: subject(),
                },
            });
        }
        if let Some(duty) = by_name.filter(|duty| !duty.is_authority()) {
            return Some(exact(if duty.is_kubelet() {
                self.kubelet()
            } else {
                duty
            }));
        }
        if self.node_of_own().is_some() {
            return Some(exact(Duty::KubeletServer));
        }
        if let Some(name) = self.service_name() {
            let name = name.to_owned();
            return Some(Opinion {
                duty: Duty::Apiserver,
                weight: weight::NAMES,
                why: Why::Names { name },
            });
        }
        let group = |duty| Opinion {
            duty,
            weight: weight::GROUP,
            why: subject(),
        };
        if self.organizations.iter().any(|o| o == "system:nodes") {
            return Some(group(self.kubelet()));
        }
        let mut admins = self.organizations.iter();
        if admins.any(|o| o == "system:masters" || o == "kubeadm:cluster-admins") {
            return Some(group(Duty::Admin));
        }
        near::duty(self).map(|duty| Opinion {
            duty,
            weight: weight::NEAR,
            why: subject(),
        })
    }

    /// A root of the first version says nothing about it: then it is one if others name it.
    pub(crate) fn is_authority(&self, signs: bool) -> bool {
        self.constraints == Some(true) || (self.signs_itself() && !self.has_names && signs)
    }

    fn kubelet(&self) -> Duty {
        if self.for_clients {
            Duty::KubeletClient
        } else {
            Duty::KubeletServer
        }
    }
}

fn texts<'a>(
    name: &'a X509Name<'a>,
    parts: fn(&'a X509Name<'a>) -> Vec<&'a x509_parser::x509::AttributeTypeAndValue<'a>>,
) -> Vec<String> {
    let parts = parts(name).into_iter();
    parts
        .filter_map(|part| part.as_str().ok())
        .map(ToOwned::to_owned)
        .collect()
}
