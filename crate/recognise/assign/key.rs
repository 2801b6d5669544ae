//! Private keys, public keys and requests: by the public half, or by where they lie.

use std::collections::HashMap;

use super::Desk;
use crate::import::Content;
use crate::recognise::duty::Duty;
use crate::recognise::{Part, Why};

impl Desk<'_> {
    pub(super) fn keys(&mut self) {
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
    pub(super) fn by_name(&self, item: usize) -> Option<(String, Duty)> {
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
    pub(super) fn others(&mut self) {
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
}
