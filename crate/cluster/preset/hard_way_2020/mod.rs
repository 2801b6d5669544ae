//! mmumshad/kubernetes-the-hard-way as it stood in 2020, docs 04 to 13.
//!
//! Two key pairs play two roles each, as in the guide: `kube-apiserver` also calls the kubelets, and
//! `etcd-server` is etcd's server, its peer and kube-apiserver's client at etcd.

pub(super) mod connections;

use self::connections::CONNECTIONS;
use super::difference::{
    ADMIN_REMOTE, AUTHORITY_EXTENSIONS, BACKDATED, Difference, KEY_IDENTIFIERS, KEY_USAGE,
};
use super::recipe::{
    CertificateRecipe, ConfigurationKind, Each, KubeconfigRecipe, Place, PlacementRecipe, Server,
    embedded, once, place,
};
use super::{Preset, node};
use crate::cluster::{KeyAlgorithm, Role};
use crate::words::{same, words};
use crate::{
    Attribute::{CommonName as CN, Organization as O},
    CertificateKind,
};

pub(super) static PRESET: Preset = Preset {
    id: "hard-way-2020",
    title: "Hard way 2020",
    source: "https://github.com/mmumshad/kubernetes-the-hard-way",
    cluster_name: "kubernetes-the-hard-way",
    nodes: &[
        node("loadbalancer", Role::LoadBalancer, "192.168.5.30"),
        node("master-1", Role::ControlPlane, "192.168.5.11"),
        node("master-2", Role::ControlPlane, "192.168.5.12"),
        node("worker-1", Role::Worker, "192.168.5.21"),
        node("worker-2", Role::Worker, "192.168.5.22"),
    ],
    roles: Role::ALL,
    kubelets: &[Role::Worker],
    service_cidr: "10.96.0.0/24",
    cluster_domain: "cluster.local",
    endpoint: "",
    kubernetes_version: "1.13",
    key_algorithm: KeyAlgorithm::Rsa2048,
    validity_days: 1000,
    authority_validity_days: 1000,
    context: "default",
    certificates: CERTIFICATES,
    connections: CONNECTIONS,
    kubeconfigs: KUBECONFIGS,
    placements: PLACEMENTS,
    configurations: &[
        ConfigurationKind::Encryption,
        ConfigurationKind::KubeletAccess,
    ],
    differences: DIFFERENCES,
};

static CERTIFICATES: &[CertificateRecipe] = &[
    once("ca", CertificateKind::Authority, &[(CN, "KUBERNETES-CA")]),
    once(
        "admin",
        CertificateKind::Client,
        &[(CN, "admin"), (O, "system:masters")],
    ),
    once(
        "kube-controller-manager",
        CertificateKind::Client,
        &[(CN, "system:kube-controller-manager")],
    ),
    once(
        "kube-proxy",
        CertificateKind::Client,
        &[(CN, "system:kube-proxy")],
    ),
    once(
        "kube-scheduler",
        CertificateKind::Client,
        &[(CN, "system:kube-scheduler")],
    ),
    once(
        "kube-apiserver",
        CertificateKind::ServerClient,
        &[(CN, "kube-apiserver")],
    ),
    once(
        "etcd-server",
        CertificateKind::ServerClient,
        &[(CN, "etcd-server")],
    ),
    once(
        "service-account",
        CertificateKind::TokenSigner,
        &[(CN, "service-accounts")],
    ),
    CertificateRecipe {
        each: Each::At(Place::Kubelet),
        // https://kubernetes.io/docs/reference/access-authn-authz/node/
        ..once(
            "{node}",
            CertificateKind::ServerClient,
            &[(CN, "system:node:{node}"), (O, "system:nodes")],
        )
    },
];

static KUBECONFIGS: &[KubeconfigRecipe] = &[
    embedded(
        "kube-proxy.kubeconfig",
        "system:kube-proxy",
        "kube-proxy",
        Server::Endpoint,
    ),
    embedded(
        "kube-controller-manager.kubeconfig",
        "system:kube-controller-manager",
        "kube-controller-manager",
        Server::Loopback,
    ),
    embedded(
        "kube-scheduler.kubeconfig",
        "system:kube-scheduler",
        "kube-scheduler",
        Server::Loopback,
    ),
    embedded("admin.kubeconfig", "admin", "admin", Server::Loopback),
    // The guide writes this one straight to ~/.kube/config of the operator's computer (docs/11).
    embedded(
        "admin-remote.kubeconfig",
        "admin",
        "admin",
        Server::Endpoint,
    ),
    KubeconfigRecipe {
        each: Each::At(Place::Kubelet),
        ..embedded(
            "{node}.kubeconfig",
            "system:node:{node}",
            "{node}",
            Server::Endpoint,
        )
    },
];

