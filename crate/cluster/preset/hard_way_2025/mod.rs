//! mmumshad/kubernetes-the-hard-way as it stands in 2025 (commit 17aaf9d), docs 04 to 14.
//!
//! Against 2020: kube-apiserver calls the kubelets with a certificate of its own, everything lies below
//! `/var/lib/kubernetes/pki/`, and the kubeconfigs of services name their files by path.

mod connections;

pub(super) use self::connections::CONNECTIONS;
use super::difference::{
    ADMIN_REMOTE, AUTHORITY_EXTENSIONS, BACKDATED, Difference, KEY_IDENTIFIERS, KEY_USAGE,
};
use super::recipe::{
    CertificateRecipe, ConfigurationKind, Credentials, Each, KubeconfigRecipe, Place,
    PlacementRecipe, Server, embedded, once, place,
};
use super::{Preset, node};
use crate::cluster::{KeyAlgorithm, Role};
use crate::words::{same, words};
use crate::{
    Attribute::{CommonName as CN, Organization as O},
    CertificateKind,
};

pub(super) static PRESET: Preset = Preset {
    id: "hard-way-2025",
    title: "Hard way 2025",
    source: "https://github.com/mmumshad/kubernetes-the-hard-way",
    cluster_name: "kubernetes-the-hard-way",
    nodes: &[
        node("loadbalancer", Role::LoadBalancer, "192.168.56.30"),
        node("controlplane01", Role::ControlPlane, "192.168.56.11"),
        node("controlplane02", Role::ControlPlane, "192.168.56.12"),
        node("node01", Role::Worker, "192.168.56.21"),
        node("node02", Role::Worker, "192.168.56.22"),
    ],
    roles: Role::ALL,
    kubelets: &[Role::Worker],
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
    differences: DIFFERENCES,
};

pub(super) static CONFIGURATIONS: &[ConfigurationKind] = &[
    ConfigurationKind::Encryption,
    ConfigurationKind::KubeletAccess,
];

#[rustfmt::skip] // A table: one line each.
pub(super) static CERTIFICATES: &[CertificateRecipe] = &[
    once("ca", CertificateKind::Authority, &[(CN, "KUBERNETES-CA"), (O, "Kubernetes")]),
    once("admin", CertificateKind::Client, &[(CN, "admin"), (O, "system:masters")]),
    once("kube-controller-manager", CertificateKind::Client, &[
        (CN, "system:kube-controller-manager"),
        (O, "system:kube-controller-manager"),
    ]),
    once("kube-proxy", CertificateKind::Client, &[(CN, "system:kube-proxy"), (O, "system:node-proxier")]),
    once("kube-scheduler", CertificateKind::Client, &[
        (CN, "system:kube-scheduler"),
        (O, "system:kube-scheduler"),
    ]),
    once("kube-apiserver", CertificateKind::Server, &[(CN, "kube-apiserver"), (O, "Kubernetes")]),
    once("apiserver-kubelet-client", CertificateKind::Client, &[
        (CN, "kube-apiserver-kubelet-client"),
        (O, "system:masters"),
    ]),
    once("etcd-server", CertificateKind::ServerClient, &[(CN, "etcd-server"), (O, "Kubernetes")]),
    once("service-account", CertificateKind::TokenSigner, &[(CN, "service-accounts"), (O, "Kubernetes")]),
    CertificateRecipe {
        each: Each::At(Place::Kubelet),
        // https://kubernetes.io/docs/reference/access-authn-authz/node/
        ..once("{node}", CertificateKind::ServerClient, &[(CN, "system:node:{node}"), (O, "system:nodes")])
    },
];

/// A kubeconfig of a service, which finds its files where they are installed.
const fn by_path(
    file: &'static str,
    user: &'static str,
    certificate: &'static str,
    server: Server,
    paths: (&'static str, &'static str),
) -> KubeconfigRecipe {
    KubeconfigRecipe {
        credentials: Credentials::Paths {
            authority: "/var/lib/kubernetes/pki/ca.crt",
            certificate: paths.0,
            key: paths.1,
        },
        ..embedded(file, user, certificate, server)
    }
}

