//! A cluster of one's own: the three authorities of Kubernetes' own page on certificates, kubeadm's paths, and
//! one control plane to begin with.

use super::kubeadm::{CERTIFICATES, CONNECTIONS, KUBECONFIGS, PLACEMENTS};
use super::recipe::ConfigurationKind;
use super::{Preset, node};
use crate::cluster::{KeyAlgorithm, Role};

pub(super) static PRESET: Preset = Preset {
    id: "blank",
    title: "Blank",
    source: "https://kubernetes.io/docs/setup/best-practices/certificates/",
    cluster_name: "my-cluster",
    // An address of RFC 5737, which nobody has: whoever begins here types the own one.
    nodes: &[node("control-plane-1", Role::ControlPlane, "192.0.2.11")],
    roles: Role::ALL,
    kubelets: &[Role::ControlPlane, Role::Worker],
    service_cidr: "10.96.0.0/12",
    cluster_domain: "cluster.local",
    endpoint: "",
    kubernetes_version: super::kubeadm::VERSION,
    key_algorithm: KeyAlgorithm::Rsa2048,
    validity_days: 365,
    authority_validity_days: 3650,
    context: "{user}@{cluster}",
    certificates: CERTIFICATES,
    connections: CONNECTIONS,
    kubeconfigs: KUBECONFIGS,
    placements: PLACEMENTS,
    configurations: &[
        ConfigurationKind::AdminAccess,
        ConfigurationKind::KubeletAccess,
    ],
    // No guide builds it.
    differences: &[],
};
