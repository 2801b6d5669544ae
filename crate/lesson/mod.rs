//! One thing broken in a set of certificates, to see what falls: the certificates are really signed, and the set itself stays whole.

mod bench;
mod target;

use rcgen::{ExtendedKeyUsagePurpose as Purpose, IsCa};
use rsa::rand_core::TryCryptoRng;
use serde::Serialize;

use self::bench::{Bench, set};
use self::target::Target;
use crate::issue::serial;
use crate::time::DAY;
use crate::verify::Evidence;
use crate::{Attribute, Error, Pki, Plan, PlannedCertificate, Timestamp};

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
            serial: serial(rng)?,
            broken: Broken {
                evidence: Evidence::of(pki)?,
                changed: Vec::new(),
                clock: None,
                notes: vec![target.id.clone()],
            },
        };
        self.work(&mut bench, &target, now)?;
        Ok(bench.broken)
    }

    fn without_place(self) -> Error {
        Error::LessonWithoutPlace {
            found: self.id().to_owned(),
        }
    }

    fn work(self, bench: &mut Bench<'_>, target: &Target, now: Timestamp) -> Result<(), Error> {
        let id = &target.id;
        match self {
            Self::DialOtherAddress => {
                bench.broken.evidence.dial(id, OTHER_ADDRESS);
                Ok(())
            }
            Self::NotYetValid => {
                bench.broken.clock = bench.pki.now().plus_seconds(-HOUR);
                bench.broken.notes = vec!["clock".to_owned()];
                Ok(())
            }
            Self::SwappedKey => {
                let other = bench.other_key(&[id])?.to_public_key_der()?;
                bench.broken.evidence.insert_key(id, other);
                Ok(())
            }
            Self::SaKeyDiffers => {
                let other = bench.other_key(&[id])?.to_public_key_der()?;
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
                let day = |days| DAY * days;
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
                        .retain(|part| part.attribute != Attribute::Organization);
                },
                |_| {},
            ),
        }
    }
}
