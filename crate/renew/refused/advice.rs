//! What would have been right, and what to do next.

use super::Refused;

impl Refused {
    /// What would have been right.
    pub fn expected(&self) -> Option<String> {
        match self {
            Self::AuthorityKeyDiffers { expected, .. }
            | Self::BackOtherSubject { expected, .. } => Some(expected.clone()),
            Self::PassphraseShort { limit, .. } => Some(format!("at least {limit} characters")),
            _ => None,
        }
    }

    /// The next step.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::AuthorityExpired { .. } => {
                "Choose the authority as well: it gets a new certificate for its key, and what it signed stays good."
            }
            Self::AuthorityKeyDiffers { .. } => {
                "Give the key that belongs to the certificate. If it is lost, rotate the authority."
            }
            Self::AuthorityKeyMissing { .. } => {
                "Give the key, or let whoever has it sign: take the requests."
            }
            Self::AuthorityMissing { .. } => {
                "Give the authority's certificate: without it nobody can say what is accepted."
            }
            Self::AuthorityUnable { .. } => {
                "Choose the authority as well: it gets a certificate that may sign, for the same key."
            }
            Self::BackForNobody => {
                "Give the certificate that was made from one of these requests; a request from before has another key."
            }
            Self::BackNotAccepted { .. } => {
                "Let the authority whose certificate was given sign the request, for some days to come."
            }
            Self::BackOtherSubject { .. } => {
                "Let the request be signed with its subject as it is: Kubernetes reads the user and the groups in it."
            }
            Self::BackUnreadable { .. } => "Give the certificate as PEM or DER.",
            Self::BackWithoutNames { .. } => {
                "Sign with the request's extensions: `openssl x509 -req -copy_extensions copyall`, or the file of extensions beside the request."
            }
            Self::BackWithoutUsages { .. } => "Sign with the usages that the request asks for.",
            Self::KeyNotKept { .. } => "Let it have a new key.",
            Self::Nothing => "Choose at least one certificate.",
            Self::PassphraseShort { .. } => {
                "Take four or more words: whoever has the file can try as often as they like."
            }
        }
    }
}
