//! Why a certificate that exists has to be made again.

use std::collections::BTreeSet;

use x509_parser::prelude::{FromDer, X509Certificate};

use super::Survey;
use crate::issue::public_of;
use crate::{
    Attribute, CertificateKind, DecodedCertificate, PlannedCertificate, Reason, ServerName, verify,
};

impl Survey<'_> {
    /// Those of the plan's change that are not answered by what was found, and those of what was found.
    pub(super) fn reasons(
        &self,
        planned: &PlannedCertificate,
        changed: Vec<Reason>,
    ) -> Vec<Reason> {
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
        lacking(planned, has, &mut reasons);
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
}

/// The names that somebody dials and that are not told of yet.
fn lacking(
    planned: &PlannedCertificate,
    has: impl Fn(&ServerName) -> bool,
    reasons: &mut Vec<Reason>,
) {
    let dialled = planned
        .names
        .iter()
        .filter(|name| !name.diallers.is_empty());
    for name in dialled.filter(|name| !has(&name.name)) {
        let told = |reason: &Reason| matches!(reason, Reason::NameAdded { name: told, .. } if *told == name.name);
        if !reasons.iter().any(told) {
            reasons.push(Reason::NameAdded {
                name: name.name.clone(),
                diallers: name.diallers.clone(),
            });
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
