//! Description -> Cluster.

mod address;
mod description;
mod name;
mod preset;

use std::net::IpAddr;

use ipnet::IpNet;

pub use self::description::{Description, NodeDescription, Role};
pub(crate) use self::preset::{
    ConnectionRecipe, CredentialRecipe, DialRecipe, Each, KubeconfigRecipe, Pairing, Server,
    Station, preset_ids,
};
pub use self::preset::{Difference, PRESETS, Preset};
use crate::Error;

/// A description that parsed. It cannot be built otherwise, so whoever holds one need not check it again.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub(crate) preset: &'static Preset,
    pub(crate) name: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) service_cidr: IpNet,
    pub(crate) domain: String,
    pub(crate) key_algorithm: KeyAlgorithm,
    pub(crate) validity_days: u32,
}

/// One machine of a [`Cluster`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Never empty.
    pub(crate) addresses: Vec<IpAddr>,
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
        let cluster = Self {
            preset,
            name: name::cluster_name(&given(&description.name, preset.cluster_name))?,
            service_cidr: address::service_cidr(&given(
                &description.service_cidr,
                preset.service_cidr,
            ))?,
            domain: name::domain(&given(&description.cluster_domain, preset.cluster_domain))?,
            key_algorithm: description.key_algorithm.unwrap_or(preset.key_algorithm),
            validity_days: validity(description.validity_days.unwrap_or(preset.validity_days))?,
            nodes: match &description.nodes {
                Some(described) => nodes(described)?,
                None => nodes(&preset.nodes())?,
            },
        };
        cluster.check_names()?;
        cluster.check_addresses()?;
        Ok(cluster)
    }

    /// The description with every default filled in: parsing it gives this cluster again.
    pub fn description(&self) -> Description {
        Description {
            preset: self.preset.id.to_owned(),
            name: Some(self.name.clone()),
            nodes: Some(self.nodes.iter().map(Node::description).collect()),
            service_cidr: Some(self.service_cidr.to_string()),
            cluster_domain: Some(self.domain.clone()),
            key_algorithm: Some(self.key_algorithm),
            validity_days: Some(i64::from(self.validity_days)),
        }
    }

    /// The cluster's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn nodes_with(&self, role: Role) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.role == role)
    }

    pub(crate) fn load_balancer(&self) -> Option<&Node> {
        self.nodes_with(Role::LoadBalancer).next()
    }

    /// The address of the service `kubernetes`.
    pub(crate) fn service_address(&self) -> IpAddr {
        address::first_address(&self.service_cidr)
    }

    /// Names are unique, and no worker's certificate overwrites another file.
    fn check_names(&self) -> Result<(), Error> {
        for (index, node) in self.nodes.iter().enumerate() {
            let field = || format!("nodes[{index}].name");
            if self.nodes[..index]
                .iter()
                .any(|other| other.name == node.name)
            {
                return Err(Error::DuplicateName {
                    field: field(),
                    found: node.name.clone(),
                });
            }
            if self.preset.reserves(&node.name) {
                return Err(Error::ReservedName {
                    field: field(),
                    found: node.name.clone(),
                });
            }
        }
        Ok(())
    }

    /// Addresses are unique, and none is a service's.
    fn check_addresses(&self) -> Result<(), Error> {
        let mut owners: Vec<(IpAddr, &Node)> = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            for (position, address) in node.addresses.iter().enumerate() {
                let field = || format!("nodes[{index}].addresses[{position}]");
                if let Some((_, owner)) = owners.iter().find(|(other, _)| other == address) {
                    return Err(Error::DuplicateAddress {
                        field: field(),
                        found: address.to_string(),
                        owner: owner.name.clone(),
                    });
                }
                if self.service_cidr.contains(address) {
                    return Err(Error::ServiceCidrOverlap {
                        field: field(),
                        found: address.to_string(),
                        cidr: self.service_cidr.to_string(),
                    });
                }
                owners.push((*address, node));
            }
        }
        Ok(())
    }
}

impl Node {
    fn description(&self) -> NodeDescription {
        NodeDescription {
            name: self.name.clone(),
            role: self.role,
            addresses: self.addresses.iter().map(ToString::to_string).collect(),
        }
    }
}

fn nodes(described: &[NodeDescription]) -> Result<Vec<Node>, Error> {
    if described.len() > NODES_MAX {
        return Err(Error::TooManyNodes {
            found: described.len().to_string(),
            limit: NODES_MAX,
            what: "nodes",
        });
    }
    let count = |role| described.iter().filter(|node| node.role == role).count();
    if count(Role::ControlPlane) == 0 {
        return Err(Error::NoControlPlane);
    }
    if count(Role::LoadBalancer) > 1 {
        return Err(Error::TooManyNodes {
            found: count(Role::LoadBalancer).to_string(),
            limit: 1,
            what: "load balancers",
        });
    }
    described
        .iter()
        .enumerate()
        .map(|(index, node)| parse_node(index, node))
        .collect()
}

fn parse_node(index: usize, described: &NodeDescription) -> Result<Node, Error> {
    let name = name::node_name(&described.name, format!("nodes[{index}].name"))?;
    if described.addresses.is_empty() {
        return Err(Error::InvalidAddress {
            field: format!("nodes[{index}].addresses"),
            found: String::new(),
        });
    }
    let addresses = described
        .addresses
        .iter()
        .enumerate()
        .map(|(position, found)| {
            address::node_address(found, format!("nodes[{index}].addresses[{position}]"))
        })
        .collect::<Result<_, _>>()?;
    Ok(Node {
        name,
        role: described.role,
        addresses,
    })
}

fn validity(days: i64) -> Result<u32, Error> {
    match u32::try_from(days) {
        Ok(days @ 1..=VALIDITY_DAYS_MAX) => Ok(days),
        _ => Err(Error::InvalidValidity {
            found: days.to_string(),
        }),
    }
}

/// A hundred years: whoever types more has mistyped.
const VALIDITY_DAYS_MAX: u32 = 36_500;

/// Every kube-apiserver calls every kubelet, so the plan grows with the product of both: this many still plan in milliseconds.
const NODES_MAX: usize = 200;
