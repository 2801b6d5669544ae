//! Who calls whom in a cluster of kubeadm's: the rows of the connection matrix, with the flags of its manifests.

use crate::ComponentKind::{
    Etcd, Etcdctl, KubeApiserver, KubeControllerManager, KubeScheduler, Kubectl, Kubelet, Pod,
};
use crate::Refusal;
use crate::cluster::preset::Place::{ControlPlane, Kubelet as KubeletNode, Outside};
use crate::cluster::preset::{ConnectionRecipe, CredentialRecipe, DialRecipe, Pairing, Place};

pub(in crate::cluster::preset) static CONNECTIONS: &[ConnectionRecipe] = &[
    ConnectionRecipe {
        kind: "kubectl/kube-apiserver",
        caller: (Kubectl, Outside),
        pairing: Pairing::Every,
        dials: &[
            DialRecipe::Endpoint("the server of admin.conf"),
            DialRecipe::NodeAddress("one API server by itself, past the load balancer"),
            DialRecipe::NodeName("the name of the control plane's node"),
        ],
        credential: CredentialRecipe::Certificate("admin"),
        caller_flags: &[("--kubeconfig", "admin.conf")],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-controller-manager/kube-apiserver",
        caller: (KubeControllerManager, ControlPlane),
        dials: &[DialRecipe::NodeAddress(
            "the server of controller-manager.conf",
        )],
        credential: CredentialRecipe::Certificate("controller-manager"),
        caller_flags: &[("--kubeconfig", "/etc/kubernetes/controller-manager.conf")],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-scheduler/kube-apiserver",
        caller: (KubeScheduler, ControlPlane),
        dials: &[DialRecipe::NodeAddress("the server of scheduler.conf")],
        credential: CredentialRecipe::Certificate("scheduler"),
        caller_flags: &[("--kubeconfig", "/etc/kubernetes/scheduler.conf")],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kubelet/kube-apiserver",
        caller: (Kubelet, KubeletNode),
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint("the server of kubelet.conf")],
        credential: CredentialRecipe::Certificate("{node}/kubelet-client"),
        caller_flags: &[("--kubeconfig", "/etc/kubernetes/kubelet.conf")],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-apiserver/etcd",
        caller: (KubeApiserver, ControlPlane),
        pairing: Pairing::OwnOrEvery,
        dials: &[DialRecipe::OwnOrAddress("--etcd-servers")],
        credential: CredentialRecipe::Certificate("apiserver-etcd-client"),
        caller_flags: &[
            ("--etcd-cafile", "/etc/kubernetes/pki/etcd/ca.crt"),
            (
                "--etcd-certfile",
                "/etc/kubernetes/pki/apiserver-etcd-client.crt",
            ),
            (
                "--etcd-keyfile",
                "/etc/kubernetes/pki/apiserver-etcd-client.key",
            ),
        ],
        ..TO_ETCD
    },
    ConnectionRecipe {
        kind: "etcd/etcd-peer",
        pairing: Pairing::Others,
        port: 2380,
        dials: &[DialRecipe::NodeAddress(
            "--initial-cluster names every member",
        )],
        credential: CredentialRecipe::Certificate("{node}/etcd/peer"),
        server_certificate: "{node}/etcd/peer",
        caller_flags: PEER_FLAGS,
        listener_flags: PEER_FLAGS,
        ..TO_ETCD
    },
    ConnectionRecipe {
        // The gRPC gateway of every member is a client of its own server, with the server's certificate.
        // https://github.com/etcd-io/etcd/issues/9785
        kind: "etcd/etcd-self",
        dials: &[
            DialRecipe::NodeAddress("--listen-client-urls, by its own gRPC gateway"),
            DialRecipe::Loopback("--listen-client-urls, by its own gRPC gateway"),
        ],
        credential: CredentialRecipe::Certificate("{node}/etcd/server"),
        caller_flags: ETCD_FLAGS,
        ..TO_ETCD
    },
    ConnectionRecipe {
        kind: "etcdctl/etcd",
        caller: (Etcdctl, Place::Etcd),
        dials: &[
            DialRecipe::Loopback("--endpoints, on the node itself"),
            DialRecipe::Localhost("--endpoints, on the node itself"),
            DialRecipe::NodeName("--endpoints, by the member's own name"),
        ],
        credential: CredentialRecipe::Certificate("etcd/healthcheck-client"),
        caller_flags: &[
            ("--cacert", "/etc/kubernetes/pki/etcd/ca.crt"),
            ("--cert", "/etc/kubernetes/pki/etcd/healthcheck-client.crt"),
            ("--key", "/etc/kubernetes/pki/etcd/healthcheck-client.key"),
        ],
        ..TO_ETCD
    },
    ConnectionRecipe {
        kind: "kube-apiserver/kubelet",
        caller: (KubeApiserver, ControlPlane),
        listener: (Kubelet, KubeletNode),
        pairing: Pairing::Every,
        port: 10250,
        // kubeadm's --kubelet-preferred-address-types is InternalIP,ExternalIP,Hostname.
        dials: &[
            DialRecipe::NodeAddress("the InternalIP that the node reports"),
            DialRecipe::NodeName("the Hostname that the node reports"),
        ],
        credential: CredentialRecipe::Certificate("apiserver-kubelet-client"),
        caller_flags: &[
            (
                "--kubelet-certificate-authority",
                "/etc/kubernetes/pki/ca.crt",
            ),
            (
                "--kubelet-client-certificate",
                "/etc/kubernetes/pki/apiserver-kubelet-client.crt",
            ),
            (
                "--kubelet-client-key",
                "/etc/kubernetes/pki/apiserver-kubelet-client.key",
            ),
        ],
        server_certificate: "{node}/kubelet",
        listener_flags: &[
            ("tlsCertFile", "/var/lib/kubelet/pki/kubelet.crt"),
            ("tlsPrivateKeyFile", "/var/lib/kubelet/pki/kubelet.key"),
            (
                "authentication.x509.clientCAFile",
                "/etc/kubernetes/pki/ca.crt",
            ),
        ],
        ..TO_APISERVER
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
        credential: CredentialRecipe::Token("sa"),
        caller_flags: &[(
            "ca.crt and token",
            "/var/run/secrets/kubernetes.io/serviceaccount/",
        )],
        listener_trusts: None,
        listener_flags: &[
            ("--tls-cert-file", "/etc/kubernetes/pki/apiserver.crt"),
            (
                "--tls-private-key-file",
                "/etc/kubernetes/pki/apiserver.key",
            ),
            ("--service-account-key-file", "/etc/kubernetes/pki/sa.pub"),
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
    server_certificate: "{node}/apiserver",
    listener_trusts: Some("ca"),
    listener_flags: &[
        ("--tls-cert-file", "/etc/kubernetes/pki/apiserver.crt"),
        (
            "--tls-private-key-file",
            "/etc/kubernetes/pki/apiserver.key",
        ),
        ("--client-ca-file", "/etc/kubernetes/pki/ca.crt"),
    ],
    // kube-apiserver asks for a certificate but does not require one: a bad one is answered, not cut off.
    refusal: Refusal::Http401,
};

const TO_ETCD: ConnectionRecipe = ConnectionRecipe {
    caller: (Etcd, Place::Etcd),
    listener: (Etcd, Place::Etcd),
    port: 2379,
    caller_trusts: "etcd/ca",
    server_certificate: "{node}/etcd/server",
    listener_trusts: Some("etcd/ca"),
    listener_flags: ETCD_FLAGS,
    refusal: Refusal::TlsAlert,
    ..TO_APISERVER
};

const ETCD_FLAGS: &[(&str, &str)] = &[
    ("--cert-file", "/etc/kubernetes/pki/etcd/server.crt"),
    ("--key-file", "/etc/kubernetes/pki/etcd/server.key"),
    ("--trusted-ca-file", "/etc/kubernetes/pki/etcd/ca.crt"),
    ("--client-cert-auth", "true"),
];

const PEER_FLAGS: &[(&str, &str)] = &[
    ("--peer-cert-file", "/etc/kubernetes/pki/etcd/peer.crt"),
    ("--peer-key-file", "/etc/kubernetes/pki/etcd/peer.key"),
    ("--peer-trusted-ca-file", "/etc/kubernetes/pki/etcd/ca.crt"),
    ("--peer-client-cert-auth", "true"),
];
