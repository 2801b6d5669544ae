//! The key that signs the tokens of service accounts, which every control plane has to have.

use std::collections::HashMap;

use crate::Role;
use crate::diagnose::blame::Suspect;
use crate::diagnose::board::Board;
use crate::diagnose::{Code, Mend};
use crate::recognise::Part;

impl Board<'_> {
    pub(super) fn token(&mut self, suspect: &Suspect<'_>) {
        let (code, id) = (Code::TokenKeyDiffers, suspect.id.as_str());
        let right = self.usual_token_key(id);
        let odd: Vec<_> = self
            .planes()
            .filter(|node| {
                self.evidence
                    .key(Some(node), id)
                    .is_some_and(|own| Some(own) != right)
            })
            .map(ToOwned::to_owned)
            .collect();
        // Where all nodes have the same key, it is the file that verifies which is another's.
        let listener = suspect.connection.listener.node.as_deref();
        let verifying = self.evidence.verifying_key(listener, id);
        let file = if odd.is_empty() && verifying != right {
            "pub"
        } else {
            "key"
        };
        let from = right.and_then(|right| self.token_key_at(id, right));
        let nodes = odd.join(", ");
        let parameters = [("certificate", id), ("node", &nodes), ("file", file)];
        self.blame(suspect, code, id, &parameters);
        for node in &odd {
            let to = self.placed(id, "key", Some(node));
            let copy = Mend::Copy {
                from: from.clone().unwrap_or_default(),
                node: Some(node.clone()),
                to: to.map_or_else(String::new, |(_, path)| path),
            };
            self.mend(code, id, copy);
        }
        if odd.is_empty() {
            self.make_again(code, id, id);
        }
    }

    fn planes(&self) -> impl Iterator<Item = &str> {
        let nodes = self.plan.cluster.nodes.iter().flatten();
        let planes = nodes.filter(|node| node.role == Role::ControlPlane);
        planes.map(|node| node.name.as_str())
    }

    /// The key that most control planes have, by its public half; of as many, the one that was taken for the cluster's.
    fn usual_token_key(&self, id: &str) -> Option<&Vec<u8>> {
        let main = self.evidence.key(None, id);
        let mut votes: HashMap<&Vec<u8>, usize> = HashMap::new();
        for key in self
            .planes()
            .filter_map(|node| self.evidence.key(Some(node), id))
        {
            *votes.entry(key).or_default() += 1;
        }
        let most = votes
            .into_iter()
            .max_by_key(|(key, count)| (*count, Some(*key) == main, *key));
        most.map(|(key, _)| key).or(main)
    }

    /// Where the key lies, the cluster's own place first.
    fn token_key_at(&self, id: &str, public: &[u8]) -> Option<String> {
        let keys = self.recognition.assignments.iter();
        let keys = keys.filter(|one| one.id == id && one.part == Part::Key);
        let fitting = keys.filter(|one| {
            let own = self.scene.public(one.item);
            own.is_some_and(|own| own.spki == public)
        });
        let found = fitting.max_by_key(|one| (one.main, std::cmp::Reverse(one.item)));
        found.map(|one| self.path(one.item))
    }
}
