//! Which of several certificates fits an entry best.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::Desk;
use crate::PlannedCertificate;
use crate::recognise::Why;
use crate::recognise::duty::Duty;
use crate::recognise::face::{Face, weight};

impl Desk<'_> {
    /// A kubelet's own: whose it is has been seen.
    pub(super) fn kubelet(
        &self,
        planned: &PlannedCertificate,
        duty: Duty,
        own: &[usize],
    ) -> Option<(usize, Vec<Why>)> {
        let server = (Duty::KubeletServer, planned.node.clone());
        let one_for_both = !self.slots.contains_key(&server);
        let named_server = |face: &Face| face.for_servers && face.has_names;
        let score = |item: usize| {
            let seen = &self.scene.seen[item];
            let face = self.scene.face(item);
            let usable = face.is_some_and(|face| match duty {
                Duty::KubeletServer => face.for_servers && (!face.for_clients || face.has_names),
                _ => face.for_clients,
            });
            let both = face.is_some_and(|face| face.for_clients && face.for_servers);
            (
                seen.named == Some(duty) || seen.duty() == Some(duty),
                usable,
                one_for_both && both,
                seen.within.is_none(),
                Reverse(seen.location.depth),
                Reverse(item),
            )
        };
        let fits = |item: &usize| {
            let server = duty == Duty::KubeletServer;
            one_for_both
                || self.scene.seen[*item].duty() == Some(duty)
                || server && self.scene.face(*item).is_some_and(named_server)
        };
        let own = own.iter().copied().filter(fits);
        let best = own.max_by_key(|item| score(*item))?;
        Some((best, self.scene.seen[best].why(duty)))
    }

    /// The one that fits best: of the right node, called as the guide has it, and so on.
    pub(super) fn best(
        &self,
        planned: &PlannedCertificate,
        duty: Duty,
        items: &[usize],
    ) -> Option<(usize, Vec<Why>)> {
        let faces = items.iter().map(|item| self.scene.seen[*item].face);
        let only = faces.collect::<HashSet<_>>().len() == 1;
        let near = items
            .iter()
            .map(|item| (*item, self.near(planned, *item, only)));
        let fitting = near.filter(|(_, near)| *near > 0);
        let score = |item: usize| self.score(planned, duty, item);
        let (best, _) = fitting.max_by_key(|(item, near)| (*near, score(*item)))?;
        let mut why = self.scene.seen[best].why(duty);
        if let Some(known) = self.taken[best].and_then(|place| self.made.assignments.get(place)) {
            why.push(Why::Shared {
                certificate: known.id.clone(),
            });
        }
        if duty.is_authority()
            && let Some(signed) = self.signed(best)
        {
            why.push(Why::Signs {
                certificate: signed,
            });
        }
        Some((best, why))
    }

    /// How much speaks for an item's being the node's; nothing, if it is another's. `only`: there is no other certificate.
    fn near(&self, planned: &PlannedCertificate, item: usize, only: bool) -> u8 {
        let Some(node) = &planned.node else { return 1 };
        let seen = &self.scene.seen[item];
        if seen.node() == Some(node) {
            return 4;
        }
        let face = self.scene.face(item);
        let names = |node: &String| {
            face.is_some_and(|face| face.common_name == *node || face.dns.contains(node))
        };
        if names(node) {
            return 3;
        }
        let nodes = self.plan.cluster.nodes.iter().flatten();
        let own = nodes.clone().find(|one| one.name == *node);
        let addressed = own.zip(face).is_some_and(|(own, face)| {
            let mut addresses = face.addresses.iter();
            addresses.any(|address| own.addresses.contains(&address.to_string()))
        });
        if addressed {
            return 2;
        }
        // What is another node's is not this one's.
        let mut others = nodes.filter(|one| one.name != *node);
        u8::from(only && seen.node().is_none() && !others.any(|one| names(&one.name)))
    }

    /// What else speaks for it, the weightiest first.
    fn score(&self, planned: &PlannedCertificate, duty: Duty, item: usize) -> impl Ord + use<> {
        let stem = planned.id.rsplit('/').next().unwrap_or_default();
        let seen = &self.scene.seen[item];
        let named = seen.named == Some(duty);
        let opinion = seen.opinion.as_ref().filter(|one| one.duty == duty);
        let weight = opinion.map_or(0, |one| one.weight);
        let certain = (
            seen.within.is_none(),
            seen.location.stem == stem,
            named,
            self.scene.is_behind(item).is_none(),
            weight.max(weight::FILE * u8::from(named)),
        );
        let beside = (
            planned.node.is_some() == seen.node().is_some(),
            self.scene.key_beside(item).is_some(),
            Reverse(seen.location.depth),
            self.scene.face(item).map_or(0, |face| face.not_before),
            Reverse(item),
        );
        (certain, beside)
    }

    /// What has been assigned already and names this authority as its issuer.
    fn signed(&self, authority: usize) -> Option<String> {
        let subject = &self.scene.face(authority)?.raw_subject;
        let mut others = self.scene.certificates();
        let found = others.find(|(item, _, face)| {
            *item != authority && face.raw_issuer == *subject && !face.signs_itself()
        });
        let (_, seen, _) = found?;
        seen.duty().map(|duty| duty.word().to_owned())
    }
}
