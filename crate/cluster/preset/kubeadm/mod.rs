//! What `kubeadm init` and `kubeadm join` make, at the paths where kubeadm finds and keeps it.
//!
//! Sources: kubernetes/kubernetes, `cmd/kubeadm/app/phases/{certs,kubeconfig,controlplane,etcd}`.

mod connections;
mod version;

pub(super) use self::connections::CONNECTIONS;
use super::difference::Difference;
use super::recipe::{
    CertificateRecipe, ConfigurationKind, DialRecipe, Each, KubeconfigRecipe, Place,
    PlacementRecipe, Server, embedded, once, place,
};
use super::{Preset, node};
use crate::cluster::{KeyAlgorithm, Role};
use crate::words::{Words, same, words};
use crate::{
    Attribute::{CommonName as CN, Organization as O},
    CertificateKind,
};

pub(super) static PRESET: Preset = Preset {
    id: "kubeadm",
    title: "kubeadm",
    source: "https://kubernetes.io/docs/setup/best-practices/certificates/",
    cluster_name: "kubernetes",
    nodes: &[
        node("control-plane-1", Role::ControlPlane, "192.168.56.11"),
        node("worker-1", Role::Worker, "192.168.56.21"),
        node("worker-2", Role::Worker, "192.168.56.22"),
    ],
    roles: Role::ALL,
    kubelets: &[Role::ControlPlane, Role::Worker],
    service_cidr: "10.96.0.0/12",
    cluster_domain: "cluster.local",
    endpoint: "",
    kubernetes_version: VERSION,
    key_algorithm: KeyAlgorithm::Rsa2048,
    validity_days: 365,
    authority_validity_days: 3650,
    context: "{user}@{cluster}",
    certificates: CERTIFICATES,
    connections: CONNECTIONS,
    kubeconfigs: KUBECONFIGS,
    placements: PLACEMENTS,
    configurations: &[ConfigurationKind::KubeletAccess],
    differences: DIFFERENCES,
};

/// The newest version whose source was read.
pub(super) const VERSION: &str = "1.36.1";

#[rustfmt::skip] // A table: one line each.
pub(super) static CERTIFICATES: &[CertificateRecipe] = &[
    authority("ca", &[(CN, "kubernetes")]),
    authority("etcd/ca", &[(CN, "etcd-ca")]),
    authority("front-proxy-ca", &[(CN, "front-proxy-ca")]),
    CertificateRecipe { issuer: "sa", ..once("sa", CertificateKind::KeyPair, &[]) },
    CertificateRecipe {
        each: Each::At(Place::ControlPlane),
        ..once("{node}/apiserver", CertificateKind::Server, &[(CN, "kube-apiserver")])
    },
    CertificateRecipe {
        group: version::kubelet_client_group,
        ..once("apiserver-kubelet-client", CertificateKind::Client, &[(CN, "kube-apiserver-kubelet-client")])
    },
    CertificateRecipe {
        issuer: "front-proxy-ca",
        note: words("kube-apiserver as a client of extension API servers (--proxy-client-cert-file)", "拡張 API サーバーに接続するときの kube-apiserver（--proxy-client-cert-file）"),
        ..once("front-proxy-client", CertificateKind::Client, &[(CN, "front-proxy-client")])
    },
    CertificateRecipe {
        issuer: "etcd/ca",
        ..once("apiserver-etcd-client", CertificateKind::Client, &[(CN, "kube-apiserver-etcd-client")])
    },
    CertificateRecipe {
        issuer: "etcd/ca",
        ..once("etcd/healthcheck-client", CertificateKind::Client, &[(CN, "kube-etcd-healthcheck-client")])
    },
    etcd("{node}/etcd/server"),
    etcd("{node}/etcd/peer"),
    CertificateRecipe {
        group: version::admin_group,
        ..once("admin", CertificateKind::Client, &[(CN, "kubernetes-admin")])
    },
    CertificateRecipe {
        since: version::SUPER_ADMIN,
        note: words("whoever has to get in when the rights of admin.conf are broken (super-admin.conf)", "admin.conf の権限が壊れたときの緊急用（super-admin.conf）"),
        ..once("super-admin", CertificateKind::Client, &[(CN, "kubernetes-super-admin"), (O, "system:masters")])
    },
    once("controller-manager", CertificateKind::Client, &[(CN, "system:kube-controller-manager")]),
    once("scheduler", CertificateKind::Client, &[(CN, "system:kube-scheduler")]),
    CertificateRecipe {
        each: Each::At(Place::Kubelet),
        // https://kubernetes.io/docs/reference/access-authn-authz/node/
        ..once("{node}/kubelet-client", CertificateKind::Client, &[(CN, "system:node:{node}"), (O, "system:nodes")])
    },
    CertificateRecipe {
        each: Each::At(Place::Kubelet),
        // The subject that the signer kubernetes.io/kubelet-serving demands.
        ..once("{node}/kubelet", CertificateKind::Server, &[(CN, "system:node:{node}"), (O, "system:nodes")])
    },
];

