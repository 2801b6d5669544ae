//! What a certificate does in a cluster, whatever a guide calls it; and what guides call it.

use crate::cluster::Preset;

/// What a key pair is for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Duty {
    Admin,
    Apiserver,
    ApiserverEtcdClient,
    ApiserverKubeletClient,
    Authority,
    ControllerManager,
    EtcdAuthority,
    EtcdHealthcheckClient,
    EtcdPeer,
    EtcdServer,
    FrontProxyAuthority,
    FrontProxyClient,
    KubeProxy,
    /// A kubelet's certificate as it calls; where a guide has one for both, that one.
    KubeletClient,
    KubeletServer,
    Scheduler,
    ServiceAccount,
    SuperAdmin,
}

impl Duty {
    /// Of a recipe's id.
    pub(crate) fn of_recipe(id: &str) -> Option<Self> {
        let known = RECIPES.iter().find(|(known, _)| *known == id);
        known.map(|(_, duty)| *duty)
    }

    /// The id of the recipe by which a preset makes it.
    pub(crate) fn recipe(self, preset: &Preset) -> Option<&'static str> {
        let mut recipes = preset.certificates.iter();
        let found = recipes.find(|recipe| Self::of_recipe(recipe.id) == Some(self));
        found.map(|recipe| recipe.id)
    }

    /// The word for one that a preset has no place for.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Apiserver => "kube-apiserver",
            Self::ApiserverEtcdClient => "apiserver-etcd-client",
            Self::ApiserverKubeletClient => "apiserver-kubelet-client",
            Self::Authority => "ca",
            Self::ControllerManager => "kube-controller-manager",
            Self::EtcdAuthority => "etcd-ca",
            Self::EtcdHealthcheckClient => "etcd-healthcheck-client",
            Self::EtcdPeer => "etcd-peer",
            Self::EtcdServer => "etcd-server",
            Self::FrontProxyAuthority => "front-proxy-ca",
            Self::FrontProxyClient => "front-proxy-client",
            Self::KubeProxy => "kube-proxy",
            Self::KubeletClient => "kubelet-client",
            Self::KubeletServer => "kubelet-server",
            Self::Scheduler => "kube-scheduler",
            Self::ServiceAccount => "service-account",
            Self::SuperAdmin => "super-admin",
        }
    }

    pub(crate) fn is_authority(self) -> bool {
        matches!(
            self,
            Self::Authority | Self::EtcdAuthority | Self::FrontProxyAuthority
        )
    }

    pub(crate) fn is_kubelet(self) -> bool {
        matches!(self, Self::KubeletClient | Self::KubeletServer)
    }

    pub(crate) fn is_etcd_member(self) -> bool {
        matches!(self, Self::EtcdServer | Self::EtcdPeer)
    }

    /// The certificate that serves where this one is not made on its own.
    pub(crate) fn stand_in(self) -> Option<Self> {
        match self {
            Self::EtcdPeer => Some(Self::EtcdServer),
            Self::KubeletServer => Some(Self::KubeletClient),
            _ => None,
        }
    }

    /// By the CN that Kubernetes or a guide asks for.
    pub(crate) fn of_common_name(name: &str) -> Option<Self> {
        if name.starts_with("system:node:") {
            return Some(Self::KubeletClient);
        }
        let known = COMMON_NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, duty)| *duty)
    }

    /// By the stem of a file and the folder that it lies in; both in lower case.
    pub(crate) fn of_file(stem: &str, folder: &str, above: &str) -> Option<Self> {
        // /etc/etcd/ca.crt is a copy of the cluster's; pki/etcd/ca.crt is etcd's own.
        let in_etcd = folder == "etcd" && above != "etc";
        match stem {
            "ca" | "ca-chain" | "root" | "root-ca" if in_etcd => Some(Self::EtcdAuthority),
            "server" if in_etcd => Some(Self::EtcdServer),
            "peer" if in_etcd => Some(Self::EtcdPeer),
            "healthcheck-client" => Some(Self::EtcdHealthcheckClient),
            "kubelet" if folder == "pki" => Some(Self::KubeletServer),
            _ => {
                let known = FILES.iter().find(|(known, _)| *known == stem);
                known.map(|(_, duty)| *duty)
            }
        }
    }
}

