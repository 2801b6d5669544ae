//! Who calls whom: the rows of the connection matrix, with the flags of the guide. Its etcd speaks plain HTTP:
//! no certificate guards that way, so no row here tells of it.

use crate::ComponentKind::{
    KubeApiserver, KubeControllerManager, KubeProxy, KubeScheduler, Kubectl, Kubelet, Pod,
};
use crate::Refusal;
use crate::cluster::preset::Place::{ControlPlane, Kubelet as KubeletNode, Outside};
use crate::cluster::preset::{ConnectionRecipe, CredentialRecipe, DialRecipe, Pairing};

pub(super) static CONNECTIONS: &[ConnectionRecipe] = &[
    ConnectionRecipe {
        kind: "kubectl/kube-apiserver",
        caller: (Kubectl, Outside),
        listener: (KubeApiserver, ControlPlane),
        pairing: Pairing::Every,
        port: 6443,
        dials: &[
            DialRecipe::Endpoint("the server of admin-remote.kubeconfig"),
            DialRecipe::NodeAddress("one API server by itself"),
            DialRecipe::Loopback("the server of admin.kubeconfig, on the node itself"),
        ],
        credential: CredentialRecipe::Certificate("admin"),
        caller_flags: &[("--kubeconfig", "admin-remote.kubeconfig")],
        ..TO_APISERVER
    },
    ConnectionRecipe {
        kind: "kube-controller-manager/kube-apiserver",
        caller: (KubeControllerManager, ControlPlane),
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint(
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
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint(
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
        caller_flags: &[("--kubeconfig", "/var/lib/kubelet/kubeconfig")],
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
            "/var/lib/kube-proxy/kubeconfig",
        )],
        ..TO_APISERVER
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
        credential: CredentialRecipe::Certificate("kube-api-server"),
        caller_trusts: "ca",
        caller_flags: &[
            (
                "--kubelet-certificate-authority",
                "/var/lib/kubernetes/ca.crt",
            ),
            (
                "--kubelet-client-certificate",
                "/var/lib/kubernetes/kube-api-server.crt",
            ),
            (
                "--kubelet-client-key",
                "/var/lib/kubernetes/kube-api-server.key",
            ),
        ],
        server_certificate: "{node}",
        listener_trusts: Some("ca"),
        listener_flags: &[
            ("tlsCertFile", "/var/lib/kubelet/kubelet.crt"),
            ("tlsPrivateKeyFile", "/var/lib/kubelet/kubelet.key"),
            (
                "authentication.x509.clientCAFile",
                "/var/lib/kubelet/ca.crt",
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
            DialRecipe::Address(
                [10, 0, 0, 1],
                "the same while kube-apiserver has no --service-cluster-ip-range, as in the guide",
            ),
            DialRecipe::ServiceNames("the service kubernetes in the namespace default"),
        ],
        credential: CredentialRecipe::Token("service-accounts"),
        caller_flags: &[(
            "ca.crt and token",
            "/var/run/secrets/kubernetes.io/serviceaccount/",
        )],
        listener_trusts: None,
        listener_flags: &[
            ("--tls-cert-file", "/var/lib/kubernetes/kube-api-server.crt"),
            (
                "--tls-private-key-file",
                "/var/lib/kubernetes/kube-api-server.key",
            ),
            (
                "--service-account-key-file",
                "/var/lib/kubernetes/service-accounts.crt",
            ),
            // The guide's unit file lacks it.
            ("--service-cluster-ip-range", "{service-cidr}"),
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
    server_certificate: "kube-api-server",
    listener_trusts: Some("ca"),
    listener_flags: &[
        ("--tls-cert-file", "/var/lib/kubernetes/kube-api-server.crt"),
        (
            "--tls-private-key-file",
            "/var/lib/kubernetes/kube-api-server.key",
        ),
        ("--client-ca-file", "/var/lib/kubernetes/ca.crt"),
    ],
    // kube-apiserver asks for a certificate but does not require one: a bad one is answered, not cut off.
    refusal: Refusal::Http401,
};
