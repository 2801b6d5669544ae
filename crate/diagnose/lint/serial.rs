//! Serial numbers that one issuer has given twice.

use std::collections::BTreeMap;

use crate::diagnose::board::Board;
use crate::diagnose::{Code, Severity};

/// Distinct certificates, each with one item.
type Distinct = BTreeMap<Option<usize>, usize>;

impl Board<'_> {
    pub(super) fn serials(&mut self) {
        // By issuer and number.
        let mut known: BTreeMap<(&[u8], &str), Distinct> = BTreeMap::new();
        for (item, seen, face) in self.scene.certificates() {
            let same = known.entry((&face.raw_issuer, &face.serial)).or_default();
            same.entry(seen.face).or_insert(item);
        }
        for ((_, serial), same) in known.into_iter().filter(|(_, same)| same.len() > 1) {
            let items: Vec<_> = same.into_values().collect();
            self.twice(serial, items);
        }
    }

    fn twice(&mut self, serial: &str, items: Vec<usize>) {
        let issuer = self.scene.face(items[0]);
        let issuer = issuer.map_or_else(String::new, |face| face.issuer.clone());
        let ids = self.ids_of(&items);
        let cause = format!("{issuer} {serial}");
        let look = ids.first();
        let look = look.map(|id| self.look(id, None, "-issuer -serial"));
        let finding = self.note(Severity::Untidy, Code::DuplicateSerial, &cause);
        let serial = serial.to_owned();
        finding
            .parameters
            .extend([("issuer", issuer), ("serial", serial)]);
        finding.items = items;
        finding.certificates.clone_from(&ids);
        finding.commands.extend(look);
        // All but one.
        for id in &ids[1.min(ids.len())..] {
            self.make_again(Code::DuplicateSerial, &cause, id);
        }
    }
}
