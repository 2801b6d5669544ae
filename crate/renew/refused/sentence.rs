//! The sentence that is made from a refusal: what happened.

use std::fmt;

use super::Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AuthorityExpired { id, found } => {
                write!(f, "{id} has expired ({found}): what it signs is refused")
            }
            Self::AuthorityKeyDiffers { id, .. } => {
                write!(f, "{id}.key is not the private key of {id}.crt")
            }
            Self::AuthorityKeyMissing { id } => write!(f, "{id}.key was not given"),
            Self::AuthorityMissing { id } => write!(f, "{id}.crt was not given"),
            Self::AuthorityUnable { id, found } => {
                write!(f, "what {id} signs is refused: {found}")
            }
            Self::BackForNobody => {
                f.write_str("this certificate is for none of the keys that wait for one")
            }
            Self::BackNotAccepted { id, found } => {
                write!(f, "the certificate for {id} is not accepted: {found}")
            }
            Self::BackOtherSubject {
                id,
                expected,
                found,
            } => write!(
                f,
                "the certificate for {id} has the subject {found}, not {expected}"
            ),
            Self::BackUnreadable { found } => write!(f, "this is no certificate: {found}"),
            Self::BackWithoutNames { id, found } => {
                write!(f, "the certificate for {id} lacks the names {found}")
            }
            Self::BackWithoutUsages { id, found } => {
                write!(f, "the certificate for {id} does not allow {found}")
            }
            Self::KeyNotKept { id, found } => {
                write!(f, "{id} cannot keep its key: {found}")
            }
            Self::Nothing => f.write_str("nothing is chosen to be made"),
            Self::PassphraseShort { found, .. } => {
                write!(f, "a passphrase of {found} characters is too short")
            }
        }
    }
}
