//! A file that lies in another's place: another's certificate, or another's key.

use crate::diagnose::blame::Suspect;
use crate::diagnose::board::Board;
use crate::diagnose::{Code, Mend};
use crate::recognise::assign;
use crate::recognise::duty::Duty;
use crate::recognise::face::{Face, weight};

impl Board<'_> {
    /// Where a certificate belongs by its file's name, and what it is by its content.
    pub(super) fn wrong_copy(&mut self, suspect: &Suspect<'_>) -> bool {
        let Some(item) = suspect
            .item
            .filter(|item| self.is_another_s(suspect, *item))
        else {
            return false;
        };
        let (id, node) = (suspect.id.as_str(), &suspect.node);
        let (path, file) = (self.path(item), format!("{id}.crt"));
        let holds = self.scene.face(item);
        let holds = holds.map_or_else(String::new, |face| face.subject.clone());
        let cause = format!("{id}@{path}");
        let parameters = [("file", file.as_str()), ("holds", &holds), ("path", &path)];
        self.blame(suspect, Code::WrongCopy, &cause, &parameters);
        // The right one may lie elsewhere.
        let right = self.main(id);
        let right = right.filter(|main| self.scene.der(*main) != Some(&suspect.der[..]));
        let Some(right) = right else {
            self.make_again(Code::WrongCopy, &cause, id);
            return true;
        };
        let to = self.placed(id, "crt", node.as_deref());
        let copy = Mend::Copy {
            from: self.path(right),
            node: node.clone(),
            to: to.map_or(path, |(_, path)| path),
        };
        self.mend(Code::WrongCopy, &cause, copy);
        true
    }

    /// Whether the content is another entry's, for certain.
    fn is_another_s(&self, suspect: &Suspect<'_>, item: usize) -> bool {
        let planned = self.plan.certificate(&suspect.id);
        let wanted = planned.and_then(assign::duty);
        let content = self.scene.seen[item].opinion.as_ref();
        let content = content.filter(|opinion| opinion.weight >= weight::NAMES);
        let Some((held, wanted)) = content.map(|opinion| opinion.duty).zip(wanted) else {
            return false;
        };
        let own = planned.and_then(|planned| planned.node.as_deref());
        let said = self.scene.face(item).and_then(Face::node);
        let other_node = wanted.is_kubelet() && said.is_some() && said != own;
        !alike(held, wanted) || other_node && self.known_as_other(suspect)
    }

    /// Whether the same certificate is another entry's.
    fn known_as_other(&self, suspect: &Suspect<'_>) -> bool {
        let items = self.by_der.get(&suspect.der[..]).into_iter().flatten();
        let mut assigned = items.filter_map(|item| self.by_item.get(item)).flatten();
        assigned.any(|one| one.main && one.id != suspect.id)
    }

    /// A private key that is another certificate's.
    pub(super) fn key(&mut self, suspect: &Suspect<'_>) {
        let (id, item) = (suspect.id.as_str(), suspect.item);
        let beside = item.and_then(|item| self.scene.key_beside(item));
        let path = beside.or(item).map(|item| self.path(item));
        let path = path.unwrap_or_default();
        let right = item.and_then(|item| self.scene.public(item));
        let right = right.and_then(|public| self.scene.keys_of(public).first());
        let right = right.map_or_else(String::new, |item| self.path(*item));
        let cause = format!("{id}@{path}");
        let parameters = [("certificate", id), ("path", &path), ("right", &right)];
        self.blame(suspect, Code::KeyMismatch, &cause, &parameters);
        if right.is_empty() {
            return self.make_again(Code::KeyMismatch, &cause, id);
        }
        let placed = self.placed(id, "key", suspect.node.as_deref());
        let (node, to) = match placed {
            Some((node, path)) => (Some(node), path),
            None => (suspect.node.clone(), path),
        };
        let from = right;
        self.mend(Code::KeyMismatch, &cause, Mend::Copy { from, node, to });
    }
}

/// Whether a certificate for the one duty serves the other as well.
fn alike(held: Duty, wanted: Duty) -> bool {
    held == wanted
        || held.is_kubelet() && wanted.is_kubelet()
        || held.is_etcd_member() && wanted.is_etcd_member()
        || wanted.stand_in() == Some(held)
}
