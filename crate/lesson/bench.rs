//! Signs one certificate of a set again, with a flaw.

use rcgen::CertificateParams;
use rsa::pkcs8::LineEnding;
use rsa::pkcs8::der::pem;

use super::{Broken, Changed, OTHER_AUTHORITY};
use crate::error::encoding;
use crate::issue::certificate;
use crate::{Attribute, Error, Pki, PlannedCertificate, PrivateKey};

/// Where a set is broken.
pub(super) struct Bench<'a> {
    pub(super) pki: &'a Pki,
    pub(super) serial: [u8; 16],
    pub(super) broken: Broken,
}

impl<'a> Bench<'a> {
    /// Signs a certificate again by its own issuer, with another plan or other parameters.
    pub(super) fn change(
        &mut self,
        id: &str,
        plan: impl FnOnce(&mut PlannedCertificate),
        make: impl FnOnce(&mut CertificateParams),
    ) -> Result<(), Error> {
        let mut planned = self.planned(id)?.clone();
        let issuer = self.planned(&planned.issuer)?;
        let keys = self.pki.keys();
        plan(&mut planned);
        let key = keys.of(id)?;
        self.sign(&planned, key, issuer, keys.of(&issuer.id)?, make)
    }

    /// By an authority of another name.
    pub(super) fn sign_by_another(&mut self, id: &str) -> Result<(), Error> {
        let planned = self.planned(id)?;
        let mut issuer = self.planned(&planned.issuer)?.clone();
        set(&mut issuer, Attribute::CommonName, OTHER_AUTHORITY);
        let key = self.pki.keys().of(id)?;
        let other = self.other_key(&[&issuer.id, id])?;
        self.sign(planned, key, &issuer, other, |_| {})
    }

    /// An authority of the same name with another key.
    pub(super) fn make_anew(&mut self, id: &str) -> Result<(), Error> {
        let planned = self.planned(id)?;
        let other = self.other_key(&[id])?;
        self.broken
            .evidence
            .insert_key(id, other.to_public_key_der()?);
        self.sign(planned, other, planned, other, |_| {})
    }

    fn sign(
        &mut self,
        planned: &PlannedCertificate,
        key: &PrivateKey,
        issuer: &PlannedCertificate,
        issuer_key: &PrivateKey,
        make: impl FnOnce(&mut CertificateParams),
    ) -> Result<(), Error> {
        let validity = certificate::validity(planned, self.pki.now())?;
        let serial = self.serial;
        let parameters = |made: &mut CertificateParams| {
            validity.put(made, serial);
            make(made);
        };
        let public_key = key.public_key()?;
        let signer = issuer_key.signer()?;
        let der = certificate::signed(planned, &public_key, issuer, &signer, parameters)?;
        let pem = pem::encode_string("CERTIFICATE", LineEnding::LF, &der)
            .map_err(|error| encoding("a certificate")(&error))?;
        let id = planned.id.clone();
        self.broken.evidence.insert_certificate(&id, der);
        self.broken.changed.push(Changed { id, pem });
        Ok(())
    }

    fn planned(&self, id: &str) -> Result<&'a PlannedCertificate, Error> {
        let planned = self.pki.plan().certificate(id);
        planned.ok_or_else(|| Error::UnknownCertificate { id: id.to_owned() })
    }

    /// A key of the set that is none of these, of the first one's kind if there is such: a new one would take its time.
    pub(super) fn other_key(&self, but: &[&str]) -> Result<&'a PrivateKey, Error> {
        let kind = |key: &PrivateKey| key.algorithm_name().starts_with("rsa");
        let keys = self.pki.keys();
        let wanted = kind(keys.of(but[0])?);
        let planned = self.pki.plan().certificates.iter();
        let others = planned.filter(|planned| !but.contains(&planned.id.as_str()));
        let others: Vec<_> = others.filter_map(|one| keys.of(&one.id).ok()).collect();
        let fitting = others.iter().find(|key| kind(key) == wanted);
        let missing = || Error::KeyMissing {
            id: but[0].to_owned(),
        };
        fitting.or(others.first()).copied().ok_or_else(missing)
    }
}

pub(super) fn set(planned: &mut PlannedCertificate, attribute: Attribute, value: &str) {
    for part in &mut planned.subject {
        if part.attribute == attribute {
            value.clone_into(&mut part.value);
        }
    }
}
