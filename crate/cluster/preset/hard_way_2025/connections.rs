//! Who calls whom: the rows of the connection matrix, with the flags of the guide.

use crate::ComponentKind::{
    Etcd, Etcdctl, KubeApiserver, KubeControllerManager, KubeProxy, KubeScheduler, Kubectl,
    Kubelet, Pod,
};
use crate::Refusal;
use crate::cluster::preset::Place::{ControlPlane, Kubelet as KubeletNode, Outside};
use crate::cluster::preset::{ConnectionRecipe, CredentialRecipe, DialRecipe, Pairing, Place};

pub(in crate::cluster::preset) static CONNECTIONS: &[ConnectionRecipe] = &[
    ConnectionRecipe {
        kind: "kubectl/kube-apiserver",
        caller: (Kubectl, Outside),
        listener: (KubeApiserver, ControlPlane),
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
        caller: (KubeControllerManager, ControlPlane),
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
        caller: (KubeScheduler, ControlPlane),
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
        caller: (Kubelet, KubeletNode),
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint(
            "the server of the kubelet's kubeconfig",
        )],
        credential: CredentialRecipe::Certificate("{node}"),
        caller_flags: &[("--kubeconfig", "/var/lib/kubelet/kubelet.kubeconfig")],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-proxy/kube-apiserver",
        caller: (KubeProxy, KubeletNode),
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint("the server of kube-proxy.kubeconfig")],
        credential: CredentialRecipe::Certificate("kube-proxy"),
        caller_flags: &[(
            "clientConnection.kubeconfig",
            "/var/lib/kube-proxy/kube-proxy.kubeconfig",
        )],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-apiserver/etcd",
        caller: (KubeApiserver, ControlPlane),
        pairing: Pairing::Every,
        dials: &[DialRecipe::NodeAddress("--etcd-servers names every member")],
        caller_flags: &[
            ("--etcd-cafile", "/var/lib/kubernetes/pki/ca.crt"),
            ("--etcd-certfile", "/var/lib/kubernetes/pki/etcd-server.crt"),
            ("--etcd-keyfile", "/var/lib/kubernetes/pki/etcd-server.key"),
        ],
        ..TO_ETCD
    },
    ConnectionRecipe {
        kind: "etcd/etcd-peer",
        caller: (Etcd, Place::Etcd),
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
        caller: (Etcd, Place::Etcd),
        dials: &[
            DialRecipe::NodeAddress("--listen-client-urls, by its own gRPC gateway"),
            DialRecipe::Loopback("--listen-client-urls, by its own gRPC gateway"),
        ],
        caller_flags: ETCD_FLAGS,
        ..TO_ETCD
    },
    ConnectionRecipe {
        kind: "etcdctl/etcd",
        caller: (Etcdctl, Place::Etcd),
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
        caller: (KubeApiserver, ControlPlane),
        listener: (Kubelet, KubeletNode),
        pairing: Pairing::Every,
        port: 10250,
        // The order of --kubelet-preferred-address-types.
        dials: &[
            DialRecipe::NodeName("the Hostname that the node reports"),
            DialRecipe::NodeAddress("the InternalIP that the node reports"),
        ],
        credential: CredentialRecipe::Certificate("apiserver-kubelet-client"),
        caller_trusts: "ca",
        caller_flags: &[
            (
                "--kubelet-certificate-authority",
                "/var/lib/kubernetes/pki/ca.crt",
            ),
            (
                "--kubelet-client-certificate",
                "/var/lib/kubernetes/pki/apiserver-kubelet-client.crt",
            ),
            (
                "--kubelet-client-key",
                "/var/lib/kubernetes/pki/apiserver-kubelet-client.key",
            ),
        ],
        server_certificate: "{node}",
        listener_trusts: Some("ca"),
        listener_flags: &[
            ("tlsCertFile", "/var/lib/kubernetes/pki/{node}.crt"),
            ("tlsPrivateKeyFile", "/var/lib/kubernetes/pki/{node}.key"),
            (
                "authentication.x509.clientCAFile",
                "/var/lib/kubernetes/pki/ca.crt",
            ),
        ],
        refusal: Refusal::Http401,
    },
    ConnectionRecipe {
        kind: "pod/kube-apiserver",
        caller: (Pod, KubeletNode),
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
            (
                "--tls-cert-file",
                "/var/lib/kubernetes/pki/kube-apiserver.crt",
            ),
            (
                "--tls-private-key-file",
                "/var/lib/kubernetes/pki/kube-apiserver.key",
            ),
            (
                "--service-account-key-file",
                "/var/lib/kubernetes/pki/service-account.crt",
            ),
        ],
        ..TO_APISERVER
    },
];

const TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "",
    caller: (Kubectl, Outside),
    listener: (KubeApiserver, ControlPlane),
    pairing: Pairing::SameNode,
    port: 6443,
    dials: &[],
    credential: CredentialRecipe::Certificate("admin"),
    caller_trusts: "ca",
    caller_flags: &[],
    server_certificate: "kube-apiserver",
    listener_trusts: Some("ca"),
    listener_flags: &[
        (
            "--tls-cert-file",
            "/var/lib/kubernetes/pki/kube-apiserver.crt",
        ),
        (
            "--tls-private-key-file",
            "/var/lib/kubernetes/pki/kube-apiserver.key",
        ),
        ("--client-ca-file", "/var/lib/kubernetes/pki/ca.crt"),
    ],
    // kube-apiserver asks for a certificate but does not require one: a bad one is answered, not cut off.
    refusal: Refusal::Http401,
};

const TO_ETCD: ConnectionRecipe = ConnectionRecipe {
    caller: (Etcd, Place::Etcd),
    listener: (Etcd, Place::Etcd),
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
