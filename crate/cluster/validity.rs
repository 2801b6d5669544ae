//! How long certificates are valid.

use super::name::shown;
use crate::{Error, Timestamp};

/// The validity of a certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Validity {
    /// Days from signing to expiry.
    pub(crate) days: u32,
    /// The last second, which goes before the days.
    pub(crate) until: Option<Timestamp>,
}

impl Validity {
    /// `field` is the description's field of the days, `until_field` that of the date; an empty date is none.
    pub(super) fn parse(
        days: i64,
        field: &str,
        until: &str,
        until_field: &str,
    ) -> Result<Self, Error> {
        let until = match until {
            "" => None,
            date => Some(
                Timestamp::end_of_day(date).ok_or_else(|| Error::InvalidDate {
                    field: until_field.to_owned(),
                    found: shown(date),
                })?,
            ),
        };
        match u32::try_from(days) {
            Ok(days @ 1..=DAYS_MAX) => Ok(Self { days, until }),
            _ => Err(Error::InvalidValidity {
                field: field.to_owned(),
                found: days.to_string(),
            }),
        }
    }

    /// As the description has the date.
    pub(super) fn date(self) -> String {
        self.until.map(Timestamp::day).unwrap_or_default()
    }

    /// Whether it surely ends after `other`; days and a date cannot be compared without a clock.
    pub(crate) fn outlives(self, other: Self) -> bool {
        match (self.until, other.until) {
            (Some(own), Some(other)) => own > other,
            (None, None) => self.days > other.days,
            _ => false,
        }
    }
}

/// A hundred years: whoever types more has mistyped.
const DAYS_MAX: u32 = 36_500;
