//! The shell scripts of the bundle. They are files of their own, so that shellcheck reads them as they are;
//! what differs from cluster to cluster is a table inside a here-document.

use std::collections::HashSet;

use super::File;
use super::node::is_delivered;
use super::source::{Source, Sources};
use crate::{CertificateKind, Pki, PlannedCertificate};

/// What stands in the folder of each node, and runs there.
pub(super) const INSTALL: &str = include_str!("scripts/install.sh");

/// The first lines of a node's list of files.
pub(super) const MANIFEST_HEAD: &str = "# mode sha256 path file; read by install.sh\n";

const DISTRIBUTE: &str = include_str!("scripts/distribute.sh");
const VERIFY: &str = include_str!("scripts/verify.sh");

/// The option by which openssl goes by RFC 5280 to the letter.
const STRICT: &str = " -x509_strict";

/// The line of a script that the table takes the place of.
const TABLE: &str = "@table@\n";

/// Each is made when its turn comes.
pub(super) fn files<'a>(pki: &'a Pki, sources: &'a Sources<'a>) -> impl Iterator<Item = File> + 'a {
    let make: [fn(&Pki, &Sources<'_>) -> File; 3] = [
        |pki, sources| {
            File::text(
                "distribute.sh",
                DISTRIBUTE.replace(TABLE, &hosts(pki, sources)),
            )
        },
        |_, _| File::text("install.sh", INSTALL.to_owned()),
        |pki, _| {
            let script = match pki.renewal() {
                None => VERIFY.to_owned(),
                // An authority that others made may lack what openssl wants of it then, and Go does not.
                Some(_) => VERIFY.replace(STRICT, ""),
            };
            File::text("verify.sh", script.replace(TABLE, &certificates(pki)))
        },
    ];
    make.into_iter().map(move |make| make(pki, sources))
}

/// `node address` of every node that gets files.
fn hosts(pki: &Pki, sources: &Sources<'_>) -> String {
    let placements = pki.plan().placements.iter();
    let delivered = placements.filter(|one| is_delivered(pki, sources, one));
    let served: HashSet<&str> = delivered.map(|one| one.node.as_str()).collect();
    let nodes = pki.plan().cluster.nodes.iter().flatten();
    nodes
        .filter(|node| served.contains(node.name.as_str()))
        .map(|node| format!("{} {}\n", node.name, node.addresses[0]))
        .collect()
}

/// `id issuer purpose…` of every certificate that is new; the purposes are openssl's words, `key` is a key pair without certificate,
/// and files that a renewal has not are said as well.
fn certificates(pki: &Pki) -> String {
    let line = |planned: &PlannedCertificate| {
        let purposes = match planned.kind {
            CertificateKind::Authority | CertificateKind::TokenSigner => "any",
            CertificateKind::KeyPair => "key",
            CertificateKind::Server => "sslserver",
            CertificateKind::Client => "sslclient",
            CertificateKind::ServerClient => "sslserver sslclient",
        };
        let mut line = format!("{} {} {purposes}", planned.id, planned.issuer);
        let certified = planned.kind.is_certified();
        let lacks = |source: Source<'_>| !(source.is_there(pki) && source.is_new(pki));
        if certified && lacks(Source::Key(planned)) {
            line += " without-key";
        }
        if certified && lacks(Source::Request(planned)) {
            line += " without-request";
        }
        line + "\n"
    };
    let certificates = pki.plan().certificates.iter();
    certificates
        .filter(|planned| {
            let source = if planned.kind.is_certified() {
                Source::Certificate(planned)
            } else {
                Source::Key(planned)
            };
            source.is_new(pki) && source.is_there(pki)
        })
        .map(line)
        .collect()
}
