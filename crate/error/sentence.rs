//! The sentences that are made from an error: what happened, what was expected, what to do next.

use std::fmt;

use super::Error;

impl Error {
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
            | Self::KeySearchFailed { .. }
            | Self::NotIssued
            | Self::Randomness { .. }
            | Self::UnknownCertificate { .. } => return None,
        })
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
            Self::KeySearchFailed { .. } => {
                "Reload the page and generate again; if it happens again, use another browser or computer."
            }
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
            Self::InvalidName {
                found, expected, ..
            } => write!(f, "{found:?} is not {expected}"),
            Self::InvalidValidity { found } => {
                write!(f, "a validity of {found} days is not possible")
            }
            Self::KeyMissing { id } => write!(f, "the private key of {id} is not there"),
            Self::KeySearchFailed { found } => write!(f, "no private key could be made: {found}"),
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
