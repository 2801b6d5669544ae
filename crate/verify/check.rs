//! What each end looks at, in its order: expected against found.

use serde::Serialize;

use super::certificate::Certificate;
use super::chain::Step;
use super::handshake::Failed;
use super::instant::Instant;
use super::public_key::PublicKey;
use super::rules::with_colons;
use super::usage::Usage;
use rsa::sha2::{Digest, Sha256};

/// One check.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Check {
    /// What is looked at.
    pub check: Checked,
    /// Whether it held; `None` if it was not reached.
    pub held: Option<bool>,
    /// What has to be there; empty for [`Checked::Readable`], which says it itself.
    pub expected: String,
    /// What is there.
    pub found: String,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Checked {
    /// The CN is one that is let through.
    AllowedName,
    /// An authority that is trusted has signed it.
    Issuer,
    /// The private key belongs to the certificate.
    Key,
    /// The name that is dialled is in it.
    Name,
    /// The address that a peer calls from is in it.
    Peer,
    /// It is a certificate.
    Readable,
    /// The key that verifies tokens is the one that signs them.
    Token,
    /// It may be used for this.
    Usage,
    /// It is valid now.
    Validity,
}

/// One certificate, and what it is held against.
pub(super) struct Exhibit<'a> {
    pub(super) certificate: &'a Certificate,
    /// subjectPublicKeyInfo of the private key that its holder has.
    pub(super) key: Option<&'a [u8]>,
    pub(super) authority: Option<&'a Certificate>,
    pub(super) host: Option<&'a str>,
    pub(super) usage: Usage,
    pub(super) now: i64,
}

/// How far it came.
#[derive(Clone, Copy)]
pub(super) enum Reached {
    /// Nobody looked at it.
    Nothing,
    Until(Failed),
    Everything,
}

impl Exhibit<'_> {
    pub(super) fn checks(&self, reached: Reached) -> Vec<Check> {
        let mut checks = vec![self.key(), self.validity()];
        checks.extend(self.host.map(|host| self.name(host)));
        checks.extend([self.issuer(), self.usage()]);
        if matches!(reached, Reached::Until(Failed::Chain(Step::Readable))) {
            let readable = check(Checked::Readable, String::new(), String::new());
            checks.insert(0, readable);
        }
        let failed = match reached {
            Reached::Nothing => return checks,
            Reached::Everything => checks.len(),
            Reached::Until(failed) => {
                let failed = place(failed);
                let place = checks.iter().position(|check| check.check == failed);
                place.unwrap_or_default()
            }
        };
        for (place, check) in checks.iter_mut().enumerate().take(failed + 1) {
            // Without the key nobody knows whether it fits.
            let unseen = check.check == Checked::Key && self.key.is_none();
            check.held = (!unseen || place == failed).then_some(place < failed);
        }
        checks
    }

    fn key(&self) -> Check {
        let found = self.key.map(fingerprint).unwrap_or_default();
        check(Checked::Key, fingerprint(&self.certificate.spki), found)
    }

    fn validity(&self) -> Check {
        let (from, to) = (self.certificate.not_before, self.certificate.not_after);
        check(
            Checked::Validity,
            Instant::utc(self.now).to_string(),
            format!("{from} – {to}"),
        )
    }

    fn name(&self, host: &str) -> Check {
        check(Checked::Name, host.to_owned(), names(self.certificate))
    }

    fn issuer(&self) -> Check {
        let expected = self.authority.map(|authority| {
            let id = &authority.extensions.subject_key_id;
            signature(&authority.called(), id)
        });
        let issuer = &self.certificate.issuer_name;
        let id = &self.certificate.extensions.authority_key_id;
        check(
            Checked::Issuer,
            expected.unwrap_or_default(),
            signature(&issuer.common_name, id),
        )
    }

    fn usage(&self) -> Check {
        let found = self.certificate.extensions.usages.names();
        check(
            Checked::Usage,
            self.usage.name().to_owned(),
            found.join(", "),
        )
    }
}

fn place(failed: Failed) -> Checked {
    match failed {
        Failed::Key => Checked::Key,
        Failed::Chain(Step::Readable) => Checked::Readable,
        Failed::Chain(Step::Validity) => Checked::Validity,
        Failed::Chain(Step::Name) => Checked::Name,
        Failed::Chain(Step::Issuer) => Checked::Issuer,
        Failed::Chain(Step::Usage) => Checked::Usage,
    }
}

pub(super) fn check(checked: Checked, expected: String, found: String) -> Check {
    Check {
        check: checked,
        held: None,
        expected,
        found,
    }
}

/// An authority by its name and the beginning of its key identifier.
fn signature(name: &str, key_id: &[u8]) -> String {
    if key_id.is_empty() {
        return name.to_owned();
    }
    let id = with_colons(&key_id[..key_id.len().min(8)]);
    format!("{name} ({id})")
}

/// Of a public key: its kind, and enough of its hash to tell it from others.
pub(super) fn fingerprint(spki: &[u8]) -> String {
    let kind = match PublicKey::read(super::der::Der(spki)).ok().flatten() {
        Some(PublicKey::Rsa(key)) => format!("RSA {} ", key.bits()),
        Some(PublicKey::P256(_)) => "P-256 ".to_owned(),
        Some(PublicKey::P384(_)) => "P-384 ".to_owned(),
        _ => String::new(),
    };
    format!("{kind}{}", with_colons(&Sha256::digest(spki)[..8]))
}

/// So many names are listed.
const MOST_NAMES: usize = 20;

pub(super) fn names(certificate: &Certificate) -> String {
    let Some(names) = &certificate.extensions.names else {
        return String::new();
    };
    let addresses = names.addresses.iter().map(ToString::to_string);
    let mut listed: Vec<_> = names.dns.iter().cloned().chain(addresses).collect();
    let more = listed.len().saturating_sub(MOST_NAMES);
    listed.truncate(MOST_NAMES);
    if more > 0 {
        listed.push(format!("… (+{more})"));
    }
    listed.join(", ")
}
