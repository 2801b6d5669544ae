//! Private keys where they need not be, and who may read them.

use crate::by_hand::Place;
use crate::diagnose::Code;
use crate::diagnose::board::Board;
use crate::diagnose::finding::{Mend, Severity, Shown};
use crate::import::Content;
use crate::recognise::{Assignment, Part};

impl Board<'_> {
    /// Who has an authority's key can be anybody.
    pub(super) fn authority_keys(&mut self) {
        let recognition = self.recognition;
        for one in recognition
            .assignments
            .iter()
            .filter(|one| one.part == Part::Key)
        {
            if let Some(node) = one.node.as_deref()
                && self.is_needless(one, node)
            {
                self.exposed(one, node);
            }
        }
    }

    /// Whether it is an authority's, and nothing on the node reads it.
    fn is_needless(&self, key: &Assignment, node: &str) -> bool {
        let planned = self.plan.certificate(&key.id);
        let file = format!("{}.key", key.id);
        let placements = self.placements.get(file.as_str());
        let needed = placements.is_some_and(|all| all.iter().any(|one| one.node == node));
        planned.is_some_and(|planned| planned.kind.is_authority()) && !needed
    }

    fn exposed(&mut self, key: &Assignment, node: &str) {
        let path = self.path(key.item);
        let cause = path.clone();
        let finding = self.note(Severity::Unsafe, Code::AuthorityKeyExposed, &cause);
        finding
            .parameters
            .extend([("path", path.clone()), ("node", node.to_owned())]);
        finding.certificates.push(key.id.clone());
        finding.items.push(key.item);
        self.mend(Code::AuthorityKeyExposed, &cause, Mend::Remove { path });
    }

    pub(super) fn modes(&mut self) {
        let open = self.open_files();
        let Some((file, mode, _)) = open.first() else {
            return;
        };
        let (path, octal) = (self.scene.inventory.full_path(*file), format!("{mode:o}"));
        let items: Vec<_> = open
            .iter()
            .flat_map(|(_, _, items)| items)
            .copied()
            .collect();
        let ids = self.ids_of(&items);
        let place = ids.first().and_then(|id| self.placed(id, "key", None));
        let paths = open
            .iter()
            .map(|(file, ..)| self.scene.inventory.full_path(*file));
        let chmod = paths
            .map(|path| Mend::Chmod { path, mode: "600" })
            .collect();
        let count = open.len().to_string();
        let finding = self.note(Severity::Unsafe, Code::WorldReadable, "");
        finding
            .parameters
            .extend([("path", path), ("mode", octal), ("count", count)]);
        finding.items = items;
        finding.certificates = ids;
        finding.commands.extend(place.map(|(node, path)| Shown {
            place: Place::Node(node),
            command: format!("ls -l {path}"),
        }));
        finding.mend = chmod;
    }

    /// The files with private keys that everybody may read: which, with which permissions, and the keys in them.
    fn open_files(&self) -> Vec<(usize, u32, Vec<usize>)> {
        let mut open: Vec<(usize, u32, Vec<usize>)> = Vec::new();
        for item in 0..self.scene.seen.len() {
            let found = self.scene.item(item);
            let mode = self.scene.inventory.files()[found.file].mode;
            let mode = mode.unwrap_or_default();
            if !matches!(found.content, Content::PrivateKey(_)) || mode & 0o004 == 0 {
                continue;
            }
            match open.last_mut().filter(|(file, ..)| *file == found.file) {
                Some((.., items)) => items.push(item),
                None => open.push((found.file, mode, vec![item])),
            }
        }
        open
    }
}
