//! Cluster -> Plan: what will be made, for whom, and where it goes. No key exists yet.

mod certificate;
mod connection;
mod name;

use serde::Serialize;

pub use self::certificate::{Attribute, CertificateKind, PlannedCertificate};
pub use self::connection::{
    ClientEnd, Component, ComponentKind, Connection, Credential, Dial, Flag, Refusal, ServerEnd,
};
pub use self::name::{PlannedName, ServerName};
use crate::cluster::{Cluster, Description, Difference, Each, KubeconfigRecipe, Node, Server};

/// Everything that follows from a [`Cluster`], as data.
///
/// It checks nothing and holds no secret.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The description with every default filled in.
    pub cluster: Description,
    /// In issuance order: an authority stands before what it signs.
    pub certificates: Vec<PlannedCertificate>,
    /// Every component that calls or listens.
    pub components: Vec<Component>,
    /// Who calls whom, and what each end shows.
    pub connections: Vec<Connection>,
    /// The files that tell a client where its server is and who it is itself.
    pub kubeconfigs: Vec<Kubeconfig>,
    /// Which file goes where.
    pub placements: Vec<Placement>,
    /// Where this differs from the guide.
    pub differences: &'static [Difference],
}

/// One kubeconfig file with its certificates embedded.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Kubeconfig {
    /// File name.
    pub file: String,
    /// The node that it is for, if it is for one only.
    pub node: Option<String>,
    /// The user's name in the file.
    pub user: String,
    /// Id of the client certificate.
    pub certificate: String,
    /// Id of the authority by which the server is checked.
    pub authority: String,
    /// `https://192.168.5.30:6443`
    pub server: String,
}

/// A file's final place on a node.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Placement {
    /// The node's name.
    pub node: String,
    /// File name.
    pub file: String,
    /// Absolute path on the node, or `~/…` for the home of whoever installs.
    pub path: String,
    /// Unix mode.
    pub mode: u32,
}

impl Plan {
    /// Follows the recipe of the cluster's preset for the cluster's nodes.
    pub fn new(cluster: &Cluster) -> Self {
        let connections = connection::plan(cluster);
        Self {
            cluster: cluster.description(),
            certificates: certificate::plan(cluster, &connections),
            components: connection::components(&connections),
            kubeconfigs: cluster
                .preset
                .kubeconfigs
                .iter()
                .flat_map(|recipe| kubeconfigs(cluster, recipe))
                .collect(),
            placements: cluster
                .nodes
                .iter()
                .flat_map(|node| placements(cluster, node))
                .collect(),
            differences: cluster.preset.differences,
            connections,
        }
    }

    /// The cluster's name, which is the bundle's.
    pub fn name(&self) -> &str {
        self.cluster.name.as_deref().unwrap_or_default()
    }

    /// The certificate with the id.
    pub fn certificate(&self, id: &str) -> Option<&PlannedCertificate> {
        self.certificates
            .iter()
            .find(|certificate| certificate.id == id)
    }
}

/// The mode that a file has in the bundle and on its node: what holds a private key is its owner's alone.
pub(crate) fn mode(file: &str) -> u32 {
    let secret = [".key", ".kubeconfig"]
        .iter()
        .any(|ending| file.ends_with(ending));
    if secret { 0o600 } else { 0o644 }
}

fn kubeconfigs(cluster: &Cluster, recipe: &KubeconfigRecipe) -> Vec<Kubeconfig> {
    let host = match recipe.server {
        Server::Endpoint => name::endpoint(cluster),
        Server::Loopback => name::LOOPBACK,
    };
    each(cluster, recipe.each, |node| Kubeconfig {
        file: fill(recipe.file, node),
        node: node.map(|node| node.name.clone()),
        user: fill(recipe.user, node),
        certificate: fill(recipe.certificate, node),
        authority: recipe.authority.to_owned(),
        server: format!("https://{}", std::net::SocketAddr::new(host, 6443)),
    })
}

fn placements(cluster: &Cluster, node: &Node) -> Vec<Placement> {
    cluster
        .preset
        .placements
        .iter()
        .filter(|recipe| recipe.on == node.role)
        .map(|recipe| {
            let file = fill(recipe.file, Some(node));
            Placement {
                node: node.name.clone(),
                path: fill(recipe.path, Some(node)),
                mode: mode(&file),
                file,
            }
        })
        .collect()
}

/// Makes a recipe's line as often as it says.
fn each<T>(cluster: &Cluster, each: Each, make: impl Fn(Option<&Node>) -> T) -> Vec<T> {
    match each {
        Each::Cluster => vec![make(None)],
        Each::Node(role) => cluster
            .nodes_with(role)
            .map(|node| make(Some(node)))
            .collect(),
    }
}

/// Puts the node's name into a recipe's string.
fn fill(recipe: &str, node: Option<&Node>) -> String {
    match node {
        Some(node) => recipe.replace("{node}", &node.name),
        None => recipe.to_owned(),
    }
}
