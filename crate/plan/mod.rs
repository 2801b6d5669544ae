//! Cluster -> Plan: what will be made, for whom, and where it goes. No key exists yet.

mod certificate;
mod component;
mod connection;
mod file;
mod kind;
mod name;
mod outline;
mod reissue;
mod warning;

use std::collections::HashMap;

use serde::Serialize;

pub use self::certificate::{PlannedCertificate, SubjectAttribute};
pub(crate) use self::certificate::{all_usual as usual_subjects, ids as certificate_ids};
pub use self::component::{Component, ComponentKind};
pub use self::connection::{ClientEnd, Connection, Credential, Dial, Flag, Refusal, ServerEnd};
pub(crate) use self::file::mode;
pub use self::file::{Configuration, Kubeconfig, KubeconfigPaths, Placement};
pub use self::kind::{Attribute, CertificateKind};
pub use self::name::{PlannedName, ServerName};
pub use self::outline::{Outline, Totals};
pub use self::reissue::{Reason, Reissue, reissue};
pub use self::warning::Warning;
use crate::cluster::{Cluster, Description, Difference, Each, Node};

/// Everything that follows from a [`Cluster`], as data.
///
/// It checks nothing and holds no secret.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The description with every default filled in.
    pub cluster: Description,
    /// In issuance order: an authority stands before what it signs. Bare key pairs are among them.
    pub certificates: Vec<PlannedCertificate>,
    /// Every component that calls or listens.
    pub components: Vec<Component>,
    /// Who calls whom, and what each end shows.
    pub connections: Vec<Connection>,
    /// The files that tell a client where its server is and who it is itself.
    pub kubeconfigs: Vec<Kubeconfig>,
    /// The other files that the cluster needs.
    pub configurations: Vec<Configuration>,
    /// Which file goes where.
    pub placements: Vec<Placement>,
    /// What the description asks for and may not have meant.
    pub warnings: Vec<Warning>,
    /// Where this differs from the guide.
    pub differences: &'static [Difference],
    #[serde(skip)]
    index: HashMap<String, usize>,
}

impl Plan {
    /// Follows the recipe of the cluster's preset for the cluster's nodes.
    pub fn new(cluster: &Cluster) -> Self {
        let connections = connection::plan(cluster);
        let certificates = certificate::plan(cluster, &connections);
        let index = certificates.iter().enumerate();
        let index = index.map(|(position, planned)| (planned.id.clone(), position));
        let index: HashMap<_, _> = index.collect();
        let kubeconfigs = file::kubeconfigs(cluster, &index);
        Self {
            cluster: cluster.description(),
            components: component::all(&connections),
            configurations: file::configurations(cluster, &certificates, &connections),
            placements: file::placements(cluster, &kubeconfigs),
            warnings: warning::all(cluster, &certificates),
            differences: cluster.preset.differences,
            kubeconfigs,
            certificates,
            connections,
            index,
        }
    }

    /// The certificates without the bare key pairs.
    pub fn certified(&self) -> impl Iterator<Item = &PlannedCertificate> {
        let certificates = self.certificates.iter();
        certificates.filter(|planned| planned.kind.is_certified())
    }

    /// The certificates without those who dial their names: what is needed to ask for them, however many callers there are.
    pub fn roll(&self) -> impl Iterator<Item = PlannedCertificate> {
        self.certificates
            .iter()
            .map(PlannedCertificate::without_diallers)
    }

    /// The cluster's name, which is the bundle's.
    pub fn name(&self) -> &str {
        self.cluster.name.as_deref().unwrap_or_default()
    }

    /// The certificate with the id.
    pub fn certificate(&self, id: &str) -> Option<&PlannedCertificate> {
        self.index.get(id).map(|index| &self.certificates[*index])
    }
}

/// The nodes for which a recipe's line is made: `None` for the cluster as a whole.
fn at(cluster: &Cluster, each: Each) -> Vec<Option<&Node>> {
    match each {
        Each::Cluster => vec![None],
        Each::At(place) => cluster.nodes_at(place).into_iter().map(Some).collect(),
    }
}

/// Puts the node's name into a recipe's string.
fn fill(recipe: &str, node: Option<&Node>) -> String {
    match node {
        Some(node) => recipe.replace("{node}", &node.name),
        None => recipe.to_owned(),
    }
}
