//! Paths made harmless: they are shown and compared, and nothing is ever written by them.

use super::limits::MAX_PATH;

/// A path without a root, without `..`, and without characters that would mislead an eye.
pub(super) struct Clean {
    pub(super) path: String,
    /// As it was given, where it led out of its archive.
    pub(super) changed: Option<String>,
}

pub(super) fn clean(given: &str) -> Clean {
    let shown: String = given.chars().take(MAX_PATH).map(visible).collect();
    let slashed = shown.replace('\\', "/");
    let mut outside = slashed.starts_with('/');
    let parts = slashed.split('/').filter(|part| {
        let climbs = *part == ".." || is_drive(part);
        outside |= climbs;
        !climbs && !part.is_empty() && *part != "."
    });
    let path = parts.collect::<Vec<_>>().join("/");
    Clean {
        path: if path.is_empty() {
            String::from(".")
        } else {
            path
        },
        changed: outside.then_some(shown),
    }
}

/// `C:`
fn is_drive(part: &str) -> bool {
    matches!(part.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic())
}

/// Control characters, those that turn the direction of the text, and those that are not seen do not show what is there.
fn visible(c: char) -> char {
    let misleads = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    if c.is_control() || misleads {
        char::REPLACEMENT_CHARACTER
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_path_stays_inside_and_says_when_it_did_not() {
        for (given, path, changed) in [
            ("pki/ca.crt", "pki/ca.crt", false),
            ("./pki//ca.crt", "pki/ca.crt", false),
            ("../../etc/passwd", "etc/passwd", true),
            ("a/../b", "a/b", true),
            (
                "/etc/kubernetes/pki/ca.crt",
                "etc/kubernetes/pki/ca.crt",
                true,
            ),
            ("C:\\pki\\ca.crt", "pki/ca.crt", true),
            ("pki\\ca.crt", "pki/ca.crt", false),
            ("a..b/c", "a..b/c", false),
            ("./", ".", false),
            ("..", ".", true),
        ] {
            let clean = clean(given);
            assert_eq!(
                (clean.path.as_str(), clean.changed.is_some()),
                (path, changed),
                "{given}"
            );
        }
    }

    #[test]
    fn what_would_mislead_an_eye_is_replaced_and_what_is_endless_is_cut() {
        assert_eq!(clean("ca\u{202e}trc.\n").path, "ca\u{fffd}trc.\u{fffd}");
        for hidden in [
            "\u{61c}",
            "\u{200b}",
            "\u{2028}",
            "\u{2066}",
            "\u{feff}",
            "\u{e0041}",
        ] {
            assert_eq!(clean(&format!("a{hidden}b")).path, "a\u{fffd}b");
        }
        assert_eq!(clean(&"x".repeat(5000)).path.len(), 1024);
    }
}
