//! From a leaf to a root that is trusted: every way is tried, in Go's order.

use std::rc::Rc;

use super::certificate::Certificate;
use super::instant::Instant;
use super::memo::Memo;
use super::pool::{distinct, in_chain, parents};
use super::quote::quoted;
use super::usage::{self, Usage};
use super::{constraints, host, policy};

/// What is asked of a leaf.
pub(super) struct Options<'a> {
    /// Seconds since 1970.
    pub(super) now: i64,
    /// The name that was dialled.
    pub(super) host: Option<&'a str>,
    pub(super) usage: Usage,
}

/// Why no chain holds.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) step: Step,
    /// What a server's alert tells the client.
    pub(super) alert: &'static str,
    pub(super) text: String,
}

/// Which check it was, in their order.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Step {
    Readable,
    Validity,
    Name,
    Issuer,
    Usage,
}

/// So many signatures are checked, then it is given up.
const MOST_SIGNATURES: usize = 100;
const LIMIT: &str =
    "x509: signature check attempts limit reached while verifying certificate chain";

fn refuse<T>(step: Step, text: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal {
        step,
        alert: "bad certificate",
        text: text.into(),
    })
}

/// Go's `Verify`. All certificates come from the memo.
pub(super) fn verify(
    memo: &Memo,
    leaf: &Certificate,
    intermediates: &[Rc<Certificate>],
    roots: &[Rc<Certificate>],
    options: &Options<'_>,
) -> Result<(), Refusal> {
    valid(leaf, Role::Leaf, &[], options.now)?;
    if let Some(host) = options.host {
        host::verify(leaf, host).or_else(|text| refuse(Step::Name, text))?;
    }
    let (intermediates, roots) = (distinct(intermediates), distinct(roots));
    let mut search = Search {
        memo,
        intermediates: &intermediates,
        roots: &roots,
        now: options.now,
        signatures: 0,
    };
    let chains = if roots.iter().any(|root| root.raw == leaf.raw) {
        vec![vec![leaf]]
    } else {
        search.chains(leaf, &[leaf])?
    };
    any_allowed(&chains, options.usage)
}

/// What is asked of a whole chain: policies, then usage, then names.
fn any_allowed(chains: &[Vec<&Certificate>], wanted: Usage) -> Result<(), Refusal> {
    let (mut policies, mut usages, mut names) = (0, 0, None);
    for chain in chains {
        if !policy::valid(chain) {
            policies += 1;
        } else if !usage::allowed(chain, wanted) {
            usages += 1;
        } else if let Err(detail) = constraints::check(chain) {
            names.get_or_insert(detail);
        } else {
            return Ok(());
        }
    }
    if let Some(detail) = names {
        return refuse(
            Step::Issuer,
            format!(
                "x509: a root or intermediate certificate is not authorized to sign for this name: {detail}"
            ),
        );
    }
    if policies == 0 {
        return refuse(
            Step::Usage,
            "x509: certificate specifies an incompatible key usage",
        );
    }
    let usages = if usages > 0 {
        format!("{usages} candidate chains with incompatible key usage, ")
    } else {
        String::new()
    };
    refuse(
        Step::Issuer,
        format!(
            "x509: no valid chains built: {usages}{policies} candidate chains with invalid policies"
        ),
    )
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
    let extensions = &certificate.extensions;
    if extensions.unhandled_critical {
        return refuse(Step::Readable, "x509: unhandled critical extension");
    }
    if let Some(child) = chain.last()
        && child.issuer != certificate.subject
    {
        return refuse(
            Step::Issuer,
            "x509: issuer name does not match subject from issuing certificate",
        );
    }
    let expired = |relation, end: Instant| {
        let now = Instant::utc(now);
        Err(Refusal {
            step: Step::Validity,
            alert: "expired certificate",
            text: format!(
                "x509: certificate has expired or is not yet valid: current time {now} is {relation} {end}"
            ),
        })
    };
    if now < certificate.not_before.seconds {
        return expired("before", certificate.not_before);
    }
    if now > certificate.not_after.seconds {
        return expired("after", certificate.not_after);
    }
    let constraints = extensions.basic_constraints.as_ref();
    if role == Role::Intermediate && !constraints.is_some_and(|c| c.authority) {
        return refuse(
            Step::Issuer,
            "x509: certificate is not authorized to sign other certificates",
        );
    }
    let longest = constraints.and_then(|constraints| constraints.path_length);
    if longest.is_some_and(|longest| chain.len() as u64 > longest.saturating_add(1)) {
        return refuse(
            Step::Issuer,
            "x509: too many intermediates for path length constraint",
        );
    }
    Ok(())
}

struct Search<'a> {
    memo: &'a Memo,
    intermediates: &'a [&'a Certificate],
    roots: &'a [&'a Certificate],
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
        let roots = parents(child, self.roots).map(|one| (Role::Root, one));
        let others = parents(child, self.intermediates).map(|one| (Role::Intermediate, one));
        let mut chains = Vec::new();
        let mut hint = None;
        let mut failed = None;
        for (role, parent) in roots.chain(others).collect::<Vec<_>>() {
            self.signatures += 1;
            if self.signatures > MOST_SIGNATURES {
                failed = refuse::<()>(Step::Issuer, LIMIT).err();
                break;
            }
            if parent.public_key.is_none() || in_chain(parent, chain) {
                continue;
            }
            if let Err(reason) = self.memo.signed(child, parent) {
                hint.get_or_insert((reason, parent));
                continue;
            }
            // Unlike a bad signature, this is what is said in the end if no other candidate comes so far.
            failed = valid(parent, role, chain, self.now).err();
            if let Some(refusal) = &failed {
                hint.get_or_insert((refusal.text.clone(), parent));
                continue;
            }
            let longer: Vec<_> = chain.iter().copied().chain([parent]).collect();
            if role == Role::Root {
                chains.push(longer);
                continue;
            }
            match self.chains(parent, &longer) {
                Ok(more) => chains.extend(more),
                Err(refusal) if refusal.text == LIMIT => {
                    failed = Some(refusal);
                    break;
                }
                Err(refusal) => failed = Some(refusal),
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
        let (reason, candidate) = (quoted(&reason), quoted(&candidate.called()));
        format!(
            " (possibly because of {reason} while trying to verify candidate authority certificate {candidate})"
        )
    });
    Refusal {
        step: Step::Issuer,
        alert: "unknown certificate authority",
        text: format!(
            "x509: certificate signed by unknown authority{}",
            hint.unwrap_or_default()
        ),
    }
}
