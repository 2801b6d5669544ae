//! mmumshad/kubernetes-the-hard-way as it stood in 2020, docs 04 to 13.
//!
//! Two key pairs play two roles each, as in the guide: `kube-apiserver` also calls the kubelets, and
//! `etcd-server` is etcd's server, its peer and kube-apiserver's client at etcd.

use super::{
    CertificateRecipe, ConnectionRecipe, CredentialRecipe, DialRecipe, Difference, Each,
    KubeconfigRecipe, Pairing, PlacementRecipe, Preset, Server, Station,
};
use crate::cluster::{KeyAlgorithm, Role};
use crate::{
    Attribute::{CommonName as CN, Organization as O},
    CertificateKind,
    ComponentKind::{
        Etcd, Etcdctl, KubeApiserver, KubeControllerManager, KubeProxy, KubeScheduler, Kubectl,
        Kubelet, Pod,
    },
    Refusal,
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

const CONTROL_PLANE: Station = Station::On(Role::ControlPlane);
const WORKER: Station = Station::On(Role::Worker);

static CONNECTIONS: &[ConnectionRecipe] = &[
    ConnectionRecipe {
        kind: "kubectl/kube-apiserver",
        caller: (Kubectl, Station::Outside),
        listener: (KubeApiserver, Role::ControlPlane),
        pairing: Pairing::Every,
        port: 6443,
        dials: &[
            DialRecipe::Endpoint("the server of admin-remote.kubeconfig"),
            DialRecipe::NodeAddress("one API server by itself, past the load balancer"),
            DialRecipe::Loopback("the server of admin.kubeconfig, on the node itself"),
        ],
        credential: CredentialRecipe::Certificate("admin"),
        caller_flags: &[("--kubeconfig", "admin-remote.kubeconfig")],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-controller-manager/kube-apiserver",
        caller: (KubeControllerManager, CONTROL_PLANE),
        dials: &[DialRecipe::Loopback(
            "the server of kube-controller-manager.kubeconfig",
        )],
        credential: CredentialRecipe::Certificate("kube-controller-manager"),
        caller_flags: &[(
            "--kubeconfig",
            "/var/lib/kubernetes/kube-controller-manager.kubeconfig",
        )],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-scheduler/kube-apiserver",
        caller: (KubeScheduler, CONTROL_PLANE),
        dials: &[DialRecipe::Loopback(
            "the server of kube-scheduler.kubeconfig",
        )],
        credential: CredentialRecipe::Certificate("kube-scheduler"),
        caller_flags: &[(
            "--kubeconfig",
            "/var/lib/kubernetes/kube-scheduler.kubeconfig",
        )],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kubelet/kube-apiserver",
        caller: (Kubelet, WORKER),
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint(
            "the server of the kubelet's kubeconfig",
        )],
        credential: CredentialRecipe::Certificate("{node}"),
        caller_flags: &[("--kubeconfig", "/var/lib/kubelet/kubeconfig")],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-proxy/kube-apiserver",
        caller: (KubeProxy, WORKER),
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint("the server of kube-proxy.kubeconfig")],
        credential: CredentialRecipe::Certificate("kube-proxy"),
        caller_flags: &[(
            "clientConnection.kubeconfig",
            "/var/lib/kube-proxy/kubeconfig",
        )],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-apiserver/etcd",
        caller: (KubeApiserver, CONTROL_PLANE),
        pairing: Pairing::Every,
        dials: &[DialRecipe::NodeAddress("--etcd-servers names every member")],
        caller_flags: &[
            ("--etcd-cafile", "/var/lib/kubernetes/ca.crt"),
            ("--etcd-certfile", "/var/lib/kubernetes/etcd-server.crt"),
            ("--etcd-keyfile", "/var/lib/kubernetes/etcd-server.key"),
        ],
        ..TO_ETCD
    },
    ConnectionRecipe {
        kind: "etcd/etcd-peer",
        caller: (Etcd, CONTROL_PLANE),
        pairing: Pairing::Others,
        port: 2380,
        dials: &[DialRecipe::NodeAddress(
            "--initial-cluster names every member",
        )],
        caller_flags: PEER_FLAGS,
        listener_flags: PEER_FLAGS,
        ..TO_ETCD
    },
    ConnectionRecipe {
        // The gRPC gateway of every member is a client of its own server, with the server's certificate.
        // https://github.com/etcd-io/etcd/issues/9785
        kind: "etcd/etcd-self",
        caller: (Etcd, CONTROL_PLANE),
        dials: &[
            DialRecipe::NodeAddress("--listen-client-urls, by its own gRPC gateway"),
            DialRecipe::Loopback("--listen-client-urls, by its own gRPC gateway"),
        ],
        caller_flags: ETCD_FLAGS,
        ..TO_ETCD
    },
    ConnectionRecipe {
        kind: "etcdctl/etcd",
        caller: (Etcdctl, CONTROL_PLANE),
        dials: &[DialRecipe::Loopback("--endpoints, on the node itself")],
        caller_flags: &[
            ("--cacert", "/etc/etcd/ca.crt"),
            ("--cert", "/etc/etcd/etcd-server.crt"),
            ("--key", "/etc/etcd/etcd-server.key"),
        ],
        ..TO_ETCD
    },
    ConnectionRecipe {
        kind: "kube-apiserver/kubelet",
        caller: (KubeApiserver, CONTROL_PLANE),
        listener: (Kubelet, Role::Worker),
        pairing: Pairing::Every,
        port: 10250,
        // The order of --kubelet-preferred-address-types.
        dials: &[
            DialRecipe::NodeName("the Hostname that the node reports"),
            DialRecipe::NodeAddress("the InternalIP that the node reports"),
        ],
        credential: CredentialRecipe::Certificate("kube-apiserver"),
        caller_trusts: "ca",
        caller_flags: &[
            (
                "--kubelet-certificate-authority",
                "/var/lib/kubernetes/ca.crt",
            ),
            (
                "--kubelet-client-certificate",
                "/var/lib/kubernetes/kube-apiserver.crt",
            ),
            (
                "--kubelet-client-key",
                "/var/lib/kubernetes/kube-apiserver.key",
            ),
        ],
        server_certificate: "{node}",
        listener_trusts: Some("ca"),
        listener_flags: &[
            ("tlsCertFile", "/var/lib/kubelet/{node}.crt"),
            ("tlsPrivateKeyFile", "/var/lib/kubelet/{node}.key"),
            (
                "authentication.x509.clientCAFile",
                "/var/lib/kubernetes/ca.crt",
            ),
        ],
        refusal: Refusal::Http401,
    },
    ConnectionRecipe {
        kind: "pod/kube-apiserver",
        caller: (Pod, WORKER),
        pairing: Pairing::Every,
        port: 443,
        dials: &[
            DialRecipe::ServiceAddress(
                "KUBERNETES_SERVICE_HOST, the first address of the service CIDR",
            ),
            DialRecipe::ServiceNames("the service kubernetes in the namespace default"),
        ],
        credential: CredentialRecipe::Token("service-account"),
        caller_flags: &[(
            "ca.crt and token",
            "/var/run/secrets/kubernetes.io/serviceaccount/",
        )],
        listener_trusts: None,
        listener_flags: &[
            ("--tls-cert-file", "/var/lib/kubernetes/kube-apiserver.crt"),
            (
                "--tls-private-key-file",
                "/var/lib/kubernetes/kube-apiserver.key",
            ),
            (
                "--service-account-key-file",
                "/var/lib/kubernetes/service-account.crt",
            ),
        ],
        ..TO_APISERVER
    },
];

const TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "",
    caller: (Kubectl, Station::Outside),
    listener: (KubeApiserver, Role::ControlPlane),
    pairing: Pairing::SameNode,
    port: 6443,
    dials: &[],
    credential: CredentialRecipe::Certificate("admin"),
    caller_trusts: "ca",
    caller_flags: &[],
    server_certificate: "kube-apiserver",
    listener_trusts: Some("ca"),
    listener_flags: &[
        ("--tls-cert-file", "/var/lib/kubernetes/kube-apiserver.crt"),
        (
            "--tls-private-key-file",
            "/var/lib/kubernetes/kube-apiserver.key",
        ),
        ("--client-ca-file", "/var/lib/kubernetes/ca.crt"),
    ],
    // kube-apiserver asks for a certificate but does not require one: a bad one is answered, not cut off.
    refusal: Refusal::Http401,
};

const TO_ETCD: ConnectionRecipe = ConnectionRecipe {
    caller: (Etcd, CONTROL_PLANE),
    listener: (Etcd, Role::ControlPlane),
    port: 2379,
    credential: CredentialRecipe::Certificate("etcd-server"),
    server_certificate: "etcd-server",
    listener_flags: ETCD_FLAGS,
    refusal: Refusal::TlsAlert,
    ..TO_APISERVER
};

const ETCD_FLAGS: &[(&str, &str)] = &[
    ("--cert-file", "/etc/etcd/etcd-server.crt"),
    ("--key-file", "/etc/etcd/etcd-server.key"),
    ("--trusted-ca-file", "/etc/etcd/ca.crt"),
    ("--client-cert-auth", "true"),
];

const PEER_FLAGS: &[(&str, &str)] = &[
    ("--peer-cert-file", "/etc/etcd/etcd-server.crt"),
    ("--peer-key-file", "/etc/etcd/etcd-server.key"),
    ("--peer-trusted-ca-file", "/etc/etcd/ca.crt"),
    ("--peer-client-cert-auth", "true"),
];

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
