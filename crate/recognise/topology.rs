//! The machines: their names, what runs on them, and their addresses, by whatever file tells of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;

use super::duty::Duty;
use super::face::Face;
use super::kubeconfig::Called;
use super::scene::Scene;
use super::{Guess, service};
use crate::{NodeDescription, Preset, Role};

/// What is known of the machines.
#[derive(Default)]
pub(super) struct Topology {
    pub(super) nodes: Vec<Draft>,
    /// The network of services.
    pub(super) service_cidr: String,
    /// `HOST` or `HOST:PORT`; empty for the load balancer or the first control plane.
    pub(super) endpoint: String,
    pub(super) guesses: Vec<Guess>,
    /// Addresses that no file tells of.
    pub(super) made_up: HashSet<String>,
}

/// One machine.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) control_plane: bool,
    pub(super) etcd: bool,
    pub(super) kubelet: bool,
    pub(super) balancer: bool,
    pub(super) addresses: Vec<IpAddr>,
    pub(super) names: Vec<String>,
}

impl Draft {
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

    pub(super) fn description(&self) -> NodeDescription {
        NodeDescription {
            name: self.name.clone(),
            role: self.role(),
            addresses: self.addresses.iter().map(ToString::to_string).collect(),
            names: self.names.clone(),
        }
    }

    fn add(&mut self, addresses: impl IntoIterator<Item = IpAddr>) {
        for address in addresses {
            if !address.is_loopback() && !self.addresses.contains(&address) {
                self.addresses.push(address);
            }
        }
    }
}

pub(super) fn of(scene: &Scene<'_>, preset: &Preset) -> Topology {
    let mut builder = Builder {
        scene,
        preset,
        made: Topology::default(),
        places: HashMap::new(),
    };
    builder.folders();
    builder.kubelets();
    builder.members();
    let servers = builder.servers();
    let own: Vec<IpAddr> = builder.addresses().collect();
    let all = servers.iter().flat_map(|(face, _)| &face.addresses);
    let found = service::addresses(all.copied(), &own, preset);
    builder.apiservers(&servers, &found);
    builder.nobody_left_out();
    builder.correct();
    builder.endpoint(&servers);
    builder.service(&found);
    builder.made
}

struct Builder<'a> {
    scene: &'a Scene<'a>,
    preset: &'a Preset,
    made: Topology,
    places: HashMap<String, usize>,
}

impl<'a> Builder<'a> {
    fn draft(&mut self, name: &str) -> &mut Draft {
        let nodes = &mut self.made.nodes;
        let place = *self.places.entry(name.to_owned()).or_insert_with(|| {
            nodes.push(Draft {
                name: name.to_owned(),
                ..Draft::default()
            });
            nodes.len() - 1
        });
        &mut self.made.nodes[place]
    }

    fn addresses(&self) -> impl Iterator<Item = IpAddr> + use<'_, 'a> {
        self.made
            .nodes
            .iter()
            .flat_map(|node| node.addresses.iter().copied())
    }

    /// What lies in a node's folder shows what runs there.
    fn folders(&mut self) {
        let scene = self.scene;
        for folder in &scene.folders {
            self.draft(folder);
        }
        let duties = scene.called.iter().map(|called| (called.item, called.duty));
        let seen = scene.seen.iter().enumerate();
        let all = seen.map(|(item, seen)| (item, seen.duty())).chain(duties);
        for (item, duty) in all {
            let seen = &scene.seen[item];
            let (Some(node), Some(duty)) = (seen.node(), duty) else {
                continue;
            };
            if seen.within.is_some() {
                continue;
            }
            let (node, kubelet) = (node.to_owned(), seen.kubelet.clone());
            match duty {
                Duty::Apiserver | Duty::ControllerManager | Duty::Scheduler => {
                    self.draft(&node).control_plane = true;
                }
                Duty::EtcdServer | Duty::EtcdPeer => self.draft(&node).etcd = true,
                Duty::KubeletClient | Duty::KubeletServer
                    if kubelet.as_ref().is_none_or(|kubelet| *kubelet == node) =>
                {
                    self.draft(&node).kubelet = true;
                }
                Duty::KubeProxy if seen.face.is_none() => self.draft(&node).kubelet = true,
                _ => {}
            }
        }
    }

