//! A cluster that was dropped onto the page: recognised, judged by us and by Go, and diagnosed.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64ct::{Base64, Encoding};
use hardway::diagnose::{Code, Finding, Severity, diagnose};
use hardway::import::{Content, Inventory};
use hardway::recognise::{Assignment, Corrections, Part, Recognition};
use hardway::verify::{self, End, Handshake, Outcome, State, Verdict, Verifier};
use hardway::{Bundle, Pki};
use serde::Deserialize;
use serde_json::json;

use super::command::run_with;
use super::{files_below, go};

/// What became of some files.
pub(crate) struct Recognised {
    pub(crate) inventory: Inventory,
    pub(crate) recognition: Recognition,
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) findings: Vec<Finding>,
    now: i64,
}

impl Recognised {
    pub(crate) fn of(inventory: Inventory, now: i64) -> Self {
        Self::corrected(inventory, &Corrections::default(), now)
    }

    pub(crate) fn corrected(inventory: Inventory, corrections: &Corrections, now: i64) -> Self {
        let recognition = Recognition::of(&inventory, corrections);
        let evidence = recognition.evidence(&inventory);
        let verdicts = Verifier::new(recognition.plan(), &evidence, now)
            .verdicts()
            .collect();
        let findings = diagnose(&inventory, &recognition, now);
        let recognised = Self {
            inventory,
            recognition,
            verdicts,
            findings,
            now,
        };
        recognised.nothing_is_dropped();
        recognised.makes_sense();
        recognised
    }

    /// Every file below a folder, with its permissions.
    pub(crate) fn folder(folder: &Path, now: i64) -> Self {
        Self::of(inventory(folder), now)
    }

    /// What every connection became, by its caller's and its listener's kind.
    pub(crate) fn states(&self, kind: &str) -> Vec<State> {
        let plan = self.recognition.plan();
        let verdicts = plan.connections.iter().zip(&self.verdicts);
        verdicts
            .filter(|(one, _)| one.kind == kind)
            .map(|(_, verdict)| verdict.state)
            .collect()
    }

    /// Each connection that is not as wished, with what was said.
    pub(crate) fn others(&self, wished: State) -> Vec<String> {
        let others = self.verdicts.iter().filter(|one| one.state != wished);
        others
            .map(|one| {
                format!(
                    "{}: {:?} {} {:?}",
                    one.connection, one.state, one.text, one.missing
                )
            })
            .collect()
    }

    pub(crate) fn main(&self, id: &str) -> &str {
        let item = self.recognition.main(id, Part::Certificate);
        let item =
            item.unwrap_or_else(|| panic!("nothing was taken for {id}: {:#?}", self.recognition));
        self.path(item)
    }

    pub(crate) fn path(&self, item: usize) -> &str {
        &self.inventory.files()[self.inventory.items()[item].file].path
    }

    pub(crate) fn assigned(&self, path: &str) -> Vec<&Assignment> {
        let all = self.recognition.assignments.iter();
        all.filter(|one| self.path(one.item) == path).collect()
    }

    pub(crate) fn nodes(&self) -> Vec<String> {
        let nodes = self.recognition.description.nodes.iter().flatten();
        nodes
            .map(|node| {
                format!(
                    "{} {} {}",
                    node.name,
                    node.role.id(),
                    node.addresses.join(" ")
                )
            })
            .collect()
    }

    pub(crate) fn codes(&self, severity: Severity) -> Vec<Code> {
        let found = self.findings.iter().filter(|one| one.severity == severity);
        found.map(|one| one.code).collect()
    }

    pub(crate) fn top(&self) -> &Finding {
        self.findings.first().expect("a finding")
    }

    pub(crate) fn finding(&self, code: Code) -> &Finding {
        let mut all = self.findings.iter();
        all.find(|one| one.code == code)
            .unwrap_or_else(|| panic!("no {code:?} in {:#?}", self.findings))
    }

