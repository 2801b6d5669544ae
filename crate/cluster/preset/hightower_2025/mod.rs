//! kelseyhightower/kubernetes-the-hard-way as it stands in 2025 (commit 52eb26d): ca.conf, docs 04 to 10, units, configs.

mod connections;

use self::connections::CONNECTIONS;
use super::difference::{ADMIN_REMOTE, BACKDATED, Difference};
use super::recipe::{
    CertificateRecipe, ConfigurationKind, Each, KubeconfigRecipe, Place, PlacementRecipe, Server,
    embedded, once, place,
};
use super::{Preset, PresetNode, node};
use crate::cluster::{KeyAlgorithm, Role};
use crate::words::{same, words};
use crate::{
    Attribute::{
        CommonName as CN, Country as C, Locality as L, Organization as O, StateOrProvince as ST,
    },
    CertificateKind,
};

pub(super) static PRESET: Preset = Preset {
    id: "hightower-2025",
    title: "Hightower 2025",
    source: "https://github.com/kelseyhightower/kubernetes-the-hard-way",
    cluster_name: "kubernetes-the-hard-way",
    // The guide leaves the addresses to its reader (machines.txt). The jumpbox has no file to install.
    nodes: &[
        PresetNode {
            names: &["server.kubernetes.local", "api-server.kubernetes.local"],
            ..node("server", Role::ControlPlane, "192.168.10.10")
        },
        node("node-0", Role::Worker, "192.168.10.20"),
        node("node-1", Role::Worker, "192.168.10.21"),
    ],
    roles: &[Role::ControlPlane, Role::LoadBalancer, Role::Worker],
    kubelets: &[Role::Worker],
    service_cidr: "10.32.0.0/24",
    cluster_domain: "cluster.local",
    endpoint: "{node}.kubernetes.local",
    kubernetes_version: "1.32",
    key_algorithm: KeyAlgorithm::Rsa4096,
    validity_days: 3653,
    authority_validity_days: 3653,
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

#[rustfmt::skip] // A table: one line each.
static CERTIFICATES: &[CertificateRecipe] = &[
    once("ca", CertificateKind::Authority, &[(C, "US"), (ST, "Washington"), (L, "Seattle"), (CN, "CA")]),
    once("admin", CertificateKind::Client, &[(CN, "admin"), (O, "system:masters")]),
    CertificateRecipe {
        each: Each::At(Place::Kubelet),
        // https://kubernetes.io/docs/reference/access-authn-authz/node/
        ..once("{node}", CertificateKind::ServerClient, &[
            (CN, "system:node:{node}"), (O, "system:nodes"), (C, "US"), (ST, "Washington"), (L, "Seattle"),
        ])
    },
    once("kube-proxy", CertificateKind::Client, &[
        (CN, "system:kube-proxy"), (O, "system:node-proxier"), (C, "US"), (ST, "Washington"), (L, "Seattle"),
    ]),
    once("kube-scheduler", CertificateKind::Client, &[
        (CN, "system:kube-scheduler"), (O, "system:kube-scheduler"), (C, "US"), (ST, "Washington"), (L, "Seattle"),
    ]),
    once("kube-controller-manager", CertificateKind::Client, &[
        (CN, "system:kube-controller-manager"), (O, "system:kube-controller-manager"),
        (C, "US"), (ST, "Washington"), (L, "Seattle"),
    ]),
    once("kube-api-server", CertificateKind::ServerClient, &[
        (CN, "kubernetes"), (C, "US"), (ST, "Washington"), (L, "Seattle"),
    ]),
    once("service-accounts", CertificateKind::TokenSigner, &[(CN, "service-accounts")]),
];

#[rustfmt::skip] // A table: one line each.
static KUBECONFIGS: &[KubeconfigRecipe] = &[
    KubeconfigRecipe {
        each: Each::At(Place::Kubelet),
        ..embedded("{node}.kubeconfig", "system:node:{node}", "{node}", Server::Endpoint)
    },
    embedded("kube-proxy.kubeconfig", "system:kube-proxy", "kube-proxy", Server::Endpoint),
    embedded("kube-controller-manager.kubeconfig", "system:kube-controller-manager", "kube-controller-manager", Server::Endpoint),
    embedded("kube-scheduler.kubeconfig", "system:kube-scheduler", "kube-scheduler", Server::Endpoint),
    embedded("admin.kubeconfig", "admin", "admin", Server::Loopback),
    // The guide writes this one straight to ~/.kube/config of the jumpbox (docs/10).
    embedded("admin-remote.kubeconfig", "admin", "admin", Server::Endpoint),
];

#[rustfmt::skip] // A table: one line each.
static PLACEMENTS: &[PlacementRecipe] = &[
    place(Place::ControlPlane, "ca.crt", "/var/lib/kubernetes/ca.crt"),
    // kube-controller-manager signs the CSRs of joining nodes with it.
    place(Place::ControlPlane, "ca.key", "/var/lib/kubernetes/ca.key"),
    place(Place::ControlPlane, "kube-api-server.crt", "/var/lib/kubernetes/kube-api-server.crt"),
    place(Place::ControlPlane, "kube-api-server.key", "/var/lib/kubernetes/kube-api-server.key"),
    place(Place::ControlPlane, "service-accounts.crt", "/var/lib/kubernetes/service-accounts.crt"),
    place(Place::ControlPlane, "service-accounts.key", "/var/lib/kubernetes/service-accounts.key"),
    place(Place::ControlPlane, "encryption-config.yaml", "/var/lib/kubernetes/encryption-config.yaml"),
    place(Place::ControlPlane, "kube-controller-manager.kubeconfig", "/var/lib/kubernetes/kube-controller-manager.kubeconfig"),
    place(Place::ControlPlane, "kube-scheduler.kubeconfig", "/var/lib/kubernetes/kube-scheduler.kubeconfig"),
    place(Place::ControlPlane, "admin.kubeconfig", "~/admin.kubeconfig"),
    place(Place::Kubelet, "ca.crt", "/var/lib/kubelet/ca.crt"),
    place(Place::Kubelet, "{node}.crt", "/var/lib/kubelet/kubelet.crt"),
    place(Place::Kubelet, "{node}.key", "/var/lib/kubelet/kubelet.key"),
    place(Place::Kubelet, "{node}.kubeconfig", "/var/lib/kubelet/kubeconfig"),
    place(Place::Kubelet, "kube-proxy.kubeconfig", "/var/lib/kube-proxy/kubeconfig"),
];

static DIFFERENCES: &[Difference] = &[
    Difference {
        about: same("kube-scheduler.crt"),
        guide: same("O=system:system:kube-scheduler"),
        hardway: same("O=system:kube-scheduler"),
        reason: words(
            "The doubled system: is a slip (issue #931): no rule of Kubernetes knows that group.",
            "system: が二重なのは誤記です（issue #931）。このグループに対する規則は Kubernetes にありません。",
        ),
    },
    Difference {
        about: same("kube-api-server.crt"),
        guide: words(
            "the names kubernetes.svc.cluster.local and kubernetes.default.svc.cluster",
            "名前 kubernetes.svc.cluster.local と kubernetes.default.svc.cluster",
        ),
        hardway: words(
            "the name kubernetes.default.svc.cluster.local",
            "名前 kubernetes.default.svc.cluster.local",
        ),
        reason: words(
            "A service's name has its namespace in it: nobody can dial the guide's two.",
            "Service の名前には名前空間が入ります。ガイドの 2 つの名前には、誰も接続できません。",
        ),
    },
    Difference {
        about: same("kube-api-server.crt"),
        guide: words(
            "the address 10.32.0.1, while kube-apiserver.service sets no --service-cluster-ip-range and so has 10.0.0.1",
            "アドレス 10.32.0.1。しかし kube-apiserver.service は --service-cluster-ip-range を指定しないため、実際は 10.0.0.1",
        ),
        hardway: words(
            "both addresses; the flag --service-cluster-ip-range is shown with the others",
            "両方のアドレス。フラグ --service-cluster-ip-range もほかと一緒に示す",
        ),
        reason: words(
            "Pods reach kube-apiserver with the guide's unit file as it stands and with the flag that it lacks (issues #905, #877).",
            "ガイドのユニットファイルのままでも、足りないフラグを加えても、Pod から kube-apiserver に接続できます（issue #905、#877）。",
        ),
    },
    Difference {
        about: same("ca.crt"),
        guide: words(
            "basicConstraints CA:TRUE and keyUsage cRLSign, keyCertSign, not critical; signed with SHA-512",
            "basicConstraints CA:TRUE と keyUsage cRLSign, keyCertSign（critical なし）。SHA-512 で署名",
        ),
        hardway: words(
            "both critical, digitalSignature too; signed with SHA-256",
            "どちらも critical、digitalSignature も追加。SHA-256 で署名",
        ),
        reason: words(
            "RFC 5280 wants them critical; one digest for all.",
            "RFC 5280 は critical にするよう求めています。ハッシュ関数はすべて同じにします。",
        ),
    },
    Difference {
        about: same("kube-proxy, kube-scheduler, kube-controller-manager"),
        guide: words(
            "serverAuth as well, with a DNS name of their own and 127.0.0.1",
            "serverAuth もあり、自分の DNS 名と 127.0.0.1 も入っている",
        ),
        hardway: words("clientAuth alone, no name", "clientAuth だけ、名前なし"),
        reason: words(
            "Nobody is served with them: a stolen client key cannot pose as a server.",
            "サーバーとして使われることはありません。クライアントの秘密鍵を盗まれても、サーバーになりすまされません。",
        ),
    },
    Difference {
        about: same("node-0.crt, node-1.crt"),
        guide: words("the address 127.0.0.1", "アドレス 127.0.0.1"),
        hardway: words(
            "the node's own address instead",
            "代わりにノード自身のアドレス",
        ),
        reason: words(
            "kube-apiserver dials a kubelet by its node's name and address; nobody dials 127.0.0.1.",
            "kube-apiserver は、ノードの名前とアドレスで kubelet に接続します。127.0.0.1 に接続するものはありません。",
        ),
    },
    Difference {
        about: words("every certificate", "すべての証明書"),
        guide: words("nsCertType and nsComment", "nsCertType と nsComment"),
        hardway: words("neither", "どちらもなし"),
        reason: words(
            "Netscape's extensions: no component reads them.",
            "Netscape 独自の拡張で、読むコンポーネントはありません。",
        ),
    },
    Difference {
        about: same("service-accounts.crt"),
        guide: same("clientAuth"),
        hardway: words("no extendedKeyUsage", "extendedKeyUsage なし"),
        reason: words(
            "Its key signs tokens and takes part in no TLS.",
            "この鍵はトークンの署名用で、TLS には使いません。",
        ),
    },
    Difference {
        about: same("/etc/etcd/"),
        guide: words(
            "copies of ca.crt and kube-api-server.*, which nothing reads: etcd speaks plain HTTP on 127.0.0.1",
            "ca.crt と kube-api-server.* のコピー。etcd は 127.0.0.1 で平文の HTTP を使うため、どこからも読まれない",
        ),
        hardway: words(
            "no copies; etcd still speaks plain HTTP, so the figure has no arrow for it",
            "コピーなし。etcd は平文の HTTP のままなので、図に矢印はない",
        ),
        reason: words(
            "A private key that nothing reads is only one more to lose. The preset hard-way-2025 has etcd with TLS.",
            "使われない秘密鍵は、漏えいのリスクを増やすだけです。etcd で TLS を使うガイドは hard-way-2025 です。",
        ),
    },
    BACKDATED,
    ADMIN_REMOTE,
];