    fn kubelets(&mut self) {
        let scene = self.scene;
        for (_, seen, face) in scene.certificates() {
            let Some(node) = &seen.kubelet else { continue };
            let draft = self.draft(node);
            draft.kubelet = true;
            draft.add(face.addresses.iter().copied());
            let further = face
                .dns
                .iter()
                .filter(|name| *name != node && *name != "localhost");
            for name in further {
                if !draft.names.contains(name) {
                    draft.names.push(name.clone());
                }
            }
        }
        for called in &scene.called {
            if let (Some(Duty::KubeletClient), Some(node)) = (called.duty, &called.node) {
                self.draft(node).kubelet = true;
            }
        }
    }

    /// Members of etcd whose certificates say their names, as kubeadm's do.
    fn members(&mut self) {
        for (_, seen, face) in self.scene.certificates() {
            if !seen.duty().is_some_and(Duty::is_etcd_member) {
                continue;
            }
            let named = face.dns.contains(&face.common_name);
            let known = Duty::of_common_name(&face.common_name).is_none();
            if named && known {
                let draft = self.draft(&face.common_name);
                draft.etcd = true;
                draft.add(face.addresses.iter().copied());
                let further = face.dns.iter();
                let further: Vec<_> = further
                    .filter(|name| **name != draft.name && *name != "localhost")
                    .filter(|name| !draft.names.contains(*name))
                    .cloned()
                    .collect();
                draft.names.extend(further);
            }
        }
    }

    /// kube-apiserver's certificates, each with its node if it is one node's alone.
    fn servers(&self) -> Vec<(&'a Face, Option<String>)> {
        let scene = self.scene;
        let mut known = HashSet::new();
        let found: Vec<_> = scene
            .certificates()
            .filter(|(_, seen, _)| seen.duty() == Some(Duty::Apiserver))
            .filter(|(_, seen, _)| known.insert(seen.face))
            .collect();
        let several = found.len() > 1;
        let own = |(_, seen, face): &(usize, &super::scene::Seen, &'a Face)| {
            let plain = |name: &&String| {
                !name.contains('.') && !["kubernetes", "localhost"].contains(&name.as_str())
            };
            let names: Vec<_> = face.dns.iter().filter(plain).collect();
            match names[..] {
                [name] => Some(name.clone()),
                _ if several => {
                    let mut known = self
                        .made
                        .nodes
                        .iter()
                        .filter(|node| face.dns.contains(&node.name));
                    let named = known.next().filter(|_| known.next().is_none());
                    named
                        .map(|node| node.name.clone())
                        .or(seen.node().map(ToOwned::to_owned))
                }
                _ => None,
            }
        };
        found.iter().map(|one| (one.2, own(one))).collect()
    }

