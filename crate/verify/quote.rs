//! Text in quotation marks, as Go's `%q` writes it.

use std::fmt::Write;

/// Go's `strconv.Quote`.
pub(super) fn quoted(text: &str) -> String {
    quoted_octets(text.as_bytes())
}

/// The same of what may be no UTF-8: Go's strings are octets.
pub(super) fn quoted_octets(octets: &[u8]) -> String {
    let mut quoted = String::from('"');
    for chunk in octets.utf8_chunks() {
        let text = chunk.valid().replace('\\', "\\\\").replace('"', "\\\"");
        quoted.push_str(&escape(&text, is_printable));
        for octet in chunk.invalid() {
            let _ = write!(quoted, "\\x{octet:02x}");
        }
    }
    quoted.push('"');
    quoted
}

/// What cannot be seen, or changes the direction of what follows, as a Go string would have it; and marks that combine with the
/// letter before them, which Go shows.
pub fn escaped(text: &str) -> String {
    escape(text, |c| is_printable(c) && stands_alone(c))
}

fn escape(text: &str, shown: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let code = u32::from(c);
        match c {
            '\u{7}' => escaped.push_str("\\a"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{c}' => escaped.push_str("\\f"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\u{b}' => escaped.push_str("\\v"),
            c if shown(c) => escaped.push(c),
            c if c < ' ' || c == '\u{7f}' => drop(write!(escaped, "\\x{code:02x}")),
            c if c <= '\u{ffff}' => drop(write!(escaped, "\\u{code:04x}")),
            _ => drop(write!(escaped, "\\U{code:08x}")),
        }
    }
    escaped
}

/// By the standard library's own table, which is Go's `strconv.IsPrint` for every character that follows another.
fn is_printable(c: char) -> bool {
    let after_another = ['a', c].iter().collect::<String>();
    !after_another.escape_debug().to_string()[1..].starts_with('\\')
        || matches!(c, '\'' | '"' | '\\')
}

fn stands_alone(c: char) -> bool {
    !c.escape_debug().to_string().starts_with('\\') || matches!(c, '\'' | '"' | '\\')
}

#[cfg(test)]
mod tests {
    use super::{quoted, quoted_octets};

    #[test]
    fn what_cannot_be_printed_is_escaped_and_what_can_is_not() {
        assert_eq!(quoted("größe 証明\"\\"), "\"größe 証明\\\"\\\\\"");
        assert_eq!(
            quoted("a\u{202e}b\0\u{7f}\n\u{feff}"),
            "\"a\\u202eb\\x00\\x7f\\n\\ufeff\""
        );
        assert_eq!(quoted("\u{e9}\u{3a9}'"), "\"\u{e9}\u{3a9}'\"");
    }

    #[test]
    fn octets_that_are_no_utf_8_are_escaped_one_by_one() {
        assert_eq!(
            quoted_octets(b".bad\xff\xff\x03\xe2\x82a\\\xc3\xa9\t"),
            "\".bad\\xff\\xff\\x03\\xe2\\x82a\\\\\u{e9}\\t\""
        );
    }
}
