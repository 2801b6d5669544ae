//! As whom a listener sees its caller, and what that identity may do.

use serde::Serialize;

use super::name::Name;
use crate::ComponentKind;

/// The user and the groups that a listener takes a caller for.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Identity {
    /// The CN.
    pub user: String,
    /// Each O, and `system:authenticated`.
    pub groups: Vec<String>,
    /// What Kubernetes lets it do while nobody has changed the rules that it comes with: one sentence.
    pub may: &'static str,
    /// Whether no rule that Kubernetes comes with gives it any right of its own.
    pub nobody: bool,
}

const NOBODY: &str = "is authenticated, but nobody: may ask what it may do, and little else";
const KUBELET_API: &str =
    "may use the kubelet's API (logs, exec, metrics), by the binding that comes with the bundle";
const SERVICE_ACCOUNT: &str =
    "may do what a role is bound to its service account for: as Kubernetes comes, nothing but ask";
const ANONYMOUS: &str = "is anonymous: its certificate has no CN";

impl Identity {
    /// As whom kube-apiserver sees a pod by its token: here one of the service account `default` in the namespace `default`.
    pub(super) fn of_token() -> Self {
        let groups = [
            "system:serviceaccounts",
            "system:serviceaccounts:default",
            "system:authenticated",
        ];
        Self {
            user: "system:serviceaccount:default:default".to_owned(),
            groups: groups.map(ToOwned::to_owned).to_vec(),
            may: SERVICE_ACCOUNT,
            nobody: false,
        }
    }

    /// `None` at a listener that reads no identity out of a certificate. `bound` is whom the cluster's own rules let use a kubelet.
    pub(super) fn at(listener: ComponentKind, name: &Name, bound: &str) -> Option<Self> {
        if !matches!(
            listener,
            ComponentKind::KubeApiserver | ComponentKind::Kubelet
        ) {
            return None;
        }
        // Without a CN there is no user, and no word about it.
        if name.common_name.is_empty() {
            return Some(Self {
                user: "system:anonymous".to_owned(),
                groups: vec!["system:unauthenticated".to_owned()],
                may: ANONYMOUS,
                nobody: true,
            });
        }
        let mut groups = name.organizations.clone();
        groups.push("system:authenticated".to_owned());
        let may = match may(&name.common_name, &groups) {
            NOBODY if listener == ComponentKind::Kubelet && name.common_name == bound => {
                KUBELET_API
            }
            may => may,
        };
        Some(Self {
            nobody: may == NOBODY,
            may,
            user: name.common_name.clone(),
            groups,
        })
    }
}

/// <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings>
fn may(user: &str, groups: &[String]) -> &'static str {
    let is_in = |group: &str| groups.iter().any(|one| one == group);
    if is_in("system:masters") {
        return "may do everything, and no rule can take that back";
    }
    if is_in("kubeadm:cluster-admins") {
        return "may do everything, by a binding that can be taken back";
    }
    let node = user
        .strip_prefix("system:node:")
        .is_some_and(|node| !node.is_empty());
    match user {
        "system:kube-controller-manager" => {
            "may run the controllers: read nearly everything, and sign tokens for each of them"
        }
        "system:kube-proxy" => "may read services, endpoints and nodes, and write events",
        "system:kube-scheduler" => "may read pods and nodes, and bind pods to nodes",
        _ if node && is_in("system:nodes") => {
            "may read the pods bound to its own node with what they need, and report for that node"
        }
        _ => NOBODY,
    }
}
