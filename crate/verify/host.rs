//! The dialled name against the certificate's names.

use std::net::IpAddr;

use super::certificate::Certificate;

/// From so many names on, none is listed.
const MOST: usize = 100;

/// The error is Go's `HostnameError`.
pub(super) fn verify(certificate: &Certificate, host: &str) -> Result<(), String> {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .filter(|bare| !bare.is_empty());
    let dns = certificate.names.as_ref().map(|names| &names.dns[..]);
    let addresses = certificate
        .names
        .as_ref()
        .map_or(&[][..], |names| &names.addresses);
    if let Ok(address) = bare.unwrap_or(host).parse::<IpAddr>() {
        let address = address.to_canonical();
        if addresses.contains(&address) {
            return Ok(());
        }
        return Err(wrong_address(addresses, address));
    }
    let wanted = host.to_ascii_lowercase();
    let valid = valid_name(wanted.strip_suffix('.').unwrap_or(&wanted), false);
    let parts = labels(&wanted);
    let matched = dns.unwrap_or_default().iter().any(|name| {
        if valid && valid_name(name, true) {
            matches(name, &parts)
        } else {
            !["", "."].contains(&name.as_str())
                && !["", "."].contains(&wanted.as_str())
                && name.to_ascii_lowercase() == wanted
        }
    });
    if matched {
        Ok(())
    } else {
        Err(wrong_name(certificate, dns.unwrap_or_default(), host))
    }
}

fn wrong_address(addresses: &[IpAddr], address: IpAddr) -> String {
    if addresses.is_empty() {
        return format!(
            "x509: cannot validate certificate for {address} because it doesn't contain any IP SANs"
        );
    }
    if addresses.len() >= MOST {
        return format!(
            "x509: certificate is valid for {} IP SANs, but none matched {address}",
            addresses.len()
        );
    }
    let addresses: Vec<_> = addresses.iter().map(ToString::to_string).collect();
    format!(
        "x509: certificate is valid for {}, not {address}",
        addresses.join(", ")
    )
}

fn wrong_name(certificate: &Certificate, dns: &[String], host: &str) -> String {
    if certificate.names.is_none() && matches(&certificate.common_name, &labels(host)) {
        return "x509: certificate relies on legacy Common Name field, use SANs instead".to_owned();
    }
    if dns.len() >= MOST {
        return format!(
            "x509: certificate is valid for {} names, but none matched {host}",
            dns.len()
        );
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
