//! A guide as data: what it builds by default, and the recipe by which a plan is made for any nodes.

mod blank;
mod difference;
mod hard_way_2020;
mod hard_way_2025;
mod hightower_2025;
mod kubeadm;
mod matrix;
mod one_node;
mod recipe;

use std::collections::BTreeMap;

pub use self::difference::Difference;
pub use self::recipe::ConfigurationKind;
use self::recipe::PlacementRecipe;
pub(crate) use self::recipe::{
    CertificateRecipe, ConnectionRecipe, CredentialRecipe, Credentials, DialRecipe, Each,
    KubeconfigRecipe, Pairing, Place, Server,
};
use super::{Description, KeyAlgorithm, NodeDescription, Role};
use crate::Error;

/// Every preset, in the order in which they are offered.
pub static PRESETS: &[&Preset] = &[
    &hard_way_2020::PRESET,
    &hard_way_2025::PRESET,
    &hightower_2025::PRESET,
    &kubeadm::PRESET,
    &one_node::PRESET,
    &blank::PRESET,
];

/// A guide, as the values that its readers may change and the recipe that they follow.
///
/// In every string of a recipe `{node}` stands for the node's name.
#[derive(Debug)]
pub struct Preset {
    /// The word of the description: `hard-way-2020`.
    pub id: &'static str,
    /// What the page calls it.
    pub title: &'static str,
    /// Where the guide is found.
    pub source: &'static str,
    /// Where this differs from the guide, and why.
    pub differences: &'static [Difference],
    pub(super) cluster_name: &'static str,
    pub(super) nodes: &'static [PresetNode],
    /// The roles that its nodes may have.
    pub(super) roles: &'static [Role],
    /// The roles whose nodes have a kubelet.
    pub(crate) kubelets: &'static [Role],
    pub(super) service_cidr: &'static str,
    pub(super) cluster_domain: &'static str,
    /// The control-plane endpoint, `{node}` being the first control plane; empty for the load balancer's address.
    pub(super) endpoint: &'static str,
    pub(super) kubernetes_version: &'static str,
    pub(super) key_algorithm: KeyAlgorithm,
    pub(super) validity_days: i64,
    pub(super) authority_validity_days: i64,
    /// What a kubeconfig calls its only context; `{user}` and `{cluster}` are filled in.
    pub(crate) context: &'static str,
    pub(crate) certificates: &'static [CertificateRecipe],
    pub(crate) connections: &'static [ConnectionRecipe],
    pub(crate) kubeconfigs: &'static [KubeconfigRecipe],
    pub(crate) placements: &'static [PlacementRecipe],
    pub(crate) configurations: &'static [ConfigurationKind],
}

/// One machine of the guide.
#[derive(Debug)]
pub(super) struct PresetNode {
    name: &'static str,
    role: Role,
    address: &'static str,
    /// Further DNS names.
    names: &'static [&'static str],
}

const fn node(name: &'static str, role: Role, address: &'static str) -> PresetNode {
    PresetNode {
        name,
        role,
        address,
        names: &[],
    }
}

impl Preset {
    /// The preset's own cluster, every field filled in.
    pub fn description(&self) -> Description {
        let nodes = self.nodes();
        Description {
            preset: self.id.to_owned(),
            name: Some(self.cluster_name.to_owned()),
            service_cidr: Some(self.service_cidr.to_owned()),
            cluster_domain: Some(self.cluster_domain.to_owned()),
            control_plane_endpoint: Some(self.endpoint(&nodes)),
            kubernetes_version: Some(self.kubernetes_version.to_owned()),
            key_algorithm: Some(self.key_algorithm),
            validity_days: Some(self.validity_days),
            valid_until: Some(String::new()),
            authority_validity_days: Some(self.authority_validity_days),
            authority_valid_until: Some(String::new()),
            authority_subject: Some(BTreeMap::new()),
            certificates: Some(BTreeMap::new()),
            nodes: Some(nodes),
        }
    }

    pub(crate) fn nodes(&self) -> Vec<NodeDescription> {
        let describe = |node: &PresetNode| NodeDescription {
            name: node.name.to_owned(),
            role: node.role,
            addresses: vec![node.address.to_owned()],
            names: node.names.iter().map(ToString::to_string).collect(),
        };
        self.nodes.iter().map(describe).collect()
    }

    /// The endpoint of a description that names none.
    pub(super) fn endpoint(&self, nodes: &[NodeDescription]) -> String {
        let first = nodes.iter().find(|node| node.role == Role::ControlPlane);
        first.map_or_else(String::new, |node| {
            self.endpoint.replace("{node}", &node.name)
        })
    }

    pub(super) fn find(id: &str) -> Result<&'static Self, Error> {
        PRESETS
            .iter()
            .copied()
            .find(|preset| preset.id == id)
            .ok_or_else(|| Error::UnknownPreset {
                found: super::name::shown(id),
            })
    }

    /// Whether a node of this name would have files where others are made once for the cluster.
    pub(super) fn reserves(&self, name: &str) -> bool {
        let once = |each: &Each| matches!(each, Each::Cluster);
        // A node's files are `NODE.key` or, below a folder, `NODE/….key`: both begin with its name.
        let taken = |file: &str| {
            let first = file.split('/').next().unwrap_or_default();
            first == name
                || (!file.contains('/')
                    && file.rsplit_once('.').is_some_and(|(stem, _)| stem == name))
        };
        let certificate = |recipe: &CertificateRecipe| {
            once(&recipe.each)
                && ["key", "csr", "crt", "pub"]
                    .iter()
                    .any(|ending| taken(&format!("{}.{ending}", recipe.id)))
        };
        let kubeconfig = |recipe: &KubeconfigRecipe| once(&recipe.each) && taken(recipe.file);
        self.certificates.iter().any(certificate) || self.kubeconfigs.iter().any(kubeconfig)
    }
}

/// The presets' ids, with commas.
pub(crate) fn preset_ids() -> String {
    let ids: Vec<_> = PRESETS.iter().map(|preset| preset.id).collect();
    ids.join(", ")
}
