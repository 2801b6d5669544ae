//! The shell scripts of the bundle. They are files of their own, so that shellcheck reads them as they are;
//! what differs from cluster to cluster is a table inside a here-document.

use std::collections::HashSet;

use super::File;
use crate::{CertificateKind, Pki};

/// What stands in the folder of each node, and runs there.
pub(super) const INSTALL: &str = include_str!("scripts/install.sh");

/// The first lines of a node's list of files.
pub(super) const MANIFEST_HEAD: &str = "# mode sha256 path file; read by install.sh\n";

const DISTRIBUTE: &str = include_str!("scripts/distribute.sh");
const VERIFY: &str = include_str!("scripts/verify.sh");

/// The line of a script that the table takes the place of.
const TABLE: &str = "@table@\n";

/// Each is made when its turn comes.
pub(super) fn files(pki: &Pki) -> impl Iterator<Item = File> {
    let make: [fn(&Pki) -> File; 3] = [
        |pki| File::text("distribute.sh", DISTRIBUTE.replace(TABLE, &hosts(pki))),
        |_| File::text("install.sh", INSTALL.to_owned()),
        |pki| File::text("verify.sh", VERIFY.replace(TABLE, &certificates(pki))),
    ];
    make.into_iter().map(move |make| make(pki))
}

/// `node address` of every node that gets files.
fn hosts(pki: &Pki) -> String {
    let placements = pki.plan().placements.iter();
    let served: HashSet<&str> = placements.map(|p| p.node.as_str()).collect();
    let nodes = pki.plan().cluster.nodes.iter().flatten();
    nodes
        .filter(|node| served.contains(node.name.as_str()))
        .map(|node| format!("{} {}\n", node.name, node.addresses[0]))
        .collect()
}

/// `id issuer purpose…` of every certificate; the purposes are openssl's words, `key` is a key pair without certificate.
fn certificates(pki: &Pki) -> String {
    let line = |id: &str, issuer: &str, kind: CertificateKind| {
        let purposes = match kind {
            CertificateKind::Authority | CertificateKind::TokenSigner => "any",
            CertificateKind::KeyPair => "key",
            CertificateKind::Server => "sslserver",
            CertificateKind::Client => "sslclient",
            CertificateKind::ServerClient => "sslserver sslclient",
        };
        format!("{id} {issuer} {purposes}\n")
    };
    let certificates = pki.plan().certificates.iter();
    certificates
        .map(|planned| line(&planned.id, &planned.issuer, planned.kind))
        .collect()
}
