//! One thing broken in a set of certificates, to see what falls: the certificates are really signed, and the set itself stays whole.

mod target;

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose as Purpose, IsCa, SerialNumber};
use rsa::pkcs8::LineEnding;
use rsa::pkcs8::der::pem;
use rsa::rand_core::TryCryptoRng;
use serde::Serialize;

use self::target::Target;
use crate::error::encoding;
use crate::issue::{certificate, serial};
use crate::time::DAY;
use crate::verify::Evidence;
use crate::{Attribute, Error, Pki, Plan, PlannedCertificate, PrivateKey, Timestamp};

/// What is broken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "`id` says it")]
pub enum Lesson {
    DropSan,
    DialOtherAddress,
    Expired,
    NotYetValid,
    WrongCa,
    CaAnew,
    NoServerAuth,
    EtcdNoClientAuth,
    CnTypo,
    NoNodesGroup,
    SwappedKey,
    SaKeyDiffers,
    CaWithoutBasicConstraints,
    OnlyCn,
}

/// A set with one thing broken.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The broken set, to be verified.
    pub evidence: Evidence,
    /// The certificates that are others than the issued ones.
    pub changed: Vec<Changed>,
    /// The clock, where that is what is broken.
    pub clock: Option<Timestamp>,
    /// What is broken: ids of files, and with a node where only one has it.
    pub notes: Vec<String>,
}

/// A certificate in place of an issued one.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Changed {
    /// Its id in the plan.
    pub id: String,
    /// PEM.
    pub pem: String,
}

/// TEST-NET-3 (RFC 5737): nobody's address.
const OTHER_ADDRESS: &str = "203.0.113.10";
const OTHER_AUTHORITY: &str = "OTHER-CA";
const HOUR: i64 = 3600;

impl Lesson {
    /// In the order in which they are learnt.
    pub const ALL: [Self; 14] = [
        Self::DropSan,
        Self::DialOtherAddress,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongCa,
        Self::CaAnew,
        Self::NoServerAuth,
        Self::EtcdNoClientAuth,
        Self::CnTypo,
        Self::NoNodesGroup,
        Self::SwappedKey,
        Self::SaKeyDiffers,
        Self::CaWithoutBasicConstraints,
        Self::OnlyCn,
    ];

    /// `drop-san`
    pub fn id(self) -> &'static str {
        match self {
            Self::DropSan => "drop-san",
            Self::DialOtherAddress => "dial-other-address",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::WrongCa => "wrong-ca",
            Self::CaAnew => "ca-anew",
            Self::NoServerAuth => "no-server-auth",
            Self::EtcdNoClientAuth => "etcd-no-client-auth",
            Self::CnTypo => "cn-typo",
            Self::NoNodesGroup => "no-nodes-group",
            Self::SwappedKey => "swapped-key",
            Self::SaKeyDiffers => "sa-key-differs",
            Self::CaWithoutBasicConstraints => "ca-without-basic-constraints",
            Self::OnlyCn => "only-cn",
        }
    }

    /// The lessons that a cluster has a place for.
    pub fn of(plan: &Plan) -> impl Iterator<Item = Self> {
        let all = Self::ALL.into_iter();
        all.filter(|lesson| lesson.target(plan).is_some())
    }

    /// Breaks it. Serial numbers are drawn from `rng`.
    ///
    /// # Errors
    ///
    /// [`Error::LessonWithoutPlace`]; [`Error::Randomness`]; [`Error::Encoding`].
    pub fn breaks(
        self,
        pki: &Pki,
        now: Timestamp,
        rng: &mut impl TryCryptoRng,
    ) -> Result<Broken, Error> {
        let target = self
            .target(pki.plan())
            .ok_or_else(|| self.without_place())?;
        let mut bench = Bench {
            pki,
            now,
            serial: serial(rng)?,
            broken: Broken {
                evidence: Evidence::of(pki)?,
                changed: Vec::new(),
                clock: None,
                notes: vec![target.id.clone()],
            },
        };
        self.work(&mut bench, &target)?;
        Ok(bench.broken)
    }

    fn without_place(self) -> Error {
        Error::LessonWithoutPlace {
            found: self.id().to_owned(),
        }
    }

    fn work(self, bench: &mut Bench<'_>, target: &Target) -> Result<(), Error> {
        let id = &target.id;
        match self {
            Self::DialOtherAddress => {
                bench.broken.evidence.dial(id, OTHER_ADDRESS);
                Ok(())
            }
            Self::NotYetValid => {
                bench.broken.clock = bench.pki.now().plus_seconds(-HOUR);
                Ok(())
            }
            Self::SwappedKey => {
                let other = bench.other_key(id)?.to_public_key_der()?;
                bench.broken.evidence.insert_key(id, other);
                Ok(())
            }
            Self::SaKeyDiffers => {
                let other = bench.other_key(id)?.to_public_key_der()?;
                let node = target.node.as_deref().unwrap_or_default();
                bench.broken.evidence.insert_key_on(node, id, other);
                bench.broken.notes = vec![format!("{id}@{node}")];
                Ok(())
            }
            Self::WrongCa => bench.sign_by_another(id),
            Self::CaAnew => bench.make_anew(id),
            Self::CaWithoutBasicConstraints => {
                bench.change(id, |_| {}, |made| made.is_ca = IsCa::NoCa)
            }
            Self::DropSan => {
                let dropped = |planned: &mut PlannedCertificate| {
                    planned
                        .names
                        .retain(|name| name.name.to_string() != target.host);
                };
                bench.change(id, dropped, |_| {})
            }
            Self::OnlyCn => {
                let only = |planned: &mut PlannedCertificate| {
                    planned.names.clear();
                    set(planned, Attribute::CommonName, &target.host);
                };
                bench.change(id, only, |_| {})
            }
            Self::Expired => {
                let (now, day) = (bench.now, |days| DAY * days);
                let (from, to) = (now.plus_seconds(-day(366)), now.plus_seconds(-day(1)));
                bench.change(
                    id,
                    |_| {},
                    |made| {
                        made.not_before = from.unwrap_or(now).date_time();
                        made.not_after = to.unwrap_or(now).date_time();
                    },
                )
            }
            Self::NoServerAuth => bench.change(
                id,
                |_| {},
                |made| {
                    made.extended_key_usages = vec![Purpose::ClientAuth];
                },
            ),
            Self::EtcdNoClientAuth => bench.change(
                id,
                |_| {},
                |made| {
                    made.extended_key_usages = vec![Purpose::ServerAuth];
                },
            ),
            Self::CnTypo => bench.change(
                id,
                |planned| set(planned, Attribute::CommonName, "system:kube-schedular"),
                |_| {},
            ),
            Self::NoNodesGroup => bench.change(
                id,
                |planned| {
                    planned
                        .subject
                        .retain(|part| part.attribute != Attribute::Organization)
                },
                |_| {},
            ),
        }
    }
}

