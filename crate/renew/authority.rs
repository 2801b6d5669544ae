//! Whether the authorities that are to sign can.

use std::collections::{BTreeMap, BTreeSet};

use rsa::sha2::{Digest, Sha256};

use super::{Held, KeyChoice, Order, Refused};
use crate::issue::{end_of, public_of};
use crate::{Error, Plan, Timestamp, verify};

/// Each authority that is to sign can, and its key is its own.
pub(super) fn authorities(
    plan: &Plan,
    held: &Held,
    orders: &[Order],
    now: Timestamp,
) -> Result<(), Error> {
    let made: BTreeMap<_, _> = orders
        .iter()
        .map(|order| (order.reissue.certificate.as_str(), order.key))
        .collect();
    let mut needed = BTreeSet::new();
    for id in made.keys() {
        let planned = plan.certificate(id);
        let planned = planned.filter(|planned| planned.kind.is_certified());
        needed.extend(planned.map(|planned| planned.issuer.as_str()));
    }
    for id in needed {
        let own = || id.to_owned();
        let choice = made.get(id);
        if choice == Some(&KeyChoice::New) {
            continue;
        }
        let Some(der) = held.certificate(id) else {
            return Err(Refused::AuthorityMissing { id: own() }.into());
        };
        match held.key(id) {
            None if choice.is_some() => {
                return Err(Refused::AuthorityKeyMissing { id: own() }.into());
            }
            None => {}
            Some(key) => {
                let expected = public_of(der).map(|public| public.spki);
                let found = key.public()?.spki;
                if expected.as_ref() != Some(&found) {
                    return Err(Refused::AuthorityKeyDiffers {
                        id: own(),
                        expected: fingerprint(&expected.unwrap_or_default()),
                        found: fingerprint(&found),
                    }
                    .into());
                }
            }
        }
        if choice.is_some() {
            continue;
        }
        let unable = |found| Refused::AuthorityUnable { id: own(), found };
        verify::may_sign(der).map_err(unable)?;
        let end = end_of(der)?;
        if end <= now {
            let found = end.rfc3339();
            return Err(Refused::AuthorityExpired { id: own(), found }.into());
        }
    }
    Ok(())
}

fn fingerprint(spki: &[u8]) -> String {
    let hash = Sha256::digest(spki);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
