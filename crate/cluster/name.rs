//! Host names, cluster names and domains.

use crate::Error;

/// RFC 5280's ub-common-name is 64 bytes, of which `system:node:` takes twelve.
pub(super) const NODE_NAME_MAX: usize = 52;

/// A label is at most 63 octets (RFC 1035, section 2.3.4).
const LABEL_MAX: usize = 63;

/// `service.namespace.svc.` in front still has to fit into the 253 characters of a DNS name.
const DOMAIN_MAX: usize = 200;

/// A DNS-1123 label: lower-case letters, digits and hyphens.
pub(super) fn cluster_name(found: &str) -> Result<String, Error> {
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
    // An address would be a DNS name by its letters alone, but no verifier compares it as one.
    if found.len() <= NODE_NAME_MAX && is_subdomain(found) && !ends_in_number(found) {
        return Ok(found.to_owned());
    }
    Err(Error::InvalidName {
        field,
        expected: format!("a DNS-1123 name of at most {NODE_NAME_MAX} characters"),
        found: shown(found),
    })
}

/// The DNS domain of services, without a trailing dot.
pub(super) fn domain(found: &str) -> Result<String, Error> {
    if found.len() <= DOMAIN_MAX && is_subdomain(found) && !ends_in_number(found) {
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

fn is_subdomain(name: &str) -> bool {
    name.split('.').all(is_label)
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
        let long = "a".repeat(300);
        for bad in [
            "", "-a", "a-", "A", "a_b", "$(x)", "a;b", "a'b", "a\"b", "a\nb", "../a", "a b", "🐙",
            "*.a", "a..b", "a.", "münchen", &long,
        ] {
            let Err(Error::InvalidName { expected, .. }) = node_name(bad, "n".into()) else {
                panic!("{bad:?} was accepted");
            };
            assert_eq!(expected, "a DNS-1123 name of at most 52 characters");
        }
    }

    #[test]
    fn an_address_is_not_a_node_name() {
        assert!(node_name("192.168.5.11", "n".into()).is_err());
        assert!(node_name("node-1.example", "n".into()).is_ok());
    }

    #[test]
    fn a_node_name_fits_into_a_common_name_behind_its_prefix() {
        let longest = "a".repeat(NODE_NAME_MAX);
        assert_eq!(format!("system:node:{longest}").len(), 64);
        assert!(node_name(&longest, "n".into()).is_ok());
        assert!(node_name(&format!("{longest}a"), "n".into()).is_err());
    }
}
