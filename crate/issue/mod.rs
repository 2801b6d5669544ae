//! Plan + Keys + clock -> Pki.

use std::collections::BTreeMap;

use rsa::pkcs8::LineEnding;
use rsa::pkcs8::der::pem;
use rsa::rand_core::TryCryptoRng;

mod certificate;

use crate::error::encoding;
use crate::{Error, Keys, Plan, PlannedCertificate, PrivateKey, Timestamp};

/// The certificates of a plan, with their keys: everything that a bundle is made from.
pub struct Pki {
    plan: Plan,
    keys: Keys,
    issued: BTreeMap<String, Issued>,
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
    /// [`Error::KeyMissing`] before anything is signed; [`Error::ValidityPastYear9999`]; [`Error::Randomness`].
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

    /// Every certificate with its id, in issuance order.
    pub fn iter(&self) -> impl Iterator<Item = (&PlannedCertificate, &Issued)> {
        self.plan
            .certificates
            .iter()
            .map(|planned| (planned, &self.issued[&planned.id]))
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
    now: Timestamp,
    /// In the plan's order, so that they do not depend on which key was found first.
    serials: Vec<[u8; 16]>,
}

impl Issuance {
    /// Begins with the keys that are there already. Serial numbers are drawn from `rng`.
    ///
    /// # Errors
    ///
    /// [`Error::ValidityPastYear9999`]; [`Error::Randomness`].
    pub fn begin(
        plan: Plan,
        keys: Keys,
        now: Timestamp,
        rng: &mut impl TryCryptoRng,
    ) -> Result<Self, Error> {
        let serials = plan
            .certificates
            .iter()
            .map(|planned| certificate::validity(planned, now).and_then(|_| serial(rng)))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            plan,
            keys,
            issued: BTreeMap::new(),
            now,
            serials,
        })
    }

    /// Takes the key of one certificate and, if it is there already, the request that the key signed, DER.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownCertificate`] or [`Error::WrongKeyAlgorithm`].
    pub fn add(
        &mut self,
        id: &str,
        key: PrivateKey,
        request: Option<Vec<u8>>,
    ) -> Result<(), Error> {
        self.keys.insert(&self.plan, id, key)?;
        match request {
            Some(request) => self.keys.insert_request(id, request),
            None => Ok(()),
        }
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
        for (planned, &serial) in self.plan.certificates.iter().zip(&self.serials) {
            let keys = (self.keys.of(&planned.id), self.keys.of(&planned.issuer));
            let ((Ok(key), Ok(issuer_key)), false) = (keys, self.issued.contains_key(&planned.id))
            else {
                continue;
            };
            let issuer = self.plan.certificate(&planned.issuer).ok_or_else(|| {
                Error::UnknownCertificate {
                    id: planned.issuer.clone(),
                }
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
                serial,
            )?;
            let made = Issued {
                certificate_pem: to_pem("CERTIFICATE", &certificate)?,
                certificate,
                request_pem: to_pem("CERTIFICATE REQUEST", &request)?,
                not_after: certificate::validity(planned, self.now)?.1,
            };
            self.issued.insert(planned.id.clone(), made);
        }
        Ok(())
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
        if self.issued.len() != self.plan.certificates.len() {
            return Err(Error::NotIssued);
        }
        Ok(Pki {
            plan: self.plan,
            keys: self.keys,
            issued: self.issued,
            now: self.now,
        })
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

/// 128 random bits: unique without a counter, and not to be guessed (RFC 5280, section 4.1.2.2).
fn serial(rng: &mut impl TryCryptoRng) -> Result<[u8; 16], Error> {
    let mut bytes = [0; 16];
    rng.try_fill_bytes(&mut bytes)
        .map_err(|error| Error::Randomness {
            found: error.to_string(),
        })?;
    Ok(bytes)
}
