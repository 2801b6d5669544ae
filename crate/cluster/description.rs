//! What a user wrote, before anything is believed of it.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Attribute, Error, KeyAlgorithm};

/// A cluster as plain JSON without secrets. Only the preset is required; what is left out is the preset's.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Description {
    /// The guide to follow: `hard-way-2020`.
    pub preset: String,
    /// The cluster's name in kubeconfigs and in the bundle's file name: a DNS-1123 label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Every machine, in the order in which the page shows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nodes: Option<Vec<NodeDescription>>,
    /// kube-apiserver's `--service-cluster-ip-range`; its first address is the service `kubernetes`. Dual-stack is two, apart by a comma.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_cidr: Option<String>,
    /// The DNS domain of services: `cluster.local`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_domain: Option<String>,
    /// `HOST` or `HOST:PORT` by which callers reach the control plane; empty for the load balancer's address, or the first control plane's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control_plane_endpoint: Option<String>,
    /// `1.34.8`; some subjects depend on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kubernetes_version: Option<String>,
    /// The algorithm of every key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_algorithm: Option<KeyAlgorithm>,
    /// Days from now until the certificates expire, but for the authorities'.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity_days: Option<i64>,
    /// The last day on which they are valid, `2031-12-31` in UTC; it goes before the days, unless it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// Days from now until the authorities expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_validity_days: Option<i64>,
    /// The last day on which the authorities are valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_valid_until: Option<String>,
    /// Attributes of every authority's subject, in place of the preset's; an empty value removes one. `CN` has its place in `certificates`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_subject: Option<BTreeMap<Attribute, String>>,
    /// Changes to single certificates, by their ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificates: Option<BTreeMap<String, CertificateDescription>>,
}

/// What a [`Description`] changes of one certificate.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CertificateDescription {
    /// Another CN: Kubernetes takes it for the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// Another O, which Kubernetes takes for the group; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Further subject alternative names: DNS names and addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Another algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_algorithm: Option<KeyAlgorithm>,
    /// Another validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity_days: Option<i64>,
}

/// One machine of a [`Description`].
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NodeDescription {
    /// The host name, which is also the kubelet's node name.
    pub name: String,
    /// What runs there.
    pub role: Role,
    /// The addresses that others dial, the usual one first.
    pub addresses: Vec<String>,
    /// Further DNS names by which others dial it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// What runs on a node.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// kube-apiserver, kube-controller-manager and kube-scheduler; and etcd, unless it has nodes of its own.
    ControlPlane,
    /// etcd alone.
    Etcd,
    /// A TCP proxy in front of every kube-apiserver; it opens no TLS.
    LoadBalancer,
    /// kubelet, kube-proxy and pods.
    Worker,
}

impl Role {
    /// Every role.
    pub(crate) const ALL: &[Self] = &[
        Self::ControlPlane,
        Self::Etcd,
        Self::LoadBalancer,
        Self::Worker,
    ];

    /// The word of the description: `control-plane`.
    pub fn id(self) -> &'static str {
        match self {
            Self::ControlPlane => "control-plane",
            Self::Etcd => "etcd",
            Self::LoadBalancer => "load-balancer",
            Self::Worker => "worker",
        }
    }
}

impl FromStr for Description {
    type Err = Error;

    /// Reads JSON; unknown fields and wrong types are refused with their path.
    fn from_str(json: &str) -> Result<Self, Error> {
        described(self::json(json)?)
    }
}

pub(super) fn json(text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|error| shape_error("", &error.to_string()))
}

pub(super) fn described(value: Value) -> Result<Description, Error> {
    objects(&value)?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        shape_error(
            path.trim_start_matches('.'),
            &error.into_inner().to_string(),
        )
    })
}

/// serde also reads a list as a struct, field by field: that is not the documented shape.
fn objects(value: &Value) -> Result<(), Error> {
    let nodes = value["nodes"].as_array().into_iter().flatten().enumerate();
    let nodes = nodes.map(|(index, node)| (format!("nodes[{index}]"), node));
    let changes = value["certificates"].as_object().into_iter().flatten();
    let changes = changes.map(|(id, change)| (format!("certificates.{id}"), change));
    for (field, value) in [(String::new(), value)]
        .into_iter()
        .chain(nodes)
        .chain(changes)
    {
        if value.is_array() {
            return Err(shape_error(
                &field,
                "invalid type: sequence, expected an object",
            ));
        }
    }
    Ok(())
}

/// serde says `FOUND, expected EXPECTED`: the two halves are what our error carries.
fn shape_error(path: &str, message: &str) -> Error {
    let (found, expected) = message
        .split_once(", expected ")
        .unwrap_or((message, "JSON of the documented shape"));
    let expected = match expected {
        "i64" => "a whole number",
        "struct CertificateDescription" | "struct Description" | "struct NodeDescription" => {
            "an object"
        }
        other => other,
    };
    Error::DescriptionShape {
        field: path.to_owned(),
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}
