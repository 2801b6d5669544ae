//! What each fuzz target does with its bytes. The targets call it, and so does `tests/fuzz`, which replays the corpora in every `cargo test`.
//!
//! A body says what must hold of any bytes: nothing panics, and what it asserts.
#![allow(
    dead_code,
    reason = "every target compiles this and uses its part of it"
)]

pub(crate) mod archives;
pub(crate) mod description;
pub(crate) mod dropped;
pub(crate) mod holds;
pub(crate) mod kubeconfig;
pub(crate) mod kubeconfig_writer;
pub(crate) mod pem_der;
pub(crate) mod pool;
pub(crate) mod verifier;

/// 2026-11-23T00:00:00Z, the clock of everything here.
pub(crate) const NOW: i64 = 1_795_392_000;

/// What a target does with bytes.
pub(crate) type Body = fn(&[u8]);

/// A target's name and its body.
pub(crate) const ALL: [(&str, Body); 6] = [
    ("archives", archives::run),
    ("description", description::run),
    ("kubeconfig", kubeconfig::run),
    ("kubeconfig_writer", kubeconfig_writer::run),
    ("pem_der", pem_der::run),
    ("verifier", verifier::run),
];
