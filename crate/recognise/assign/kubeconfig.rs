//! Kubeconfigs: by whose they are, on which node.

use std::collections::HashMap;

use super::{Desk, duty};
use crate::recognise::duty::Duty;
use crate::recognise::{Part, Why};

impl Desk<'_> {
    pub(super) fn kubeconfigs(&mut self) {
        let mut planned: HashMap<(Option<Duty>, Option<&str>), Vec<_>> = HashMap::new();
        for one in &self.plan.kubeconfigs {
            let duty = self.plan.certificate(&one.certificate).and_then(duty);
            planned
                .entry((duty, one.node.as_deref()))
                .or_default()
                .push(one);
        }
        for called in &self.scene.called {
            if self.is_taken(called.item) || called.duty.is_none() {
                continue;
            }
            let node = called.node.as_deref();
            let own = planned
                .get(&(called.duty, node))
                .or_else(|| planned.get(&(called.duty, None)));
            // Only one node has such, and the kubeconfig does not say which.
            let only = || {
                let mut nodes = planned
                    .iter()
                    .filter(|((duty, _), _)| *duty == called.duty && node.is_none());
                nodes
                    .next()
                    .filter(|_| nodes.next().is_none())
                    .map(|(_, all)| all)
            };
            let Some(own) = own.or_else(only) else {
                continue;
            };
            let name = self.scene.seen[called.item].location.name();
            let exact = own
                .iter()
                .find(|one| one.file.rsplit('/').next() == Some(name));
            let same = || own.iter().find(|one| one.server == called.server);
            let Some(found) = exact.or_else(same).or(own.first()) else {
                continue;
            };
            let path = self.scene.seen[called.item].location.path.clone();
            self.put(
                called.item,
                Part::Kubeconfig,
                &found.file,
                node,
                vec![Why::Named { path }],
            );
        }
    }
}