const fn authority(
    id: &'static str,
    subject: &'static [(crate::Attribute, &'static str)],
) -> CertificateRecipe {
    CertificateRecipe {
        issuer: id,
        ..once(id, CertificateKind::Authority, subject)
    }
}

const fn etcd(id: &'static str) -> CertificateRecipe {
    CertificateRecipe {
        each: Each::At(Place::Etcd),
        issuer: "etcd/ca",
        // kubeadm refuses a file that it finds without them (`validateCertificateWithConfig`).
        names: &[
            DialRecipe::NodeName(ASKED),
            DialRecipe::Localhost(ASKED),
            DialRecipe::NodeAddress(ASKED),
            DialRecipe::Loopback(ASKED),
        ],
        ..once(id, CertificateKind::ServerClient, &[(CN, "{node}")])
    }
}

const ASKED: Words = words(
    "kubeadm asks for it when it finds the file",
    "kubeadm が既存のファイルを見つけたときに要求する",
);

#[rustfmt::skip] // A table: one line each.
pub(super) static KUBECONFIGS: &[KubeconfigRecipe] = &[
    embedded("admin.conf", "kubernetes-admin", "admin", Server::Endpoint),
    embedded("super-admin.conf", "kubernetes-super-admin", "super-admin", Server::Endpoint),
    KubeconfigRecipe {
        each: Each::At(Place::ControlPlane),
        ..embedded("{node}/controller-manager.conf", "system:kube-controller-manager", "controller-manager", Server::OwnNode)
    },
    KubeconfigRecipe {
        each: Each::At(Place::ControlPlane),
        ..embedded("{node}/scheduler.conf", "system:kube-scheduler", "scheduler", Server::OwnNode)
    },
    KubeconfigRecipe {
        each: Each::At(Place::Kubelet),
        ..embedded("{node}/kubelet.conf", "system:node:{node}", "{node}/kubelet-client", Server::Endpoint)
    },
];

