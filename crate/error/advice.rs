//! What would have been right, and what to do next.

use super::{Error, counted};

impl Error {
    /// What would have been right.
    pub fn expected(&self) -> Option<String> {
        Some(match self {
            Self::DescriptionShape { expected, .. }
            | Self::InvalidName { expected, .. }
            | Self::WrongKeyAlgorithm { expected, .. } => expected.clone(),
            Self::DuplicateAddress { .. } => "an address that no other node has".into(),
            Self::DuplicateName { .. } => "a name that no other node has".into(),
            Self::Import(problem) => return problem.expected(),
            Self::Renew(refused) => return refused.expected(),
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
            Self::TooManyNodes { limit, role, .. } => format!("at most {limit} {}", counted(*role)),
            Self::UnknownPreset { .. } => format!("one of: {}", crate::cluster::preset_ids()),
            Self::ValidityPastYear9999 { .. } => "an end before the year 10000".into(),
            Self::CidrFamilies { .. } => "one network, or one IPv4 and one IPv6 network, such as 10.96.0.0/16,fd00:96::/112".into(),
            Self::CidrHostBits { network, .. } => network.clone(),
            Self::CidrWithoutRoom { .. } => "a network of at least eight addresses, such as 10.96.0.0/24".into(),
            Self::DatePast { .. } => "a day that is still to come".into(),
            Self::InternationalName { .. } => "letters of ASCII: an international name in its xn-- form".into(),
            Self::InvalidDate { .. } => "a day such as 2031-12-31".into(),
            Self::InvalidEndpoint { .. } => "a DNS name or an address, with or without a port: api.example:6443".into(),
            Self::InvalidRange { .. } => "a name with one range and the first address, such as worker-[1-1000] from 10.0.1.1".into(),
            Self::AuthorityCommonName { .. } => "another attribute: each authority's own CN has its place in certificates".into(),
            Self::InvalidCountry { .. } => "two capital letters (ISO 3166)".into(),
            Self::InvalidSubject { limit, .. } => format!("1 to {limit} bytes without control characters and without spaces around them"),
            Self::InvalidVersion { .. } => "a version of Kubernetes, such as 1.34 or 1.34.8".into(),
            Self::LongCommonName { .. } => "a common name of at most 64 bytes (RFC 5280, ub-common-name), of which system:node: takes twelve".into(),
            Self::LongLabel { .. } => "at most 63 characters between two dots".into(),
            Self::MappedAddress { address, .. } => address.clone(),
            Self::NoNames { .. } => "a certificate that a listener shows".into(),
            Self::NoSubject { .. } => "a key pair that has a certificate".into(),
            Self::RoleNotInPreset { .. } => "a role that the preset has a recipe for".into(),
            Self::TrailingDot { found, .. } => found.trim_end_matches('.').to_owned(),
            Self::UnknownOverride { .. } => "a certificate of this cluster".into(),
            Self::UnreadableLine { .. } => "an address and at least one name, as in /etc/hosts".into(),
            Self::UpperCaseName { found, .. } => found.to_lowercase(),
            Self::WildcardName { .. } => "one whole name".into(),
            Self::ZonedAddress { .. } => "one IPv6 address without a zone, such as fd00::11".into(),
            Self::Encoding { .. }
            | Self::InvalidClock
            | Self::InvalidKey { .. }
            | Self::KeyMissing { .. }
            | Self::KeySearchFailed { .. }
            | Self::LessonWithoutPlace { .. }
            | Self::NotIssued
            | Self::Randomness { .. }
            | Self::UnknownCertificate { .. } => return None,
        })
    }

