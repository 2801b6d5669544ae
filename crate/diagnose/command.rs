//! What shows a fault on the machine itself, at the paths where the guide has the files.

use super::blame::Suspect;
use super::board::Board;
use super::{Code, Shown};
use crate::by_hand::{Call, CallStepKind, Place};

impl Board<'_> {
    /// The node and the path where an entry's file is installed: on the given node, or on the first that has it.
    pub(super) fn placed(
        &self,
        id: &str,
        ending: &str,
        node: Option<&str>,
    ) -> Option<(String, String)> {
        let file = format!("{id}.{ending}");
        let placements = self.placements.get(file.as_str())?;
        let own = placements.iter().find(|one| Some(&*one.node) == node);
        let found = own.or(placements.first())?;
        Some((found.node.clone(), found.path.clone()))
    }

    /// What prints a certificate, to be read by another command: out of its file, or out of the kubeconfig that holds it.
    fn printed(&self, id: &str, node: Option<&str>) -> (Place, String) {
        if let Some((node, path)) = self.placed(id, "crt", node) {
            return (Place::Node(node), format!("cat {path}"));
        }
        let embedding = self.embedding.get(id).into_iter().flatten();
        let mut placements = embedding
            .filter_map(|config| self.placements.get(config.file.as_str()))
            .flatten();
        let placed = placements.find(|placed| node.is_none_or(|node| placed.node == node));
        if let Some(placed) = placed {
            let place = Place::Node(placed.node.clone());
            let path = &placed.path;
            return (
                place,
                format!("sed -n 's/^ *client-certificate-data: //p' {path} |\nbase64 -d"),
            );
        }
        let path = self.main(id).map(|item| self.path(item));
        (
            Place::Bundle,
            format!("cat {}", quoted(&path.unwrap_or_default())),
        )
    }

    /// What openssl says of a certificate, with a word for what is looked at.
    pub(super) fn look(&self, id: &str, node: Option<&str>, what: &str) -> Shown {
        let (place, print) = self.printed(id, node);
        let command = match print.strip_prefix("cat ") {
            Some(path) => format!("openssl x509 -in {path} -noout {what}"),
            None => format!("{print} |\nopenssl x509 -noout {what}"),
        };
        Shown { place, command }
    }

    pub(super) fn commands(&self, suspect: &Suspect<'_>, code: Code) -> Vec<Shown> {
        let node = suspect.node.as_deref();
        match code {
            Code::KeyMismatch => return self.pair(&suspect.id, node),
            Code::TokenKeyDiffers => return self.token_keys(&suspect.id),
            _ => {}
        }
        let wanted = if suspect.server {
            CallStepKind::CheckServer
        } else {
            CallStepKind::CheckClient
        };
        let mut shown = self.looks(suspect, code);
        let steps = Call::of(self.plan, suspect.connection).steps.into_iter();
        shown.extend(steps.filter(|step| step.step == wanted).map(|step| Shown {
            place: step.place,
            command: step.command,
        }));
        shown
    }

    /// What openssl says of the files at both ends.
    fn looks(&self, suspect: &Suspect<'_>, code: Code) -> Vec<Shown> {
        let look = |what: &str| self.look(&suspect.id, suspect.node.as_deref(), what);
        let authority = |what: &str| self.look(&suspect.authority, None, what);
        match code {
            Code::AuthorityWithoutBasicConstraints => {
                vec![authority("-subject -ext basicConstraints")]
            }
            Code::AuthorityRemade
            | Code::UnknownAuthority
            | Code::KubeletUnknownAuthority
            | Code::KubeconfigAuthority => vec![
                look("-issuer -ext authorityKeyIdentifier"),
                authority("-subject -ext subjectKeyIdentifier"),
            ],
            Code::Expired | Code::NotYetValid => {
                let dates = look("-dates");
                let clock = Shown {
                    place: dates.place.clone(),
                    command: "date -u".to_owned(),
                };
                vec![dates, clock]
            }
            Code::UsageMissing => vec![look("-ext extendedKeyUsage")],
            Code::WrongCopy => vec![look("-subject -issuer")],
            _ => vec![look("-subject -ext subjectAltName")],
        }
    }

    /// The same hash twice, or two.
    fn pair(&self, id: &str, node: Option<&str>) -> Vec<Shown> {
        let key = self.placed(id, "key", node);
        let Some(((node, key), (_, certificate))) = key.zip(self.placed(id, "crt", node)) else {
            return vec![self.look(id, node, "-pubkey")];
        };
        let place = Place::Node(node);
        let commands = [
            format!("openssl x509 -in {certificate} -noout -pubkey | openssl sha256"),
            format!("openssl pkey -in {key} -pubout | openssl sha256"),
        ];
        commands
            .map(|command| Shown {
                place: place.clone(),
                command,
            })
            .into()
    }

    /// On each control plane: they have to be the same.
    fn token_keys(&self, id: &str) -> Vec<Shown> {
        let file = format!("{id}.key");
        let placements = self.placements.get(file.as_str()).into_iter().flatten();
        placements
            .map(|placed| Shown {
                place: Place::Node(placed.node.clone()),
                command: format!("openssl pkey -in {} -pubout | openssl sha256", placed.path),
            })
            .collect()
    }
}

/// For a shell, and never as an option: a path among the files that were given may have any sign in it.
fn quoted(path: &str) -> String {
    let here = if path.starts_with('-') { "./" } else { "" };
    format!("'{here}{}'", path.replace('\'', r#"'"'"'"#))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_path_is_one_word_for_a_shell() {
        assert_eq!(quoted("pki/ca.crt"), "'pki/ca.crt'");
        assert_eq!(quoted("-n"), "'./-n'");
        assert_eq!(quoted("a'; id; '"), r#"'a'"'"'; id; '"'"''"#);
    }
}
