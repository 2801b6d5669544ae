//! The names of a certificate as name constraints look at them.

use std::net::IpAddr;

use super::extension::Names;
use super::mailbox::Mailbox;
use super::quote::quoted;

/// The names of one certificate, as constraints look at them.
pub(super) struct Subject {
    pub(super) addresses: Vec<IpAddr>,
    pub(super) dns: Vec<String>,
    /// Each with its host.
    pub(super) uris: Vec<(String, String)>,
    pub(super) emails: Vec<Mailbox>,
}

impl Subject {
    /// The error is Go's detail.
    pub(super) fn of(names: &Names) -> Result<Self, String> {
        let uris: Result<Vec<_>, String> = names.uris.iter().map(|uri| uri_host(uri)).collect();
        let emails = names.emails.iter().map(|email| {
            let mailbox = Mailbox::parse(email);
            let mut mailbox =
                mailbox.ok_or_else(|| format!("cannot parse rfc822Name {}", quoted(email)))?;
            mailbox.domain = mailbox.domain.to_lowercase();
            Ok(mailbox)
        });
        let (uris, emails) = (uris?, emails.collect::<Result<Vec<_>, String>>()?);
        Ok(Self {
            addresses: names.addresses.clone(),
            dns: names.dns.clone(),
            uris,
            emails,
        })
    }
}

fn uri_host(uri: &str) -> Result<(String, String), String> {
    let host = super::uri::host(uri).unwrap_or_default().to_lowercase();
    let cannot = |what: &str| {
        let uri = quoted(uri);
        Err(format!(
            "URI with {what} ({uri}) cannot be matched against constraints"
        ))
    };
    if host.is_empty() {
        return cannot("empty host");
    }
    let bracketed = host.starts_with('[');
    let bare = match host.rsplit_once(':') {
        Some((bare, _)) if !host.ends_with(']') => bare.to_owned(),
        _ => host,
    };
    let inner = bare.trim_start_matches('[').trim_end_matches(']');
    if bracketed || inner.parse::<IpAddr>().is_ok() {
        return cannot("IP");
    }
    Ok((uri.to_owned(), bare))
}
