//! The stable words by which translations know an error.

use super::Error;

impl Error {
    /// A stable word for this kind of error, the key of its translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AuthorityCommonName { .. } => "authority-common-name",
            Self::CidrFamilies { .. } => "cidr-families",
            Self::CidrHostBits { .. } => "cidr-host-bits",
            Self::CidrWithoutRoom { .. } => "cidr-without-room",
            Self::DatePast { .. } => "date-past",
            Self::DescriptionShape { .. } => "description-shape",
            Self::DuplicateAddress { .. } => "duplicate-address",
            Self::DuplicateName { .. } => "duplicate-name",
            Self::Encoding { .. } => "encoding",
            Self::InternationalName { .. } => "international-name",
            Self::InvalidAddress { .. } => "invalid-address",
            Self::InvalidCidr { .. } => "invalid-cidr",
            Self::InvalidClock => "invalid-clock",
            Self::InvalidCountry { .. } => "invalid-country",
            Self::InvalidDate { .. } => "invalid-date",
            Self::InvalidDomain { .. } => "invalid-domain",
            Self::InvalidEndpoint { .. } => "invalid-endpoint",
            Self::InvalidKey { .. } => "invalid-key",
            Self::InvalidName { .. } => "invalid-name",
            Self::InvalidRange { .. } => "invalid-range",
            Self::InvalidSubject { .. } => "invalid-subject",
            Self::InvalidValidity { .. } => "invalid-validity",
            Self::InvalidVersion { .. } => "invalid-version",
            Self::KeyMissing { .. } => "key-missing",
            Self::KeySearchFailed { .. } => "key-search-failed",
            Self::LessonWithoutPlace { .. } => "lesson-without-place",
            Self::LongCommonName { .. } => "long-common-name",
            Self::LongLabel { .. } => "long-label",
            Self::MappedAddress { .. } => "mapped-address",
            Self::NoControlPlane => "no-control-plane",
            Self::NoNames { .. } => "no-names",
            Self::NoSubject { .. } => "no-subject",
            Self::NotIssued => "not-issued",
            Self::Randomness { .. } => "randomness",
            Self::ReservedName { .. } => "reserved-name",
            Self::RoleNotInPreset { .. } => "role-not-in-preset",
            Self::ServiceCidrOverlap { .. } => "service-cidr-overlap",
            Self::TooManyNodes { .. } => "too-many-nodes",
            Self::TrailingDot { .. } => "trailing-dot",
            Self::UnknownCertificate { .. } => "unknown-certificate",
            Self::UnknownOverride { .. } => "unknown-override",
            Self::UnknownPreset { .. } => "unknown-preset",
            Self::UnreadableLine { .. } => "unreadable-line",
            Self::UpperCaseName { .. } => "upper-case-name",
            Self::ValidityPastYear9999 { .. } => "validity-past-year-9999",
            Self::WildcardName { .. } => "wildcard-name",
            Self::WrongKeyAlgorithm { .. } => "wrong-key-algorithm",
            Self::ZonedAddress { .. } => "zoned-address",
        }
    }
}
