//! The description of what was recognised. It parses: what no description can say is left out, and the verifier judges the files anyway.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Part;
use super::assign::Assigned;
use super::duty::Duty;
use super::face::Face;
use super::fit::fit;
use super::near::slip;
use super::scene::Scene;
use super::topology::{Draft, Topology};
use crate::import::Content;
use crate::{
    Attribute, CertificateDescription, ComponentKind, Description, KeyAlgorithm, Plan,
    PlannedCertificate, Preset,
};

/// Without what single certificates change.
pub(super) fn first(scene: &Scene<'_>, preset: &Preset, topology: &Topology) -> Description {
    let mut description = Description {
        preset: preset.id.to_owned(),
        name: cluster_name(scene),
        nodes: Some(topology.nodes.iter().map(Draft::description).collect()),
        service_cidr: Some(topology.service_cidr.clone()),
        cluster_domain: domain(scene),
        control_plane_endpoint: Some(topology.endpoint.clone()),
        kubernetes_version: version(scene, preset),
        key_algorithm: algorithm(scene),
        ..Description::default()
    };
    fit(&mut description);
    description
}

/// What single certificates have otherwise than the guide and may keep: what is no slip.
pub(super) fn changes(
    scene: &Scene<'_>,
    plan: &Plan,
    assigned: &Assigned,
    description: &mut Description,
) {
    let mut changes = BTreeMap::new();
    let mut attributes = BTreeMap::new();
    let to_kubelets = plan
        .connections
        .iter()
        .filter(|one| one.listener.kind == ComponentKind::Kubelet);
    let kubelets: HashSet<_> = to_kubelets
        .filter_map(|one| one.client.certificate.as_deref())
        .collect();
    for one in assigned
        .assignments
        .iter()
        .filter(|one| one.main && one.part == Part::Certificate)
    {
        let (Some(planned), Some(face)) = (plan.certificate(&one.id), scene.face(one.item)) else {
            continue;
        };
        if planned.kind.is_authority() {
            attributes.extend(authority(scene, one.item, planned));
        }
        let called = kubelets.contains(&planned.id.as_str());
        let change = change(scene, one.item, face, planned, called);
        if change != CertificateDescription::default() {
            changes.insert(one.id.clone(), change);
        }
    }
    description.certificates = Some(changes);
    description.authority_subject = Some(attributes);
    fit(description);
}

/// `calls_kubelets`: a rule that no certificate shows says who may.
fn change(
    scene: &Scene<'_>,
    item: usize,
    face: &Face,
    planned: &PlannedCertificate,
    calls_kubelets: bool,
) -> CertificateDescription {
    let mut change = CertificateDescription::default();
    let name = planned.value(Attribute::CommonName);
    let group = planned.value(Attribute::Organization);
    let swapped = face.common_name != name
        && !group.is_empty()
        && (face.common_name == group || face.organizations.iter().any(|one| one == name));
    // Kubernetes itself asks for these: whoever has another name has a slip in it.
    let fixed = name.starts_with("system:") || planned.node.is_some() || calls_kubelets || swapped;
    if !fixed && face.common_name != name && slip(&face.common_name, name).is_none() {
        change.common_name = Some(face.common_name.clone());
    }
    let found = face.organizations.first().cloned().unwrap_or_default();
    let free = !fixed && !planned.kind.is_authority();
    if free && found != group && face.organizations.len() < 2 && slip(&found, group).is_none() {
        change.organization = Some(found);
    }
    if planned.kind.is_server() {
        let planned = planned.names.iter().map(|name| name.name.to_string());
        let planned: HashSet<_> = planned.collect();
        let addresses = face.addresses.iter().map(ToString::to_string);
        let names = face.dns.iter().cloned().chain(addresses);
        change.names = names.filter(|name| !planned.contains(name)).collect();
    }
    let public = scene.item(item).content.public();
    let algorithm = public.and_then(|public| known_algorithm(&public.algorithm));
    change.key_algorithm = algorithm.filter(|own| *own != planned.key_algorithm);
    change
}

/// The other attributes of an authority's subject.
fn authority(
    scene: &Scene<'_>,
    item: usize,
    planned: &PlannedCertificate,
) -> Vec<(Attribute, String)> {
    let Content::Certificate(found) = &scene.item(item).content else {
        return Vec::new();
    };
    let kinds = [
        Attribute::Country,
        Attribute::Locality,
        Attribute::Organization,
        Attribute::OrganizationalUnit,
        Attribute::StateOrProvince,
    ];
    let subject = &found.decoded.subject;
    let value = |kind: Attribute| {
        let mut parts = subject.split(", ").filter_map(|part| part.split_once('='));
        parts
            .find(|(name, _)| *name == kind.short_name())
            .map_or("", |(_, value)| value)
    };
    let kinds = kinds
        .into_iter()
        .filter(|kind| value(*kind) != planned.value(*kind));
    kinds.map(|kind| (kind, value(kind).to_owned())).collect()
}

fn cluster_name(scene: &Scene<'_>) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in scene.cluster_names() {
        *counts.entry(name).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)));
    most.map(|(name, _)| name.to_owned())
}

/// What stands behind `kubernetes.default.svc.`; of several the longest.
fn domain(scene: &Scene<'_>) -> Option<String> {
    let servers = scene.certificates();
    let servers = servers.filter(|(_, seen, _)| seen.duty() == Some(Duty::Apiserver));
    let names = servers.flat_map(|(_, _, face)| &face.dns);
    let domains = names.filter_map(|name| name.strip_prefix("kubernetes.default.svc."));
    domains
        .max_by_key(|domain| domain.len())
        .map(ToOwned::to_owned)
}

/// kubeadm's subjects tell its version.
fn version(scene: &Scene<'_>, preset: &Preset) -> Option<String> {
    let group = |wanted: Duty| {
        let mut found = scene
            .certificates()
            .filter(|(_, seen, _)| seen.duty() == Some(wanted));
        found
            .next()
            .map(|(_, _, face)| face.organizations.first().map_or("", String::as_str))
    };
    if !["kubeadm", "blank"].contains(&preset.id) {
        return None;
    }
    match (group(Duty::Admin), group(Duty::ApiserverKubeletClient)) {
        (Some("system:masters"), _) | (_, Some("system:masters")) => Some(String::from("1.28")),
        (_, Some("kubeadm:cluster-admins")) => Some(String::from("1.32")),
        _ => None,
    }
}

/// What most certificates have.
fn algorithm(scene: &Scene<'_>) -> Option<KeyAlgorithm> {
    let mut counts: BTreeMap<&'static str, (usize, KeyAlgorithm)> = BTreeMap::new();
    for (item, seen, _) in scene.certificates() {
        let public = scene.public(item).filter(|_| seen.duty().is_some());
        if let Some(algorithm) = public.and_then(|public| known_algorithm(&public.algorithm)) {
            counts.entry(algorithm.id()).or_insert((0, algorithm)).0 += 1;
        }
    }
    counts
        .into_values()
        .max_by_key(|(count, _)| *count)
        .map(|(_, algorithm)| algorithm)
}

fn known_algorithm(word: &str) -> Option<KeyAlgorithm> {
    [
        KeyAlgorithm::EcdsaP256,
        KeyAlgorithm::EcdsaP384,
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::Rsa3072,
        KeyAlgorithm::Rsa4096,
    ]
    .into_iter()
    .find(|algorithm| algorithm.id() == word)
}