const RECIPES: [(&str, Duty); 30] = [
    ("ca", Duty::Authority),
    ("admin", Duty::Admin),
    ("kube-controller-manager", Duty::ControllerManager),
    ("controller-manager", Duty::ControllerManager),
    ("kube-proxy", Duty::KubeProxy),
    ("kube-scheduler", Duty::Scheduler),
    ("scheduler", Duty::Scheduler),
    ("kube-apiserver", Duty::Apiserver),
    ("kube-api-server", Duty::Apiserver),
    ("{node}/apiserver", Duty::Apiserver),
    ("apiserver-kubelet-client", Duty::ApiserverKubeletClient),
    ("apiserver-etcd-client", Duty::ApiserverEtcdClient),
    ("etcd-server", Duty::EtcdServer),
    ("{node}/etcd/server", Duty::EtcdServer),
    ("{node}/etcd/peer", Duty::EtcdPeer),
    ("etcd/healthcheck-client", Duty::EtcdHealthcheckClient),
    ("etcd/ca", Duty::EtcdAuthority),
    ("front-proxy-ca", Duty::FrontProxyAuthority),
    ("front-proxy-client", Duty::FrontProxyClient),
    ("service-account", Duty::ServiceAccount),
    ("service-accounts", Duty::ServiceAccount),
    ("sa", Duty::ServiceAccount),
    ("super-admin", Duty::SuperAdmin),
    ("{node}", Duty::KubeletClient),
    ("{node}/kubelet-client", Duty::KubeletClient),
    ("{node}/kubelet", Duty::KubeletServer),
    // Kubeconfigs that are called otherwise than their certificates.
    ("kubelet", Duty::KubeletClient),
    ("{node}/controller-manager", Duty::ControllerManager),
    ("{node}/scheduler", Duty::Scheduler),
    ("admin-remote", Duty::Admin),
];

const COMMON_NAMES: [(&str, Duty); 23] = [
    ("admin", Duty::Admin),
    ("kubernetes-admin", Duty::Admin),
    ("kubernetes-super-admin", Duty::SuperAdmin),
    ("kube-apiserver", Duty::Apiserver),
    (
        "kube-apiserver-kubelet-client",
        Duty::ApiserverKubeletClient,
    ),
    ("kube-apiserver-etcd-client", Duty::ApiserverEtcdClient),
    ("kube-etcd-healthcheck-client", Duty::EtcdHealthcheckClient),
    ("etcd-server", Duty::EtcdServer),
    ("etcd", Duty::EtcdServer),
    ("kube-etcd", Duty::EtcdServer),
    ("etcd-peer", Duty::EtcdPeer),
    ("kube-etcd-peer", Duty::EtcdPeer),
    ("front-proxy-client", Duty::FrontProxyClient),
    ("aggregator", Duty::FrontProxyClient),
    ("system:kube-controller-manager", Duty::ControllerManager),
    ("system:kube-scheduler", Duty::Scheduler),
    ("system:kube-proxy", Duty::KubeProxy),
    ("service-accounts", Duty::ServiceAccount),
    ("service-account", Duty::ServiceAccount),
    ("etcd-ca", Duty::EtcdAuthority),
    ("ETCD-CA", Duty::EtcdAuthority),
    ("front-proxy-ca", Duty::FrontProxyAuthority),
    ("kubernetes-front-proxy-ca", Duty::FrontProxyAuthority),
];

const FILES: [(&str, Duty); 45] = [
    ("ca", Duty::Authority),
    ("kubernetes-ca", Duty::Authority),
    ("kube-ca", Duty::Authority),
    ("cluster-ca", Duty::Authority),
    ("ca-cert", Duty::Authority),
    ("minica", Duty::Authority),
    ("admin", Duty::Admin),
    ("admin-remote", Duty::Admin),
    ("kubectl", Duty::Admin),
    ("super-admin", Duty::SuperAdmin),
    ("apiserver", Duty::Apiserver),
    ("kube-apiserver", Duty::Apiserver),
    ("kube-api-server", Duty::Apiserver),
    ("kubernetes", Duty::Apiserver),
    ("apiserver-kubelet-client", Duty::ApiserverKubeletClient),
    (
        "kube-apiserver-kubelet-client",
        Duty::ApiserverKubeletClient,
    ),
    ("kubelet-client", Duty::KubeletClient),
    ("apiserver-etcd-client", Duty::ApiserverEtcdClient),
    ("kube-apiserver-etcd-client", Duty::ApiserverEtcdClient),
    ("etcd-client", Duty::ApiserverEtcdClient),
    ("etcd", Duty::EtcdServer),
    ("etcd-server", Duty::EtcdServer),
    ("etcd-peer", Duty::EtcdPeer),
    ("etcd-ca", Duty::EtcdAuthority),
    ("front-proxy-ca", Duty::FrontProxyAuthority),
    ("front-proxy-client", Duty::FrontProxyClient),
    ("kube-controller-manager", Duty::ControllerManager),
    ("controller-manager", Duty::ControllerManager),
    ("kube-scheduler", Duty::Scheduler),
    ("scheduler", Duty::Scheduler),
    ("kube-proxy", Duty::KubeProxy),
    ("proxy", Duty::KubeProxy),
    ("kubelet", Duty::KubeletClient),
    ("kubelet-client-current", Duty::KubeletClient),
    ("kubelet-server-current", Duty::KubeletServer),
    ("kubelet-server", Duty::KubeletServer),
    ("bootstrap-kubelet", Duty::KubeletClient),
    ("service-account", Duty::ServiceAccount),
    ("service-accounts", Duty::ServiceAccount),
    ("sa", Duty::ServiceAccount),
    ("sa-signer", Duty::ServiceAccount),
    ("service-account-key", Duty::ServiceAccount),
    ("kube-apiserver-server", Duty::Apiserver),
    ("api-server", Duty::Apiserver),
    ("cacert", Duty::Authority),
];
