//! Who calls whom.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{ServerName, fill, name};
use crate::cluster::{Cluster, ConnectionRecipe, CredentialRecipe, Node, Pairing, Station};

/// One arrow: a caller, a listener, and what each shows the other.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Connection {
    /// `kube-scheduler@master-1/kube-apiserver@master-1`
    pub id: String,
    /// The row of the connection matrix: `kube-scheduler/kube-apiserver`.
    pub kind: &'static str,
    /// The component that calls; written as its id.
    #[serde(serialize_with = "component_id")]
    pub caller: Component,
    /// The component that listens; written as its id.
    #[serde(serialize_with = "component_id")]
    pub listener: Component,
    /// The listener's port.
    pub port: u16,
    /// How the caller addresses the listener, the usual way first; never empty.
    pub dials: Vec<Dial>,
    /// The caller's end.
    pub client: ClientEnd,
    /// The listener's end.
    pub server: ServerEnd,
    /// What a caller with a bad certificate sees.
    pub refusal: Refusal,
}

/// One name that a caller dials. It has to be in the listener's certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dial {
    /// The name.
    pub host: ServerName,
    /// The port that is dialled.
    pub port: u16,
    /// The load balancer in between; TLS passes through it unopened.
    pub via: Option<String>,
    /// Where the caller has the name from.
    pub reason: &'static str,
}

/// What the caller shows and whom it trusts.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientEnd {
    /// Certificate or token.
    pub credential: Credential,
    /// Id of the client certificate; for a token, `None`.
    pub certificate: Option<String>,
    /// Id of the key pair whose private key signed the token; for a certificate, `None`.
    pub token_signer: Option<String>,
    /// Id of the authority by which the caller checks the listener.
    pub authority: String,
    /// The flags or fields that name those files.
    pub flags: Vec<Flag>,
}

/// What the listener shows and whom it trusts.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ServerEnd {
    /// Id of the server certificate.
    pub certificate: String,
    /// Id of the authority by which the listener checks the caller's certificate; for a token, `None`.
    pub authority: Option<String>,
    /// The flags or fields that name those files.
    pub flags: Vec<Flag>,
}

/// What a caller proves itself with.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credential {
    /// A client certificate, in the TLS handshake.
    Certificate,
    /// A service-account token, in the HTTP request.
    Token,
}

/// A command-line flag or a field of a configuration file.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Flag {
    /// `--client-ca-file`
    pub flag: &'static str,
    /// `/var/lib/kubernetes/ca.crt`
    pub value: String,
}

/// How a listener turns away a caller with a bad certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// HTTP status 401, after a handshake that succeeds.
    #[serde(rename = "http-401")]
    Http401,
    /// A TLS alert, in the handshake.
    TlsAlert,
}

/// A program that calls or listens.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Component {
    /// Which program.
    pub kind: ComponentKind,
    /// The node that it runs on; `None` for the operator's own computer.
    pub node: Option<String>,
}

/// The programs that take part.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
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

impl Serialize for Dial {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Dial", 5)?;
        fields.serialize_field("host", &self.host.to_string())?;
        fields.serialize_field("type", self.host.type_name())?;
        fields.serialize_field("port", &self.port)?;
        fields.serialize_field("via", &self.via)?;
        fields.serialize_field("reason", &self.reason)?;
        fields.end()
    }
}

fn component_id<S: Serializer>(component: &Component, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&component.id())
}

pub(super) fn plan(cluster: &Cluster) -> Vec<Connection> {
    let recipes = cluster.preset.connections.iter();
    recipes.flat_map(|recipe| follow(cluster, recipe)).collect()
}

/// Both ends of every connection, once each, in the order of their first appearance.
pub(super) fn components(connections: &[Connection]) -> Vec<Component> {
    let mut components: Vec<Component> = Vec::new();
    for end in connections
        .iter()
        .flat_map(|connection| [&connection.caller, &connection.listener])
    {
        if !components.contains(end) {
            components.push(end.clone());
        }
    }
    components
}

/// Every pair of a caller and a listener that the recipe brings together.
fn follow(cluster: &Cluster, recipe: &'static ConnectionRecipe) -> Vec<Connection> {
    let callers: Vec<Option<&Node>> = match recipe.caller.1 {
        Station::Outside => vec![None],
        Station::On(role) => cluster.nodes_with(role).map(Some).collect(),
    };
    let listeners: Vec<&Node> = cluster.nodes_with(recipe.listener.1).collect();
    // Without a load balancer a kubeconfig names one server, and the others are never called through it.
    let reached = match (recipe.pairing, cluster.load_balancer()) {
        (Pairing::ThroughEndpoint, None) => &listeners[..listeners.len().min(1)],
        _ => &listeners[..],
    };
    let pairs = callers
        .iter()
        .flat_map(|caller| reached.iter().map(move |listener| (*caller, *listener)));
    pairs
        .filter(|(caller, listener)| match recipe.pairing {
            Pairing::Every | Pairing::ThroughEndpoint => true,
            Pairing::Others => caller.is_none_or(|caller| caller.name != listener.name),
            Pairing::SameNode => caller.is_some_and(|caller| caller.name == listener.name),
        })
        .map(|(caller, listener)| connect(cluster, recipe, caller, listener))
        .collect()
}

fn connect(
    cluster: &Cluster,
    recipe: &'static ConnectionRecipe,
    caller: Option<&Node>,
    listener: &Node,
) -> Connection {
    let component = |kind, node: Option<&Node>| Component {
        kind,
        node: node.map(|node| node.name.clone()),
    };
    let flags = |flags: &'static [(&str, &str)], node| {
        flags
            .iter()
            .map(|&(flag, value)| Flag {
                flag,
                value: fill(value, node),
            })
            .collect()
    };
    let mut dials: Vec<Dial> = Vec::new();
    for (host, via, reason) in recipe
        .dials
        .iter()
        .flat_map(|dial| name::dialled(cluster, *dial, listener))
    {
        // Without a load balancer the endpoint is the node itself.
        if dials.iter().all(|known| known.host != host) {
            dials.push(Dial {
                host,
                port: recipe.port,
                via,
                reason,
            });
        }
    }
    let (credential, certificate, token_signer) = match recipe.credential {
        CredentialRecipe::Certificate(id) => {
            (Credential::Certificate, Some(fill(id, caller)), None)
        }
        CredentialRecipe::Token(id) => (Credential::Token, None, Some(fill(id, caller))),
    };
    let caller_end = component(recipe.caller.0, caller);
    let listener_end = component(recipe.listener.0, Some(listener));
    Connection {
        id: format!("{}/{}", caller_end.id(), listener_end.id()),
        kind: recipe.kind,
        caller: caller_end,
        listener: listener_end,
        port: recipe.port,
        dials,
        client: ClientEnd {
            credential,
            certificate,
            token_signer,
            authority: recipe.caller_trusts.to_owned(),
            flags: flags(recipe.caller_flags, caller),
        },
        server: ServerEnd {
            certificate: fill(recipe.server_certificate, Some(listener)),
            authority: recipe.listener_trusts.map(ToOwned::to_owned),
            flags: flags(recipe.listener_flags, Some(listener)),
        },
        refusal: recipe.refusal,
    }
}
