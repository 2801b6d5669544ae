//! What holds of the plan of any cluster.

mod common;

use std::collections::BTreeSet;

use common::{names, plan_of};
use hardway::{Plan, Role};
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
                planned.names.iter().all(|name| !name.diallers.is_empty()),
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
        for planned in &plan.certificates {
            files.extend(["key", "csr", "crt"].map(|end| format!("{}.{end}", planned.id)));
        }
        assert_eq!(
            files.len(),
            plan.kubeconfigs.len() + 3 * plan.certificates.len(),
            "a file twice"
        );
        let mut taken = BTreeSet::new();
        for placement in &plan.placements {
            assert!(files.contains(&placement.file), "{placement:?}");
            assert!(
                taken.insert((&placement.node, &placement.path)),
                "{placement:?}"
            );
            let secret =
                placement.file.ends_with(".key") || placement.file.ends_with(".kubeconfig");
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
                role == Role::ControlPlane || placement.file != "ca.key",
                "{placement:?}"
            );
        }
    }
}

/// 1 to 5 control planes, 0 to 5 workers, with and without a load balancer; and one of both address families.
fn clusters() -> Vec<Plan> {
    let mut plans = vec![plan_of(
        &json!({"preset": "hard-way-2020", "serviceCidr": "fd00:96::/112", "clusterDomain": "k8s.example", "nodes": [
            {"name": "a", "role": "worker", "addresses": ["fd00::a", "10.0.0.10"]},
            {"name": "b", "role": "load-balancer", "addresses": ["fd00::b", "10.0.0.11"]},
            {"name": "c", "role": "control-plane", "addresses": ["fd00::c", "10.0.0.12"]}]})
        .to_string(),
    )];
    for balancer in [false, true] {
        for masters in 1..=5 {
            plans.extend((0..=5).map(|workers| cluster(masters, workers, balancer)));
        }
    }
    plans
}

fn cluster(masters: u8, workers: u8, balancer: bool) -> Plan {
    let node = |role: &str, net: u8, n: u8| json!({"name": format!("{role}-{n}"), "role": role, "addresses": [format!("10.0.{net}.{n}")]});
    let mut nodes: Vec<Value> = (0..masters).map(|n| node("control-plane", 1, n)).collect();
    nodes.extend((0..workers).map(|n| node("worker", 2, n)));
    if balancer {
        nodes.push(node("load-balancer", 3, 0));
    }
    plan_of(&json!({"preset": "hard-way-2020", "nodes": nodes}).to_string())
}
