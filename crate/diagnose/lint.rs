//! What the files themselves show, whether or not a connection falls by it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::finding::{Mend, Severity, Shown};
use super::{Board, Code, moment, rights};
use crate::by_hand::Place;
use crate::import::Content;
use crate::recognise::face::Face;
use crate::recognise::kubeconfig::Bound;
use crate::recognise::{Part, Useless};
use crate::time::DAY;
use crate::verify::front_proxy;
use crate::{Attribute, CertificateKind};

impl Board<'_> {
    pub(super) fn lint(&mut self) {
        self.dates();
        self.signatures();
        self.subjects();
        self.serials();
        self.front_proxy();
        self.authority_keys();
        self.modes();
        self.kubeconfigs();
        self.kubelets();
        self.services();
        self.unused();
    }

    /// Every certificate that has a place, once.
    fn assigned(&self) -> Vec<(String, usize)> {
        let mut known = HashSet::new();
        let all = self.recognition.assignments.iter();
        all.filter(|one| matches!(one.part, Part::Certificate | Part::Chain))
            .filter(|one| known.insert((self.scene.seen[one.item].face, &one.id)))
            .map(|one| (one.id.clone(), one.item))
            .collect()
    }

    fn dates(&mut self) {
        for (id, item) in self.assigned() {
            let Some(face) = self.scene.face(item).cloned() else {
                continue;
            };
            if self.now < face.not_before || self.now > face.not_after {
                self.out_of_time(&face, &id, None);
                let code = if self.now < face.not_before {
                    Code::NotYetValid
                } else {
                    Code::Expired
                };
                self.note(Severity::Breaks, code, "").items.push(item);
                continue;
            }
            let left = (face.not_after - self.now) / DAY;
            let Some(within) = [30, 90].into_iter().find(|within| left < *within) else {
                continue;
            };
            let command = self.look(&id, None, "-enddate");
            let within = within.to_string();
            let finding = self.note(Severity::WillBreak, Code::ExpiresSoon, &within);
            finding.certificates.push(id.clone());
            finding.items.push(item);
            let until = moment(face.not_after);
            let known = finding
                .parameters
                .entry("until")
                .or_insert_with(|| until.clone());
            if until < *known {
                *known = until;
            }
            finding.parameters.insert("within", within.clone());
            if finding.commands.is_empty() {
                finding.commands.push(command);
            }
            self.mend(
                Code::ExpiresSoon,
                &within,
                Mend::MakeAgain {
                    certificates: vec![id],
                },
            );
        }
    }

    /// What nobody will accept, although no connection shows it: because a file is missing, or because nobody looks.
    fn signatures(&mut self) {
        for (id, item) in self.assigned() {
            let Some(face) = self.scene.face(item) else {
                continue;
            };
            let authority = self
                .plan
                .certificate(&id)
                .is_some_and(|planned| planned.kind.is_authority());
            // Go lets an authority of the first version through.
            let bare = authority && face.version == 3 && face.constraints != Some(true);
            let sha1 = !authority && face.signed_with_sha1;
            let (code, what, again) = match (bare, sha1) {
                (true, _) => (
                    Code::AuthorityWithoutBasicConstraints,
                    "-subject -ext basicConstraints",
                    self.below(&id),
                ),
                (_, true) => (Code::WeakSignature, "-text", vec![id.clone()]),
                _ => continue,
            };
            let command = self.look(&id, None, what);
            let finding = self.note(Severity::Breaks, code, &id);
            finding.parameters.insert("certificate", id.clone());
            finding.certificates.push(id.clone());
            finding.items.push(item);
            if finding.commands.is_empty() {
                finding.commands.push(command);
            }
            self.mend(
                code,
                &id,
                Mend::MakeAgain {
                    certificates: again,
                },
            );
        }
    }

    /// Slips by which nobody falls: of an O beside a CN that is known, as in the guide of 2025.
    fn subjects(&mut self) {
        for (id, item) in self.assigned() {
            let Some((face, planned)) = self
                .scene
                .face(item)
                .cloned()
                .zip(self.plan.certificate(&id))
            else {
                continue;
            };
            let known = [
                Code::CallerUnknown,
                Code::NodeNameMismatch,
                Code::KubeletClientNotAuthorised,
            ];
            let told = known
                .iter()
                .any(|code| self.found.contains_key(&(*code, id.clone())));
            let as_caller = planned.kind != CertificateKind::Server && face.node_of_own().is_none();
            if told || planned.kind.is_authority() || !as_caller {
                continue;
            }
            let usual = self.usual(&id);
            // A group that nobody asks for may be left out.
            let lacks = face.organizations.is_empty()
                && face.common_name == usual.0
                && !DECISIVE.contains(&usual.1.as_str());
            let Some(near) =
                rights::slip(&face.common_name, &face.organizations, &usual).filter(|_| !lacks)
            else {
                continue;
            };
            let decisive = DECISIVE.contains(&usual.1.as_str())
                || usual.0.starts_with("system:") && face.common_name != usual.0;
            let attribute = if face.common_name == usual.0 {
                Attribute::Organization
            } else {
                Attribute::CommonName
            };
            let severity = if decisive {
                Severity::Breaks
            } else {
                Severity::Untidy
            };
            let command = self.look(&id, None, "-subject");
            let finding = self.note(severity, Code::NearMiss, &id);
            finding.parameters.insert("certificate", id.clone());
            finding
                .parameters
                .insert("attribute", attribute.short_name().to_owned());
            finding.parameters.insert("found", near.found.clone());
            finding.parameters.insert("meant", near.meant.clone());
            finding.near = Some(near);
            finding.certificates.push(id.clone());
            finding.items.push(item);
            finding.commands = vec![command];
            self.mend(
                Code::NearMiss,
                &id,
                Mend::MakeAgain {
                    certificates: vec![id.clone()],
                },
            );
        }
    }

    fn serials(&mut self) {
        let mut known: BTreeMap<(Vec<u8>, String), Vec<(Option<usize>, usize)>> = BTreeMap::new();
        for (item, seen, face) in self.scene.certificates() {
            let same = known
                .entry((face.raw_issuer.clone(), face.serial.clone()))
                .or_default();
            if same.iter().all(|(face, _)| *face != seen.face) {
                same.push((seen.face, item));
            }
        }
        for ((_, serial), same) in known.into_iter().filter(|(_, same)| same.len() > 1) {
            let issuer = self
                .scene
                .face(same[0].1)
                .map(|face| face.issuer.clone())
                .unwrap_or_default();
            let items: Vec<_> = same.iter().map(|(_, item)| *item).collect();
            let ids: Vec<String> = self.ids_of(&items);
            let cause = format!("{issuer} {serial}");
            let look = ids.first().map(|id| self.look(id, None, "-issuer -serial"));
            let finding = self.note(Severity::Untidy, Code::DuplicateSerial, &cause);
            finding
                .parameters
                .extend([("issuer", issuer), ("serial", serial)]);
            finding.items = items;
            finding.certificates.clone_from(&ids);
            finding.commands.extend(look);
            // All but one.
            let certificates = ids.into_iter().skip(1).collect();
            self.mend(
                Code::DuplicateSerial,
                &cause,
                Mend::MakeAgain { certificates },
            );
        }
    }

    fn ids_of(&self, items: &[usize]) -> Vec<String> {
        let assigned = items
            .iter()
            .filter_map(|item| self.by_item.get(item))
            .flatten();
        let mut ids: Vec<_> = assigned.map(|one| one.id.clone()).collect();
        ids.dedup();
        ids
    }

    fn front_proxy(&mut self) {
        let id = "front-proxy-client";
        let client = self.main(id);
        let authority = self.main("front-proxy-ca");
        if self.plan.certificate(id).is_none() || client.is_none() && authority.is_none() {
            self.note(Severity::Untidy, Code::FrontProxyMissing, "");
            return;
        }
        let Some(own) = self.main("ca") else { return };
        let same = authority
            .is_some_and(|authority| self.scene.public(authority) == self.scene.public(own));
        let by_own = client.and_then(|client| {
            let (der, root) = (self.scene.der(client)?, self.scene.der(own)?);
            crate::verify::signed_by(der, root).ok()
        });
        if same || by_own.is_some() {
            let look = self.look("front-proxy-ca", None, "-subject -ext subjectKeyIdentifier");
            let finding = self.note(Severity::Unsafe, Code::FrontProxyAuthorityShared, "");
            finding.parameters.insert("authority", "ca".to_owned());
            finding.certificates = vec!["front-proxy-ca".to_owned(), id.to_owned()];
            finding.items.extend(client.into_iter().chain(authority));
            finding.commands = vec![look];
            let certificates = finding.certificates.clone();
            return self.mend(
                Code::FrontProxyAuthorityShared,
                "",
                Mend::MakeAgain { certificates },
            );
        }
        let refused = client.zip(authority).and_then(|(client, authority)| {
            let (der, root) = (self.scene.der(client)?, self.scene.der(authority)?);
            front_proxy(der, root, &[], self.now).err()
        });
        // What is out of its time is told with the others.
        if let Some(text) = refused.filter(|text| !text.contains("expired or is not yet valid")) {
            let finding = self.note(Severity::Breaks, Code::Refused, id);
            finding.parameters.insert("text", text);
            finding.certificates.push(id.to_owned());
            self.mend(
                Code::Refused,
                id,
                Mend::MakeAgain {
                    certificates: vec![id.to_owned()],
                },
            );
        }
    }

    /// Who has an authority's key can be anybody.
    fn authority_keys(&mut self) {
        let keys: Vec<_> = self
            .recognition
            .assignments
            .iter()
            .filter(|one| one.part == Part::Key)
            .cloned()
            .collect();
        for one in keys {
            let authority = self
                .plan
                .certificate(&one.id)
                .is_some_and(|planned| planned.kind.is_authority());
            let Some(node) = one.node.filter(|_| authority) else {
                continue;
            };
            let file = format!("{}.key", one.id);
            let needed = self
                .plan
                .placements
                .iter()
                .any(|placed| placed.node == node && placed.file == file);
            if needed {
                continue;
            }
            let path = self.path(one.item);
            let finding = self.note(Severity::Unsafe, Code::AuthorityKeyExposed, &path);
            finding
                .parameters
                .extend([("path", path.clone()), ("node", node)]);
            finding.certificates.push(one.id);
            finding.items.push(one.item);
            self.mend(
                Code::AuthorityKeyExposed,
                &path.clone(),
                Mend::Remove { path },
            );
        }
    }

    fn modes(&mut self) {
        let mut open: Vec<(usize, u32, Vec<usize>)> = Vec::new();
        for (item, _) in self.scene.seen.iter().enumerate() {
            let found = self.scene.item(item);
            let mode = self.scene.inventory.files()[found.file]
                .mode
                .unwrap_or_default();
            let secret = matches!(found.content, Content::PrivateKey(_));
            if secret && mode & 0o004 != 0 {
                match open.last_mut().filter(|(file, ..)| *file == found.file) {
                    Some((.., items)) => items.push(item),
                    None => open.push((found.file, mode, vec![item])),
                }
            }
        }
        let Some((file, mode, _)) = open.first() else {
            return;
        };
        let (path, octal) = (self.scene.inventory.full_path(*file), format!("{mode:o}"));
        let ids = open
            .iter()
            .flat_map(|(_, _, items)| self.ids_of(items))
            .collect::<Vec<_>>();
        let place = ids.first().and_then(|id| self.placed(id, "key", None));
        let count = open.len().to_string();
        let paths: Vec<_> = open
            .iter()
            .map(|(file, ..)| self.scene.inventory.full_path(*file))
            .collect();
        let finding = self.note(Severity::Unsafe, Code::WorldReadable, "");
        finding
            .parameters
            .extend([("path", path), ("mode", octal), ("count", count)]);
        finding.items = open.into_iter().flat_map(|(_, _, items)| items).collect();
        finding.certificates = ids;
        if let Some((node, path)) = place {
            finding.commands = vec![Shown {
                place: Place::Node(node),
                command: format!("ls -l {path}"),
            }];
        }
        finding.mend = paths
            .into_iter()
            .map(|path| Mend::Chmod { path, mode: "600" })
            .collect();
    }

    fn kubeconfigs(&mut self) {
        let certificates = self.recognition.assignments.iter().rev();
        let certificates = certificates.filter(|one| {
            one.part == Part::Certificate && self.scene.seen[one.item].within.is_none()
        });
        let files: HashMap<_, _> = certificates
            .map(|one| ((one.id.clone(), one.node.clone()), one.item))
            .collect();
        for called in &self.scene.called {
            let path = self.path(called.item);
            if called.insecure {
                let finding = self.note(Severity::Unsafe, Code::KubeconfigInsecure, &path);
                finding.parameters.insert("path", path.clone());
                finding.items.push(called.item);
            }
            let Bound::Embedded(items) = &called.certificate else {
                continue;
            };
            let Some(shown) = items
                .iter()
                .copied()
                .find(|item| self.scene.der(*item).is_some())
            else {
                continue;
            };
            let mut assigned = self.by_item.get(&shown).into_iter().flatten();
            let assigned = assigned.find(|one| one.part == Part::Certificate);
            let Some(one) = assigned.map(|one| (*one).clone()) else {
                continue;
            };
            let Some(file) = files.get(&(one.id.clone(), one.node.clone())).copied() else {
                continue;
            };
            if self.scene.seen[file].face == self.scene.seen[shown].face {
                continue;
            }
            let finding = self.note(Severity::Untidy, Code::KubeconfigCertificateDiffers, &path);
            finding
                .parameters
                .extend([("path", path.clone()), ("certificate", one.id.clone())]);
            finding.certificates.push(one.id);
            finding.items.extend([shown, file]);
        }
    }

    fn kubelets(&mut self) {
        for (id, item) in self.assigned() {
            if self.scene.face(item).and_then(Face::node_of_own).is_none() {
                continue;
            }
            let look = self.look(&id, None, "-subject -issuer");
            let finding = self.note(Severity::Unsafe, Code::KubeletSelfSigned, "");
            finding
                .parameters
                .entry("certificate")
                .or_insert_with(|| id.clone());
            finding.certificates.push(id.clone());
            finding.items.push(item);
            if finding.commands.is_empty() {
                finding.commands.push(look);
            }
            self.mend(
                Code::KubeletSelfSigned,
                "",
                Mend::MakeAgain {
                    certificates: vec![id],
                },
            );
        }
    }

    /// The guide's unit file for kube-apiserver has no --service-cluster-ip-range: then services begin elsewhere.
    fn services(&mut self) {
        let assumed = crate::recognise::evidence::assumed;
        let mut found: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for connection in &self.plan.connections {
            let face = self.main_face(&connection.server.certificate);
            for dial in &connection.dials {
                let host = dial.host.to_string();
                let held = face.is_none_or(|face| {
                    face.addresses
                        .iter()
                        .any(|address| address.to_string() == host)
                });
                if assumed(self.recognition, connection, &host) && !held {
                    let one = (connection.id.clone(), connection.server.certificate.clone());
                    found.entry(host).or_default().push(one);
                }
            }
        }
        for (host, all) in found {
            let finding = self.note(Severity::WillBreak, Code::ServiceRangeUnset, &host);
            finding.parameters.insert("host", host.clone());
            finding
                .certificates
                .extend(all.iter().map(|(_, id)| id.clone()));
            finding
                .connections
                .extend(all.into_iter().map(|(connection, _)| connection));
            let certificates = finding.certificates.first().cloned().into_iter().collect();
            self.mend(
                Code::ServiceRangeUnset,
                &host,
                Mend::MakeAgain { certificates },
            );
        }
    }

    fn unused(&mut self) {
        let unused = self.recognition.unused.iter();
        let items: Vec<_> = unused
            .filter(|one| !matches!(one.why, Useless::Description | Useless::Corrected))
            .map(|one| one.item)
            .collect();
        if items.is_empty() {
            return;
        }
        let finding = self.note(Severity::Untidy, Code::UnusedFiles, "");
        finding.parameters.insert("count", items.len().to_string());
        finding.items = items;
    }
}

/// Groups without which the caller is nobody.
const DECISIVE: [&str; 3] = ["kubeadm:cluster-admins", "system:masters", "system:nodes"];
