//! Slips in a CN or an O by which nobody falls: of an O beside a CN that is known, as in the guide of 2025.

use crate::diagnose::board::Board;
use crate::diagnose::{Code, Near, Severity, rights};
use crate::recognise::face::Face;
use crate::{Attribute, CertificateKind, PlannedCertificate};

impl Board<'_> {
    pub(super) fn subjects(&mut self) {
        for (id, item) in self.assigned() {
            let face = self.scene.face(item);
            let Some((face, planned)) = face.zip(self.plan.certificate(&id)) else {
                continue;
            };
            let usual = self.usual(&id);
            if is_caller(planned, face)
                && !self.has_told_of_subject(&id)
                && let Some(near) = harmless(face, &usual)
            {
                self.near_miss((&id, item), face, &usual, near);
            }
        }
    }

    fn has_told_of_subject(&self, id: &str) -> bool {
        let told = [
            Code::CallerUnknown,
            Code::NodeNameMismatch,
            Code::KubeletClientNotAuthorised,
        ];
        let mut told = told.iter();
        told.any(|code| self.found.contains_key(&(*code, id.to_owned())))
    }

    fn near_miss(
        &mut self,
        (id, item): (&str, usize),
        face: &Face,
        (name, group): &(String, String),
        near: Near,
    ) {
        let named = face.common_name == *name;
        let decisive = DECISIVE.contains(&group.as_str()) || name.starts_with("system:") && !named;
        let attribute = if named {
            Attribute::Organization
        } else {
            Attribute::CommonName
        };
        let severity = if decisive {
            Severity::Breaks
        } else {
            Severity::Untidy
        };
        let kind = (severity, Code::NearMiss);
        let finding = self.add(kind, id, (id, item), "-subject");
        finding.parameters.extend([
            ("certificate", id.to_owned()),
            ("attribute", attribute.short_name().to_owned()),
            ("found", near.found.clone()),
            ("meant", near.meant.clone()),
        ]);
        finding.near = Some(near);
        self.make_again(Code::NearMiss, id, id);
    }
}

/// Whether Kubernetes reads its subject.
fn is_caller(planned: &PlannedCertificate, face: &Face) -> bool {
    planned.kind != CertificateKind::Server
        && !planned.kind.is_authority()
        && face.node_of_own().is_none()
}

/// The slip, if it is one. A group that nobody asks for may be left out.
fn harmless(face: &Face, usual: &(String, String)) -> Option<Near> {
    let lacks = face.organizations.is_empty()
        && face.common_name == usual.0
        && !DECISIVE.contains(&usual.1.as_str());
    let slip = rights::slip(&face.common_name, &face.organizations, usual);
    slip.filter(|_| !lacks)
}

/// Groups without which the caller is nobody.
const DECISIVE: [&str; 3] = ["kubeadm:cluster-admins", "system:masters", "system:nodes"];
