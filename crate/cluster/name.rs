//! Host names, cluster names and domains.

use crate::{Error, ServerName};

/// RFC 5280's ub-common-name is 64 bytes, of which `system:node:` takes twelve.
pub(super) const NODE_NAME_MAX: usize = 52;

/// A label is at most 63 octets (RFC 1035, section 2.3.4).
const LABEL_MAX: usize = 63;

/// `service.namespace.svc.` in front still has to fit into the 253 characters of a DNS name.
const DOMAIN_MAX: usize = 200;

/// RFC 1035, section 3.1, as text without the last dot.
const NAME_MAX: usize = 253;

/// A DNS-1123 label: lower-case letters, digits and hyphens.
pub(super) fn cluster_name(found: &str) -> Result<String, Error> {
    spelling(found, "name")?;
    if is_label(found) {
        return Ok(found.to_owned());
    }
    Err(Error::InvalidName {
        field: "name".into(),
        expected: format!("a DNS-1123 label of at most {LABEL_MAX} characters"),
        found: shown(found),
    })
}

/// A DNS-1123 subdomain that fits behind `system:node:` in a common name.
pub(super) fn node_name(found: &str, field: String) -> Result<String, Error> {
    spelling(found, &field)?;
    if !is_name(found) {
        return Err(Error::InvalidName {
            field,
            expected: format!("a DNS-1123 name of at most {NODE_NAME_MAX} characters"),
            found: shown(found),
        });
    }
    if found.len() > NODE_NAME_MAX {
        return Err(Error::LongCommonName {
            field,
            found: shown(found),
        });
    }
    Ok(found.to_owned())
}

/// A DNS name that somebody dials.
pub(super) fn dns_name(found: &str, field: &str) -> Result<String, Error> {
    spelling(found, field)?;
    if found.len() <= NAME_MAX && is_name(found) {
        return Ok(found.to_owned());
    }
    Err(Error::InvalidName {
        field: field.to_owned(),
        expected: format!("a DNS name of at most {NAME_MAX} characters"),
        found: shown(found),
    })
}

/// What may stand in a certificate as a subject alternative name.
pub(super) fn server_name(found: &str, field: &str) -> Result<ServerName, Error> {
    // What has the letters of an address only is meant as one.
    let address = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':' | b'%' | b'/');
    if found.contains(':') || (ends_in_number(found) && found.bytes().all(address)) {
        return super::address::node_address(found, field.to_owned()).map(ServerName::Ip);
    }
    dns_name(found, field).map(ServerName::Dns)
}

/// The DNS domain of services, without a trailing dot.
pub(super) fn domain(found: &str) -> Result<String, Error> {
    spelling(found, "clusterDomain")?;
    if found.len() <= DOMAIN_MAX && is_name(found) {
        return Ok(found.to_owned());
    }
    Err(Error::InvalidDomain {
        found: shown(found),
    })
}

/// What a message may repeat of a value: enough to recognise it, not all of a pasted file.
pub(super) fn shown(found: &str) -> String {
    const SHOWN_MAX: usize = 80;
    if found.chars().count() <= SHOWN_MAX {
        return found.to_owned();
    }
    found.chars().take(SHOWN_MAX).chain(['…']).collect()
}

/// The faults that have a remedy of their own: each is told before "this is no name".
fn spelling(found: &str, field: &str) -> Result<(), Error> {
    let (field, value) = (field.to_owned(), shown(found));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let wildcard = found.contains('*') && found.replace('*', "").bytes().all(plain);
    if wildcard {
        return Err(Error::WildcardName {
            field,
            found: value,
        });
    }
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    if !found.is_ascii() && found.chars().all(letters) {
        return Err(Error::InternationalName {
            field,
            found: value,
        });
    }
    if !found.bytes().all(plain) {
        return Ok(());
    }
    if found.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(Error::UpperCaseName {
            field,
            found: value,
        });
    }
    if found.len() > 1 && found.ends_with('.') {
        return Err(Error::TrailingDot {
            field,
            found: value,
        });
    }
    if found.split('.').any(|label| label.len() > LABEL_MAX) {
        return Err(Error::LongLabel {
            field,
            found: value,
        });
    }
    Ok(())
}

/// A DNS-1123 subdomain. An address would be one by its letters alone, but no verifier compares it as one.
fn is_name(name: &str) -> bool {
    name.split('.').all(is_label) && !ends_in_number(name)
}

/// RFC 1123, section 2.1, as Kubernetes checks it (`IsDNS1123Label`).
fn is_label(label: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !label.is_empty()
        && label.len() <= LABEL_MAX
        && label.bytes().all(inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// A name whose last label is a number is an IPv4 address to a URL parser.
fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.') && last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_shell_or_a_path_would_read_otherwise_is_refused() {
        let long = "a".repeat(64);
        let longer = format!("{0}.{0}", "a".repeat(30));
        for (bad, code) in [
            ("", "invalid-name"),
            ("-a", "invalid-name"),
            ("a-", "invalid-name"),
            ("A", "upper-case-name"),
            ("a_b", "invalid-name"),
            ("$(x)", "invalid-name"),
            ("a;b", "invalid-name"),
            ("a'b", "invalid-name"),
            ("a\"b", "invalid-name"),
            ("a\nb", "invalid-name"),
            ("../a", "invalid-name"),
            ("a b", "invalid-name"),
            ("🐙", "invalid-name"),
            ("*.a", "wildcard-name"),
            ("a..b", "invalid-name"),
            ("a.", "trailing-dot"),
            (".", "invalid-name"),
            ("münchen", "international-name"),
            ("192.168.5.11", "invalid-name"),
            (&long, "long-label"),
            (&longer, "long-common-name"),
        ] {
            let error = node_name(bad, "n".into()).unwrap_err();
            assert_eq!(error.code(), code, "{bad:?}");
            assert_eq!(error.field(), Some("n"), "{bad:?}");
        }
        assert!(node_name("node-1.example", "n".into()).is_ok());
        assert!(node_name("xn--mnchen-3ya", "n".into()).is_ok());
    }

    #[test]
    fn a_node_name_fits_into_a_common_name_behind_its_prefix() {
        let longest = "a".repeat(NODE_NAME_MAX);
        assert_eq!(format!("system:node:{longest}").len(), 64);
        assert!(node_name(&longest, "n".into()).is_ok());
        assert!(node_name(&format!("{longest}a"), "n".into()).is_err());
    }

    #[test]
    fn a_server_name_is_an_address_or_a_dns_name() {
        let ip = |text: &str| ServerName::Ip(text.parse().unwrap());
        for (good, expected) in [
            ("10.0.0.1", ip("10.0.0.1")),
            ("fd00::1", ip("fd00::1")),
            ("api.example", ServerName::Dns("api.example".into())),
            ("abc", ServerName::Dns("abc".into())),
        ] {
            assert_eq!(server_name(good, "n"), Ok(expected));
        }
        for (bad, code) in [
            ("10.0.0.256", "invalid-address"),
            ("::ffff:10.0.0.1", "mapped-address"),
            ("fe80::1%eth0", "zoned-address"),
            ("*.example", "wildcard-name"),
            ("api.example.", "trailing-dot"),
        ] {
            assert_eq!(server_name(bad, "n").unwrap_err().code(), code, "{bad}");
        }
    }
}
