//! What ends when.

use serde::Serialize;

use super::Held;
use crate::Timestamp;
use crate::issue::end_of;
use crate::time::DAY;

/// One certificate and its end.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Expiry {
    /// Its id.
    pub certificate: String,
    /// Its last second, RFC 3339.
    pub not_after: String,
    /// Whole days until then; negative when it is over.
    pub days: i64,
}

/// Every certificate that can be read, the first to end first.
pub fn expiries(held: &Held, now: Timestamp) -> Vec<Expiry> {
    let ends = held.certificates();
    let ends = ends.filter_map(|(id, der)| Some((end_of(der).ok()?, id)));
    let mut ends: Vec<_> = ends.collect();
    ends.sort_unstable();
    let row = |(end, id): (Timestamp, &str)| Expiry {
        certificate: id.to_owned(),
        not_after: end.rfc3339(),
        days: (end.unix() - now.unix()).div_euclid(DAY),
    };
    ends.into_iter().map(row).collect()
}

/// The same as a calendar (RFC 5545) with reminders 90, 30 and 7 days before.
pub fn calendar(cluster: &str, held: &Held, now: Timestamp) -> String {
    let ends = held.certificates();
    let ends = ends.filter_map(|(id, der)| Some((end_of(der).ok()?, id)));
    crate::bundle::calendar::calendar(cluster, ends, now)
}
