//! Each thing to its place in the plan, and what has none.

mod certificate;
mod copy;
mod fit;
mod key;
mod kubeconfig;
mod rest;

use std::collections::HashMap;

use super::duty::Duty;
use super::scene::Scene;
use super::{Assignment, Part, Unused, Useless, Why};
use crate::import::Content;
use crate::{Plan, PlannedCertificate};

/// What was assigned, by places in the inventory's items.
#[derive(Default)]
pub(crate) struct Assigned {
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) unused: Vec<Unused>,
}

pub(crate) fn all(scene: &Scene<'_>, plan: &Plan) -> Assigned {
    let mut desk = Desk {
        scene,
        plan,
        taken: vec![None; scene.seen.len()],
        main: HashMap::new(),
        slots: HashMap::new(),
        made: Assigned::default(),
    };
    desk.slots();
    desk.corrected();
    desk.certificates();
    desk.keys();
    desk.others();
    desk.kubeconfigs();
    desk.rest();
    desk.made.assignments.sort_by_key(|one| one.item);
    desk.made.unused.sort_by_key(|one| one.item);
    desk.made
}

/// An entry of the plan: what it is for, and on which node.
type Slot = (Duty, Option<String>);

struct Desk<'a> {
    scene: &'a Scene<'a>,
    plan: &'a Plan,
    /// Of each item, its place in the assignments.
    taken: Vec<Option<usize>>,
    /// The item by which an entry is verified.
    main: HashMap<(String, Part), usize>,
    slots: HashMap<Slot, &'a PlannedCertificate>,
    made: Assigned,
}

impl Desk<'_> {
    fn slots(&mut self) {
        for planned in &self.plan.certificates {
            if let Some(duty) = duty(planned) {
                self.slots.insert((duty, planned.node.clone()), planned);
            }
        }
    }

    fn put(&mut self, item: usize, part: Part, id: &str, node: Option<&str>, why: Vec<Why>) {
        let main = !self.main.contains_key(&(id.to_owned(), part));
        if main {
            self.main.insert((id.to_owned(), part), item);
        }
        let assignment = Assignment {
            item,
            part,
            id: id.to_owned(),
            node: node.map(ToOwned::to_owned),
            main,
            why,
        };
        self.taken[item].get_or_insert(self.made.assignments.len());
        self.made.assignments.push(assignment);
    }

    fn is_taken(&self, item: usize) -> bool {
        self.taken[item].is_some()
    }

    /// What the user said, before anything else.
    fn corrected(&mut self) {
        let corrections = self.scene.corrections;
        for item in 0..self.scene.seen.len() {
            let Some(correction) = corrections.of(item) else {
                continue;
            };
            let Some(id) = &correction.id else {
                self.taken[item] = Some(usize::MAX);
                let why = Useless::Corrected;
                self.made.unused.push(Unused { item, why });
                continue;
            };
            let part = match &self.scene.item(item).content {
                Content::Certificate(_) => Part::Certificate,
                Content::PrivateKey(_) => Part::Key,
                Content::PublicKey(_) => Part::PublicKey,
                Content::Request(_) => Part::Request,
                Content::Kubeconfig(_) => Part::Kubeconfig,
                Content::Description(_) => continue,
            };
            let known = match part {
                Part::Kubeconfig => self.plan.kubeconfigs.iter().any(|one| one.file == *id),
                _ => self.plan.certificate(id).is_some(),
            };
            if known {
                let node = correction.node.as_deref();
                self.put(item, part, id, node, vec![Why::Corrected]);
            }
        }
    }

    /// The id of what is for a duty on a node.
    fn slot(&self, duty: Duty, node: Option<&str>, kubelet: Option<&str>) -> Option<String> {
        let node = if duty.is_kubelet() { kubelet } else { node };
        let own = self.slots.get(&(duty, node.map(ToOwned::to_owned)));
        let own = own.or_else(|| self.slots.get(&(duty, None)));
        let stand_in = || {
            let server = Duty::KubeletServer == duty;
            let node = kubelet.map(ToOwned::to_owned);
            server
                .then(|| self.slots.get(&(Duty::KubeletClient, node)))
                .flatten()
        };
        own.or_else(stand_in).map(|planned| planned.id.clone())
    }
}

/// What an entry of the plan is for.
pub(crate) fn duty(planned: &PlannedCertificate) -> Option<Duty> {
    let id = match &planned.node {
        Some(node) if planned.id == *node => "{node}".to_owned(),
        Some(node) => {
            let rest = planned.id.strip_prefix(node.as_str())?;
            format!("{{node}}{rest}")
        }
        None => planned.id.clone(),
    };
    Duty::of_recipe(&id)
}
