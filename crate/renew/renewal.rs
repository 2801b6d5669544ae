//! Orders -> what is made, and what is carried over for it.

use std::collections::{BTreeMap, BTreeSet};

use rsa::rand_core::TryCryptoRng;

use super::authority::authorities;
use super::carry::Work;
use super::{Caution, Held, KeyChoice, Order, Refused, Survey};
use crate::issue::Kept;
use crate::{Error, Issuance, Keys, Plan, PrivateKey, Reason, Timestamp};

/// What is chosen of a cluster that exists, ready to be made: the keys that it has, and which are new.
pub struct Renewal {
    pub(super) plan: Plan,
    pub(super) keys: Keys,
    pub(super) kept: Kept,
    pub(super) orders: Vec<Order>,
    pub(super) cautions: Vec<Caution>,
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
