//! The clock as a value.

use ::time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// A moment, in whole seconds, between the years 1970 and 9999.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(OffsetDateTime);

impl Timestamp {
    /// The moment `seconds` after 1970-01-01T00:00:00Z; `None` outside the years 1970 to 9999.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let time = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        (1970..=9999).contains(&time.year()).then_some(Self(time))
    }

    /// As RFC 3339 in UTC: `2026-11-23T00:00:00Z`.
    pub fn rfc3339(self) -> String {
        self.0
            .to_offset(UtcOffset::UTC)
            .format(&Rfc3339)
            .unwrap_or_default()
    }

    /// Later by `seconds` (earlier when negative); `None` outside the years 1970 to 9999.
    pub(crate) fn plus_seconds(self, seconds: i64) -> Option<Self> {
        Self::from_unix(self.0.unix_timestamp().checked_add(seconds)?)
    }

    pub(crate) fn date_time(self) -> OffsetDateTime {
        self.0
    }
}

pub(crate) const DAY: i64 = 24 * 60 * 60;
