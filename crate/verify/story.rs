//! The verdict told: who refuses, what both ends say, and each check in order.

use super::check::{Check, Checked, Exhibit, Reached, check, fingerprint, names};
use super::handshake::{At, Failed};
use super::usage::Usage;
use super::verdict::{Fall, PEER, Side, State, Verdict, Verifier};
use super::{log, rules};
use crate::Connection;

impl Verifier<'_> {
    /// Who refuses, and what both ends say.
    pub(super) fn tell(&self, connection: &Connection, fall: &Fall, verdict: &mut Verdict) {
        if let Fall::NotGiven(missing) = fall {
            verdict.state = State::NotGiven;
            verdict.missing.clone_from(missing);
            return;
        }
        verdict.state = State::Refused;
        let address = dialled(connection, &verdict.host);
        let remote = self.remote(connection).map(|remote| remote.to_string());
        let remote = remote.unwrap_or_default();
        let at_listener = connection.listener.id();
        verdict.side = Some(Side::Server);
        verdict.log_at = at_listener;
        let line = match fall {
            Fall::NotGiven(_) => return,
            Fall::Handshake(failure) => {
                verdict.text.clone_from(&failure.text);
                if failure.at == At::Client {
                    verdict.side = Some(Side::Client);
                    verdict.log_at = connection.caller.id();
                }
                match (&failure.other, failure.at) {
                    (Some(other), at) => {
                        verdict.other.clone_from(other);
                        match at {
                            At::Client => log::by_caller(connection, &address, &failure.text),
                            At::Server => log::by_listener(connection, &remote, &failure.text),
                        }
                    }
                    (None, At::Client) => log::not_started(connection.caller.kind, &failure.text),
                    (None, At::Server) => {
                        verdict.other = format!("dial tcp {address}: connect: connection refused");
                        log::not_started(connection.listener.kind, &failure.text)
                    }
                }
            }
            Fall::Unauthenticated(_, text) => {
                verdict.text.clone_from(text);
                log::unauthorized(connection.caller.kind).clone_into(&mut verdict.other);
                log::unauthenticated(text)
            }
            Fall::Token => {
                rules::BAD_TOKEN.clone_into(&mut verdict.text);
                log::unauthorized(connection.caller.kind).clone_into(&mut verdict.other);
                log::unauthenticated(rules::BAD_TOKEN)
            }
            Fall::Peer(text) => {
                verdict.text.clone_from(text);
                "EOF".clone_into(&mut verdict.other);
                log::by_listener(connection, &remote, text)
            }
        };
        verdict.log = Some(line);
    }

    pub(super) fn server_checks(
        &self,
        connection: &Connection,
        host: &str,
        reached: Reached,
    ) -> Vec<Check> {
        // Who does not look, has seen nothing.
        let reached = match reached {
            Reached::Everything if !self.evidence.checks(connection) => Reached::Nothing,
            reached => reached,
        };
        self.exhibit(
            self.evidence.shown_by_listener(connection),
            self.evidence.key_of_listener(connection),
            self.evidence.trusted_by_caller(connection),
            Some(host),
            Usage::ServerAuth,
            reached,
        )
    }

    pub(super) fn client_checks(
        &self,
        connection: &Connection,
        fall: Option<&Fall>,
        reached: Reached,
    ) -> Vec<Check> {
        let held = |failed: bool| match reached {
            Reached::Nothing => None,
            _ => Some(!failed),
        };
        if connection.client.token_signer.is_some() {
            let (verifying, mut signing) = self.token_keys(connection);
            let other = signing.find(|key| *key != verifying).flatten();
            let print = |key: Option<&Vec<u8>>| key.map(|key| fingerprint(key)).unwrap_or_default();
            let mut token = check(Checked::Token, print(verifying), print(other.or(verifying)));
            token.held = held(matches!(fall, Some(Fall::Token)));
            return vec![token];
        }
        if connection.client.certificate.is_none() {
            return Vec::new();
        }
        let shown = self.evidence.shown_by_caller(connection);
        let trusted = self.evidence.trusted_by_listener(connection);
        let mut checks = self.exhibit(
            shown,
            self.evidence.key_of_caller(connection),
            trusted.unwrap_or_default(),
            None,
            Usage::ClientAuth,
            reached,
        );
        if connection.kind == PEER
            && let Some(remote) = self.remote(connection)
        {
            let leaf = shown.first().and_then(|der| self.memo.read(der).ok());
            let found = leaf.map(|leaf| names(&leaf)).unwrap_or_default();
            let mut peer = check(Checked::Peer, remote.to_string(), found);
            peer.held = match (fall, reached) {
                (Some(Fall::Peer(_)), _) => Some(false),
                (_, Reached::Everything) => Some(true),
                _ => None,
            };
            checks.push(peer);
        }
        checks
    }

    fn exhibit(
        &self,
        shown: &[Vec<u8>],
        key: Option<&Vec<u8>>,
        trusted: &[Vec<u8>],
        host: Option<&str>,
        usage: Usage,
        reached: Reached,
    ) -> Vec<Check> {
        let Some(der) = shown.first() else {
            return Vec::new();
        };
        let roots = trusted.iter().filter_map(|der| self.memo.read(der).ok());
        let roots: Vec<_> = roots.collect();
        match self.memo.read(der) {
            Ok(certificate) => Exhibit {
                certificate: &certificate,
                key: key.map(Vec::as_slice),
                // Of several the one that it names.
                authority: roots
                    .iter()
                    .find(|root| root.subject == certificate.issuer)
                    .or(roots.first())
                    .map(|root| &**root),
                host,
                usage,
                now: self.now,
            }
            .checks(reached),
            Err(text) => {
                let mut unread = check(Checked::Readable, String::new(), text);
                unread.held = Some(false);
                vec![unread]
            }
        }
    }
}

/// How far the server's proof came, and the client's.
pub(super) fn reached(fall: Option<&Fall>) -> (Reached, Reached) {
    match fall {
        Some(Fall::NotGiven(_)) => (Reached::Nothing, Reached::Nothing),
        None | Some(Fall::Peer(_) | Fall::Token) => (Reached::Everything, Reached::Everything),
        Some(Fall::Unauthenticated(step, _)) => {
            (Reached::Everything, Reached::Until(Failed::Chain(*step)))
        }
        Some(Fall::Handshake(failure)) => match (failure.about, &failure.other) {
            (At::Server, _) => (Reached::Until(failure.step), Reached::Nothing),
            (At::Client, None) => (Reached::Nothing, Reached::Until(failure.step)),
            (At::Client, Some(_)) => (Reached::Everything, Reached::Until(failure.step)),
        },
    }
}

/// Host and port, an IPv6 address in brackets.
fn dialled(connection: &Connection, host: &str) -> String {
    let mut dials = connection.dials.iter();
    let port = dials.find(|dial| dial.host.to_string() == host);
    let port = port.map_or(connection.port, |dial| dial.port);
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}
