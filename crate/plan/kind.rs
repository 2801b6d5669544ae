//! What may stand in a subject, and the profile of each kind of certificate.

use rcgen::{ExtendedKeyUsagePurpose as Extended, KeyUsagePurpose as Usage};
use serde::{Deserialize, Serialize};

use crate::KeyAlgorithm;

/// The type of an attribute of a distinguished name (RFC 5280, appendix A.1).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Attribute {
    /// Kubernetes takes it for the user.
    #[serde(rename = "CN")]
    CommonName,
    /// Two letters.
    #[serde(rename = "C")]
    Country,
    /// A town.
    #[serde(rename = "L")]
    Locality,
    /// Kubernetes takes each for a group.
    #[serde(rename = "O")]
    Organization,
    /// A part of an organization.
    #[serde(rename = "OU")]
    OrganizationalUnit,
    /// A state or province.
    #[serde(rename = "ST")]
    StateOrProvince,
}

/// What a certificate is for; its extensions follow from it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateKind {
    /// Signs the others.
    Authority,
    /// Shown by a caller.
    Client,
    /// No certificate at all: a key pair whose key signs service-account tokens.
    KeyPair,
    /// Shown by a listener.
    Server,
    /// Shown by a listener that also calls others with it.
    ServerClient,
    /// Its key signs service-account tokens; no TLS.
    TokenSigner,
}

impl Attribute {
    /// The short name of RFC 4514.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::CommonName => "CN",
            Self::Country => "C",
            Self::Locality => "L",
            Self::Organization => "O",
            Self::OrganizationalUnit => "OU",
            Self::StateOrProvince => "ST",
        }
    }

    /// RFC 5280, appendix A.1: the upper bounds.
    pub(crate) fn max_bytes(self) -> usize {
        match self {
            Self::CommonName | Self::Organization | Self::OrganizationalUnit => 64,
            Self::Country => 2,
            Self::Locality | Self::StateOrProvince => 128,
        }
    }
}

impl CertificateKind {
    /// Whether it signs others.
    pub fn is_authority(self) -> bool {
        self == Self::Authority
    }

    /// Whether there is a certificate, and not the key pair alone.
    pub fn is_certified(self) -> bool {
        self != Self::KeyPair
    }

    /// Whether a caller shows it.
    pub fn is_client(self) -> bool {
        matches!(self, Self::Client | Self::ServerClient)
    }

    /// Whether a listener shows it.
    pub fn is_server(self) -> bool {
        matches!(self, Self::Server | Self::ServerClient)
    }

    /// RFC 5280, section 4.2.1.3. Critical wherever it stands.
    pub(super) fn key_usages(self, algorithm: KeyAlgorithm) -> Vec<Usage> {
        match self {
            // digitalSignature: what an authority needs to sign OCSP answers and, in Kubernetes, its own requests.
            Self::Authority => vec![Usage::KeyCertSign, Usage::CrlSign, Usage::DigitalSignature],
            // keyEncipherment: the RSA key transport of TLS 1.2 (RFC 5246, section 7.4.2); not for ECDSA (RFC 8813, section 3).
            Self::Client | Self::Server | Self::ServerClient if algorithm.encrypts() => {
                vec![Usage::DigitalSignature, Usage::KeyEncipherment]
            }
            Self::Client | Self::Server | Self::ServerClient => vec![Usage::DigitalSignature],
            Self::TokenSigner => vec![Usage::DigitalSignature],
            Self::KeyPair => vec![],
        }
    }

    /// RFC 5280, section 4.2.1.12. Not critical, as kubeadm writes it.
    pub(crate) fn extended_key_usages(self) -> Vec<Extended> {
        match self {
            // Deliberately none: an authority that lists usages limits everything below it.
            Self::Authority => vec![],
            Self::Client => vec![Extended::ClientAuth],
            Self::KeyPair => vec![],
            Self::Server => vec![Extended::ServerAuth],
            Self::ServerClient => vec![Extended::ServerAuth, Extended::ClientAuth],
            // Deliberately none: it never takes part in TLS.
            Self::TokenSigner => vec![],
        }
    }
}
