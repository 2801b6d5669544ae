//! What components ask beyond TLS.

use std::net::IpAddr;

use super::certificate::Certificate;
use super::chain::{self, Options};
use super::host;
use super::memo::Memo;
use super::quote::quoted;
use super::usage::Usage;

/// etcd's rule for a peer: the address that it calls from has to be in its certificate, by itself or by a name that leads to it.
///
/// `resolve` stands for DNS. The error is that of etcd's `checkCertSAN`.
pub(super) fn peer(
    certificate: &Certificate,
    remote: IpAddr,
    resolve: impl Fn(&str) -> Vec<IpAddr>,
) -> Result<(), String> {
    let Some(names) = &certificate.extensions.names else {
        return Ok(());
    };
    if !names.addresses.is_empty() {
        let verified = host::verify(certificate, &remote.to_string());
        if verified.is_ok() || names.dns.is_empty() {
            return verified;
        }
    }
    if names.dns.is_empty() || names.dns.iter().any(|name| resolve(name).contains(&remote)) {
        return Ok(());
    }
    let listed: Vec<_> = names.dns.iter().map(|name| quoted(name)).collect();
    let remote = quoted(&remote.to_string());
    Err(format!(
        "tls: {remote} does not match any of DNSNames [{}]",
        listed.join(" ")
    ))
}

/// What kube-apiserver and kubelet log of a certificate that they do not believe.
pub(super) fn unauthenticated(certificate: &Certificate, why: &str) -> String {
    format!(
        "verifying certificate SN={}, SKID={}, AKID={} failed: {why}",
        certificate.serial_number(),
        with_colons(&certificate.extensions.subject_key_id),
        with_colons(&certificate.extensions.authority_key_id)
    )
}

/// Upper-case hexadecimal.
pub(super) fn with_colons(octets: &[u8]) -> String {
    let octets: Vec<_> = octets.iter().map(|octet| format!("{octet:02X}")).collect();
    octets.join(":")
}

/// What an extension API server says of the front proxy's certificate, DER: it has to come from `--requestheader-client-ca-file`, and its
/// CN has to be among `--requestheader-allowed-names`; with none listed, any will do.
///
/// # Errors
///
/// The server's own sentence.
pub fn front_proxy(
    certificate: &[u8],
    authority: &[u8],
    allowed: &[&str],
    now: i64,
) -> Result<(), String> {
    let memo = Memo::default();
    let certificate = memo.read(certificate)?;
    let roots = [memo.read(authority)?];
    let options = Options {
        now,
        host: None,
        usage: Usage::ClientAuth,
    };
    chain::verify(&memo, &certificate, &[], &roots, &options).map_err(|refusal| refusal.text)?;
    let name = &certificate.name.common_name;
    if allowed.is_empty() || allowed.contains(&name.as_str()) {
        return Ok(());
    }
    Err(format!(
        "x509: subject with cn={name} is not in the allowed list"
    ))
}

/// What kube-apiserver logs of a token that another key has signed.
pub(super) const BAD_TOKEN: &str =
    "[invalid bearer token, square/go-jose: error in cryptographic primitive]";
