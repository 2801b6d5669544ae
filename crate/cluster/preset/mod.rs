//! A guide as data: what it builds by default, and the recipe by which a plan is made for any nodes.

mod hard_way_2020;

use serde::Serialize;

use super::{Description, KeyAlgorithm, NodeDescription, Role};
use crate::{Attribute, CertificateKind, ComponentKind, Error, Refusal};

/// Every preset, in the order in which they are offered.
pub static PRESETS: &[&Preset] = &[&hard_way_2020::PRESET];

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
    pub(super) nodes: &'static [(&'static str, Role, &'static str)],
    pub(super) service_cidr: &'static str,
    pub(super) cluster_domain: &'static str,
    pub(super) key_algorithm: KeyAlgorithm,
    pub(super) validity_days: i64,
    pub(crate) certificates: &'static [CertificateRecipe],
    pub(crate) connections: &'static [ConnectionRecipe],
    pub(crate) kubeconfigs: &'static [KubeconfigRecipe],
    pub(crate) placements: &'static [PlacementRecipe],
}

/// One point where the made files differ from what the guide's commands make.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Difference {
    /// The files that differ.
    pub about: &'static str,
    /// What the guide does.
    pub guide: &'static str,
    /// What is made here.
    pub hardway: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// How often a recipe's line is made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Each {
    /// Once for the cluster.
    Cluster,
    /// Once for each node with the role.
    Node(Role),
}

/// One certificate, or one for each node.
#[derive(Debug)]
pub(crate) struct CertificateRecipe {
    pub(crate) id: &'static str,
    pub(crate) each: Each,
    pub(crate) kind: CertificateKind,
    pub(crate) subject: &'static [(Attribute, &'static str)],
    pub(crate) issuer: &'static str,
}

/// Where a component runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Station {
    /// On no node of the cluster: the operator's own computer.
    Outside,
    /// On each node with the role.
    On(Role),
}

/// Which callers meet which listeners.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pairing {
    /// Every caller meets every listener.
    Every,
    /// Every listener except the one on the caller's own node.
    Others,
    /// The listener on the caller's own node.
    SameNode,
    /// Every listener behind the load balancer; without one, the first listener alone.
    ThroughEndpoint,
}

/// How a caller addresses a listener; the reason is said in the page next to the name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DialRecipe {
    /// The load balancer's address; without one, the listener's own.
    Endpoint(&'static str),
    /// 127.0.0.1 on the listener's node.
    Loopback(&'static str),
    /// Every address of the listener's node.
    NodeAddress(&'static str),
    /// The host name of the listener's node.
    NodeName(&'static str),
    /// The first address of the service CIDR.
    ServiceAddress(&'static str),
    /// `kubernetes`, `kubernetes.default`, … up to the cluster domain.
    ServiceNames(&'static str),
}

/// What a caller proves itself with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CredentialRecipe {
    /// A client certificate, by its recipe's id.
    Certificate(&'static str),
    /// A service-account token, signed by the key pair with the recipe's id.
    Token(&'static str),
}

/// One kind of request, from every caller of a kind to every listener of a kind.
#[derive(Debug)]
pub(crate) struct ConnectionRecipe {
    pub(crate) kind: &'static str,
    pub(crate) caller: (ComponentKind, Station),
    pub(crate) listener: (ComponentKind, Role),
    pub(crate) pairing: Pairing,
    pub(crate) port: u16,
    pub(crate) dials: &'static [DialRecipe],
    pub(crate) credential: CredentialRecipe,
    /// The authority by which the caller checks the listener.
    pub(crate) caller_trusts: &'static str,
    pub(crate) caller_flags: &'static [(&'static str, &'static str)],
    pub(crate) server_certificate: &'static str,
    /// The authority by which the listener checks the caller's certificate.
    pub(crate) listener_trusts: Option<&'static str>,
    pub(crate) listener_flags: &'static [(&'static str, &'static str)],
    pub(crate) refusal: Refusal,
}

/// One kubeconfig, or one for each node.
#[derive(Debug)]
pub(crate) struct KubeconfigRecipe {
    pub(crate) file: &'static str,
    pub(crate) each: Each,
    pub(crate) user: &'static str,
    pub(crate) certificate: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) server: Server,
}

/// Which kube-apiserver a kubeconfig names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Server {
    /// The load balancer; without one, the first control plane.
    Endpoint,
    /// 127.0.0.1.
    Loopback,
}

/// One file on each node with a role.
#[derive(Debug)]
pub(crate) struct PlacementRecipe {
    pub(crate) on: Role,
    pub(crate) file: &'static str,
    pub(crate) path: &'static str,
}

impl Preset {
    /// The preset's own cluster, every field filled in.
    pub fn description(&self) -> Description {
        Description {
            preset: self.id.to_owned(),
            name: Some(self.cluster_name.to_owned()),
            nodes: Some(self.nodes()),
            service_cidr: Some(self.service_cidr.to_owned()),
            cluster_domain: Some(self.cluster_domain.to_owned()),
            key_algorithm: Some(self.key_algorithm),
            validity_days: Some(self.validity_days),
        }
    }

    pub(super) fn nodes(&self) -> Vec<NodeDescription> {
        let node = |&(name, role, address): &(&str, Role, &str)| NodeDescription {
            name: name.to_owned(),
            role,
            addresses: vec![address.to_owned()],
        };
        self.nodes.iter().map(node).collect()
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

    /// Whether a file that is made once for the cluster has this stem, so that a node's file would overwrite it.
    pub(super) fn reserves(&self, stem: &str) -> bool {
        let once = |each: &Each| matches!(each, Each::Cluster);
        let certificate = |recipe: &CertificateRecipe| once(&recipe.each) && recipe.id == stem;
        let kubeconfig = |recipe: &KubeconfigRecipe| {
            once(&recipe.each) && recipe.file.strip_suffix(".kubeconfig") == Some(stem)
        };
        self.certificates.iter().any(certificate) || self.kubeconfigs.iter().any(kubeconfig)
    }
}

/// The presets' ids as one phrase.
pub(crate) fn preset_ids() -> String {
    let ids: Vec<_> = PRESETS.iter().map(|preset| preset.id).collect();
    format!("one of: {}", ids.join(", "))
}
