//! Clusters of every preset: its own, and others that its readers might have.

use hardway::{KeyAlgorithm, PRESETS, Plan};
use serde_json::{Value, json};

use super::plan_of;

/// Every preset with its own nodes, and RSA-2048 so that the fixed keys fit.
pub(crate) fn own() -> Vec<Plan> {
    own_with(KeyAlgorithm::Rsa2048)
}

/// Every preset with its own nodes and the keys of one algorithm.
pub(crate) fn own_with(algorithm: KeyAlgorithm) -> Vec<Plan> {
    let presets = PRESETS.iter();
    presets
        .map(|preset| {
            plan_of(&json!({"preset": preset.id, "keyAlgorithm": algorithm.id()}).to_string())
        })
        .collect()
}

/// Every preset with a load balancer, an endpoint by name, three masters of both address families, dual-stack services,
/// and etcd on nodes of its own where the preset knows such.
pub(crate) fn highly_available() -> Vec<Plan> {
    let presets = PRESETS.iter();
    presets
        .map(|preset| plan_of(&large(preset.id).to_string()))
        .collect()
}

/// Both kinds of every preset.
pub(crate) fn all() -> Vec<Plan> {
    let mut plans = own();
    plans.extend(highly_available());
    plans
}

/// The seed's cluster with other values in its description.
pub(crate) fn seed_with(change: &Value) -> Plan {
    let mut description = json!({"preset": "hard-way-2020"});
    let fields = description.as_object_mut().unwrap();
    fields.extend(change.as_object().unwrap().clone());
    plan_of(&description.to_string())
}

fn large(preset: &str) -> Value {
    let mut nodes = vec![
        json!({"name": "lb", "role": "load-balancer", "addresses": ["10.1.0.1"], "names": ["lb.example"]}),
        json!({"name": "w-1", "role": "worker", "addresses": ["10.1.2.1", "fd01::21"]}),
    ];
    for n in 1..=3 {
        nodes.push(json!({"name": format!("cp-{n}"), "role": "control-plane",
            "addresses": [format!("10.1.1.{n}"), format!("fd01::1{n}")], "names": [format!("cp-{n}.example")]}));
        if preset != "hightower-2025" {
            nodes.push(json!({"name": format!("db-{n}"), "role": "etcd", "addresses": [format!("10.1.3.{n}")]}));
        }
    }
    json!({"preset": preset, "name": "large", "nodes": nodes, "keyAlgorithm": "rsa-2048",
        "serviceCidr": "10.97.0.0/16,fd00:97::/112", "clusterDomain": "k8s.example",
        "controlPlaneEndpoint": "api.example:8443"})
}
