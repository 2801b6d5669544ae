//! One machine in the making.

use std::net::IpAddr;

use crate::{NodeDescription, Role};

/// One machine.
#[derive(Clone, Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one machine may be several of them"
)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) control_plane: bool,
    pub(crate) etcd: bool,
    pub(crate) kubelet: bool,
    pub(crate) balancer: bool,
    pub(crate) addresses: Vec<IpAddr>,
    pub(crate) names: Vec<String>,
}

impl Draft {
    pub(crate) fn description(&self) -> NodeDescription {
        NodeDescription {
            name: self.name.clone(),
            role: self.role(),
            addresses: self.addresses.iter().map(ToString::to_string).collect(),
            names: self.names.clone(),
        }
    }

    fn role(&self) -> Role {
        if self.balancer {
            Role::LoadBalancer
        } else if self.control_plane {
            Role::ControlPlane
        } else if self.etcd {
            Role::Etcd
        } else {
            Role::Worker
        }
    }

    /// Its own, each once: 127.0.0.1 is everybody's.
    pub(super) fn add(&mut self, addresses: impl IntoIterator<Item = IpAddr>) {
        for address in addresses {
            if !address.is_loopback() && !self.addresses.contains(&address) {
                self.addresses.push(address);
            }
        }
    }

    /// Other names for it, each once.
    pub(super) fn call<'n>(&mut self, names: impl IntoIterator<Item = &'n String>) {
        for name in names {
            let known = *name == self.name || name == "localhost" || self.names.contains(name);
            if !known {
                self.names.push(name.clone());
            }
        }
    }
}
