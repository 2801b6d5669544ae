//! The certificates of a plan.

use std::collections::HashMap;

use rcgen::KeyUsagePurpose as Usage;
use serde::{Deserialize, Serialize};

use super::{Attribute, CertificateKind, Connection, PlannedName, at, fill, name};
use crate::cluster::{CertificateRecipe, Change, Cluster, Node};
use crate::{KeyAlgorithm, Timestamp, Words};

/// One key pair and the certificate that will bind it to a name.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedCertificate {
    /// The stem of its files, and its name everywhere else: `kube-apiserver`, `etcd/ca`.
    pub id: String,
    /// What it is for.
    pub kind: CertificateKind,
    /// The subject's attributes, in the order in which they are written; empty for a bare key pair.
    pub subject: Vec<SubjectAttribute>,
    /// Id of the authority that signs it; its own when it signs itself, or when there is nothing to sign.
    pub issuer: String,
    /// The subject alternative names.
    pub names: Vec<PlannedName>,
    /// The node that it is made for, if it is made for one only.
    pub node: Option<String>,
    /// The algorithm of its key pair.
    pub key_algorithm: KeyAlgorithm,
    /// Days from signing to expiry.
    pub validity_days: u32,
    /// The end of its last day, which goes before the days; written as `2031-12-31`.
    #[serde(with = "crate::time::day")]
    pub valid_until: Option<Timestamp>,
    /// What it is for, where no connection shows it; else empty.
    #[serde(skip_deserializing)]
    pub note: Words,
}

/// One attribute of a distinguished name.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SubjectAttribute {
    /// Its type.
    #[serde(rename = "type")]
    pub attribute: Attribute,
    /// Its value.
    pub value: String,
}

impl PlannedCertificate {
    /// RFC 5280, section 4.2.1.3.
    pub(crate) fn key_usages(&self) -> Vec<Usage> {
        self.kind.key_usages(self.key_algorithm)
    }

    /// The same, but nothing is said of who dials its names.
    pub(super) fn without_diallers(&self) -> Self {
        let names = self.names.iter().map(|planned| PlannedName {
            name: planned.name.clone(),
            diallers: Vec::new(),
            reason: None,
        });
        Self {
            names: names.collect(),
            id: self.id.clone(),
            subject: self.subject.clone(),
            issuer: self.issuer.clone(),
            node: self.node.clone(),
            ..*self
        }
    }

    /// Whether the requests for two certificates say the same about their subjects.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        let names = |planned: &Self| -> Vec<_> {
            planned.names.iter().map(|name| name.name.clone()).collect()
        };
        self.subject == other.subject
            && self.kind == other.kind
            && self.key_algorithm == other.key_algorithm
            && names(self) == names(other)
    }

    /// The subject as text: `CN=admin, O=system:masters`.
    pub fn subject_text(&self) -> String {
        let parts = self.subject.iter();
        let parts: Vec<_> = parts
            .map(|part| format!("{}={}", part.attribute.short_name(), part.value))
            .collect();
        parts.join(", ")
    }

    /// The first value of an attribute of its subject; empty when it has none.
    pub fn value(&self, attribute: Attribute) -> &str {
        let mut parts = self.subject.iter();
        let part = parts.find(|part| part.attribute == attribute);
        part.map_or("", |part| &part.value)
    }
}

pub(super) fn plan(cluster: &Cluster, connections: &[Connection]) -> Vec<PlannedCertificate> {
    let mut dialled = name::Dialled::new(cluster, connections);
    made(cluster)
        .map(|(recipe, node, id)| {
            let change = cluster.changes.get(&id);
            let validity = if recipe.kind.is_authority() {
                cluster.authority_validity
            } else {
                cluster.validity
            };
            let days = change.and_then(|change| change.validity_days);
            PlannedCertificate {
                kind: recipe.kind,
                subject: subject(cluster, recipe, node, change),
                issuer: recipe.issuer.to_owned(),
                names: dialled.take(recipe, node, &id, change),
                node: node.map(|node| node.name.clone()),
                key_algorithm: change
                    .and_then(|change| change.key_algorithm)
                    .unwrap_or(cluster.key_algorithm),
                validity_days: days.unwrap_or(validity.days),
                valid_until: validity.until.filter(|_| days.is_none()),
                note: recipe.note,
                id,
            }
        })
        .collect()
}

