//! Whom a caller dials, and so what a listener's certificate has to say.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use serde::{Deserialize, Serialize};

use super::{Connection, fill};
use crate::cluster::{Cluster, DialRecipe, Node, Role};

/// A subject alternative name (RFC 5280, section 4.2.1.6), already parsed.
///
/// As JSON `{"type": "dns", "value": "kubernetes"}`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase", tag = "type", content = "value")]
pub enum ServerName {
    /// A DNS name in lower case, without a trailing dot.
    Dns(String),
    /// An IP address.
    Ip(IpAddr),
}

/// A name of a certificate with those who need it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct PlannedName {
    /// The name.
    #[serde(flatten)]
    pub name: ServerName,
    /// Ids of the connections that dial it; never empty.
    pub diallers: Vec<String>,
}

impl ServerName {
    /// `dns` or `ip`.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Dns(_) => "dns",
            Self::Ip(_) => "ip",
        }
    }
}

impl fmt::Display for ServerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => f.write_str(name),
            Self::Ip(address) => address.fmt(f),
        }
    }
}

pub(super) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Where callers from outside the control plane knock: the load balancer, or the first control plane.
pub(super) fn endpoint(cluster: &Cluster) -> IpAddr {
    let node = cluster
        .load_balancer()
        .or_else(|| cluster.nodes_with(Role::ControlPlane).next())
        .expect("a cluster has a control plane");
    node.addresses[0]
}

/// The names by which the recipe's caller dials `listener`, each with the load balancer in between and the reason.
pub(super) fn dialled(
    cluster: &Cluster,
    recipe: DialRecipe,
    listener: &Node,
) -> Vec<(ServerName, Option<String>, &'static str)> {
    let direct = |names: Vec<ServerName>, reason| {
        names
            .into_iter()
            .map(|name| (name, None, reason))
            .collect::<Vec<_>>()
    };
    let own = || {
        listener
            .addresses
            .iter()
            .copied()
            .map(ServerName::Ip)
            .collect::<Vec<_>>()
    };
    match recipe {
        DialRecipe::Endpoint(reason) => match cluster.load_balancer() {
            Some(balancer) => balancer
                .addresses
                .iter()
                .map(|address| {
                    (
                        ServerName::Ip(*address),
                        Some(balancer.name.clone()),
                        reason,
                    )
                })
                .collect(),
            None => direct(own(), reason),
        },
        DialRecipe::Loopback(reason) => direct(vec![ServerName::Ip(LOOPBACK)], reason),
        DialRecipe::NodeAddress(reason) => direct(own(), reason),
        DialRecipe::NodeName(reason) => direct(
            vec![ServerName::Dns(fill("{node}", Some(listener)))],
            reason,
        ),
        DialRecipe::ServiceAddress(reason) => {
            direct(vec![ServerName::Ip(cluster.service_address())], reason)
        }
        DialRecipe::ServiceNames(reason) => {
            let last = format!("kubernetes.default.svc.{}", cluster.domain);
            let names = [
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                &last,
            ];
            direct(
                names.map(|name| ServerName::Dns(name.to_owned())).to_vec(),
                reason,
            )
        }
    }
}

/// Every name that somebody dials `certificate` by, once each, in the order of the guides: DNS names, the
/// service, the nodes in the cluster's order, loopback.
pub(super) fn collect(
    cluster: &Cluster,
    certificate: &str,
    connections: &[Connection],
) -> Vec<PlannedName> {
    let mut names: Vec<PlannedName> = Vec::new();
    for connection in connections
        .iter()
        .filter(|connection| connection.server.certificate == certificate)
    {
        for dial in &connection.dials {
            match names.iter_mut().find(|known| known.name == dial.host) {
                Some(known) => known.diallers.push(connection.id.clone()),
                None => names.push(PlannedName {
                    name: dial.host.clone(),
                    diallers: vec![connection.id.clone()],
                }),
            }
        }
    }
    names.sort_by_key(|planned| rank(cluster, &planned.name));
    names
}

/// Control planes stand before the load balancer, as in the guides, wherever the description has it.
fn rank(cluster: &Cluster, name: &ServerName) -> (u8, usize) {
    let ServerName::Ip(address) = name else {
        return (0, 0);
    };
    let node = cluster
        .nodes
        .iter()
        .position(|node| node.addresses.contains(address));
    match node {
        Some(index) if cluster.nodes[index].role == Role::LoadBalancer => (3, index),
        Some(index) => (2, index),
        None if *address == LOOPBACK => (4, 0),
        None => (1, 0),
    }
}
