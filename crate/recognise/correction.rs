//! What the user knows better. Corrections are data: recognition starts anew with them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Role;

/// Everything that a user has put right.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Corrections {
    /// The guide that was followed.
    pub preset: Option<String>,
    /// What single things are; of two corrections for one thing the later one counts.
    pub assigned: Vec<Assigned>,
    /// The addresses of nodes, by their names. A node that is not known otherwise is added.
    pub addresses: BTreeMap<String, Vec<String>>,
    /// What runs on nodes, by their names.
    pub roles: BTreeMap<String, Role>,
    /// The service network.
    pub service_cidr: Option<String>,
    /// Where callers reach the control plane; empty for the load balancer or the first control plane.
    pub control_plane_endpoint: Option<String>,
}

/// One thing put in its place.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Assigned {
    /// A place in [`Inventory::items`](crate::import::Inventory::items).
    pub item: usize,
    /// Id of the certificate in the plan, or file name of the kubeconfig there; `None` for what has no place.
    pub id: Option<String>,
    /// The node that has it, where that matters.
    #[serde(default)]
    pub node: Option<String>,
}

impl Corrections {
    /// This thing is that.
    pub fn assign(&mut self, item: usize, id: Option<&str>, node: Option<&str>) {
        self.assigned.push(Assigned {
            item,
            id: id.map(ToOwned::to_owned),
            node: node.map(ToOwned::to_owned),
        });
    }

    /// The node has this address.
    pub fn address(&mut self, node: &str, address: &str) {
        let addresses = vec![address.to_owned()];
        self.addresses.insert(node.to_owned(), addresses);
    }

    /// This runs on the node.
    pub fn role(&mut self, node: &str, role: Role) {
        self.roles.insert(node.to_owned(), role);
    }

    /// The last correction for an item.
    pub(super) fn of(&self, item: usize) -> Option<&Assigned> {
        self.assigned.iter().rev().find(|one| one.item == item)
    }
}
