//! The dialled name against the certificate's names.

use std::net::{IpAddr, Ipv6Addr};

use super::certificate::Certificate;

/// From so many names on, none is listed.
const MOST: usize = 100;

/// The error is Go's `HostnameError`.
pub(super) fn verify(certificate: &Certificate, host: &str) -> Result<(), String> {
    let names = certificate.extensions.names.as_ref();
    if let Some(address) = address(host) {
        let addresses = names.map_or(&[][..], |names| &names.addresses);
        if addresses.contains(&address) {
            return Ok(());
        }
        let address = address.to_string();
        return Err(
            legacy(certificate, &address).unwrap_or_else(|| wrong_address(addresses, &address))
        );
    }
    let dns = names.map_or(&[][..], |names| &names.dns);
    let wanted = host.to_ascii_lowercase();
    let valid = valid_name(wanted.strip_suffix('.').unwrap_or(&wanted), false);
    let parts = labels(&wanted);
    let matched = dns.iter().any(|name| {
        if valid && valid_name(name, true) {
            matches(name, &parts)
        } else {
            !["", "."].contains(&name.as_str())
                && !["", "."].contains(&wanted.as_str())
                && name.to_ascii_lowercase() == wanted
        }
    });
    if matched {
        return Ok(());
    }
    Err(legacy(certificate, host).unwrap_or_else(|| wrong_name(dns, host)))
}

/// An address, also in brackets or with a zone, which is dropped; an IPv4 address in the form of IPv6 is that IPv4 address.
fn address(host: &str) -> Option<IpAddr> {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .filter(|bare| !bare.is_empty())
        .unwrap_or(host);
    let address = match bare.split_once('%') {
        Some((bare, zone)) if !zone.is_empty() => bare.parse::<Ipv6Addr>().ok()?.into(),
        _ => bare.parse::<IpAddr>().ok()?,
    };
    Some(address.to_canonical())
}

/// Until Go 1.15 a CN served for a name.
fn legacy(certificate: &Certificate, host: &str) -> Option<String> {
    let named = certificate.extensions.names.is_some();
    let legacy = !named && matches(&certificate.name.common_name, &labels(host));
    legacy.then(|| {
        "x509: certificate relies on legacy Common Name field, use SANs instead".to_owned()
    })
}

fn wrong_address(addresses: &[IpAddr], address: &str) -> String {
    if addresses.is_empty() {
        return format!(
            "x509: cannot validate certificate for {address} because it doesn't contain any IP SANs"
        );
    }
    let count = addresses.len();
    if count >= MOST {
        return format!(
            "x509: certificate is valid for {count} IP SANs, but none matched {address}"
        );
    }
    let addresses: Vec<_> = addresses.iter().map(ToString::to_string).collect();
    format!(
        "x509: certificate is valid for {}, not {address}",
        addresses.join(", ")
    )
}

fn wrong_name(dns: &[String], host: &str) -> String {
    let count = dns.len();
    if count >= MOST {
        return format!("x509: certificate is valid for {count} names, but none matched {host}");
    }
    let listed = dns.join(", ");
    if listed.is_empty() {
        return format!("x509: certificate is not valid for any names, but wanted to match {host}");
    }
    format!("x509: certificate is valid for {listed}, not {host}")
}

fn labels(host: &str) -> Vec<String> {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    host.split('.').map(ToOwned::to_owned).collect()
}

/// The first label of a pattern may be an asterisk.
fn matches(pattern: &str, host: &[String]) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    let parts: Vec<_> = pattern.split('.').collect();
    !pattern.is_empty()
        && parts.len() == host.len()
        && parts
            .iter()
            .zip(host)
            .enumerate()
            .all(|(index, (part, label))| (index == 0 && *part == "*") || part == label)
}

fn valid_name(name: &str, pattern: bool) -> bool {
    let valid = |(index, part): (usize, &str)| {
        let wild = pattern && index == 0 && part == "*";
        let plain =
            |(at, c): (usize, char)| c.is_ascii_alphanumeric() || c == '_' || (c == '-' && at != 0);
        wild || (!part.is_empty() && part.char_indices().all(plain))
    };
    !name.is_empty() && name != "*" && name.split('.').enumerate().all(valid)
}
