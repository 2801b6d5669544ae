//! The load balancer, by the addresses that are no control plane's own.

use std::collections::HashSet;
use std::net::IpAddr;

use super::Builder;
use crate::recognise::Guess;
use crate::recognise::kubeconfig::Called;
use crate::{NodeDescription, Role};

impl<'a> Builder<'a> {
    /// Who calls from outside the control plane.
    pub(super) fn outside(&self) -> impl Iterator<Item = &'a Called> + use<'a> {
        let called = self.scene.called.iter();
        called.filter(|called| {
            !called.is_loopback() && !called.host.is_empty() && !called.is_inside()
        })
    }

    /// Takes the load balancer's address out of those of a certificate that all control planes have.
    pub(super) fn balancer_of(
        &mut self,
        pool: &mut Vec<IpAddr>,
        members: &[IpAddr],
        stacked: bool,
    ) {
        let count = self.planes().count();
        let mut extra = pool.clone();
        if stacked {
            extra.retain(|address| !members.contains(address));
        }
        let v4 = pool.iter().filter(|address| address.is_ipv4()).count();
        let room = stacked || v4.max(1) > count.max(1);
        let picked = self.pick_balancer(&extra, stacked || count > 0);
        if let Some(balancer) = picked.filter(|_| room) {
            pool.retain(|address| *address != balancer);
            self.balancer(&[balancer]);
        }
    }

    /// What somebody calls, or what the guide has; else the last address, if one has to be.
    fn pick_balancer(&self, extra: &[IpAddr], last: bool) -> Option<IpAddr> {
        let called = self.outside().filter_map(Called::address);
        let usual = self.usual_balancer().into_iter();
        let usual = usual.flat_map(|node| node.addresses);
        let usual = usual.filter_map(|address| address.parse().ok());
        let mut likely = called.chain(usual);
        likely.find(|address| extra.contains(address)).or_else(|| {
            let mut extra = extra.iter().rev().copied().filter(|_| last);
            extra.find(IpAddr::is_ipv4)
        })
    }

    fn usual_balancer(&self) -> Option<NodeDescription> {
        let mut nodes = self.preset.nodes().into_iter();
        nodes.find(|node| node.role == Role::LoadBalancer)
    }

    /// What of these is nobody's else is the load balancer's.
    pub(super) fn balancer(&mut self, addresses: &[IpAddr]) {
        let others = self.made.nodes.iter().filter(|node| !node.balancer);
        let taken = others.flat_map(|node| node.addresses.iter().copied());
        let taken: HashSet<_> = taken.collect();
        for address in addresses.iter().filter(|address| !taken.contains(address)) {
            let known = self.made.nodes.iter_mut().find(|node| node.balancer);
            match known {
                Some(known) => known.add([*address]),
                None => self.new_balancer(*address),
            }
        }
    }

    fn new_balancer(&mut self, address: IpAddr) {
        let usual = self.usual_balancer().map(|node| node.name);
        let node = usual.unwrap_or_else(|| String::from("load-balancer"));
        let called = self.outside();
        let called = called.filter_map(Called::address).any(|own| own == address);
        let draft = self.draft(&node);
        draft.balancer = true;
        draft.add([address]);
        let address = address.to_string();
        let guess = Guess::LoadBalancer {
            node,
            address,
            called,
        };
        self.made.guesses.push(guess);
    }
}