    fn apiservers(&mut self, servers: &[(&Face, Option<String>)], services: &[IpAddr]) {
        let mut pool: Vec<IpAddr> = Vec::new();
        let fixed = service::fixed(self.preset);
        let free = |address: &IpAddr| {
            !address.is_loopback() && !services.contains(address) && !fixed.contains(address)
        };
        for (face, node) in servers {
            match node {
                Some(node) => {
                    self.draft(node).control_plane = true;
                    let of_others = |address: &IpAddr| {
                        servers.len() > 1
                            && servers
                                .iter()
                                .all(|(other, _)| other.addresses.contains(address))
                    };
                    let mut own: Vec<_> = face.addresses.iter().copied().filter(free).collect();
                    own.retain(|address| !of_others(address));
                    self.own_server(node, own);
                    let node = node.clone();
                    let further: Vec<_> = face
                        .dns
                        .iter()
                        .filter(|name| first_label(name) == node && **name != node)
                        .cloned()
                        .collect();
                    let draft = self.draft(&node);
                    for name in further {
                        if !draft.names.contains(&name) {
                            draft.names.push(name);
                        }
                    }
                }
                None => pool.extend(face.addresses.iter().copied().filter(free)),
            }
        }
        let shared = servers.iter().find(|(_, node)| node.is_none());
        if let Some((face, _)) = shared {
            self.shared_server(face, &mut pool);
        } else if servers.len() > 1 {
            let in_all = servers[0].0.addresses.iter().copied().filter(free);
            let in_all = in_all.filter(|address| {
                servers
                    .iter()
                    .all(|(face, _)| face.addresses.contains(address))
            });
            let in_all: Vec<_> = in_all.collect();
            self.balancer(&in_all);
        }
    }

    /// The addresses of a certificate that is one node's: its own, and what a kubeconfig calls besides.
    fn own_server(&mut self, node: &str, own: Vec<IpAddr>) {
        let known = !self.draft(node).addresses.is_empty();
        let called: Vec<IpAddr> = self.outside().filter_map(Called::address).collect();
        let inside = self.scene.called.iter().filter(|called| {
            matches!(called.duty, Some(Duty::ControllerManager | Duty::Scheduler))
        });
        let inside: Vec<IpAddr> = inside.filter_map(Called::address).collect();
        let mut balancers = Vec::new();
        for address in own.clone() {
            let local = inside.contains(&address);
            let other = self.draft(node).addresses.contains(&address);
            if !local && !other && called.contains(&address) && (known || own.len() > 1) {
                balancers.push(address);
            } else if !known || other {
                self.draft(node).add([address]);
            }
        }
        self.balancer(&balancers);
    }

    /// One certificate for all control planes: which address is whose is to be found out.
    fn shared_server(&mut self, face: &Face, pool: &mut Vec<IpAddr>) {
        let names: HashSet<_> = face.dns.iter().cloned().collect();
        for draft in &mut self.made.nodes {
            let there = draft.addresses.iter().any(|address| pool.contains(address));
            draft.control_plane |= draft.kubelet && (there || names.contains(&draft.name));
        }
        let members: Vec<_> = self.shared_members();
        let workers: HashSet<_> = self
            .made
            .nodes
            .iter()
            .filter(|node| !node.control_plane)
            .flat_map(|node| node.addresses.clone())
            .collect();
        pool.retain(|address| !workers.contains(address));
        let count = self
            .made
            .nodes
            .iter()
            .filter(|node| node.control_plane)
            .count();
        let stacked = members.iter().any(|address| pool.contains(address));
        let extra: Vec<_> = match stacked {
            true => pool
                .iter()
                .copied()
                .filter(|address| !members.contains(address))
                .collect(),
            false => pool.clone(),
        };
        let v4 = |list: &[IpAddr]| {
            list.iter()
                .filter(|address| address.is_ipv4())
                .count()
                .max(1)
        };
        let room = stacked || v4(pool) > count.max(1);
        let balancer = self
            .pick_balancer(&extra, stacked || count > 0)
            .filter(|_| room);
        if let Some(balancer) = balancer {
            pool.retain(|address| *address != balancer);
            self.balancer(&[balancer]);
        }
        if stacked {
            let named = pool
                .iter()
                .filter(|address| members.contains(address))
                .count();
            if named >= count {
                pool.retain(|address| members.contains(address));
            }
            let missing = members.iter().filter(|address| !pool.contains(address));
            let missing: Vec<_> = missing.copied().collect();
            pool.extend(missing);
        } else if !members.is_empty() {
            self.spread(
                members,
                |node| node.etcd && !node.control_plane,
                "etcd",
                |node| node.etcd = true,
            );
        }
        let pool = std::mem::take(pool);
        self.spread(
            pool,
            |node| node.control_plane,
            "control-plane",
            |node| node.control_plane = true,
        );
        let planes: Vec<_> = self
            .made
            .nodes
            .iter()
            .filter(|node| node.control_plane)
            .map(|node| node.name.clone())
            .collect();
        for name in &face.dns {
            let label = first_label(name);
            let usual = self
                .preset
                .nodes()
                .into_iter()
                .find(|node| node.names.contains(name));
            let usual = usual.map(|node| node.name);
            let owner = planes
                .iter()
                .find(|node| **node == label || Some(*node) == usual.as_ref());
            let owner = owner.or(planes.first().filter(|_| planes.len() == 1));
            let Some(owner) = owner.cloned() else {
                continue;
            };
            let service =
                name == "kubernetes" || name.starts_with("kubernetes.") || name == "localhost";
            let draft = self.draft(&owner);
            if !service && *name != owner && !draft.names.contains(name) {
                draft.names.push(name.clone());
            }
        }
    }

