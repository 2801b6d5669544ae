//! The lines of a recipe: what a guide makes, in terms of places that any cluster has.

use crate::cluster::Version;
use crate::words::Words;
use crate::{Attribute, CertificateKind, ComponentKind, Refusal};

/// Where a component runs or a file goes, told without the name of a node.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// On each control plane.
    ControlPlane,
    /// On each member of etcd: the nodes with the role etcd; without one, the control planes.
    Etcd,
    /// On the first control plane alone.
    FirstControlPlane,
    /// On each node with a kubelet: the workers, and where the preset says so the control planes.
    Kubelet,
    /// On no node of the cluster: the operator's own computer.
    Outside,
}

/// How often a recipe's line is made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Each {
    /// Once for the cluster.
    Cluster,
    /// Once for each node at the place.
    At(Place),
}

/// One key pair with its certificate, or one for each node.
#[derive(Debug)]
pub(crate) struct CertificateRecipe {
    /// Also the stem of its files, below `pki/`.
    pub(crate) id: &'static str,
    pub(crate) each: Each,
    pub(crate) kind: CertificateKind,
    pub(crate) subject: &'static [(Attribute, &'static str)],
    /// One more O, where it depends on the version of Kubernetes.
    pub(crate) group: fn(Version) -> Option<&'static str>,
    pub(crate) issuer: &'static str,
    /// The first version of Kubernetes whose cluster has it.
    pub(crate) since: Version,
    /// Names that somebody asks for who is on no connection.
    pub(crate) names: &'static [DialRecipe],
    /// What it is for, where no connection of the plan shows it; else empty.
    pub(crate) note: Words,
}

/// Which callers meet which listeners.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pairing {
    /// Every caller meets every listener.
    Every,
    /// Every listener except the one on the caller's own node.
    Others,
    /// The listener on the caller's own node; where there is none, every one.
    OwnOrEvery,
    /// The listener on the caller's own node.
    SameNode,
    /// Every listener behind the control-plane endpoint; where that is one node's own address, that node's alone.
    ThroughEndpoint,
}

/// How a caller addresses a listener; the reason is said in the page next to the name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DialRecipe {
    /// An address that a guide's own unit files lead to, whatever the cluster's.
    Address([u8; 4], Words),
    /// The control-plane endpoint and the load balancer; without either, the listener itself.
    Endpoint(Words),
    /// `localhost` and `::1` on the listener's node.
    Localhost(Words),
    /// 127.0.0.1 on the listener's node.
    Loopback(Words),
    /// Every address of the listener's node, and every further name that the description gives it.
    NodeAddress(Words),
    /// The host name of the listener's node.
    NodeName(Words),
    /// 127.0.0.1 from the listener's own node, else its addresses.
    OwnOrAddress(Words),
    /// The first address of each service CIDR.
    ServiceAddress(Words),
    /// `kubernetes`, `kubernetes.default`, … up to the cluster domain.
    ServiceNames(Words),
}

/// What a caller proves itself with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CredentialRecipe {
    /// A client certificate, by its recipe's id.
    Certificate(&'static str),
    /// A service-account token, signed by the key pair with the recipe's id.
    Token(&'static str),
}

/// One kind of request, from every caller of a kind to every listener of a kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConnectionRecipe {
    pub(crate) kind: &'static str,
    pub(crate) caller: (ComponentKind, Place),
    pub(crate) listener: (ComponentKind, Place),
    pub(crate) pairing: Pairing,
    pub(crate) port: u16,
    pub(crate) dials: &'static [DialRecipe],
    pub(crate) credential: CredentialRecipe,
    /// The authority by which the caller checks the listener.
    pub(crate) caller_trusts: &'static str,
    pub(crate) caller_flags: &'static [(&'static str, &'static str)],
    pub(crate) server_certificate: &'static str,
    /// The authority by which the listener checks the caller's certificate.
    pub(crate) listener_trusts: Option<&'static str>,
    pub(crate) listener_flags: &'static [(&'static str, &'static str)],
    pub(crate) refusal: Refusal,
}

/// One kubeconfig, or one for each node. It is left out where its certificate is.
#[derive(Debug)]
pub(crate) struct KubeconfigRecipe {
    pub(crate) file: &'static str,
    pub(crate) each: Each,
    pub(crate) user: &'static str,
    pub(crate) certificate: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) server: Server,
    pub(crate) credentials: Credentials,
}

/// How a kubeconfig holds its certificates.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Credentials {
    /// As base64 in the file.
    Embedded,
    /// By their paths on the node.
    Paths {
        authority: &'static str,
        certificate: &'static str,
        key: &'static str,
    },
}

/// Which kube-apiserver a kubeconfig names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Server {
    /// The control-plane endpoint, or the load balancer, or the first control plane.
    Endpoint,
    /// 127.0.0.1.
    Loopback,
    /// The first address of the kubeconfig's own node.
    OwnNode,
}

/// One file on each node at a place. It is left out where the file is.
#[derive(Debug)]
pub(crate) struct PlacementRecipe {
    pub(crate) on: Place,
    pub(crate) file: &'static str,
    pub(crate) path: &'static str,
}

/// A file beside the certificates that the cluster needs to come up.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfigurationKind {
    /// The `ClusterRoleBinding` by which the group of admin.conf may do everything, as `kubeadm init` makes it.
    AdminAccess,
    /// `encryption-config.yaml`: the key with which kube-apiserver encrypts Secrets in etcd.
    Encryption,
    /// The `ClusterRole` and its binding that let kube-apiserver's client certificate use the kubelets' API.
    KubeletAccess,
}

impl ConfigurationKind {
    /// Its file's name.
    pub fn file(self) -> &'static str {
        match self {
            Self::AdminAccess => "cluster-admins.yaml",
            Self::Encryption => "encryption-config.yaml",
            Self::KubeletAccess => "kube-apiserver-to-kubelet.yaml",
        }
    }
}

impl CertificateRecipe {
    /// Whether some version of Kubernetes has this O, or none, where that depends on the version.
    pub(crate) fn group_may_be(&self, group: Option<&str>) -> bool {
        let versions = [(1, 20, 0), (1, 29, 0), (1, 99, 0)];
        let groups =
            versions.map(|(major, minor, patch)| (self.group)(Version::new(major, minor, patch)));
        groups.iter().any(Option::is_some) && groups.contains(&group)
    }
}

/// A certificate that is made once, signed by `ca`, whatever the version.
pub(super) const fn once(
    id: &'static str,
    kind: CertificateKind,
    subject: &'static [(Attribute, &'static str)],
) -> CertificateRecipe {
    CertificateRecipe {
        id,
        each: Each::Cluster,
        kind,
        subject,
        group: no_group,
        issuer: "ca",
        since: Version::ANY,
        names: &[],
        note: Words::NONE,
    }
}

const fn no_group(_: Version) -> Option<&'static str> {
    None
}

/// A kubeconfig with embedded certificates that is made once.
pub(super) const fn embedded(
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
        credentials: Credentials::Embedded,
    }
}

pub(super) const fn place(on: Place, file: &'static str, path: &'static str) -> PlacementRecipe {
    PlacementRecipe { on, file, path }
}