    /// Each thing has a place or a reason, and the description parses to the plan.
    fn nothing_is_dropped(&self) {
        for item in 0..self.inventory.items().len() {
            let assigned = self
                .recognition
                .assignments
                .iter()
                .filter(|one| one.item == item)
                .count();
            let unused = self
                .recognition
                .unused
                .iter()
                .filter(|one| one.item == item)
                .count();
            assert!(assigned > 0 || unused == 1, "{item}: {}", self.path(item));
            assert!(assigned == 0 || unused == 0, "{item}: {}", self.path(item));
        }
        let json = serde_json::to_string(&self.recognition.description).unwrap();
        let plan = super::plan_of(&json);
        assert_eq!(plan.connections, self.recognition.plan().connections);
        serde_json::to_string(&self.recognition).unwrap();
        serde_json::to_string(&self.findings).unwrap();
    }

    /// Whatever is refused has a finding; whatever is found is about something.
    fn makes_sense(&self) {
        for verdict in self
            .verdicts
            .iter()
            .filter(|one| one.state != State::Verified)
        {
            let told = self
                .findings
                .iter()
                .any(|one| one.connections.contains(&verdict.connection));
            assert!(told, "{verdict:?}");
        }
        for finding in &self.findings {
            for id in &finding.certificates {
                assert!(
                    self.recognition.plan().certificate(id).is_some(),
                    "{finding:?}"
                );
            }
            for command in &finding.commands {
                assert!(!command.command.contains("''"), "{finding:?}");
            }
            if finding.severity == Severity::Breaks {
                assert!(!finding.mend.is_empty(), "{finding:?}");
            }
        }
        let severities: Vec<_> = self.findings.iter().map(|one| one.severity).collect();
        assert!(severities.is_sorted());
    }

    /// Every handshake that can be judged, as Go's own TLS makes it.
    pub(crate) fn judged_as_by_go(&self) -> usize {
        let evidence = self.recognition.evidence(&self.inventory);
        let plan = self.recognition.plan();
        let verifier = Verifier::new(plan, &evidence, self.now);
        let mut cases = Vec::new();
        for (connection, verdict) in plan.connections.iter().zip(&self.verdicts) {
            let tokens = connection.client.token_signer.is_some();
            for host in verifier.hosts(connection) {
                let mut handshake = verifier.handshake(connection, &host);
                // With it Go looks at the caller's certificate as well.
                handshake.requires = handshake.server.roots.is_some();
                // Go's TLS always checks the listener.
                let checks = handshake.client.roots.is_some();
                let judged = verdict.state != State::NotGiven && checks && !tokens;
                if judged && self.has_keys(&handshake) {
                    cases.push((connection.id.clone(), handshake));
                }
            }
        }
        let theirs = self.judge(&cases);
        assert_eq!(theirs.len(), cases.len());
        for ((connection, handshake), theirs) in cases.iter().zip(theirs) {
            assert_eq!(
                verify::handshake(handshake),
                theirs,
                "{connection} by {}",
                handshake.host
            );
            let verdict = self
                .verdicts
                .iter()
                .find(|one| one.connection == *connection)
                .unwrap();
            let accepted = theirs == Outcome::default();
            assert!(
                accepted || verdict.state == State::Refused,
                "{verdict:?}: {theirs:?}"
            );
        }
        cases.len()
    }

    /// Go has to have the private key of whoever shows a certificate.
    fn has_keys(&self, handshake: &Handshake) -> bool {
        let has = |end: &End| end.chain.is_empty() || self.pkcs8(end).is_some();
        has(&handshake.client) && has(&handshake.server)
    }

    fn pkcs8(&self, end: &End) -> Option<&[u8]> {
        let wanted = end.key.as_ref()?;
        let mut items = self.inventory.items().iter();
        items.find_map(|item| match &item.content {
            Content::PrivateKey(key) if key.public().spki == *wanted => Some(key.pkcs8_der()),
            _ => None,
        })
    }

