//! The example `verdicts`, and what it says of bundles that are whole and of bundles that are not.

mod common;

use std::fs;

use common::command::{example, run};
use common::{NOW, Unpacked, foreign_pki, pki_of, presets, seed_plan, today};
use hardway::Pki;
use hardway::Plan;
use hardway::verify::{Evidence, Side, Verdict, Verifier, escaped, front_proxy};

#[test]
fn every_connection_of_every_preset_is_verified_and_says_as_whom() {
    for plan in presets::own()
        .into_iter()
        .chain(presets::highly_available())
    {
        for verdict in verdicts(&pki(&plan, NOW), NOW) {
            assert_eq!(verdict.side, None, "{verdict:?}");
            let connection = plan
                .connections
                .iter()
                .find(|one| one.id == verdict.connection)
                .unwrap();
            let at_etcd = connection.listener.kind == hardway::ComponentKind::Etcd;
            assert_eq!(verdict.identity.is_none(), at_etcd, "{verdict:?}");
            assert!(!verdict.identity.is_some_and(|identity| identity.nobody));
            let checks = verdict.server.iter().chain(&verdict.client);
            assert!(
                checks.clone().count() >= 6 && checks.clone().all(|check| check.held == Some(true))
            );
        }
    }
}

#[test]
fn a_scheduler_whose_name_has_a_slip_is_authenticated_but_nobody() {
    let plan = common::plan_of(
        r#"{"preset": "hard-way-2020", "certificates": {"kube-scheduler": {"commonName": "system:kube-schedular"}}}"#,
    );
    let verdicts = verdicts(&pki(&plan, NOW), NOW);
    let found = verdicts
        .iter()
        .find(|one| one.connection.starts_with("kube-scheduler@"))
        .unwrap();
    let identity = found.identity.as_ref().unwrap();
    assert_eq!(
        (found.side, identity.user.as_str()),
        (None, "system:kube-schedular")
    );
    assert!(identity.may.en.contains("nobody"));
}

#[test]
fn an_expired_set_is_refused_by_every_client_and_a_foreign_client_by_the_server() {
    let plan = seed_plan();
    let pki = pki(&plan, NOW);
    let late = verdicts(&pki, NOW + 1001 * 86_400);
    assert!(
        late.iter()
            .all(|one| one.side == Some(Side::Client) && one.text.contains("has expired"))
    );
    let mut evidence = Evidence::of(&pki).unwrap();
    let foreign = foreign_pki(NOW);
    evidence.insert_certificate(
        "admin",
        foreign.issued("admin").unwrap().certificate.clone(),
    );
    let refused = Verifier::new(&plan, &evidence, NOW)
        .verdicts()
        .collect::<Vec<_>>();
    let kubectl = refused
        .iter()
        .find(|one| one.connection.starts_with("kubectl/"))
        .unwrap();
    assert_eq!(
        (kubectl.side, kubectl.text.as_str()),
        (
            Some(Side::Client),
            "tls: private key does not match public key"
        )
    );
    evidence.insert_key(
        "admin",
        foreign
            .keys()
            .of("admin")
            .unwrap()
            .to_public_key_der()
            .unwrap(),
    );
    let refused = Verifier::new(&plan, &evidence, NOW)
        .verdicts()
        .collect::<Vec<_>>();
    let kubectl = refused
        .iter()
        .find(|one| one.connection.starts_with("kubectl/"))
        .unwrap();
    assert_eq!(
        (kubectl.side, kubectl.other.as_str()),
        (
            Some(Side::Server),
            "error: You must be logged in to the server (Unauthorized)"
        )
    );
    assert!(
        kubectl.text.starts_with("verifying certificate SN=")
            && kubectl
                .text
                .contains("failed: x509: certificate signed by unknown authority"),
        "{}",
        kubectl.text
    );
}

