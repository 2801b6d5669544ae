//! The files of a plan that are no keys and no certificates, and the final place of each file.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::{Connection, PlannedCertificate, at, fill, name};
use crate::cluster::{
    Cluster, ConfigurationKind, Credentials, Endpoint, KubeconfigRecipe, Node, Server,
};
use crate::{Attribute, ComponentKind};

/// One kubeconfig file.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Kubeconfig {
    /// File name below `kubeconfig/`.
    pub file: String,
    /// The node that it is for, if it is for one only.
    pub node: Option<String>,
    /// The user's name in the file.
    pub user: String,
    /// The name of its only context.
    pub context: String,
    /// Id of the client certificate.
    pub certificate: String,
    /// Id of the authority by which the server is checked.
    pub authority: String,
    /// `https://192.168.5.30:6443`
    pub server: String,
    /// Where its files are on the node; `None` when they are embedded.
    pub paths: Option<KubeconfigPaths>,
}

/// The files that a kubeconfig names.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct KubeconfigPaths {
    /// The authority's certificate.
    pub authority: String,
    /// The client certificate.
    pub certificate: String,
    /// Its private key.
    pub key: String,
}

/// A file beside keys, certificates and kubeconfigs, in the bundle's folder `config/`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Configuration {
    /// File name.
    pub file: &'static str,
    /// What it is.
    pub kind: ConfigurationKind,
    /// The user or group that it gives rights to; empty where it gives none.
    pub subject: String,
}

/// A file's final place on a node.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Placement {
    /// The node's name.
    pub node: String,
    /// File name, below `pki/`, `kubeconfig/` or `config/`.
    pub file: String,
    /// Absolute path on the node, or `~/…` for the home of whoever installs.
    pub path: String,
    /// Unix mode.
    pub mode: u32,
}

impl Placement {
    /// The file's name in the folder of its node: a node's own files do not repeat its name.
    pub fn name(&self) -> &str {
        let own = self.file.strip_prefix(self.node.as_str());
        own.and_then(|rest| rest.strip_prefix('/'))
            .unwrap_or(&self.file)
    }
}

/// The mode that a file has in the bundle and on its node: what holds a secret is its owner's alone.
pub(crate) fn mode(file: &str) -> u32 {
    let secret = [".key", ".kubeconfig", ".conf"]
        .iter()
        .any(|ending| file.ends_with(ending));
    if secret || file.ends_with(ConfigurationKind::Encryption.file()) {
        0o600
    } else {
        0o644
    }
}

pub(super) fn kubeconfigs(
    cluster: &Cluster,
    certificates: &HashMap<String, usize>,
) -> Vec<Kubeconfig> {
    let recipes = cluster.preset.kubeconfigs.iter();
    let all = recipes.flat_map(|recipe| {
        let nodes = at(cluster, recipe.each).into_iter();
        nodes.map(move |node| kubeconfig(cluster, recipe, node))
    });
    all.filter(|planned| certificates.contains_key(&planned.certificate))
        .collect()
}

fn kubeconfig(cluster: &Cluster, recipe: &KubeconfigRecipe, node: Option<&Node>) -> Kubeconfig {
    let server = match (recipe.server, node) {
        (Server::OwnNode, Some(node)) => Endpoint::of_address(node.addresses[0]),
        (Server::Loopback, _) => Endpoint::of_address(name::LOOPBACK),
        (Server::Endpoint | Server::OwnNode, _) => name::endpoint(cluster),
    };
    let user = fill(recipe.user, node);
    let context = cluster.preset.context;
    Kubeconfig {
        file: fill(recipe.file, node),
        node: node.map(|node| node.name.clone()),
        context: context
            .replace("{user}", &user)
            .replace("{cluster}", &cluster.name),
        user,
        certificate: fill(recipe.certificate, node),
        authority: recipe.authority.to_owned(),
        server: server.url(),
        paths: match recipe.credentials {
            Credentials::Embedded => None,
            Credentials::Paths {
                authority,
                certificate,
                key,
            } => Some(KubeconfigPaths {
                authority: fill(authority, node),
                certificate: fill(certificate, node),
                key: fill(key, node),
            }),
        },
    }
}

pub(super) fn configurations(
    cluster: &Cluster,
    certificates: &[PlannedCertificate],
    connections: &[Connection],
) -> Vec<Configuration> {
    let value = |id: &str, attribute| {
        let planned = certificates.iter().find(|planned| planned.id == id);
        planned
            .map_or("", |planned| planned.value(attribute))
            .to_owned()
    };
    // Whoever the kubelets see calling, by the CN that is really issued.
    let kubelet_client = || {
        let mut calls = connections.iter();
        let call = calls.find(|call| {
            call.caller.kind == ComponentKind::KubeApiserver
                && call.listener.kind == ComponentKind::Kubelet
        });
        let id = call.and_then(|call| call.client.certificate.as_deref());
        id.map(|id| value(id, Attribute::CommonName))
    };
    let kinds = cluster.preset.configurations.iter();
    kinds
        .filter_map(|kind| {
            let subject = match kind {
                ConfigurationKind::AdminAccess => Some(value("admin", Attribute::Organization))
                    .filter(|group| !group.is_empty() && group != "system:masters"),
                ConfigurationKind::Encryption => Some(String::new()),
                ConfigurationKind::KubeletAccess => kubelet_client(),
            };
            subject.map(|subject| Configuration {
                file: kind.file(),
                kind: *kind,
                subject,
            })
        })
        .collect()
}

pub(super) fn placements(cluster: &Cluster, kubeconfigs: &[Kubeconfig]) -> Vec<Placement> {
    let planned: HashSet<&str> = kubeconfigs.iter().map(|k| k.file.as_str()).collect();
    let skipped: HashSet<&str> = cluster
        .preset
        .kubeconfigs
        .iter()
        .map(|recipe| recipe.file)
        .filter(|file| !file.contains("{node}") && !planned.contains(file))
        .collect();
    let recipes = cluster.preset.placements.iter();
    let at: Vec<_> = recipes
        .filter(|recipe| !skipped.contains(recipe.file))
        .map(|recipe| {
            let nodes = cluster.nodes_at(recipe.on).into_iter();
            let names: HashSet<&str> = nodes.map(|node| node.name.as_str()).collect();
            (recipe, names)
        })
        .collect();
    let mut placements = Vec::new();
    for node in &cluster.nodes {
        let mut taken = HashSet::new();
        for (recipe, _) in at
            .iter()
            .filter(|(_, names)| names.contains(node.name.as_str()))
        {
            // A node with two roles gets what both need once.
            if taken.insert(recipe.path) {
                let file = fill(recipe.file, Some(node));
                placements.push(Placement {
                    node: node.name.clone(),
                    path: fill(recipe.path, Some(node)),
                    mode: mode(&file),
                    file,
                });
            }
        }
    }
    placements
}
