//! One thing that was found, and where.

use std::fmt;

use serde::Serialize;

use super::{FoundKey, FoundKubeconfig};
use crate::{DecodedCertificate, DecodedRequest, Description};

/// One thing that was found in a file. Files may hold several.
#[derive(Debug)]
pub struct Item {
    /// Its file: a place in [`Inventory::files`](super::Inventory::files).
    pub file: usize,
    /// Where in the file.
    pub place: Place,
    /// What it is.
    pub content: Content,
}

/// Where in a file something stands.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum Place {
    /// A bag of a PKCS#12 file, counted from one.
    Bag {
        /// Its number.
        number: usize,
    },
    /// A PEM block.
    Block {
        /// The line of its `-----BEGIN`, counted from one.
        line: usize,
    },
    /// A field of a kubeconfig.
    Field {
        /// `users[0].user.client-key-data`
        path: String,
        /// The line of the PEM block inside the field, counted from one.
        line: usize,
    },
    /// The file itself.
    #[default]
    Whole,
}

/// What was found.
#[derive(Debug)]
#[non_exhaustive]
pub enum Content {
    /// A certificate.
    Certificate(Box<FoundCertificate>),
    /// The description of a cluster, as this page saves it.
    Description(Box<Description>),
    /// A kubeconfig. What is embedded in it is an item of its own, in the same file.
    Kubeconfig(Box<FoundKubeconfig>),
    /// A private key.
    PrivateKey(FoundKey),
    /// A bare public key, such as `sa.pub`.
    PublicKey(Public),
    /// A certification request.
    Request(FoundRequest),
}

/// A public key in a form that can be compared.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Public {
    /// subjectPublicKeyInfo (RFC 5280, section 4.1.2.7), DER: the same bytes for the same key, from whatever file it comes.
    pub spki: Vec<u8>,
    /// `rsa-2048`, `ecdsa-p256`, `ed25519`; the numbers of its identifier where it has no name here.
    pub algorithm: String,
}

/// A certificate that was found. Whether anybody would accept it is the verifier's matter.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundCertificate {
    /// RFC 5280, DER, as it was found.
    pub der: Vec<u8>,
    /// Its public key.
    pub public: Public,
    /// What it says.
    pub decoded: DecodedCertificate,
}

/// A certification request that was found.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundRequest {
    /// RFC 2986, DER, as it was found. Its signature was not checked.
    pub der: Vec<u8>,
    /// Its public key.
    pub public: Public,
    /// What it asks for.
    pub decoded: DecodedRequest,
}

impl fmt::Debug for FoundCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "certificate {} ({})",
            self.decoded.subject, self.public.algorithm
        )
    }
}

impl fmt::Debug for FoundRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "request {} ({})",
            self.decoded.subject, self.public.algorithm
        )
    }
}

impl Content {
    /// The word for its kind: `certificate`, `private-key`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Certificate(_) => "certificate",
            Self::Description(_) => "description",
            Self::Kubeconfig(_) => "kubeconfig",
            Self::PrivateKey(_) => "private-key",
            Self::PublicKey(_) => "public-key",
            Self::Request(_) => "request",
        }
    }

    /// What tells it from others of its kind, in words that need no translation: a subject, an algorithm, a server. No secret.
    pub fn summary(&self) -> String {
        match self {
            Self::Certificate(found) => found.decoded.subject.clone(),
            Self::Description(description) => description.preset.clone(),
            Self::Kubeconfig(found) => found.summary(),
            Self::PrivateKey(key) => key.public().algorithm.clone(),
            Self::PublicKey(public) => public.algorithm.clone(),
            Self::Request(found) => found.decoded.subject.clone(),
        }
    }

    /// The public key of a certificate, a key or a request.
    pub fn public(&self) -> Option<&Public> {
        match self {
            Self::Certificate(found) => Some(&found.public),
            Self::PrivateKey(key) => Some(key.public()),
            Self::PublicKey(public) => Some(public),
            Self::Request(found) => Some(&found.public),
            Self::Description(_) | Self::Kubeconfig(_) => None,
        }
    }
}
