//! README.txt and README.ja.txt: what each file is, who uses it, until when. One text, in two languages.

mod reasons;
mod sentences;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use self::sentences as say;
use super::File;
use super::node::is_delivered;
use super::source::{Source, Sources};
use crate::words::{Language, Words};
use crate::{CertificateKind, Kubeconfig, Pki, Plan, PlannedCertificate, Reissue, Timestamp};

/// One file for each language.
pub(super) fn files<'a>(pki: &'a Pki, sources: &'a Sources<'a>) -> impl Iterator<Item = File> + 'a {
    let languages = [
        ("README.txt", Language::English),
        ("README.ja.txt", Language::Japanese),
    ];
    languages
        .into_iter()
        .map(move |(name, language)| File::text(name, text(pki, sources, language)))
}

fn text(pki: &Pki, sources: &Sources<'_>, language: Language) -> String {
    let mut readme = Readme {
        pki,
        sources,
        plan: pki.plan(),
        language,
        text: String::new(),
    };
    match pki.renewal() {
        None => {
            readme.head();
            readme.certificates();
            readme.kubeconfigs();
            readme.configurations();
        }
        Some(renewed) => {
            readme.renewal(renewed);
            readme.certificates();
            readme.kubeconfigs();
        }
    }
    if sources.sealer.is_some() {
        readme.put(say::SEALED, &[]);
    }
    readme.final_paths();
    readme.expiry();
    if pki.renewal().is_none() {
        readme.differences();
    }
    readme.text
}

struct Readme<'a> {
    pki: &'a Pki,
    sources: &'a Sources<'a>,
    plan: &'a Plan,
    language: Language,
    text: String,
}

