//! What kubeadm's manifests decide of the connection matrix: certificates, paths, and what the kubeconfigs dial.

use crate::cluster::preset::{ConnectionRecipe, CredentialRecipe, DialRecipe, Pairing, matrix};
use crate::words::{same, words};

#[rustfmt::skip] // A table: one line each.
pub(in crate::cluster::preset) static CONNECTIONS: &[ConnectionRecipe] = &[
    ConnectionRecipe {
        dials: &[
            DialRecipe::Endpoint(words("the server of admin.conf", "admin.conf の server")),
            DialRecipe::NodeAddress(words("one API server by itself, past the load balancer", "ロードバランサーを通さず、API サーバー 1 台に直接")),
            DialRecipe::NodeName(words("the name of the control plane's node", "コントロールプレーンのノード名")),
        ],
        caller_flags: &[("--kubeconfig", "admin.conf")],
        ..apiserver(matrix::KUBECTL_TO_APISERVER)
    },
    ConnectionRecipe {
        dials: &[DialRecipe::NodeAddress(words("the server of controller-manager.conf", "controller-manager.conf の server"))],
        credential: CredentialRecipe::Certificate("controller-manager"),
        caller_flags: &[("--kubeconfig", "/etc/kubernetes/controller-manager.conf")],
        ..apiserver(matrix::CONTROLLER_MANAGER_TO_APISERVER)
    },
    ConnectionRecipe {
        dials: &[DialRecipe::NodeAddress(words("the server of scheduler.conf", "scheduler.conf の server"))],
        credential: CredentialRecipe::Certificate("scheduler"),
        caller_flags: &[("--kubeconfig", "/etc/kubernetes/scheduler.conf")],
        ..apiserver(matrix::SCHEDULER_TO_APISERVER)
    },
    ConnectionRecipe {
        dials: &[DialRecipe::Endpoint(words("the server of kubelet.conf", "kubelet.conf の server"))],
        credential: CredentialRecipe::Certificate("{node}/kubelet-client"),
        caller_flags: &[("--kubeconfig", "/etc/kubernetes/kubelet.conf")],
        ..apiserver(matrix::KUBELET_TO_APISERVER)
    },
    ConnectionRecipe {
        pairing: Pairing::OwnOrEvery,
        dials: &[DialRecipe::OwnOrAddress(same("--etcd-servers"))],
        credential: CredentialRecipe::Certificate("apiserver-etcd-client"),
        caller_flags: &matrix::apiserver_at_etcd(
            "/etc/kubernetes/pki/etcd/ca.crt",
            "/etc/kubernetes/pki/apiserver-etcd-client.crt",
            "/etc/kubernetes/pki/apiserver-etcd-client.key",
        ),
        ..etcd(matrix::APISERVER_TO_ETCD)
    },
    ConnectionRecipe {
        credential: CredentialRecipe::Certificate("{node}/etcd/peer"),
        caller_flags: ETCD_PEERING,
        server_certificate: "{node}/etcd/peer",
        listener_flags: ETCD_PEERING,
        ..etcd(matrix::ETCD_PEER)
    },
    ConnectionRecipe {
        credential: CredentialRecipe::Certificate("{node}/etcd/server"),
        caller_flags: ETCD_SERVING,
        ..etcd(matrix::ETCD_SELF)
    },
    ConnectionRecipe {
        dials: &[
            matrix::ETCDCTL_LOOPBACK,
            DialRecipe::Localhost(words("--endpoints, on the node itself", "--endpoints（そのノード上で）")),
            DialRecipe::NodeName(words("--endpoints, by the member's own name", "--endpoints（メンバー自身の名前で）")),
        ],
        credential: CredentialRecipe::Certificate("etcd/healthcheck-client"),
        caller_flags: &matrix::etcdctl(
            "/etc/kubernetes/pki/etcd/ca.crt",
            "/etc/kubernetes/pki/etcd/healthcheck-client.crt",
            "/etc/kubernetes/pki/etcd/healthcheck-client.key",
        ),
        ..etcd(matrix::ETCDCTL)
    },
    ConnectionRecipe {
        // kubeadm's --kubelet-preferred-address-types is InternalIP,ExternalIP,Hostname.
        dials: &[matrix::KUBELET_INTERNAL_IP, matrix::KUBELET_HOSTNAME],
        credential: CredentialRecipe::Certificate("apiserver-kubelet-client"),
        caller_flags: &matrix::apiserver_at_kubelet(
            "/etc/kubernetes/pki/ca.crt",
            "/etc/kubernetes/pki/apiserver-kubelet-client.crt",
            "/etc/kubernetes/pki/apiserver-kubelet-client.key",
        ),
        server_certificate: "{node}/kubelet",
        listener_flags: &matrix::kubelet_serving(
            "/etc/kubernetes/pki/ca.crt",
            "/var/lib/kubelet/pki/kubelet.crt",
            "/var/lib/kubelet/pki/kubelet.key",
        ),
        ..matrix::APISERVER_TO_KUBELET
    },
    ConnectionRecipe {
        credential: CredentialRecipe::Token("sa"),
        listener_flags: &matrix::apiserver_tokens(
            "/etc/kubernetes/pki/sa.pub",
            "/etc/kubernetes/pki/apiserver.crt",
            "/etc/kubernetes/pki/apiserver.key",
        ),
        ..apiserver(matrix::POD_TO_APISERVER)
    },
];

const fn apiserver(row: ConnectionRecipe) -> ConnectionRecipe {
    ConnectionRecipe {
        server_certificate: "{node}/apiserver",
        listener_flags: APISERVER_SERVING,
        ..row
    }
}

/// etcd and its callers have an authority of their own.
const fn etcd(row: ConnectionRecipe) -> ConnectionRecipe {
    ConnectionRecipe {
        caller_trusts: "etcd/ca",
        server_certificate: "{node}/etcd/server",
        listener_trusts: Some("etcd/ca"),
        listener_flags: ETCD_SERVING,
        ..row
    }
}

const APISERVER_SERVING: &[(&str, &str)] = &matrix::apiserver_serving(
    "/etc/kubernetes/pki/ca.crt",
    "/etc/kubernetes/pki/apiserver.crt",
    "/etc/kubernetes/pki/apiserver.key",
);

const ETCD_SERVING: &[(&str, &str)] = &matrix::etcd_serving(
    "/etc/kubernetes/pki/etcd/ca.crt",
    "/etc/kubernetes/pki/etcd/server.crt",
    "/etc/kubernetes/pki/etcd/server.key",
);

const ETCD_PEERING: &[(&str, &str)] = &matrix::etcd_peering(
    "/etc/kubernetes/pki/etcd/ca.crt",
    "/etc/kubernetes/pki/etcd/peer.crt",
    "/etc/kubernetes/pki/etcd/peer.key",
);