fn set(planned: &mut PlannedCertificate, attribute: Attribute, value: &str) {
    for part in &mut planned.subject {
        if part.attribute == attribute {
            value.clone_into(&mut part.value);
        }
    }
}

/// Where a set is broken.
struct Bench<'a> {
    pki: &'a Pki,
    now: Timestamp,
    serial: [u8; 16],
    broken: Broken,
}

impl Bench<'_> {
    /// Signs a certificate again by its own issuer, with another plan or other parameters.
    fn change(
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
    fn sign_by_another(&mut self, id: &str) -> Result<(), Error> {
        let planned = self.planned(id)?;
        let mut issuer = self.planned(&planned.issuer)?.clone();
        set(&mut issuer, Attribute::CommonName, OTHER_AUTHORITY);
        let key = self.pki.keys().of(id)?;
        let other = self.other_key(&issuer.id)?;
        self.sign(planned, key, &issuer, other, |_| {})
    }

    /// An authority of the same name with another key.
    fn make_anew(&mut self, id: &str) -> Result<(), Error> {
        let planned = self.planned(id)?;
        let other = self.other_key(id)?;
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
        let (not_before, not_after) = certificate::validity(planned, self.pki.now())?;
        let serial = SerialNumber::from_slice(&self.serial);
        let parameters = |made: &mut CertificateParams| {
            made.not_before = not_before.date_time();
            made.not_after = not_after.date_time();
            made.serial_number = Some(serial);
            make(made);
        };
        let public_key = key.public_key()?;
        let signer = issuer_key.signer()?;
        let der = certificate::signed(planned, &public_key, issuer, signer, parameters)?;
        let pem = pem::encode_string("CERTIFICATE", LineEnding::LF, &der)
            .map_err(|error| encoding("a certificate")(&error))?;
        let id = planned.id.clone();
        self.broken.evidence.insert_certificate(&id, der);
        self.broken.changed.push(Changed { id, pem });
        Ok(())
    }

    fn planned(&self, id: &str) -> Result<&'_ PlannedCertificate, Error> {
        let planned = self.pki.plan().certificate(id);
        planned.ok_or_else(|| Error::UnknownCertificate { id: id.to_owned() })
    }

    /// Another key of the set, of the same kind if there is one: a new one would take its time.
    fn other_key(&self, id: &str) -> Result<&'_ PrivateKey, Error> {
        let kind = |key: &PrivateKey| {
            key.algorithm_name()
                .split('-')
                .next()
                .map(ToOwned::to_owned)
        };
        let keys = self.pki.keys();
        let own = keys.of(id)?;
        let others = self
            .pki
            .plan()
            .certificates
            .iter()
            .filter(|planned| planned.id != id);
        let mut others = others.filter_map(|planned| keys.of(&planned.id).ok());
        let first = others
            .next()
            .ok_or_else(|| Error::KeyMissing { id: id.to_owned() })?;
        if kind(first) == kind(own) {
            return Ok(first);
        }
        Ok(others.find(|key| kind(key) == kind(own)).unwrap_or(first))
    }
}
