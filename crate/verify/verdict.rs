//! Plan + certificates + clock -> a verdict for each connection: Go's rules, and on top those of the components.

use std::collections::BTreeMap;

use serde::Serialize;

use super::certificate::Certificate;
use super::chain::{self, Options};
use super::identity::Identity;
use super::usage::Usage;
use super::{End, Handshake, handshake};
use crate::{Connection, Plan, Refusal};

/// What becomes of one connection.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Id of the connection.
    pub connection: String,
    /// The name that is dialled: of several the first that is refused, else the usual one.
    pub host: String,
    /// Who refuses; `None` if nobody does.
    pub side: Option<Side>,
    /// What the refusing side says; empty if nobody refuses.
    pub text: String,
    /// What the other side sees of it.
    pub other: String,
    /// As whom the listener sees the caller, where it reads that out of a certificate that it accepts.
    pub identity: Option<Identity>,
}

/// An end of a connection.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the ends' own names")]
pub enum Side {
    Client,
    Server,
}

/// A verdict for each connection of the plan, in its order. `certificates` are DER, by id; `now` is in seconds since 1970.
pub fn connections(
    plan: &Plan,
    certificates: &BTreeMap<String, Vec<u8>>,
    now: i64,
) -> Vec<Verdict> {
    let verdict = |connection| verdict(connection, certificates, now);
    plan.connections.iter().map(verdict).collect()
}

fn verdict(
    connection: &Connection,
    certificates: &BTreeMap<String, Vec<u8>>,
    now: i64,
) -> Verdict {
    let mut hosts = connection.dials.iter().map(|dial| dial.host.to_string());
    let usual = hosts.next().unwrap_or_default();
    let first = at(connection, usual, certificates, now);
    let refused = |verdict: &Verdict| verdict.side.is_some();
    if refused(&first) {
        return first;
    }
    let mut others = hosts.map(|host| at(connection, host, certificates, now));
    others.find(refused).unwrap_or(first)
}

/// By one of the names that the caller dials.
fn at(
    connection: &Connection,
    host: String,
    certificates: &BTreeMap<String, Vec<u8>>,
    now: i64,
) -> Verdict {
    let shown = |id: &str| certificates.get(id).cloned().into_iter().collect::<Vec<_>>();
    let (client, server) = (&connection.client, &connection.server);
    // kube-apiserver and kubelet ask for a certificate and let anybody in: who has a bad one is told so by HTTP.
    let in_tls = connection.refusal == Refusal::TlsAlert;
    let outcome = handshake(&Handshake {
        host: host.clone(),
        now,
        client: End {
            chain: client.certificate.as_deref().map(shown).unwrap_or_default(),
            roots: Some(shown(&client.authority)),
        },
        server: End {
            chain: shown(&server.certificate),
            roots: server.authority.as_deref().filter(|_| in_tls).map(shown),
        },
    });
    let mut verdict = Verdict {
        connection: connection.id.clone(),
        host,
        side: None,
        text: String::new(),
        other: String::new(),
        identity: None,
    };
    if outcome.server.starts_with("remote error") {
        verdict.side = Some(Side::Client);
        (verdict.text, verdict.other) = (outcome.client, outcome.server);
    } else if !outcome.server.is_empty() {
        verdict.side = Some(Side::Server);
        (verdict.text, verdict.other) = (outcome.server, outcome.client);
    } else if let Some(id) = &client.certificate {
        let trusted = server.authority.as_deref().map(shown).unwrap_or_default();
        match authenticated(connection, &shown(id), &trusted, now) {
            Ok(identity) => verdict.identity = identity,
            Err(text) => {
                verdict.side = Some(Side::Server);
                verdict.text = text;
                "401 Unauthorized".clone_into(&mut verdict.other);
            }
        }
    }
    verdict
}

/// As the x509 authenticator of kube-apiserver and kubelet sees it.
fn authenticated(
    connection: &Connection,
    shown: &[Vec<u8>],
    trusted: &[Vec<u8>],
    now: i64,
) -> Result<Option<Identity>, String> {
    let parsed: Result<Vec<_>, _> = shown.iter().map(|der| Certificate::parse(der)).collect();
    let parsed = parsed?;
    let Some((leaf, intermediates)) = parsed.split_first() else {
        return Err("no certificate: the caller is system:anonymous".to_owned());
    };
    let roots = trusted.iter().flat_map(|der| Certificate::parse(der));
    let options = Options {
        now,
        host: None,
        usage: Usage::ClientAuth,
    };
    chain::verify(leaf, intermediates, &roots.collect::<Vec<_>>(), &options)
        .map_err(|refusal| refusal.to_string())?;
    Ok(Identity::at(
        connection.listener.kind,
        &leaf.common_name,
        &leaf.organizations,
    ))
}
