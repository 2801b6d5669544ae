//! What shows a fault on the machine itself, at the paths where the guide has the files.

use super::refused::Suspect;
use super::{Board, Code, Shown};
use crate::by_hand::{Call, CallStepKind, Place, word};

impl Board<'_> {
    /// The node and the path where an entry's file is installed: on the given node, or on the first that has it.
    pub(super) fn placed(
        &self,
        id: &str,
        ending: &str,
        node: Option<&str>,
    ) -> Option<(String, String)> {
        let file = format!("{id}.{ending}");
        let mut placements = self
            .plan
            .placements
            .iter()
            .filter(|placed| placed.file == file);
        let own = placements
            .clone()
            .find(|placed| Some(placed.node.as_str()) == node);
        let found = own.or_else(|| placements.next())?;
        Some((found.node.clone(), found.path.clone()))
    }

    /// What prints a certificate, to be read by another command: out of its file, or out of the kubeconfig that holds it.
    fn printed(&self, id: &str, node: Option<&str>) -> (Place, String) {
        if let Some((node, path)) = self.placed(id, "crt", node) {
            return (Place::Node(node), format!("cat {path}"));
        }
        let mut embedding = self
            .plan
            .kubeconfigs
            .iter()
            .filter(|one| one.certificate == id);
        let config = embedding.find_map(|config| {
            let mut placements = self.plan.placements.iter();
            placements.find(|placed| {
                placed.file == config.file && node.is_none_or(|node| placed.node == node)
            })
        });
        if let Some(placed) = config {
            let place = Place::Node(placed.node.clone());
            let path = &placed.path;
            return (
                place,
                format!("sed -n 's/^ *client-certificate-data: //p' {path} |\nbase64 -d"),
            );
        }
        let path = self
            .main(id)
            .map(|item| self.path(item))
            .unwrap_or_default();
        (Place::Bundle, format!("cat {}", word(&path)))
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
        let look = |what: &str| self.look(&suspect.id, node, what);
        let mut shown = match code {
            Code::KeyMismatch => return self.pair(&suspect.id, node),
            Code::TokenKeyDiffers => return self.token_keys(&suspect.id),
            Code::AuthorityWithoutBasicConstraints => {
                vec![self.look(&suspect.authority, None, "-subject -ext basicConstraints")]
            }
            Code::AuthorityRemade
            | Code::UnknownAuthority
            | Code::KubeletUnknownAuthority
            | Code::KubeconfigAuthority => vec![
                look("-issuer -ext authorityKeyIdentifier"),
                self.look(
                    &suspect.authority,
                    None,
                    "-subject -ext subjectKeyIdentifier",
                ),
            ],
            Code::Expired | Code::NotYetValid => vec![
                look("-dates"),
                Shown {
                    place: look("").place,
                    command: "date -u".to_owned(),
                },
            ],
            Code::UsageMissing => vec![look("-ext extendedKeyUsage")],
            Code::WrongCopy => vec![look("-subject -issuer")],
            _ => vec![look("-subject -ext subjectAltName")],
        };
        let wanted = if suspect.server {
            CallStepKind::CheckServer
        } else {
            CallStepKind::CheckClient
        };
        let steps = Call::of(self.plan, suspect.connection).steps.into_iter();
        shown.extend(steps.filter(|step| step.step == wanted).map(|step| Shown {
            place: step.place,
            command: step.command,
        }));
        shown
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
        let placements = self
            .plan
            .placements
            .iter()
            .filter(|placed| placed.file == file);
        placements
            .map(|placed| Shown {
                place: Place::Node(placed.node.clone()),
                command: format!("openssl pkey -in {} -pubout | openssl sha256", placed.path),
            })
            .collect()
    }
}
