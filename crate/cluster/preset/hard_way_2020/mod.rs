//! mmumshad/kubernetes-the-hard-way as it stood in 2020, docs 04 to 13.
//!
//! Two key pairs play two roles each, as in the guide: `kube-apiserver` also calls the kubelets, and
//! `etcd-server` is etcd's server, its peer and kube-apiserver's client at etcd.

mod connections;

use self::connections::CONNECTIONS;
use super::{
    CertificateRecipe, Difference, Each, KubeconfigRecipe, PlacementRecipe, Preset, Server,
};
use crate::cluster::{KeyAlgorithm, Role};
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
        ("loadbalancer", Role::LoadBalancer, "192.168.5.30"),
        ("master-1", Role::ControlPlane, "192.168.5.11"),
        ("master-2", Role::ControlPlane, "192.168.5.12"),
        ("worker-1", Role::Worker, "192.168.5.21"),
        ("worker-2", Role::Worker, "192.168.5.22"),
    ],
    service_cidr: "10.96.0.0/24",
    cluster_domain: "cluster.local",
    key_algorithm: KeyAlgorithm::Rsa2048,
    validity_days: 1000,
    certificates: CERTIFICATES,
    connections: CONNECTIONS,
    kubeconfigs: KUBECONFIGS,
    placements: PLACEMENTS,
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
        id: "{node}",
        each: Each::Node(Role::Worker),
        kind: CertificateKind::ServerClient,
        // https://kubernetes.io/docs/reference/access-authn-authz/node/
        subject: &[(CN, "system:node:{node}"), (O, "system:nodes")],
        issuer: "ca",
    },
];

const fn once(
    id: &'static str,
    kind: CertificateKind,
    subject: &'static [(crate::Attribute, &'static str)],
) -> CertificateRecipe {
    CertificateRecipe {
        id,
        each: Each::Cluster,
        kind,
        subject,
        issuer: "ca",
    }
}

static KUBECONFIGS: &[KubeconfigRecipe] = &[
    kubeconfig(
        "kube-proxy.kubeconfig",
        "system:kube-proxy",
        "kube-proxy",
        Server::Endpoint,
    ),
    kubeconfig(
        "kube-controller-manager.kubeconfig",
        "system:kube-controller-manager",
        "kube-controller-manager",
        Server::Loopback,
    ),
    kubeconfig(
        "kube-scheduler.kubeconfig",
        "system:kube-scheduler",
        "kube-scheduler",
        Server::Loopback,
    ),
    kubeconfig("admin.kubeconfig", "admin", "admin", Server::Loopback),
    // The guide writes this one straight to ~/.kube/config of the operator's computer (docs/11).
    kubeconfig(
        "admin-remote.kubeconfig",
        "admin",
        "admin",
        Server::Endpoint,
    ),
    KubeconfigRecipe {
        each: Each::Node(Role::Worker),
        ..kubeconfig(
            "{node}.kubeconfig",
            "system:node:{node}",
            "{node}",
            Server::Endpoint,
        )
    },
];

const fn kubeconfig(
    file: &'static str,
    user: &'static str,
    certificate: &'static str,
    server: Server,
) -> KubeconfigRecipe {
    KubeconfigRecipe {
        file,
        each: Each::Cluster,
        user,
        certificate,
        authority: "ca",
        server,
    }
}

static PLACEMENTS: &[PlacementRecipe] = &[
    master("ca.crt", "/var/lib/kubernetes/ca.crt"),
    // kube-controller-manager signs the CSRs of joining nodes with it.
    master("ca.key", "/var/lib/kubernetes/ca.key"),
    master(
        "kube-apiserver.crt",
        "/var/lib/kubernetes/kube-apiserver.crt",
    ),
    master(
        "kube-apiserver.key",
        "/var/lib/kubernetes/kube-apiserver.key",
    ),
    master(
        "service-account.crt",
        "/var/lib/kubernetes/service-account.crt",
    ),
    master(
        "service-account.key",
        "/var/lib/kubernetes/service-account.key",
    ),
    master("etcd-server.crt", "/var/lib/kubernetes/etcd-server.crt"),
    master("etcd-server.key", "/var/lib/kubernetes/etcd-server.key"),
    master("ca.crt", "/etc/etcd/ca.crt"),
    master("etcd-server.crt", "/etc/etcd/etcd-server.crt"),
    master("etcd-server.key", "/etc/etcd/etcd-server.key"),
    master(
        "kube-controller-manager.kubeconfig",
        "/var/lib/kubernetes/kube-controller-manager.kubeconfig",
    ),
    master(
        "kube-scheduler.kubeconfig",
        "/var/lib/kubernetes/kube-scheduler.kubeconfig",
    ),
    master("admin.kubeconfig", "~/admin.kubeconfig"),
    worker("ca.crt", "/var/lib/kubernetes/ca.crt"),
    worker("{node}.crt", "/var/lib/kubelet/{node}.crt"),
    worker("{node}.key", "/var/lib/kubelet/{node}.key"),
    worker("{node}.kubeconfig", "/var/lib/kubelet/kubeconfig"),
    worker("kube-proxy.kubeconfig", "/var/lib/kube-proxy/kubeconfig"),
];

const fn master(file: &'static str, path: &'static str) -> PlacementRecipe {
    PlacementRecipe {
        on: Role::ControlPlane,
        file,
        path,
    }
}

const fn worker(file: &'static str, path: &'static str) -> PlacementRecipe {
    PlacementRecipe {
        on: Role::Worker,
        file,
        path,
    }
}

static DIFFERENCES: &[Difference] = &[
    Difference {
        about: "ca.crt",
        guide: "no extensions: X.509 v1 before OpenSSL 3.2, v3 without basicConstraints since",
        hardway: "v3 with critical basicConstraints CA:TRUE and keyUsage keyCertSign, cRLSign, digitalSignature",
        reason: "Go trusts no v3 certificate as an authority that does not say it is one: under OpenSSL 3.2 and later the guide's cluster does not come up.",
    },
    Difference {
        about: "every certificate",
        guide: "no extendedKeyUsage",
        hardway: "serverAuth for listeners, clientAuth for callers, both for kube-apiserver, etcd-server and the workers, none for service-account",
        reason: "A stolen client key cannot pose as a server. The three that play both roles say so.",
    },
    Difference {
        about: "every certificate",
        guide: "no key identifiers on client certificates",
        hardway: "subjectKeyIdentifier and authorityKeyIdentifier (RFC 7093 method 1)",
        reason: "Tells apart two authorities of the same name, and Python 3.13's strict verification wants them.",
    },
    Difference {
        about: "server certificates",
        guide: "keyUsage nonRepudiation, digitalSignature, keyEncipherment, not critical",
        hardway: "critical keyUsage digitalSignature, keyEncipherment",
        reason: "TLS needs no nonRepudiation; RFC 5280 wants keyUsage critical.",
    },
    Difference {
        about: "every certificate",
        guide: "valid from the second of signing",
        hardway: "valid from five minutes before",
        reason: "A node whose clock is slow does not refuse its own cluster.",
    },
    Difference {
        about: "worker-2",
        guide: "no certificate: TLS bootstrap with a token",
        hardway: "a certificate for every worker",
        reason: "Every arrow has its two files from the start; TLS bootstrap still works next to it.",
    },
    Difference {
        about: "admin-remote.kubeconfig",
        guide: "written to ~/.kube/config by kubectl commands",
        hardway: "a file of its own in the bundle",
        reason: "Nothing of the operator's own is overwritten.",
    },
];