    /// The addresses of etcd's certificate where all members have the same.
    fn shared_members(&self) -> Vec<IpAddr> {
        let mut members = Vec::new();
        for (_, seen, face) in self.scene.certificates() {
            let shared = seen.duty().is_some_and(Duty::is_etcd_member)
                && !face.dns.contains(&face.common_name);
            for address in face
                .addresses
                .iter()
                .filter(|address| shared && !address.is_loopback())
            {
                if !members.contains(address) {
                    members.push(*address);
                }
            }
        }
        members
    }

    /// Who calls from outside the control plane.
    fn outside(&self) -> impl Iterator<Item = &'a Called> + use<'a> {
        let called = self.scene.called.iter();
        called.filter(|called| {
            !called.is_loopback()
                && !called.host.is_empty()
                && !matches!(called.duty, Some(Duty::ControllerManager | Duty::Scheduler))
        })
    }

    fn pick_balancer(&self, extra: &[IpAddr], last: bool) -> Option<IpAddr> {
        let called = self.outside().filter_map(Called::address);
        let usual = self
            .preset
            .nodes()
            .into_iter()
            .filter(|node| node.role == Role::LoadBalancer);
        let usual = usual
            .flat_map(|node| node.addresses)
            .filter_map(|address| address.parse().ok());
        let mut likely = called.chain(usual);
        likely.find(|address| extra.contains(address)).or_else(|| {
            extra
                .iter()
                .rev()
                .find(|address| address.is_ipv4())
                .copied()
                .filter(|_| last)
        })
    }

    fn balancer(&mut self, addresses: &[IpAddr]) {
        let taken: HashSet<_> = self
            .made
            .nodes
            .iter()
            .filter(|node| !node.balancer)
            .flat_map(|node| node.addresses.clone())
            .collect();
        for address in addresses.iter().filter(|address| !taken.contains(address)) {
            let known = self.made.nodes.iter().position(|node| node.balancer);
            if let Some(known) = known {
                self.made.nodes[known].add([*address]);
                continue;
            }
            let usual = self
                .preset
                .nodes()
                .into_iter()
                .find(|node| node.role == Role::LoadBalancer);
            let name = usual.map_or_else(|| String::from("load-balancer"), |node| node.name);
            let called = self
                .outside()
                .any(|called| called.address() == Some(*address));
            let draft = self.draft(&name);
            draft.balancer = true;
            draft.add([*address]);
            self.made.guesses.push(Guess::LoadBalancer {
                node: name,
                address: address.to_string(),
                called,
            });
        }
    }

