//! Why something of an existing cluster is not renewed, or a file not taken back.

mod advice;
mod code;
mod sentence;

/// What was found and, where that can be said, what was expected. It never carries a secret.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Refused {
    /// An authority that is to sign has expired.
    AuthorityExpired {
        /// The authority.
        id: String,
        /// When, RFC 3339.
        found: String,
    },
    /// The private key of an authority is not the one of its certificate.
    AuthorityKeyDiffers {
        /// The authority.
        id: String,
        /// SHA-256 of the certificate's public key, hexadecimal.
        expected: String,
        /// The same of the private key's.
        found: String,
    },
    /// An authority's private key was not given, and it is to sign itself.
    AuthorityKeyMissing {
        /// The authority.
        id: String,
    },
    /// An authority's certificate was not given.
    AuthorityMissing {
        /// The authority.
        id: String,
    },
    /// Nobody would accept what an authority signs.
    AuthorityUnable {
        /// The authority.
        id: String,
        /// What Go says of it.
        found: String,
    },
    /// What comes back is for none of the requests' keys.
    BackForNobody,
    /// What comes back is not accepted where the authority is trusted.
    BackNotAccepted {
        /// The certificate.
        id: String,
        /// What Go says of it.
        found: String,
    },
    /// What comes back has another subject than was asked for.
    BackOtherSubject {
        /// The certificate.
        id: String,
        /// The subject that was asked for.
        expected: String,
        /// Its own.
        found: String,
    },
    /// What comes back is no certificate.
    BackUnreadable {
        /// What Go says of it.
        found: String,
    },
    /// What comes back lacks names that were asked for.
    BackWithoutNames {
        /// The certificate.
        id: String,
        /// The names.
        found: String,
    },
    /// What comes back does not allow what was asked for.
    BackWithoutUsages {
        /// The certificate.
        id: String,
        /// The usages.
        found: String,
    },
    /// A certificate is to be made for the key that it has, which cannot be.
    KeyNotKept {
        /// The certificate.
        id: String,
        /// What its key is, or what is missing.
        found: String,
    },
    /// There is nothing to make.
    Nothing,
    /// A passphrase is too short for a file that anybody may try to open.
    PassphraseShort {
        /// Characters.
        found: String,
        /// Characters.
        limit: usize,
    },
}
