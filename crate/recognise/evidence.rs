//! What was recognised, as the verifier looks at it: each file as it lies at each end, and what is really dialled.

use std::collections::HashMap;

use super::duty::Duty;
use super::kubeconfig::{Bound, Called};
use super::scene::Scene;
use super::{Assignment, Part, Recognition};
use crate::import::Content;
use crate::verify::Evidence;
use crate::{ComponentKind, Connection, Plan};

pub(super) fn of(scene: &Scene<'_>, recognition: &Recognition) -> Evidence {
    let mut evidence = Evidence::default();
    files(scene, recognition, &mut evidence);
    tokens(scene, recognition, &mut evidence);
    own_kubelets(scene, recognition, &mut evidence);
    let plan = &recognition.plan;
    // Whom guesses would dial, nobody is known to dial.
    for connection in &plan.connections {
        let dials = connection.dials.iter().map(|dial| dial.host.to_string());
        let sure = dials.filter(|host| !recognition.made_up.contains(host));
        let sure = sure.filter(|host| !assumed(recognition, connection, host));
        let sure: Vec<_> = sure.collect();
        if sure.len() != connection.dials.len() {
            evidence.dial_all(&connection.id, sure);
        }
    }
    let mut hosts: HashMap<&str, Vec<String>> = HashMap::new();
    for (connection, called) in calls(scene, plan) {
        let name = [&called.tls_server_name, &called.host];
        let name = name.into_iter().find(|name| !name.is_empty()).cloned();
        let known = hosts.entry(&connection.id).or_default();
        if known.is_empty() {
            kubeconfig(scene, called, connection, &mut evidence);
        }
        let new = name.filter(|name| !known.contains(name));
        known.extend(new);
    }
    for (connection, hosts) in hosts {
        evidence.dial_all(connection, hosts);
    }
    evidence
}

/// Which kubeconfig says whom to call on which connection.
pub(crate) fn calls<'b>(scene: &'b Scene<'_>, plan: &'b Plan) -> Vec<(&'b Connection, &'b Called)> {
    let mut callers: HashMap<(ComponentKind, Option<&str>), Vec<&Connection>> = HashMap::new();
    let to = plan.connections.iter();
    for connection in to.filter(|one| one.listener.kind == ComponentKind::KubeApiserver) {
        let caller = &connection.caller;
        callers
            .entry((caller.kind, caller.node.as_deref()))
            .or_default()
            .push(connection);
        if caller.node.is_some() {
            callers
                .entry((caller.kind, None))
                .or_default()
                .push(connection);
        }
    }
    let mut calls = Vec::new();
    for called in &scene.called {
        let (Some(kind), false) = (called.duty.and_then(caller), called.host.is_empty()) else {
            continue;
        };
        // With a token only a kubelet begins, until it has a certificate; others are users of their own.
        if called.other_credential && called.certificate == Bound::Absent {
            continue;
        }
        let node = called
            .node
            .as_deref()
            .filter(|_| kind != ComponentKind::Kubectl);
        let own = callers.get(&(kind, node)).map_or(&[][..], Vec::as_slice);
        let reached = own.iter().filter(|one| reaches(plan, called, one));
        calls.extend(reached.map(|connection| (*connection, called)));
    }
    calls
}

/// Certificates and keys: what is everybody's, and what one node has in its place.
fn files(scene: &Scene<'_>, recognition: &Recognition, evidence: &mut Evidence) {
    let certificates = recognition
        .assignments
        .iter()
        .filter(|one| one.part == Part::Certificate);
    let mut mains: HashMap<&str, &Assignment> = HashMap::new();
    for one in certificates.clone().filter(|one| one.main) {
        mains.insert(&one.id, one);
        evidence.insert_chain(&one.id, shown(scene, one.item));
        if let Some(key) = held(scene, one) {
            evidence.insert_key(&one.id, key);
        }
    }
    for one in certificates.filter(|one| !one.main && scene.seen[one.item].within.is_none()) {
        let (Some(node), Some(main)) = (&one.node, mains.get(one.id.as_str())) else {
            continue;
        };
        let (own, other) = (shown(scene, one.item), shown(scene, main.item));
        let key = held(scene, one);
        if own != other {
            evidence.insert_chain_on(node, &one.id, own);
        }
        if let Some(key) = key.filter(|_| scene.key_beside(one.item).is_some()) {
            evidence.insert_key_on(node, &one.id, key);
        }
    }
}

/// The keys of tokens: they sign with one file and verify with another.
fn tokens(scene: &Scene<'_>, recognition: &Recognition, evidence: &mut Evidence) {
    let mut signers: Vec<_> = recognition
        .plan
        .connections
        .iter()
        .filter_map(|one| one.client.token_signer.clone())
        .collect();
    signers.sort();
    signers.dedup();
    for id in signers {
        for one in recognition.assignments.iter().filter(|one| one.id == id) {
            let Some(public) = scene.public(one.item) else {
                continue;
            };
            let spki = public.spki.clone();
            let node = one.node.as_deref().filter(|_| !one.main);
            match (one.part, node) {
                (Part::Key, Some(node)) => evidence.insert_key_on(node, &id, spki),
                (Part::Key, None) if one.main => evidence.insert_key(&id, spki),
                (Part::Certificate | Part::PublicKey, node) if one.main || node.is_some() => {
                    evidence.insert_verifying_key(node, &id, spki);
                }
                _ => {}
            }
        }
    }
}

