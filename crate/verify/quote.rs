//! Text in quotation marks, as Go's `%q` writes it.

/// Go's `strconv.Quote`.
pub(super) fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped(&text))
}

/// What cannot be seen, or changes the direction of what follows, as a Go string would have it.
pub fn escaped(text: &str) -> String {
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
            c if is_printable(c) => escaped.push(c),
            c if c < ' ' || c == '\u{7f}' => escaped += &format!("\\x{code:02x}"),
            c if c <= '\u{ffff}' => escaped += &format!("\\u{code:04x}"),
            _ => escaped += &format!("\\U{code:08x}"),
        }
    }
    escaped
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
