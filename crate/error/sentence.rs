//! The sentence that is made from an error: what happened.

use std::fmt;

use super::{Error, counted};

impl std::error::Error for Error {}

impl fmt::Display for Error {
    #[expect(clippy::too_many_lines, reason = "a table: one sentence for each case")]
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
            Self::Import(problem) => problem.fmt(f),
            Self::Renew(refused) => refused.fmt(f),
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
            Self::InvalidValidity { found, .. } => {
                write!(f, "a validity of {found} days is not possible")
            }
            Self::KeySearchFailed { found } => write!(f, "no private key could be made: {found}"),
            Self::LessonWithoutPlace { found } => {
                write!(f, "this cluster has nothing that {found} could break")
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
                write!(f, "the address {found} lies inside the service CIDR {cidr}")
            }
            Self::TooManyNodes { found, role, .. } => {
                write!(f, "{found} {} are too many", counted(*role))
            }
            Self::UnknownCertificate { id } => write!(f, "the plan has no certificate {id:?}"),
            Self::UnknownPreset { found } => write!(f, "there is no preset {found:?}"),
            Self::ValidityPastYear9999 { found } => {
                write!(f, "{found} days from now is after the year 9999")
            }
            Self::CidrFamilies { found } => {
                write!(f, "{found:?} is not one network of each family")
            }
            Self::CidrHostBits { found, network } => write!(
                f,
                "{found} is an address inside {network}, not the network itself"
            ),
            Self::CidrWithoutRoom { found } => {
                write!(f, "{found} has no room for a first service address")
            }
            Self::DatePast { found } => write!(
                f,
                "the certificates are to expire on {found}, which is over"
            ),
            Self::InternationalName { found, .. } => {
                write!(f, "{found:?} has letters that DNS does not carry")
            }
            Self::InvalidDate { found, .. } => write!(f, "{found:?} is not a day of the calendar"),
            Self::InvalidEndpoint { found } => {
                write!(f, "{found:?} is not a control-plane endpoint")
            }
            Self::InvalidRange { found } => write!(f, "{found:?} is not a range of nodes"),
            Self::AuthorityCommonName { found, .. } => {
                write!(f, "{found:?} cannot be the common name of every authority")
            }
            Self::InvalidCountry { found, .. } => write!(f, "{found:?} is not a country's code"),
            Self::InvalidSubject { found, .. } => write!(f, "{found:?} cannot stand in a subject"),
            Self::InvalidVersion { found } => write!(f, "{found:?} is not a version of Kubernetes"),
            Self::LongCommonName { found, .. } => {
                write!(f, "{found:?} makes a common name of more than 64 bytes")
            }
            Self::LongLabel { found, .. } => {
                write!(f, "{found:?} has a part of more than 63 characters")
            }
            Self::MappedAddress { found, address, .. } => write!(
                f,
                "{found} is the IPv4 address {address} in the form of IPv6"
            ),
            Self::NoNames { found, .. } => write!(
                f,
                "nobody is served with {found}, so names in it mean nothing"
            ),
            Self::NoSubject { found, .. } => {
                write!(f, "{found} is a key pair without a certificate")
            }
            Self::RoleNotInPreset { found, .. } => {
                write!(f, "the preset has no nodes of the role {found}")
            }
            Self::TrailingDot { found, .. } => write!(f, "{found:?} ends with a dot"),
            Self::UnknownOverride { found, .. } => {
                write!(f, "this cluster has no certificate {found:?} to change")
            }
            Self::UnreadableLine { line, found } => {
                write!(f, "line {line} is not an address with a name: {found:?}")
            }
            Self::UpperCaseName { found, .. } => write!(f, "{found:?} has capital letters"),
            Self::WildcardName { found, .. } => write!(f, "{found:?} is a pattern, not a name"),
            Self::ZonedAddress { found, .. } => {
                write!(f, "{found} has a zone, which no certificate can hold")
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