#[rustfmt::skip] // A table: one line each.
pub(super) static KUBECONFIGS: &[KubeconfigRecipe] = &[
    by_path("kube-proxy.kubeconfig", "system:kube-proxy", "kube-proxy", Server::Endpoint,
        ("/var/lib/kubernetes/pki/kube-proxy.crt", "/var/lib/kubernetes/pki/kube-proxy.key")),
    by_path("kube-controller-manager.kubeconfig", "system:kube-controller-manager", "kube-controller-manager", Server::Loopback,
        ("/var/lib/kubernetes/pki/kube-controller-manager.crt", "/var/lib/kubernetes/pki/kube-controller-manager.key")),
    by_path("kube-scheduler.kubeconfig", "system:kube-scheduler", "kube-scheduler", Server::Loopback,
        ("/var/lib/kubernetes/pki/kube-scheduler.crt", "/var/lib/kubernetes/pki/kube-scheduler.key")),
    embedded("admin.kubeconfig", "admin", "admin", Server::Loopback),
    // The guide writes this one straight to ~/.kube/config of the operator's computer (docs/12).
    embedded("admin-remote.kubeconfig", "admin", "admin", Server::Endpoint),
    KubeconfigRecipe {
        each: Each::At(Place::Kubelet),
        ..by_path("{node}.kubeconfig", "system:node:{node}", "{node}", Server::Endpoint,
            ("/var/lib/kubernetes/pki/{node}.crt", "/var/lib/kubernetes/pki/{node}.key"))
    },
];

#[rustfmt::skip] // A table: one line each.
pub(super) static PLACEMENTS: &[PlacementRecipe] = &[
    place(Place::ControlPlane, "ca.crt", "/var/lib/kubernetes/pki/ca.crt"),
    // kube-controller-manager signs the CSRs of joining nodes with it.
    place(Place::ControlPlane, "ca.key", "/var/lib/kubernetes/pki/ca.key"),
    place(Place::ControlPlane, "kube-apiserver.crt", "/var/lib/kubernetes/pki/kube-apiserver.crt"),
    place(Place::ControlPlane, "kube-apiserver.key", "/var/lib/kubernetes/pki/kube-apiserver.key"),
    place(Place::ControlPlane, "apiserver-kubelet-client.crt", "/var/lib/kubernetes/pki/apiserver-kubelet-client.crt"),
    place(Place::ControlPlane, "apiserver-kubelet-client.key", "/var/lib/kubernetes/pki/apiserver-kubelet-client.key"),
    place(Place::ControlPlane, "service-account.crt", "/var/lib/kubernetes/pki/service-account.crt"),
    place(Place::ControlPlane, "service-account.key", "/var/lib/kubernetes/pki/service-account.key"),
    place(Place::ControlPlane, "etcd-server.crt", "/var/lib/kubernetes/pki/etcd-server.crt"),
    place(Place::ControlPlane, "etcd-server.key", "/var/lib/kubernetes/pki/etcd-server.key"),
    place(Place::ControlPlane, "kube-controller-manager.crt", "/var/lib/kubernetes/pki/kube-controller-manager.crt"),
    place(Place::ControlPlane, "kube-controller-manager.key", "/var/lib/kubernetes/pki/kube-controller-manager.key"),
    place(Place::ControlPlane, "kube-scheduler.crt", "/var/lib/kubernetes/pki/kube-scheduler.crt"),
    place(Place::ControlPlane, "kube-scheduler.key", "/var/lib/kubernetes/pki/kube-scheduler.key"),
    place(Place::Etcd, "ca.crt", "/etc/etcd/ca.crt"),
    place(Place::Etcd, "etcd-server.crt", "/etc/etcd/etcd-server.crt"),
    place(Place::Etcd, "etcd-server.key", "/etc/etcd/etcd-server.key"),
    place(Place::ControlPlane, "kube-controller-manager.kubeconfig", "/var/lib/kubernetes/kube-controller-manager.kubeconfig"),
    place(Place::ControlPlane, "kube-scheduler.kubeconfig", "/var/lib/kubernetes/kube-scheduler.kubeconfig"),
    place(Place::ControlPlane, "encryption-config.yaml", "/var/lib/kubernetes/encryption-config.yaml"),
    place(Place::ControlPlane, "admin.kubeconfig", "~/admin.kubeconfig"),
    place(Place::Kubelet, "ca.crt", "/var/lib/kubernetes/pki/ca.crt"),
    place(Place::Kubelet, "kube-proxy.crt", "/var/lib/kubernetes/pki/kube-proxy.crt"),
    place(Place::Kubelet, "kube-proxy.key", "/var/lib/kubernetes/pki/kube-proxy.key"),
    place(Place::Kubelet, "{node}.crt", "/var/lib/kubernetes/pki/{node}.crt"),
    place(Place::Kubelet, "{node}.key", "/var/lib/kubernetes/pki/{node}.key"),
    place(Place::Kubelet, "{node}.kubeconfig", "/var/lib/kubelet/kubelet.kubeconfig"),
    place(Place::Kubelet, "kube-proxy.kubeconfig", "/var/lib/kube-proxy/kube-proxy.kubeconfig"),
];

