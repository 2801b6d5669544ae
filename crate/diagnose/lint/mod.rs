//! What the files themselves show, whether or not a connection falls by it.

mod date;
mod front_proxy;
mod kubeconfig;
mod secret;
mod serial;
mod service;
mod signature;
mod subject;

use std::collections::HashSet;

use super::Code;
use super::board::Board;
use super::finding::{Finding, Severity, Shown};
use crate::recognise::{Part, Useless};

impl Board<'_> {
    pub(super) fn lint(&mut self) {
        self.dates();
        self.signatures();
        self.subjects();
        self.serials();
        self.front_proxy();
        self.authority_keys();
        self.modes();
        self.kubeconfigs();
        self.self_signed_kubelets();
        self.services();
        self.unused();
    }

    /// Every certificate that has a place, once.
    fn assigned(&self) -> Vec<(String, usize)> {
        let mut known = HashSet::new();
        let all = self.recognition.assignments.iter();
        all.filter(|one| matches!(one.part, Part::Certificate | Part::Chain))
            .filter(|one| known.insert((self.scene.seen[one.item].face, &one.id)))
            .map(|one| (one.id.clone(), one.item))
            .collect()
    }

    /// One more certificate for a finding; the first one says what shows it.
    fn add(
        &mut self,
        (severity, code): (Severity, Code),
        cause: &str,
        (id, item): (&str, usize),
        what: &str,
    ) -> &mut Finding {
        let known = self.found.get(&(code, cause.to_owned()));
        let look: Option<Shown> = match known {
            Some(known) if !known.commands.is_empty() => None,
            _ => Some(self.look(id, None, what)),
        };
        let finding = self.note(severity, code, cause);
        finding.certificates.push(id.to_owned());
        finding.items.push(item);
        finding.commands.extend(look);
        finding
    }

    fn ids_of(&self, items: &[usize]) -> Vec<String> {
        let assigned = items
            .iter()
            .filter_map(|item| self.by_item.get(item))
            .flatten();
        let mut ids: Vec<_> = assigned.map(|one| one.id.clone()).collect();
        ids.dedup();
        ids
    }

    fn unused(&mut self) {
        let unused = self.recognition.unused.iter();
        let items: Vec<_> = unused
            .filter(|one| !matches!(one.why, Useless::Description | Useless::Corrected))
            .map(|one| one.item)
            .collect();
        if items.is_empty() {
            return;
        }
        let finding = self.note(Severity::Untidy, Code::UnusedFiles, "");
        finding.parameters.insert("count", items.len().to_string());
        finding.items = items;
    }
}
