//! What the guide decides of the connection matrix: against 2020, other paths, and a certificate of its own with which
//! kube-apiserver calls the kubelets.

use crate::cluster::preset::hard_way_2020::connections as hard_way_2020;
use crate::cluster::preset::{ConnectionRecipe, CredentialRecipe, matrix};

#[rustfmt::skip] // A table: one line each.
pub(in crate::cluster::preset) static CONNECTIONS: &[ConnectionRecipe] = &[
    apiserver(matrix::KUBECTL_TO_APISERVER),
    apiserver(hard_way_2020::CONTROLLER_MANAGER_TO_APISERVER),
    apiserver(hard_way_2020::SCHEDULER_TO_APISERVER),
    ConnectionRecipe {
        caller_flags: &[("--kubeconfig", "/var/lib/kubelet/kubelet.kubeconfig")],
        ..apiserver(matrix::KUBELET_TO_APISERVER)
    },
    ConnectionRecipe {
        caller_flags: &[("clientConnection.kubeconfig", "/var/lib/kube-proxy/kube-proxy.kubeconfig")],
        ..apiserver(matrix::KUBE_PROXY_TO_APISERVER)
    },
    ConnectionRecipe {
        caller_flags: &matrix::apiserver_at_etcd(
            "/var/lib/kubernetes/pki/ca.crt",
            "/var/lib/kubernetes/pki/etcd-server.crt",
            "/var/lib/kubernetes/pki/etcd-server.key",
        ),
        ..hard_way_2020::etcd(matrix::APISERVER_TO_ETCD)
    },
    hard_way_2020::ETCD_PEER,
    hard_way_2020::ETCD_SELF,
    hard_way_2020::ETCDCTL,
    ConnectionRecipe {
        credential: CredentialRecipe::Certificate("apiserver-kubelet-client"),
        caller_flags: &matrix::apiserver_at_kubelet(
            "/var/lib/kubernetes/pki/ca.crt",
            "/var/lib/kubernetes/pki/apiserver-kubelet-client.crt",
            "/var/lib/kubernetes/pki/apiserver-kubelet-client.key",
        ),
        listener_flags: &matrix::kubelet_serving(
            "/var/lib/kubernetes/pki/ca.crt",
            "/var/lib/kubernetes/pki/{node}.crt",
            "/var/lib/kubernetes/pki/{node}.key",
        ),
        ..matrix::APISERVER_TO_KUBELET
    },
    ConnectionRecipe {
        credential: CredentialRecipe::Token("service-account"),
        listener_flags: &matrix::apiserver_tokens(
            "/var/lib/kubernetes/pki/service-account.crt",
            "/var/lib/kubernetes/pki/kube-apiserver.crt",
            "/var/lib/kubernetes/pki/kube-apiserver.key",
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

const APISERVER_SERVING: &[(&str, &str)] = &matrix::apiserver_serving(
    "/var/lib/kubernetes/pki/ca.crt",
    "/var/lib/kubernetes/pki/kube-apiserver.crt",
    "/var/lib/kubernetes/pki/kube-apiserver.key",
);
