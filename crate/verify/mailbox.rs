//! An e-mail address as Go reads it for name constraints (RFC 2821, section 4.1.2).

use std::fmt;

use super::constraints::valid_domain;

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Mailbox {
    pub(super) local: String,
    pub(super) domain: String,
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

impl Mailbox {
    /// `None` for one that Go cannot parse; `text` is ASCII.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (local, rest) = match text.strip_prefix('"') {
            Some(rest) => quoted_local(rest)?,
            None => plain_local(text)?,
        };
        let domain = rest.strip_prefix('@')?;
        let valid = valid_domain(domain, false) && !domain.contains('@');
        valid.then(|| Self {
            local,
            domain: domain.to_owned(),
        })
    }
}

fn quoted_local(text: &str) -> Option<(String, &str)> {
    let mut local = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((local, &text[at + 1..])),
            '\\' => {
                let (_, escaped) = chars.next()?;
                if matches!(escaped, '\0' | '\n' | '\r') {
                    return None;
                }
                local.push(escaped);
            }
            '\0' | '\t' | '\n' | '\r' => return None,
            c => local.push(c),
        }
    }
    None
}

fn plain_local(text: &str) -> Option<(String, &str)> {
    let mut local = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let plain = c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        if c == '\\' {
            rest = &rest[1..];
            local.push(rest.chars().next()?);
        } else if plain {
            local.push(c);
        } else {
            break;
        }
        rest = &rest[1..];
    }
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    (!local.is_empty() && !dots).then_some((local, rest))
}
