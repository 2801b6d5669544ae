//! What is refused of a description's nodes: the whole error of each fault, and the nearest thing that is accepted.

mod common;

use common::refusal::{accepted, refused, with_node};
use serde_json::{Value, json};

#[test]
fn a_role_that_the_preset_knows_nothing_of_is_refused() {
    let with = |preset: &str| {
        let mut description = with_node("db", "etcd", "10.0.0.9");
        description["preset"] = preset.into();
        description
    };
    refused(&[(
        with("hightower-2025"),
        "role-not-in-preset",
        "nodes[1].role",
        "a role that the preset has a recipe for",
        "etcd",
    )]);
    accepted(&[with("hard-way-2020"), with("kubeadm")]);
}

#[test]
fn two_nodes_share_neither_name_nor_address_and_none_overwrites_a_file() {
    const NAME: &str = "a name that no other node has";
    const ADDRESS: &str = "an address that no other node has";
    const FILE: &str = "a name that is not the file name of another certificate";
    refused(&[
        (
            with_node("cp", "worker", "10.0.0.9"),
            "duplicate-name",
            "nodes[1].name",
            NAME,
            "cp",
        ),
        (
            with_node("w", "worker", "10.0.0.1"),
            "duplicate-address",
            "nodes[1].addresses[0]",
            ADDRESS,
            "10.0.0.1",
        ),
    ]);
    for name in [
        "admin",
        "ca",
        "kube-apiserver",
        "service-account",
        "admin-remote",
    ] {
        refused(&[(
            with_node(name, "worker", "10.0.0.9"),
            "reserved-name",
            "nodes[1].name",
            FILE,
            name,
        )]);
    }
    for name in ["etcd", "ca.crt", "sa.pub", "admin.conf", "sa"] {
        let mut description = with_node(name, "worker", "10.0.0.9");
        description["preset"] = "kubeadm".into();
        refused(&[(description, "reserved-name", "nodes[1].name", FILE, name)]);
    }
    let mut named = with_node("w", "worker", "10.0.0.9");
    named["nodes"][1]["names"] = json!(["w.example", "cp"]);
    refused(&[(named, "duplicate-name", "nodes[1].names[1]", NAME, "cp")]);
    accepted(&[
        with_node("w", "worker", "10.0.0.9"),
        with_node("ca-1", "worker", "10.0.0.9"),
        with_node("etcd", "worker", "10.0.0.9"),
    ]);
}

#[test]
fn a_node_or_an_endpoint_inside_the_service_cidr_is_refused() {
    let endpoint =
        |address: &str| json!({"preset": "hard-way-2020", "controlPlaneEndpoint": address});
    refused(&[
        (
            with_node("w", "worker", "10.96.0.7"),
            "service-cidr-overlap",
            "nodes[1].addresses[0]",
            "an address outside 10.96.0.0/24",
            "10.96.0.7",
        ),
        (
            endpoint("10.96.0.7:443"),
            "service-cidr-overlap",
            "controlPlaneEndpoint",
            "an address outside 10.96.0.0/24",
            "10.96.0.7",
        ),
    ]);
    accepted(&[
        with_node("w", "worker", "10.96.1.7"),
        endpoint("10.96.1.7:443"),
    ]);
}

#[test]
fn a_cluster_has_a_control_plane_and_at_most_one_load_balancer() {
    const CONTROL_PLANE: &str = "at least one node with the role control-plane";
    let nodes = |nodes: Value| json!({"preset": "hard-way-2020", "nodes": nodes});
    let worker = json!({"name": "w", "role": "worker", "addresses": ["10.0.0.9"]});
    refused(&[
        (
            nodes(json!([])),
            "no-control-plane",
            "nodes",
            CONTROL_PLANE,
            "",
        ),
        (
            nodes(json!([worker])),
            "no-control-plane",
            "nodes",
            CONTROL_PLANE,
            "",
        ),
        (
            nodes(json!([
                {"name": "cp", "role": "control-plane", "addresses": ["10.0.0.1"]},
                {"name": "l1", "role": "load-balancer", "addresses": ["10.0.0.2"]},
                {"name": "l2", "role": "load-balancer", "addresses": ["10.0.0.3"]}])),
            "too-many-nodes",
            "nodes",
            "at most 1 load balancers",
            "2",
        ),
        (
            nodes(json!([{"name": "cp", "role": "control-plane", "addresses": []}])),
            "invalid-address",
            "nodes[0].addresses",
            "one IPv4 or IPv6 address, such as 192.168.5.11 or fd00::11",
            "",
        ),
        (
            nodes(many("control-plane", 16)),
            "too-many-nodes",
            "nodes",
            "at most 15 control planes",
            "16",
        ),
        (
            nodes(many("worker", 10_000)),
            "too-many-nodes",
            "nodes",
            "at most 5000 workers",
            "10000",
        ),
    ]);
    accepted(&[
        with_node("l", "load-balancer", "10.0.0.2"),
        nodes(many("control-plane", 15)),
    ]);
    let mut largest = many("worker", 5000);
    largest
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "cp", "role": "control-plane", "addresses": ["10.1.0.1"]}));
    accepted(&[nodes(largest)]);
}

fn many(role: &str, count: usize) -> Value {
    let node = |n: usize| json!({"name": format!("n{n}"), "role": role, "addresses": [format!("10.0.{}.{}", n / 250, n % 250)]});
    (0..count).map(node).collect()
}
