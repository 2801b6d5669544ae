//! The private keys of a plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rsa::rand_core::TryCryptoRng;

use super::{KeyMaker, PrivateKey};
use crate::{Error, KeyAlgorithm, Plan, PlannedCertificate};

/// The private keys of a plan, by certificate, some with the certification request that they signed.
#[derive(Clone, Default)]
pub struct Keys {
    entries: BTreeMap<String, Entry>,
    /// Certificates whose private keys stay where they are: nobody misses them here.
    excused: BTreeSet<String>,
}

/// The key is wiped with the last who holds it.
#[derive(Clone)]
struct Entry {
    key: Arc<PrivateKey>,
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
        self.hold(id, Arc::new(key));
        Ok(())
    }

    /// Adds the key that a certificate has already, of whatever algorithm.
    pub(crate) fn hold(&mut self, id: &str, key: Arc<PrivateKey>) {
        let entry = Entry { key, request: None };
        self.entries.insert(id.to_owned(), entry);
    }

    /// Puts these in the places of those that are here.
    pub(crate) fn overlay(&mut self, other: &Self) {
        let others = other.entries.iter();
        self.entries
            .extend(others.map(|(id, entry)| (id.clone(), entry.clone())));
    }

    /// From now on nobody misses the key of this certificate.
    pub(crate) fn excuse(&mut self, id: &str) {
        self.excused.insert(id.to_owned());
    }

    /// Adds the request (DER) that a key has signed; it is not checked, being the caller's own.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`].
    pub fn insert_request(&mut self, id: &str, request: Vec<u8>) -> Result<(), Error> {
        let entry = self
            .entries
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
        self.entries
            .get(id)
            .map(|entry| &*entry.key)
            .ok_or_else(|| Error::KeyMissing { id: id.to_owned() })
    }

    /// The request for one certificate, DER, if it was given with the key.
    pub fn request(&self, id: &str) -> Option<&[u8]> {
        self.entries.get(id)?.request.as_deref()
    }

    /// Whether the key of one certificate is here.
    pub fn contains(&self, id: &str) -> bool {
        self.entries.contains_key(id)
    }

    /// The certificates of a plan that have no key here, in issuance order.
    pub fn missing<'a>(&self, plan: &'a Plan) -> impl Iterator<Item = &'a PlannedCertificate> {
        plan.certificates
            .iter()
            .filter(|planned| self.misses(&planned.id))
    }

    fn misses(&self, id: &str) -> bool {
        !self.contains(id) && !self.excused.contains(id)
    }

    /// The certificate that a new key of `algorithm` is for: the one that it was made for if it lacks one, else the first that does.
    pub fn wanting<'a>(
        &self,
        plan: &'a Plan,
        id: &str,
        algorithm: KeyAlgorithm,
    ) -> Option<&'a str> {
        let fits = |planned: &&PlannedCertificate| {
            planned.key_algorithm == algorithm && self.misses(&planned.id)
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
        let mut spare: Vec<(KeyAlgorithm, Arc<PrivateKey>)> = Vec::new();
        for (id, mut entry) in std::mem::take(&mut self.entries) {
            let Some(before) = old.certificate(&id) else {
                continue;
            };
            match new.certificate(&id) {
                Some(after) if after.key_algorithm == before.key_algorithm => {
                    if !after.reads_like(before) {
                        entry.request = None;
                    }
                    self.entries.insert(id, entry);
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
                self.entries
                    .insert(planned.id.clone(), Entry { key, request: None });
            }
        }
    }
}
