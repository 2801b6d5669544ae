//! Keys made one after the other by the fastest filter that has not failed.

use std::collections::BTreeMap;

use rsa::rand_core::TryCryptoRng;

use super::PrivateKey;
use super::search::{Effort, Filter, Generator, Linked, agrees};
use crate::{Error, KeyAlgorithm};

/// Makes private keys.
///
/// Each filter shows itself once for each size of primes before it is used ([`agrees`]). One that fails there, or takes a
/// composite for a prime later, is never used again, and neither is a key that it had a part in.
pub struct KeyMaker {
    /// Fastest first. The last needs nothing of the machine.
    filters: Vec<Box<dyn Filter>>,
    refused: Vec<&'static str>,
    generators: BTreeMap<usize, Generator>,
    /// Which sizes the first filter has shown itself for.
    shown: Vec<usize>,
}

impl KeyMaker {
    /// With these filters, fastest first, and the scalar one behind them.
    pub fn new(mut filters: Vec<Box<dyn Filter>>) -> Self {
        filters.push(Box::new(Linked::scalar()));
        Self {
            filters,
            refused: Vec::new(),
            generators: BTreeMap::new(),
            shown: Vec::new(),
        }
    }

    /// Makes a new key; an RSA key has the public exponent 65537.
    ///
    /// # Errors
    ///
    /// [`Error::Randomness`] when `rng` fails: then there is no key, not a weaker one. [`Error::KeySearchFailed`] when the
    /// last filter has failed as well.
    pub fn generate(
        &mut self,
        algorithm: KeyAlgorithm,
        rng: &mut impl TryCryptoRng,
    ) -> Result<(PrivateKey, Effort), Error> {
        let bits = match algorithm {
            KeyAlgorithm::EcdsaP256 => return Ok((PrivateKey::p256(rng)?, Effort::default())),
            KeyAlgorithm::EcdsaP384 => return Ok((PrivateKey::p384(rng)?, Effort::default())),
            KeyAlgorithm::Rsa2048 => 2048,
            KeyAlgorithm::Rsa3072 => 3072,
            KeyAlgorithm::Rsa4096 => 4096,
        };
        let generator = self
            .generators
            .entry(bits)
            .or_insert_with(|| Generator::new(bits));
        loop {
            let filter = self.filters[0].as_mut();
            let failure = if !self.shown.contains(&bits) && !agrees(filter, bits / 2) {
                format!("{} fails its self-test", filter.name())
            } else {
                self.shown.push(bits);
                match generator.generate(filter, rng) {
                    Ok((key, effort)) if effort.refused == 0 => {
                        return Ok((PrivateKey::rsa(key), effort));
                    }
                    Ok(_) => format!("{} takes composites for primes", filter.name()),
                    Err(Error::KeySearchFailed { found }) => found,
                    Err(error) => return Err(error),
                }
            };
            if self.filters.len() == 1 {
                return Err(Error::KeySearchFailed { found: failure });
            }
            self.refused.push(self.filters.remove(0).name());
            self.shown.clear();
        }
    }

    /// The name of the filter that is used for RSA keys.
    pub fn filter(&self) -> &'static str {
        self.filters[0].name()
    }

    /// The names of the filters that failed.
    pub fn refused(&self) -> &[&'static str] {
        &self.refused
    }
}

impl Default for KeyMaker {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}
