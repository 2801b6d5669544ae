//! What has expired, will soon, or is not valid yet.

use crate::diagnose::board::{Board, moment};
use crate::diagnose::{Code, Severity};
use crate::time::DAY;

impl Board<'_> {
    pub(super) fn dates(&mut self) {
        for (id, item) in self.assigned() {
            let Some(face) = self.scene.face(item) else {
                continue;
            };
            if self.now < face.not_before || self.now > face.not_after {
                self.out_of_time(face, &id);
                let code = self.untimely(face);
                self.note(Severity::Breaks, code, "").items.push(item);
                continue;
            }
            let left = (face.not_after - self.now) / DAY;
            if let Some(within) = [30, 90].into_iter().find(|within| left < *within) {
                self.expires_soon((&id, item), within, &moment(face.not_after));
            }
        }
    }

    fn expires_soon(&mut self, (id, item): (&str, usize), within: i64, until: &str) {
        let (kind, within) = ((Severity::WillBreak, Code::ExpiresSoon), within.to_string());
        let finding = self.add(kind, &within, (id, item), "-enddate");
        let known = finding.parameters.entry("until");
        let known = known.or_insert_with(|| until.to_owned());
        if until < known.as_str() {
            until.clone_into(known);
        }
        finding.parameters.insert("within", within.clone());
        self.make_again(Code::ExpiresSoon, &within, id);
    }
}
