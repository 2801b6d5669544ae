//! A verdict for each connection of a plan: Go's rules, and on top those of the components.

use std::collections::HashMap;
use std::net::IpAddr;

use serde::Serialize;

use super::chain::{self, Options, Step};
use super::check::Check;
use super::evidence::Evidence;
use super::handshake::{End, Failure, Handshake, play, readable_roots};
use super::identity::Identity;
use super::memo::Memo;
use super::rules;
use super::story::reached;
use super::usage::Usage;
use crate::{ConfigurationKind, Connection, Plan, Refusal, Role};

/// What becomes of one connection.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Id of the connection.
    pub connection: String,
    /// Whether it holds.
    pub state: State,
    /// The files without which nothing can be said: `worker-1.crt`; empty but for [`State::NotGiven`].
    pub missing: Vec<String>,
    /// The name that is dialled: of several the first that is refused, else the usual one.
    pub host: String,
    /// Who refuses; `None` if nobody does.
    pub side: Option<Side>,
    /// What the refusing side says; empty if nobody refuses.
    pub text: String,
    /// What the other side sees of it.
    pub other: String,
    /// The whole line that the refusing side prints or logs.
    pub log: Option<String>,
    /// Id of the component that prints it; empty if nobody refuses.
    pub log_at: String,
    /// The server proves itself to the client.
    pub server: Vec<Check>,
    /// The client proves itself to the server.
    pub client: Vec<Check>,
    /// As whom the listener sees the caller, where it reads that out of a certificate or a token that it accepts.
    pub identity: Option<Identity>,
}

/// Whether a connection holds.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Files are missing, or the name that is dialled is not known: neither verified nor refused.
    NotGiven,
    /// One side refuses the other.
    Refused,
    /// Both sides accept each other.
    Verified,
}

/// An end of a connection.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the ends' own names")]
pub enum Side {
    Client,
    Server,
}

/// Reaches verdicts, and checks no signature twice.
pub struct Verifier<'a> {
    plan: &'a Plan,
    pub(super) evidence: &'a Evidence,
    pub(super) now: i64,
    pub(super) memo: Memo,
    /// What DNS would say of the nodes.
    addresses: HashMap<&'a str, Vec<IpAddr>>,
    control_planes: Vec<&'a str>,
}

/// How one attempt at a connection fails.
pub(super) enum Fall {
    /// In TLS, at either end.
    Handshake(Failure),
    /// The listener does not believe the caller's certificate, but lets it in.
    Unauthenticated(Step, String),
    /// Nor its token.
    Token,
    /// etcd's rule for peers.
    Peer(String),
    /// It cannot be judged without these files.
    NotGiven(Vec<String>),
}

impl<'a> Verifier<'a> {
    /// `now` is in seconds since 1970.
    pub fn new(plan: &'a Plan, evidence: &'a Evidence, now: i64) -> Self {
        let nodes = plan.cluster.nodes.iter().flatten();
        let mut addresses = HashMap::new();
        for node in nodes.clone() {
            let own: Vec<IpAddr> = node.addresses.iter().flat_map(|one| one.parse()).collect();
            for name in node.names.iter().chain([&node.name]) {
                addresses.insert(name.as_str(), own.clone());
            }
        }
        let control_planes = nodes.filter(|node| node.role == Role::ControlPlane);
        Self {
            plan,
            evidence,
            now,
            memo: Memo::default(),
            addresses,
            control_planes: control_planes.map(|node| node.name.as_str()).collect(),
        }
    }

    /// A verdict for each connection, in the plan's order.
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict> {
        self.plan.connections.iter().map(|one| self.verdict(one))
    }

    /// The verdict for one connection of the plan.
    pub fn verdict(&self, connection: &Connection) -> Verdict {
        let (host, fall) = self.judge(connection);
        let (server, client) = reached(fall.as_ref());
        Verdict {
            server: self.server_checks(connection, &host, server),
            client: self.client_checks(connection, fall.as_ref(), client),
            ..self.summary(connection, host, fall.as_ref())
        }
    }

    /// The same for each connection, without the checks.
    pub fn summaries(&self) -> impl Iterator<Item = Verdict> {
        self.plan.connections.iter().map(|connection| {
            let (host, fall) = self.judge(connection);
            self.summary(connection, host, fall.as_ref())
        })
    }

    /// The first name that is refused, and how, or the usual one.
    fn judge(&self, connection: &Connection) -> (String, Option<Fall>) {
        let mut hosts = self.evidence.hosts(connection).into_iter().peekable();
        let usual = hosts.peek().cloned().unwrap_or_default();
        let missing = self.missing(connection);
        if !missing.is_empty() || usual.is_empty() {
            return (usual, Some(Fall::NotGiven(missing)));
        }
        let mut attempts = hosts.map(|host| (self.attempt(connection, &host), host));
        let fallen = attempts.find_map(|(attempt, host)| Some((host, attempt.err()?)));
        fallen.map_or((usual, None), |(host, fall)| (host, Some(fall)))
    }

    fn summary(&self, connection: &Connection, host: String, fall: Option<&Fall>) -> Verdict {
        let mut verdict = Verdict {
            connection: connection.id.clone(),
            state: State::Verified,
            missing: Vec::new(),
            host,
            side: None,
            text: String::new(),
            other: String::new(),
            log: None,
            log_at: String::new(),
            server: Vec::new(),
            client: Vec::new(),
            identity: None,
        };
        match fall {
            Some(fall) => self.tell(connection, fall, &mut verdict),
            None => verdict.identity = self.identity(connection),
        }
        verdict
    }

