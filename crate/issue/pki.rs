//! The certificates of a plan, once all of them are made.

use std::collections::BTreeMap;

use rsa::rand_core::TryCryptoRng;
use zeroize::Zeroizing;

use super::{Issuance, Kept, end_of, to_pem};
use crate::{Error, Keys, Plan, PlannedCertificate, Reissue, Timestamp};

/// The certificates of a plan, with their keys: everything that a bundle is made from.
pub struct Pki {
    pub(super) plan: Plan,
    pub(super) keys: Keys,
    pub(super) issued: BTreeMap<String, Issued>,
    pub(super) encryption_key: Option<Zeroizing<[u8; 32]>>,
    pub(super) now: Timestamp,
    pub(super) kept: Kept,
}

/// One certificate and the request that it answers.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The certificate (RFC 5280), DER.
    pub certificate: Vec<u8>,
    /// The same, PEM; with an authority that is being rotated, the one that is trusted beside it behind it.
    pub certificate_pem: String,
    /// The certification request (RFC 2986), PEM; empty where the certificate was carried over, or its key was not given.
    pub request_pem: String,
    /// When it expires.
    pub not_after: Timestamp,
}

impl Pki {
    /// Signs every certificate of the plan, authorities first. Serial numbers are drawn from `rng`.
    ///
    /// It does not check the plan against any verifier.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`] before anything is signed; [`Error::DatePast`]; [`Error::ValidityPastYear9999`]; [`Error::Randomness`].
    pub fn issue(
        plan: Plan,
        keys: Keys,
        now: Timestamp,
        rng: &mut impl TryCryptoRng,
    ) -> Result<Self, Error> {
        for planned in &plan.certificates {
            keys.of(&planned.id)?;
        }
        let mut issuance = Issuance::begin(plan, keys, now, rng)?;
        issuance.sign()?;
        issuance.finish()
    }

    /// The plan that was followed.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The private keys.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The moment of issuance.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Every certificate with its id, in issuance order; a bare key pair is none.
    pub fn iter(&self) -> impl Iterator<Item = (&PlannedCertificate, &Issued)> {
        self.plan
            .certificates
            .iter()
            .filter_map(|planned| Some((planned, self.issued.get(&planned.id)?)))
    }

    /// The key with which kube-apiserver encrypts Secrets, where the plan has a configuration for it.
    pub fn encryption_key(&self) -> Option<&[u8; 32]> {
        self.encryption_key.as_deref()
    }

    /// One certificate.
    pub fn issued(&self, id: &str) -> Option<&Issued> {
        self.issued.get(id)
    }

    /// Why what was made was made, where this renews a set that exists; `None` where all of it is new.
    pub fn renewal(&self) -> Option<&[Reissue]> {
        self.kept.reasons.as_deref()
    }

    /// Whether the certificate was made now, and not carried over.
    pub fn is_new(&self, id: &str) -> bool {
        self.issued.contains_key(id) && self.kept.leaves(id)
    }

    /// Whether the key pair was made now.
    pub fn has_new_key(&self, id: &str) -> bool {
        self.keys.contains(id) && !self.kept.old_keys.contains(id)
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }
}

impl Issued {
    pub(super) fn carried_over(der: &[u8]) -> Result<Self, Error> {
        Ok(Self {
            certificate_pem: to_pem("CERTIFICATE", der)?,
            certificate: der.to_vec(),
            request_pem: String::new(),
            not_after: end_of(der)?,
        })
    }
}
