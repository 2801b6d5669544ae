//! Certificates that somebody else signed: requests go out, and what comes back is compared with them.

use super::issuance::for_key;
use super::{Issuance, Issued, certificate, to_pem};
use crate::import::{Inventory, Public};
use crate::renew::Refused;
use crate::{DecodedCertificate, DecodedRequest, Error, PlannedCertificate, Timestamp, verify};

impl Issuance {
    /// What waits for a signature that this issuance cannot make, with its request, DER.
    pub fn waiting(&self) -> impl Iterator<Item = Result<(&PlannedCertificate, Vec<u8>), Error>> {
        let waiting = self.plan.certified().filter(|planned| {
            self.kept.leaves(&planned.id) && !self.issued.contains_key(&planned.id)
        });
        waiting.filter_map(|planned| match self.request(planned) {
            Ok(Some(request)) => Some(Ok((planned, request))),
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        })
    }

    /// Takes every certificate of a file, PEM or DER. Says which were waited for; one that is known already, such as the authority's, is
    /// passed over.
    ///
    /// # Errors
    ///
    /// [`Error::Renew`], for the first that is refused.
    pub fn take_back_file(&mut self, bytes: &[u8], now: Timestamp) -> Result<Vec<String>, Error> {
        let mut inventory = Inventory::default();
        inventory.add("certificate", bytes, None);
        let mut taken = Vec::new();
        let mut found = 0;
        for (_, back) in inventory.certificates() {
            found += 1;
            let mut known = self.issued.values();
            if known.all(|issued| issued.certificate != back.der) {
                taken.push(self.take_back(&back.der, now)?);
            }
        }
        if found == 0 {
            let found = String::from("there is no certificate in it");
            return Err(Refused::BackUnreadable { found }.into());
        }
        Ok(taken)
    }

    /// Takes a certificate, DER, for one of the requests. Says for which.
    ///
    /// It has to be for the request's key, with its subject (the order of the attributes is the signer's), at least its names and
    /// usages, and Go has to accept it `now` where the authority of the plan is trusted.
    ///
    /// # Errors
    ///
    /// [`Error::Renew`].
    pub fn take_back(&mut self, der: &[u8], now: Timestamp) -> Result<String, Error> {
        let unread = |found: String| Refused::BackUnreadable { found };
        verify::readable(der).map_err(unread)?;
        let back = DecodedCertificate::from_der(der)?;
        let public = public_of(der).ok_or(Refused::BackForNobody)?;
        let mut asked = None;
        for waiting in self.waiting() {
            let (planned, request) = waiting?;
            let own = self.keys.of(&planned.id)?.to_public_key_der()?;
            if Public::of_spki(&own).as_ref() == Some(&public) {
                asked = Some((planned.clone(), request));
                break;
            }
        }
        let (planned, request) = asked.ok_or(Refused::BackForNobody)?;
        let wanted = DecodedRequest::from_der(&request)?;
        let id = planned.id.clone();
        compare(&id, &wanted, &back)?;
        let missing = || Refused::AuthorityMissing {
            id: planned.issuer.clone(),
        };
        let authority = self.issued.get(&planned.issuer).ok_or_else(missing)?;
        let server = planned.kind.is_server();
        let ways = [Some(server), planned.kind.is_client().then_some(false)];
        for server in ways.into_iter().flatten() {
            let root = &authority.certificate;
            let chains = verify::chains(der, root, server, now.unix());
            chains.map_err(|found| Refused::BackNotAccepted {
                id: id.clone(),
                found,
            })?;
        }
        let issued = Issued {
            certificate_pem: to_pem("CERTIFICATE", der)?,
            certificate: der.to_vec(),
            request_pem: to_pem("CERTIFICATE REQUEST", &request)?,
            not_after: super::end_of(der)?,
        };
        self.issued.insert(id.clone(), issued);
        Ok(id)
    }

    /// None while the key is not there.
    pub(super) fn request(&self, planned: &PlannedCertificate) -> Result<Option<Vec<u8>>, Error> {
        let Ok(key) = self.keys.of(&planned.id) else {
            return Ok(None);
        };
        let request = match self.keys.request(&planned.id) {
            Some(request) => request.to_vec(),
            None => certificate::request(&for_key(planned, key), key)?,
        };
        Ok(Some(request))
    }
}

fn compare(id: &str, wanted: &DecodedRequest, back: &DecodedCertificate) -> Result<(), Refused> {
    let id = id.to_owned();
    if sorted(&wanted.subject) != sorted(&back.subject) {
        return Err(Refused::BackOtherSubject {
            id,
            expected: wanted.subject.clone(),
            found: back.subject.clone(),
        });
    }
    let lacking = wanted
        .names
        .iter()
        .filter(|name| !back.names.contains(name));
    let lacking: Vec<_> = lacking.map(|name| name.value.clone()).collect();
    if !lacking.is_empty() {
        let found = lacking.join(", ");
        return Err(Refused::BackWithoutNames { id, found });
    }
    // Without the extension everything is allowed.
    let usages = |usages: &Option<crate::Usages>| usages.clone().map(|usages| usages.values);
    let wanted = usages(&wanted.extended_key_usage).unwrap_or_default();
    if let Some(back) = usages(&back.extended_key_usage) {
        let lacking: Vec<_> = wanted
            .into_iter()
            .filter(|one| !back.contains(one))
            .collect();
        if !lacking.is_empty() {
            let found = lacking.join(", ");
            return Err(Refused::BackWithoutUsages { id, found });
        }
    }
    Ok(())
}

/// The attributes of a subject in an order of their own: cfssl writes them in another one than the request.
fn sorted(subject: &str) -> Vec<&str> {
    let mut parts: Vec<_> = subject.split(", ").collect();
    parts.sort_unstable();
    parts
}

/// The public key of a certificate, in a form that can be compared.
pub(crate) fn public_of(der: &[u8]) -> Option<Public> {
    use x509_parser::prelude::{FromDer, X509Certificate};
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    Public::of_spki(certificate.public_key().raw)
}
