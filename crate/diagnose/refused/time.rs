//! What has expired, or is not valid yet: all of it is one finding.

use crate::diagnose::Code;
use crate::diagnose::blame::Suspect;
use crate::diagnose::board::{Board, moment};
use crate::diagnose::finding::{Mend, Severity};
use crate::recognise::face::Face;

impl Board<'_> {
    /// The leaf, or the authority that is to vouch for it.
    pub(super) fn validity(&mut self, suspect: &Suspect<'_>) {
        let outside = |face: &&Face| self.now < face.not_before || self.now > face.not_after;
        let leaf = self.face(&suspect.der).filter(outside);
        let mut roots = suspect.roots.iter().filter_map(|der| self.face(der));
        let (face, id) = match leaf {
            Some(leaf) => (leaf, &suspect.id),
            None => match roots.find(outside) {
                Some(root) => (root, &suspect.authority),
                None => return,
            },
        };
        let code = self.untimely(face);
        let finding = self.blame(suspect, code, "", &[]);
        if *id != suspect.id {
            // Nothing is wrong with the leaf.
            finding.certificates.pop();
        }
        self.out_of_time(face, id);
    }

    /// One more certificate that is out of its time.
    pub(in crate::diagnose) fn out_of_time(&mut self, face: &Face, id: &str) {
        let code = self.untimely(face);
        let early = code == Code::NotYetValid;
        let finding = self.note(Severity::Breaks, code, "");
        finding.certificates.push(id.to_owned());
        let (name, day) = if early {
            ("from", face.not_before)
        } else {
            ("until", face.not_after)
        };
        let day = moment(day);
        let known = finding.parameters.entry(name);
        let known = known.or_insert_with(|| day.clone());
        if (early && day > *known) || (!early && day < *known) {
            *known = day;
        }
        let planned = self.plan.certificate(id);
        if early {
            self.mend(code, "", Mend::SetClock);
        } else if planned.is_some_and(|planned| planned.kind.is_authority()) {
            self.make_again_below(code, "", id);
        } else {
            self.make_again(code, "", id);
        }
    }

    /// What to call it.
    pub(in crate::diagnose) fn untimely(&self, face: &Face) -> Code {
        if self.now < face.not_before {
            Code::NotYetValid
        } else {
            Code::Expired
        }
    }
}
