//! Each thing to its place in the plan, and what has none.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::duty::Duty;
use super::face::weight;
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

impl<'a> Desk<'a> {
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

    fn certificates(&mut self) {
        let mut by_duty: BTreeMap<Duty, Vec<usize>> = BTreeMap::new();
        let mut by_name: BTreeMap<Duty, Vec<usize>> = BTreeMap::new();
        let mut of_kubelets: HashMap<String, Vec<usize>> = HashMap::new();
        for (item, seen, _) in self.scene.certificates() {
            // What stands behind another is shown with it; of an authority's file each counts.
            let duty = seen.duty();
            let leaf_behind =
                self.scene.is_behind(item).is_some() && !duty.is_some_and(Duty::is_authority);
            if self.is_taken(item) || leaf_behind {
                continue;
            }
            let Some(duty) = duty else { continue };
            match &seen.kubelet {
                Some(node) => of_kubelets.entry(node.clone()).or_default().push(item),
                None => by_duty.entry(duty).or_default().push(item),
            }
            if let Some(named) = seen.named.filter(|named| *named != duty) {
                by_name.entry(named).or_default().push(item);
            }
        }
        for planned in &self.plan.certificates {
            let Some(duty) = duty(planned).filter(|_| planned.kind.is_certified()) else {
                continue;
            };
            if self
                .main
                .contains_key(&(planned.id.clone(), Part::Certificate))
            {
                continue;
            }
            let found = if duty.is_kubelet() {
                let node = planned.node.as_deref().unwrap_or_default();
                let own = of_kubelets.get(node).map_or(&[][..], Vec::as_slice);
                self.kubelet(planned, duty, own)
            } else {
                let own = by_duty.get(&duty).map_or(&[][..], Vec::as_slice);
                let named = by_name.get(&duty).map_or(&[][..], Vec::as_slice);
                let found = self.best(planned, duty, own);
                let found = found.or_else(|| self.best(planned, duty, named));
                found.or_else(|| {
                    let stand_in = duty.stand_in().and_then(|duty| by_duty.get(&duty));
                    stand_in.and_then(|others| self.best(planned, duty, others))
                })
            };
            if let Some((item, why)) = found {
                let node = planned.node.as_deref().or(self.scene.seen[item].node());
                self.put(item, Part::Certificate, &planned.id, node, why);
                self.behind(item, &planned.id);
            }
        }
        self.copies();
    }

    fn kubelet(
        &self,
        planned: &PlannedCertificate,
        duty: Duty,
        own: &[usize],
    ) -> Option<(usize, Vec<Why>)> {
        let one_for_both = !self
            .slots
            .contains_key(&(Duty::KubeletServer, planned.node.clone()));
        let score = |item: usize| {
            let seen = &self.scene.seen[item];
            let face = self.scene.face(item);
            let usable = face.is_some_and(|face| match duty {
                Duty::KubeletServer => face.for_servers && (!face.for_clients || face.has_names),
                _ => face.for_clients,
            });
            let both = face.is_some_and(|face| face.for_clients && face.for_servers);
            (
                seen.named == Some(duty) || seen.duty() == Some(duty),
                usable,
                one_for_both && both,
                seen.within.is_none(),
                std::cmp::Reverse(seen.location.depth),
                std::cmp::Reverse(item),
            )
        };
        let fits = |item: &usize| {
            let face = self.scene.face(*item);
            let seen = &self.scene.seen[*item];
            one_for_both
                || seen.duty() == Some(duty)
                || face.is_some_and(|face| {
                    duty == Duty::KubeletServer && face.for_servers && face.has_names
                })
        };
        let best = own
            .iter()
            .copied()
            .filter(fits)
            .max_by_key(|item| score(*item))?;
        Some((best, self.scene.seen[best].why(duty)))
    }

