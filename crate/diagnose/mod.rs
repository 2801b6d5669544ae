//! Recognition -> Findings: what is wrong with a cluster, what comes of it, which component says what, and how to mend it.
//!
//! Findings are sorted: what breaks now, what will break soon, what is unsafe, what is untidy; within each, causes before what follows from
//! them. One cause is one finding, however many connections fall with it.
//!
//! What people trip over, and the code by which it is found here:
//!
//! | trouble | code |
//! |---|---|
//! | which certificate is needed where | [`NotGiven`](Code::NotGiven), [`UnusedFiles`](Code::UnusedFiles) |
//! | the service's first address is not in kube-apiserver's certificate | [`ServiceAddressMissing`](Code::ServiceAddressMissing), [`ServiceRangeUnset`](Code::ServiceRangeUnset) |
//! | another name is missing | [`NameMissing`](Code::NameMissing), [`AddressAsName`](Code::AddressAsName) |
//! | a slip in CN or O | [`CallerUnknown`](Code::CallerUnknown), [`NearMiss`](Code::NearMiss) |
//! | kube-apiserver's user has no right at the kubelets | [`KubeletClientNotAuthorised`](Code::KubeletClientNotAuthorised) |
//! | a kubelet's certificate of an unknown authority | [`KubeletUnknownAuthority`](Code::KubeletUnknownAuthority), [`KubeletSelfSigned`](Code::KubeletSelfSigned) |
//! | a node's name is not its CN | [`NodeNameMismatch`](Code::NodeNameMismatch) |
//! | an authority made anew, old certificates left | [`AuthorityRemade`](Code::AuthorityRemade) |
//! | the key of service accounts differs | [`TokenKeyDiffers`](Code::TokenKeyDiffers) |
//! | etcd needs both usages | [`UsageMissing`](Code::UsageMissing) |
//! | a peer of etcd calls from an address that it does not have | [`EtcdPeerAddress`](Code::EtcdPeerAddress) |
//! | expiry | [`Expired`](Code::Expired), [`ExpiresSoon`](Code::ExpiresSoon) |
//! | an address has changed | [`AddressChanged`](Code::AddressChanged) |
//! | a CN in place of alternative names | [`OnlyCommonName`](Code::OnlyCommonName) |
//! | clocks | [`NotYetValid`](Code::NotYetValid) |
//! | the key is another's | [`KeyMismatch`](Code::KeyMismatch) |
//! | wrong copy, path or server | [`WrongCopy`](Code::WrongCopy), [`WrongServer`](Code::WrongServer), [`KubeconfigAuthority`](Code::KubeconfigAuthority), [`KubeconfigCertificateDiffers`](Code::KubeconfigCertificateDiffers), [`KubeconfigInsecure`](Code::KubeconfigInsecure) |
//! | permissions of files | [`WorldReadable`](Code::WorldReadable), [`AuthorityKeyExposed`](Code::AuthorityKeyExposed) |
//! | an authority without basicConstraints | [`AuthorityWithoutBasicConstraints`](Code::AuthorityWithoutBasicConstraints) |
//! | one serial number twice | [`DuplicateSerial`](Code::DuplicateSerial) |
//! | the front proxy's authority is the clients', or there is none | [`FrontProxyAuthorityShared`](Code::FrontProxyAuthorityShared), [`FrontProxyMissing`](Code::FrontProxyMissing) |
//! | SHA-1 | [`WeakSignature`](Code::WeakSignature) |

mod code;
mod command;
mod finding;
mod lint;
mod refused;
mod rights;

use std::collections::{BTreeMap, HashMap};

pub use self::code::Code;
pub use self::finding::{Finding, Mend, Near, Said, Severity, Shown, Slip};
use crate::import::Inventory;
use crate::plan::usual_subjects;
use crate::recognise::evidence::calls;
use crate::recognise::face::Face;
use crate::recognise::kubeconfig::Called;
use crate::recognise::scene::Scene;
use crate::recognise::{Assignment, Part, Recognition};
use crate::verify::{Evidence, State, Verdict, Verifier};
use crate::{Cluster, Connection, Plan};

