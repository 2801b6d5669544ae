//! Where findings are gathered, and what all of them are looked up in.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Code;
use super::finding::{Finding, Mend, Severity};
use crate::plan::{Placement, usual_subjects};
use crate::recognise::evidence::calls;
use crate::recognise::face::Face;
use crate::recognise::kubeconfig::Called;
use crate::recognise::scene::Scene;
use crate::recognise::{Assignment, Part, Recognition};
use crate::verify::{Evidence, Verdict};
use crate::{Cluster, Connection, Kubeconfig, Plan};

/// A code, and what tells one cause from another.
pub(super) type Cause = (Code, String);

/// Where findings are gathered.
pub(super) struct Board<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) recognition: &'a Recognition,
    pub(super) plan: &'a Plan,
    /// The CN and the O of the guide, by id.
    pub(super) usual: HashMap<String, (String, String)>,
    /// The assignments of each item.
    pub(super) by_item: HashMap<usize, Vec<&'a Assignment>>,
    pub(super) evidence: &'a Evidence,
    pub(super) now: i64,
    /// The kubeconfigs that say whom to call, by connection.
    pub(super) calling: HashMap<&'a str, Vec<&'a Called>>,
    /// The items that hold a certificate.
    pub(super) by_der: HashMap<&'a [u8], Vec<usize>>,
    /// Where a file is installed, the plan's first node first.
    pub(super) placements: HashMap<&'a str, Vec<&'a Placement>>,
    /// The kubeconfigs that embed a certificate, by its id.
    pub(super) embedding: HashMap<&'a str, Vec<&'a Kubeconfig>>,
    pub(super) found: BTreeMap<Cause, Finding>,
    /// What is made again for a cause.
    pub(super) again: HashMap<Cause, HashSet<String>>,
    /// The connections that some finding is blamed for.
    pub(super) told: HashSet<String>,
}

impl<'a> Board<'a> {
    /// With nothing found yet.
    pub(super) fn new(
        scene: &'a Scene<'a>,
        recognition: &'a Recognition,
        evidence: &'a Evidence,
        now: i64,
    ) -> Self {
        let plan = recognition.plan();
        let cluster = Cluster::parse(&recognition.description);
        let certificates = scene.certificates();
        let ders = certificates.filter_map(|(item, _, _)| Some((scene.der(item)?, item)));
        let assignments = recognition.assignments.iter();
        let calls = calls(scene, plan).into_iter();
        let placements = plan.placements.iter();
        let kubeconfigs = plan.kubeconfigs.iter();
        Self {
            scene,
            recognition,
            plan,
            usual: cluster.map_or_else(|_| HashMap::new(), |own| usual_subjects(&own)),
            by_item: grouped(assignments.map(|one| (one.item, one))),
            evidence,
            now,
            calling: grouped(calls.map(|(connection, called)| (&*connection.id, called))),
            by_der: grouped(ders),
            placements: grouped(placements.map(|one| (&*one.file, one))),
            embedding: grouped(kubeconfigs.map(|one| (&*one.certificate, one))),
            found: BTreeMap::new(),
            again: HashMap::new(),
            told: HashSet::new(),
        }
    }

    /// The finding of a cause; a new one if there is none yet.
    pub(super) fn note(&mut self, severity: Severity, code: Code, cause: &str) -> &mut Finding {
        let found = self.found.entry((code, cause.to_owned()));
        let finding = found.or_insert_with(|| Finding {
            severity,
            code,
            parameters: BTreeMap::new(),
            connections: Vec::new(),
            certificates: Vec::new(),
            items: Vec::new(),
            said: None,
            near: None,
            mend: Vec::new(),
            commands: Vec::new(),
        });
        finding.severity = finding.severity.min(severity);
        finding
    }

    /// A step that mends a cause, once.
    pub(super) fn mend(&mut self, code: Code, cause: &str, mend: Mend) {
        if let Some(finding) = self.found.get_mut(&(code, cause.to_owned()))
            && !finding.mend.contains(&mend)
        {
            finding.mend.push(mend);
        }
    }