    /// Gives addresses to the nodes that have none of their family: as the guide has them, else in their order; what is left over gets nodes
    /// of its own.
    fn spread(
        &mut self,
        addresses: Vec<IpAddr>,
        wanted: fn(&Draft) -> bool,
        word: &str,
        mark: fn(&mut Draft),
    ) {
        let taken: HashSet<_> = self.addresses().collect();
        let mut free: Vec<_> = addresses
            .into_iter()
            .filter(|address| !taken.contains(address))
            .collect();
        free.dedup();
        let usual: HashMap<String, Vec<String>> = self
            .preset
            .nodes()
            .into_iter()
            .map(|node| (node.name, node.addresses))
            .collect();
        let lacking = |nodes: &[Draft], v4: bool| -> Vec<usize> {
            let nodes = nodes.iter().enumerate();
            nodes
                .filter(|(_, node)| {
                    wanted(node) && !node.addresses.iter().any(|address| address.is_ipv4() == v4)
                })
                .map(|(place, _)| place)
                .collect()
        };
        for v4 in [true, false] {
            let mut own: Vec<IpAddr> = Vec::new();
            free.retain(|address| {
                let mine = address.is_ipv4() == v4;
                if mine {
                    own.push(*address);
                }
                !mine
            });
            let mut open = lacking(&self.made.nodes, v4);
            open.retain(|place| {
                let node = &mut self.made.nodes[*place];
                let known = usual.get(&node.name);
                let at = own.iter().position(|address| {
                    known.is_some_and(|known| known.contains(&address.to_string()))
                });
                if let Some(at) = at {
                    node.add([own.remove(at)]);
                }
                at.is_none()
            });
            // An IPv6 address alone makes no node where the others have both.
            let sure = open.len() <= 1 && own.len() <= 1;
            let mut own = own.into_iter();
            for (place, address) in open.into_iter().zip(own.by_ref()) {
                self.made.nodes[place].add([address]);
                if !sure {
                    let node = self.made.nodes[place].name.clone();
                    let address = address.to_string();
                    self.made
                        .guesses
                        .push(Guess::AddressByOrder { node, address });
                }
            }
            for address in own {
                if !v4 && !lacking(&self.made.nodes, true).is_empty() {
                    continue;
                }
                let found = usual
                    .iter()
                    .find(|(_, known)| known.contains(&address.to_string()));
                let name = found
                    .map(|(name, _)| name.clone())
                    .filter(|name| !self.places.contains_key(name));
                let name = name.unwrap_or_else(|| self.fresh(word));
                let draft = self.draft(&name);
                draft.add([address]);
                mark(draft);
                let address = address.to_string();
                self.made.guesses.push(Guess::AddressWithoutNode {
                    node: name,
                    address,
                });
            }
        }
    }

    /// `control-plane-2`
    fn fresh(&self, word: &str) -> String {
        let mut names = (1..).map(|number| format!("{word}-{number}"));
        names
            .find(|name| !self.places.contains_key(name))
            .unwrap_or_default()
    }

    /// A control plane and a kubelet there have to be; and each node has an address.
    fn nobody_left_out(&mut self) {
        self.made
            .nodes
            .retain(|node| node.control_plane || node.etcd || node.kubelet || node.balancer);
        self.index();
        let usual = self.preset.nodes();
        let lone = |role| {
            usual
                .iter()
                .find(|node| node.role == role)
                .map(|node| node.name.clone())
        };
        if !self.made.nodes.iter().any(|node| node.control_plane) {
            let name = lone(Role::ControlPlane).unwrap_or_else(|| self.fresh("control-plane"));
            let called = self.outside().find_map(Called::address);
            let taken: HashSet<_> = self.addresses().collect();
            let draft = self.draft(&name);
            draft.control_plane = true;
            draft.add(called.filter(|address| !taken.contains(address)));
            let role = Role::ControlPlane;
            self.made.guesses.push(Guess::Role { node: name, role });
        }
        let kubelets = self.preset.kubelets.contains(&Role::ControlPlane);
        if !kubelets
            && self
                .made
                .nodes
                .iter()
                .all(|node| node.control_plane || !node.kubelet)
        {
            let name = lone(Role::Worker).filter(|name| !self.places.contains_key(name));
            let name = name.unwrap_or_else(|| self.fresh("worker"));
            self.draft(&name).kubelet = true;
            self.made.guesses.push(Guess::WorkerAssumed { node: name });
        }
    }

