//! The certificates of a plan, and the profile of each kind.

use rcgen::{ExtendedKeyUsagePurpose as Extended, KeyUsagePurpose as Usage};
use serde::{Deserialize, Serialize};

use super::{Connection, PlannedName, each, fill, name};
use crate::KeyAlgorithm;
use crate::cluster::Cluster;

/// One key pair and the certificate that will bind it to a name.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedCertificate {
    /// The stem of its files, and its name everywhere else: `kube-apiserver`.
    pub id: String,
    /// What it is for.
    pub kind: CertificateKind,
    /// The subject's attributes, in the order in which they are written.
    pub subject: Vec<SubjectAttribute>,
    /// Id of the authority that signs it; its own when it signs itself.
    pub issuer: String,
    /// The subject alternative names.
    pub names: Vec<PlannedName>,
    /// The node that it is made for, if it is made for one only.
    pub node: Option<String>,
    /// The algorithm of its key pair.
    pub key_algorithm: KeyAlgorithm,
    /// Days from signing to expiry.
    pub validity_days: u32,
}

/// One attribute of a distinguished name.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SubjectAttribute {
    /// Its type.
    #[serde(rename = "type")]
    pub attribute: Attribute,
    /// Its value.
    pub value: String,
}

/// The type of an attribute of a distinguished name (RFC 5280, appendix A.1).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Attribute {
    /// Kubernetes takes it for the user.
    #[serde(rename = "CN")]
    CommonName,
    /// Kubernetes takes each for a group.
    #[serde(rename = "O")]
    Organization,
}

/// What a certificate is for; its extensions follow from it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateKind {
    /// Signs the others.
    Authority,
    /// Shown by a caller.
    Client,
    /// Shown by a listener that also calls others with it.
    ServerClient,
    /// Its key signs service-account tokens; no TLS.
    TokenSigner,
}

impl Attribute {
    /// The short name of RFC 4514.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::CommonName => "CN",
            Self::Organization => "O",
        }
    }
}

impl CertificateKind {
    /// Whether it signs others.
    pub fn is_authority(self) -> bool {
        self == Self::Authority
    }

    /// RFC 5280, section 4.2.1.3. Critical wherever it stands.
    pub(crate) fn key_usages(self) -> Vec<Usage> {
        match self {
            // digitalSignature: what an authority needs to sign OCSP answers and, in Kubernetes, its own requests.
            Self::Authority => vec![Usage::KeyCertSign, Usage::CrlSign, Usage::DigitalSignature],
            // keyEncipherment: the RSA key transport of TLS 1.2 (RFC 5246, section 7.4.2).
            Self::Client | Self::ServerClient => {
                vec![Usage::DigitalSignature, Usage::KeyEncipherment]
            }
            Self::TokenSigner => vec![Usage::DigitalSignature],
        }
    }

    /// RFC 5280, section 4.2.1.12. Not critical, as kubeadm writes it.
    pub(crate) fn extended_key_usages(self) -> Vec<Extended> {
        match self {
            // Deliberately none: an authority that lists usages limits everything below it.
            Self::Authority => vec![],
            Self::Client => vec![Extended::ClientAuth],
            Self::ServerClient => vec![Extended::ServerAuth, Extended::ClientAuth],
            // Deliberately none: it never takes part in TLS.
            Self::TokenSigner => vec![],
        }
    }
}

impl PlannedCertificate {
    /// The profile's key usages, as far as the key can be used so: keyEncipherment is RSA's (RFC 5480, section 3).
    pub(crate) fn key_usages(&self) -> Vec<Usage> {
        let mut usages = self.kind.key_usages();
        usages.retain(|&usage| usage != Usage::KeyEncipherment || self.key_algorithm.encrypts());
        usages
    }

    /// Whether the requests for two certificates say the same about their subjects.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        let names = |planned: &Self| -> Vec<_> {
            planned.names.iter().map(|name| name.name.clone()).collect()
        };
        self.subject == other.subject
            && self.kind == other.kind
            && self.key_algorithm == other.key_algorithm
            && names(self) == names(other)
    }
}

pub(super) fn plan(cluster: &Cluster, connections: &[Connection]) -> Vec<PlannedCertificate> {
    let recipes = cluster.preset.certificates.iter();
    recipes
        .flat_map(|recipe| {
            each(cluster, recipe.each, |node| {
                let id = fill(recipe.id, node);
                PlannedCertificate {
                    kind: recipe.kind,
                    subject: recipe
                        .subject
                        .iter()
                        .map(|&(attribute, value)| SubjectAttribute {
                            attribute,
                            value: fill(value, node),
                        })
                        .collect(),
                    issuer: recipe.issuer.to_owned(),
                    names: name::collect(cluster, &id, connections),
                    node: node.map(|node| node.name.clone()),
                    key_algorithm: cluster.key_algorithm,
                    validity_days: cluster.validity_days,
                    id,
                }
            })
        })
        .collect()
}
