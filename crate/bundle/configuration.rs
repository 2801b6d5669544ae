//! The files beside keys, certificates and kubeconfigs: encryption at rest, and rights.

use base64ct::{Base64, Encoding};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::error::encoding;
use crate::{Configuration, ConfigurationKind, Error, Pki};

pub(super) fn content(
    pki: &Pki,
    configuration: &Configuration,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let subject = &configuration.subject;
    Ok(match configuration.kind {
        ConfigurationKind::AdminAccess => yaml(&[&binding(
            "kubeadm:cluster-admins",
            "cluster-admin",
            "Group",
            subject,
        )])?,
        ConfigurationKind::Encryption => encryption(pki)?,
        ConfigurationKind::KubeletAccess => yaml(&[
            &ClusterRole {
                head: Head::new("ClusterRole", KUBELET_ROLE),
                rules: [Rule {
                    api_groups: [""],
                    resources: &[
                        "nodes/proxy",
                        "nodes/stats",
                        "nodes/log",
                        "nodes/spec",
                        "nodes/metrics",
                    ],
                    verbs: ["*"],
                }],
            },
            &binding("system:kube-apiserver", KUBELET_ROLE, "User", subject),
        ])?,
    })
}

/// The guides' name for the role.
const KUBELET_ROLE: &str = "system:kube-apiserver-to-kubelet";

/// <https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/>
fn encryption(pki: &Pki) -> Result<Zeroizing<Vec<u8>>, Error> {
    let key = pki.encryption_key().ok_or(Error::NotIssued)?;
    let secret = Zeroizing::new(Base64::encode_string(key));
    // Text, so that the key is in no buffer of a serializer's: nothing of it needs quotes in YAML.
    Ok(Zeroizing::new(
        format!(
            "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n  - resources:\n      - secrets\n    \
             providers:\n      - aescbc:\n          keys:\n            - name: key1\n              secret: {}\n      - identity: {{}}\n",
            *secret
        )
        .into_bytes(),
    ))
}

fn yaml(documents: &[&dyn Document]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let texts = documents.iter().map(|document| document.yaml());
    let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
    Ok(Zeroizing::new(texts.join("---\n").into_bytes()))
}

/// Documents of different shapes in one file.
trait Document {
    fn yaml(&self) -> Result<String, Error>;
}

impl<T: Serialize> Document for T {
    fn yaml(&self) -> Result<String, Error> {
        serde_saphyr::to_string(self).map_err(|error| encoding("a configuration")(&error))
    }
}

/// Shape: <https://kubernetes.io/docs/reference/access-authn-authz/rbac/>
#[derive(Serialize)]
struct ClusterRole {
    #[serde(flatten)]
    head: Head,
    rules: [Rule; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    api_groups: [&'static str; 1],
    resources: &'static [&'static str],
    verbs: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClusterRoleBinding<'a> {
    #[serde(flatten)]
    head: Head,
    role_ref: Reference<'a>,
    subjects: [Reference<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
}

#[derive(Serialize)]
struct Metadata {
    name: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reference<'a> {
    api_group: &'static str,
    kind: &'static str,
    name: &'a str,
}

impl Head {
    fn new(kind: &'static str, name: &'static str) -> Self {
        Self {
            api_version: "rbac.authorization.k8s.io/v1",
            kind,
            metadata: Metadata { name },
        }
    }
}

fn binding<'a>(
    name: &'static str,
    role: &'static str,
    kind: &'static str,
    subject: &'a str,
) -> ClusterRoleBinding<'a> {
    let reference = |kind, name| Reference {
        api_group: "rbac.authorization.k8s.io",
        kind,
        name,
    };
    ClusterRoleBinding {
        head: Head::new("ClusterRoleBinding", name),
        role_ref: reference("ClusterRole", role),
        subjects: [reference(kind, subject)],
    }
}