#[test]
fn the_example_says_ok_of_a_whole_bundle_names_what_is_broken_and_reads_nothing_else() {
    let plan = seed_plan();
    let bundle = Unpacked::native(&pki(&plan, today()));
    fs::write(bundle.root.join("description.json"), common::SEED_CLUSTER).unwrap();
    let said = run(example("verdicts").arg(&bundle.root)).succeeded();
    assert_eq!(said.lines().count(), plan.connections.len());
    assert!(
        said.lines()
            .all(|line| line.split('\t').nth(1) == Some("ok"))
    );
    let verdicts = |bundle: &Unpacked| {
        let output = example("verdicts").arg(&bundle.root).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let of_etcd = |said: &str, text: &str| {
        let mut broken = said
            .lines()
            .filter(|line| line.contains("@master-1/etcd@"))
            .peekable();
        broken.peek().is_some() && broken.all(|line| line.contains(text))
    };
    fs::copy(bundle.pki("admin.crt"), bundle.pki("etcd-server.crt")).unwrap();
    let (code, said) = verdicts(&bundle);
    // Whoever dials has the same pair, and does not get so far.
    assert!(
        of_etcd(
            &said,
            "\tclient\ttls: private key does not match public key"
        ),
        "{said}"
    );
    assert_eq!(code, Some(1));
    fs::copy(bundle.pki("admin.key"), bundle.pki("etcd-server.key")).unwrap();
    let (code, said) = verdicts(&bundle);
    assert!(
        of_etcd(&said, "\tclient\ttls: failed to verify certificate: x509: "),
        "{said}"
    );
    assert_eq!(code, Some(1));
    fs::remove_file(bundle.pki("ca.crt")).unwrap();
    assert_eq!(
        example("verdicts")
            .arg(&bundle.root)
            .output()
            .unwrap()
            .status
            .code(),
        Some(2)
    );
}

fn pki(plan: &Plan, now: i64) -> Pki {
    pki_of(plan.clone(), now, 1)
}

fn verdicts(pki: &Pki, now: i64) -> Vec<Verdict> {
    let evidence = Evidence::of(pki).unwrap();
    Verifier::new(pki.plan(), &evidence, now)
        .verdicts()
        .collect()
}

#[test]
fn the_front_proxy_is_believed_under_its_allowed_name_alone() {
    let plan = common::plan_of(r#"{"preset": "kubeadm", "keyAlgorithm": "rsa-2048"}"#);
    let pki = pki(&plan, NOW);
    let der = |id: &str| pki.issued(id).unwrap().certificate.clone();
    let proxy =
        |id: &str, allowed: &[&str]| front_proxy(&der(id), &der("front-proxy-ca"), allowed, NOW);
    assert_eq!(proxy("front-proxy-client", &["front-proxy-client"]), Ok(()));
    assert_eq!(proxy("front-proxy-client", &[]), Ok(()));
    let refused = "x509: subject with cn=front-proxy-client is not in the allowed list";
    assert_eq!(
        proxy("front-proxy-client", &["aggregator"]),
        Err(refused.to_owned())
    );
    let other = proxy("apiserver-kubelet-client", &[]).unwrap_err();
    assert!(
        other.starts_with("x509: certificate signed by unknown authority"),
        "{other}"
    );
}

#[test]
fn a_peer_of_etcd_has_to_call_from_an_address_of_its_certificate() {
    let plan = common::plan_of(r#"{"preset": "kubeadm", "keyAlgorithm": "rsa-2048"}"#);
    let moved = common::plan_of(
        r#"{"preset": "kubeadm", "keyAlgorithm": "rsa-2048", "nodes": [
            {"name": "a", "role": "control-plane", "addresses": ["10.0.0.1"]},
            {"name": "b", "role": "control-plane", "addresses": ["10.0.0.2"]}]}"#,
    );
    assert!(!plan.connections.is_empty());
    let pki = pki(&moved, NOW);
    let peers = |verdicts: Vec<Verdict>| {
        verdicts
            .into_iter()
            .find(|one| one.connection == "etcd@a/etcd@b")
            .unwrap()
    };
    let good = peers(verdicts(&pki, NOW));
    assert_eq!(good.side, None, "{good:?}");
    assert_eq!(good.client.last().unwrap().expected, "10.0.0.1");
    // b shows its own certificate to a caller that comes from a's address.
    let mut evidence = Evidence::of(&pki).unwrap();
    let key = pki
        .keys()
        .of("b/etcd/peer")
        .unwrap()
        .to_public_key_der()
        .unwrap();
    evidence.insert_certificate(
        "a/etcd/peer",
        pki.issued("b/etcd/peer").unwrap().certificate.clone(),
    );
    evidence.insert_key("a/etcd/peer", key);
    let bad = peers(Verifier::new(&moved, &evidence, NOW).verdicts().collect());
    assert_eq!(bad.side, Some(Side::Server), "{bad:?}");
    assert!(
        bad.text.contains("10.0.0.1")
            && (bad.text.starts_with("x509: certificate is valid for")
                || bad
                    .text
                    .starts_with("tls: \"10.0.0.1\" does not match any of DNSNames [")),
        "{bad:?}"
    );
    assert_eq!(bad.other, "EOF");
    assert!(bad.log.unwrap().starts_with(
        r#"{"level":"warn","msg":"rejected connection","remote-addr":"10.0.0.1","error":"#
    ));
}

#[test]
fn of_ten_thousand_names_and_odd_ones_a_line_stays_a_line() {
    assert_eq!(escaped("a\tb\nc\u{202e}d"), "a\\tb\\nc\\u202ed");
    assert_eq!(escaped("größe 証明"), "größe 証明");
}
