//! Copies of what was taken, and what a node or a kubeconfig has in its place.

use std::collections::HashMap;

use super::Desk;
use crate::recognise::{Part, Why};

impl Desk<'_> {
    /// The certificates that stand behind one in its file.
    pub(super) fn behind(&mut self, item: usize, id: &str) {
        for other in self.scene.chain(item).into_iter().skip(1) {
            if !self.is_taken(other) {
                let why = Why::Behind {
                    certificate: id.to_owned(),
                };
                self.put(other, Part::Chain, id, None, vec![why]);
            }
        }
    }

    /// Copies of what was taken, and what a node or a kubeconfig has in its place.
    pub(super) fn copies(&mut self) {
        let mut ids: HashMap<Option<usize>, Vec<String>> = HashMap::new();
        for one in &self.made.assignments {
            if one.part == Part::Certificate {
                let face = self.scene.seen[one.item].face;
                ids.entry(face).or_default().push(one.id.clone());
            }
        }
        for (item, seen, _) in self.scene.certificates() {
            if self.is_taken(item) {
                continue;
            }
            let node = seen.node();
            let duty = seen.named.or(seen.duty());
            let slot = duty.and_then(|duty| self.slot(duty, node, seen.kubelet.as_deref()));
            let same = ids.get(&seen.face);
            let own = slot
                .as_ref()
                .filter(|id| same.is_some_and(|ids| ids.contains(id)));
            if let Some(id) = own.or(same.and_then(|ids| ids.first())) {
                // The same content under another's name is what that name's reader finds.
                let misplaced = slot.as_ref().filter(|slot| *slot != id && node.is_some());
                let (id, duty) = (misplaced.unwrap_or(id).clone(), duty);
                let why = duty.map_or_else(Vec::new, |duty| seen.why(duty));
                self.put(item, Part::Certificate, &id, node, why);
                self.behind(item, &id);
                continue;
            }
            if let Some(first) = self.scene.is_behind(item) {
                let first = self.taken[first].and_then(|place| self.made.assignments.get(place));
                if let Some(id) = first.map(|first| first.id.clone()) {
                    let why = Why::Behind {
                        certificate: id.clone(),
                    };
                    self.put(item, Part::Chain, &id, node, vec![why]);
                    continue;
                }
            }
            let Some(id) = slot else { continue };
            let elsewhere = node.is_some() || seen.within.is_some();
            if elsewhere && let Some(duty) = duty {
                let why = seen.why(duty);
                self.put(item, Part::Certificate, &id, node, why);
                self.behind(item, &id);
            }
        }
    }
}
