//! Whom a caller dials, and so what a listener's certificate has to say.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use super::Connection;
use crate::cluster::{CertificateRecipe, Change, Cluster, DialRecipe, Endpoint, Node, Role};
use crate::words::{Words, words};

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
    /// Ids of the connections that dial it; empty where nobody does and there is a reason.
    pub diallers: Vec<String>,
    /// Why it is there although nobody dials it; `None` where somebody does.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
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

/// Where a kubeconfig from outside the control plane points: the endpoint, the load balancer, or the first control plane.
pub(super) fn endpoint(cluster: &Cluster) -> Endpoint {
    let node = || {
        let first = cluster.nodes_with(Role::ControlPlane).next();
        let node = cluster.load_balancer().or(first);
        node.expect("a cluster has a control plane").addresses[0]
    };
    let given = cluster.endpoint.clone();
    given.unwrap_or_else(|| Endpoint::of_address(node()))
}

/// The control plane whose own name or address the endpoint is, and so the only one that is reached by it.
pub(super) fn endpoint_s_node(cluster: &Cluster) -> Option<&Node> {
    let mut nodes = cluster.nodes_with(Role::ControlPlane);
    match &cluster.endpoint {
        None if cluster.load_balancer().is_some() => None,
        None => nodes.next(),
        Some(endpoint) => nodes.find(|node| match &endpoint.host {
            ServerName::Dns(name) => node.name == *name || node.names.contains(name),
            ServerName::Ip(address) => node.addresses.contains(address),
        }),
    }
}

/// One way to dial a listener: the name, its port if it is not the usual one, and the load balancer in between.
pub(super) struct Way {
    pub(super) host: ServerName,
    pub(super) port: Option<u16>,
    pub(super) via: Option<String>,
    pub(super) reason: Words,
}

/// The names by which the recipe's caller, on its own node, dials `listener`.
pub(super) fn dialled(
    cluster: &Cluster,
    recipe: DialRecipe,
    caller: Option<&Node>,
    listener: &Node,
) -> Vec<Way> {
    let direct = |names: Vec<ServerName>, reason| {
        let way = |host| Way {
            host,
            port: None,
            via: None,
            reason,
        };
        names.into_iter().map(way).collect::<Vec<_>>()
    };
    match recipe {
        DialRecipe::Address(address, reason) => {
            direct(vec![ServerName::Ip(address.into())], reason)
        }
        DialRecipe::Endpoint(reason) => through_endpoint(cluster, listener, reason)
            .unwrap_or_else(|| direct(own(listener), reason)),
        DialRecipe::Localhost(reason) => direct(
            vec![
                ServerName::Dns("localhost".into()),
                ServerName::Ip(Ipv6Addr::LOCALHOST.into()),
            ],
            reason,
        ),
        DialRecipe::Loopback(reason) => direct(vec![ServerName::Ip(LOOPBACK)], reason),
        DialRecipe::NodeAddress(reason) => direct(own(listener), reason),
        DialRecipe::NodeName(reason) => {
            direct(vec![ServerName::Dns(listener.name.clone())], reason)
        }
        DialRecipe::OwnOrAddress(reason) => match caller {
            Some(caller) if caller.name == listener.name => {
                direct(vec![ServerName::Ip(LOOPBACK)], reason)
            }
            _ => direct(own(listener), reason),
        },
        DialRecipe::ServiceAddress(reason) => {
            let addresses = cluster.service_addresses().into_iter();
            direct(addresses.map(ServerName::Ip).collect(), reason)
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

/// The endpoint first, then the load balancer's own names; `None` where neither leads to the listener.
fn through_endpoint(cluster: &Cluster, listener: &Node, reason: Words) -> Option<Vec<Way>> {
    if endpoint_s_node(cluster).is_some_and(|node| node.name != listener.name) {
        return None;
    }
    let balancer = cluster.load_balancer();
    let via = balancer.map(|balancer| balancer.name.clone());
    let given = cluster.endpoint.as_ref().map(|endpoint| Way {
        host: endpoint.host.clone(),
        port: Some(endpoint.port),
        via: via.clone(),
        reason,
    });
    let behind = balancer.into_iter().flat_map(own).map(|host| Way {
        host,
        port: None,
        via: via.clone(),
        reason,
    });
    let ways: Vec<_> = given.into_iter().chain(behind).collect();
    (!ways.is_empty()).then_some(ways)
}

/// A node's addresses, and the further names that the description gives it.
fn own(node: &Node) -> Vec<ServerName> {
    let addresses = node.addresses.iter().copied().map(ServerName::Ip);
    let names = node.names.iter().cloned().map(ServerName::Dns);
    addresses.chain(names).collect()
}

/// What every certificate is dialled by.
pub(super) struct Dialled<'a> {
    cluster: &'a Cluster,
    names: HashMap<&'a str, Vec<PlannedName>>,
    owners: HashMap<IpAddr, (usize, Role)>,
}

impl<'a> Dialled<'a> {
    pub(super) fn new(cluster: &'a Cluster, connections: &'a [Connection]) -> Self {
        let mut names: HashMap<&str, Vec<PlannedName>> = HashMap::new();
        for connection in connections {
            let known = names.entry(&connection.server.certificate).or_default();
            for dial in &connection.dials {
                match known.iter_mut().find(|planned| planned.name == dial.host) {
                    Some(planned) => planned.diallers.push(connection.id.clone()),
                    None => known.push(PlannedName {
                        name: dial.host.clone(),
                        diallers: vec![connection.id.clone()],
                        reason: None,
                    }),
                }
            }
        }
        let nodes = cluster.nodes.iter().enumerate();
        let owners = nodes.flat_map(|(index, node)| {
            let addresses = node.addresses.iter();
            addresses.map(move |address| (*address, (index, node.role)))
        });
        Self {
            owners: owners.collect(),
            names,
            cluster,
        }
    }

    /// Every name that somebody dials the certificate by, once each, in the order of the guides: DNS names, the
    /// service, the nodes in the cluster's order, loopback; and what its recipe and the description ask for besides.
    pub(super) fn take(
        &mut self,
        recipe: &CertificateRecipe,
        node: Option<&Node>,
        id: &str,
        change: Option<&Change>,
    ) -> Vec<PlannedName> {
        let mut names = self.names.remove(id).unwrap_or_default();
        let cluster = self.cluster;
        let demanded = node.into_iter().flat_map(|node| {
            let ways = recipe.names.iter();
            ways.flat_map(move |way| dialled(cluster, *way, Some(node), node))
        });
        let demanded: Vec<_> = demanded.map(|way| (way.host, way.reason)).collect();
        let asked = change.into_iter().flat_map(|change| change.names.iter());
        let asked = asked.map(|name| (name.clone(), ASKED));
        for (name, reason) in demanded.into_iter().chain(asked) {
            if names.iter().all(|known| known.name != name) {
                names.push(PlannedName {
                    name,
                    diallers: Vec::new(),
                    reason: Some(reason),
                });
            }
        }
        names.sort_by_key(|planned| self.rank(&planned.name));
        names
    }

    /// Control planes stand before the load balancer, as in the guides, wherever the description has it.
    fn rank(&self, name: &ServerName) -> (u8, usize) {
        let ServerName::Ip(address) = name else {
            return (0, 0);
        };
        match self.owners.get(address) {
            Some((index, Role::LoadBalancer)) => (3, *index),
            Some((index, _)) => (2, *index),
            None if address.is_loopback() => (4, 0),
            None => (1, 0),
        }
    }
}

const ASKED: Words = words("the description asks for it", "クラスターの記述で指定");
