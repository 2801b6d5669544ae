//! What is refused of a description: the whole error of each fault, and the nearest thing that is accepted.

mod common;

use common::refusal::{accepted, facts, refused};
use common::{SEED_CLUSTER, fixed_keys, rng, seed_plan, timestamp};
use hardway::{Cluster, Description, PRESETS, Pki};
use serde_json::json;

#[test]
fn the_seed_s_description_comes_back_with_every_default_filled_in() {
    let full = PRESETS[0].description();
    let cluster = Cluster::parse(&SEED_CLUSTER.parse().unwrap()).unwrap();
    assert_eq!(cluster.description(), full);
    let json = serde_json::to_string(&full).unwrap();
    let again: Description = json.parse().unwrap();
    assert_eq!(again, full);
    assert_eq!(Cluster::parse(&again).unwrap().description(), full);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_is_not_of_the_shape_is_refused_with_the_path_of_the_field() {
    const FIELDS: &str = "one of `preset`, `name`, `nodes`, `serviceCidr`, `clusterDomain`, `controlPlaneEndpoint`, \
        `kubernetesVersion`, `keyAlgorithm`, `validityDays`, `validUntil`, `authorityValidityDays`, `authorityValidUntil`, \
        `authoritySubject`, `certificates`";
    const ROLES: &str = "one of `control-plane`, `etcd`, `load-balancer`, `worker`";
    const JSON: &str = "JSON of the documented shape";
    let node = |fields: &str| format!(r#"{{"preset": "hard-way-2020", "nodes": [{{{fields}}}]}}"#);
    let top = |field: &str| format!(r#"{{"preset": "hard-way-2020", {field}}}"#);
    let table: &[(String, &str, &str, &str)] = &[
        (
            String::new(),
            "",
            JSON,
            "EOF while parsing a value at line 1 column 0",
        ),
        ("{}".into(), "", JSON, "missing field `preset`"),
        ("7".into(), "", "an object", "invalid type: integer `7`"),
        (
            r#"["hard-way-2020", null, null, null, null, null, null]"#.into(),
            "",
            "an object",
            "invalid type: sequence",
        ),
        (
            top(r#""nodes": [["a", "worker", []]]"#),
            "nodes[0]",
            "an object",
            "invalid type: sequence",
        ),
        (
            format!("{SEED_CLUSTER} x"),
            "",
            JSON,
            "trailing characters at line 1 column 29",
        ),
        (
            top(r#""speed": 9"#),
            "speed",
            FIELDS,
            "unknown field `speed`",
        ),
        (
            top(r#""validityDays": "9""#),
            "validityDays",
            "a whole number",
            "invalid type: string \"9\"",
        ),
        (
            top(r#""validityDays": 1.5"#),
            "validityDays",
            "a whole number",
            "invalid type: floating point `1.5`",
        ),
        (
            top(r#""validityDays": 99999999999999999999"#),
            "validityDays",
            "a whole number",
            "invalid type: floating point `1e+20`",
        ),
        (
            top(r#""nodes": {}"#),
            "nodes",
            "a sequence",
            "invalid type: map",
        ),
        (
            top(r#""keyAlgorithm": "ed25519""#),
            "keyAlgorithm",
            "one of `ecdsa-p256`, `ecdsa-p384`, `rsa-2048`, `rsa-3072`, `rsa-4096`",
            "unknown variant `ed25519`",
        ),
        (
            node(r#""name": "a", "role": "master", "addresses": []"#),
            "nodes[0].role",
            ROLES,
            "unknown variant `master`",
        ),
        (
            node(r#""name": "a", "role": "worker", "addresses": [7]"#),
            "nodes[0].addresses[0]",
            "a string",
            "invalid type: integer `7`",
        ),
        (
            node(r#""name": "a", "role": "worker", "addresses": [], "key": 1"#),
            "nodes[0].key",
            "one of `name`, `role`, `addresses`, `names`",
            "unknown field `key`",
        ),
    ];
    let more: &[(String, &str, &str, &str)] = &[
        (
            top(r#""certificates": {"admin": ["x"]}"#),
            "certificates.admin",
            "an object",
            "invalid type: sequence",
        ),
        (
            top(r#""certificates": {"__proto__": 7}"#),
            "certificates.__proto__",
            "an object",
            "invalid type: integer `7`",
        ),
        (
            top(r#""__proto__": {}"#),
            "__proto__",
            FIELDS,
            "unknown field `__proto__`",
        ),
    ];
    for (json, field, expected, found) in table.iter().chain(more) {
        let refused = json.parse::<Description>().expect_err(json);
        let wanted = ["description-shape", field, expected, found].map(str::to_owned);
        assert_eq!(facts(&refused), wanted, "{json}");
    }
}

#[test]
fn an_unknown_preset_is_refused_with_the_known_ones() {
    refused(&[(
        json!({"preset": "hard-way-1999"}),
        "unknown-preset",
        "preset",
        "one of: hard-way-2020, hard-way-2025, hightower-2025, kubeadm, one-node, blank",
        "hard-way-1999",
    )]);
}

#[test]
fn a_service_cidr_without_a_first_address_is_refused() {
    let with = |cidr: &str| json!({"preset": "hard-way-2020", "serviceCidr": cidr});
    for bad in ["", "10.96.0.0", "10.96.0.0/33", "0.0.0.0/0", "x/24"] {
        refused(&[(
            with(bad),
            "invalid-cidr",
            "serviceCidr",
            "a network with room for addresses, such as 10.96.0.0/24",
            bad,
        )]);
    }
    refused(&[
        (
            with("10.96.0.1/24"),
            "cidr-host-bits",
            "serviceCidr",
            "10.96.0.0/24",
            "10.96.0.1/24",
        ),
        (
            with("::ffff:10.96.0.0/120"),
            "mapped-address",
            "serviceCidr",
            "10.96.0.0/24",
            "::ffff:10.96.0.0/120",
        ),
        (
            with("10.96.0.0/32"),
            "cidr-without-room",
            "serviceCidr",
            "a network of at least eight addresses, such as 10.96.0.0/24",
            "10.96.0.0/32",
        ),
        (
            with("10.96.0.0/16,10.97.0.0/16"),
            "cidr-families",
            "serviceCidr",
            "one network, or one IPv4 and one IPv6 network, such as 10.96.0.0/16,fd00:96::/112",
            "10.96.0.0/16,10.97.0.0/16",
        ),
    ]);
    accepted(&[
        with("10.96.0.0/12"),
        with("fd00:96::/112"),
        with("10.96.0.0/29"),
        with("10.96.0.0/16,fd00:96::/112"),
    ]);
}

#[test]
fn a_validity_outside_one_day_to_a_hundred_years_is_refused() {
    let with = |days: i64| json!({"preset": "hard-way-2020", "validityDays": days});
    for days in [0, -1, 36_501, i64::MAX, i64::MIN] {
        let found = days.to_string();
        refused(&[(
            with(days),
            "invalid-validity",
            "validityDays",
            "1 to 36500 days",
            &found,
        )]);
    }
    accepted(&[with(1), with(36_500)]);
}

#[test]
fn a_certificate_that_would_outlive_the_year_9999_is_not_made() {
    let last_second = 253_402_300_799;
    let until = |now: i64| {
        let plan = seed_plan();
        let keys = fixed_keys(&plan);
        Pki::issue(plan, keys, timestamp(now), &mut rng(1))
            .map(|pki| pki.issued("ca").unwrap().not_after.rfc3339())
    };
    assert_eq!(
        until(last_second - 1000 * 86_400).unwrap(),
        "9999-12-31T23:59:59Z"
    );
    let refused = until(last_second - 1000 * 86_400 + 1).unwrap_err();
    assert_eq!(
        facts(&refused),
        [
            "validity-past-year-9999",
            "validityDays",
            "an end before the year 10000",
            "1000"
        ]
    );
    assert!(hardway::Timestamp::from_unix(last_second + 1).is_none());
}
