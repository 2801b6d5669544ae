//! Certificates in the making.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rsa::rand_core::TryCryptoRng;
use zeroize::Zeroizing;

use super::certificate::{self, Identity};
use super::{Issued, Kept, Pki, serial, to_pem};
use crate::key::PublicKey;
use crate::{
    ConfigurationKind, Error, KeyAlgorithm, Keys, Plan, PlannedCertificate, PrivateKey, Timestamp,
};

/// Certificates in the making: each is signed as soon as its key and its issuer's are there.
pub struct Issuance {
    pub(super) plan: Plan,
    pub(super) keys: Keys,
    pub(super) issued: BTreeMap<String, Issued>,
    pub(super) encryption_key: Option<Zeroizing<[u8; 32]>>,
    pub(super) now: Timestamp,
    pub(super) kept: Kept,
    /// Drawn in the plan's order, so that they do not depend on which key was found first.
    pub(super) serials: BTreeMap<String, [u8; 16]>,
}

impl Issuance {
    /// Begins with the keys that are there already. Serial numbers are drawn from `rng`.
    ///
    /// # Errors
    ///
    /// [`Error::DatePast`]; [`Error::ValidityPastYear9999`]; [`Error::Randomness`].
    pub fn begin(
        plan: Plan,
        keys: Keys,
        now: Timestamp,
        rng: &mut impl TryCryptoRng,
    ) -> Result<Self, Error> {
        Self::carrying(plan, keys, Kept::default(), now, rng)
    }

    /// The same, but what is kept is not made.
    pub(crate) fn carrying(
        plan: Plan,
        keys: Keys,
        kept: Kept,
        now: Timestamp,
        rng: &mut impl TryCryptoRng,
    ) -> Result<Self, Error> {
        let mut serials = BTreeMap::new();
        for planned in plan.certified().filter(|planned| kept.leaves(&planned.id)) {
            certificate::validity(planned, now)?;
            serials.insert(planned.id.clone(), serial(rng)?);
        }
        let mut issued = BTreeMap::new();
        for (id, der) in &kept.certificates {
            issued.insert(id.clone(), Issued::carried_over(der)?);
        }
        // Secrets that are encrypted already stay readable.
        let encryption_key = match &kept.reasons {
            None => encryption_key(&plan, rng)?,
            Some(_) => None,
        };
        Ok(Self {
            plan,
            keys,
            issued,
            encryption_key,
            now,
            kept,
            serials,
        })
    }

    /// Takes the key of one certificate and, if it is there already, the request that the key signed, DER; then signs what
    /// waited for that key.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownCertificate`], [`Error::WrongKeyAlgorithm`] or [`Error::Encoding`].
    pub fn add(
        &mut self,
        id: &str,
        key: PrivateKey,
        request: Option<Vec<u8>>,
    ) -> Result<(), Error> {
        self.keys.insert(&self.plan, id, key)?;
        if let Some(request) = request {
            self.keys.insert_request(id, request)?;
        }
        let planned = self.plan.certificate(id);
        let planned = planned.filter(|planned| planned.kind.is_certified());
        let Some(planned) = planned else {
            return Ok(());
        };
        if planned.kind.is_authority() {
            return self.sign();
        }
        // Of thousands of certificates no other can have waited for it.
        if let Some(made) = self.sign_one(planned)? {
            self.issued.insert(planned.id.clone(), made);
        }
        Ok(())
    }

    /// The plan that is followed.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The moment of issuance.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// One certificate, if it is there already.
    pub fn issued(&self, id: &str) -> Option<&Issued> {
        self.issued.get(id)
    }

