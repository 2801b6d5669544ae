//! What the guide decides of the connection matrix: certificates, paths, and what the kubeconfigs dial.

use crate::cluster::preset::{ConnectionRecipe, CredentialRecipe, DialRecipe, matrix};
use crate::words::words;

#[rustfmt::skip] // A table: one line each.
pub(super) static CONNECTIONS: &[ConnectionRecipe] = &[
    apiserver(matrix::KUBECTL_TO_APISERVER),
    CONTROLLER_MANAGER_TO_APISERVER,
    SCHEDULER_TO_APISERVER,
    ConnectionRecipe {
        caller_flags: &[("--kubeconfig", "/var/lib/kubelet/kubeconfig")],
        ..apiserver(matrix::KUBELET_TO_APISERVER)
    },
    ConnectionRecipe {
        caller_flags: &[("clientConnection.kubeconfig", "/var/lib/kube-proxy/kubeconfig")],
        ..apiserver(matrix::KUBE_PROXY_TO_APISERVER)
    },
    ConnectionRecipe {
        caller_flags: &matrix::apiserver_at_etcd(
            "/var/lib/kubernetes/ca.crt",
            "/var/lib/kubernetes/etcd-server.crt",
            "/var/lib/kubernetes/etcd-server.key",
        ),
        ..etcd(matrix::APISERVER_TO_ETCD)
    },
    ETCD_PEER,
    ETCD_SELF,
    ETCDCTL,
    ConnectionRecipe {
        credential: CredentialRecipe::Certificate("kube-apiserver"),
        caller_flags: &matrix::apiserver_at_kubelet(
            "/var/lib/kubernetes/ca.crt",
            "/var/lib/kubernetes/kube-apiserver.crt",
            "/var/lib/kubernetes/kube-apiserver.key",
        ),
        listener_flags: &matrix::kubelet_serving(
            "/var/lib/kubernetes/ca.crt",
            "/var/lib/kubelet/{node}.crt",
            "/var/lib/kubelet/{node}.key",
        ),
        ..matrix::APISERVER_TO_KUBELET
    },
    ConnectionRecipe {
        credential: CredentialRecipe::Token("service-account"),
        listener_flags: &matrix::apiserver_tokens(
            "/var/lib/kubernetes/service-account.crt",
            "/var/lib/kubernetes/kube-apiserver.crt",
            "/var/lib/kubernetes/kube-apiserver.key",
        ),
        ..apiserver(matrix::POD_TO_APISERVER)
    },
];

const fn apiserver(row: ConnectionRecipe) -> ConnectionRecipe {
    ConnectionRecipe {
        server_certificate: "kube-apiserver",
        listener_flags: APISERVER_SERVING,
        ..row
    }
}

// The rows below are the same in the guide of 2025.

#[rustfmt::skip]
pub(in crate::cluster::preset) const CONTROLLER_MANAGER_TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    dials: &[DialRecipe::Loopback(words("the server of kube-controller-manager.kubeconfig", "kube-controller-manager.kubeconfig の server"))],
    credential: CredentialRecipe::Certificate("kube-controller-manager"),
    caller_flags: &[("--kubeconfig", "/var/lib/kubernetes/kube-controller-manager.kubeconfig")],
    ..apiserver(matrix::CONTROLLER_MANAGER_TO_APISERVER)
};

#[rustfmt::skip]
pub(in crate::cluster::preset) const SCHEDULER_TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    dials: &[DialRecipe::Loopback(words("the server of kube-scheduler.kubeconfig", "kube-scheduler.kubeconfig の server"))],
    credential: CredentialRecipe::Certificate("kube-scheduler"),
    caller_flags: &[("--kubeconfig", "/var/lib/kubernetes/kube-scheduler.kubeconfig")],
    ..apiserver(matrix::SCHEDULER_TO_APISERVER)
};

pub(in crate::cluster::preset) const ETCD_PEER: ConnectionRecipe = ConnectionRecipe {
    caller_flags: ETCD_PEERING,
    listener_flags: ETCD_PEERING,
    ..etcd(matrix::ETCD_PEER)
};

pub(in crate::cluster::preset) const ETCD_SELF: ConnectionRecipe = ConnectionRecipe {
    caller_flags: ETCD_SERVING,
    ..etcd(matrix::ETCD_SELF)
};

pub(in crate::cluster::preset) const ETCDCTL: ConnectionRecipe = ConnectionRecipe {
    caller_flags: &matrix::etcdctl(
        "/etc/etcd/ca.crt",
        "/etc/etcd/etcd-server.crt",
        "/etc/etcd/etcd-server.key",
    ),
    ..etcd(matrix::ETCDCTL)
};

/// The guide has one certificate for all that etcd and its callers show.
pub(in crate::cluster::preset) const fn etcd(row: ConnectionRecipe) -> ConnectionRecipe {
    ConnectionRecipe {
        credential: CredentialRecipe::Certificate("etcd-server"),
        server_certificate: "etcd-server",
        listener_flags: ETCD_SERVING,
        ..row
    }
}

const APISERVER_SERVING: &[(&str, &str)] = &matrix::apiserver_serving(
    "/var/lib/kubernetes/ca.crt",
    "/var/lib/kubernetes/kube-apiserver.crt",
    "/var/lib/kubernetes/kube-apiserver.key",
);

const ETCD_SERVING: &[(&str, &str)] = &matrix::etcd_serving(
    "/etc/etcd/ca.crt",
    "/etc/etcd/etcd-server.crt",
    "/etc/etcd/etcd-server.key",
);

const ETCD_PEERING: &[(&str, &str)] = &matrix::etcd_peering(
    "/etc/etcd/ca.crt",
    "/etc/etcd/etcd-server.crt",
    "/etc/etcd/etcd-server.key",
);
