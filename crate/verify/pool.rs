//! Certificates that may have signed another, in the order in which Go tries them.

use std::collections::HashSet;
use std::rc::Rc;

use super::certificate::Certificate;

/// A pool holds a certificate once.
pub(super) fn distinct(pool: &[Rc<Certificate>]) -> Vec<&Certificate> {
    let mut known = HashSet::new();
    let pool = pool.iter().map(Rc::as_ref);
    pool.filter(|one| known.insert(&one.raw)).collect()
}

/// Those whose name is the issuer's, the ones whose key identifier fits first.
pub(super) fn parents<'a>(
    child: &Certificate,
    pool: &[&'a Certificate],
) -> impl Iterator<Item = &'a Certificate> {
    let named = pool.iter().copied();
    let mut named: Vec<_> = named.filter(|one| one.subject == child.issuer).collect();
    named.sort_by_key(|one| {
        let wanted = &child.extensions.authority_key_id;
        let own = &one.extensions.subject_key_id;
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

/// Go's `alreadyInChain`: whether a chain would go round in a circle. It looks no further than one of that name and key of which
/// only one of both has alternative names.
pub(super) fn in_chain(candidate: &Certificate, chain: &[&Certificate]) -> bool {
    let wanted = candidate.extensions.names_raw();
    for one in chain {
        if one.subject != candidate.subject || one.spki != candidate.spki {
            continue;
        }
        let own = one.extensions.names_raw();
        if own == wanted {
            return true;
        }
        if own.is_none() || wanted.is_none() {
            return false;
        }
    }
    false
}
