//! expiry.ics: when certificates end, with reminders (RFC 5545).
//!
//! The crate `icalendar` brings chrono, nom and uuid with it; what is written here is a list of properties.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::words::{Language, Words, words};
use crate::{Pki, Timestamp};

/// Of every certificate of a Pki.
pub(super) fn of(pki: &Pki) -> String {
    let ends = pki
        .iter()
        .map(|(planned, issued)| (issued.not_after, planned.id.as_str()));
    calendar(pki.plan().name(), ends, pki.now())
}

/// One event for each moment at which something ends, with a reminder 90, 30 and 7 days before. `now` is when it was written.
pub(crate) fn calendar<'a>(
    cluster: &str,
    ends: impl Iterator<Item = (Timestamp, &'a str)>,
    now: Timestamp,
) -> String {
    let mut moments: BTreeMap<Timestamp, Vec<&str>> = BTreeMap::new();
    for (end, id) in ends {
        moments.entry(end).or_default().push(id);
    }
    for ids in moments.values_mut() {
        ids.sort_unstable();
    }
    let mut text = Lines(String::new());
    text.line("BEGIN:VCALENDAR");
    text.line("VERSION:2.0");
    text.line("PRODID:-//Hardway//expiry//EN");
    for (end, ids) in &moments {
        text.event(cluster, *end, ids, now);
    }
    text.line("END:VCALENDAR");
    text.0
}

struct Lines(String);

impl Lines {
    fn event(&mut self, cluster: &str, end: Timestamp, ids: &[&str], now: Timestamp) {
        let at = basic(end);
        let shown = ids
            .iter()
            .take(SHOWN)
            .copied()
            .collect::<Vec<_>>()
            .join("\n");
        let more = ids.len().saturating_sub(SHOWN);
        let said = |words: Words| {
            [Language::English, Language::Japanese].map(|language| {
                words
                    .of(language)
                    .replace("{cluster}", cluster)
                    .replace("{count}", &ids.len().to_string())
            })
        };
        let [english, japanese] = said(SUMMARY);
        self.line("BEGIN:VEVENT");
        self.line(&format!(
            "UID:{at}-{}",
            escaped(&format!("{cluster}@hardway.invalid"))
        ));
        self.line(&format!("DTSTAMP:{}", basic(now)));
        self.line(&format!("DTSTART:{at}"));
        self.line("TRANSP:TRANSPARENT");
        self.line(&format!(
            "SUMMARY:{}",
            escaped(&format!("{english} / {japanese}"))
        ));
        let mut description = format!("{shown}\n");
        if more > 0 {
            let _ = writeln!(description, "+ {more}");
        }
        self.line(&format!("DESCRIPTION:{}", escaped(&description)));
        for days in REMINDERS {
            let [english, japanese] =
                said(REMINDER).map(|text| text.replace("{days}", &days.to_string()));
            self.line("BEGIN:VALARM");
            self.line("ACTION:DISPLAY");
            self.line(&format!("TRIGGER:-P{days}D"));
            self.line(&format!(
                "DESCRIPTION:{}",
                escaped(&format!("{english} / {japanese}"))
            ));
            self.line("END:VALARM");
        }
        self.line("END:VEVENT");
    }

    /// RFC 5545, section 3.1: a line has at most 75 octets; what is longer goes on in the next one behind a space. No character is cut.
    fn line(&mut self, line: &str) {
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}

/// RFC 5545, section 3.3.11: TEXT.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', c]),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// `20290819T000000Z`
fn basic(time: Timestamp) -> String {
    time.rfc3339()
        .chars()
        .filter(|c| !matches!(c, '-' | ':'))
        .collect()
}

const LINE: usize = 75;

/// Days before the end.
const REMINDERS: [u32; 3] = [90, 30, 7];

/// So many certificates are named in an event; of thousands nobody reads all.
const SHOWN: usize = 50;

const SUMMARY: Words = words(
    "{cluster}: {count} certificates expire",
    "{cluster}：証明書 {count} 件の有効期限",
);
const REMINDER: Words = words(
    "{cluster}: {count} certificates expire in {days} days",
    "{cluster}：証明書 {count} 件の有効期限まで {days} 日",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters_and_text_is_escaped() {
        let end = Timestamp::from_unix(1_900_000_000).unwrap();
        let id = "証明書の".repeat(40) + ";a,b\\c\u{7}";
        let text = calendar("c", [(end, id.as_str())].into_iter(), end);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{line}");
            assert!(!line.contains('\n'), "{line}");
        }
        let unfolded = text.replace("\r\n ", "");
        let wanted = format!("DESCRIPTION:{}\\;a\\,b\\\\c\\n\r\n", "証明書の".repeat(40));
        assert!(unfolded.contains(&wanted), "{unfolded}");
    }
}