impl Readme<'_> {
    fn head(&mut self) {
        let authorities = self.plan.certificates.iter();
        let authorities = authorities.filter(|planned| planned.kind.is_authority());
        let keys: Vec<_> = authorities.map(|c| format!("{}.key", c.id)).collect();
        let now = self.pki.now().rfc3339();
        let head = [
            ("name", self.plan.name()),
            ("now", &now),
            ("authorities", &keys.join(", ")),
        ];
        self.put(say::HEAD, &head);
        self.put(say::FIRST_STEPS, &[]);
        self.put(say::BY_HAND, &[]);
        self.put(say::LATER, &[]);
    }

    /// What changed and why, and what was not given.
    fn renewal(&mut self, renewed: &[Reissue]) {
        let now = self.pki.now().rfc3339();
        let count = renewed.len().to_string();
        let head = [("name", self.plan.name()), ("now", &now), ("count", &count)];
        self.put(say::RENEWAL_HEAD, &head);
        self.put(say::FIRST_STEPS, &[]);
        self.put(say::RENEWAL_STEPS, &[]);
        self.put(say::CHANGED, &[]);
        for reissue in renewed {
            let id = &reissue.certificate;
            let key = if self.pki.has_new_key(id) {
                say::NEW_KEY
            } else {
                say::OLD_KEY
            };
            let _ = writeln!(self.text, "\n  {id} ({})", key.of(self.language));
            for reason in &reissue.reasons {
                let reason = reasons::sentence(reason, self.language);
                let _ = writeln!(self.text, "    - {reason}");
            }
        }
        let kubeconfigs = self.plan.kubeconfigs.iter().map(Source::Kubeconfig);
        let lacking = kubeconfigs.filter(|one| one.is_new(self.pki) && !one.is_there(self.pki));
        let lacking: Vec<_> = lacking.map(Source::name).collect();
        self.list(say::KUBECONFIGS_BY_HAND, &lacking);
        let placements = self.plan.placements.iter();
        let absent = placements.filter(|one| {
            let new = self.pki.kept().nodes.contains(&one.node);
            new && !self.sources.named(&one.file).is_there(self.pki)
        });
        let absent: Vec<_> = absent
            .map(|one| format!("{}: {}", one.node, one.path))
            .collect();
        self.list(say::FROM_OTHER_NODES, &absent);
    }

    fn list(&mut self, head: Words, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        self.put(head, &[]);
        for line in lines {
            let _ = writeln!(self.text, "  {line}");
        }
    }

    fn certificates(&mut self) {
        self.put(say::CERTIFICATES, &[]);
        let shown = shown(self.plan, self.language);
        for planned in &self.plan.certificates {
            let source = if planned.kind.is_certified() {
                Source::Certificate(planned)
            } else {
                Source::Key(planned)
            };
            if !(source.is_new(self.pki) && source.is_there(self.pki)) {
                continue;
            }
            let users = self.users(&shown, planned).join(say::AND.of(self.language));
            let _ = writeln!(self.text, "\n  {}", planned.id);
            let Some(issued) = self.pki.issued(&planned.id) else {
                let what = filled(say::KEY_PAIR.of(self.language), &[("id", &planned.id)]);
                let _ = writeln!(self.text, "    {what}");
                self.line(say::USED_BY, &users);
                continue;
            };
            self.line(say::SUBJECT, &planned.subject_text());
            if !planned.names.is_empty() {
                let names = planned.names.iter();
                let names: Vec<_> = names.map(|name| name.name.to_string()).collect();
                self.line(say::VALID_FOR, &names.join(", "));
            }
            self.line(say::USED_BY, &users);
            self.line(say::EXPIRES, &issued.not_after.rfc3339());
        }
    }

    fn kubeconfigs(&mut self) {
        self.put(say::KUBECONFIGS, &[]);
        for kubeconfig in &self.plan.kubeconfigs {
            let source = Source::Kubeconfig(kubeconfig);
            if !(source.is_new(self.pki) && source.is_there(self.pki)) {
                continue;
            }
            let whom = [
                ("user", kubeconfig.user.as_str()),
                ("server", &kubeconfig.server),
            ];
            let whom = filled(say::USER_AT.of(self.language), &whom);
            let _ = writeln!(self.text, "  {}\n      {whom}", kubeconfig.file);
        }
    }

    /// What ends when, old certificates as well as new ones: a line for each moment.
    fn expiry(&mut self) {
        let mut ends: BTreeMap<Timestamp, Vec<&str>> = BTreeMap::new();
        for (planned, issued) in self.pki.iter() {
            ends.entry(issued.not_after).or_default().push(&planned.id);
        }
        self.put(say::EXPIRY, &[]);
        for (end, ids) in ends {
            let _ = writeln!(self.text, "  {}  {}", end.rfc3339(), ids.join(", "));
        }
    }

    fn configurations(&mut self) {
        self.put(say::CONFIGURATIONS, &[]);
        for configuration in &self.plan.configurations {
            let subject = [("subject", configuration.subject.as_str())];
            let what = filled(say::of(configuration.kind).of(self.language), &subject);
            let _ = writeln!(self.text, "  {}\n      {what}", configuration.file);
        }
    }

    fn final_paths(&mut self) {
        self.put(say::FINAL_PATHS, &[]);
        let mut node = "";
        let placements = self.plan.placements.iter();
        for placement in placements.filter(|one| is_delivered(self.pki, self.sources, one)) {
            if node != placement.node {
                node = &placement.node;
                let _ = writeln!(self.text, "\n  {node}");
            }
            let _ = writeln!(self.text, "    {:04o} {}", placement.mode, placement.path);
        }
        let unplaced = |file: &str| {
            let mut placements = self.plan.placements.iter();
            placements.all(|placement| placement.file != file)
        };
        let mut kubeconfigs = self.plan.kubeconfigs.iter();
        let written = |one: &Kubeconfig| {
            let source = Source::Kubeconfig(one);
            source.is_new(self.pki) && source.is_there(self.pki)
        };
        if let Some(own) =
            kubeconfigs.find(|one| one.node.is_none() && unplaced(&one.file) && written(one))
        {
            self.put(say::OWN_COMPUTER, &[("file", &own.file)]);
        }
    }

    fn differences(&mut self) {
        if self.plan.differences.is_empty() {
            return;
        }
        self.put(say::DIFFERENCES, &[]);
        for difference in self.plan.differences {
            let parts = [
                ("about", difference.about.of(self.language)),
                ("guide", difference.guide.of(self.language)),
                ("here", difference.hardway.of(self.language)),
                ("reason", difference.reason.of(self.language)),
            ];
            self.put(say::DIFFERENCE, &parts);
        }
    }

    /// Who shows the certificate to whom, in words.
    fn users(&self, shown: &Shown<'_>, planned: &PlannedCertificate) -> Vec<String> {
        let alone = match planned.kind {
            CertificateKind::Authority => say::EVERYBODY,
            CertificateKind::TokenSigner => say::TOKEN_SIGNER,
            CertificateKind::KeyPair => say::TOKEN_KEY_PAIR,
            CertificateKind::Client | CertificateKind::Server | CertificateKind::ServerClient => {
                let mut users = shown.get(planned.id.as_str()).cloned().unwrap_or_default();
                if !planned.note.is_empty() {
                    users.insert(planned.note.of(self.language).to_owned());
                }
                return users.into_iter().collect();
            }
        };
        vec![alone.of(self.language).to_owned()]
    }

    fn put(&mut self, words: Words, values: &[(&str, &str)]) {
        self.text += &filled(words.of(self.language), values);
    }

    /// A line of a certificate's.
    fn line(&mut self, what: Words, value: &str) {
        let _ = writeln!(self.text, "    {}{value}", what.of(self.language));
    }
}

/// What each certificate is shown as on the plan's connections, gathered in one pass: there may be thousands of both.
fn shown(plan: &Plan, language: Language) -> Shown<'_> {
    let mut shown = Shown::new();
    for connection in &plan.connections {
        let caller = connection.caller.kind.name();
        let listener = connection.listener.kind.name();
        let ends = [("caller", caller), ("listener", listener)];
        let server = shown.entry(&connection.server.certificate).or_default();
        server.insert(filled(say::AS_SERVER.of(language), &ends));
        if let Some(client) = &connection.client.certificate {
            let client = shown.entry(client).or_default();
            client.insert(filled(say::AS_CLIENT.of(language), &ends));
        }
    }
    shown
}

type Shown<'a> = HashMap<&'a str, BTreeSet<String>>;

/// The values in the places of their names; what a value says is never read as a place.
fn filled(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut parts = sentence.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or(("", part));
        let value = values.iter().find(|(known, _)| *known == name);
        text += value.map_or("", |(_, value)| value);
        text += rest;
    }
    text
}
