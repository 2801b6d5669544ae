//! Which certificates are to be made again, and why.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::Held;
use crate::issue::public_of;
use crate::key::PublicKey;
use crate::{
    Attribute, CertificateKind, DecodedCertificate, Plan, PlannedCertificate, Reason, Reissue,
    ServerName, Timestamp, reissue, verify,
};

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

    /// Those of the plan's change that are not answered by what was found, and those of what was found.
    fn reasons(&self, planned: &PlannedCertificate, changed: Vec<Reason>) -> Vec<Reason> {
        let Some(der) = self.held.certificate(&planned.id) else {
            // Its authority's being made again is seen from there.
            let changed = changed.into_iter();
            return changed
                .filter(|reason| !matches!(reason, Reason::AuthorityChanged { .. }))
                .collect();
        };
        if let Err(found) = verify::readable(der) {
            return vec![Reason::Unreadable { found }];
        }
        let Ok(decoded) = DecodedCertificate::from_der(der) else {
            let found = String::from("x509: malformed certificate");
            return vec![Reason::Unreadable { found }];
        };
        let has = |name: &ServerName| {
            let name = name.to_string();
            decoded.names.iter().any(|own| own.value == name)
        };
        let renamed = |reason: &Reason| matches!(reason, Reason::SubjectChanged { .. });
        // Nobody reads the subject of what only a listener shows, unless the description says another one now.
        let read = planned.kind.is_client() || changed.iter().any(renamed);
        let mut reasons: Vec<_> = changed
            .into_iter()
            .filter(|reason| match reason {
                // Told below, of what was found.
                Reason::AuthorityChanged { .. } | Reason::SubjectChanged { .. } => false,
                Reason::NameAdded { name, .. } => !has(name),
                Reason::NameRemoved { name } => has(name),
                _ => true,
            })
            .collect();
        self.time(&decoded, &mut reasons);
        self.key(planned, der, &mut reasons);
        if planned.kind.is_authority() {
            let unable = verify::may_sign(der).err();
            reasons.extend(unable.map(|found| Reason::UnableToSign { found }));
            return reasons;
        }
        let lacking = planned
            .names
            .iter()
            .filter(|planned| !planned.diallers.is_empty() && !has(&planned.name));
        for name in lacking {
            let told = |reason: &Reason| matches!(reason, Reason::NameAdded { name: told, .. } if *told == name.name);
            if !reasons.iter().any(told) {
                reasons.push(Reason::NameAdded {
                    name: name.name.clone(),
                    diallers: name.diallers.clone(),
                });
            }
        }
        reasons.extend(subject(planned, der).filter(|_| read));
        reasons.extend(usages(planned, &decoded));
        reasons.extend(self.signature(planned, der));
        reasons
    }

    fn time(&self, decoded: &DecodedCertificate, reasons: &mut Vec<Reason>) {
        let (now, until) = (self.now.rfc3339(), self.until.rfc3339());
        let at = decoded.not_after.clone();
        // Of one length, in UTC: they stand in the order of time.
        if at < now {
            reasons.push(Reason::Expired { at });
        } else if at < until {
            reasons.push(Reason::Expires { at });
        }
        if decoded.not_before > now {
            let at = decoded.not_before.clone();
            reasons.push(Reason::NotYetValid { at });
        }
    }

    fn key(&self, planned: &PlannedCertificate, der: &[u8], reasons: &mut Vec<Reason>) {
        let Some(public) = public_of(der) else {
            return;
        };
        if !suitable(planned.kind, &public.algorithm) {
            let found = public.algorithm.clone();
            reasons.push(Reason::KeyUnsuitable { found });
        }
        let given = self.held.key(&planned.id).map(crate::PrivateKey::public);
        if given.is_some_and(|given| given.is_ok_and(|given| given != public)) {
            reasons.push(Reason::KeyDiffers);
        }
    }

    fn signature(&self, planned: &PlannedCertificate, der: &[u8]) -> Option<Reason> {
        if let Some(found) = verify::weak_signature(der) {
            let found = found.to_owned();
            return Some(Reason::SignatureWeak { found });
        }
        let authority = self.held.certificate(&planned.issuer)?;
        let found = verify::signed_by(der, authority).err()?;
        Some(Reason::SignedByAnother {
            authority: planned.issuer.clone(),
            found,
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

/// Whether every component of Kubernetes takes such a key.
fn suitable(kind: CertificateKind, algorithm: &str) -> bool {
    match algorithm.strip_prefix("rsa-").map(str::parse::<u32>) {
        Some(bits) => bits.is_ok_and(|bits| (2048..=8192).contains(&bits)),
        None => match algorithm {
            "ecdsa-p256" | "ecdsa-p384" | "ecdsa-p521" => true,
            // client-go's keyutil does not read one.
            "ed25519" => kind != CertificateKind::TokenSigner,
            _ => false,
        },
    }
}

/// Kubernetes takes the CN for the user and each O for a group; the other attributes are their maker's.
fn subject(planned: &PlannedCertificate, der: &[u8]) -> Option<Reason> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let found: BTreeSet<_> = certificate
        .subject()
        .iter_attributes()
        .filter_map(|one| {
            let attribute = match one.attr_type().to_id_string().as_str() {
                "2.5.4.3" => Attribute::CommonName,
                "2.5.4.10" => Attribute::Organization,
                _ => return None,
            };
            Some((attribute, one.as_str().unwrap_or_default().to_owned()))
        })
        .collect();
    let read = |attribute| matches!(attribute, Attribute::CommonName | Attribute::Organization);
    let parts = planned.subject.iter().filter(|part| read(part.attribute));
    let wanted: BTreeSet<_> = parts
        .map(|part| (part.attribute, part.value.clone()))
        .collect();
    (found != wanted).then(|| Reason::SubjectChanged {
        from: DecodedCertificate::from_der(der).map_or_else(|_| String::new(), |own| own.subject),
        to: planned.subject_text(),
    })
}

/// What is not said is allowed.
fn usages(planned: &PlannedCertificate, decoded: &DecodedCertificate) -> Option<Reason> {
    let kind = planned.kind;
    let wanted = [
        (kind.is_server(), "serverAuth"),
        (kind.is_client(), "clientAuth"),
    ];
    let mut usages = Vec::new();
    if let Some(own) = &decoded.extended_key_usage {
        let any = own.values.iter().any(|one| one == "2.5.29.37.0");
        let lacking = wanted
            .iter()
            .filter(|(wanted, name)| *wanted && !any && !own.values.iter().any(|one| one == name));
        usages.extend(lacking.map(|(_, name)| (*name).to_owned()));
    }
    let signs = |own: &crate::Usages| own.values.iter().any(|one| one == "digitalSignature");
    if decoded.key_usage.as_ref().is_some_and(|own| !signs(own)) {
        usages.push(String::from("digitalSignature"));
    }
    (!usages.is_empty()).then_some(Reason::UsageMissing { usages })
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