    /// Certificates that are made again for a cause: one step for all of them, after the others.
    pub(super) fn make_again(&mut self, code: Code, cause: &str, id: &str) {
        let again = self.again.entry((code, cause.to_owned())).or_default();
        again.insert(id.to_owned());
    }

    /// An authority and everything in the plan that it signs are made again.
    pub(super) fn make_again_below(&mut self, code: Code, cause: &str, authority: &str) {
        let again = self.again.entry((code, cause.to_owned())).or_default();
        // Thousands of connections fall with one authority.
        if !again.insert(authority.to_owned()) {
            return;
        }
        let certified = self.plan.certified();
        let below = certified.filter(|planned| planned.issuer == authority);
        again.extend(below.map(|planned| planned.id.clone()));
    }

    pub(super) fn not_given(&mut self, connection: &Connection, verdict: &Verdict) {
        let nothing = [String::new()];
        let missing = if verdict.missing.is_empty() {
            &nothing[..]
        } else {
            &verdict.missing
        };
        for file in missing {
            let finding = self.note(Severity::Untidy, Code::NotGiven, file);
            finding.parameters.insert("file", file.clone());
            finding.connections.push(connection.id.clone());
        }
    }

    /// The findings, the worst first.
    pub(super) fn sorted(self) -> Vec<Finding> {
        let order = self.plan.certificates.iter().enumerate();
        let order: HashMap<_, _> = order.map(|(place, one)| (&one.id, place)).collect();
        let mut again = self.again;
        let mut findings = Vec::new();
        for (cause, mut finding) in self.found {
            if let Some(again) = again.remove(&cause) {
                let mut certificates: Vec<_> = again.into_iter().collect();
                certificates.sort_by_key(|id| order.get(id).copied());
                finding.mend.push(Mend::MakeAgain { certificates });
            }
            finding.certificates.sort();
            finding.certificates.dedup();
            finding.items.sort_unstable();
            finding.items.dedup();
            finding.connections.dedup();
            findings.push(finding);
        }
        findings.sort_by_key(|finding| {
            let fallen = std::cmp::Reverse(finding.connections.len());
            (finding.severity, seldom(finding), finding.code, fallen)
        });
        findings
    }

    /// The thing that holds a certificate: as which entry, and on which node.
    pub(super) fn item(&self, der: &[u8], id: &str, node: Option<&str>) -> Option<usize> {
        let items = self.by_der.get(der)?;
        let assigned = |item: &&usize| {
            let own = self.by_item.get(*item).into_iter().flatten();
            own.map(|one| (one.id == id, one.node.as_deref() == node, one.main))
                .max()
        };
        items.iter().max_by_key(assigned).copied()
    }

    pub(super) fn face(&self, der: &[u8]) -> Option<&'a Face> {
        let item = self.by_der.get(der)?.first()?;
        self.scene.face(*item)
    }

    pub(super) fn path(&self, item: usize) -> String {
        self.scene.seen[item].location.path.clone()
    }

    pub(super) fn main(&self, id: &str) -> Option<usize> {
        self.recognition.main(id, Part::Certificate)
    }

    pub(super) fn main_face(&self, id: &str) -> Option<&'a Face> {
        self.main(id).and_then(|item| self.scene.face(item))
    }

    /// The names that a certificate has, as many as somebody reads.
    pub(super) fn names(face: &Face) -> String {
        let addresses = face.addresses.iter().map(ToString::to_string);
        let names: Vec<_> = face
            .dns
            .iter()
            .cloned()
            .chain(addresses)
            .take(MOST_NAMES)
            .collect();
        names.join(", ")
    }
}

/// A way that is taken rarely is less than one that is always taken.
fn seldom(finding: &Finding) -> bool {
    let always = finding.parameters.get("always");
    always.is_some_and(|always| always == "false")
}

fn grouped<K: Eq + std::hash::Hash, V>(all: impl Iterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in all {
        groups.entry(key).or_default().push(value);
    }
    groups
}

/// Somebody may read a text that long; a hundred names are as good as all.
const MOST_NAMES: usize = 50;

/// RFC 3339, UTC.
pub(super) fn moment(seconds: i64) -> String {
    crate::Timestamp::from_unix(seconds)
        .map(crate::Timestamp::rfc3339)
        .unwrap_or_default()
}
