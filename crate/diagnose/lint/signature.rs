//! Authorities that cannot sign and signatures that nobody accepts, although no connection shows it: because a file is missing, or because nobody
//! looks.

use crate::diagnose::board::Board;
use crate::diagnose::{Code, Severity};

impl Board<'_> {
    pub(super) fn signatures(&mut self) {
        for (id, item) in self.assigned() {
            let Some(face) = self.scene.face(item) else {
                continue;
            };
            let planned = self.plan.certificate(&id);
            let authority = planned.is_some_and(|planned| planned.kind.is_authority());
            // Go lets an authority of the first version through.
            let bare = authority && face.version == 3 && face.constraints != Some(true);
            let sha1 = !authority && face.signed_with_sha1;
            let (code, what) = if bare {
                let look = "-subject -ext basicConstraints";
                (Code::AuthorityWithoutBasicConstraints, look)
            } else if sha1 {
                (Code::WeakSignature, "-text")
            } else {
                continue;
            };
            let finding = self.add((Severity::Breaks, code), &id, (&id, item), what);
            finding.parameters.insert("certificate", id.clone());
            if bare {
                self.make_again_below(code, &id, &id);
            } else {
                self.make_again(code, &id, &id);
            }
        }
    }

    /// Certificates that kubelets made themselves.
    pub(super) fn self_signed_kubelets(&mut self) {
        let kind = (Severity::Unsafe, Code::KubeletSelfSigned);
        for (id, item) in self.assigned() {
            let face = self.scene.face(item);
            if face.is_none_or(|face| face.node_of_own().is_none()) {
                continue;
            }
            let finding = self.add(kind, "", (&id, item), "-subject -issuer");
            let first = finding.parameters.entry("certificate");
            first.or_insert_with(|| id.clone());
            self.make_again(kind.1, "", &id);
        }
    }
}
