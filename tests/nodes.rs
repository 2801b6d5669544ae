//! What is refused of a description's nodes: the whole error of each fault, and the nearest thing that is accepted.

mod common;

use common::refusal::{accepted, refused, with_node};
use serde_json::{Value, json};

#[test]
fn a_name_that_is_not_dns_1123_is_refused_wherever_it_stands() {
    const NODE: &str = "a DNS-1123 name of at most 52 characters";
    const CLUSTER: &str = "a DNS-1123 label of at most 63 characters";
    let bad = [
        "", "$(x)", "a;b", "a'b", "a\"b", "a\nb", "../a", "/", "🐙", "a b", "-a", "a_b", "a..b",
    ];
    for name in bad {
        let found = name;
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
fn a_name_with_a_fault_that_has_a_remedy_is_told_the_remedy_wherever_it_stands() {
    let long = "a".repeat(64);
    let table = [
        ("*.example", "wildcard-name", "one whole name"),
        (
            "münchen",
            "international-name",
            "letters of ASCII: an international name in its xn-- form",
        ),
        ("node.", "trailing-dot", "node"),
        ("Node-1", "upper-case-name", "node-1"),
        (
            &long,
            "long-label",
            "at most 63 characters between two dots",
        ),
    ];
    for (name, code, expected) in table {
        let mut named = with_node("w", "worker", "10.0.0.9");
        named["nodes"][1]["names"] = json!([name]);
        let top = |field: &str| json!({"preset": "hard-way-2020", field: name});
        refused(&[
            (
                with_node(name, "worker", "10.0.0.9"),
                code,
                "nodes[1].name",
                expected,
                name,
            ),
            (named, code, "nodes[1].names[0]", expected, name),
            (top("name"), code, "name", expected, name),
            (top("clusterDomain"), code, "clusterDomain", expected, name),
            (
                top("controlPlaneEndpoint"),
                code,
                "controlPlaneEndpoint",
                expected,
                name,
            ),
        ]);
    }
    accepted(&[with_node("xn--mnchen-3ya", "worker", "10.0.0.9")]);
}

#[test]
fn a_node_name_that_makes_a_common_name_of_more_than_64_bytes_is_refused() {
    let long = "a".repeat(53);
    refused(&[(
        with_node(&long, "worker", "10.0.0.9"),
        "long-common-name",
        "nodes[1].name",
        "a common name of at most 64 bytes (RFC 5280, ub-common-name), of which system:node: takes twelve",
        &long,
    )]);
    accepted(&[with_node(&long[1..], "worker", "10.0.0.9")]);
}

#[test]
fn an_address_that_no_certificate_can_hold_is_refused_with_the_one_that_it_can() {
    refused(&[
        (
            with_node("w", "worker", "fe80::1%eth0"),
            "zoned-address",
            "nodes[1].addresses[0]",
            "one IPv6 address without a zone, such as fd00::11",
            "fe80::1%eth0",
        ),
        (
            with_node("w", "worker", "::ffff:10.0.0.9"),
            "mapped-address",
            "nodes[1].addresses[0]",
            "10.0.0.9",
            "::ffff:10.0.0.9",
        ),
    ]);
    accepted(&[
        with_node("w", "worker", "10.0.0.9"),
        with_node("w", "worker", "fe80::1"),
    ]);
}

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
        "a role of the preset hightower-2025",
        "etcd",
    )]);
    accepted(&[with("hard-way-2020"), with("kubeadm")]);
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
