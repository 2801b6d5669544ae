//! A plan of which only some of many workers are told: what a figure needs in which equal nodes are stacked.

use std::collections::HashSet;

use serde::Serialize;

use super::{Plan, certificate, connection};
use crate::cluster::{Cluster, Role};

/// Above this many workers only some are told of.
const MANY: usize = 12;

/// A plan for reading. All of the description was checked; with many workers only some have their part in it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outline {
    /// The plan; its `cluster` is the whole description.
    #[serde(flatten)]
    pub plan: Plan,
    /// The names of the workers that it tells of: the first two, the last, the one in focus, and those whose certificates are
    /// changed. `None` if it is all of them.
    pub shown: Option<Vec<String>>,
    /// What the whole plan holds.
    pub totals: Totals,
}

/// Counts of a whole plan.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Totals {
    /// Certificates: key pairs without one do not count.
    pub certificates: usize,
    /// Key pairs.
    pub keys: usize,
    /// Connections.
    pub connections: usize,
    /// Nodes of the role worker.
    pub workers: usize,
}

impl Outline {
    /// `focus` is the name of a worker that has to be among those that are told of.
    pub fn new(cluster: Cluster, focus: Option<&str>) -> Self {
        let totals = Totals::of(&cluster);
        if totals.workers <= MANY {
            return Self {
                plan: Plan::new(&cluster),
                shown: None,
                totals,
            };
        }
        let description = cluster.description();
        let shown = shown(&cluster, focus);
        let mut plan = Plan::new(&cluster.with_workers(&shown));
        plan.cluster = description;
        Self {
            plan,
            shown: Some(shown),
            totals,
        }
    }
}

impl Totals {
    fn of(cluster: &Cluster) -> Self {
        let mut totals = Self {
            certificates: 0,
            keys: 0,
            connections: connection::count(cluster),
            workers: cluster.nodes_with(Role::Worker).count(),
        };
        for (_, kind) in certificate::ids(cluster) {
            totals.keys += 1;
            totals.certificates += usize::from(kind.is_certified());
        }
        totals
    }
}

fn shown(cluster: &Cluster, focus: Option<&str>) -> Vec<String> {
    let workers: Vec<_> = cluster.nodes_with(Role::Worker).collect();
    let mut shown: HashSet<&str> = certificate::changed_nodes(cluster).collect();
    shown.extend(focus);
    let ends = workers.iter().take(2).chain(workers.last());
    shown.extend(ends.map(|node| node.name.as_str()));
    workers
        .iter()
        .map(|node| node.name.as_str())
        .filter(|name| shown.contains(name))
        .map(ToOwned::to_owned)
        .collect()
}
