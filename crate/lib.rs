//! Hardway makes every key pair and certificate of a Kubernetes cluster that is built the hard way.
//!
//! Five values, each made only from the one before:
//!
//! ```text
//! Description ─ parse ─> Cluster ─ plan ─> Plan ─ generate ─> Keys ─ issue ─> Pki ─ bundle ─> zip
//! ```
//!
//! - [`Description`]: plain JSON without secrets, what the form edits.
//! - [`Cluster`]: a description that parsed; a `Cluster` that exists is valid.
//! - [`Plan`]: certificates in issuance order, the connections they serve, the files' final places.
//!   The subject alternative names come out of the connections, not out of a list.
//! - [`Keys`]: one private key a certificate, wiped from memory when dropped. Service-account tokens may have a bare key pair.
//! - [`Pki`]: the certificates and the signing requests, with their keys.
//!
//! One more direction: [`import`] reads the files of a cluster that exists already, [`recognise`] says which is which, [`verify`] which
//! connections hold, and [`diagnose`] what is wrong, what comes of it and how to mend it. [`renew`] makes again what has to be, with the
//! cluster's own authority; [`seal`] puts private keys behind a passphrase.
//!
//! [`anatomy`] shows a certificate or a request byte by byte.
//! [`verify`] says of a [`Pki`], or of any files, which connections of the plan hold; [`lesson`] breaks one thing in it to see what falls.
//!
//! The clock and the randomness are parameters: the same inputs give the same zip, byte for byte.
//!
//! ```
//! use hardway::{Cluster, Description, Plan};
//!
//! let description: Description = r#"{"preset": "hard-way-2020"}"#.parse()?;
//! let plan = Plan::new(&Cluster::parse(&description)?);
//! assert_eq!(plan.certificates[0].id, "ca");
//! # Ok::<(), hardway::Error>(())
//! ```

pub mod anatomy;
mod bundle;
pub mod by_hand;
mod cluster;
mod decode;
pub mod diagnose;
mod error;
pub mod import;
mod issue;
pub mod key;
pub mod lesson;
mod object;
mod plan;
pub mod recognise;
pub mod renew;
pub mod seal;
mod time;
mod tlv;
pub mod verify;
#[cfg(target_family = "wasm")]
mod wasm;
mod words;

pub use bundle::{Bundle, File, Files, Requests};
pub use cluster::{
    CertificateDescription, Cluster, ConfigurationKind, Description, Difference, KeyAlgorithm,
    NodeDescription, PRESETS, Preset, Role, nodes_of_list, nodes_of_range,
};
pub use decode::{BasicConstraints, DecodedCertificate, DecodedName, DecodedRequest, Usages};
pub use error::Error;
pub use issue::{Issuance, Issued, Pki};
pub use key::{KeyMaker, Keys, PrivateKey, Randomness};
pub use plan::{
    Attribute, CertificateKind, ClientEnd, Component, ComponentKind, Configuration, Connection,
    Credential, Dial, Flag, Kubeconfig, KubeconfigPaths, Outline, Placement, Plan,
    PlannedCertificate, PlannedName, Reason, Refusal, Reissue, ServerEnd, ServerName,
    SubjectAttribute, Totals, Warning, reissue,
};
pub use time::Timestamp;
pub use words::Words;
