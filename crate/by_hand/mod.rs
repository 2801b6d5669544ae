//! What somebody types to make a certificate of a plan with other tools, and to try a connection. It needs no key and no secret.

mod call;
mod cfssl;
mod openssl;

use std::fmt::Write as _;

use serde::Serialize;

pub use self::call::{Call, CallStep, CallStepKind, Place};
use crate::PlannedCertificate;

/// How to make one certificate by hand, in a folder that has the authority's `.crt` and `.key`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Recipe {
    /// The certificate's id.
    pub id: String,
    /// Id of the authority whose `.crt` and `.key` have to be in the folder.
    pub needs: Option<String>,
    /// With openssl 1.1.1 or later.
    pub openssl: Way,
    /// With cfssl, which makes no key pairs without a request.
    pub cfssl: Option<Way>,
}

/// One way to make a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Way {
    /// What the commands read, by names in the folder that they run in.
    pub files: Vec<Written>,
    /// One after the other.
    pub steps: Vec<Step>,
    /// Files and steps as one text to paste into a shell.
    pub whole: String,
    /// In what the certificate will differ from the one that [`Pki::issue`](crate::Pki::issue) makes; serial numbers always do.
    pub differences: Vec<Departure>,
}

/// A file to write.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Written {
    /// `etcd/ca.cnf`
    pub name: String,
    /// UTF-8, every line ended.
    pub text: String,
}

/// A command, for any POSIX shell.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Step {
    /// What it is for.
    pub step: StepKind,
    /// Without a line end.
    pub command: String,
}

/// What a command is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// The signature on the request.
    Certificate,
    /// The private key.
    Key,
    /// To read what was made.
    Look,
    /// Key, request and certificate in one.
    Make,
    /// The public key alone.
    Public,
    /// The request to be signed.
    Request,
    /// An authority signs its own request once more, with the usages that cfssl's own default lacks.
    SignAgain,
}

/// In what a certificate made by hand differs from ours.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Departure {
    /// It ends so many minutes before ours as it begins before now.
    EndsEarlier,
    /// The signature's hash follows the size of the signer's RSA key.
    HashBySize,
    /// The key's file has the older form of its algorithm: PKCS #1 or SEC 1, not PKCS #8.
    KeyFile,
    /// Key identifiers are SHA-1 of the key, not SHA-256 cut to 160 bits (RFC 7093, section 2).
    KeyIdentifiers,
    /// An authority's own certificate has no authorityKeyIdentifier.
    NoAuthorityKeyIdentifier,
    /// It begins when it is made, not five minutes before.
    NotBackdated,
    /// The subject's attributes stand in cfssl's order.
    SubjectOrder,
    /// Text is `PrintableString` where that suffices, not always `UTF8String`.
    TextTypes,
    /// It is valid for whole days, so it ends up to one day before the date.
    WholeDays,
}

impl Recipe {
    /// `signer` is the authority that signs it: `planned` itself, where it signs itself.
    pub fn of(planned: &PlannedCertificate, signer: &PlannedCertificate) -> Self {
        let certified = planned.kind.is_certified();
        Self {
            id: planned.id.clone(),
            needs: Some(planned.issuer.clone()).filter(|issuer| *issuer != planned.id),
            openssl: openssl::way(planned, signer),
            cfssl: certified.then(|| cfssl::way(planned, signer)),
        }
    }
}

impl Way {
    fn new(
        planned: &PlannedCertificate,
        files: Vec<Written>,
        steps: Vec<Step>,
        differences: Vec<Departure>,
    ) -> Self {
        Self {
            whole: whole(planned, &files, &steps),
            files,
            steps,
            differences,
        }
    }

    /// The commands that make something, one after the other, each on its own line.
    pub(crate) fn making(&self) -> impl Iterator<Item = &str> {
        let making = self.steps.iter().filter(|one| one.step != StepKind::Look);
        making.map(|one| one.command.as_str())
    }
}

/// In a subshell, so that a failure ends this and not the terminal. What the description says stands in the files alone, and in a
/// here-document with a quoted delimiter a shell reads nothing; no value has a line of its own.
fn whole(planned: &PlannedCertificate, files: &[Written], steps: &[Step]) -> String {
    let mut text = String::from("(\nset -eu\numask 077\n");
    if let Some(folder) = folder(planned) {
        let _ = writeln!(text, "mkdir -p {folder}");
    }
    for Written { name, text: lines } in files {
        let _ = write!(text, "cat >{name} <<'EOF'\n{lines}EOF\n");
    }
    for Step { command, .. } in steps {
        let _ = writeln!(text, "{command}");
    }
    text + ")\n"
}

/// The folder of its files, where that is not the one that all are in.
pub(crate) fn folder(planned: &PlannedCertificate) -> Option<&str> {
    planned.id.rsplit_once('/').map(|(folder, _)| folder)
}

/// One command over several lines, so that it fits a narrow page.
fn folded(parts: &[&str]) -> String {
    parts.join(" \\\n    ")
}
