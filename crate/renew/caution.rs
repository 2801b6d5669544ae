//! What follows from a renewal and somebody should know.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{KeyChoice, Order, Renewal};
use crate::issue::{certificate, end_of};
use crate::{CertificateKind, Error, PlannedCertificate, Reason, Timestamp};

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
    pub(super) fn look(&self, now: Timestamp) -> Result<Vec<Caution>, Error> {
        let mut cautions = Vec::new();
        for order in &self.orders {
            if let Some(planned) = self.plan.certificate(&order.reissue.certificate) {
                cautions.extend(self.about(order, planned, now)?);
            }
        }
        cautions.extend(self.by_hand());
        cautions.extend(self.elsewhere());
        Ok(cautions)
    }

    fn about(
        &self,
        order: &Order,
        planned: &PlannedCertificate,
        now: Timestamp,
    ) -> Result<Option<Caution>, Error> {
        let certificate = planned.id.clone();
        let signs_tokens = matches!(
            planned.kind,
            CertificateKind::KeyPair | CertificateKind::TokenSigner
        );
        let fresh = order.reissue.reasons.contains(&Reason::New);
        if signs_tokens && order.key == KeyChoice::New && !fresh {
            return Ok(Some(Caution::TokensEnd { certificate }));
        }
        let Some(authority) = self.kept.certificates.get(&planned.issuer) else {
            return Ok(None);
        };
        let end = end_of(authority)?;
        let outlives = certificate::validity(planned, now)?.not_after > end;
        Ok(outlives.then(|| Caution::EndsWithAuthority {
            certificate,
            authority: planned.issuer.clone(),
            at: end.rfc3339(),
        }))
    }

    /// The kubeconfigs that have to be written anew, and cannot be.
    fn by_hand(&self) -> Vec<Caution> {
        let orders = self.orders.iter();
        let orders = orders.map(|order| (order.reissue.certificate.as_str(), order));
        let orders: BTreeMap<_, _> = orders.collect();
        let order = |id: &str| orders.get(id);
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
