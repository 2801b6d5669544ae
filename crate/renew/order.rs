//! Which certificates are to be made again, and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::Held;
use crate::issue::public_of;
use crate::key::PublicKey;
use crate::{CertificateKind, Plan, PlannedCertificate, Reason, Reissue, Timestamp, reissue};

/// One certificate to make, why, and for which key.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Order {
    /// Its id, and the reasons, which are never none.
    #[serde(flatten)]
    pub reissue: Reissue,
    /// For which key.
    pub key: KeyChoice,
}

/// The key that a certificate is made for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyChoice {
    /// The one that it has.
    Keep,
    /// A new one.
    New,
}

/// What exists, what it is to be, and when.
#[derive(Clone, Copy)]
pub struct Survey<'a> {
    /// The plan of the cluster as it was found.
    pub before: &'a Plan,
    /// The plan that is to hold: the same, or with a node more or another address.
    pub plan: &'a Plan,
    /// What was found.
    pub held: &'a Held,
    /// The clock.
    pub now: Timestamp,
    /// What ends before this moment is made again as well.
    pub until: Timestamp,
}

impl Survey<'_> {
    /// The smallest set that has to be made, in the order of issuance; then what is not needed any more.
    ///
    /// A certificate that was not given is not among them, unless the change of the plan makes it necessary.
    pub fn propose(&self) -> Vec<Order> {
        self.orders(&BTreeMap::new(), |_| true)
    }

    /// What is made where these are chosen: they, and whatever an authority with a new key takes with it.
    pub fn choose(&self, chosen: &BTreeMap<String, KeyChoice>) -> Vec<Order> {
        self.orders(chosen, |id| chosen.contains_key(id))
    }

    fn orders(
        &self,
        chosen: &BTreeMap<String, KeyChoice>,
        wanted: impl Fn(&str) -> bool,
    ) -> Vec<Order> {
        let changes = reissue(self.before, self.plan);
        let mut gone = Vec::new();
        let mut by_id = BTreeMap::new();
        for change in changes {
            if change.reasons == [Reason::NotNeeded] {
                gone.push(Order {
                    reissue: change,
                    key: KeyChoice::Keep,
                });
            } else {
                by_id.insert(change.certificate, change.reasons);
            }
        }
        let mut made: BTreeMap<&str, KeyChoice> = BTreeMap::new();
        let mut orders = Vec::new();
        for planned in &self.plan.certificates {
            let id = planned.id.as_str();
            let before = by_id.remove(id).unwrap_or_default();
            let forced = self.forced(planned, made.get(planned.issuer.as_str()).copied());
            let mut reasons = self.reasons(planned, before);
            reasons.extend(forced.clone());
            if chosen.contains_key(id) && reasons.is_empty() {
                reasons.push(Reason::Asked);
            }
            if reasons.is_empty() || !(forced.is_some() || wanted(id)) {
                continue;
            }
            let key = chosen.get(id).copied();
            let key = key.unwrap_or_else(|| self.usual_key(planned, &reasons));
            made.insert(id, key);
            let certificate = planned.id.clone();
            orders.push(Order {
                reissue: Reissue {
                    certificate,
                    reasons,
                },
                key,
            });
        }
        orders.extend(gone);
        orders
    }

    /// Whether an authority that is made again takes it with it.
    fn forced(&self, planned: &PlannedCertificate, authority: Option<KeyChoice>) -> Option<Reason> {
        if planned.issuer == planned.id {
            return None;
        }
        let names_serial = || self.held.certificate(&planned.id).is_some_and(names_serial);
        let forced = match authority? {
            KeyChoice::New => true,
            // openssl compares the number as well, Go does not.
            KeyChoice::Keep => names_serial(),
        };
        forced.then(|| Reason::AuthorityChanged {
            authority: planned.issuer.clone(),
        })
    }

    /// Others have to be told of an authority's new key, and tokens are checked by their signer's; all else is safer with a new one.
    fn usual_key(&self, planned: &PlannedCertificate, reasons: &[Reason]) -> KeyChoice {
        let lasting = matches!(
            planned.kind,
            CertificateKind::Authority | CertificateKind::TokenSigner
        );
        let spoilt = reasons.iter().any(|reason| {
            matches!(
                reason,
                Reason::AlgorithmChanged { .. }
                    | Reason::KeyDiffers
                    | Reason::KeyUnsuitable { .. }
                    | Reason::New
                    | Reason::Unreadable { .. }
            )
        });
        // Of a certificate that is no authority's the public half will do.
        let held = self.held.key(&planned.id).is_some()
            || (!planned.kind.is_authority()
                && self.held.certificate(&planned.id).and_then(spki).is_some());
        if lasting && !spoilt && held {
            KeyChoice::Keep
        } else {
            KeyChoice::New
        }
    }
}

/// Whether its authorityKeyIdentifier has the authority's serial number in it, as easy-rsa and older configurations of openssl write it.
fn names_serial(der: &[u8]) -> bool {
    let Ok((_, certificate)) = X509Certificate::from_der(der) else {
        return false;
    };
    let mut extensions = certificate.extensions().iter();
    extensions.any(|one| match one.parsed_extension() {
        ParsedExtension::AuthorityKeyIdentifier(own) => own.authority_cert_serial.is_some(),
        _ => false,
    })
}

/// Whether a certificate can be made for the key of this one, of which only the certificate was given.
pub(super) fn spki(der: &[u8]) -> Option<Vec<u8>> {
    let public = public_of(der)?;
    PublicKey::of_spki(&public.spki).map(|_| public.spki)
}
