//! What holds of the plan of any cluster.

mod common;

use std::collections::BTreeSet;

use common::{names, plan_of, presets};
use hardway::{Cluster, Error, Outline, PRESETS, Plan, Role, Totals};
use serde_json::{Value, json};

#[test]
fn every_dialled_name_is_in_the_listener_s_certificate_and_no_other() {
    for plan in clusters() {
        for connection in &plan.connections {
            let server = plan.certificate(&connection.server.certificate).unwrap();
            assert!(!connection.dials.is_empty(), "{}", connection.id);
            for dial in &connection.dials {
                let name = server.names.iter().find(|name| name.name == dial.host);
                let name = name.unwrap_or_else(|| {
                    panic!(
                        "{} dials {}, which {} lacks",
                        connection.id, dial.host, server.id
                    )
                });
                assert!(name.diallers.contains(&connection.id), "{}", connection.id);
            }
        }
        for planned in &plan.certificates {
            let distinct: BTreeSet<_> = names(planned).into_iter().collect();
            assert_eq!(
                distinct.len(),
                planned.names.len(),
                "{}: a name twice",
                planned.id
            );
            assert!(
                planned
                    .names
                    .iter()
                    .all(|name| name.diallers.is_empty() == name.reason.is_some()),
                "{}",
                planned.id
            );
        }
    }
}

#[test]
fn ids_are_unique_and_whatever_they_name_is_there() {
    for plan in clusters() {
        let ids: BTreeSet<_> = plan.connections.iter().map(|c| &c.id).collect();
        assert_eq!(ids.len(), plan.connections.len());
        let components: BTreeSet<_> = plan.components.iter().map(hardway::Component::id).collect();
        assert_eq!(components.len(), plan.components.len());
        let mut issued = BTreeSet::new();
        for planned in &plan.certificates {
            assert!(issued.insert(planned.id.as_str()), "{} twice", planned.id);
            assert!(
                issued.contains(planned.issuer.as_str()),
                "{} stands before its authority",
                planned.id
            );
        }
        for connection in &plan.connections {
            assert!(
                components.contains(&connection.caller.id()),
                "{}",
                connection.id
            );
            assert!(
                components.contains(&connection.listener.id()),
                "{}",
                connection.id
            );
            let (client, server) = (&connection.client, &connection.server);
            let shown = client.certificate.iter().chain(&client.token_signer);
            let trusted = [&client.authority].into_iter().chain(&server.authority);
            for id in shown.chain(trusted).chain([&server.certificate]) {
                assert!(issued.contains(id.as_str()), "{} needs {id}", connection.id);
            }
        }
    }
}

#[test]
fn every_placed_file_is_made_and_every_path_is_taken_once() {
    for plan in clusters() {
        let mut files: BTreeSet<String> = plan.kubeconfigs.iter().map(|k| k.file.clone()).collect();
        files.extend(plan.configurations.iter().map(|c| c.file.to_owned()));
        let mut made = plan.kubeconfigs.len() + plan.configurations.len();
        for planned in &plan.certificates {
            let endings: &[&str] = if planned.kind.is_certified() {
                &["key", "csr", "crt"]
            } else {
                &["key", "pub"]
            };
            files.extend(endings.iter().map(|end| format!("{}.{end}", planned.id)));
            made += endings.len();
        }
        assert_eq!(files.len(), made, "a file twice");
        // Nor is a file where another one needs a folder.
        for file in &files {
            let folders = file.match_indices('/').map(|(slash, _)| &file[..slash]);
            assert!(
                folders.into_iter().all(|folder| !files.contains(folder)),
                "{file}"
            );
        }
        let mut taken = BTreeSet::new();
        for placement in &plan.placements {
            assert!(files.contains(&placement.file), "{placement:?}");
            assert!(
                taken.insert((&placement.node, &placement.path)),
                "{placement:?}"
            );
            let secret = [".key", ".kubeconfig", ".conf", "encryption-config.yaml"]
                .iter()
                .any(|end| placement.file.ends_with(end));
            assert_eq!(
                placement.mode,
                if secret { 0o600 } else { 0o644 },
                "{placement:?}"
            );
            let node = plan
                .cluster
                .nodes
                .iter()
                .flatten()
                .find(|node| node.name == placement.node);
            let role = node.unwrap().role;
            assert!(
                role != Role::LoadBalancer,
                "a load balancer opens no TLS: {placement:?}"
            );
            assert!(
                matches!(role, Role::ControlPlane | Role::Etcd)
                    || !placement.file.ends_with("ca.key"),
                "{placement:?}"
            );
        }
    }
}

