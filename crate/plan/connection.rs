//! Who calls whom.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Component, ServerName, fill, name};
use crate::cluster::{Cluster, ConnectionRecipe, CredentialRecipe, Node, Pairing, Place};
use crate::words::Words;

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
    pub reason: Words,
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
    let all = recipes.flat_map(|recipe| {
        let pairs = pairs(cluster, recipe).into_iter();
        pairs.map(move |(caller, listener)| connect(cluster, recipe, caller, listener))
    });
    all.collect()
}

/// How many there are, without making them.
pub(super) fn count(cluster: &Cluster) -> usize {
    let recipes = cluster.preset.connections.iter();
    recipes.map(|recipe| pairs(cluster, recipe).len()).sum()
}

/// Every pair of a caller and a listener that the recipe brings together; a caller of `None` is outside the cluster.
fn pairs<'a>(cluster: &'a Cluster, recipe: &ConnectionRecipe) -> Vec<(Option<&'a Node>, &'a Node)> {
    let callers: Vec<Option<&Node>> = match recipe.caller.1 {
        Place::Outside => vec![None],
        place => cluster.nodes_at(place).into_iter().map(Some).collect(),
    };
    let listeners = cluster.nodes_at(recipe.listener.1);
    let target = name::endpoint_s_node(cluster);
    let same = |caller: Option<&Node>, listener: &Node| {
        caller.is_some_and(|caller| caller.name == listener.name)
    };
    let meets = |caller: Option<&Node>, listener: &Node| match recipe.pairing {
        Pairing::Every => true,
        Pairing::Others => !same(caller, listener),
        Pairing::OwnOrEvery => {
            same(caller, listener) || !listeners.iter().any(|other| same(caller, other))
        }
        Pairing::SameNode => same(caller, listener),
        Pairing::ThroughEndpoint => target.is_none_or(|node| node.name == listener.name),
    };
    let mut pairs = Vec::new();
    for caller in callers {
        let met = listeners.iter().filter(|listener| meets(caller, listener));
        pairs.extend(met.map(|listener| (caller, *listener)));
    }
    pairs
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
        dials: dials(cluster, recipe, caller, listener),
        client: ClientEnd {
            credential,
            certificate,
            token_signer,
            authority: recipe.caller_trusts.to_owned(),
            flags: flags(cluster, recipe.caller_flags, caller),
        },
        server: ServerEnd {
            certificate: fill(recipe.server_certificate, Some(listener)),
            authority: recipe.listener_trusts.map(ToOwned::to_owned),
            flags: flags(cluster, recipe.listener_flags, Some(listener)),
        },
        refusal: recipe.refusal,
    }
}

fn dials(
    cluster: &Cluster,
    recipe: &ConnectionRecipe,
    caller: Option<&Node>,
    listener: &Node,
) -> Vec<Dial> {
    let mut dials: Vec<Dial> = Vec::new();
    for way in recipe
        .dials
        .iter()
        .flat_map(|dial| name::dialled(cluster, *dial, caller, listener))
    {
        // Without a load balancer the endpoint is the node itself.
        if dials.iter().all(|known| known.host != way.host) {
            dials.push(Dial {
                host: way.host,
                port: way.port.unwrap_or(recipe.port),
                via: way.via,
                reason: way.reason,
            });
        }
    }
    dials
}

fn flags(
    cluster: &Cluster,
    flags: &'static [(&'static str, &'static str)],
    node: Option<&Node>,
) -> Vec<Flag> {
    let cidrs = || {
        let cidrs = cluster.service_cidrs.iter().map(ToString::to_string);
        cidrs.collect::<Vec<_>>().join(",")
    };
    let value = |value: &str| match value {
        "{service-cidr}" => cidrs(),
        value => fill(value, node),
    };
    let flags = flags.iter();
    flags
        .map(|&(flag, text)| Flag {
            flag,
            value: value(text),
        })
        .collect()
}
