//! Description -> Cluster.

mod address;
mod change;
mod description;
mod endpoint;
mod list;
mod name;
mod node;
mod preset;
mod saved;
mod validity;
mod version;

use std::collections::{BTreeMap, HashSet};
use std::net::IpAddr;

use ipnet::IpNet;

pub(crate) use self::address::first_address;
pub(crate) use self::change::Change;
pub use self::description::{CertificateDescription, Description, NodeDescription, Role};
pub(crate) use self::endpoint::Endpoint;
pub use self::list::{nodes_of_list, nodes_of_range};
pub(crate) use self::node::Node;
pub(crate) use self::preset::{
    CertificateRecipe, ConnectionRecipe, CredentialRecipe, Credentials, DialRecipe, Each,
    KubeconfigRecipe, Pairing, Place, Server, preset_ids,
};
pub use self::preset::{ConfigurationKind, Difference, PRESETS, Preset};
pub(crate) use self::validity::Validity;
pub(crate) use self::version::Version;
use crate::{Attribute, Error};

/// A description that parsed. It cannot be built otherwise, so whoever holds one need not check it again.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub(crate) preset: &'static Preset,
    pub(crate) name: String,
    pub(crate) nodes: Vec<Node>,
    /// One, or one of each family; never empty.
    pub(crate) service_cidrs: Vec<IpNet>,
    pub(crate) domain: String,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) version: Version,
    pub(crate) key_algorithm: KeyAlgorithm,
    pub(crate) validity: Validity,
    pub(crate) authority_validity: Validity,
    pub(crate) authority_subject: BTreeMap<Attribute, String>,
    pub(crate) changes: BTreeMap<String, Change>,
}

/// The algorithm of a key pair.
#[derive(Clone, Copy, Debug, serde::Deserialize, Eq, PartialEq, serde::Serialize)]
pub enum KeyAlgorithm {
    /// ECDSA on the curve P-256.
    #[serde(rename = "ecdsa-p256")]
    EcdsaP256,
    /// ECDSA on the curve P-384.
    #[serde(rename = "ecdsa-p384")]
    EcdsaP384,
    /// RSA with a modulus of 2048 bits.
    #[serde(rename = "rsa-2048")]
    Rsa2048,
    /// RSA with a modulus of 3072 bits.
    #[serde(rename = "rsa-3072")]
    Rsa3072,
    /// RSA with a modulus of 4096 bits.
    #[serde(rename = "rsa-4096")]
    Rsa4096,
}

impl KeyAlgorithm {
    /// The word of the description: `rsa-2048`.
    pub fn id(self) -> &'static str {
        match self {
            Self::EcdsaP256 => "ecdsa-p256",
            Self::EcdsaP384 => "ecdsa-p384",
            Self::Rsa2048 => "rsa-2048",
            Self::Rsa3072 => "rsa-3072",
            Self::Rsa4096 => "rsa-4096",
        }
    }

    /// Whether a key can also encrypt: RSA keys can, elliptic ones only agree on a key and sign.
    pub(crate) fn encrypts(self) -> bool {
        match self {
            Self::EcdsaP256 | Self::EcdsaP384 => false,
            Self::Rsa2048 | Self::Rsa3072 | Self::Rsa4096 => true,
        }
    }
}

