//! A certificate that may not be used so, or not from there.

use crate::diagnose::Code;
use crate::diagnose::blame::Suspect;
use crate::diagnose::board::Board;
use crate::verify::{Check, Checked};

impl Board<'_> {
    pub(super) fn usage(&mut self, suspect: &Suspect<'_>) {
        let verdict = suspect.verdict;
        let checks = if suspect.server {
            &verdict.server
        } else {
            &verdict.client
        };
        let (wanted, found) = told(checks, Checked::Usage);
        let id = suspect.id.as_str();
        let cause = format!("{id} {wanted}");
        let parameters = [("certificate", id), ("wanted", wanted), ("found", found)];
        self.lacks(suspect, Code::UsageMissing, &cause, &parameters);
    }

    /// etcd compares where a member calls from.
    pub(super) fn peer(&mut self, suspect: &Suspect<'_>) {
        let (address, names) = told(&suspect.verdict.client, Checked::Peer);
        let id = suspect.id.as_str();
        let cause = format!("{id} {address}");
        let parameters = [("certificate", id), ("address", address), ("names", names)];
        self.lacks(suspect, Code::EtcdPeerAddress, &cause, &parameters);
    }
}

/// What was expected, and what was found.
fn told(checks: &[Check], which: Checked) -> (&str, &str) {
    let check = checks.iter().find(|check| check.check == which);
    check.map_or(("", ""), |check| (&check.expected, &check.found))
}
