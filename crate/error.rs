//! The one error of the crate.

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
            | Self::NotIssued
            | Self::Randomness { .. }
            | Self::UnknownCertificate { .. }
            | Self::WrongKeyAlgorithm { .. } => None,
        }
    }

    /// What would have been right.
    pub fn expected(&self) -> Option<String> {
        Some(match self {
            Self::DescriptionShape { expected, .. }
            | Self::InvalidName { expected, .. }
            | Self::WrongKeyAlgorithm { expected, .. } => expected.clone(),
            Self::DuplicateAddress { .. } => "an address that no other node has".into(),
            Self::DuplicateName { .. } => "a name that no other node has".into(),
            Self::InvalidAddress { .. } => {
                "one IPv4 or IPv6 address, such as 192.168.5.11 or fd00::11".into()
            }
            Self::InvalidCidr { .. } => {
                "a network with room for addresses, such as 10.96.0.0/24".into()
            }
            Self::InvalidDomain { .. } => {
                "a DNS name of lower-case letters, digits, hyphens and dots, at most 200 characters"
                    .into()
            }
            Self::InvalidValidity { .. } => "1 to 36500 days".into(),
            Self::NoControlPlane => "at least one node with the role control-plane".into(),
            Self::ReservedName { .. } => {
                "a name that is not the file name of another certificate".into()
            }
            Self::ServiceCidrOverlap { cidr, .. } => format!("an address outside {cidr}"),
            Self::TooManyNodes { limit, what, .. } => format!("at most {limit} {what}"),
            Self::UnknownPreset { .. } => crate::cluster::preset_ids(),
            Self::ValidityPastYear9999 { .. } => "an end before the year 10000".into(),
            Self::Encoding { .. }
            | Self::InvalidClock
            | Self::InvalidKey { .. }
            | Self::KeyMissing { .. }
            | Self::NotIssued
            | Self::Randomness { .. }
            | Self::UnknownCertificate { .. } => return None,
        })
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

    /// The next step for whoever reads the error.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::DescriptionShape { .. } => {
                "Compare the file with the description that `cargo run --example plan` prints under \"cluster\"."
            }
            Self::DuplicateAddress { .. } => "Give each node its own address.",
            Self::DuplicateName { .. } => "Give each node its own name.",
            Self::Encoding { .. } => "This is a fault of Hardway's: please report it.",
            Self::InvalidAddress { .. } => {
                "Type one address without port, prefix length or zone; other names go elsewhere."
            }
            Self::InvalidCidr { .. } => {
                "Use the value of kube-apiserver's --service-cluster-ip-range, for example 10.96.0.0/24."
            }
            Self::InvalidClock => "Set this computer's clock.",
            Self::InvalidDomain { .. } => "Use the kubelet's clusterDomain, usually cluster.local.",
            Self::InvalidKey { .. } => "Generate the key again.",
            Self::InvalidName { .. } => {
                "Use lower-case letters, digits and hyphens, beginning and ending with a letter or digit."
            }
            Self::InvalidValidity { .. } => "The guide uses 1000 days.",
            Self::KeyMissing { .. } => "Wait until every key is made, or generate again.",
            Self::NotIssued => "Generate first.",
            Self::NoControlPlane => "Add a node with the role control-plane.",
            Self::Randomness { .. } => {
                "Nothing was made. Open the page in a current browser and try again."
            }
            Self::ReservedName { .. } => {
                "Rename the node: its certificate's file would overwrite another one."
            }
            Self::ServiceCidrOverlap { .. } => {
                "Service addresses are virtual: choose a range that no node lives in."
            }
            Self::TooManyNodes { .. } => "Remove some.",
            Self::UnknownCertificate { .. } => "Ask for the certificates that the plan lists.",
            Self::UnknownPreset { .. } => "Choose one of the presets that are listed.",
            Self::ValidityPastYear9999 { .. } => "Choose fewer days.",
            Self::WrongKeyAlgorithm { .. } => "Generate the key with the plan's algorithm.",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DescriptionShape { field, found, .. } if field.is_empty() => {
                write!(f, "the description cannot be read: {found}")
            }
            Self::DescriptionShape { field, found, .. } => {
                write!(f, "the description's {field} cannot be read: {found}")
            }
            Self::DuplicateAddress { found, owner, .. } => {
                write!(f, "the address {found} belongs to {owner} already")
            }
            Self::DuplicateName { found, .. } => {
                write!(f, "another node is called {found} already")
            }
            Self::Encoding { what, found } => write!(f, "{what} could not be made: {found}"),
            Self::InvalidAddress { found, .. } => {
                write!(
                    f,
                    "{found:?} is not an address that a component can be dialled at"
                )
            }
            Self::InvalidCidr { found } => {
                write!(f, "{found:?} is not a network with a first service address")
            }
            Self::InvalidDomain { found } => write!(f, "{found:?} is not a cluster domain"),
            Self::InvalidKey { id, found } => {
                write!(f, "the private key of {id} is refused: {found}")
            }
            Self::InvalidName { found, .. } => {
                write!(f, "{found:?} is not a DNS-1123 name of the allowed length")
            }
            Self::InvalidValidity { found } => {
                write!(f, "a validity of {found} days is not possible")
            }
            Self::KeyMissing { id } => write!(f, "the private key of {id} is not there"),
            Self::InvalidClock => f.write_str("the clock is not between the years 1970 and 9999"),
            Self::NotIssued => f.write_str("the certificates are not made yet"),
            Self::NoControlPlane => f.write_str("the cluster has no control plane"),
            Self::Randomness { found } => {
                write!(f, "the source of randomness failed: {found}")
            }
            Self::ReservedName { found, .. } => {
                write!(
                    f,
                    "{found} is the file name of another certificate of this cluster"
                )
            }
            Self::ServiceCidrOverlap { found, cidr, .. } => {
                write!(
                    f,
                    "the node's address {found} lies inside the service CIDR {cidr}"
                )
            }
            Self::TooManyNodes { found, what, .. } => write!(f, "{found} {what} are too many"),
            Self::UnknownCertificate { id } => write!(f, "the plan has no certificate {id:?}"),
            Self::UnknownPreset { found } => write!(f, "there is no preset {found:?}"),
            Self::ValidityPastYear9999 { found } => {
                write!(f, "{found} days from now is after the year 9999")
            }
            Self::WrongKeyAlgorithm {
                id,
                expected,
                found,
            } => {
                write!(f, "the private key of {id} is {found}, not {expected}")
            }
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
