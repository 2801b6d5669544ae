//! The rows of the connection matrix, as Kubernetes and etcd have them whatever the guide: who calls whom, on which port, what
//! a refusal looks like, which flags take the files, and the dials that most guides share. A preset's row begins with one of
//! these and says what its guide decides: the certificates, the paths, and what its kubeconfigs dial.

use super::Place::{ControlPlane, Kubelet as KubeletNode, Outside};
use super::{ConnectionRecipe, CredentialRecipe, DialRecipe, Pairing, Place};
use crate::ComponentKind::{
    Etcd, Etcdctl, KubeApiserver, KubeControllerManager, KubeProxy, KubeScheduler, Kubectl,
    Kubelet, Pod,
};
use crate::Refusal;
use crate::words::words;

pub(super) const KUBECTL_TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "kubectl/kube-apiserver",
    caller: (Kubectl, Outside),
    pairing: Pairing::Every,
    dials: &[
        DialRecipe::Endpoint(words(
            "the server of admin-remote.kubeconfig",
            "admin-remote.kubeconfig の server",
        )),
        DialRecipe::NodeAddress(words(
            "one API server by itself, past the load balancer",
            "ロードバランサーを通さず、API サーバー 1 台に直接",
        )),
        DialRecipe::Loopback(words(
            "the server of admin.kubeconfig, on the node itself",
            "admin.kubeconfig の server（そのノード上で）",
        )),
    ],
    credential: CredentialRecipe::Certificate("admin"),
    caller_flags: &[("--kubeconfig", "admin-remote.kubeconfig")],
    ..TO_APISERVER
};

pub(super) const CONTROLLER_MANAGER_TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "kube-controller-manager/kube-apiserver",
    caller: (KubeControllerManager, ControlPlane),
    ..TO_APISERVER
};

pub(super) const SCHEDULER_TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "kube-scheduler/kube-apiserver",
    caller: (KubeScheduler, ControlPlane),
    ..TO_APISERVER
};

pub(super) const KUBELET_TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "kubelet/kube-apiserver",
    caller: (Kubelet, KubeletNode),
    pairing: Pairing::ThroughEndpoint,
    dials: &[DialRecipe::Endpoint(words(
        "the server of the kubelet's kubeconfig",
        "kubelet の kubeconfig の server",
    ))],
    credential: CredentialRecipe::Certificate("{node}"),
    ..TO_APISERVER
};

pub(super) const KUBE_PROXY_TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "kube-proxy/kube-apiserver",
    caller: (KubeProxy, KubeletNode),
    pairing: Pairing::ThroughEndpoint,
    dials: &[DialRecipe::Endpoint(words(
        "the server of kube-proxy.kubeconfig",
        "kube-proxy.kubeconfig の server",
    ))],
    credential: CredentialRecipe::Certificate("kube-proxy"),
    ..TO_APISERVER
};

/// The listener's flags are the preset's: a token is checked with a key of its own, beside what every caller meets.
pub(super) const POD_TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "pod/kube-apiserver",
    caller: (Pod, KubeletNode),
    pairing: Pairing::Every,
    port: 443,
    dials: &[POD_SERVICE_ADDRESS, POD_SERVICE_NAMES],
    caller_flags: &[(
        "ca.crt, token",
        "/var/run/secrets/kubernetes.io/serviceaccount/",
    )],
    listener_trusts: None,
    ..TO_APISERVER
};

pub(super) const POD_SERVICE_ADDRESS: DialRecipe = DialRecipe::ServiceAddress(words(
    "KUBERNETES_SERVICE_HOST, the first address of the service CIDR",
    "KUBERNETES_SERVICE_HOST（Service CIDR の最初のアドレス）",
));
pub(super) const POD_SERVICE_NAMES: DialRecipe = DialRecipe::ServiceNames(words(
    "the service kubernetes in the namespace default",
    "名前空間 default の Service kubernetes",
));

pub(super) const APISERVER_TO_KUBELET: ConnectionRecipe = ConnectionRecipe {
    kind: "kube-apiserver/kubelet",
    caller: (KubeApiserver, ControlPlane),
    listener: (Kubelet, KubeletNode),
    pairing: Pairing::Every,
    port: 10250,
    // The order of --kubelet-preferred-address-types, where nobody gives it.
    dials: &[KUBELET_HOSTNAME, KUBELET_INTERNAL_IP],
    server_certificate: "{node}",
    ..TO_APISERVER
};

pub(super) const KUBELET_HOSTNAME: DialRecipe = DialRecipe::NodeName(words(
    "the Hostname that the node reports",
    "ノードが報告する Hostname",
));
pub(super) const KUBELET_INTERNAL_IP: DialRecipe = DialRecipe::NodeAddress(words(
    "the InternalIP that the node reports",
    "ノードが報告する InternalIP",
));

pub(super) const APISERVER_TO_ETCD: ConnectionRecipe = ConnectionRecipe {
    kind: "kube-apiserver/etcd",
    caller: (KubeApiserver, ControlPlane),
    pairing: Pairing::Every,
    dials: &[DialRecipe::NodeAddress(words(
        "--etcd-servers names every member",
        "--etcd-servers に全メンバーを列挙",
    ))],
    ..TO_ETCD
};

