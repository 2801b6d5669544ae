//! What has to be there although no file tells of it, and what the user says.

use std::collections::HashSet;
use std::net::IpAddr;

use super::Builder;
use crate::Role;
use crate::recognise::Guess;
use crate::recognise::kubeconfig::Called;

impl Builder<'_> {
    /// A control plane and a kubelet there have to be.
    pub(super) fn nobody_left_out(&mut self) {
        self.made
            .nodes
            .retain(|node| node.control_plane || node.etcd || node.kubelet || node.balancer);
        self.index();
        if self.planes().next().is_none() {
            self.assume_plane();
        }
        let kubelets = self.preset.kubelets.contains(&Role::ControlPlane);
        let mut nodes = self.made.nodes.iter();
        if !kubelets && nodes.all(|node| node.control_plane || !node.kubelet) {
            let usual = self.usual_name(Role::Worker);
            let usual = usual.filter(|name| !self.places.contains_key(name));
            let node = usual.unwrap_or_else(|| self.fresh("worker"));
            self.draft(&node).kubelet = true;
            self.made.guesses.push(Guess::WorkerAssumed { node });
        }
    }

    fn assume_plane(&mut self) {
        let role = Role::ControlPlane;
        let usual = self.usual_name(role);
        let node = usual.unwrap_or_else(|| self.fresh("control-plane"));
        let called = self.outside().find_map(Called::address);
        let taken: HashSet<_> = self.addresses().collect();
        let draft = self.draft(&node);
        draft.control_plane = true;
        draft.add(called.filter(|address| !taken.contains(address)));
        self.made.guesses.push(Guess::Role { node, role });
    }

    fn usual_name(&self, role: Role) -> Option<String> {
        let mut nodes = self.preset.nodes().into_iter();
        nodes.find(|node| node.role == role).map(|node| node.name)
    }

    /// What the user says goes before every guess.
    pub(super) fn correct(&mut self) {
        let corrections = self.scene.corrections;
        for (name, addresses) in &corrections.addresses {
            let parsed = addresses.iter().filter_map(|address| address.parse().ok());
            self.draft(name).addresses = parsed.collect();
        }
        for (name, role) in &corrections.roles {
            let draft = self.draft(name);
            draft.control_plane = *role == Role::ControlPlane;
            draft.etcd = *role == Role::Etcd;
            draft.balancer = *role == Role::LoadBalancer;
            draft.kubelet |= *role == Role::Worker;
        }
    }

    /// Where no file tells of one, the guide's, or one that is nobody's (RFC 5737); both are guesses.
    pub(super) fn nobody_without_address(&mut self) {
        let mut spare = (1..=250).map(|last| IpAddr::from([192, 0, 2, last]));
        let usual = self.usual_addresses();
        let mut taken: HashSet<_> = self.addresses().collect();
        for node in &mut self.made.nodes {
            if !node.addresses.is_empty() {
                continue;
            }
            let known = usual.get(&node.name).and_then(|known| known.first());
            let known = known.and_then(|known| known.parse().ok());
            let known = known.filter(|address| !taken.contains(address));
            let free = || spare.find(|address| !taken.contains(address));
            let Some(address) = known.or_else(free) else {
                continue;
            };
            taken.insert(address);
            node.add([address]);
            let (node, address) = (node.name.clone(), address.to_string());
            self.made.made_up.insert(address.clone());
            let guess = Guess::AddressUnknown { node, address };
            self.made.guesses.push(guess);
        }
        // As guides have them: what is dialled first stands first.
        self.made.nodes.sort_by_key(|node| !node.balancer);
        self.index();
    }
}
