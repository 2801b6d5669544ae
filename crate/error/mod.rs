//! The one error of the crate.

mod advice;
mod code;
mod facts;
mod fold;
mod sentence;

pub(crate) use self::fold::encoding;
use crate::Role;

/// Why a description, a key or a certificate was refused: what was expected and what was found.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A common name is asked for in the subject that all authorities share.
    AuthorityCommonName {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// The service CIDR names two networks of one family, or more than two.
    CidrFamilies {
        /// What stands there.
        found: String,
    },
    /// The service CIDR is written with an address inside its network.
    CidrHostBits {
        /// What stands there.
        found: String,
        /// The network that it lies in.
        network: String,
    },
    /// The service CIDR has no room for the first addresses.
    CidrWithoutRoom {
        /// What stands there.
        found: String,
    },
    /// A certificate would expire before it is made.
    DatePast {
        /// What stands there.
        found: String,
    },
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
    /// A file of an existing cluster was not read.
    Import(crate::import::Problem),
    /// A name has letters outside ASCII.
    InternationalName {
        /// Path of the field.
        field: String,
        /// What stands there.
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
    /// The clock is outside the years 1970 to 9999.
    InvalidClock,
    /// A country is not two capital letters.
    InvalidCountry {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// A date is not one of the calendar between 1970 and 9999.
    InvalidDate {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// The cluster domain is not a DNS name.
    InvalidDomain {
        /// What stands there.
        found: String,
    },
    /// The control-plane endpoint is no host, or has no valid port.
    InvalidEndpoint {
        /// What stands there.
        found: String,
    },
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
    /// A range of nodes cannot be counted.
    InvalidRange {
        /// What stands there.
        found: String,
    },
    /// A value of a certificate's subject cannot stand there.
    InvalidSubject {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
        /// The most bytes that may stand there.
        limit: usize,
    },
    /// The validity is not between one day and a hundred years.
    InvalidValidity {
        /// Path of the field.
        field: String,
        /// The days asked for.
        found: String,
    },
    /// The version of Kubernetes cannot be read.
    InvalidVersion {
        /// What stands there.
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
    /// A common name would be longer than X.509 allows.
    LongCommonName {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// A label of a DNS name is longer than 63 characters.
    LongLabel {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// An address is an IPv4 address in the form of IPv6.
    MappedAddress {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
        /// The IPv4 address.
        address: String,
    },
    /// No node has the role control plane.
    NoControlPlane,
    /// Names are asked for in a certificate that no listener shows.
    NoNames {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// The cluster has no place for what a lesson breaks.
    LessonWithoutPlace {
        /// The lesson.
        found: String,
    },
    /// A subject or a validity is asked for where there is a key pair without certificate.
    NoSubject {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// The certificates are not made yet.
    NotIssued,
    /// The source of randomness failed; nothing was made.
    Randomness {
        /// What the source said.
        found: String,
    },
    /// Something of an existing cluster cannot be renewed as it was asked for.
    Renew(crate::renew::Refused),
    /// A node's name is the file name of a certificate of the cluster.
    ReservedName {
        /// Path of the field.
        field: String,
        /// The name.
        found: String,
    },
    /// The preset has no recipe for a role.
    RoleNotInPreset {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// The address of a node or of the control-plane endpoint lies inside the service CIDR.
    ServiceCidrOverlap {
        /// Path of the address.
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
        /// Whose number it is.
        role: Role,
    },
    /// A name ends with a dot.
    TrailingDot {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// A key was given for a certificate that the plan does not have.
    UnknownCertificate {
        /// The id that was given.
        id: String,
    },
    /// The description changes a certificate that the cluster does not have.
    UnknownOverride {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// The preset's name is not known.
    UnknownPreset {
        /// What stands there.
        found: String,
    },
    /// A line of a pasted list is not an address with names.
    UnreadableLine {
        /// Its number, from one.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A name has capital letters.
    UpperCaseName {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// The certificates would expire after the year 9999, which X.509 cannot say.
    ValidityPastYear9999 {
        /// The days asked for.
        found: String,
    },
    /// A name has an asterisk in it.
    WildcardName {
        /// Path of the field.
        field: String,
        /// What stands there.
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
    /// An IPv6 address has a zone.
    ZonedAddress {
        /// Path of the field.
        field: String,
        /// What stands there.
        found: String,
    },
}

/// The nodes of a role, in a sentence that counts them.
fn counted(role: Role) -> &'static str {
    match role {
        Role::ControlPlane => "control planes",
        Role::Etcd => "etcd nodes",
        Role::LoadBalancer => "load balancers",
        Role::Worker => "workers",
    }
}
