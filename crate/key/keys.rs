//! The private keys of a plan.

use std::collections::BTreeMap;

use rsa::rand_core::TryCryptoRng;

use super::{KeyMaker, PrivateKey};
use crate::{Error, KeyAlgorithm, Plan, PlannedCertificate};

/// The private keys of a plan, by certificate, some with the certification request that they signed.
#[derive(Default)]
pub struct Keys(BTreeMap<String, Entry>);

struct Entry {
    key: PrivateKey,
    request: Option<Vec<u8>>,
}

impl Keys {
    /// Makes every key of the plan, in the plan's order.
    ///
    /// # Errors
    ///
    /// [`Error::Randomness`].
    pub fn generate(plan: &Plan, rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        let mut keys = Self::default();
        let mut maker = KeyMaker::default();
        for certificate in &plan.certificates {
            let (key, _) = maker.generate(certificate.key_algorithm, rng)?;
            keys.insert(plan, &certificate.id, key)?;
        }
        Ok(keys)
    }

    /// Adds the key of one certificate; an earlier one is replaced.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownCertificate`] or [`Error::WrongKeyAlgorithm`].
    pub fn insert(&mut self, plan: &Plan, id: &str, key: PrivateKey) -> Result<(), Error> {
        let planned = plan
            .certificate(id)
            .ok_or_else(|| Error::UnknownCertificate { id: id.to_owned() })?;
        if key.algorithm_name() != planned.key_algorithm.id() {
            return Err(Error::WrongKeyAlgorithm {
                id: id.to_owned(),
                expected: planned.key_algorithm.id().to_owned(),
                found: key.algorithm_name(),
            });
        }
        let entry = Entry { key, request: None };
        self.0.insert(id.to_owned(), entry);
        Ok(())
    }

    /// Adds the request (DER) that a key has signed; it is not checked, being the caller's own.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`].
    pub fn insert_request(&mut self, id: &str, request: Vec<u8>) -> Result<(), Error> {
        let entry = self
            .0
            .get_mut(id)
            .ok_or_else(|| Error::KeyMissing { id: id.to_owned() })?;
        entry.request = Some(request);
        Ok(())
    }

    /// The key of one certificate.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`].
    pub fn of(&self, id: &str) -> Result<&PrivateKey, Error> {
        self.0
            .get(id)
            .map(|entry| &entry.key)
            .ok_or_else(|| Error::KeyMissing { id: id.to_owned() })
    }

    /// The request for one certificate, DER, if it was given with the key.
    pub fn request(&self, id: &str) -> Option<&[u8]> {
        self.0.get(id)?.request.as_deref()
    }

    /// Whether the key of one certificate is here.
    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The certificates of a plan that have no key here, in issuance order.
    pub fn missing<'a>(&self, plan: &'a Plan) -> impl Iterator<Item = &'a PlannedCertificate> {
        plan.certificates
            .iter()
            .filter(|planned| !self.contains(&planned.id))
    }

    /// The certificate that a new key of `algorithm` is for: the one that it was made for if it lacks one, else the first that does.
    pub fn wanting<'a>(
        &self,
        plan: &'a Plan,
        id: &str,
        algorithm: KeyAlgorithm,
    ) -> Option<&'a str> {
        let fits = |planned: &&PlannedCertificate| {
            planned.key_algorithm == algorithm && !self.contains(&planned.id)
        };
        let own = plan.certificate(id).filter(|planned| fits(planned));
        let wanting = own.or_else(|| plan.certificates.iter().find(fits));
        wanting.map(|planned| planned.id.as_str())
    }

    /// Fits keys that were made for one plan to another, before any of them was used.
    ///
    /// A key stays with its certificate if the algorithm is still the one that is planned, and so does its request if it would
    /// read the same. The other keys go to certificates of their algorithm that have none; what is left is wiped.
    pub fn fit(&mut self, old: &Plan, new: &Plan) {
        let mut spare: Vec<(KeyAlgorithm, PrivateKey)> = Vec::new();
        for (id, mut entry) in std::mem::take(&mut self.0) {
            let Some(before) = old.certificate(&id) else {
                continue;
            };
            match new.certificate(&id) {
                Some(after) if after.key_algorithm == before.key_algorithm => {
                    if !after.reads_like(before) {
                        entry.request = None;
                    }
                    self.0.insert(id, entry);
                }
                _ => spare.push((before.key_algorithm, entry.key)),
            }
        }
        for planned in &new.certificates {
            let fitting = |(algorithm, _): &_| *algorithm == planned.key_algorithm;
            let Some(at) = spare.iter().position(fitting) else {
                continue;
            };
            if !self.contains(&planned.id) {
                let (_, key) = spare.swap_remove(at);
                self.0
                    .insert(planned.id.clone(), Entry { key, request: None });
            }
        }
    }
}
