//! The programs that call and listen.

use std::collections::HashSet;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Connection;

/// A program that calls or listens.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Component {
    /// Which program.
    pub kind: ComponentKind,
    /// The node that it runs on; `None` for the operator's own computer.
    pub node: Option<String>,
}

/// The programs that take part.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the programs' own names")]
pub enum ComponentKind {
    Etcd,
    Etcdctl,
    KubeApiserver,
    KubeControllerManager,
    KubeProxy,
    KubeScheduler,
    Kubectl,
    Kubelet,
    Pod,
}

impl Component {
    /// `kube-apiserver@master-1`, or `kubectl` on no node.
    pub fn id(&self) -> String {
        match &self.node {
            Some(node) => format!("{}@{node}", self.kind.name()),
            None => self.kind.name().to_owned(),
        }
    }
}

impl ComponentKind {
    /// The program's name: `kube-apiserver`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Etcd => "etcd",
            Self::Etcdctl => "etcdctl",
            Self::KubeApiserver => "kube-apiserver",
            Self::KubeControllerManager => "kube-controller-manager",
            Self::KubeProxy => "kube-proxy",
            Self::KubeScheduler => "kube-scheduler",
            Self::Kubectl => "kubectl",
            Self::Kubelet => "kubelet",
            Self::Pod => "pod",
        }
    }
}

impl Serialize for Component {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Component", 3)?;
        fields.serialize_field("id", &self.id())?;
        fields.serialize_field("kind", &self.kind)?;
        fields.serialize_field("node", &self.node)?;
        fields.end()
    }
}

/// Both ends of every connection, once each, in the order of their first appearance.
pub(super) fn all(connections: &[Connection]) -> Vec<Component> {
    let mut seen = HashSet::new();
    let mut components = Vec::new();
    for end in connections
        .iter()
        .flat_map(|connection| [&connection.caller, &connection.listener])
    {
        if seen.insert(end) {
            components.push(end.clone());
        }
    }
    components
}
