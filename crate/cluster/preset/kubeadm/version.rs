//! What depends on the version of Kubernetes.

use crate::cluster::Version;

/// Since then `admin.conf` can be taken its rights away, and `super-admin.conf` is what cannot.
/// <https://github.com/kubernetes/kubernetes/pull/121305>
pub(super) const SUPER_ADMIN: Version = Version::new(1, 29, 0);

#[expect(clippy::unnecessary_wraps, reason = "a recipe's group may be none")]
pub(super) fn admin_group(version: Version) -> Option<&'static str> {
    Some(if version < SUPER_ADMIN {
        "system:masters"
    } else {
        CLUSTER_ADMINS
    })
}

/// <https://github.com/kubernetes/kubernetes/pull/121837> and, in every supported minor version's own patch release,
/// <https://github.com/kubernetes/kubernetes/pull/138957>
pub(super) fn kubelet_client_group(version: Version) -> Option<&'static str> {
    const WITHOUT: [Version; 4] = [
        Version::new(1, 33, 12),
        Version::new(1, 34, 8),
        Version::new(1, 35, 5),
        Version::new(1, 36, 1),
    ];
    let newest = WITHOUT[WITHOUT.len() - 1];
    let patched = |first: &Version| version.same_minor(*first) && version >= *first;
    if version < SUPER_ADMIN {
        Some("system:masters")
    } else if version >= newest || WITHOUT.iter().any(patched) {
        None
    } else {
        Some(CLUSTER_ADMINS)
    }
}

const CLUSTER_ADMINS: &str = "kubeadm:cluster-admins";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kubelet_client_s_group_follows_the_version() {
        for (version, group) in [
            ((1, 28, 15), Some("system:masters")),
            ((1, 29, 0), Some("kubeadm:cluster-admins")),
            ((1, 32, 99), Some("kubeadm:cluster-admins")),
            ((1, 33, 11), Some("kubeadm:cluster-admins")),
            ((1, 33, 12), None),
            ((1, 34, 7), Some("kubeadm:cluster-admins")),
            ((1, 34, 8), None),
            ((1, 35, 4), Some("kubeadm:cluster-admins")),
            ((1, 35, 5), None),
            ((1, 36, 0), Some("kubeadm:cluster-admins")),
            ((1, 36, 1), None),
            ((1, 37, 0), None),
        ] {
            let (major, minor, patch) = version;
            let found = kubelet_client_group(Version::new(major, minor, patch));
            assert_eq!(found, group, "{version:?}");
        }
    }

    #[test]
    fn the_admin_s_group_follows_the_version() {
        assert_eq!(admin_group(Version::new(1, 28, 0)), Some("system:masters"));
        let since = admin_group(Version::new(1, 29, 0));
        assert_eq!(since, Some("kubeadm:cluster-admins"));
    }
}
