//! Orders -> what is carried over and what is made.

use std::collections::{BTreeMap, BTreeSet};

use rsa::rand_core::TryCryptoRng;
use rsa::sha2::{Digest, Sha256};
use serde::Serialize;

use super::order::spki;
use super::{Held, HeldFile, KeyChoice, Order, Refused, Survey};
use crate::issue::{Kept, end_of, public_of};
use crate::{
    CertificateKind, Error, Issuance, Keys, Plan, PlannedCertificate, PrivateKey, Reason,
    Timestamp, verify,
};

/// What is chosen of a cluster that exists, ready to be made: the keys that it has, and which are new.
pub struct Renewal {
    plan: Plan,
    keys: Keys,
    kept: Kept,
    orders: Vec<Order>,
    cautions: Vec<Caution>,
}

/// What follows from a renewal and somebody should know. Nothing is refused for it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Caution {
    /// The certificate ends when its authority does, and not when the plan says.
    EndsWithAuthority {
        /// The certificate.
        certificate: String,
        /// Its authority.
        authority: String,
        /// RFC 3339.
        at: String,
    },
    /// A kubeconfig embeds something new, but not all of it was given: it has to be mended by hand.
    KubeconfigByHand {
        /// Its file.
        file: String,
    },
    /// The authority's key was not given: whoever has it signs the requests.
    SignedElsewhere {
        /// The authority.
        authority: String,
        /// How many certificates wait for it.
        certificates: usize,
    },
    /// Every token that was signed with the key before is refused.
    TokensEnd {
        /// The certificate or the key pair.
        certificate: String,
    },
}

impl Renewal {
    /// Of what is chosen, and what that takes with it. The files are moved in.
    ///
    /// # Errors
    ///
    /// [`Error::Renew`]; [`Error::DatePast`]; [`Error::UnknownCertificate`] for what is chosen and not planned.
    pub fn new(
        before: &Plan,
        plan: Plan,
        held: Held,
        chosen: &BTreeMap<String, KeyChoice>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        if let Some(id) = chosen.keys().find(|id| plan.certificate(id).is_none()) {
            return Err(Error::UnknownCertificate { id: id.clone() });
        }
        let survey = Survey {
            before,
            plan: &plan,
            held: &held,
            now,
            until: now,
        };
        let mut orders = survey.choose(chosen);
        orders.retain(|order| order.reissue.reasons != [Reason::NotNeeded]);
        if orders.is_empty() {
            return Err(Refused::Nothing.into());
        }
        authorities(&plan, &held, &orders, now)?;
        let mut work = Work {
            held,
            keys: Keys::default(),
            kept: Kept::default(),
        };
        let keys: BTreeMap<_, _> = orders
            .iter()
            .map(|order| (order.reissue.certificate.as_str(), order.key))
            .collect();
        for planned in &plan.certificates {
            work.file(planned, keys.get(planned.id.as_str()).copied())?;
        }
        let Work { keys, mut kept, .. } = work;
        kept.nodes = nodes(before, &plan);
        kept.kubeconfigs = kubeconfigs(before, &plan);
        kept.reasons = Some(orders.iter().map(|order| order.reissue.clone()).collect());
        let mut renewal = Self {
            plan,
            keys,
            kept,
            orders,
            cautions: Vec::new(),
        };
        renewal.cautions = renewal.look(now)?;
        Ok(renewal)
    }

    /// What is made, why, and for which key.
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// What follows from it.
    pub fn cautions(&self) -> &[Caution] {
        &self.cautions
    }

    /// The plan that is followed.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The keys so far: those that are carried over. What is missing among them is to be made.
    pub fn keys(&self) -> &Keys {
        &self.keys
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
        request.map_or(Ok(()), |request| self.keys.insert_request(id, request))
    }

    /// Begins to sign with the keys that are there. Serial numbers are drawn from `rng`, for what is made only.
    ///
    /// # Errors
    ///
    /// As [`Issuance::begin`].
    pub fn begin(self, now: Timestamp, rng: &mut impl TryCryptoRng) -> Result<Issuance, Error> {
        let mut issuance = Issuance::carrying(self.plan, self.keys, self.kept, now, rng)?;
        issuance.sign()?;
        Ok(issuance)
    }

    fn look(&self, now: Timestamp) -> Result<Vec<Caution>, Error> {
        let mut cautions = Vec::new();
        for order in &self.orders {
            let certificate = order.reissue.certificate.clone();
            let Some(planned) = self.plan.certificate(&certificate) else {
                continue;
            };
            let signs_tokens = matches!(
                planned.kind,
                CertificateKind::KeyPair | CertificateKind::TokenSigner
            );
            let fresh = order.reissue.reasons.contains(&Reason::New);
            if signs_tokens && order.key == KeyChoice::New && !fresh {
                cautions.push(Caution::TokensEnd { certificate });
            } else if let Some(authority) = self.kept.certificates.get(&planned.issuer) {
                let planned_end = crate::issue::certificate::validity(planned, now)?.not_after;
                let end = end_of(authority)?;
                if planned_end > end {
                    cautions.push(Caution::EndsWithAuthority {
                        certificate,
                        authority: planned.issuer.clone(),
                        at: end.rfc3339(),
                    });
                }
            }
        }
        cautions.extend(self.by_hand());
        cautions.extend(self.elsewhere());
        Ok(cautions)
    }

