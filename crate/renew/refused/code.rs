//! The stable words by which translations know a refusal, and what it carries.

use super::Refused;

impl Refused {
    /// A stable word for this kind, the key of its translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AuthorityExpired { .. } => "renew-authority-expired",
            Self::AuthorityKeyDiffers { .. } => "renew-authority-key-differs",
            Self::AuthorityKeyMissing { .. } => "renew-authority-key-missing",
            Self::AuthorityMissing { .. } => "renew-authority-missing",
            Self::AuthorityUnable { .. } => "renew-authority-unable",
            Self::BackForNobody => "renew-back-for-nobody",
            Self::BackNotAccepted { .. } => "renew-back-not-accepted",
            Self::BackOtherSubject { .. } => "renew-back-other-subject",
            Self::BackUnreadable { .. } => "renew-back-unreadable",
            Self::BackWithoutNames { .. } => "renew-back-without-names",
            Self::BackWithoutUsages { .. } => "renew-back-without-usages",
            Self::KeyNotKept { .. } => "renew-key-not-kept",
            Self::Nothing => "renew-nothing",
            Self::PassphraseShort { .. } => "renew-passphrase-short",
        }
    }

    /// The certificate that it is about.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::AuthorityExpired { id, .. }
            | Self::AuthorityKeyDiffers { id, .. }
            | Self::AuthorityKeyMissing { id }
            | Self::AuthorityMissing { id }
            | Self::AuthorityUnable { id, .. }
            | Self::BackNotAccepted { id, .. }
            | Self::BackOtherSubject { id, .. }
            | Self::BackWithoutNames { id, .. }
            | Self::BackWithoutUsages { id, .. }
            | Self::KeyNotKept { id, .. } => Some(id),
            Self::BackForNobody
            | Self::BackUnreadable { .. }
            | Self::Nothing
            | Self::PassphraseShort { .. } => None,
        }
    }

    /// What was there.
    pub fn found(&self) -> Option<&str> {
        match self {
            Self::AuthorityExpired { found, .. }
            | Self::AuthorityKeyDiffers { found, .. }
            | Self::AuthorityUnable { found, .. }
            | Self::BackNotAccepted { found, .. }
            | Self::BackOtherSubject { found, .. }
            | Self::BackUnreadable { found }
            | Self::BackWithoutNames { found, .. }
            | Self::BackWithoutUsages { found, .. }
            | Self::KeyNotKept { found, .. }
            | Self::PassphraseShort { found, .. } => Some(found),
            Self::AuthorityKeyMissing { id } | Self::AuthorityMissing { id } => Some(id),
            Self::BackForNobody | Self::Nothing => None,
        }
    }
}
