//! Text in quotation marks, as Go's `%q` writes it.

/// Go's `strconv.Quote`.
pub(super) fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped(&text))
}

/// What cannot be seen, or changes the direction of what follows, as a Go string would have it.
pub fn escaped(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            c if is_printable(c) => quoted.push(c),
            c if c < ' ' || c == '\u{7f}' => quoted.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if c <= '\u{ffff}' => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    quoted
}

/// The standard library keeps its table to itself, but escapes by it. A mark that combines with the letter before it is printable
/// there only behind one, hence the letter.
fn is_printable(c: char) -> bool {
    !format!("{:?}", format!("a{c}")).contains("\\u{") && (c == ' ' || !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_cannot_be_printed_is_escaped_and_what_can_is_not() {
        assert_eq!(quoted("größe 証明\"\\"), "\"größe 証明\\\"\\\\\"");
        assert_eq!(
            quoted("a\u{202e}b\0\u{7f}\n\u{feff}"),
            "\"a\\u202eb\\x00\\x7f\\n\\ufeff\""
        );
        assert_eq!(quoted("e\u{301}"), "\"e\u{301}\"");
    }
}
