//! The verdicts of `hardway::verify` against Go's own, on every connection of every preset and on each broken in many ways.

mod common;

use std::fs;

use common::handshake::{Handshake, make, of_connection};
use common::{NOW, Unpacked, foreign_pki, pki_of, presets};
use hardway::Plan;
use hardway::verify::{self, End, Outcome};
use rsa::pkcs8::der::pem;

const DAY: i64 = 86_400;

#[test]
fn every_connection_of_every_preset_is_accepted_as_go_accepts_it() {
    for plan in presets::own()
        .into_iter()
        .chain(presets::highly_available())
    {
        let bundle = bundle(plan.clone());
        let handshakes = all(&bundle, &plan);
        let judged = compared(NOW, &handshakes);
        assert!(judged.iter().all(|outcome| *outcome == Outcome::default()));
    }
}

#[test]
fn a_clock_that_is_wrong_is_refused_in_go_s_words() {
    for plan in presets::own() {
        let bundle = bundle(plan.clone());
        let handshakes = all(&bundle, &plan);
        for now in [
            NOW - 301,
            NOW - 300,
            NOW + 100 * DAY,
            NOW + 1000 * DAY + 1,
            NOW + 40_000 * DAY,
        ] {
            let judged = compared(now, &handshakes);
            if now == NOW - 301 {
                assert!(
                    judged
                        .iter()
                        .all(|one| one.client.contains("is not yet valid: current time"))
                );
            }
        }
    }
}

#[test]
fn any_other_name_or_address_is_refused_in_go_s_words() {
    let hosts = [
        "192.0.2.1",
        "fd00::1",
        "::ffff:192.0.2.1",
        "other.example",
        "kubernetes",
        "KUBERNETES",
        "kubernetes.default.svc.",
        "a_b",
        "-a",
        "a..b",
        "*",
        "[127.0.0.1]",
        "127.0.0.1",
        "localhost",
    ];
    for plan in presets::own() {
        let bundle = bundle(plan.clone());
        let mut handshakes = Vec::new();
        for host in hosts {
            for mut one in all(&bundle, &plan) {
                one.host = host.to_owned();
                handshakes.push(one);
            }
        }
        let judged = compared(NOW, &handshakes);
        assert!(
            judged
                .iter()
                .any(|one| one.client.contains("certificate is valid for"))
        );
    }
}

#[test]
fn whoever_shows_another_s_certificate_is_refused_or_let_in_as_go_does() {
    for plan in presets::own() {
        let bundle = bundle(plan.clone());
        let certified: Vec<_> = plan.certified().map(|planned| planned.id.clone()).collect();
        let mut handshakes = Vec::new();
        for connection in plan.connections.iter().take(12) {
            let one = of_connection(&bundle, connection).remove(0);
            for id in &certified {
                let mut client = one.clone();
                client.client = client.client.show(&bundle, id);
                let mut server = one.clone();
                server.server = server.server.show(&bundle, id);
                let mut trust = one.clone();
                trust.client = trust.client.trust(&bundle, id);
                handshakes.extend([client, server, trust]);
            }
        }
        let judged = compared(NOW, &handshakes);
        assert!(judged.iter().any(|one| !one.client.is_empty()));
    }
}

#[test]
fn an_authority_of_the_same_name_is_refused_at_both_ends_in_go_s_words() {
    let plan = common::seed_plan();
    let own = bundle(plan.clone());
    let foreign = Unpacked::native(&foreign_pki(NOW));
    let mut handshakes = Vec::new();
    for connection in &plan.connections {
        let one = of_connection(&own, connection).remove(0);
        let (mut client, mut server) = (one.clone(), one.clone());
        if let Some(id) = &connection.client.certificate {
            client.client = client.client.show(&foreign, id);
        }
        server.server = server.server.show(&foreign, &connection.server.certificate);
        handshakes.extend([client, server]);
    }
    let judged = compared(NOW, &handshakes);
    assert!(
        judged
            .iter()
            .any(|one| one.server.contains("crypto/rsa: verification error"))
    );
    assert!(
        judged
            .iter()
            .any(|one| one.client.contains("crypto/rsa: verification error"))
    );
}

fn bundle(plan: Plan) -> Unpacked {
    Unpacked::native(&pki_of(plan, NOW, 1))
}

fn all(bundle: &Unpacked, plan: &Plan) -> Vec<Handshake> {
    let connections = plan.connections.iter();
    connections
        .flat_map(|one| of_connection(bundle, one))
        .collect()
}

/// Our verdicts, after Go has said the same of each.
fn compared(now: i64, handshakes: &[Handshake]) -> Vec<Outcome> {
    let judged: Vec<_> = handshakes.iter().map(|one| ours(now, one)).collect();
    for ((theirs, ours), one) in make(now, handshakes).iter().zip(&judged).zip(handshakes) {
        assert_eq!(
            (&theirs.client, &theirs.server),
            (&ours.client, &ours.server),
            "{one:?}"
        );
    }
    judged
}

fn ours(now: i64, one: &Handshake) -> Outcome {
    let end = |end: &common::handshake::End| End {
        chain: der(&end.certificate).into_iter().collect(),
        key: None,
        roots: der(&end.authority).map(|root| vec![root]),
    };
    verify::handshake(&verify::Handshake {
        host: one.host.clone(),
        now,
        client: end(&one.client),
        server: end(&one.server),
        requires: true,
    })
}

fn der(path: &std::path::Path) -> Option<Vec<u8>> {
    let text = fs::read(path).ok()?;
    Some(pem::decode_vec(&text).unwrap().1)
}