    /// The one that fits best: of the right node, called as the guide has it, and so on.
    fn best(
        &self,
        planned: &PlannedCertificate,
        duty: Duty,
        items: &[usize],
    ) -> Option<(usize, Vec<Why>)> {
        let stem = planned.id.rsplit('/').next().unwrap_or_default();
        let distinct: HashSet<_> = items
            .iter()
            .map(|item| self.scene.seen[*item].face)
            .collect();
        let near = |item: usize| -> u8 {
            let Some(node) = &planned.node else { return 1 };
            let seen = &self.scene.seen[item];
            if seen.node() == Some(node) {
                return 4;
            }
            let face = self.scene.face(item);
            let named =
                face.is_some_and(|face| face.common_name == *node || face.dns.contains(node));
            if named {
                return 3;
            }
            let nodes = self.plan.cluster.nodes.iter().flatten();
            let own = nodes.clone().find(|one| one.name == *node);
            let addressed = own.zip(face).is_some_and(|(own, face)| {
                face.addresses
                    .iter()
                    .any(|address| own.addresses.contains(&address.to_string()))
            });
            if addressed {
                return 2;
            }
            // What is another node's is not this one's.
            let others = seen.node().is_some()
                || face.is_some_and(|face| {
                    nodes.clone().any(|one| {
                        one.name != *node
                            && (face.dns.contains(&one.name) || face.common_name == one.name)
                    })
                });
            u8::from(distinct.len() == 1 && !others)
        };
        let score = |item: usize| {
            let seen = &self.scene.seen[item];
            let face = self.scene.face(item);
            let weight = seen
                .opinion
                .as_ref()
                .filter(|one| one.duty == duty)
                .map_or(0, |one| one.weight);
            (
                near(item),
                seen.within.is_none(),
                seen.location.stem == stem,
                seen.named == Some(duty),
                self.scene.is_behind(item).is_none(),
                weight.max(weight::FILE * u8::from(seen.named == Some(duty))),
                planned.node.is_some() == seen.node().is_some(),
                self.scene.key_beside(item).is_some(),
                std::cmp::Reverse(seen.location.depth),
                face.map_or(0, |face| face.not_before),
                std::cmp::Reverse(item),
            )
        };
        let fitting = items.iter().copied().filter(|item| near(*item) > 0);
        let best = fitting.max_by_key(|item| score(*item))?;
        let mut why = self.scene.seen[best].why(duty);
        if let Some(known) = self.taken[best].and_then(|place| self.made.assignments.get(place)) {
            why.push(Why::Shared {
                certificate: known.id.clone(),
            });
        }
        if duty.is_authority()
            && let Some(signed) = self.signed(best)
        {
            why.push(Why::Signs {
                certificate: signed,
            });
        }
        Some((best, why))
    }

    /// What has been assigned already and names this authority as its issuer.
    fn signed(&self, authority: usize) -> Option<String> {
        let subject = &self.scene.face(authority)?.raw_subject;
        let mut others = self.scene.certificates();
        let found = others.find(|(item, _, face)| {
            *item != authority && face.raw_issuer == *subject && !face.signs_itself()
        });
        let (_, seen, _) = found?;
        seen.duty().map(|duty| duty.word().to_owned())
    }