#[rustfmt::skip] // A table: one line each.
pub(super) static PLACEMENTS: &[PlacementRecipe] = &[
    place(Place::ControlPlane, "ca.crt", "/etc/kubernetes/pki/ca.crt"),
    // kube-controller-manager signs the CSRs of joining nodes with it.
    place(Place::ControlPlane, "ca.key", "/etc/kubernetes/pki/ca.key"),
    place(Place::ControlPlane, "front-proxy-ca.crt", "/etc/kubernetes/pki/front-proxy-ca.crt"),
    place(Place::ControlPlane, "front-proxy-ca.key", "/etc/kubernetes/pki/front-proxy-ca.key"),
    place(Place::ControlPlane, "sa.key", "/etc/kubernetes/pki/sa.key"),
    place(Place::ControlPlane, "sa.pub", "/etc/kubernetes/pki/sa.pub"),
    place(Place::ControlPlane, "{node}/apiserver.crt", "/etc/kubernetes/pki/apiserver.crt"),
    place(Place::ControlPlane, "{node}/apiserver.key", "/etc/kubernetes/pki/apiserver.key"),
    place(Place::ControlPlane, "apiserver-kubelet-client.crt", "/etc/kubernetes/pki/apiserver-kubelet-client.crt"),
    place(Place::ControlPlane, "apiserver-kubelet-client.key", "/etc/kubernetes/pki/apiserver-kubelet-client.key"),
    place(Place::ControlPlane, "front-proxy-client.crt", "/etc/kubernetes/pki/front-proxy-client.crt"),
    place(Place::ControlPlane, "front-proxy-client.key", "/etc/kubernetes/pki/front-proxy-client.key"),
    place(Place::ControlPlane, "apiserver-etcd-client.crt", "/etc/kubernetes/pki/apiserver-etcd-client.crt"),
    place(Place::ControlPlane, "apiserver-etcd-client.key", "/etc/kubernetes/pki/apiserver-etcd-client.key"),
    place(Place::ControlPlane, "etcd/ca.crt", "/etc/kubernetes/pki/etcd/ca.crt"),
    place(Place::Etcd, "etcd/ca.crt", "/etc/kubernetes/pki/etcd/ca.crt"),
    place(Place::Etcd, "etcd/ca.key", "/etc/kubernetes/pki/etcd/ca.key"),
    place(Place::Etcd, "{node}/etcd/server.crt", "/etc/kubernetes/pki/etcd/server.crt"),
    place(Place::Etcd, "{node}/etcd/server.key", "/etc/kubernetes/pki/etcd/server.key"),
    place(Place::Etcd, "{node}/etcd/peer.crt", "/etc/kubernetes/pki/etcd/peer.crt"),
    place(Place::Etcd, "{node}/etcd/peer.key", "/etc/kubernetes/pki/etcd/peer.key"),
    place(Place::Etcd, "etcd/healthcheck-client.crt", "/etc/kubernetes/pki/etcd/healthcheck-client.crt"),
    place(Place::Etcd, "etcd/healthcheck-client.key", "/etc/kubernetes/pki/etcd/healthcheck-client.key"),
    place(Place::ControlPlane, "admin.conf", "/etc/kubernetes/admin.conf"),
    place(Place::FirstControlPlane, "super-admin.conf", "/etc/kubernetes/super-admin.conf"),
    place(Place::ControlPlane, "{node}/controller-manager.conf", "/etc/kubernetes/controller-manager.conf"),
    place(Place::ControlPlane, "{node}/scheduler.conf", "/etc/kubernetes/scheduler.conf"),
    place(Place::Kubelet, "ca.crt", "/etc/kubernetes/pki/ca.crt"),
    place(Place::Kubelet, "{node}/kubelet.conf", "/etc/kubernetes/kubelet.conf"),
    place(Place::Kubelet, "{node}/kubelet.crt", "/var/lib/kubelet/pki/kubelet.crt"),
    place(Place::Kubelet, "{node}/kubelet.key", "/var/lib/kubelet/pki/kubelet.key"),
];

static DIFFERENCES: &[Difference] = &[
    Difference {
        about: same("ca.crt, etcd/ca.crt, front-proxy-ca.crt"),
        guide: words(
            "keyUsage digitalSignature, keyEncipherment, keyCertSign; the common name as a subject alternative name",
            "keyUsage digitalSignature, keyEncipherment, keyCertSign。CN と同じ名前が SAN にもある",
        ),
        hardway: words(
            "keyUsage digitalSignature, keyCertSign, cRLSign; no subject alternative name",
            "keyUsage digitalSignature, keyCertSign, cRLSign。SAN なし",
        ),
        reason: words(
            "Nobody dials an authority or encrypts to its key.",
            "認証局に接続するものも、認証局の鍵で暗号化するものもありません。",
        ),
    },
    Difference {
        about: same("kubelet.crt"),
        guide: words(
            "made by each kubelet and signed by itself; kube-apiserver does not check it",
            "各 kubelet が自己署名で作り、kube-apiserver は検証しない",
        ),
        hardway: words(
            "signed by ca, at the path where the kubelet looks first; --kubelet-certificate-authority can be set",
            "ca が署名し、kubelet が最初に探すパスに置く。--kubelet-certificate-authority を指定できる",
        ),
        reason: words(
            "Else whoever answers at a node's address is believed to be its kubelet.",
            "そうしないと、ノードのアドレスで応答する相手なら誰でも kubelet として信じてしまいます。",
        ),
    },
    Difference {
        about: same(
            "apiserver-kubelet-client, apiserver-etcd-client, front-proxy-client, etcd/healthcheck-client, admin, controller-manager, scheduler",
        ),
        guide: words(
            "made anew on each control plane",
            "コントロールプレーンごとに別々に作る",
        ),
        hardway: words(
            "made once, the same on each control plane",
            "一度だけ作り、どのコントロールプレーンでも同じものを使う",
        ),
        reason: words(
            "They say who calls, and that is the same on each. What says who listens is made for each node.",
            "クライアントが誰かを示すもので、どのノードでも同じです。サーバーが誰かを示すものは、ノードごとに作ります。",
        ),
    },
    Difference {
        about: words("serial numbers", "シリアル番号"),
        guide: words("63 random bits", "63 ビットの乱数"),
        hardway: words("128 random bits", "128 ビットの乱数"),
        reason: words(
            "The same rule for every preset.",
            "どのガイドでも同じ規則です。",
        ),
    },
];
