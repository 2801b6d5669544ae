//! The machines of a cluster: each by itself, and all against each other.

use std::collections::HashMap;
use std::net::IpAddr;

use super::{Cluster, Endpoint, NodeDescription, Preset, Role, address, name};
use crate::{Error, ServerName};

/// One machine of a [`Cluster`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Never empty.
    pub(crate) addresses: Vec<IpAddr>,
    /// Further DNS names.
    pub(crate) names: Vec<String>,
}

impl Node {
    pub(super) fn description(&self) -> NodeDescription {
        NodeDescription {
            name: self.name.clone(),
            role: self.role,
            addresses: self.addresses.iter().map(ToString::to_string).collect(),
            names: self.names.clone(),
        }
    }
}

/// Every node by itself, and how many there are of each role.
pub(super) fn parse(preset: &Preset, described: &[NodeDescription]) -> Result<Vec<Node>, Error> {
    let count = |role| described.iter().filter(|node| node.role == role).count();
    for (role, limit) in LIMITS {
        let found = count(*role);
        if found > *limit {
            return Err(Error::TooManyNodes {
                found: found.to_string(),
                limit: *limit,
                role: *role,
            });
        }
    }
    if count(Role::ControlPlane) == 0 {
        return Err(Error::NoControlPlane);
    }
    described
        .iter()
        .enumerate()
        .map(|(index, node)| parse_node(preset, index, node))
        .collect()
}

fn parse_node(preset: &Preset, index: usize, described: &NodeDescription) -> Result<Node, Error> {
    let name = name::node_name(&described.name, format!("nodes[{index}].name"))?;
    if !preset.roles.contains(&described.role) {
        return Err(Error::RoleNotInPreset {
            field: format!("nodes[{index}].role"),
            found: described.role.id().to_owned(),
        });
    }
    if described.addresses.is_empty() {
        return Err(Error::InvalidAddress {
            field: format!("nodes[{index}].addresses"),
            found: String::new(),
        });
    }
    let addresses = described.addresses.iter().enumerate();
    let names = described.names.iter().enumerate();
    Ok(Node {
        name,
        role: described.role,
        addresses: addresses
            .map(|(position, found)| {
                address::node_address(found, format!("nodes[{index}].addresses[{position}]"))
            })
            .collect::<Result<_, _>>()?,
        names: names
            .map(|(position, found)| {
                name::dns_name(found, &format!("nodes[{index}].names[{position}]"))
            })
            .collect::<Result<_, _>>()?,
    })
}

impl Cluster {
    /// Names are unique, and no node's file overwrites another.
    pub(super) fn check_names(&self) -> Result<(), Error> {
        let mut taken = HashMap::new();
        for (index, node) in self.nodes.iter().enumerate() {
            let own = [(&node.name, format!("nodes[{index}].name"))];
            let further = node.names.iter().enumerate();
            let further =
                further.map(|(position, name)| (name, format!("nodes[{index}].names[{position}]")));
            for (name, field) in own.into_iter().chain(further) {
                if taken.insert(name, index).is_some() {
                    return Err(Error::DuplicateName {
                        field,
                        found: name.clone(),
                    });
                }
            }
            if self.preset.reserves(&node.name) {
                return Err(Error::ReservedName {
                    field: format!("nodes[{index}].name"),
                    found: node.name.clone(),
                });
            }
        }
        Ok(())
    }

    /// Addresses are unique, and none is a service's; nor is that of the control-plane endpoint.
    pub(super) fn check_addresses(&self) -> Result<(), Error> {
        let mut owners: HashMap<IpAddr, &Node> = HashMap::new();
        for (index, node) in self.nodes.iter().enumerate() {
            for (position, address) in node.addresses.iter().enumerate() {
                let field = || format!("nodes[{index}].addresses[{position}]");
                if let Some(owner) = owners.insert(*address, node) {
                    return Err(Error::DuplicateAddress {
                        field: field(),
                        found: address.to_string(),
                        owner: owner.name.clone(),
                    });
                }
                self.check_outside_services(*address, field)?;
            }
        }
        match &self.endpoint {
            Some(Endpoint {
                host: ServerName::Ip(address),
                ..
            }) => self.check_outside_services(*address, || "controlPlaneEndpoint".to_owned()),
            _ => Ok(()),
        }
    }

    fn check_outside_services(
        &self,
        address: IpAddr,
        field: impl Fn() -> String,
    ) -> Result<(), Error> {
        let mut cidrs = self.service_cidrs.iter();
        match cidrs.find(|cidr| cidr.contains(&address)) {
            None => Ok(()),
            Some(cidr) => Err(Error::ServiceCidrOverlap {
                field: field(),
                found: address.to_string(),
                cidr: cidr.to_string(),
            }),
        }
    }
}

/// How many nodes of a role there may be.
const LIMITS: &[(Role, usize)] = &[
    // Kubernetes' own limit: https://kubernetes.io/docs/setup/best-practices/cluster-large/
    (Role::Worker, WORKERS_MAX),
    // etcd advises against more than seven members; every control plane calls every member and every kubelet,
    // so the plan grows with the product.
    (Role::ControlPlane, MEMBERS_MAX),
    (Role::Etcd, MEMBERS_MAX),
    // A kubeconfig names one.
    (Role::LoadBalancer, 1),
];

pub(super) const WORKERS_MAX: usize = 5000;
const MEMBERS_MAX: usize = 15;
