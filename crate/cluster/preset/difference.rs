//! Where what is made differs from what a guide's commands make, and why.

use serde::Serialize;

/// One point where the made files differ from what the guide's commands make.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Difference {
    /// The files that differ.
    pub about: &'static str,
    /// What the guide does.
    pub guide: &'static str,
    /// What is made here.
    pub hardway: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// Both guides of mmumshad's sign their authority without a single extension.
pub(super) const AUTHORITY_EXTENSIONS: Difference = Difference {
    about: "ca.crt",
    guide: "no extensions: X.509 v1 before OpenSSL 3.2, v3 without basicConstraints since",
    hardway: "v3 with critical basicConstraints CA:TRUE and keyUsage keyCertSign, cRLSign, digitalSignature",
    reason: "Go trusts no v3 certificate as an authority that does not say it is one: under OpenSSL 3.2 and later the guide's cluster does not come up.",
};

pub(super) const KEY_IDENTIFIERS: Difference = Difference {
    about: "every certificate",
    guide: "no key identifiers on client certificates",
    hardway: "subjectKeyIdentifier and authorityKeyIdentifier (RFC 7093 method 1)",
    reason: "Tells apart two authorities of the same name, and Python 3.13's strict verification wants them.",
};

pub(super) const KEY_USAGE: Difference = Difference {
    about: "server certificates",
    guide: "keyUsage nonRepudiation, digitalSignature, keyEncipherment, not critical",
    hardway: "critical keyUsage digitalSignature, keyEncipherment",
    reason: "TLS needs no nonRepudiation; RFC 5280 wants keyUsage critical.",
};

pub(super) const BACKDATED: Difference = Difference {
    about: "every certificate",
    guide: "valid from the second of signing",
    hardway: "valid from five minutes before",
    reason: "A node whose clock is slow does not refuse its own cluster.",
};

pub(super) const ADMIN_REMOTE: Difference = Difference {
    about: "admin-remote.kubeconfig",
    guide: "written to ~/.kube/config by kubectl commands",
    hardway: "a file of its own in the bundle",
    reason: "Nothing of the operator's own is overwritten.",
};
