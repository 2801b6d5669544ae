//! What an error carries, in one shape for all.

use super::Error;

impl Error {
    /// The field of the description that is to blame, as a path: `nodes[1].addresses[0]`.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::DescriptionShape { field, .. }
            | Self::DuplicateAddress { field, .. }
            | Self::DuplicateName { field, .. }
            | Self::InvalidAddress { field, .. }
            | Self::InvalidName { field, .. }
            | Self::InvalidValidity { field, .. }
            | Self::ReservedName { field, .. }
            | Self::ServiceCidrOverlap { field, .. }
            | Self::InternationalName { field, .. }
            | Self::AuthorityCommonName { field, .. }
            | Self::InvalidCountry { field, .. }
            | Self::InvalidDate { field, .. }
            | Self::InvalidSubject { field, .. }
            | Self::LongCommonName { field, .. }
            | Self::LongLabel { field, .. }
            | Self::MappedAddress { field, .. }
            | Self::NoNames { field, .. }
            | Self::NoSubject { field, .. }
            | Self::RoleNotInPreset { field, .. }
            | Self::TrailingDot { field, .. }
            | Self::UnknownOverride { field, .. }
            | Self::UpperCaseName { field, .. }
            | Self::WildcardName { field, .. }
            | Self::ZonedAddress { field, .. } => Some(field),
            Self::InvalidCidr { .. }
            | Self::CidrFamilies { .. }
            | Self::CidrHostBits { .. }
            | Self::CidrWithoutRoom { .. } => Some("serviceCidr"),
            Self::InvalidEndpoint { .. } => Some("controlPlaneEndpoint"),
            Self::InvalidVersion { .. } => Some("kubernetesVersion"),
            Self::InvalidDomain { .. } => Some("clusterDomain"),
            Self::ValidityPastYear9999 { .. } => Some("validityDays"),
            Self::NoControlPlane | Self::TooManyNodes { .. } => Some("nodes"),
            Self::UnknownPreset { .. } => Some("preset"),
            Self::Encoding { .. }
            | Self::Import(_)
            | Self::Renew(_)
            | Self::InvalidClock
            | Self::DatePast { .. }
            | Self::InvalidRange { .. }
            | Self::UnreadableLine { .. }
            | Self::InvalidKey { .. }
            | Self::KeyMissing { .. }
            | Self::KeySearchFailed { .. }
            | Self::LessonWithoutPlace { .. }
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
            | Self::InvalidValidity { found, .. }
            | Self::Randomness { found }
            | Self::ReservedName { found, .. }
            | Self::ServiceCidrOverlap { found, .. }
            | Self::TooManyNodes { found, .. }
            | Self::UnknownPreset { found }
            | Self::ValidityPastYear9999 { found }
            | Self::WrongKeyAlgorithm { found, .. }
            | Self::CidrFamilies { found }
            | Self::CidrHostBits { found, .. }
            | Self::CidrWithoutRoom { found }
            | Self::DatePast { found }
            | Self::InternationalName { found, .. }
            | Self::AuthorityCommonName { found, .. }
            | Self::InvalidCountry { found, .. }
            | Self::InvalidDate { found, .. }
            | Self::InvalidEndpoint { found }
            | Self::InvalidRange { found }
            | Self::InvalidSubject { found, .. }
            | Self::InvalidVersion { found }
            | Self::KeySearchFailed { found }
            | Self::LessonWithoutPlace { found }
            | Self::LongCommonName { found, .. }
            | Self::LongLabel { found, .. }
            | Self::MappedAddress { found, .. }
            | Self::NoNames { found, .. }
            | Self::NoSubject { found, .. }
            | Self::RoleNotInPreset { found, .. }
            | Self::TrailingDot { found, .. }
            | Self::UnknownOverride { found, .. }
            | Self::UnreadableLine { found, .. }
            | Self::UpperCaseName { found, .. }
            | Self::WildcardName { found, .. }
            | Self::ZonedAddress { found, .. } => Some(found),
            Self::Import(problem) => problem.found(),
            Self::Renew(refused) => refused.found(),
            Self::KeyMissing { id } | Self::UnknownCertificate { id } => Some(id),
            Self::InvalidClock | Self::NoControlPlane | Self::NotIssued => None,
        }
    }

    /// What else its sentence names, by the word that stands for it in a translation.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::DuplicateAddress { owner, .. } => vec![("owner", owner.clone())],
            Self::InvalidKey { id, .. } | Self::WrongKeyAlgorithm { id, .. } => {
                vec![("id", id.clone())]
            }
            Self::Renew(refused) => {
                let id = refused.id().map(|id| ("id", id.to_owned()));
                id.into_iter().collect()
            }
            Self::InvalidSubject { limit, .. } => vec![("limit", limit.to_string())],
            Self::ServiceCidrOverlap { cidr, .. } => vec![("cidr", cidr.clone())],
            Self::TooManyNodes { limit, role, .. } => {
                vec![("limit", limit.to_string()), ("role", role.id().to_owned())]
            }
            Self::UnknownPreset { .. } => vec![("presets", crate::cluster::preset_ids())],
            Self::UnreadableLine { line, .. } => vec![("line", line.to_string())],
            _ => Vec::new(),
        }
    }
}