    fn correct(&mut self) {
        let corrections = self.scene.corrections;
        for (name, addresses) in &corrections.addresses {
            let parsed: Vec<IpAddr> = addresses
                .iter()
                .filter_map(|address| address.parse().ok())
                .collect();
            let draft = self.draft(name);
            draft.addresses = parsed;
        }
        for (name, role) in &corrections.roles {
            let draft = self.draft(name);
            draft.control_plane = *role == Role::ControlPlane;
            draft.etcd = *role == Role::Etcd;
            draft.balancer = *role == Role::LoadBalancer;
            draft.kubelet |= *role == Role::Worker;
        }
        let mut spare = (1..=250).map(|last| IpAddr::from([192, 0, 2, last]));
        let usual: HashMap<String, Vec<String>> = self
            .preset
            .nodes()
            .into_iter()
            .map(|node| (node.name, node.addresses))
            .collect();
        for place in 0..self.made.nodes.len() {
            let node = &self.made.nodes[place];
            if !node.addresses.is_empty() {
                continue;
            }
            let taken: HashSet<_> = self.addresses().collect();
            let known = usual
                .get(&node.name)
                .and_then(|known| known.first())
                .and_then(|address| address.parse().ok());
            let address = known.filter(|address| !taken.contains(address));
            let address =
                address.or_else(|| spare.by_ref().find(|address| !taken.contains(address)));
            let Some(address) = address else { continue };
            let node = &mut self.made.nodes[place];
            node.add([address]);
            let (node, address) = (node.name.clone(), address.to_string());
            self.made.made_up.insert(address.clone());
            self.made
                .guesses
                .push(Guess::AddressUnknown { node, address });
        }
        // As guides have them: what is dialled first stands first.
        self.made.nodes.sort_by_key(|node| !node.balancer);
        self.index();
    }

    fn index(&mut self) {
        let nodes = self.made.nodes.iter().enumerate();
        self.places = nodes
            .map(|(place, node)| (node.name.clone(), place))
            .collect();
    }

    /// The host that most kubeconfigs from outside call, unless it is the one that is called anyway.
    fn endpoint(&mut self, servers: &[(&Face, Option<String>)]) {
        if let Some(endpoint) = &self.scene.corrections.control_plane_endpoint {
            self.made.endpoint.clone_from(endpoint);
            return;
        }
        let mut counts: BTreeMap<(String, u16), usize> = BTreeMap::new();
        for called in self.outside() {
            let held = |face: &Face| match called.address() {
                Some(address) => face.addresses.contains(&address),
                None => face
                    .dns
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(&called.host)),
            };
            let certain = servers.is_empty() || servers.iter().any(|(face, _)| held(face));
            let weight = if certain { 1_000 } else { 1 };
            *counts
                .entry((called.host.clone(), called.port))
                .or_default() += weight;
        }
        let nodes = &self.made.nodes;
        let usual = nodes
            .iter()
            .find(|node| node.balancer)
            .or(nodes.iter().find(|node| node.control_plane));
        let usual = usual
            .and_then(|node| node.addresses.first())
            .map(ToString::to_string);
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        let Some(((host, port), _)) = most else {
            // The preset's own, where the certificate has it.
            let own = self
                .preset
                .description()
                .control_plane_endpoint
                .unwrap_or_default();
            let held = servers.iter().any(|(face, _)| face.dns.contains(&own));
            self.made.endpoint = if held { own } else { String::new() };
            return;
        };
        let v6 = host.contains(':');
        self.made.endpoint = match port {
            6443 if Some(&host) == usual.as_ref() => String::new(),
            6443 => host,
            port if v6 => format!("[{host}]:{port}"),
            port => format!("{host}:{port}"),
        };
    }

    fn service(&mut self, found: &[IpAddr]) {
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

fn first_label(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}
