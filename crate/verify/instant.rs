//! `UTCTime` and `GeneralizedTime`, as certificates have them and as Go reads and writes them.

use std::fmt;

use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

use super::der::{Der, tag};

/// A moment, in the time zone in which it was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Instant {
    /// Since 1970, UTC.
    pub(crate) seconds: i64,
    /// East of Greenwich, in minutes.
    offset: i32,
}

impl Instant {
    pub(super) fn utc(seconds: i64) -> Self {
        Self { seconds, offset: 0 }
    }

    /// The error is Go's `readASN1Time`.
    pub(crate) fn read(der: &mut Der<'_>) -> Result<Self, &'static str> {
        if der.next_is(tag::UTC_TIME) {
            let text = der.read(tag::UTC_TIME);
            text.and_then(|text| utc_time(text.0))
                .ok_or("x509: malformed UTCTime")
        } else if der.next_is(tag::GENERALIZED_TIME) {
            let text = der.read(tag::GENERALIZED_TIME);
            text.and_then(|text| moment(text.0, 4, true))
                .ok_or("x509: malformed GeneralizedTime")
        } else {
            Err("x509: unsupported time format")
        }
    }
}

/// RFC 3339.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = OffsetDateTime::from_unix_timestamp(self.seconds + i64::from(self.offset) * 60);
        let Ok(local) = local else {
            return Err(fmt::Error);
        };
        let (date, time) = (local.date(), local.time());
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            date.year(),
            u8::from(date.month()),
            date.day(),
            time.hour(),
            time.minute(),
            time.second()
        )?;
        let away = self.offset.abs();
        match self.offset.signum() {
            0 => f.write_str("Z"),
            sign => {
                let sign = if sign < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", away / 60, away % 60)
            }
        }
    }
}

/// RFC 5280, section 4.1.2.5.1, wants seconds and Z; Go also reads minutes only, and offsets.
fn utc_time(text: &[u8]) -> Option<Instant> {
    moment(text, 2, true).or_else(|| moment(text, 2, false))
}

fn moment(text: &[u8], year_digits: usize, with_seconds: bool) -> Option<Instant> {
    let mut rest = text;
    let mut number = |digits: usize| {
        let (taken, left) = rest.split_at_checked(digits)?;
        rest = left;
        taken.iter().try_fold(0_u16, |value, digit| {
            let digit = digit.is_ascii_digit().then(|| digit - b'0')?;
            Some(value * 10 + u16::from(digit))
        })
    };
    let year = match (year_digits, number(year_digits)?) {
        (2, year @ 50..) => 1900 + year,
        (2, year) => 2000 + year,
        (_, year) => year,
    };
    let (month, day, hour, minute) = (number(2)?, number(2)?, number(2)?, number(2)?);
    let second = if with_seconds { number(2)? } else { 0 };
    let byte = |value: u16| u8::try_from(value).ok();
    let month = Month::try_from(byte(month)?).ok()?;
    let date = Date::from_calendar_date(year.into(), month, byte(day)?).ok()?;
    let time = Time::from_hms(byte(hour)?, byte(minute)?, byte(second)?).ok()?;
    let offset = offset(rest)?;
    let local = date.with_time(time).assume_offset(UtcOffset::UTC);
    Some(Instant {
        seconds: local.unix_timestamp() - i64::from(offset) * 60,
        offset,
    })
}

/// `Z`, or an offset that is not zero, in minutes.
fn offset(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text {
        b"Z" => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let digits = <[u8; 4]>::try_from(digits).ok()?;
    let value = |tens: u8, ones: u8| {
        let both = tens.is_ascii_digit() && ones.is_ascii_digit();
        both.then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
    };
    let (hours, minutes) = (value(digits[0], digits[1])?, value(digits[2], digits[3])?);
    let away = hours * 60 + minutes;
    (hours <= 24 && minutes < 60 && away != 0).then_some(sign * away)
}

#[cfg(test)]
mod tests {
    use super::{Instant, moment, utc_time};

    fn shown(instant: Option<Instant>) -> Option<String> {
        instant.map(|instant| instant.to_string())
    }

    #[test]
    fn two_digits_of_a_year_mean_1950_to_2049() {
        assert_eq!(
            shown(utc_time(b"491231235959Z")).unwrap(),
            "2049-12-31T23:59:59Z"
        );
        assert_eq!(
            shown(utc_time(b"500101000000Z")).unwrap(),
            "1950-01-01T00:00:00Z"
        );
        assert_eq!(
            shown(moment(b"20500101000000Z", 4, true)).unwrap(),
            "2050-01-01T00:00:00Z"
        );
    }

    #[test]
    fn an_offset_is_kept_and_one_of_zero_is_refused() {
        let east = utc_time(b"2601010130+0130").unwrap();
        assert_eq!(
            (east.seconds, east.to_string().as_str()),
            (1_767_225_600, "2026-01-01T01:30:00+01:30")
        );
        assert_eq!(utc_time(b"2601010130+0000"), None);
        assert_eq!(utc_time(b"260229000000Z"), None);
        assert_eq!(utc_time(b"260101000000.5Z"), None);
    }
}
