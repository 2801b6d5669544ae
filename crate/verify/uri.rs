//! The host of a URI in a certificate.

use super::quote::quoted;

/// The host with its port, empty if there is none. The errors are those of Go's `url.Parse` that need no look at the host.
pub(super) fn host(uri: &str) -> Result<&str, String> {
    parts(uri).map_err(|error| {
        let uri = quoted(uri);
        format!("x509: cannot parse URI {uri}: {error}")
    })
}

fn parts(uri: &str) -> Result<&str, String> {
    let whole = uri.split_once('#').map_or(uri, |(before, _)| before);
    let refused = |why: &str| Err(format!("parse {}: {why}", quoted(whole)));
    if whole.bytes().any(|octet| octet < b' ' || octet == 0x7f) {
        return refused("net/url: invalid control character in URL");
    }
    if whole.starts_with(':') {
        return refused("missing protocol scheme");
    }
    let (scheme, rest) = scheme(whole);
    let rest = rest.split('?').next().unwrap_or_default();
    if !rest.starts_with('/') {
        let colon = rest
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':'));
        if scheme.is_none() && colon {
            return refused("first path segment in URL cannot contain colon");
        }
        return Ok("");
    }
    let Some(authority) = rest.strip_prefix("//") else {
        return Ok("");
    };
    let authority = authority.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if super::constraints::valid_domain(host, false) {
        Ok(host)
    } else {
        Err("invalid domain".to_owned())
    }
}

/// RFC 3986, section 3.1.
fn scheme(uri: &str) -> (Option<&str>, &str) {
    let end = uri.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    match end.map(|end| {
        (
            uri.split_at(end),
            uri.starts_with(|c: char| c.is_ascii_alphabetic()),
        )
    }) {
        Some(((scheme, rest), true)) if rest.starts_with(':') => (Some(scheme), &rest[1..]),
        _ => (None, uri),
    }
}
