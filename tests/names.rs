//! What is refused as a name or an address: the whole error of each fault, and the nearest thing that is accepted.

mod common;

use common::refusal::{accepted, refused, with_node};
use serde_json::json;

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