    fn attempt(&self, connection: &Connection, host: &str) -> Result<(), Fall> {
        let handshake = self.handshake(connection, host);
        play(&self.memo, &handshake).map_err(Fall::Handshake)?;
        if connection.client.token_signer.is_some() && !self.signs_as_verified(connection) {
            return Err(Fall::Token);
        }
        if handshake.requires {
            self.peer(connection)
        } else {
            self.authenticate(&handshake)
        }
    }

    /// The handshake by which one connection begins when its caller dials `host`.
    pub fn handshake(&self, connection: &Connection, host: &str) -> Handshake {
        let evidence = self.evidence;
        let roots = |roots: &[Vec<u8>]| roots.to_vec();
        let trusted = evidence.checks(connection);
        let trusted = trusted.then(|| roots(evidence.trusted_by_caller(connection)));
        Handshake {
            host: host.to_owned(),
            now: self.now,
            client: End {
                chain: evidence.shown_by_caller(connection).to_vec(),
                key: evidence.key_of_caller(connection).cloned(),
                roots: trusted,
            },
            server: End {
                chain: evidence.shown_by_listener(connection).to_vec(),
                key: evidence.key_of_listener(connection).cloned(),
                roots: evidence.trusted_by_listener(connection).map(roots),
            },
            // kube-apiserver and kubelet let anybody in: who has a bad certificate is told so by HTTP.
            requires: connection.refusal == Refusal::TlsAlert,
        }
    }

    /// The names that the caller of one connection dials, the usual one first.
    pub fn hosts(&self, connection: &Connection) -> Vec<String> {
        self.evidence.hosts(connection)
    }

    fn missing(&self, connection: &Connection) -> Vec<String> {
        let mut missing = self.evidence.missing(connection);
        if let Some(id) = &connection.client.token_signer {
            let (verifying, mut signing) = self.token_keys(connection);
            if verifying.is_none() || signing.any(|key| key.is_none()) {
                missing.push(format!("{id}.key"));
            }
        }
        missing
    }

    /// The x509 authenticator of kube-apiserver and kubelet.
    fn authenticate(&self, handshake: &Handshake) -> Result<(), Fall> {
        let Some((shown, others)) = handshake.client.chain.split_first() else {
            return Ok(());
        };
        let Some(roots) = &handshake.server.roots else {
            return Ok(());
        };
        let unread = |text| Fall::Unauthenticated(Step::Readable, text);
        let leaf = self.memo.read(shown).map_err(unread)?;
        let others = readable_roots(&self.memo, others);
        let roots = readable_roots(&self.memo, roots);
        let options = Options {
            now: self.now,
            host: None,
            usage: Usage::ClientAuth,
        };
        chain::verify(&self.memo, &leaf, &others, &roots, &options).map_err(|refusal| {
            let text = rules::unauthenticated(&leaf, &refusal.text);
            Fall::Unauthenticated(refusal.step, text)
        })
    }

    fn peer(&self, connection: &Connection) -> Result<(), Fall> {
        let shown = self.evidence.shown_by_caller(connection).first();
        let leaf = shown.and_then(|der| self.memo.read(der).ok());
        let (Some(leaf), Some(remote)) = (leaf, self.remote(connection)) else {
            return Ok(());
        };
        if connection.kind != PEER {
            return Ok(());
        }
        let resolve = |name: &str| self.addresses.get(name).cloned().unwrap_or_default();
        rules::peer(&leaf, remote, resolve).map_err(Fall::Peer)
    }

    /// The address that the caller calls from.
    pub(super) fn remote(&self, connection: &Connection) -> Option<IpAddr> {
        let node = connection.caller.node.as_deref()?;
        self.addresses.get(node)?.first().copied()
    }

    /// Any control plane may have signed a token: the key has to be the same on all of them.
    fn signs_as_verified(&self, connection: &Connection) -> bool {
        let (verifying, mut signing) = self.token_keys(connection);
        signing.all(|key| key == verifying)
    }

    pub(super) fn token_keys<'b>(
        &'b self,
        connection: &'b Connection,
    ) -> (
        Option<&'b Vec<u8>>,
        impl Iterator<Item = Option<&'b Vec<u8>>>,
    ) {
        let id = connection
            .client
            .token_signer
            .as_deref()
            .unwrap_or_default();
        let key = move |node: Option<&str>| self.evidence.key(node, id);
        let signing = self.control_planes.iter().map(move |node| key(Some(node)));
        let verifying = connection.listener.node.as_deref();
        (self.evidence.verifying_key(verifying, id), signing)
    }

    fn identity(&self, connection: &Connection) -> Option<Identity> {
        if connection.client.token_signer.is_some() {
            return Some(Identity::of_token());
        }
        let shown = self.evidence.shown_by_caller(connection).first()?;
        let leaf = self.memo.read(shown).ok()?;
        let mut bound = self.plan.configurations.iter();
        let bound = bound.find(|one| one.kind == ConfigurationKind::KubeletAccess);
        let bound = bound.map_or("", |bound| bound.subject.as_str());
        Identity::at(connection.listener.kind, &leaf.name, bound)
    }
}

/// The kind of a connection between members of etcd.
pub(super) const PEER: &str = "etcd/etcd-peer";
