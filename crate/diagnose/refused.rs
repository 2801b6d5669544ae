//! Why a connection is refused: the cause, told from what the verifier says and from the files at both ends.

use super::finding::{Mend, Near, Said, Severity, Slip};
use super::{Board, Code, moment};
use crate::recognise::assign;
use crate::recognise::face::{Face, weight};
use crate::recognise::kubeconfig::Called;
use crate::recognise::near::near;
use crate::verify::{Checked, Verdict};
use crate::{ComponentKind, Connection};

/// The end whose certificate is refused.
pub(super) struct Suspect<'a> {
    pub(super) connection: &'a Connection,
    pub(super) verdict: &'a Verdict,
    /// Whether it is the listener's.
    pub(super) server: bool,
    /// Id of its certificate.
    pub(super) id: String,
    /// Where it lies.
    pub(super) node: Option<String>,
    pub(super) der: Vec<u8>,
    pub(super) item: Option<usize>,
    /// Id of the authority by which the other end checks it.
    pub(super) authority: String,
    /// The certificates that the other end trusts.
    pub(super) roots: Vec<Vec<u8>>,
}

impl Board<'_> {
    pub(super) fn refused(&mut self, connection: &Connection, verdict: &Verdict) {
        let failed = |checks: &[crate::verify::Check]| {
            let failed = checks.iter().find(|check| check.held == Some(false));
            failed.map(|check| check.check)
        };
        let (server, check) = match failed(&verdict.server) {
            Some(check) => (true, Some(check)),
            None => (false, failed(&verdict.client)),
        };
        let suspect = self.suspect(connection, verdict, server);
        if check != Some(Checked::Token) && self.wrong_copy(&suspect) {
            return;
        }
        match check {
            Some(Checked::Issuer) => self.issuer(&suspect),
            Some(Checked::Key) => self.key(&suspect),
            Some(Checked::Name) => self.name(&suspect),
            Some(Checked::Peer) => self.peer(&suspect),
            Some(Checked::Token) => self.token(&suspect),
            Some(Checked::Usage) => self.usage(&suspect),
            Some(Checked::Validity) => self.validity(&suspect),
            Some(Checked::Readable) => {
                let id = suspect.id.clone();
                self.blame(&suspect, Code::Unreadable, &id, &[("certificate", &id)]);
            }
            Some(Checked::AllowedName) | None => {
                let text = verdict.text.clone();
                self.blame(&suspect, Code::Refused, &text, &[("text", &text)]);
            }
        }
    }

    fn suspect<'b>(
        &self,
        connection: &'b Connection,
        verdict: &'b Verdict,
        server: bool,
    ) -> Suspect<'b> {
        let evidence = self.evidence;
        let (id, node, shown, authority, roots) = if server {
            (
                Some(connection.server.certificate.clone()),
                connection.listener.node.clone(),
                evidence.shown_by_listener(connection),
                connection.client.authority.clone(),
                evidence.trusted_by_caller(connection),
            )
        } else {
            let client = &connection.client;
            (
                client.certificate.clone().or(client.token_signer.clone()),
                connection.caller.node.clone(),
                evidence.shown_by_caller(connection),
                connection.server.authority.clone().unwrap_or_default(),
                evidence.trusted_by_listener(connection).unwrap_or_default(),
            )
        };
        let (id, der) = (
            id.unwrap_or_default(),
            shown.first().cloned().unwrap_or_default(),
        );
        Suspect {
            connection,
            verdict,
            server,
            item: self.item(&der, &id, node.as_deref()),
            id,
            node,
            der,
            authority,
            roots: roots.to_vec(),
        }
    }

    /// One more connection that falls by a cause.
    pub(super) fn blame(
        &mut self,
        suspect: &Suspect<'_>,
        code: Code,
        cause: &str,
        parameters: &[(&'static str, &str)],
    ) {
        let verdict = suspect.verdict;
        let commands = self.commands(suspect, code);
        let finding = self.note(Severity::Breaks, code, cause);
        finding.connections.push(suspect.connection.id.clone());
        finding.certificates.push(suspect.id.clone());
        finding.items.extend(suspect.item);
        for (name, value) in parameters {
            finding
                .parameters
                .entry(name)
                .or_insert_with(|| (*value).to_owned());
        }
        finding.said.get_or_insert_with(|| Said {
            component: verdict.log_at.clone(),
            text: verdict.text.clone(),
            log: verdict.log.clone().unwrap_or_default(),
            other: verdict.other.clone(),
        });
        if finding.commands.is_empty() {
            finding.commands = commands;
        }
    }

    /// The last one that was blamed gets its remedy, once.
    pub(super) fn mend(&mut self, code: Code, cause: &str, mend: Mend) {
        if let Some(finding) = self.found.get_mut(&(code, cause.to_owned())) {
            let again = match (&mend, finding.mend.last_mut()) {
                // One step for all certificates of a cause.
                (
                    Mend::MakeAgain { certificates: more },
                    Some(Mend::MakeAgain { certificates }),
                ) => {
                    for one in more {
                        if !certificates.contains(one) {
                            certificates.push(one.clone());
                        }
                    }
                    true
                }
                _ => finding.mend.contains(&mend),
            };
            if !again {
                finding.mend.push(mend);
            }
        }
    }

    fn make_again(&mut self, code: Code, cause: &str, ids: &[String]) {
        let certificates = ids.to_vec();
        self.mend(code, cause, Mend::MakeAgain { certificates });
    }

    /// Where a certificate belongs by its file's name, and what it is by its content.
    fn wrong_copy(&mut self, suspect: &Suspect<'_>) -> bool {
        let Some(item) = suspect.item else {
            return false;
        };
        let seen = &self.scene.seen[item];
        let wanted = self.plan.certificate(&suspect.id).and_then(assign::duty);
        let content = seen
            .opinion
            .as_ref()
            .filter(|opinion| opinion.weight >= weight::NAMES);
        let Some((opinion, wanted)) = content.zip(wanted) else {
            return false;
        };
        let other_node = || {
            let own = self
                .plan
                .certificate(&suspect.id)
                .and_then(|planned| planned.node.clone());
            let said = self.scene.face(item).and_then(Face::node);
            wanted.is_kubelet()
                && said.is_some()
                && said != own.as_deref()
                && self.known_as_other(suspect)
        };
        let same = opinion.duty == wanted
            || opinion.duty.is_kubelet() && wanted.is_kubelet()
            || opinion.duty.is_etcd_member() && wanted.is_etcd_member()
            || wanted.stand_in() == Some(opinion.duty);
        if same && !other_node() {
            return false;
        }
        let (path, file) = (self.path(item), format!("{}.crt", suspect.id));
        let holds = self
            .scene
            .face(item)
            .map_or_else(String::new, |face| face.subject.clone());
        let cause = format!("{}@{}", suspect.id, path);
        self.blame(
            suspect,
            Code::WrongCopy,
            &cause,
            &[("file", &file), ("holds", &holds), ("path", &path)],
        );
        let id = suspect.id.clone();
        // The right one may lie elsewhere.
        let right = self
            .main(&id)
            .filter(|main| self.scene.der(*main) != Some(&suspect.der[..]));
        let to = self
            .placed(&id, "crt", suspect.node.as_deref())
            .map_or(path, |(_, path)| path);
        match right {
            Some(right) => {
                let (from, node) = (self.path(right), suspect.node.clone());
                self.mend(Code::WrongCopy, &cause, Mend::Copy { from, node, to });
            }
            None => self.make_again(Code::WrongCopy, &cause, &[id]),
        }
        true
    }

    /// Whether the same certificate is another entry's.
    fn known_as_other(&self, suspect: &Suspect<'_>) -> bool {
        let items = self.by_der.get(&suspect.der[..]).into_iter().flatten();
        let mut assigned = items.filter_map(|item| self.by_item.get(item)).flatten();
        assigned.any(|one| one.main && one.id != suspect.id)
    }

    fn key(&mut self, suspect: &Suspect<'_>) {
        let id = suspect.id.clone();
        let item = suspect.item;
        let beside = item.and_then(|item| self.scene.key_beside(item));
        let path = beside
            .or(item)
            .map_or_else(String::new, |item| self.path(item));
        let right = item.and_then(|item| self.scene.public(item));
        let right = right.and_then(|public| self.scene.keys_of(public).first());
        let right = right.map_or_else(String::new, |item| self.path(*item));
        let cause = format!("{id}@{path}");
        self.blame(
            suspect,
            Code::KeyMismatch,
            &cause,
            &[("certificate", &id), ("path", &path), ("right", &right)],
        );
        if right.is_empty() {
            self.make_again(Code::KeyMismatch, &cause, &[id]);
            return;
        }
        let placed = self.placed(&id, "key", suspect.node.as_deref());
        let (node, to) = placed.map_or((suspect.node.clone(), path), |(node, path)| {
            (Some(node), path)
        });
        self.mend(
            Code::KeyMismatch,
            &cause,
            Mend::Copy {
                from: right,
                node,
                to,
            },
        );
    }

    fn validity(&mut self, suspect: &Suspect<'_>) {
        let leaf = self.face(&suspect.der);
        let outside = |face: &&Face| self.now < face.not_before || self.now > face.not_after;
        let of_leaf = leaf.filter(outside);
        let root = || {
            suspect
                .roots
                .iter()
                .filter_map(|der| self.face(der))
                .find(outside)
        };
        let (face, id) = match of_leaf {
            Some(face) => (Some(face), suspect.id.clone()),
            None => (root(), suspect.authority.clone()),
        };
        let Some(face) = face else { return };
        self.out_of_time(face, &id, Some(suspect));
    }

    /// Expired, or not valid yet: all of them are one finding.
    pub(super) fn out_of_time(&mut self, face: &Face, id: &str, suspect: Option<&Suspect<'_>>) {
        let early = self.now < face.not_before;
        let code = if early {
            Code::NotYetValid
        } else {
            Code::Expired
        };
        if let Some(suspect) = suspect {
            self.blame(suspect, code, "", &[]);
        }
        let finding = self.note(Severity::Breaks, code, "");
        finding
            .certificates
            .retain(|known| suspect.is_none_or(|suspect| *known != suspect.id) || *known == id);
        finding.certificates.push(id.to_owned());
        let (name, day) = if early {
            ("from", face.not_before)
        } else {
            ("until", face.not_after)
        };
        let day = moment(day);
        let known = finding
            .parameters
            .entry(name)
            .or_insert_with(|| day.clone());
        if (early && day > *known) || (!early && day < *known) {
            *known = day;
        }
        let ids = match self.plan.certificate(id) {
            Some(planned) if planned.kind.is_authority() => self.below(id),
            _ => vec![id.to_owned()],
        };
        if early {
            self.mend(code, "", Mend::SetClock);
        } else {
            self.make_again(code, "", &ids);
        }
    }

    fn name(&mut self, suspect: &Suspect<'_>) {
        let Some(face) = self.face(&suspect.der) else {
            return;
        };
        let (id, host) = (suspect.id.clone(), suspect.verdict.host.clone());
        let names = Self::names(face);
        let again = |board: &mut Self, code, cause: &str| {
            board.make_again(code, cause, std::slice::from_ref(&id))
        };
        if !face.has_names {
            self.blame(
                suspect,
                Code::OnlyCommonName,
                &id,
                &[("certificate", &id), ("host", &host)],
            );
            return again(self, Code::OnlyCommonName, &id);
        }
        let cause = format!("{id} {host}");
        let is_address = host.parse::<std::net::IpAddr>().is_ok();
        if is_address && face.dns.contains(&host) {
            self.blame(
                suspect,
                Code::AddressAsName,
                &cause,
                &[("certificate", &id), ("host", &host)],
            );
            if let Some(finding) = self.found.get_mut(&(Code::AddressAsName, cause.clone())) {
                finding.near = Some(Near {
                    found: format!("DNS:{host}"),
                    meant: format!("IP:{host}"),
                    slip: Slip::AddressAsName,
                });
            }
            return again(self, Code::AddressAsName, &cause);
        }
        if suspect.connection.caller.kind == ComponentKind::Pod && is_address {
            self.blame(
                suspect,
                Code::ServiceAddressMissing,
                &cause,
                &[("host", &host), ("names", &names)],
            );
            return again(self, Code::ServiceAddressMissing, &cause);
        }
        let called = self.calling.get(suspect.connection.id.as_str());
        let called = called
            .and_then(|all| all.iter().find(|called| called.host == host))
            .copied();
        if let Some(called) = called {
            return self.server(suspect, face, called);
        }
        let corrected = self.recognition.corrections().addresses.values().flatten();
        if corrected.clone().any(|address| *address == host) {
            self.blame(
                suspect,
                Code::AddressChanged,
                &cause,
                &[("host", &host), ("names", &names)],
            );
            return again(self, Code::AddressChanged, &cause);
        }
        let usual = suspect
            .connection
            .dials
            .first()
            .map(|dial| dial.host.to_string());
        let always = if usual.as_deref() == Some(&host) {
            "true"
        } else {
            "false"
        };
        self.blame(
            suspect,
            Code::NameMissing,
            &cause,
            &[
                ("certificate", &id),
                ("host", &host),
                ("names", &names),
                ("always", always),
            ],
        );
        let slip = face.dns.iter().find_map(|name| near(name, &host));
        if let Some(finding) = self.found.get_mut(&(Code::NameMissing, cause.clone())) {
            finding.near = slip;
            if always == "true" {
                finding.parameters.insert("always", always.to_owned());
            }
        }
        again(self, Code::NameMissing, &cause);
    }

    /// A kubeconfig calls a name that the certificate does not have: the kubeconfig's fault if others call another, which it has.
    fn server(&mut self, suspect: &Suspect<'_>, face: &Face, called: &Called) {
        let (id, host) = (suspect.id.clone(), called.host.clone());
        let held = |other: &&Called| {
            let named = face
                .dns
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&other.host));
            named
                || other
                    .address()
                    .is_some_and(|address| face.addresses.contains(&address))
        };
        let others = self
            .scene
            .called
            .iter()
            .filter(|other| other.duty.is_some());
        // 127.0.0.1 is right for nobody from outside.
        let alike = |other: &&Called| other.is_loopback() == called.is_loopback();
        let right = others.filter(alike).find(held);
        let right = right.map(|other| other.server.clone());
        let path = self.path(called.item);
        if let Some(usual) = right {
            let cause = path.clone();
            let parameters = [
                ("path", path.as_str()),
                ("server", &called.server),
                ("host", &host),
                ("usual", &usual),
            ];
            self.blame(suspect, Code::WrongServer, &cause, &parameters);
            let slip = near(
                &host,
                usual
                    .trim_start_matches("https://")
                    .split(':')
                    .next()
                    .unwrap_or_default(),
            );
            if let Some(finding) = self.found.get_mut(&(Code::WrongServer, cause.clone())) {
                finding.items = vec![called.item];
                finding.certificates.clear();
                finding.near = slip;
            }
            return self.mend(
                Code::WrongServer,
                &cause,
                Mend::SetServer {
                    path,
                    server: usual,
                },
            );
        }
        let names = Self::names(face);
        self.blame(
            suspect,
            Code::AddressChanged,
            &host,
            &[("host", &host), ("names", &names)],
        );
        self.make_again(Code::AddressChanged, &host, &[id]);
    }

    fn issuer(&mut self, suspect: &Suspect<'_>) {
        let id = suspect.id.clone();
        let text = &suspect.verdict.text;
        let authority = suspect.authority.clone();
        if text.contains("insecure algorithm") {
            self.blame(suspect, Code::WeakSignature, &id, &[("certificate", &id)]);
            return self.make_again(Code::WeakSignature, &id, &[id.clone()]);
        }
        if text.contains("parent certificate cannot sign this kind of certificate") {
            self.blame(
                suspect,
                Code::AuthorityWithoutBasicConstraints,
                &authority,
                &[("certificate", &authority)],
            );
            let again = self.below(&authority);
            return self.make_again(Code::AuthorityWithoutBasicConstraints, &authority, &again);
        }
        let Some(face) = self.face(&suspect.der) else {
            return;
        };
        let issuer = face.issuer.clone();
        if let Some(called) = self.foreign_authority(suspect) {
            let path = self.path(called.item);
            let item = called.item;
            self.blame(
                suspect,
                Code::KubeconfigAuthority,
                &path,
                &[("path", &path), ("authority", &authority)],
            );
            if let Some(finding) = self
                .found
                .get_mut(&(Code::KubeconfigAuthority, path.clone()))
            {
                finding.items = vec![item];
                finding.certificates = vec![authority.clone()];
            }
            let from = self
                .main(&authority)
                .map(|item| self.path(item))
                .unwrap_or_default();
            let to = format!("{path} certificate-authority-data");
            return self.mend(
                Code::KubeconfigAuthority,
                &path,
                Mend::Copy {
                    from,
                    node: suspect.node.clone(),
                    to,
                },
            );
        }
        let root = suspect
            .roots
            .iter()
            .filter_map(|der| self.face(der))
            .find(|root| root.raw_subject == face.raw_issuer);
        if root.is_some() {
            return self.remade(suspect, &authority);
        }
        let trusted = suspect
            .roots
            .iter()
            .filter_map(|der| self.face(der))
            .map(|root| root.subject.clone());
        let trusted = trusted.collect::<Vec<_>>().join("; ");
        let code = match suspect.connection.listener.kind {
            ComponentKind::Kubelet if suspect.server => Code::KubeletUnknownAuthority,
            _ => Code::UnknownAuthority,
        };
        self.blame(
            suspect,
            code,
            &id,
            &[
                ("certificate", &id),
                ("issuer", &issuer),
                ("trusted", &trusted),
            ],
        );
        self.make_again(code, &id, &[id.clone()]);
    }

    /// The name is right and the signature is not: the authority has another key now.
    fn remade(&mut self, suspect: &Suspect<'_>, authority: &str) {
        let key_id = |der: &[u8], own: bool| {
            let found = crate::DecodedCertificate::from_der(der).ok();
            let id = found.and_then(|found| {
                if own {
                    found.subject_key_id
                } else {
                    found.authority_key_id
                }
            });
            id.unwrap_or_default()
        };
        let trusted = suspect
            .roots
            .first()
            .map(|root| key_id(root, true))
            .unwrap_or_default();
        let signer = key_id(&suspect.der, false);
        let name = self
            .face(&suspect.der)
            .map(|face| face.issuer.clone())
            .unwrap_or_default();
        let parameters = [
            ("authority", authority),
            ("name", &name),
            ("trusted", &trusted),
            ("signer", &signer),
        ];
        let node = if suspect.server {
            &suspect.connection.caller.node
        } else {
            &suspect.connection.listener.node
        };
        // One node alone has another file than the rest, which know the certificate.
        let own = self.main(authority).filter(|main| {
            let trusted = self.scene.ders(&self.scene.chain(*main));
            let signs = trusted
                .iter()
                .any(|root| crate::verify::signed_by(&suspect.der, root).is_ok());
            signs && trusted != suspect.roots
        });
        if let Some((own, node)) = own.zip(node.clone()) {
            let cause = format!("{authority}@{node}");
            self.blame(suspect, Code::AuthorityRemade, &cause, &parameters);
            if let Some(finding) = self.found.get_mut(&(Code::AuthorityRemade, cause.clone())) {
                finding.parameters.insert("node", node.clone());
            }
            let to = self
                .placed(authority, "crt", Some(&node))
                .map(|(_, path)| path)
                .unwrap_or_default();
            let from = self.path(own);
            return self.mend(
                Code::AuthorityRemade,
                &cause,
                Mend::Copy {
                    from,
                    node: Some(node),
                    to,
                },
            );
        }
        self.blame(suspect, Code::AuthorityRemade, authority, &parameters);
        self.make_again(Code::AuthorityRemade, authority, &[suspect.id.clone()]);
    }

    /// The kubeconfig whose authority it is, if the cluster's own would accept the certificate.
    fn foreign_authority(&self, suspect: &Suspect<'_>) -> Option<&Called> {
        if !suspect.server {
            return None;
        }
        let called = self.calling.get(suspect.connection.id.as_str())?.first()?;
        let main = self.main(&suspect.authority)?;
        let trusted = self.scene.ders(&self.scene.chain(main));
        let own = called
            .authority
            .items()
            .iter()
            .filter_map(|item| self.scene.der(*item));
        let differs = own.clone().count() == 0
            || own
                .clone()
                .all(|der| !trusted.iter().any(|main| main == der));
        let accepted = trusted
            .iter()
            .any(|root| crate::verify::signed_by(&suspect.der, root).is_ok());
        (differs && accepted).then_some(*called)
    }

    fn usage(&mut self, suspect: &Suspect<'_>) {
        let id = suspect.id.clone();
        let checks = if suspect.server {
            &suspect.verdict.server
        } else {
            &suspect.verdict.client
        };
        let check = checks.iter().find(|check| check.check == Checked::Usage);
        let (wanted, found) = check.map_or((String::new(), String::new()), |check| {
            (check.expected.clone(), check.found.clone())
        });
        let cause = format!("{id} {wanted}");
        self.blame(
            suspect,
            Code::UsageMissing,
            &cause,
            &[("certificate", &id), ("wanted", &wanted), ("found", &found)],
        );
        self.make_again(Code::UsageMissing, &cause, &[id]);
    }

    fn peer(&mut self, suspect: &Suspect<'_>) {
        let id = suspect.id.clone();
        let check = suspect
            .verdict
            .client
            .iter()
            .find(|check| check.check == Checked::Peer);
        let (address, names) = check.map_or((String::new(), String::new()), |check| {
            (check.expected.clone(), check.found.clone())
        });
        let cause = format!("{id} {address}");
        self.blame(
            suspect,
            Code::EtcdPeerAddress,
            &cause,
            &[
                ("certificate", &id),
                ("address", &address),
                ("names", &names),
            ],
        );
        self.make_again(Code::EtcdPeerAddress, &cause, &[id]);
    }

    fn token(&mut self, suspect: &Suspect<'_>) {
        let id = suspect.id.clone();
        let listener = suspect.connection.listener.node.as_deref();
        let nodes = self.plan.cluster.nodes.iter().flatten();
        let mut planes = nodes.filter(|node| node.role == crate::Role::ControlPlane);
        let main = self.evidence.key(None, &id);
        let odd = planes.find(|node| self.evidence.key(Some(&node.name), &id) != main);
        let odd = odd.map_or_else(String::new, |node| node.name.clone());
        // Where all nodes have the same key, it is the file that verifies which is another's.
        let verifying = self.evidence.verifying_key(listener, &id);
        let file = if odd.is_empty() && verifying != main {
            "pub"
        } else {
            "key"
        };
        self.blame(
            suspect,
            Code::TokenKeyDiffers,
            &id,
            &[("certificate", &id), ("node", &odd), ("file", file)],
        );
        let key = self.recognition.main(&id, crate::recognise::Part::Key);
        let from = key.map(|item| self.path(item)).unwrap_or_default();
        let node = Some(odd).filter(|odd| !odd.is_empty());
        let to = self
            .placed(&id, "key", node.as_deref())
            .map(|(_, path)| path)
            .unwrap_or_default();
        match node {
            Some(node) => self.mend(
                Code::TokenKeyDiffers,
                &id,
                Mend::Copy {
                    from,
                    node: Some(node),
                    to,
                },
            ),
            None => self.make_again(Code::TokenKeyDiffers, &id, &[id.clone()]),
        }
    }
}
