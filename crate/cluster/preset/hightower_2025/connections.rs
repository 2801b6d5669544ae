//! What the guide decides of the connection matrix: certificates, paths, and what the kubeconfigs dial. Its etcd speaks plain
//! HTTP: no certificate guards that way, so no row here tells of it.

use crate::cluster::preset::{ConnectionRecipe, CredentialRecipe, DialRecipe, Pairing, matrix};
use crate::words::words;

#[rustfmt::skip] // A table: one line each.
pub(super) static CONNECTIONS: &[ConnectionRecipe] = &[
    ConnectionRecipe {
        dials: &[
            DialRecipe::Endpoint(words("the server of admin-remote.kubeconfig", "admin-remote.kubeconfig の server")),
            DialRecipe::NodeAddress(words("one API server by itself", "API サーバー 1 台に直接")),
            DialRecipe::Loopback(words("the server of admin.kubeconfig, on the node itself", "admin.kubeconfig の server（そのノード上で）")),
        ],
        ..apiserver(matrix::KUBECTL_TO_APISERVER)
    },
    ConnectionRecipe {
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint(words("the server of kube-controller-manager.kubeconfig", "kube-controller-manager.kubeconfig の server"))],
        credential: CredentialRecipe::Certificate("kube-controller-manager"),
        caller_flags: &[("--kubeconfig", "/var/lib/kubernetes/kube-controller-manager.kubeconfig")],
        ..apiserver(matrix::CONTROLLER_MANAGER_TO_APISERVER)
    },
    ConnectionRecipe {
        pairing: Pairing::ThroughEndpoint,
        dials: &[DialRecipe::Endpoint(words("the server of kube-scheduler.kubeconfig", "kube-scheduler.kubeconfig の server"))],
        credential: CredentialRecipe::Certificate("kube-scheduler"),
        caller_flags: &[("--kubeconfig", "/var/lib/kubernetes/kube-scheduler.kubeconfig")],
        ..apiserver(matrix::SCHEDULER_TO_APISERVER)
    },
    ConnectionRecipe {
        caller_flags: &[("--kubeconfig", "/var/lib/kubelet/kubeconfig")],
        ..apiserver(matrix::KUBELET_TO_APISERVER)
    },
    ConnectionRecipe {
        caller_flags: &[("clientConnection.kubeconfig", "/var/lib/kube-proxy/kubeconfig")],
        ..apiserver(matrix::KUBE_PROXY_TO_APISERVER)
    },
    ConnectionRecipe {
        credential: CredentialRecipe::Certificate("kube-api-server"),
        caller_flags: &matrix::apiserver_at_kubelet(
            "/var/lib/kubernetes/ca.crt",
            "/var/lib/kubernetes/kube-api-server.crt",
            "/var/lib/kubernetes/kube-api-server.key",
        ),
        listener_flags: &matrix::kubelet_serving(
            "/var/lib/kubelet/ca.crt",
            "/var/lib/kubelet/kubelet.crt",
            "/var/lib/kubelet/kubelet.key",
        ),
        ..matrix::APISERVER_TO_KUBELET
    },
    ConnectionRecipe {
        dials: &[
            matrix::POD_SERVICE_ADDRESS,
            DialRecipe::Address(
                [10, 0, 0, 1],
                words("the same while kube-apiserver has no --service-cluster-ip-range, as in the guide", "同じ Service アドレス。ガイドのとおり kube-apiserver に --service-cluster-ip-range がない場合"),
            ),
            matrix::POD_SERVICE_NAMES,
        ],
        credential: CredentialRecipe::Token("service-accounts"),
        listener_flags: &[
            ("--tls-cert-file", "/var/lib/kubernetes/kube-api-server.crt"),
            ("--tls-private-key-file", "/var/lib/kubernetes/kube-api-server.key"),
            ("--service-account-key-file", "/var/lib/kubernetes/service-accounts.crt"),
            // The guide's unit file lacks it.
            ("--service-cluster-ip-range", "{service-cidr}"),
        ],
        ..apiserver(matrix::POD_TO_APISERVER)
    },
];

const fn apiserver(row: ConnectionRecipe) -> ConnectionRecipe {
    ConnectionRecipe {
        server_certificate: "kube-api-server",
        listener_flags: APISERVER_SERVING,
        ..row
    }
}

const APISERVER_SERVING: &[(&str, &str)] = &matrix::apiserver_serving(
    "/var/lib/kubernetes/ca.crt",
    "/var/lib/kubernetes/kube-api-server.crt",
    "/var/lib/kubernetes/kube-api-server.key",
);
