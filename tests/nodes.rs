//! What is refused of a description's nodes: the whole error of each fault, and the nearest thing that is accepted.

mod common;

use common::refusal::{accepted, refused, with_node};
use serde_json::{Value, json};

#[test]
fn a_name_that_is_not_dns_1123_is_refused_wherever_it_stands() {
    const NODE: &str = "a DNS-1123 name of at most 52 characters";
    const CLUSTER: &str = "a DNS-1123 label of at most 63 characters";
    let long = "a".repeat(300);
    let shown = format!("{}…", "a".repeat(80));
    let bad = [
        "", "$(x)", "a;b", "a'b", "a\"b", "a\nb", "../a", "/", "🐙", "A", "a b", "-a", "a_b", "ä",
        &long,
    ];
    for name in bad {
        let found = if name == long { &shown } else { name };
        refused(&[
            (
                with_node(name, "worker", "10.0.0.9"),
                "invalid-name",
                "nodes[1].name",
                NODE,
                found,
            ),
            (
                json!({"preset": "hard-way-2020", "name": name}),
                "invalid-name",
                "name",
                CLUSTER,
                found,
            ),
            (
                json!({"preset": "hard-way-2020", "clusterDomain": name}),
                "invalid-domain",
                "clusterDomain",
                "a DNS name of lower-case letters, digits, hyphens and dots, at most 200 characters",
                found,
            ),
        ]);
    }
    // An address would be read as one; and a name with dots is no folder's or context's name.
    refused(&[
        (
            with_node("10.0.0.9", "worker", "10.0.0.9"),
            "invalid-name",
            "nodes[1].name",
            NODE,
            "10.0.0.9",
        ),
        (
            json!({"preset": "hard-way-2020", "name": "a.b"}),
            "invalid-name",
            "name",
            CLUSTER,
            "a.b",
        ),
    ]);
    accepted(&[
        with_node("node-0.example", "worker", "10.0.0.9"),
        with_node(&"a".repeat(52), "worker", "10.0.0.9"),
        json!({"preset": "hard-way-2020", "name": "a".repeat(63), "clusterDomain": "k8s.example"}),
    ]);
}

#[test]
fn an_address_that_nobody_can_dial_is_refused() {
    for bad in [
        "",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.9:6443",
        "10.0.0.9/24",
        "010.0.0.9",
        "0.0.0.0",
        "::",
        "fe80::1%eth0",
        "node",
        "$(x)",
    ] {
        refused(&[(
            with_node("w", "worker", bad),
            "invalid-address",
            "nodes[1].addresses[0]",
            "one IPv4 or IPv6 address, such as 192.168.5.11 or fd00::11",
            bad,
        )]);
    }
    accepted(&[
        with_node("w", "worker", "fd00::9"),
        with_node("w", "worker", "10.0.0.9"),
    ]);
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
    accepted(&[
        with_node("w", "worker", "10.0.0.9"),
        with_node("ca-1", "worker", "10.0.0.9"),
    ]);
}

#[test]
fn a_node_inside_the_service_cidr_is_refused() {
    refused(&[(
        with_node("w", "worker", "10.96.0.7"),
        "service-cidr-overlap",
        "nodes[1].addresses[0]",
        "an address outside 10.96.0.0/24",
        "10.96.0.7",
    )]);
    accepted(&[with_node("w", "worker", "10.96.1.7")]);
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
            nodes(many(201)),
            "too-many-nodes",
            "nodes",
            "at most 200 nodes",
            "201",
        ),
    ]);
    accepted(&[
        with_node("l", "load-balancer", "10.0.0.2"),
        nodes(many(200)),
    ]);
}

fn many(count: usize) -> Value {
    let node = |n| json!({"name": format!("n{n}"), "role": "control-plane", "addresses": [format!("10.0.0.{n}")]});
    (0..count).map(node).collect()
}
