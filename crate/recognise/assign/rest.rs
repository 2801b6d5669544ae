//! What has no place, and why.

use std::collections::HashMap;

use super::Desk;
use crate::import::Content;
use crate::recognise::{Part, Unused, Useless};

impl Desk<'_> {
    /// Nothing is dropped: what has no place says why.
    pub(super) fn rest(&mut self) {
        let called = self.scene.called.iter();
        let called: HashMap<_, _> = called.map(|called| (called.item, called.duty)).collect();
        for item in 0..self.scene.seen.len() {
            if self.is_taken(item) {
                continue;
            }
            let seen = &self.scene.seen[item];
            let duty = seen.duty().or(called.get(&item).copied().flatten());
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