    /// The certificates that stand behind one in its file.
    fn behind(&mut self, item: usize, id: &str) {
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
    fn copies(&mut self) {
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

    fn keys(&mut self) {
        let scene = self.scene;
        let mut beside: HashMap<usize, Vec<(usize, bool)>> = HashMap::new();
        for (certificate, _, _) in scene.certificates() {
            if !self.is_taken(certificate) || scene.is_behind(certificate).is_some() {
                continue;
            }
            let own = scene.key_beside(certificate);
            if let Some(key) = own {
                let fits = scene.public(key) == scene.public(certificate);
                beside.entry(key).or_default().push((certificate, fits));
            }
        }
        let mut by_public = HashMap::new();
        for one in self
            .made
            .assignments
            .iter()
            .filter(|one| one.part == Part::Certificate)
        {
            by_public.entry(scene.public(one.item)).or_insert(one.item);
        }
        for item in 0..scene.seen.len() {
            if self.is_taken(item) || !matches!(scene.item(item).content, Content::PrivateKey(_)) {
                continue;
            }
            let near = beside
                .get(&item)
                .and_then(|all| all.iter().min_by_key(|(_, fits)| !fits));
            let own = near.copied().or_else(|| {
                by_public
                    .get(&scene.public(item))
                    .map(|found| (*found, true))
            });
            let assigned = own.and_then(|(certificate, fits)| {
                let place = self.taken[certificate]?;
                Some((self.made.assignments.get(place)?.id.clone(), fits))
            });
            if let Some((certificate, fits)) = assigned {
                let id = certificate.clone();
                let why = if fits {
                    Why::KeyFits { certificate }
                } else {
                    Why::KeyBeside { certificate }
                };
                self.put(item, Part::Key, &id, scene.seen[item].node(), vec![why]);
            } else if let Some((id, duty)) = self.by_name(item) {
                let why = scene.seen[item].why(duty);
                self.put(item, Part::Key, &id, scene.seen[item].node(), why);
            }
        }
    }

    /// The entry that a file is called by; a worker's is called by its node.
    fn by_name(&self, item: usize) -> Option<(String, Duty)> {
        let seen = &self.scene.seen[item];
        let stem = seen.location.stem.as_str();
        let kubelet = seen.node().or(Some(stem));
        if let Some(duty) = seen.named {
            return self.slot(duty, seen.node(), kubelet).map(|id| (id, duty));
        }
        let id = self.slot(Duty::KubeletClient, None, Some(stem))?;
        Some((id, Duty::KubeletClient))
    }

    /// Public keys and requests.
    fn others(&mut self) {
        let scene = self.scene;
        let mut by_public = HashMap::new();
        for one in &self.made.assignments {
            by_public
                .entry(scene.public(one.item))
                .or_insert_with(|| one.id.clone());
        }
        for item in 0..scene.seen.len() {
            let part = match scene.item(item).content {
                Content::PublicKey(_) => Part::PublicKey,
                Content::Request(_) => Part::Request,
                _ => continue,
            };
            if self.is_taken(item) {
                continue;
            }
            let node = scene.seen[item].node();
            let named = self.by_name(item);
            let fitting = by_public.get(&scene.public(item)).cloned();
            // What verifies tokens is what lies under its name, whether or not it fits.
            let (id, why) = match (named, fitting) {
                (Some((id, duty)), _) if part == Part::PublicKey => {
                    (id, scene.seen[item].why(duty))
                }
                (_, Some(id)) => {
                    let certificate = id.clone();
                    (id, vec![Why::KeyFits { certificate }])
                }
                (Some((id, duty)), None) => (id, scene.seen[item].why(duty)),
                (None, None) => continue,
            };
            self.put(item, part, &id, node, why);
        }
    }

    fn kubeconfigs(&mut self) {
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

    /// Nothing is dropped: what has no place says why.
    fn rest(&mut self) {
        for item in 0..self.scene.seen.len() {
            if self.is_taken(item) {
                continue;
            }
            let seen = &self.scene.seen[item];
            let called = self.scene.called.iter().find(|called| called.item == item);
            let duty = seen.duty().or(called.and_then(|called| called.duty));
            let slot = duty.and_then(|duty| self.slot(duty, seen.node(), seen.kubelet.as_deref()));
            let part = match self.scene.item(item).content {
                Content::Certificate(_) => Part::Certificate,
                Content::Kubeconfig(_) => Part::Kubeconfig,
                _ => Part::Key,
            };
            let why = match (&self.scene.item(item).content, duty, slot) {
                (Content::Description(_), ..) => Useless::Description,
                (Content::PrivateKey(_), None, _) => Useless::KeyAlone,
                (_, Some(_), Some(id)) => match self.main.get(&(id.clone(), part)) {
                    Some(taken) => Useless::AnotherTaken { id, taken: *taken },
                    None => Useless::Unknown,
                },
                (_, Some(duty), None) => Useless::NoPlace { duty: duty.word() },
                _ => Useless::Unknown,
            };
            self.made.unused.push(Unused { item, why });
        }
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