/// A kubelet that has made its certificate itself is not checked: with `--kubelet-certificate-authority` nothing would work.
fn own_kubelets(scene: &Scene<'_>, recognition: &Recognition, evidence: &mut Evidence) {
    for one in recognition
        .assignments
        .iter()
        .filter(|one| one.main && one.part == Part::Certificate)
    {
        if scene
            .face(one.item)
            .and_then(|face| face.node_of_own())
            .is_none()
        {
            continue;
        }
        let connections = recognition.plan.connections.iter();
        for connection in connections.filter(|connection| connection.server.certificate == one.id) {
            evidence.check_nothing(&connection.id);
        }
    }
}

/// What a kubeconfig has in place of the files.
fn kubeconfig(
    scene: &Scene<'_>,
    called: &Called,
    connection: &Connection,
    evidence: &mut Evidence,
) {
    let connection_id = &connection.id;
    if called.insecure {
        evidence.check_nothing(connection_id);
    }
    let roots: Vec<_> = scene.ders(called.authority.items());
    match &called.authority {
        // Without one, that of the operating system counts, which knows no cluster's authority.
        Bound::Absent => {
            evidence.insert_chain_of_caller(
                connection_id,
                &connection.client.authority,
                Vec::new(),
            );
        }
        Bound::Path(_, None) => {}
        _ => evidence.insert_chain_of_caller(connection_id, &connection.client.authority, roots),
    }
    let Some(id) = &connection.client.certificate else {
        return;
    };
    let certificates: Vec<_> = called
        .certificate
        .items()
        .iter()
        .copied()
        .filter(|item| scene.der(*item).is_some())
        .collect();
    if let Some(first) = certificates.first() {
        let chain = match called.certificate {
            Bound::Path(..) => shown(scene, *first),
            _ => scene.ders(&certificates),
        };
        evidence.insert_chain_of_caller(connection_id, id, chain);
        let keys = called
            .key
            .items()
            .iter()
            .filter(|item| matches!(scene.item(**item).content, Content::PrivateKey(_)));
        let key = keys.copied().next().or_else(|| {
            scene
                .key_beside(*first)
                .filter(|_| matches!(called.certificate, Bound::Path(..)))
        });
        if let Some(public) = key.and_then(|key| scene.public(key)) {
            evidence.insert_key_of_caller(connection_id, id, public.spki.clone());
        }
    }
}

/// Every certificate of a file, its own first.
fn shown(scene: &Scene<'_>, item: usize) -> Vec<Vec<u8>> {
    scene.ders(&scene.chain(item))
}

/// The public half of the key that goes with a certificate: of the one that lies beside it, or of one that fits wherever it lies.
fn held(scene: &Scene<'_>, one: &Assignment) -> Option<Vec<u8>> {
    let own = scene.public(one.item)?;
    let beside = scene.key_beside(one.item).and_then(|key| scene.public(key));
    let elsewhere = || scene.keys_of(own).first().map(|_| own);
    beside.or_else(elsewhere).map(|public| public.spki.clone())
}

/// Which program reads a kubeconfig.
fn caller(duty: Duty) -> Option<ComponentKind> {
    match duty {
        Duty::Admin => Some(ComponentKind::Kubectl),
        Duty::ControllerManager => Some(ComponentKind::KubeControllerManager),
        Duty::KubeProxy => Some(ComponentKind::KubeProxy),
        Duty::KubeletClient => Some(ComponentKind::Kubelet),
        Duty::Scheduler => Some(ComponentKind::KubeScheduler),
        _ => None,
    }
}

/// Whether a kubeconfig's server may be this listener: not if it is another machine's own address.
fn reaches(plan: &Plan, called: &Called, connection: &Connection) -> bool {
    let nodes = plan.cluster.nodes.iter().flatten();
    let mut owners = nodes.filter(|node| {
        node.role == crate::Role::ControlPlane
            && (node.name == called.host
                || node.addresses.contains(&called.host)
                || node.names.contains(&called.host))
    });
    let listener = connection.listener.node.as_deref();
    owners
        .next()
        .is_none_or(|owner| Some(owner.name.as_str()) == listener)
}

/// The guide's unit file leads to this address only while a flag is missing, which no certificate shows.
pub(crate) fn assumed(recognition: &Recognition, connection: &Connection, host: &str) -> bool {
    let services = recognition
        .plan
        .cluster
        .service_cidr
        .as_deref()
        .unwrap_or_default();
    recognition.description.preset == "hightower-2025"
        && connection.caller.kind == ComponentKind::Pod
        && host == "10.0.0.1"
        && !services.starts_with("10.0.0.0/")
}
