//! As whom a listener sees its caller, and what that identity may do.

use serde::Serialize;

use super::name::Name;
use crate::ComponentKind;
use crate::words::{Words, words};

/// The user and the groups that a listener takes a caller for.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Identity {
    /// The CN.
    pub user: String,
    /// Each O, and `system:authenticated`.
    pub groups: Vec<String>,
    /// What Kubernetes lets it do while nobody has changed the rules that it comes with: one sentence.
    pub may: Words,
    /// Whether no rule that Kubernetes comes with gives it any right of its own.
    pub nobody: bool,
}

const NOBODY: Words = words(
    "is authenticated, but nobody: may ask what it may do, and little else",
    "認証はされましたが、権限がありません。できるのは、自分に何ができるかを問い合わせることくらいです。",
);
const KUBELET_API: Words = words(
    "may use the kubelet's API (logs, exec, metrics), by the binding that comes with the bundle",
    "kubelet の API（logs、exec、metrics）を使えます。配布一式に入っている ClusterRoleBinding によります。",
);
const SERVICE_ACCOUNT: Words = words(
    "may do what a role is bound to its service account for: as Kubernetes comes, nothing but ask",
    "サービスアカウントにバインドされたロールの分だけ許可されます。初期状態では、問い合わせのほか何もできません。",
);
const ANONYMOUS: Words = words(
    "is anonymous: its certificate has no CN",
    "匿名ユーザーです。証明書に CN がありません。",
);

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
fn may(user: &str, groups: &[String]) -> Words {
    let is_in = |group: &str| groups.iter().any(|one| one == group);
    if is_in("system:masters") {
        return words(
            "may do everything, and no rule can take that back",
            "何でもできます。この権限は RBAC では取り消せません。",
        );
    }
    if is_in("kubeadm:cluster-admins") {
        return words(
            "may do everything, by a binding that can be taken back",
            "何でもできます。ただし、取り消せる ClusterRoleBinding によるものです。",
        );
    }
    let node = user
        .strip_prefix("system:node:")
        .is_some_and(|node| !node.is_empty());
    match user {
        "system:kube-controller-manager" => words(
            "may run the controllers: read nearly everything, and sign tokens for each of them",
            "コントローラーを動かせます。ほぼすべてのリソースを読み、各コントローラー用のトークンを発行できます。",
        ),
        "system:kube-proxy" => words(
            "may read services, endpoints and nodes, and write events",
            "Service、Endpoints、Node を読み、Event を書き込めます。",
        ),
        "system:kube-scheduler" => words(
            "may read pods and nodes, and bind pods to nodes",
            "Pod と Node を読み、Pod を Node に割り当てられます。",
        ),
        _ if node && is_in("system:nodes") => words(
            "may read the pods bound to its own node with what they need, and report for that node",
            "自分の Node に割り当てられた Pod と、その Pod が使うものを読み、自分の Node の状態を報告できます。",
        ),
        _ => NOBODY,
    }
}
