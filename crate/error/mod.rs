//! The one error of the crate.

mod sentence;

use std::fmt;

/// Why a description, a key or a certificate was refused.
///
/// Carries what was expected and what was found; the sentences are made from those.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The description is not JSON of the documented shape.
    DescriptionShape {
        /// Path of the field, empty for the whole document.
        field: String,
        /// What the shape allows here.
        expected: String,
        /// What stands here.
        found: String,
    },
    /// Two nodes share an address.
    DuplicateAddress {
        /// Path of the second one.
        field: String,
        /// The address.
        found: String,
        /// The node that has it already.
        owner: String,
    },
    /// Two nodes share a name.
    DuplicateName {
        /// Path of the second one.
        field: String,
        /// The name.
        found: String,
    },
    /// A library refused to encode or decode something that this crate made itself.
    Encoding {
        /// What was being made.
        what: String,
        /// What the library said.
        found: String,
    },
    /// An address is not an IP address that a component can be dialled at.
    InvalidAddress {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// The service CIDR is not a network with a first address.
    InvalidCidr {
        /// What stands there.
        found: String,
    },
    /// The cluster domain is not a DNS name.
    InvalidDomain {
        /// What stands there.
        found: String,
    },
    /// The clock is outside the years 1970 to 9999.
    InvalidClock,
    /// A private key could not be read, or is not a valid key.
    InvalidKey {
        /// The certificate whose key it was to be.
        id: String,
        /// What the library said.
        found: String,
    },
    /// A name is not a DNS-1123 name of the allowed length.
    InvalidName {
        /// Path of the field.
        field: String,
        /// What the name has to be.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The validity is not between one day and a hundred years.
    InvalidValidity {
        /// The days asked for.
        found: String,
    },
    /// A certificate's private key is not there yet.
    KeyMissing {
        /// The certificate.
        id: String,
    },
    /// No filter, not even the plainest, found primes that the library accepts.
    KeySearchFailed {
        /// Where the search failed.
        found: String,
    },
    /// The certificates are not made yet.
    NotIssued,
    /// No node has the role control plane.
    NoControlPlane,
    /// The source of randomness failed; nothing was made.
    Randomness {
        /// What the source said.
        found: String,
    },
    /// A node's name is the file name of a certificate of the cluster.
    ReservedName {
        /// Path of the field.
        field: String,
        /// The name.
        found: String,
    },
    /// A node's address lies inside the service CIDR.
    ServiceCidrOverlap {
        /// Path of the node's address.
        field: String,
        /// The address.
        found: String,
        /// The service CIDR.
        cidr: String,
    },
    /// More nodes than the plan is made for.
    TooManyNodes {
        /// The number of nodes.
        found: String,
        /// The highest number allowed.
        limit: usize,
        /// What it counts.
        what: &'static str,
    },
    /// A key was given for a certificate that the plan does not have.
    UnknownCertificate {
        /// The id that was given.
        id: String,
    },
    /// The preset's name is not known.
    UnknownPreset {
        /// What stands there.
        found: String,
    },
    /// The certificates would expire after the year 9999, which X.509 cannot say.
    ValidityPastYear9999 {
        /// The days asked for.
        found: String,
    },
    /// A private key is of another algorithm than the plan asks for.
    WrongKeyAlgorithm {
        /// The certificate.
        id: String,
        /// The algorithm of the plan.
        expected: String,
        /// The algorithm of the key.
        found: String,
    },
}

impl Error {
    /// A stable word for this kind of error, the key of its translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DescriptionShape { .. } => "description-shape",
            Self::DuplicateAddress { .. } => "duplicate-address",
            Self::DuplicateName { .. } => "duplicate-name",
            Self::Encoding { .. } => "encoding",
            Self::InvalidAddress { .. } => "invalid-address",
            Self::InvalidCidr { .. } => "invalid-cidr",
            Self::InvalidClock => "invalid-clock",
            Self::InvalidDomain { .. } => "invalid-domain",
            Self::InvalidKey { .. } => "invalid-key",
            Self::InvalidName { .. } => "invalid-name",
            Self::InvalidValidity { .. } => "invalid-validity",
            Self::KeyMissing { .. } => "key-missing",
            Self::KeySearchFailed { .. } => "key-search-failed",
            Self::NoControlPlane => "no-control-plane",
            Self::NotIssued => "not-issued",
            Self::Randomness { .. } => "randomness",
            Self::ReservedName { .. } => "reserved-name",
            Self::ServiceCidrOverlap { .. } => "service-cidr-overlap",
            Self::TooManyNodes { .. } => "too-many-nodes",
            Self::UnknownCertificate { .. } => "unknown-certificate",
            Self::UnknownPreset { .. } => "unknown-preset",
            Self::ValidityPastYear9999 { .. } => "validity-past-year-9999",
            Self::WrongKeyAlgorithm { .. } => "wrong-key-algorithm",
        }
    }

    /// The field of the description that is to blame, as a path: `nodes[1].addresses[0]`.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::DescriptionShape { field, .. }
            | Self::DuplicateAddress { field, .. }
            | Self::DuplicateName { field, .. }
            | Self::InvalidAddress { field, .. }
            | Self::InvalidName { field, .. }
            | Self::ReservedName { field, .. }
            | Self::ServiceCidrOverlap { field, .. } => Some(field),
            Self::InvalidCidr { .. } => Some("serviceCidr"),
            Self::InvalidDomain { .. } => Some("clusterDomain"),
            Self::InvalidValidity { .. } | Self::ValidityPastYear9999 { .. } => {
                Some("validityDays")
            }
            Self::NoControlPlane | Self::TooManyNodes { .. } => Some("nodes"),
            Self::UnknownPreset { .. } => Some("preset"),
            Self::Encoding { .. }
            | Self::InvalidClock
            | Self::InvalidKey { .. }
            | Self::KeyMissing { .. }
            | Self::KeySearchFailed { .. }
            | Self::NotIssued
            | Self::Randomness { .. }
            | Self::UnknownCertificate { .. }
            | Self::WrongKeyAlgorithm { .. } => None,
        }
    }

    /// What was there instead.
    pub fn found(&self) -> Option<&str> {
        match self {
            Self::DescriptionShape { found, .. }
            | Self::DuplicateAddress { found, .. }
            | Self::DuplicateName { found, .. }
            | Self::Encoding { found, .. }
            | Self::InvalidAddress { found, .. }
            | Self::InvalidCidr { found }
            | Self::InvalidDomain { found }
            | Self::InvalidKey { found, .. }
            | Self::InvalidName { found, .. }
            | Self::InvalidValidity { found }
            | Self::KeySearchFailed { found }
            | Self::Randomness { found }
            | Self::ReservedName { found, .. }
            | Self::ServiceCidrOverlap { found, .. }
            | Self::TooManyNodes { found, .. }
            | Self::UnknownPreset { found }
            | Self::ValidityPastYear9999 { found }
            | Self::WrongKeyAlgorithm { found, .. } => Some(found),
            Self::KeyMissing { id } | Self::UnknownCertificate { id } => Some(id),
            Self::InvalidClock | Self::NoControlPlane | Self::NotIssued => None,
        }
    }
}

impl std::error::Error for Error {}

/// Folds a foreign error of an encoder into [`Error::Encoding`].
pub(crate) fn encoding(what: &str) -> impl FnOnce(&dyn fmt::Display) -> Error {
    move |error| Error::Encoding {
        what: what.to_owned(),
        found: error.to_string(),
    }
}