    fn judge(&self, cases: &[(String, Handshake)]) -> Vec<Outcome> {
        #[derive(Deserialize)]
        struct Said {
            client: String,
            server: String,
        }
        let text = |octets: &[u8]| Base64::encode_string(octets);
        let all = |list: &[Vec<u8>]| list.iter().map(|der| text(der)).collect::<Vec<_>>();
        let end = |end: &End| {
            let key = self.pkcs8(end).unwrap_or_default();
            json!({"Chain": all(&end.chain), "Key": text(key), "Roots": end.roots.as_deref().map(all)})
        };
        let input: String = cases.iter().map(|(_, handshake)| {
            let case = json!({"Host": handshake.host, "Now": handshake.now, "Requires": handshake.requires,
                "Client": end(&handshake.client), "Server": end(&handshake.server)});
            format!("{case}\n")
        }).collect();
        let mut judge = std::process::Command::new(go::program("judge"));
        let said = run_with(&mut judge, input.as_bytes()).succeeded();
        said.lines()
            .map(|line| {
                let Said { client, server } = serde_json::from_str(line).unwrap();
                Outcome { client, server }
            })
            .collect()
    }
}

/// Every file below a folder, with its permissions.
pub(crate) fn inventory(folder: &Path) -> Inventory {
    let mut inventory = Inventory::default();
    for path in files_below(folder) {
        let file = folder.join(&path);
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        inventory.add(&path, &fs::read(&file).unwrap(), Some(mode));
    }
    inventory
}

/// A bundle as it is, to be changed before it is dropped: bytes and mode by path, in the order of the zip.
pub(crate) struct Dropped(pub(crate) Vec<(String, Vec<u8>, u32)>);

impl Dropped {
    /// All but cluster.json, as if other programs had made it: what the cluster is has to be recognised.
    pub(crate) fn bundle(pki: &Pki) -> Self {
        Self::whole(pki).keep(|path| !path.ends_with("/cluster.json"))
    }

    pub(crate) fn whole(pki: &Pki) -> Self {
        let bundle = Bundle::new(pki);
        let files = bundle.files().map(|file| {
            let file = file.unwrap();
            (
                format!("{}/{}", pki.plan().name(), file.path),
                file.content.to_vec(),
                file.mode,
            )
        });
        Self(files.collect())
    }

    /// Keeps what the name of the path says.
    pub(crate) fn keep(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|(path, ..)| keep(path));
        self
    }

    /// Another content for every file whose path ends so.
    pub(crate) fn put(mut self, end: &str, content: &[u8]) -> Self {
        let mut put = 0;
        for (path, bytes, _) in &mut self.0 {
            if path.ends_with(end) {
                content.clone_into(bytes);
                put += 1;
            }
        }
        assert!(put > 0, "no file ends with {end}");
        self
    }

    /// Another text in every file whose path ends so.
    pub(crate) fn replace(mut self, end: &str, from: &str, to: &str) -> Self {
        let mut replaced = 0;
        for (path, bytes, _) in &mut self.0 {
            if path.ends_with(end) {
                let text = String::from_utf8(bytes.clone()).unwrap();
                assert!(text.contains(from), "{path} has no {from}");
                *bytes = text.replace(from, to).into_bytes();
                replaced += 1;
            }
        }
        assert!(replaced > 0, "no file ends with {end}");
        self
    }

    pub(crate) fn mode(mut self, end: &str, mode: u32) -> Self {
        for file in self.0.iter_mut().filter(|(path, ..)| path.ends_with(end)) {
            file.2 = mode;
        }
        self
    }

    pub(crate) fn add(mut self, path: &str, content: &[u8]) -> Self {
        self.0.push((path.to_owned(), content.to_vec(), 0o600));
        self
    }

    pub(crate) fn read(&self, end: &str) -> Vec<u8> {
        let mut files = self.0.iter();
        files
            .find(|(path, ..)| path.ends_with(end))
            .unwrap_or_else(|| panic!("{end}"))
            .1
            .clone()
    }

    pub(crate) fn inventory(&self) -> Inventory {
        let mut inventory = Inventory::default();
        for (path, bytes, mode) in &self.0 {
            inventory.add(path, bytes, Some(*mode));
        }
        inventory
    }

    pub(crate) fn recognised(&self, now: i64) -> Recognised {
        Recognised::of(self.inventory(), now)
    }
}

/// How often each state is.
pub(crate) fn counts(verdicts: &[Verdict]) -> HashMap<State, usize> {
    let mut counts = HashMap::new();
    for verdict in verdicts {
        *counts.entry(verdict.state).or_default() += 1;
    }
    counts
}