impl Cluster {
    /// Fills in the preset's values and checks every field; the first fault is the error.
    ///
    /// # Errors
    ///
    /// One of the errors with a [`field`](Error::field).
    pub fn parse(description: &Description) -> Result<Self, Error> {
        let preset = Preset::find(&description.preset)?;
        let given =
            |field: &Option<String>, default: &str| field.clone().unwrap_or(default.to_owned());
        let described = description.nodes.clone().unwrap_or_else(|| preset.nodes());
        let days = description.validity_days.unwrap_or(preset.validity_days);
        // Who asks for longer certificates only, means their authority too.
        let authority_days = description
            .authority_validity_days
            .unwrap_or(preset.authority_validity_days.max(days));
        let mut cluster = Self {
            preset,
            name: name::cluster_name(&given(&description.name, preset.cluster_name))?,
            nodes: node::parse(preset, &described)?,
            service_cidrs: address::service_cidrs(&given(
                &description.service_cidr,
                preset.service_cidr,
            ))?,
            domain: name::domain(&given(&description.cluster_domain, preset.cluster_domain))?,
            endpoint: Endpoint::parse(&given(
                &description.control_plane_endpoint,
                &preset.endpoint(&described),
            ))?,
            version: Version::parse(&given(
                &description.kubernetes_version,
                preset.kubernetes_version,
            ))?,
            key_algorithm: description.key_algorithm.unwrap_or(preset.key_algorithm),
            validity: Validity::parse(
                days,
                "validityDays",
                &given(&description.valid_until, ""),
                "validUntil",
            )?,
            authority_validity: Validity::parse(
                authority_days,
                "authorityValidityDays",
                &given(&description.authority_valid_until, ""),
                "authorityValidUntil",
            )?,
            authority_subject: change::authority_subject(
                &description.authority_subject.clone().unwrap_or_default(),
            )?,
            changes: BTreeMap::new(),
        };
        cluster.check_names()?;
        cluster.check_addresses()?;
        let changes = description.certificates.clone().unwrap_or_default();
        cluster.changes = change::parse(&cluster, &changes)?;
        Ok(cluster)
    }

    /// The description with every default filled in: parsing it gives this cluster again.
    pub fn description(&self) -> Description {
        let cidrs: Vec<_> = self.service_cidrs.iter().map(ToString::to_string).collect();
        let changes = self.changes.iter();
        Description {
            preset: self.preset.id.to_owned(),
            name: Some(self.name.clone()),
            nodes: Some(self.nodes.iter().map(Node::description).collect()),
            service_cidr: Some(cidrs.join(",")),
            cluster_domain: Some(self.domain.clone()),
            control_plane_endpoint: Some(
                self.endpoint
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            ),
            kubernetes_version: Some(self.version.to_string()),
            key_algorithm: Some(self.key_algorithm),
            validity_days: Some(i64::from(self.validity.days)),
            valid_until: Some(self.validity.date()),
            authority_validity_days: Some(i64::from(self.authority_validity.days)),
            authority_valid_until: Some(self.authority_validity.date()),
            authority_subject: Some(self.authority_subject.clone()),
            certificates: Some(
                changes
                    .map(|(id, change)| (id.clone(), change.description()))
                    .collect(),
            ),
        }
    }

    /// The same with the workers of these names only. The whole was checked.
    pub(crate) fn with_workers(mut self, names: &[String]) -> Self {
        let kept: HashSet<&str> = names.iter().map(String::as_str).collect();
        self.nodes
            .retain(|node| node.role != Role::Worker || kept.contains(node.name.as_str()));
        self
    }

    /// The cluster's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn nodes_with(&self, role: Role) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.role == role)
    }

    /// The nodes at a place, in the cluster's order.
    pub(crate) fn nodes_at(&self, place: Place) -> Vec<&Node> {
        match place {
            Place::ControlPlane => self.nodes_with(Role::ControlPlane).collect(),
            Place::Etcd => {
                let own: Vec<_> = self.nodes_with(Role::Etcd).collect();
                if own.is_empty() {
                    self.nodes_at(Place::ControlPlane)
                } else {
                    own
                }
            }
            Place::FirstControlPlane => self.nodes_with(Role::ControlPlane).take(1).collect(),
            Place::Kubelet => {
                let has = |node: &&Node| self.preset.kubelets.contains(&node.role);
                self.nodes.iter().filter(has).collect()
            }
            Place::Outside => Vec::new(),
        }
    }

    pub(crate) fn load_balancer(&self) -> Option<&Node> {
        self.nodes_with(Role::LoadBalancer).next()
    }

    /// The addresses of the service `kubernetes`.
    pub(crate) fn service_addresses(&self) -> Vec<IpAddr> {
        self.service_cidrs
            .iter()
            .map(address::first_address)
            .collect()
    }
}
