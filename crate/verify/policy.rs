//! Certificate policies (RFC 5280, section 6.1, as RFC 9618 amends it): no component asks for one, but an authority may require them.

use std::collections::{BTreeMap, BTreeSet};

use super::certificate::Certificate;
use super::der::{Der, small, tag};

/// The four extensions; OIDs are their octets.
#[derive(Debug, Default)]
pub(super) struct Policies {
    own: Vec<Vec<u8>>,
    /// From the issuer's domain to the subject's.
    mappings: Vec<(Vec<u8>, Vec<u8>)>,
    require_explicit: Option<i64>,
    inhibit_mapping: Option<i64>,
    inhibit_any: Option<i64>,
}

/// 2.5.29.32.0
const ANY: [u8; 4] = [0x55, 0x1d, 0x20, 0];

impl Policies {
    pub(super) fn read(&mut self, mut der: Der<'_>) -> Result<(), &'static str> {
        let invalid = "x509: invalid certificate policies";
        let mut list = der.read(tag::SEQUENCE).ok_or(invalid)?;
        let mut known = BTreeSet::new();
        while !list.is_empty() {
            let mut policy = list.read(tag::SEQUENCE).ok_or(invalid)?;
            let oid = policy.read(tag::OBJECT_IDENTIFIER).ok_or(invalid)?.0;
            if !is_oid(oid) || !known.insert(oid) {
                return Err(invalid);
            }
            self.own.push(oid.to_vec());
        }
        Ok(())
    }

    pub(super) fn read_mappings(&mut self, mut der: Der<'_>) -> Result<(), &'static str> {
        let invalid = "x509: invalid policy mappings extension";
        let mut list = der.read(tag::SEQUENCE).ok_or(invalid)?;
        while !list.is_empty() {
            let mut pair = list.read(tag::SEQUENCE).ok_or(invalid)?;
            let mut oid = || pair.read(tag::OBJECT_IDENTIFIER).ok_or(invalid);
            self.mappings.push((oid()?.0.to_vec(), oid()?.0.to_vec()));
        }
        Ok(())
    }

    pub(super) fn read_constraints(&mut self, mut der: Der<'_>) -> Result<(), &'static str> {
        let invalid = "x509: invalid policy constraints extension";
        let mut both = der.read(tag::SEQUENCE).ok_or(invalid)?;
        let mut optional = |number| {
            if !both.next_is(tag::context(number)) {
                return Ok(None);
            }
            let value = both.integer_of(tag::context(number)).and_then(small);
            value.map(Some).ok_or(invalid)
        };
        self.require_explicit = optional(0)?;
        self.inhibit_mapping = optional(1)?;
        Ok(())
    }

    pub(super) fn read_inhibit_any(&mut self, mut der: Der<'_>) -> Result<(), &'static str> {
        let value = der.integer().and_then(small);
        self.inhibit_any = Some(value.ok_or("x509: invalid inhibit any policy extension")?);
        Ok(())
    }
}

/// Components are of any size here.
fn is_oid(octets: &[u8]) -> bool {
    let begins = std::iter::once(0).chain(octets.iter().copied());
    let padded = begins
        .zip(octets)
        .any(|(before, octet)| before & 0x80 == 0 && *octet == 0x80);
    octets.last().is_some_and(|last| last & 0x80 == 0) && !padded
}

/// A policy that holds as far down as has been looked.
#[derive(Clone, Default)]
struct Node {
    /// What has to stand in the next certificate.
    expected: Vec<Vec<u8>>,
    /// Nodes of the certificate above.
    parents: BTreeSet<Vec<u8>>,
}

/// The valid policies, a layer for each certificate, the authority's first.
struct Graph(Vec<BTreeMap<Vec<u8>, Node>>);

impl Graph {
    fn new() -> Self {
        let root = Node {
            expected: vec![ANY.to_vec()],
            parents: BTreeSet::new(),
        };
        Self(vec![BTreeMap::from([(ANY.to_vec(), root)])])
    }

    fn leaves(&mut self) -> &mut BTreeMap<Vec<u8>, Node> {
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Section 6.1.3 (d).
    fn descend(&mut self, policies: &[Vec<u8>], any: bool) {
        let above = self.leaves().clone();
        let mut layer = BTreeMap::new();
        let node = |policy: &[u8], parents: BTreeSet<Vec<u8>>| Node {
            expected: vec![policy.to_vec()],
            parents,
        };
        let mut by_expected: BTreeMap<&[u8], BTreeSet<Vec<u8>>> = BTreeMap::new();
        for (id, one) in &above {
            for expected in &one.expected {
                by_expected.entry(expected).or_default().insert(id.clone());
            }
        }
        let expecting = |policy: &[u8]| by_expected.get(policy).cloned().unwrap_or_default();
        for policy in policies.iter().filter(|policy| **policy != ANY) {
            let mut parents = expecting(policy);
            if parents.is_empty() && above.contains_key(&ANY[..]) {
                parents.insert(ANY.to_vec());
            }
            if !parents.is_empty() {
                layer.insert(policy.clone(), node(policy, parents));
            }
        }
        if any && policies.iter().any(|policy| *policy == ANY) {
            for expected in above.values().flat_map(|one| &one.expected) {
                if !layer.contains_key(expected) {
                    layer.insert(expected.clone(), node(expected, expecting(expected)));
                }
            }
        }
        self.0.push(layer);
        self.prune();
    }

    /// A node without a child goes, the lowest layer apart.
    fn prune(&mut self) {
        for layer in (1..self.0.len() - 1).rev() {
            let kept: BTreeSet<_> = self.0[layer + 1]
                .values()
                .flat_map(|one| one.parents.clone())
                .collect();
            self.0[layer].retain(|id, _| kept.contains(id));
        }
    }

    /// Section 6.1.4 (b).
    fn map(&mut self, mappings: &[(Vec<u8>, Vec<u8>)], allowed: bool) -> bool {
        let mut by_issuer: BTreeMap<&[u8], Vec<Vec<u8>>> = BTreeMap::new();
        for (issuer, subject) in mappings {
            if allowed {
                if *issuer == ANY || *subject == ANY {
                    return false;
                }
                by_issuer.entry(issuer).or_default().push(subject.clone());
            } else {
                self.leaves().remove(issuer);
            }
        }
        self.prune();
        let leaves = self.leaves();
        for (issuer, subjects) in by_issuer {
            if let Some(node) = leaves.get_mut(issuer) {
                node.expected = subjects;
            } else if leaves.contains_key(&ANY[..]) {
                let node = Node {
                    expected: subjects,
                    parents: BTreeSet::from([ANY.to_vec()]),
                };
                leaves.insert(issuer.to_vec(), node);
            }
        }
        true
    }

    /// Whether any policy is left: section 6.1.5 (g), for a caller that takes every policy.
    fn is_some(&self) -> bool {
        let only_any = |node: &Node| node.parents.len() == 1 && node.parents.contains(&ANY[..]);
        let mut nodes = self.0.iter().flatten();
        let last = self.0.last();
        nodes.any(|(id, node)| *id != ANY && only_any(node))
            || last.is_some_and(|last| last.contains_key(&ANY[..]))
    }
}

/// The leaf first.
pub(super) fn valid(chain: &[&Certificate]) -> bool {
    let Some(count) = chain.len().checked_sub(1).filter(|count| *count > 0) else {
        return true;
    };
    let start = i64::try_from(count).unwrap_or(i64::MAX - 1) + 1;
    let (mut any, mut explicit, mut mapping) = (start, start, start);
    let mut graph = Some(Graph::new());
    for (place, certificate) in chain[..count].iter().enumerate().rev() {
        let policies = &certificate.extensions.policies;
        let self_signed = certificate.issuer == certificate.subject;
        if policies.own.is_empty() {
            graph = None;
        }
        if explicit == 0 && graph.is_none() {
            return false;
        }
        if let Some(graph) = &mut graph {
            graph.descend(&policies.own, any > 0 || (place > 0 && self_signed));
            if place > 0
                && !policies.mappings.is_empty()
                && !graph.map(&policies.mappings, mapping > 0)
            {
                return false;
            }
        }
        if place > 0 {
            for (counter, limit) in [
                (&mut explicit, policies.require_explicit),
                (&mut mapping, policies.inhibit_mapping),
                (&mut any, policies.inhibit_any),
            ] {
                if !self_signed && *counter > 0 {
                    *counter -= 1;
                }
                *counter = limit
                    .filter(|limit| *limit >= 0)
                    .map_or(*counter, |limit| limit.min(*counter));
            }
        }
    }
    explicit -= i64::from(explicit > 0);
    if chain[0].extensions.policies.require_explicit == Some(0) {
        explicit = 0;
    }
    explicit != 0 || graph.is_some_and(|graph| graph.is_some())
}
