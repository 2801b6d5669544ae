//! Plan + Keys + clock -> Pki.

use std::collections::BTreeMap;

use rsa::pkcs8::LineEnding;
use rsa::pkcs8::der::pem;
use rsa::rand_core::TryCryptoRng;
use zeroize::Zeroizing;

pub(crate) mod certificate;

use crate::error::encoding;
use crate::{ConfigurationKind, Error, Keys, Plan, PlannedCertificate, PrivateKey, Timestamp};

/// The certificates of a plan, with their keys: everything that a bundle is made from.
pub struct Pki {
    plan: Plan,
    keys: Keys,
    issued: BTreeMap<String, Issued>,
    encryption_key: Option<Zeroizing<[u8; 32]>>,
    now: Timestamp,
}

/// One certificate and the request that it answers.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The certificate (RFC 5280), DER.
    pub certificate: Vec<u8>,
    /// The same, PEM.
    pub certificate_pem: String,
    /// The certification request (RFC 2986), PEM.
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
}

/// Certificates in the making: each is signed as soon as its key and its issuer's are there.
pub struct Issuance {
    plan: Plan,
    keys: Keys,
    issued: BTreeMap<String, Issued>,
    encryption_key: Option<Zeroizing<[u8; 32]>>,
    now: Timestamp,
    /// Drawn in the plan's order, so that they do not depend on which key was found first.
    serials: BTreeMap<String, [u8; 16]>,
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
        plan.check_dates(now)?;
        let mut serials = BTreeMap::new();
        for planned in plan.certified() {
            serials.insert(planned.id.clone(), serial(rng)?);
        }
        let encryption_key = encryption_key(&plan, rng)?;
        Ok(Self {
            plan,
            keys,
            issued: BTreeMap::new(),
            encryption_key,
            now,
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
        let keys = (self.keys.of(&planned.id), self.keys.of(&planned.issuer));
        let (Ok(key), Ok(issuer_key)) = keys else {
            return Ok(None);
        };
        let issuer =
            self.plan
                .certificate(&planned.issuer)
                .ok_or_else(|| Error::UnknownCertificate {
                    id: planned.issuer.clone(),
                })?;
        let request = match self.keys.request(&planned.id) {
            Some(request) => request.to_vec(),
            None => certificate::request(planned, key)?,
        };
        let certificate = certificate::certificate(
            planned,
            &key.public_key()?,
            issuer,
            issuer_key.signer()?,
            self.now,
            self.serials[&planned.id],
        )?;
        Ok(Some(Issued {
            certificate_pem: to_pem("CERTIFICATE", &certificate)?,
            certificate,
            request_pem: to_pem("CERTIFICATE REQUEST", &request)?,
            not_after: certificate::validity(planned, self.now)?.1,
        }))
    }

    /// Everything, once everything is signed.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`].
    pub fn finish(self) -> Result<Pki, Error> {
        for planned in &self.plan.certificates {
            self.keys.of(&planned.id)?;
        }
        if self.issued.len() != self.serials.len() {
            return Err(Error::NotIssued);
        }
        Ok(Pki {
            plan: self.plan,
            keys: self.keys,
            issued: self.issued,
            encryption_key: self.encryption_key,
            now: self.now,
        })
    }
}

impl Plan {
    /// Whether every certificate can be signed at `now`: the day that it is to be valid until may be over.
    ///
    /// # Errors
    ///
    /// [`Error::DatePast`] or [`Error::ValidityPastYear9999`].
    pub fn check_dates(&self, now: Timestamp) -> Result<(), Error> {
        self.certified()
            .try_for_each(|planned| certificate::validity(planned, now).map(drop))
    }
}

impl PlannedCertificate {
    /// The certification request for this certificate (RFC 2986), DER, signed by the key.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn request(&self, key: &PrivateKey) -> Result<Vec<u8>, Error> {
        certificate::request(self, key)
    }
}

fn to_pem(label: &'static str, der: &[u8]) -> Result<String, Error> {
    pem::encode_string(label, LineEnding::LF, der).map_err(|error| encoding(label)(&error))
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

/// 128 random bits: unique without a counter, and not to be guessed (RFC 5280, section 4.1.2.2).
pub(crate) fn serial(rng: &mut impl TryCryptoRng) -> Result<[u8; 16], Error> {
    let mut bytes = [0; 16];
    rng.try_fill_bytes(&mut bytes)
        .map_err(|error| Error::Randomness {
            found: error.to_string(),
        })?;
    Ok(bytes)
}
