//! A text as one word of a POSIX shell, whoever chose the text.

/// As it is where nothing in it means anything to a shell; else in single quotes, in which nothing does.
///
/// What begins with a hyphen would be an option: as a path it is the same with `./` before it.
pub(crate) fn word(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%,".contains(c);
    let path = match path.strip_prefix('-') {
        Some(rest) => format!("./-{rest}"),
        None => path.to_owned(),
    };
    if !path.is_empty() && path.chars().all(plain) {
        return path;
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_word_is_quoted_where_a_shell_would_read_it_otherwise() {
        for (text, written) in [
            ("/etc/kubernetes/pki/ca.crt", "/etc/kubernetes/pki/ca.crt"),
            ("a b", "'a b'"),
            ("$(x)", "'$(x)'"),
            ("it's", r"'it'\''s'"),
            ("-in", "./-in"),
            ("-a b", "'./-a b'"),
            ("~x", "'~x'"),
            ("", "''"),
            ("日本", "'日本'"),
        ] {
            assert_eq!(word(text), written);
        }
    }
}
