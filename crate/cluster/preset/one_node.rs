//! Everything on one host: the certificates and paths of `hard-way-2025`, its kubelet beside its kube-apiserver.

use super::hard_way_2025::{CERTIFICATES, CONFIGURATIONS, CONNECTIONS, KUBECONFIGS, PLACEMENTS};
use super::{Preset, node};
use crate::cluster::{KeyAlgorithm, Role};

pub(super) static PRESET: Preset = Preset {
    id: "one-node",
    title: "One node",
    source: "https://github.com/mmumshad/kubernetes-the-hard-way",
    cluster_name: "one-node",
    nodes: &[node("node-1", Role::ControlPlane, "192.168.56.10")],
    roles: Role::ALL,
    kubelets: &[Role::ControlPlane, Role::Worker],
    service_cidr: "10.96.0.0/16",
    cluster_domain: "cluster.local",
    endpoint: "",
    kubernetes_version: "1.32",
    key_algorithm: KeyAlgorithm::Rsa2048,
    validity_days: 1000,
    authority_validity_days: 1000,
    context: "default",
    certificates: CERTIFICATES,
    connections: CONNECTIONS,
    kubeconfigs: KUBECONFIGS,
    placements: PLACEMENTS,
    configurations: CONFIGURATIONS,
    // No guide builds it.
    differences: &[],
};
