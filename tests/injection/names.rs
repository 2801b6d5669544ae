//! Names that do harm, and plans that are full of them.

use std::collections::BTreeMap;

use hardway::{Attribute, Cluster, PRESETS, Plan, PlannedName, ServerName};
use serde_json::json;

use crate::common::plan_of;

/// Whoever runs one of these makes a file `canary`; whoever cuts at the wrong place makes one as well, or another document.
pub(crate) const HOSTILE: [&str; 26] = [
    "$(touch canary)",
    "`touch canary`",
    "'; touch canary; '",
    "\"; touch canary; \"",
    "; touch canary #",
    "| touch canary",
    "&& touch canary",
    "a\ntouch canary\n",
    "a\rtouch canary",
    "TABLE\ntouch canary\n",
    "EOF\ntouch canary\n",
    "-e touch canary",
    "--help",
    "../../../canary",
    "/canary",
    "%s%n%x",
    "<script>touch('canary')</script>",
    "]]><svg onload=\"touch()\"/>",
    "\u{202e}txt.yranac\u{202c}",
    "a\u{0}b",
    "=cmd|' /C touch canary'!A1",
    "key: value\n- item",
    "*alias &anchor !!tag",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:canary",
    "{{ touch }} ${touch} %{touch}",
    "\\",
];

/// Those that may stand in a description's subjects.
pub(crate) fn valid() -> Vec<&'static str> {
    let passes = |text: &&str| {
        let description =
            json!({"preset": "hard-way-2020", "certificates": {"admin": {"commonName": text}}});
        Cluster::parse(&description.to_string().parse().unwrap()).is_ok()
    };
    HOSTILE.into_iter().filter(passes).collect()
}

/// Every preset with hostile users and groups, of those that pass.
pub(crate) fn validated() -> Vec<Plan> {
    let valid = valid();
    assert!((12..HOSTILE.len()).contains(&valid.len()), "{valid:?}");
    let mut plans = Vec::new();
    for (nth, preset) in PRESETS.iter().enumerate() {
        let own = plan_of(&json!({"preset": preset.id}).to_string());
        let mut changes = BTreeMap::new();
        for (place, planned) in own
            .certificates
            .iter()
            .enumerate()
            .filter(|(_, one)| one.kind.is_certified())
        {
            let value = |n: usize| valid[(nth * 7 + place * 2 + n) % valid.len()];
            let group = if planned.kind.is_authority() {
                None
            } else {
                Some(value(1))
            };
            changes.insert(
                planned.id.clone(),
                json!({"commonName": value(0), "organization": group}),
            );
        }
        let subject = json!({"O": valid[nth], "OU": valid[nth + 1], "L": valid[nth + 2]});
        plans.push(plan_of(
            &json!({"preset": preset.id, "keyAlgorithm": "ecdsa-p256", "certificates": changes, "authoritySubject": subject}).to_string(),
        ));
    }
    plans
}

/// A plan whose subjects and names are as no description could have them: what somebody else's certificates may hold.
pub(crate) fn unvalidated(nth: usize) -> Plan {
    let mut plan = plan_of(
        &json!({"preset": PRESETS[nth % PRESETS.len()].id, "keyAlgorithm": "ecdsa-p256"})
            .to_string(),
    );
    for (place, planned) in plan.certificates.iter_mut().enumerate() {
        let value = |n: usize| HOSTILE[(nth * 5 + place * 3 + n) % HOSTILE.len()].to_owned();
        // Two of three, so that something is recognised.
        if place % 3 != nth % 3 {
            for (n, part) in planned.subject.iter_mut().enumerate() {
                if part.attribute != Attribute::Country {
                    part.value = value(n);
                }
            }
        }
        if planned.kind.is_server() && value(9).is_ascii() {
            planned.names.push(PlannedName {
                name: ServerName::Dns(value(9)),
                diallers: Vec::new(),
                reason: None,
            });
        }
    }
    plan
}
