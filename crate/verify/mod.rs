//! Whether two ends accept each other's certificates, as Go decides: the components of Kubernetes are Go programs.
//!
//! The order of the checks is Go's, and so is the first failure, in Go's own words (crypto/x509 and crypto/tls of Go 1.27); on top
//! of that stand the rules of kube-apiserver, kubelet and etcd. `make parity` compares them with Go on mutated certificates.
//!
//! One file for each step: `der`, `instant`, `name`, `public_key` and `extension` read what `certificate` puts together; `chain`
//! builds out of a `pool`, with `host` for names, `signature` (by `algorithm`), `usage`, `constraints` (searched by `subtree`) and `policy`; `handshake` plays both ends, each with
//! its `pair`; `rules`, `identity`
//! and `log` are the components'; `verdict` brings it all to the connections of a plan, and `story`
//! tells it; `relation` is for files without a connection.

mod algorithm;
mod certificate;
mod chain;
mod check;
mod constraints;
pub(crate) mod der;
mod evidence;
mod extension;
mod handshake;
mod host;
mod identity;
pub(crate) mod instant;
mod log;
mod mailbox;
mod memo;
pub(crate) mod name;
mod network;
mod pair;
mod policy;
mod pool;
mod public_key;
mod quote;
mod relation;
mod rules;
mod signature;
mod story;
mod subject;
mod subtree;
mod uri;
mod usage;
mod verdict;

pub use self::check::{Check, Checked};
pub use self::evidence::Evidence;
pub use self::handshake::{End, Handshake, Outcome};
pub use self::identity::Identity;
pub use self::quote::escaped;
pub(crate) use self::relation::{chains, may_sign, signed_by, weak_signature};
pub use self::rules::front_proxy;
pub use self::verdict::{Side, State, Verdict, Verifier};

/// Plays a handshake by itself, without the rules of any component.
pub fn handshake(handshake: &Handshake) -> Outcome {
    let played = handshake::play(&memo::Memo::default(), handshake);
    played
        .err()
        .map(handshake::Failure::outcome)
        .unwrap_or_default()
}

/// What Go says of a certificate that it cannot read.
pub(crate) fn readable(der: &[u8]) -> Result<(), String> {
    certificate::Certificate::parse(der).map(drop)
}
