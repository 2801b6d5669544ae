//! Which address is whose, where one certificate has them all.

use std::collections::HashSet;
use std::net::IpAddr;

use super::{Builder, Draft};
use crate::recognise::Guess;

impl Builder<'_> {
    /// Gives addresses to the nodes that have none of their family: as the guide has them, else in their order; what is left over gets nodes
    /// of its own.
    pub(super) fn spread(
        &mut self,
        mut addresses: Vec<IpAddr>,
        wanted: fn(&Draft) -> bool,
        word: &str,
        mark: fn(&mut Draft),
    ) {
        let taken: HashSet<_> = self.addresses().collect();
        addresses.retain(|address| !taken.contains(address));
        addresses.dedup();
        let (v4, v6): (Vec<_>, Vec<_>) = addresses.into_iter().partition(IpAddr::is_ipv4);
        for (own, is_v4) in [(v4, true), (v6, false)] {
            let left = self.hand_out(own, &self.lacking(wanted, is_v4));
            for address in left {
                // An IPv6 address alone makes no node where the others have both.
                if is_v4 || self.lacking(wanted, true).is_empty() {
                    self.place(address, word, mark);
                }
            }
        }
    }

    /// The nodes without an address of a family.
    fn lacking(&self, wanted: fn(&Draft) -> bool, v4: bool) -> Vec<usize> {
        let lacks = |node: &Draft| !node.addresses.iter().any(|one| one.is_ipv4() == v4);
        let nodes = self.made.nodes.iter().enumerate();
        let lacking = nodes.filter(|(_, node)| wanted(node) && lacks(node));
        lacking.map(|(place, _)| place).collect()
    }

    /// One address for each; gives back what is left over.
    fn hand_out(&mut self, mut own: Vec<IpAddr>, nodes: &[usize]) -> Vec<IpAddr> {
        let usual = self.usual_addresses();
        let mut open = nodes.to_vec();
        open.retain(|place| {
            let node = &mut self.made.nodes[*place];
            let known = usual.get(&node.name).map_or(&[][..], Vec::as_slice);
            let at = own
                .iter()
                .position(|address| known.contains(&address.to_string()));
            if let Some(at) = at {
                node.add([own.remove(at)]);
            }
            at.is_none()
        });
        let sure = open.len() <= 1 && own.len() <= 1;
        let mut own = own.into_iter();
        for (place, address) in open.into_iter().zip(own.by_ref()) {
            let draft = &mut self.made.nodes[place];
            draft.add([address]);
            if !sure {
                let (node, address) = (draft.name.clone(), address.to_string());
                let guess = Guess::AddressByOrder { node, address };
                self.made.guesses.push(guess);
            }
        }
        own.collect()
    }

    /// A node for an address that is no known node's.
    fn place(&mut self, address: IpAddr, word: &str, mark: fn(&mut Draft)) {
        let text = address.to_string();
        let mut usual = self.preset.nodes().into_iter();
        let usual = usual.find(|node| node.addresses.contains(&text));
        let usual = usual.map(|node| node.name);
        let usual = usual.filter(|name| !self.places.contains_key(name));
        let node = usual.unwrap_or_else(|| self.fresh(word));
        let draft = self.draft(&node);
        draft.add([address]);
        mark(draft);
        let address = text;
        let guess = Guess::AddressWithoutNode { node, address };
        self.made.guesses.push(guess);
    }

    /// `control-plane-2`
    pub(super) fn fresh(&self, word: &str) -> String {
        let mut names = (1..).map(|number| format!("{word}-{number}"));
        names
            .find(|name| !self.places.contains_key(name))
            .unwrap_or_default()
    }
}
