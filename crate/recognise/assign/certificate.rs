//! Certificates: for each entry of the plan the one that fits.

use std::collections::{BTreeMap, HashMap};

use super::{Desk, duty};
use crate::recognise::Part;
use crate::recognise::duty::Duty;

/// Certificates without a place, by what they are for, by what their files are called, and by node.
#[derive(Default)]
struct Open {
    by_duty: BTreeMap<Duty, Vec<usize>>,
    by_name: BTreeMap<Duty, Vec<usize>>,
    of_kubelets: HashMap<String, Vec<usize>>,
}

impl Desk<'_> {
    pub(super) fn certificates(&mut self) {
        let open = self.open();
        for planned in &self.plan.certificates {
            let Some(duty) = duty(planned).filter(|_| planned.kind.is_certified()) else {
                continue;
            };
            let key = (planned.id.clone(), Part::Certificate);
            if self.main.contains_key(&key) {
                continue;
            }
            let of = |all: &BTreeMap<Duty, Vec<usize>>, duty| {
                let own = all.get(&duty).map_or(&[][..], Vec::as_slice);
                self.best(planned, duty, own)
            };
            let found = if duty.is_kubelet() {
                let node = planned.node.as_deref().unwrap_or_default();
                let own = open.of_kubelets.get(node);
                self.kubelet(planned, duty, own.map_or(&[], Vec::as_slice))
            } else {
                of(&open.by_duty, duty)
                    .or_else(|| of(&open.by_name, duty))
                    .or_else(|| of(&open.by_duty, duty.stand_in()?))
            };
            if let Some((item, why)) = found {
                let node = planned.node.as_deref().or(self.scene.seen[item].node());
                self.put(item, Part::Certificate, &planned.id, node, why);
                self.behind(item, &planned.id);
            }
        }
        self.copies();
    }

    /// What nobody has taken yet.
    fn open(&self) -> Open {
        let mut open = Open::default();
        for (item, seen, _) in self.scene.certificates() {
            // What stands behind another is shown with it; of an authority's file each counts.
            let Some(duty) = seen.duty() else { continue };
            let leaf_behind = self.scene.is_behind(item).is_some() && !duty.is_authority();
            if self.is_taken(item) || leaf_behind {
                continue;
            }
            match &seen.kubelet {
                Some(node) => open.of_kubelets.entry(node.clone()).or_default().push(item),
                None => open.by_duty.entry(duty).or_default().push(item),
            }
            if let Some(named) = seen.named.filter(|named| *named != duty) {
                open.by_name.entry(named).or_default().push(item);
            }
        }
        open
    }
}
