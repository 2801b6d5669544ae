//! kube-apiserver's certificates: one for each control plane, or one for all of them.

use std::collections::HashSet;
use std::net::IpAddr;

use super::{Builder, Draft};
use crate::recognise::duty::Duty;
use crate::recognise::face::Face;
use crate::recognise::kubeconfig::Called;
use crate::recognise::scene::Seen;
use crate::recognise::service;

/// One certificate.
pub(super) struct Server<'a> {
    pub(super) face: &'a Face,
    /// Whose it is, if it is one node's alone.
    node: Option<String>,
}

impl<'a> Builder<'a> {
    pub(super) fn servers(&self) -> Vec<Server<'a>> {
        let scene = self.scene;
        let mut known = HashSet::new();
        let found: Vec<_> = scene
            .certificates()
            .filter(|(_, seen, _)| seen.duty() == Some(Duty::Apiserver))
            .filter(|(_, seen, _)| known.insert(seen.face))
            .collect();
        let several = found.len() > 1;
        let servers = found.into_iter().map(|(_, seen, face)| Server {
            face,
            node: self.owner(seen, face, several),
        });
        servers.collect()
    }

    fn owner(&self, seen: &Seen, face: &Face, several: bool) -> Option<String> {
        let plain = |name: &&String| {
            !name.contains('.') && !["kubernetes", "localhost"].contains(&name.as_str())
        };
        let mut names = face.dns.iter().filter(plain);
        if let (Some(name), None) = (names.next(), names.next()) {
            return Some(name.clone());
        }
        if !several {
            return None;
        }
        let nodes = self.made.nodes.iter();
        let mut owners = nodes.filter(|node| face.dns.contains(&node.name));
        let only = owners.next().filter(|_| owners.next().is_none());
        only.map(|node| node.name.clone())
            .or(seen.node().map(ToOwned::to_owned))
    }

    pub(super) fn apiservers(&mut self, servers: &[Server<'_>], services: &[IpAddr]) {
        let fixed = service::fixed(self.preset);
        let free = |address: &IpAddr| {
            !address.is_loopback() && !services.contains(address) && !fixed.contains(address)
        };
        let in_all = |address: &IpAddr| {
            let mut all = servers.iter();
            servers.len() > 1 && all.all(|one| one.face.addresses.contains(address))
        };
        let mut pool: Vec<IpAddr> = Vec::new();
        for server in servers {
            let own = server.face.addresses.iter().copied().filter(free);
            let Some(node) = &server.node else {
                pool.extend(own);
                continue;
            };
            self.draft(node).control_plane = true;
            self.own_server(node, own.filter(|address| !in_all(address)).collect());
            let names = server.face.dns.iter();
            let names = names.filter(|name| first_label(name) == node);
            self.draft(node).call(names);
        }
        if let Some(shared) = servers.iter().find(|server| server.node.is_none()) {
            self.shared_server(shared.face, pool);
        } else if let Some(first) = servers.first() {
            let common = first.face.addresses.iter().copied().filter(free);
            self.balancer(&common.filter(in_all).collect::<Vec<_>>());
        }
    }

    /// The addresses of a certificate that is one node's: its own, and what a kubeconfig calls besides.
    fn own_server(&mut self, node: &str, own: Vec<IpAddr>) {
        let known = !self.draft(node).addresses.is_empty();
        let called: HashSet<IpAddr> = self.outside().filter_map(Called::address).collect();
        let inside = self.scene.called.iter().filter(|called| called.is_inside());
        let inside: HashSet<IpAddr> = inside.filter_map(Called::address).collect();
        let several = own.len() > 1;
        let mut balancers = Vec::new();
        for address in own {
            let other = self.draft(node).addresses.contains(&address);
            let local = inside.contains(&address) || other;
            if !local && called.contains(&address) && (known || several) {
                balancers.push(address);
            } else if !known || other {
                self.draft(node).add([address]);
            }
        }
        self.balancer(&balancers);
    }

    /// One certificate for all control planes: which address is whose is to be found out.
    fn shared_server(&mut self, face: &Face, mut pool: Vec<IpAddr>) {
        self.planes_by(face, &pool);
        let members = self.shared_members();
        let nodes = self.made.nodes.iter().filter(|node| !node.control_plane);
        let workers: HashSet<_> = nodes.flat_map(|node| &node.addresses).collect();
        pool.retain(|address| !workers.contains(address));
        let stacked = members.iter().any(|address| pool.contains(address));
        self.balancer_of(&mut pool, &members, stacked);
        if stacked {
            let named = |address: &IpAddr| members.contains(address);
            let count = pool.iter().filter(|address| named(address)).count();
            if count >= self.planes().count() {
                pool.retain(named);
            }
            let missing = members.iter().filter(|address| !pool.contains(address));
            let missing: Vec<_> = missing.copied().collect();
            pool.extend(missing);
        } else if !members.is_empty() {
            let wanted = |node: &Draft| node.etcd && !node.control_plane;
            self.spread(members, wanted, "etcd", |node| node.etcd = true);
        }
        let wanted = |node: &Draft| node.control_plane;
        let mark = |node: &mut Draft| node.control_plane = true;
        self.spread(pool, wanted, "control-plane", mark);
        self.name_planes(face);
    }

    /// Nodes with a kubelet that the certificate names.
    fn planes_by(&mut self, face: &Face, pool: &[IpAddr]) {
        let names: HashSet<_> = face.dns.iter().collect();
        for draft in &mut self.made.nodes {
            let there = draft.addresses.iter().any(|address| pool.contains(address));
            draft.control_plane |= draft.kubelet && (there || names.contains(&draft.name));
        }
    }

    pub(super) fn planes(&self) -> impl Iterator<Item = &Draft> {
        let nodes = self.made.nodes.iter();
        nodes.filter(|node| node.control_plane)
    }

    /// Whose name each of the certificate's names is, beside the service's.
    fn name_planes(&mut self, face: &Face) {
        let planes: Vec<_> = self.planes().map(|node| node.name.clone()).collect();
        let usual = self.preset.nodes();
        // What is called from outside is the endpoint, even of a single control plane.
        let called: HashSet<_> = self.outside().map(|called| called.host.clone()).collect();
        for name in &face.dns {
            let label = first_label(name);
            let usual = usual.iter().find(|node| node.names.contains(name));
            let mut named = planes.iter();
            let named = named
                .find(|node| *node == label || usual.is_some_and(|usual| usual.name == **node));
            let only = planes.first();
            let only = only.filter(|_| planes.len() == 1 && !called.contains(name));
            let service = name == "kubernetes" || name.starts_with("kubernetes.");
            if let Some(owner) = named.or(only).filter(|_| !service) {
                self.draft(owner).call([name]);
            }
        }
    }

    /// The addresses of etcd's certificate where all members have the same.
    fn shared_members(&self) -> Vec<IpAddr> {
        let mut known = HashSet::new();
        let mut members = Vec::new();
        for (_, seen, face) in self.scene.certificates() {
            let member = seen.duty().is_some_and(Duty::is_etcd_member);
            if member && !face.dns.contains(&face.common_name) {
                let own = face.addresses.iter().copied();
                let own = own.filter(|address| !address.is_loopback());
                members.extend(own.filter(|address| known.insert(*address)));
            }
        }
        members
    }
}

fn first_label(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}