#[rustfmt::skip] // A table: one line each.
static PLACEMENTS: &[PlacementRecipe] = &[
    place(Place::ControlPlane, "ca.crt", "/var/lib/kubernetes/ca.crt"),
    // kube-controller-manager signs the CSRs of joining nodes with it.
    place(Place::ControlPlane, "ca.key", "/var/lib/kubernetes/ca.key"),
    place(Place::ControlPlane, "kube-apiserver.crt", "/var/lib/kubernetes/kube-apiserver.crt"),
    place(Place::ControlPlane, "kube-apiserver.key", "/var/lib/kubernetes/kube-apiserver.key"),
    place(Place::ControlPlane, "service-account.crt", "/var/lib/kubernetes/service-account.crt"),
    place(Place::ControlPlane, "service-account.key", "/var/lib/kubernetes/service-account.key"),
    place(Place::ControlPlane, "etcd-server.crt", "/var/lib/kubernetes/etcd-server.crt"),
    place(Place::ControlPlane, "etcd-server.key", "/var/lib/kubernetes/etcd-server.key"),
    place(Place::Etcd, "ca.crt", "/etc/etcd/ca.crt"),
    place(Place::Etcd, "etcd-server.crt", "/etc/etcd/etcd-server.crt"),
    place(Place::Etcd, "etcd-server.key", "/etc/etcd/etcd-server.key"),
    place(Place::ControlPlane, "kube-controller-manager.kubeconfig", "/var/lib/kubernetes/kube-controller-manager.kubeconfig"),
    place(Place::ControlPlane, "kube-scheduler.kubeconfig", "/var/lib/kubernetes/kube-scheduler.kubeconfig"),
    place(Place::ControlPlane, "encryption-config.yaml", "/var/lib/kubernetes/encryption-config.yaml"),
    place(Place::ControlPlane, "admin.kubeconfig", "~/admin.kubeconfig"),
    place(Place::Kubelet, "ca.crt", "/var/lib/kubernetes/ca.crt"),
    place(Place::Kubelet, "{node}.crt", "/var/lib/kubelet/{node}.crt"),
    place(Place::Kubelet, "{node}.key", "/var/lib/kubelet/{node}.key"),
    place(Place::Kubelet, "{node}.kubeconfig", "/var/lib/kubelet/kubeconfig"),
    place(Place::Kubelet, "kube-proxy.kubeconfig", "/var/lib/kube-proxy/kubeconfig"),
];

static DIFFERENCES: &[Difference] = &[
    AUTHORITY_EXTENSIONS,
    Difference {
        about: words("every certificate", "すべての証明書"),
        guide: words("no extendedKeyUsage", "extendedKeyUsage なし"),
        hardway: words(
            "serverAuth for listeners, clientAuth for callers, both for kube-apiserver, etcd-server and the workers, none for service-account",
            "サーバー側は serverAuth、クライアント側は clientAuth、kube-apiserver・etcd-server・ワーカーは両方、service-account はなし",
        ),
        reason: words(
            "A stolen client key cannot pose as a server. The three that play both roles say so.",
            "クライアントの秘密鍵を盗まれても、サーバーになりすまされません。両方の役割を持つ 3 種類には、両方を明記します。",
        ),
    },
    KEY_IDENTIFIERS,
    KEY_USAGE,
    BACKDATED,
    Difference {
        about: same("worker-2"),
        guide: words(
            "no certificate: TLS bootstrap with a token",
            "証明書なし（トークンによる TLS ブートストラップ）",
        ),
        hardway: words("a certificate for every worker", "すべてのワーカーに証明書"),
        reason: words(
            "Every arrow has its two files from the start; TLS bootstrap still works next to it.",
            "どの矢印にも、最初から両端の証明書がそろいます。TLS ブートストラップも併用できます。",
        ),
    },
    Difference {
        about: same("encryption-config.yaml"),
        guide: words(
            "kind EncryptionConfig of apiVersion v1",
            "apiVersion v1 の kind EncryptionConfig",
        ),
        hardway: words(
            "kind EncryptionConfiguration of apiVersion apiserver.config.k8s.io/v1",
            "apiVersion apiserver.config.k8s.io/v1 の kind EncryptionConfiguration",
        ),
        reason: words(
            "The documented kind since Kubernetes 1.13; it reads the same.",
            "Kubernetes 1.13 以降の正式な kind です。内容は同じです。",
        ),
    },
    ADMIN_REMOTE,
];
