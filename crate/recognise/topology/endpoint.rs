//! Whom everybody from outside calls, and the network of services.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Builder, Server};
use crate::recognise::{Guess, service};

impl Builder<'_> {
    /// The host that most kubeconfigs from outside call, unless it is the one that is called anyway.
    pub(super) fn endpoint(&mut self, servers: &[Server<'_>]) {
        if let Some(endpoint) = &self.scene.corrections.control_plane_endpoint {
            self.made.endpoint.clone_from(endpoint);
            return;
        }
        let Some((host, port)) = self.most_called(servers) else {
            // The preset's own, where the certificate has it.
            let own = self.preset.description().control_plane_endpoint;
            let own = own.unwrap_or_default();
            let mut servers = servers.iter();
            let held = servers.any(|server| server.face.dns.contains(&own));
            self.made.endpoint = if held { own } else { String::new() };
            return;
        };
        let v6 = host.contains(':');
        self.made.endpoint = match port {
            6443 if self.dialled_anyway().as_ref() == Some(&host) => String::new(),
            6443 => host,
            port if v6 => format!("[{host}]:{port}"),
            port => format!("{host}:{port}"),
        };
    }

    /// What the certificate has goes before what it has not, however many call that.
    fn most_called(&self, servers: &[Server<'_>]) -> Option<(String, u16)> {
        let mut counts: BTreeMap<(&str, u16), usize> = BTreeMap::new();
        for called in self.outside() {
            let mut faces = servers.iter().map(|server| server.face);
            let certain = servers.is_empty() || faces.any(|face| called.is_held_by(face));
            // Whom a stranger calls that no certificate names says nothing of this cluster's callers.
            if !certain && called.duty.is_none() {
                continue;
            }
            let weight = if certain { CERTAIN } else { 1 };
            *counts.entry((&called.host, called.port)).or_default() += weight;
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map(|((host, port), _)| (host.to_owned(), port))
    }

    /// The load balancer, or the first control plane.
    fn dialled_anyway(&self) -> Option<String> {
        let balancer = self.made.nodes.iter().find(|node| node.balancer);
        let usual = balancer.or(self.planes().next());
        let address = usual.and_then(|node| node.addresses.first());
        address.map(ToString::to_string)
    }

    pub(super) fn service(&mut self, found: &[IpAddr]) {
        if let Some(cidr) = &self.scene.corrections.service_cidr {
            self.made.service_cidr.clone_from(cidr);
            return;
        }
        let nodes: Vec<_> = self.addresses().collect();
        self.made.service_cidr = service::network(found, &nodes, self.preset);
        let address: Vec<_> = found.iter().map(ToString::to_string).collect();
        self.made.guesses.push(Guess::ServiceCidr {
            cidr: self.made.service_cidr.clone(),
            address: address.join(","),
        });
    }
}

/// More than there are kubeconfigs: one that is certain outweighs all that are not.
const CERTAIN: usize = 1_000_000;