/// Everything that should be known about a cluster, the worst first. `now` is in seconds since 1970.
pub fn diagnose(inventory: &Inventory, recognition: &Recognition, now: i64) -> Vec<Finding> {
    let scene = Scene::new(inventory, recognition.corrections());
    let evidence = recognition.evidence(inventory);
    let plan = recognition.plan();
    let mut calling: HashMap<&str, Vec<&Called>> = HashMap::new();
    for (connection, called) in calls(&scene, plan) {
        calling.entry(&connection.id).or_default().push(called);
    }
    let mut by_der: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (item, _, _) in scene.certificates() {
        if let Some(der) = scene.der(item) {
            by_der.entry(der).or_default().push(item);
        }
    }
    let mut by_item: HashMap<usize, Vec<&Assignment>> = HashMap::new();
    for one in &recognition.assignments {
        by_item.entry(one.item).or_default().push(one);
    }
    let mut board = Board {
        scene: &scene,
        recognition,
        plan,
        usual: Cluster::parse(&recognition.description)
            .map(|cluster| usual_subjects(&cluster))
            .unwrap_or_default(),
        by_item,
        evidence: &evidence,
        now,
        calling,
        by_der,
        found: BTreeMap::new(),
    };
    let verifier = Verifier::new(plan, &evidence, now);
    for (connection, verdict) in plan.connections.iter().zip(verifier.summaries()) {
        match verdict.state {
            State::NotGiven => board.not_given(connection, &verdict),
            State::Refused => board.refused(connection, &verifier.verdict(connection)),
            State::Verified => board.rights(connection, &verdict),
        }
    }
    board.lint();
    board.sorted()
}

/// Where findings are gathered.
struct Board<'a> {
    scene: &'a Scene<'a>,
    recognition: &'a Recognition,
    plan: &'a Plan,
    /// The CN and the O of the guide, by id.
    usual: HashMap<String, (String, String)>,
    /// The assignments of each item.
    by_item: HashMap<usize, Vec<&'a Assignment>>,
    evidence: &'a Evidence,
    now: i64,
    /// The kubeconfigs that say whom to call, by connection.
    calling: HashMap<&'a str, Vec<&'a Called>>,
    /// The items that hold a certificate.
    by_der: HashMap<&'a [u8], Vec<usize>>,
    /// By code, and by what tells one cause from another.
    found: BTreeMap<(Code, String), Finding>,
}

impl<'a> Board<'a> {
    /// The finding of a cause; a new one if there is none yet.
    fn note(&mut self, severity: Severity, code: Code, cause: &str) -> &mut Finding {
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

    fn not_given(&mut self, connection: &Connection, verdict: &Verdict) {
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

    fn sorted(self) -> Vec<Finding> {
        let order = self.plan.certificates.iter().enumerate();
        let order: HashMap<_, _> = order.map(|(place, one)| (&one.id, place)).collect();
        let mut findings: Vec<_> = self.found.into_values().collect();
        for finding in &mut findings {
            finding.certificates.sort();
            finding.certificates.dedup();
            finding.items.sort_unstable();
            finding.items.dedup();
            finding.connections.dedup();
            for mend in &mut finding.mend {
                if let Mend::MakeAgain { certificates } = mend {
                    certificates.sort_by_key(|id| order.get(id).copied());
                }
            }
        }
        // A way that is taken rarely is less than one that is always taken.
        let seldom = |finding: &Finding| {
            finding
                .parameters
                .get("always")
                .is_some_and(|always| always == "false")
        };
        findings.sort_by_key(|finding| {
            let fallen = std::cmp::Reverse(finding.connections.len());
            (finding.severity, seldom(finding), finding.code, fallen)
        });
        findings
    }

    /// The thing that holds a certificate: as which entry, and on which node.
    fn item(&self, der: &[u8], id: &str, node: Option<&str>) -> Option<usize> {
        let items = self.by_der.get(der)?;
        let assigned = |item: &&usize| {
            let own = self.by_item.get(*item).into_iter().flatten();
            own.map(|one| (one.id == id, one.node.as_deref() == node, one.main))
                .max()
        };
        items.iter().max_by_key(assigned).copied()
    }

    fn face(&self, der: &[u8]) -> Option<&'a Face> {
        let item = self.by_der.get(der)?.first()?;
        self.scene.face(*item)
    }

    fn path(&self, item: usize) -> String {
        self.scene.seen[item].location.path.clone()
    }

    fn main(&self, id: &str) -> Option<usize> {
        self.recognition.main(id, Part::Certificate)
    }

    fn main_face(&self, id: &str) -> Option<&'a Face> {
        self.main(id).and_then(|item| self.scene.face(item))
    }

    /// An authority and everything in the plan that it signs.
    fn below(&self, authority: &str) -> Vec<String> {
        let certified = self.plan.certified();
        let below =
            certified.filter(|planned| planned.issuer == authority || planned.id == authority);
        below.map(|planned| planned.id.clone()).collect()
    }

    /// Whether somebody may read a text that long; a hundred names are as good as all.
    fn names(face: &Face) -> String {
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

const MOST_NAMES: usize = 50;

/// RFC 3339, UTC.
fn moment(seconds: i64) -> String {
    crate::Timestamp::from_unix(seconds)
        .map(crate::Timestamp::rfc3339)
        .unwrap_or_default()
}
