//! From a leaf to a root that is trusted: every way is tried, in Go's order.

use std::fmt;

use super::certificate::Certificate;
use super::usage::{self, Usage};
use super::{host, signature};
use crate::Timestamp;

/// What is asked of a leaf.
pub(super) struct Options<'a> {
    /// Seconds since 1970.
    pub(super) now: i64,
    /// The name that was dialled.
    pub(super) host: Option<&'a str>,
    pub(super) usage: Usage,
}

/// Why no chain holds.
#[derive(Debug)]
pub(super) enum Refusal {
    Expired(String),
    Other(String),
    UnknownAuthority(String),
}

/// So many signatures are checked, then it is given up.
const MOST_SIGNATURES: usize = 100;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expired(text) | Self::Other(text) | Self::UnknownAuthority(text) => {
                f.write_str(text)
            }
        }
    }
}

impl Refusal {
    /// What a server's alert tells the client.
    pub(super) fn alert(&self) -> &'static str {
        match self {
            Self::Expired(_) => "expired certificate",
            Self::Other(_) => "bad certificate",
            Self::UnknownAuthority(_) => "unknown certificate authority",
        }
    }
}

pub(super) fn verify(
    leaf: &Certificate,
    intermediates: &[Certificate],
    roots: &[Certificate],
    options: &Options<'_>,
) -> Result<(), Refusal> {
    valid(leaf, Role::Leaf, &[], options.now)?;
    if let Some(host) = options.host {
        host::verify(leaf, host).map_err(Refusal::Other)?;
    }
    let mut search = Search {
        intermediates,
        roots,
        now: options.now,
        signatures: 0,
    };
    let chains = if roots.iter().any(|root| root.raw == leaf.raw) {
        vec![vec![leaf]]
    } else {
        search.chains(leaf, &[leaf])?
    };
    if chains
        .iter()
        .any(|chain| usage::allowed(chain, options.usage))
    {
        Ok(())
    } else {
        Err(Refusal::Other(
            "x509: certificate specifies an incompatible key usage".to_owned(),
        ))
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Role {
    Intermediate,
    Leaf,
    Root,
}

/// Go's `isValid`; `chain` ends with what the certificate is to have signed.
fn valid(
    certificate: &Certificate,
    role: Role,
    chain: &[&Certificate],
    now: i64,
) -> Result<(), Refusal> {
    let other = |text: &str| Err(Refusal::Other(text.to_owned()));
    if certificate.unhandled_critical {
        return other("x509: unhandled critical extension");
    }
    if let Some(child) = chain.last()
        && child.issuer != certificate.subject
    {
        return other("x509: issuer name does not match subject from issuing certificate");
    }
    let expired = |relation, end| {
        Err(Refusal::Expired(format!(
            "x509: certificate has expired or is not yet valid: current time {} is {relation} {}",
            moment(now),
            moment(end)
        )))
    };
    if now < certificate.not_before {
        return expired("before", certificate.not_before);
    }
    if now > certificate.not_after {
        return expired("after", certificate.not_after);
    }
    let constraints = certificate.constraints.as_ref();
    if role == Role::Intermediate && !constraints.is_some_and(|c| c.authority) {
        return other("x509: certificate is not authorized to sign other certificates");
    }
    let path_length = constraints.and_then(|constraints| constraints.path_length);
    if path_length.is_some_and(|most| chain.len() > 1 + most as usize) {
        return other("x509: too many intermediates for path length constraint");
    }
    Ok(())
}

fn moment(seconds: i64) -> String {
    Timestamp::from_unix(seconds)
        .map(Timestamp::rfc3339)
        .unwrap_or_default()
}

struct Search<'a> {
    intermediates: &'a [Certificate],
    roots: &'a [Certificate],
    now: i64,
    signatures: usize,
}

impl<'a> Search<'a> {
    /// Every chain from `child`, which ends `chain`, to a root.
    fn chains(
        &mut self,
        child: &'a Certificate,
        chain: &[&'a Certificate],
    ) -> Result<Vec<Vec<&'a Certificate>>, Refusal> {
        let (roots, intermediates) = (self.roots, self.intermediates);
        let candidates = parents(child, roots)
            .map(|root| (Role::Root, root))
            .chain(parents(child, intermediates).map(|one| (Role::Intermediate, one)));
        let candidates: Vec<_> = candidates.collect();
        let mut chains = Vec::new();
        let mut hint = None;
        let mut failed = None;
        for (role, parent) in candidates {
            self.signatures += 1;
            if self.signatures > MOST_SIGNATURES {
                failed = Some(Refusal::Other("x509: signature check attempts limit reached while verifying certificate chain".to_owned()));
                break;
            }
            if chain.iter().any(|known| same(known, parent)) {
                continue;
            }
            let checked = signature::verify(child, parent).and_then(|()| {
                valid(parent, role, chain, self.now).map_err(|refusal| refusal.to_string())
            });
            if let Err(reason) = checked {
                hint.get_or_insert((reason, parent));
                continue;
            }
            let longer: Vec<_> = chain.iter().copied().chain([parent]).collect();
            if role == Role::Root {
                chains.push(longer);
                failed = None;
            } else {
                match self.chains(parent, &longer) {
                    Ok(more) => {
                        chains.extend(more);
                        failed = None;
                    }
                    Err(refusal) => failed = Some(refusal),
                }
            }
        }
        if chains.is_empty() {
            Err(failed.unwrap_or_else(|| unknown_authority(hint)))
        } else {
            Ok(chains)
        }
    }
}

fn unknown_authority(hint: Option<(String, &Certificate)>) -> Refusal {
    let hint = hint.map(|(reason, candidate)| {
        format!(
            " (possibly because of {reason:?} while trying to verify candidate authority certificate {:?})",
            candidate.called
        )
    });
    let text = format!(
        "x509: certificate signed by unknown authority{}",
        hint.unwrap_or_default()
    );
    Refusal::UnknownAuthority(text)
}

/// Those whose name is the issuer's, the ones whose key identifier fits first.
fn parents<'a>(
    child: &Certificate,
    pool: &'a [Certificate],
) -> impl Iterator<Item = &'a Certificate> {
    let named = pool.iter().filter(|one| one.subject == child.issuer);
    let mut named: Vec<_> = named.collect();
    named.sort_by_key(|one| {
        let (own, wanted) = (&one.subject_key_id, &child.authority_key_id);
        if own == wanted {
            0
        } else if own.is_empty() || wanted.is_empty() {
            1
        } else {
            2
        }
    });
    named.into_iter()
}

/// Whether a chain would go round in a circle.
fn same(one: &Certificate, other: &Certificate) -> bool {
    one.subject == other.subject && one.public_key == other.public_key && one.names == other.names
}