    /// The kubeconfigs that have to be written anew, and cannot be.
    fn by_hand(&self) -> Vec<Caution> {
        let order = |id: &str| {
            let mut orders = self.orders.iter();
            orders.find(|order| order.reissue.certificate == id)
        };
        let there = |id: &str| !self.kept.absent.contains(id);
        let new_key = |id: &str| order(id).is_some_and(|order| order.key == KeyChoice::New);
        let all = self.plan.kubeconfigs.iter().filter(|one| {
            let (id, authority) = (&one.certificate, &one.authority);
            let changed = order(id).or(order(authority)).is_some()
                || self.kept.kubeconfigs.contains(&one.file);
            let key = self.keys.contains(id) || new_key(id);
            one.paths.is_none() && changed && !(there(id) && there(authority) && key)
        });
        all.map(|one| Caution::KubeconfigByHand {
            file: one.file.clone(),
        })
        .collect()
    }

    /// The authorities whose keys are somewhere else.
    fn elsewhere(&self) -> Vec<Caution> {
        let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
        for order in &self.orders {
            let planned = self.plan.certificate(&order.reissue.certificate);
            let Some(planned) = planned.filter(|planned| planned.kind.is_certified()) else {
                continue;
            };
            let kept = self.kept.certificates.contains_key(&planned.issuer);
            if kept && !self.keys.contains(&planned.issuer) {
                *waiting.entry(&planned.issuer).or_default() += 1;
            }
        }
        let caution = |(authority, certificates): (&str, usize)| Caution::SignedElsewhere {
            authority: authority.to_owned(),
            certificates,
        };
        waiting.into_iter().map(caution).collect()
    }
}

/// What is put where.
struct Work {
    held: Held,
    keys: Keys,
    kept: Kept,
}

impl Work {
    fn file(
        &mut self,
        planned: &PlannedCertificate,
        order: Option<KeyChoice>,
    ) -> Result<(), Error> {
        let id = planned.id.as_str();
        let HeldFile { certificate, key } = self.held.take(id);
        let former = certificate.clone().filter(|_| order.is_some());
        self.kept
            .former
            .extend(former.map(|der| (id.to_owned(), der)));
        match (order, certificate) {
            // It is made, and put in when it is there.
            (Some(KeyChoice::New), _) => {
                if let Some(key) = key {
                    self.kept.former_keys.hold(id, key);
                }
                return Ok(());
            }
            (Some(KeyChoice::Keep), Some(der)) if planned.kind.is_authority() => {
                self.kept.again.insert(id.to_owned(), der);
            }
            (Some(KeyChoice::Keep), Some(der)) if key.is_none() => {
                let public = spki(&der).ok_or_else(|| Refused::KeyNotKept {
                    id: id.to_owned(),
                    found: public_of(&der).map_or_else(String::new, |public| public.algorithm),
                })?;
                self.kept.publics.insert(id.to_owned(), public);
            }
            (Some(KeyChoice::Keep), None) if key.is_none() => {
                return Err(Refused::KeyNotKept {
                    id: id.to_owned(),
                    found: format!("neither {id}.crt nor {id}.key was given"),
                }
                .into());
            }
            (Some(KeyChoice::Keep), _) => {}
            (None, Some(der)) => {
                self.kept.certificates.insert(id.to_owned(), der);
            }
            (None, None) => {
                self.kept.absent.insert(id.to_owned());
            }
        }
        match key {
            Some(key) => {
                self.keys.hold(id, key);
                self.kept.old_keys.insert(id.to_owned());
            }
            None => self.keys.excuse(id),
        }
        Ok(())
    }
}

/// Each authority that is to sign can, and its key is its own.
fn authorities(plan: &Plan, held: &Held, orders: &[Order], now: Timestamp) -> Result<(), Error> {
    let made: BTreeMap<_, _> = orders
        .iter()
        .map(|order| (order.reissue.certificate.as_str(), order.key))
        .collect();
    let mut needed = BTreeSet::new();
    for id in made.keys() {
        let planned = plan.certificate(id);
        let planned = planned.filter(|planned| planned.kind.is_certified());
        needed.extend(planned.map(|planned| planned.issuer.as_str()));
    }
    for id in needed {
        let own = || id.to_owned();
        let choice = made.get(id);
        if choice == Some(&KeyChoice::New) {
            continue;
        }
        let Some(der) = held.certificate(id) else {
            return Err(Refused::AuthorityMissing { id: own() }.into());
        };
        match held.key(id) {
            None if choice.is_some() => {
                return Err(Refused::AuthorityKeyMissing { id: own() }.into());
            }
            None => {}
            Some(key) => {
                let expected = public_of(der).map(|public| public.spki);
                let found = key.public()?.spki;
                if expected.as_ref() != Some(&found) {
                    return Err(Refused::AuthorityKeyDiffers {
                        id: own(),
                        expected: fingerprint(&expected.unwrap_or_default()),
                        found: fingerprint(&found),
                    }
                    .into());
                }
            }
        }
        if choice.is_some() {
            continue;
        }
        let unable = |found| Refused::AuthorityUnable { id: own(), found };
        verify::may_sign(der).map_err(unable)?;
        let end = end_of(der)?;
        if end <= now {
            let found = end.rfc3339();
            return Err(Refused::AuthorityExpired { id: own(), found }.into());
        }
    }
    Ok(())
}

fn fingerprint(spki: &[u8]) -> String {
    let hash = Sha256::digest(spki);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Nodes that the cluster did not have: they get all of their files.
fn nodes(before: &Plan, plan: &Plan) -> BTreeSet<String> {
    let known: BTreeSet<_> = before.placements.iter().map(|one| &one.node).collect();
    let nodes = plan.placements.iter().map(|one| &one.node);
    nodes
        .filter(|node| !known.contains(node))
        .cloned()
        .collect()
}

/// Kubeconfigs that the cluster did not have, or that say another server, user or path now.
fn kubeconfigs(before: &Plan, plan: &Plan) -> BTreeSet<String> {
    let all = plan.kubeconfigs.iter();
    all.filter(|one| !before.kubeconfigs.contains(one))
        .map(|one| one.file.clone())
        .collect()
}