#[test]
fn an_outline_of_few_workers_is_the_whole_plan() {
    let outline = Outline::new(parse(&with_workers(12)).unwrap(), Some("w-3"));
    assert_eq!(outline.shown, None);
    let whole = Plan::new(&parse(&with_workers(12)).unwrap());
    assert_eq!(json(&outline.plan), json(&whole));
    assert_eq!(outline.totals, totals(&whole));
}

#[test]
fn an_outline_of_many_workers_tells_of_the_ends_the_one_in_focus_and_those_that_are_changed() {
    for preset in PRESETS {
        let mut description = with_workers(40);
        description["preset"] = preset.id.into();
        let whole = Plan::new(&parse(&description).unwrap());
        let own = whole.certificates.iter();
        let changed = own.filter(|one| one.node.as_deref() == Some("w-20"));
        for planned in changed {
            description["certificates"][&planned.id] = json!({"validityDays": 7});
        }
        let outline = Outline::new(parse(&description).unwrap(), Some("w-30"));
        let shown = outline.shown.unwrap();
        assert_eq!(
            shown,
            ["w-0", "w-1", "w-20", "w-30", "w-39"],
            "{}",
            preset.id
        );
        assert_eq!(outline.totals, totals(&whole), "{}", preset.id);
        assert_eq!(outline.plan.cluster.nodes.as_ref().unwrap().len(), 41);
        let whole = Plan::new(&parse(&description).unwrap());
        for planned in &whole.certificates {
            let told = planned
                .node
                .as_ref()
                .is_none_or(|node| node == "cp" || shown.contains(node));
            let found = outline.plan.certificate(&planned.id);
            assert_eq!(found.is_some(), told, "{}: {}", preset.id, planned.id);
            assert_eq!(
                found.map(|one| one.validity_days),
                told.then_some(planned.validity_days)
            );
        }
        for connection in &outline.plan.connections {
            assert!(
                whole
                    .connections
                    .iter()
                    .any(|other| other.id == connection.id)
            );
        }
    }
}

#[test]
fn an_outline_checks_the_workers_too_that_it_does_not_tell_of() {
    let mut faulty = with_workers(40);
    faulty["nodes"][25]["addresses"][0] = "10.0.2.0".into();
    let refused = parse(&faulty).unwrap_err();
    assert_eq!(refused.field(), Some("nodes[25].addresses[0]"));
}

fn with_workers(workers: usize) -> Value {
    let worker = |n: usize| json!({"name": format!("w-{n}"), "role": "worker", "addresses": [format!("10.0.2.{n}")]});
    let mut nodes: Vec<Value> = (0..workers).map(worker).collect();
    nodes.push(json!({"name": "cp", "role": "control-plane", "addresses": ["10.0.1.1"]}));
    json!({"preset": "kubeadm", "nodes": nodes})
}

fn parse(description: &Value) -> Result<Cluster, Error> {
    Cluster::parse(&description.to_string().parse()?)
}

fn json(plan: &Plan) -> Value {
    serde_json::to_value(plan).unwrap()
}

fn totals(plan: &Plan) -> Totals {
    Totals {
        certificates: plan.certified().count(),
        keys: plan.certificates.len(),
        connections: plan.connections.len(),
        workers: plan
            .cluster
            .nodes
            .iter()
            .flatten()
            .filter(|node| node.role == Role::Worker)
            .count(),
    }
}

/// Every preset with 1 to 4 control planes, 0 to 3 workers, with and without a load balancer, an endpoint and etcd's own nodes; and
/// those of both address families.
fn clusters() -> Vec<Plan> {
    let mut plans = presets::all();
    for preset in PRESETS {
        for balancer in [false, true] {
            for (masters, workers) in (1..=4).flat_map(|m| (0..=3).map(move |w| (m, w))) {
                for endpoint in ["", "api.example", "10.0.1.0"] {
                    plans.push(cluster(preset.id, masters, workers, balancer, endpoint));
                }
            }
        }
    }
    plans
}

fn cluster(preset: &str, masters: u8, workers: u8, balancer: bool, endpoint: &str) -> Plan {
    let node = |role: &str, net: u8, n: u8| json!({"name": format!("{role}-{n}"), "role": role, "addresses": [format!("10.0.{net}.{n}")]});
    let mut nodes: Vec<Value> = (0..masters).map(|n| node("control-plane", 1, n)).collect();
    nodes.extend((0..workers).map(|n| node("worker", 2, n)));
    if balancer {
        nodes.push(node("load-balancer", 3, 0));
    }
    // As many of etcd's own as leave every number of masters both ways.
    if preset != "hightower-2025" && workers % 2 == 1 {
        nodes.extend((0..3).map(|n| node("etcd", 4, n)));
    }
    plan_of(
        &json!({"preset": preset, "nodes": nodes, "controlPlaneEndpoint": endpoint}).to_string(),
    )
}