/// The id and the kind of every certificate that the cluster will have.
pub(crate) fn ids(cluster: &Cluster) -> impl Iterator<Item = (String, CertificateKind)> {
    made(cluster).map(|(recipe, _, id)| (id, recipe.kind))
}

/// The nodes of the certificates that the description changes.
pub(super) fn changed_nodes(cluster: &Cluster) -> impl Iterator<Item = &str> {
    made(cluster)
        .filter(|(_, _, id)| cluster.changes.contains_key(id))
        .filter_map(|(_, node, _)| node.map(|node| node.name.as_str()))
}

/// Every certificate by its recipe and its node, in issuance order.
fn made(
    cluster: &Cluster,
) -> impl Iterator<Item = (&'static CertificateRecipe, Option<&Node>, String)> {
    let recipes = cluster.preset.certificates.iter();
    let recipes = recipes.filter(|recipe| recipe.since <= cluster.version);
    recipes.flat_map(|recipe| {
        let nodes = at(cluster, recipe.each).into_iter();
        nodes.map(move |node| (recipe, node, fill(recipe.id, node)))
    })
}

fn subject(
    cluster: &Cluster,
    recipe: &CertificateRecipe,
    node: Option<&Node>,
    change: Option<&Change>,
) -> Vec<SubjectAttribute> {
    let group = (recipe.group)(cluster.version).map(|group| (Attribute::Organization, group));
    let mut subject: Vec<_> = recipe
        .subject
        .iter()
        .copied()
        .chain(group)
        .map(|(attribute, value)| SubjectAttribute {
            attribute,
            value: fill(value, node),
        })
        .collect();
    if recipe.kind.is_authority() {
        for (attribute, value) in &cluster.authority_subject {
            put(&mut subject, *attribute, value);
        }
    }
    if let Some(common_name) = change.and_then(|change| change.common_name.as_ref()) {
        put(&mut subject, Attribute::CommonName, common_name);
    }
    if let Some(organization) = change.and_then(|change| change.organization.as_ref()) {
        put(&mut subject, Attribute::Organization, organization);
    }
    subject
}

/// In the place of the attribute that is there, else at the end; an empty value removes it.
fn put(subject: &mut Vec<SubjectAttribute>, attribute: Attribute, value: &str) {
    if value.is_empty() {
        subject.retain(|part| part.attribute != attribute);
        return;
    }
    let value = value.to_owned();
    match subject.iter_mut().find(|part| part.attribute == attribute) {
        Some(part) => part.value = value,
        None => subject.push(SubjectAttribute { attribute, value }),
    }
}

/// The same of every certificate, by its id.
pub(crate) fn all_usual(cluster: &Cluster) -> HashMap<String, (String, String)> {
    let all = made(cluster).map(|(recipe, node, id)| {
        let subject = subject(cluster, recipe, node, None);
        let value = |attribute| {
            let part = subject.iter().find(|part| part.attribute == attribute);
            part.map(|part| part.value.clone()).unwrap_or_default()
        };
        let usual = (value(Attribute::CommonName), value(Attribute::Organization));
        (id, usual)
    });
    all.collect()
}

/// The CN and the O that the certificate has while the description changes neither.
pub(super) fn usual(cluster: &Cluster, planned: &PlannedCertificate) -> (String, String) {
    let found = made(cluster).find(|(_, _, id)| *id == planned.id);
    let subject = found.map(|(recipe, node, _)| subject(cluster, recipe, node, None));
    let subject = subject.unwrap_or_default();
    let value = |attribute| {
        let part = subject.iter().find(|part| part.attribute == attribute);
        part.map(|part| part.value.clone()).unwrap_or_default()
    };
    (value(Attribute::CommonName), value(Attribute::Organization))
}