pub(super) const ETCD_PEER: ConnectionRecipe = ConnectionRecipe {
    kind: "etcd/etcd-peer",
    pairing: Pairing::Others,
    port: 2380,
    dials: &[DialRecipe::NodeAddress(words(
        "--initial-cluster names every member",
        "--initial-cluster に全メンバーを列挙",
    ))],
    ..TO_ETCD
};

/// The gRPC gateway of every member is a client of its own server, with the server's certificate.
/// <https://github.com/etcd-io/etcd/issues/9785>
pub(super) const ETCD_SELF: ConnectionRecipe = ConnectionRecipe {
    kind: "etcd/etcd-self",
    dials: &[
        DialRecipe::NodeAddress(words(
            "--listen-client-urls, by its own gRPC gateway",
            "--listen-client-urls（自身の gRPC ゲートウェイから）",
        )),
        DialRecipe::Loopback(words(
            "--listen-client-urls, by its own gRPC gateway",
            "--listen-client-urls（自身の gRPC ゲートウェイから）",
        )),
    ],
    ..TO_ETCD
};

pub(super) const ETCDCTL: ConnectionRecipe = ConnectionRecipe {
    kind: "etcdctl/etcd",
    caller: (Etcdctl, Place::Etcd),
    dials: &[ETCDCTL_LOOPBACK],
    ..TO_ETCD
};

pub(super) const ETCDCTL_LOOPBACK: DialRecipe = DialRecipe::Loopback(words(
    "--endpoints, on the node itself",
    "--endpoints（そのノード上で）",
));

const TO_APISERVER: ConnectionRecipe = ConnectionRecipe {
    kind: "",
    caller: (Kubectl, Outside),
    listener: (KubeApiserver, ControlPlane),
    pairing: Pairing::SameNode,
    port: 6443,
    dials: &[],
    credential: CredentialRecipe::Certificate(""),
    caller_trusts: "ca",
    caller_flags: &[],
    server_certificate: "",
    listener_trusts: Some("ca"),
    listener_flags: &[],
    // kube-apiserver and the kubelet ask for a certificate but do not require one: a bad one is answered, not cut off.
    refusal: Refusal::Http401,
};

const TO_ETCD: ConnectionRecipe = ConnectionRecipe {
    caller: (Etcd, Place::Etcd),
    listener: (Etcd, Place::Etcd),
    port: 2379,
    refusal: Refusal::TlsAlert,
    ..TO_APISERVER
};

type Flags<const N: usize> = [(&'static str, Path); N];
type Path = &'static str;

// The flags by which each program is given its files; the files are always in the order authority, certificate, key.

/// What kube-apiserver serves with, and by which authority it knows its callers.
pub(super) const fn apiserver_serving(authority: Path, certificate: Path, key: Path) -> Flags<3> {
    [
        ("--tls-cert-file", certificate),
        ("--tls-private-key-file", key),
        ("--client-ca-file", authority),
    ]
}

/// What kube-apiserver serves with, and by which key it knows its own tokens.
pub(super) const fn apiserver_tokens(signer: Path, certificate: Path, key: Path) -> Flags<3> {
    [
        ("--tls-cert-file", certificate),
        ("--tls-private-key-file", key),
        ("--service-account-key-file", signer),
    ]
}

/// How kube-apiserver calls etcd.
pub(super) const fn apiserver_at_etcd(authority: Path, certificate: Path, key: Path) -> Flags<3> {
    [
        ("--etcd-cafile", authority),
        ("--etcd-certfile", certificate),
        ("--etcd-keyfile", key),
    ]
}

/// How kube-apiserver calls the kubelets.
pub(super) const fn apiserver_at_kubelet(
    authority: Path,
    certificate: Path,
    key: Path,
) -> Flags<3> {
    [
        ("--kubelet-certificate-authority", authority),
        ("--kubelet-client-certificate", certificate),
        ("--kubelet-client-key", key),
    ]
}

/// What a kubelet serves with, and by which authority it knows its callers: fields of its `KubeletConfiguration`.
pub(super) const fn kubelet_serving(authority: Path, certificate: Path, key: Path) -> Flags<3> {
    [
        ("tlsCertFile", certificate),
        ("tlsPrivateKeyFile", key),
        ("authentication.x509.clientCAFile", authority),
    ]
}

/// What a member of etcd shows its clients, and asks of them.
pub(super) const fn etcd_serving(authority: Path, certificate: Path, key: Path) -> Flags<4> {
    [
        ("--cert-file", certificate),
        ("--key-file", key),
        ("--trusted-ca-file", authority),
        ("--client-cert-auth", "true"),
    ]
}

/// What a member of etcd shows the others, and asks of them.
pub(super) const fn etcd_peering(authority: Path, certificate: Path, key: Path) -> Flags<4> {
    [
        ("--peer-cert-file", certificate),
        ("--peer-key-file", key),
        ("--peer-trusted-ca-file", authority),
        ("--peer-client-cert-auth", "true"),
    ]
}

/// How etcdctl calls a member.
pub(super) const fn etcdctl(authority: Path, certificate: Path, key: Path) -> Flags<3> {
    [
        ("--cacert", authority),
        ("--cert", certificate),
        ("--key", key),
    ]
}
