//! The end whose certificate is refused, and what is said of it.

use super::Code;
use super::board::Board;
use super::finding::{Finding, Said, Severity};
use crate::Connection;
use crate::verify::Verdict;

/// The end whose certificate is refused.
pub(super) struct Suspect<'a> {
    pub(super) connection: &'a Connection,
    pub(super) verdict: &'a Verdict,
    /// Whether it is the listener's.
    pub(super) server: bool,
    /// Id of its certificate.
    pub(super) id: String,
    /// Where it lies.
    pub(super) node: Option<String>,
    pub(super) der: Vec<u8>,
    pub(super) item: Option<usize>,
    /// Id of the authority by which the other end checks it.
    pub(super) authority: String,
    /// The certificates that the other end trusts.
    pub(super) roots: Vec<Vec<u8>>,
}

impl Board<'_> {
    pub(super) fn suspect<'b>(
        &self,
        connection: &'b Connection,
        verdict: &'b Verdict,
        server: bool,
    ) -> Suspect<'b> {
        let evidence = self.evidence;
        let (client, listener) = (&connection.client, &connection.server);
        let (id, node, shown, authority, roots) = if server {
            (
                Some(&listener.certificate),
                &connection.listener.node,
                evidence.shown_by_listener(connection),
                Some(&client.authority),
                evidence.trusted_by_caller(connection),
            )
        } else {
            (
                client.certificate.as_ref().or(client.token_signer.as_ref()),
                &connection.caller.node,
                evidence.shown_by_caller(connection),
                listener.authority.as_ref(),
                evidence.trusted_by_listener(connection).unwrap_or_default(),
            )
        };
        let id = id.cloned().unwrap_or_default();
        let der = shown.first().cloned().unwrap_or_default();
        Suspect {
            connection,
            verdict,
            server,
            item: self.item(&der, &id, node.as_deref()),
            id,
            node: node.clone(),
            der,
            authority: authority.cloned().unwrap_or_default(),
            roots: roots.to_vec(),
        }
    }

    /// One more connection that falls by a cause. The first one says what the components print.
    pub(super) fn blame(
        &mut self,
        suspect: &Suspect<'_>,
        code: Code,
        cause: &str,
        parameters: &[(&'static str, &str)],
    ) -> &mut Finding {
        let verdict = suspect.verdict;
        self.told.insert(suspect.connection.id.clone());
        let known = self.found.get(&(code, cause.to_owned()));
        let commands = match known {
            Some(known) if !known.commands.is_empty() => Vec::new(),
            _ => self.commands(suspect, code),
        };
        let finding = self.note(Severity::Breaks, code, cause);
        finding.connections.push(suspect.connection.id.clone());
        finding.certificates.push(suspect.id.clone());
        finding.items.extend(suspect.item);
        for (name, value) in parameters {
            let known = finding.parameters.entry(name);
            known.or_insert_with(|| (*value).to_owned());
        }
        finding.said.get_or_insert_with(|| Said {
            component: verdict.log_at.clone(),
            text: verdict.text.clone(),
            log: verdict.log.clone().unwrap_or_default(),
            other: verdict.other.clone(),
        });
        finding.commands.extend(commands);
        finding
    }
}