    /// The keys so far.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Signs what can be signed and is not signed yet.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn sign(&mut self) -> Result<(), Error> {
        for planned in self.plan.certified() {
            if self.issued.contains_key(&planned.id) {
                continue;
            }
            if let Some(made) = self.sign_one(planned)? {
                self.issued.insert(planned.id.clone(), made);
            }
        }
        Ok(())
    }

    /// None while its key or its issuer's is not there.
    fn sign_one(&self, planned: &PlannedCertificate) -> Result<Option<Issued>, Error> {
        let Ok(issuer_key) = self.keys.of(&planned.issuer) else {
            return Ok(None);
        };
        let Some(serial) = self.serials.get(&planned.id) else {
            return Ok(None);
        };
        let mut validity = certificate::validity(planned, self.now)?;
        let der = if planned.issuer == planned.id {
            let planned = &*for_key(planned, issuer_key);
            let signer = issuer_key.signer()?;
            match self.kept.again.get(&planned.id) {
                None => certificate::self_signed(planned, &signer, validity, *serial)?,
                Some(own) => {
                    let own = Identity::of(own)?;
                    certificate::again(planned, &own, &signer, validity, *serial)?
                }
            }
        } else {
            let subject = match self.keys.of(&planned.id) {
                Ok(key) => Some((for_key(planned, key), key.public_key()?)),
                Err(_) => self.public_half(planned),
            };
            let (Some((planned, public_key)), Some(authority)) =
                (subject, self.issued.get(&planned.issuer))
            else {
                return Ok(None);
            };
            // Nobody accepts it any longer than its authority; of one that is made now the description says how long.
            if !self.kept.leaves(&planned.issuer) {
                validity.not_after = validity.not_after.min(authority.not_after);
            }
            let authority = Identity::of(&authority.certificate)?;
            let signer = issuer_key.signer()?;
            let planned = &planned;
            certificate::certificate(planned, &public_key, &authority, &signer, validity, *serial)?
        };
        let request = self.request(planned)?;
        let request = request.map(|request| to_pem("CERTIFICATE REQUEST", &request));
        Ok(Some(Issued {
            certificate_pem: to_pem("CERTIFICATE", &der)?,
            certificate: der,
            request_pem: request.transpose()?.unwrap_or_default(),
            not_after: validity.not_after,
        }))
    }

    /// Of a key that stays where it is.
    fn public_half<'a>(
        &self,
        planned: &'a PlannedCertificate,
    ) -> Option<(Cow<'a, PlannedCertificate>, PublicKey)> {
        let public_key = PublicKey::of_spki(self.kept.publics.get(&planned.id)?)?;
        Some((for_family(planned, public_key.encrypts()), public_key))
    }

    /// Whether everything is there.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`]; [`Error::NotIssued`] while something waits for a signature.
    pub fn is_whole(&self) -> Result<(), Error> {
        if let Some(planned) = self.keys.missing(&self.plan).next() {
            let id = planned.id.clone();
            return Err(Error::KeyMissing { id });
        }
        if self.serials.keys().any(|id| !self.issued.contains_key(id)) {
            return Err(Error::NotIssued);
        }
        Ok(())
    }

    /// Everything, once everything is signed.
    ///
    /// # Errors
    ///
    /// As [`Issuance::is_whole`].
    pub fn finish(self) -> Result<Pki, Error> {
        self.is_whole()?;
        Ok(Pki {
            plan: self.plan,
            keys: self.keys,
            issued: self.issued,
            encryption_key: self.encryption_key,
            now: self.now,
            kept: self.kept,
        })
    }
}

/// The same for a key of another family than is planned: an elliptic one encrypts nothing.
pub(super) fn for_key<'a>(
    planned: &'a PlannedCertificate,
    key: &PrivateKey,
) -> Cow<'a, PlannedCertificate> {
    for_family(planned, key.algorithm_name().starts_with("rsa"))
}

fn for_family(planned: &PlannedCertificate, encrypts: bool) -> Cow<'_, PlannedCertificate> {
    if planned.key_algorithm.encrypts() == encrypts {
        return Cow::Borrowed(planned);
    }
    let key_algorithm = if encrypts {
        KeyAlgorithm::Rsa2048
    } else {
        KeyAlgorithm::EcdsaP256
    };
    Cow::Owned(PlannedCertificate {
        key_algorithm,
        ..planned.clone()
    })
}

/// 32 random bytes for AES-256, where the plan wants a configuration with them.
fn encryption_key(
    plan: &Plan,
    rng: &mut impl TryCryptoRng,
) -> Result<Option<Zeroizing<[u8; 32]>>, Error> {
    let mut wanted = plan.configurations.iter();
    if wanted.all(|configuration| configuration.kind != ConfigurationKind::Encryption) {
        return Ok(None);
    }
    let mut key = Zeroizing::new([0; 32]);
    rng.try_fill_bytes(&mut *key)
        .map_err(|error| Error::Randomness {
            found: error.to_string(),
        })?;
    Ok(Some(key))
}
