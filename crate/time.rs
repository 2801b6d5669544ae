//! The clock as a value.

use ::time::{Date, Month, OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// A moment, in whole seconds, between the years 1970 and 9999.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(OffsetDateTime);

impl Timestamp {
    /// The moment `seconds` after 1970-01-01T00:00:00Z; `None` outside the years 1970 to 9999.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let time = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        (1970..=9999).contains(&time.year()).then_some(Self(time))
    }

    /// The last second of a day in UTC, written `2031-12-31`; `None` for what is no day of the years 1970 to 9999.
    pub(crate) fn end_of_day(date: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_digit() || c == '-';
        let parts: Vec<_> = date.split('-').collect();
        let [year, month, day] = parts[..] else {
            return None;
        };
        if [year.len(), month.len(), day.len()] != [4, 2, 2] || !date.chars().all(plain) {
            return None;
        }
        let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
        let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
        Self::from_unix(date.midnight().assume_utc().unix_timestamp())?.plus_seconds(DAY - 1)
    }

    /// Its day in UTC: `2031-12-31`.
    pub(crate) fn day(self) -> String {
        let mut text = self.rfc3339();
        text.truncate("2031-12-31".len());
        text
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

    /// Seconds after 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.unix_timestamp()
    }

    pub(crate) fn date_time(self) -> OffsetDateTime {
        self.0
    }
}

/// A last day as `2031-12-31` in JSON.
pub(crate) mod day {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Timestamp;

    #[expect(clippy::ref_option, reason = "the signature that serde wants")]
    pub(crate) fn serialize<S: Serializer>(
        time: &Option<Timestamp>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        time.map(Timestamp::day).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        let day: Option<String> = Option::deserialize(deserializer)?;
        let invalid = || serde::de::Error::custom("this is no day");
        day.map(|day| Timestamp::end_of_day(&day).ok_or_else(invalid))
            .transpose()
    }
}

pub(crate) const DAY: i64 = 24 * 60 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_with_its_last_second_and_what_is_no_day_has_none() {
        let end = |date| Timestamp::end_of_day(date).map(Timestamp::rfc3339);
        assert_eq!(end("2028-02-29").as_deref(), Some("2028-02-29T23:59:59Z"));
        assert_eq!(end("9999-12-31").as_deref(), Some("9999-12-31T23:59:59Z"));
        for bad in [
            "",
            "2027-02-29",
            "2027-13-01",
            "1969-12-31",
            "27-01-01",
            "2027-1-1",
            "2027-01-01T00",
            "+027-01-01",
            "2027/01/01",
        ] {
            assert_eq!(end(bad), None, "{bad}");
        }
    }
}
