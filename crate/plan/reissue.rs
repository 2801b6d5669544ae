//! Which certificates of a set that exists have to be made again after the description changed, and why.

use std::collections::HashSet;

use serde::Serialize;

use super::{Plan, PlannedCertificate, PlannedName, ServerName};
use crate::KeyAlgorithm;

/// One certificate that has to be made again, made for the first time, or is no longer needed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Reissue {
    /// Its id.
    pub certificate: String,
    /// Never empty.
    pub reasons: Vec<Reason>,
}

/// Why a certificate does not fit the plan, or has to be made again for another reason.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Reason {
    /// Its key pair is to be of another algorithm.
    AlgorithmChanged {
        /// The algorithm before.
        from: KeyAlgorithm,
        /// The algorithm now.
        to: KeyAlgorithm,
    },
    /// The user asks for it.
    Asked,
    /// Its authority is made again, or is another one.
    AuthorityChanged {
        /// The authority.
        authority: String,
    },
    /// Its file has the certificates of the old and the new authority in it, as long as one is exchanged for the other.
    BothTrusted,
    /// It is over.
    Expired {
        /// Its last second, RFC 3339.
        at: String,
    },
    /// It will be over soon.
    Expires {
        /// Its last second, RFC 3339.
        at: String,
    },
    /// The private key that was given is another one's.
    KeyDiffers,
    /// Its key is of a kind or a size that is not to be used any more.
    KeyUnsuitable {
        /// `rsa-1024`
        found: String,
    },
    /// It is to be for something else.
    KindChanged,
    /// Somebody dials a name that it does not have.
    NameAdded {
        /// The name.
        name: ServerName,
        /// Ids of the connections that dial it; empty where the description or a program asks for it.
        diallers: Vec<String>,
    },
    /// Nobody dials a name that it has: it still works, but says too much.
    NameRemoved {
        /// The name.
        name: ServerName,
    },
    /// It is new.
    New,
    /// Nothing needs it any more.
    NotNeeded,
    /// It is not valid yet.
    NotYetValid {
        /// Its first second, RFC 3339.
        at: String,
    },
    /// Its file has the new authority's certificate alone in it.
    OldRetired,
    /// It is signed by a hash that nobody accepts any more.
    SignatureWeak {
        /// `SHA1-RSA`
        found: String,
    },
    /// The authority that was given has not signed it.
    SignedByAnother {
        /// The authority.
        authority: String,
        /// What Go says of it.
        found: String,
    },
    /// Its subject is another.
    SubjectChanged {
        /// The subject before: `CN=admin, O=system:masters`.
        from: String,
        /// The subject now.
        to: String,
    },
    /// An authority that nobody lets sign.
    UnableToSign {
        /// What Go says of it.
        found: String,
    },
    /// Go cannot read it.
    Unreadable {
        /// What Go says of it.
        found: String,
    },
    /// It does not allow what it is used for.
    UsageMissing {
        /// `clientAuth`
        usages: Vec<String>,
    },
    /// It is to be valid for another time.
    ValidityChanged,
}

/// Compares a plan that was followed with the one that now holds: what is not listed can stay as it is.
///
/// An authority that is made again takes everything with it that it signed. Order: that of the new plan's issuance,
/// then what is not needed any more.
pub fn reissue(old: &Plan, new: &Plan) -> Vec<Reissue> {
    let mut again: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for planned in &new.certificates {
        let reasons = match old.certificate(&planned.id) {
            None => vec![Reason::New],
            Some(before) => reasons(before, planned, &again),
        };
        if !reasons.is_empty() {
            again.insert(&planned.id);
            found.push(Reissue {
                certificate: planned.id.clone(),
                reasons,
            });
        }
    }
    let gone = old.certificates.iter();
    found.extend(
        gone.filter(|planned| new.certificate(&planned.id).is_none())
            .map(|planned| Reissue {
                certificate: planned.id.clone(),
                reasons: vec![Reason::NotNeeded],
            }),
    );
    found
}

fn reasons(
    old: &PlannedCertificate,
    new: &PlannedCertificate,
    again: &HashSet<&str>,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if old.issuer != new.issuer || (new.issuer != new.id && again.contains(new.issuer.as_str())) {
        reasons.push(Reason::AuthorityChanged {
            authority: new.issuer.clone(),
        });
    }
    if old.kind != new.kind {
        reasons.push(Reason::KindChanged);
    }
    if old.key_algorithm != new.key_algorithm {
        reasons.push(Reason::AlgorithmChanged {
            from: old.key_algorithm,
            to: new.key_algorithm,
        });
    }
    if old.subject != new.subject {
        reasons.push(Reason::SubjectChanged {
            from: old.subject_text(),
            to: new.subject_text(),
        });
    }
    let has = |names: &[PlannedName], name| names.iter().any(|known| known.name == name);
    let added = new
        .names
        .iter()
        .filter(|n| !has(&old.names, n.name.clone()));
    reasons.extend(added.map(|planned| Reason::NameAdded {
        name: planned.name.clone(),
        diallers: planned.diallers.clone(),
    }));
    let removed = old
        .names
        .iter()
        .filter(|n| !has(&new.names, n.name.clone()));
    reasons.extend(removed.map(|planned| Reason::NameRemoved {
        name: planned.name.clone(),
    }));
    let validity = |planned: &PlannedCertificate| (planned.validity_days, planned.valid_until);
    if new.kind.is_certified() && validity(old) != validity(new) {
        reasons.push(Reason::ValidityChanged);
    }
    reasons
}
