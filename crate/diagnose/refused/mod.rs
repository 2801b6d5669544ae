//! Why a connection is refused: the cause, told from what the verifier says and from the files at both ends.

mod authority;
mod copy;
mod issuer;
mod name;
mod server;
mod time;
mod token;
mod usage;

use super::Code;
use super::board::Board;
use crate::Connection;
use crate::verify::{Check, Checked, Verdict};

impl Board<'_> {
    pub(super) fn refused(&mut self, connection: &Connection, verdict: &Verdict) {
        let (server, check) = match failed(&verdict.server) {
            Some(check) => (true, Some(check)),
            None => (false, failed(&verdict.client)),
        };
        let suspect = self.suspect(connection, verdict, server);
        if check == Some(Checked::Token) || !self.wrong_copy(&suspect) {
            match check {
                Some(Checked::Issuer) => self.issuer(&suspect),
                Some(Checked::Key) => self.key(&suspect),
                Some(Checked::Name) => self.name(&suspect),
                Some(Checked::Peer) => self.peer(&suspect),
                Some(Checked::Token) => self.token(&suspect),
                Some(Checked::Usage) => self.usage(&suspect),
                Some(Checked::Validity) => self.validity(&suspect),
                Some(Checked::Readable) => {
                    let id = suspect.id.as_str();
                    self.blame(&suspect, Code::Unreadable, id, &[("certificate", id)]);
                }
                Some(Checked::AllowedName) | None => {}
            }
        }
        // Whatever has no cause of its own here still has what the component says.
        if !self.told.contains(&connection.id) {
            let text = verdict.text.as_str();
            self.blame(&suspect, Code::Refused, text, &[("text", text)]);
        }
    }
}

fn failed(checks: &[Check]) -> Option<Checked> {
    let failed = checks.iter().find(|check| check.held == Some(false));
    failed.map(|check| check.check)
}