    /// The next step for whoever reads the error.
    #[expect(clippy::too_many_lines, reason = "a table: one sentence for each case")]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::DescriptionShape { .. } => {
                "Compare the file with the description that `cargo run --example plan` prints under \"cluster\"."
            }
            Self::DuplicateAddress { .. } => "Give each node its own address.",
            Self::DuplicateName { .. } => "Give each node its own name.",
            Self::Encoding { .. } => "This is a fault of Hardway's: please report it.",
            Self::Import(problem) => problem.hint(),
            Self::Renew(refused) => refused.hint(),
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
            Self::LessonWithoutPlace { .. } => {
                "Take another lesson, or a cluster with what it needs: a second control plane, or etcd with TLS."
            }
            Self::NotIssued => "Generate first.",
            Self::NoControlPlane => "Add a node with the role control-plane.",
            Self::Randomness { .. } => {
                "Nothing was made, and nothing else is used in its place. Open the page in a current browser without extensions and try again."
            }
            Self::ReservedName { .. } => {
                "Rename the node: its certificate's file would overwrite another one."
            }
            Self::ServiceCidrOverlap { .. } => {
                "Service addresses are virtual: choose a range that no node lives in."
            }
            Self::TooManyNodes { .. } => {
                "Kubernetes itself is made for 5000 nodes, a kubeconfig names one load balancer, and every control plane calls every member and every kubelet."
            }
            Self::UnknownCertificate { .. } => "Ask for the certificates that the plan lists.",
            Self::UnknownPreset { .. } => "Choose one of the presets that are listed.",
            Self::ValidityPastYear9999 { .. } => "Choose fewer days.",
            Self::CidrFamilies { .. } => {
                "Dual-stack means one network of each family, the first one for the service kubernetes."
            }
            Self::CidrHostBits { .. } => "Write the first address of the network before the slash.",
            Self::CidrWithoutRoom { .. } => {
                "Take a shorter prefix: /29 or less for IPv4, /125 or less for IPv6."
            }
            Self::DatePast { .. } => "Choose a later day.",
            Self::InternationalName { .. } => {
                "Write the name as DNS carries it, with xn-- in front; a certificate holds no other form."
            }
            Self::InvalidDate { .. } => "Write year, month and day with hyphens.",
            Self::InvalidEndpoint { .. } => {
                "Leave it empty to use the load balancer, or the first control plane."
            }
            Self::InvalidRange { .. } => {
                "Put the first and the last number in brackets, at most 5000 apart."
            }
            Self::InvalidSubject { .. } => {
                "Leave out control characters, and keep within the length that X.509 allows."
            }
            Self::AuthorityCommonName { .. } => {
                "Change the CN of an authority in its own certificate."
            }
            Self::InvalidCountry { .. } => "Write the code of the country: JP, US.",
            Self::InvalidVersion { .. } => "Use what `kubeadm version -o short` prints.",
            Self::LongCommonName { .. } => "Shorten it: a node name has at most 52 characters.",
            Self::LongLabel { .. } => {
                "Shorten the part between the dots: DNS carries no more than 63 characters there."
            }
            Self::MappedAddress { .. } => {
                "Write the IPv4 address: in a certificate the two are not the same."
            }
            Self::NoNames { .. } => {
                "Ask for names where a server shows them, as in kube-apiserver."
            }
            Self::NoSubject { .. } => "Of a bare key pair only the algorithm can be chosen.",
            Self::RoleNotInPreset { .. } => {
                "Choose another role, or a preset whose etcd speaks TLS, such as hard-way-2025."
            }
            Self::TrailingDot { .. } => {
                "Leave out the dot: a certificate holds the name without it."
            }
            Self::UnknownOverride { .. } => {
                "Remove the entry, or bring back the node that it was for."
            }
            Self::UnreadableLine { .. } => {
                "Each line begins with an address and goes on with names; what follows a # is left out."
            }
            Self::UpperCaseName { .. } => {
                "Write it in lower case: a node that calls itself otherwise is not found by its certificate."
            }
            Self::WildcardName { .. } => {
                "List each name: whoever gets a wildcard key can pose as any host below it."
            }
            Self::ZonedAddress { .. } => {
                "Give the node a unique local or global address: a zone means something on one machine only."
            }
            Self::WrongKeyAlgorithm { .. } => "Generate the key with the plan's algorithm.",
        }
    }
}
