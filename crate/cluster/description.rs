//! What a user wrote, before anything is believed of it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Error, KeyAlgorithm};

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
    /// kube-apiserver's `--service-cluster-ip-range`; its first address is the service `kubernetes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_cidr: Option<String>,
    /// The DNS domain of services: `cluster.local`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_domain: Option<String>,
    /// The algorithm of every key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_algorithm: Option<KeyAlgorithm>,
    /// Days from now until every certificate expires.
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
}

/// What runs on a node.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// etcd, kube-apiserver, kube-controller-manager and kube-scheduler.
    ControlPlane,
    /// A TCP proxy in front of every kube-apiserver; it opens no TLS.
    LoadBalancer,
    /// kubelet, kube-proxy and pods.
    Worker,
}

impl FromStr for Description {
    type Err = Error;

    /// Reads JSON; unknown fields and wrong types are refused with their path.
    fn from_str(json: &str) -> Result<Self, Error> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let description = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            shape_error(&path, &error.into_inner().to_string())
        })?;
        deserializer
            .end()
            .map_err(|error| shape_error(".", &error.to_string()))?;
        Ok(description)
    }
}

/// serde says `FOUND, expected EXPECTED at line L column C`: the two halves are what our error carries.
fn shape_error(path: &str, message: &str) -> Error {
    let (found, expected) = message
        .split_once(", expected ")
        .unwrap_or((message, "JSON of the documented shape"));
    let expected = expected
        .rsplit_once(" at line ")
        .map_or(expected, |(expected, _)| expected);
    Error::DescriptionShape {
        field: if path == "." {
            String::new()
        } else {
            path.to_owned()
        },
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}
