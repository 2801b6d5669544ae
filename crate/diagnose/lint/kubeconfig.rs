//! Kubeconfigs that check nothing, or that hold another certificate than the file of that name.

use std::collections::HashMap;

use crate::diagnose::board::Board;
use crate::diagnose::{Code, Severity};
use crate::recognise::Part;
use crate::recognise::kubeconfig::{Bound, Called};

/// The item that was taken for an entry on a node.
type Files<'a> = HashMap<(&'a str, Option<&'a str>), usize>;

impl Board<'_> {
    pub(super) fn kubeconfigs(&mut self) {
        let (scene, recognition) = (self.scene, self.recognition);
        let certificates = recognition.assignments.iter().rev();
        let certificates = certificates
            .filter(|one| one.part == Part::Certificate && scene.seen[one.item].within.is_none());
        let files: Files<'_> = certificates
            .map(|one| ((one.id.as_str(), one.node.as_deref()), one.item))
            .collect();
        for called in &scene.called {
            if called.insecure {
                let path = self.path(called.item);
                let finding = self.note(Severity::Unsafe, Code::KubeconfigInsecure, &path);
                finding.parameters.insert("path", path);
                finding.items.push(called.item);
            }
            self.embedded(called, &files);
        }
    }

    fn embedded(&mut self, called: &Called, files: &Files<'_>) {
        let Bound::Embedded(items) = &called.certificate else {
            return;
        };
        let mut certificates = items.iter().copied();
        let shown = certificates.find(|item| self.scene.der(*item).is_some());
        let Some(shown) = shown else { return };
        let assigned = self.by_item.get(&shown).into_iter().flatten();
        let mut assigned = assigned.filter(|one| one.part == Part::Certificate);
        let Some(one) = assigned.next().copied() else {
            return;
        };
        let file = files.get(&(one.id.as_str(), one.node.as_deref())).copied();
        let differs = |file: &usize| self.scene.seen[*file].face != self.scene.seen[shown].face;
        let Some(file) = file.filter(differs) else {
            return;
        };
        let (id, path) = (one.id.clone(), self.path(called.item));
        let code = Code::KubeconfigCertificateDiffers;
        let finding = self.note(Severity::Untidy, code, &path);
        finding
            .parameters
            .extend([("path", path), ("certificate", id.clone())]);
        finding.certificates.push(id);
        finding.items.extend([shown, file]);
    }
}