static DIFFERENCES: &[Difference] = &[
    AUTHORITY_EXTENSIONS,
    Difference {
        about: words(
            "client certificates, etcd-server, workers",
            "クライアント証明書、etcd-server、ワーカー",
        ),
        guide: words(
            "no extendedKeyUsage, but for kube-apiserver and apiserver-kubelet-client",
            "extendedKeyUsage なし（kube-apiserver と apiserver-kubelet-client を除く）",
        ),
        hardway: words(
            "serverAuth for listeners, clientAuth for callers, both for etcd-server and the workers, none for service-account",
            "サーバー側は serverAuth、クライアント側は clientAuth、etcd-server とワーカーは両方、service-account はなし",
        ),
        reason: words(
            "A stolen client key cannot pose as a server. Those that play both roles say so.",
            "クライアントの秘密鍵を盗まれても、サーバーになりすまされません。両方の役割を持つものには、両方を明記します。",
        ),
    },
    KEY_IDENTIFIERS,
    KEY_USAGE,
    BACKDATED,
    Difference {
        about: same("kube-apiserver.crt"),
        guide: words(
            "the name kubernetes.default.svc.cluster too",
            "名前 kubernetes.default.svc.cluster もある",
        ),
        hardway: words("without it", "その名前なし"),
        reason: words(
            "Nobody dials it: the cluster's domain is cluster.local, not cluster.",
            "その名前に接続するものはありません。クラスターのドメインは cluster ではなく cluster.local です。",
        ),
    },
    Difference {
        about: same("node02"),
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
        about: same("kube-apiserver-to-kubelet.yaml"),
        guide: words(
            "binds the user kube-apiserver (docs/14)",
            "ユーザー kube-apiserver にバインド（docs/14）",
        ),
        hardway: words(
            "binds the user kube-apiserver-kubelet-client",
            "ユーザー kube-apiserver-kubelet-client にバインド",
        ),
        reason: words(
            "That is who calls the kubelets since the guide gave kube-apiserver a client certificate for it; the guide's works only by system:masters.",
            "ガイドが kube-apiserver に専用のクライアント証明書を持たせて以来、kubelet に接続するのはこのユーザーです。ガイドの設定が動くのは system:masters のおかげにすぎません。",
        ),
    },
    Difference {
        about: same("/etc/etcd/ca.crt"),
        guide: words(
            "a symbolic link to /var/lib/kubernetes/pki/ca.crt",
            "/var/lib/kubernetes/pki/ca.crt へのシンボリックリンク",
        ),
        hardway: words("a copy", "コピー"),
        reason: words(
            "It also works where etcd runs on nodes of its own.",
            "etcd を専用のノードで動かす場合にも使えます。",
        ),
    },
    ADMIN_REMOTE,
];
