//! Every TLS connection of the plan, made by Go at both ends: the components are Go programs.

mod common;

use common::handshake::{End, Handshake, Outcome, every_connection, make, of_connection};
use common::{NOW, Unpacked, foreign_pki, pki, pki_of, plan_of};
use hardway::Plan;

const KUBECTL: &str = "kubectl/kube-apiserver@master-1";
const TO_ETCD: &str = "kube-apiserver@master-1/etcd@master-2";

#[test]
fn every_connection_of_the_seed_s_cluster_succeeds_by_every_name_that_it_dials() {
    let pki = pki();
    every_connection(&Unpacked::native(&pki), pki.plan(), NOW);
}

#[test]
fn every_connection_of_an_ipv6_cluster_without_a_load_balancer_succeeds() {
    let plan = plan_of(
        r#"{"preset": "hard-way-2020", "name": "six", "serviceCidr": "fd00:96::/112", "nodes": [
            {"name": "cp", "role": "control-plane", "addresses": ["fd00::11", "10.0.0.11"]},
            {"name": "w.example", "role": "worker", "addresses": ["fd00::21"]}]}"#,
    );
    let pki = pki_of(plan, NOW, 1);
    every_connection(&Unpacked::native(&pki), pki.plan(), NOW);
}

#[test]
fn the_certificates_hold_from_five_minutes_before_to_a_thousand_days_after_and_not_a_second_longer()
{
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    let (first, last) = (NOW - 300, NOW + 1000 * 86_400);
    let kubectl = &handshakes(&bundle, pki.plan(), KUBECTL)[..1];
    for good in [first, last] {
        assert_eq!(make(good, kubectl)[0].client, "");
    }
    assert_eq!(
        make(first - 1, kubectl)[0].client,
        "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: \
         current time 2026-11-22T23:54:59Z is before 2026-11-22T23:55:00Z"
    );
    assert_eq!(
        make(last + 1, kubectl)[0].client,
        "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: \
         current time 2029-08-19T00:00:01Z is after 2029-08-19T00:00:00Z"
    );
}

#[test]
fn an_address_that_is_not_in_the_certificate_is_refused_with_the_ones_that_are() {
    let refused = dialled(KUBECTL, "192.168.5.13");
    assert_eq!(
        refused.client,
        "tls: failed to verify certificate: x509: certificate is valid for 10.96.0.1, 192.168.5.11, 192.168.5.12, \
         192.168.5.30, 127.0.0.1, not 192.168.5.13"
    );
    assert_eq!(refused.server, "remote error: tls: bad certificate");
}

#[test]
fn a_name_that_is_not_in_the_certificate_is_refused_with_the_ones_that_are() {
    assert_eq!(
        dialled(KUBECTL, "server.kubernetes.local").client,
        "tls: failed to verify certificate: x509: certificate is valid for kubernetes, kubernetes.default, \
         kubernetes.default.svc, kubernetes.default.svc.cluster.local, not server.kubernetes.local"
    );
}

#[test]
fn a_name_at_a_listener_that_has_addresses_only_is_refused() {
    assert_eq!(
        dialled(TO_ETCD, "master-2").client,
        "tls: failed to verify certificate: x509: certificate is not valid for any names, \
         but wanted to match master-2"
    );
}

#[test]
fn a_client_of_a_foreign_authority_of_the_same_name_is_refused() {
    let (pki, foreign) = (pki(), foreign_pki(NOW));
    let (bundle, foreign) = (Unpacked::native(&pki), Unpacked::native(&foreign));
    for id in [KUBECTL, TO_ETCD] {
        let mut handshake = handshakes(&bundle, pki.plan(), id).remove(0);
        let own = handshake.client.certificate.file_stem().unwrap();
        handshake.client = handshake
            .client
            .clone()
            .show(&foreign, own.to_str().unwrap());
        let outcome = make(NOW, &[handshake]).remove(0);
        assert_eq!(
            outcome.server,
            "tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of \
             \"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"KUBERNETES-CA\")"
        );
        assert_eq!(
            outcome.client,
            "remote error: tls: unknown certificate authority"
        );
        assert_eq!(outcome.user, "");
    }
}

#[test]
fn a_server_of_a_foreign_authority_of_the_same_name_is_refused() {
    let (pki, foreign) = (pki(), foreign_pki(NOW));
    let (bundle, foreign) = (Unpacked::native(&pki), Unpacked::native(&foreign));
    let mut handshake = handshakes(&bundle, pki.plan(), KUBECTL).remove(0);
    handshake.server = handshake.server.show(&foreign, "kube-apiserver");
    let outcome = make(NOW, &[handshake]).remove(0);
    assert_eq!(
        outcome.client,
        "tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of \
         \"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"KUBERNETES-CA\")"
    );
}

#[test]
fn a_client_without_a_certificate_is_refused() {
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    let mut handshake = handshakes(&bundle, pki.plan(), TO_ETCD).remove(0);
    handshake.client = End::default().trust(&bundle, "ca");
    let outcome = make(NOW, &[handshake]).remove(0);
    assert_eq!(outcome.server, "tls: client didn't provide a certificate");
    assert_eq!(outcome.client, "remote error: tls: certificate required");
}

#[test]
fn a_server_that_shows_a_client_s_certificate_is_refused_since_it_names_no_host() {
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    let mut handshake = handshakes(&bundle, pki.plan(), KUBECTL).remove(0);
    handshake.server = handshake.server.show(&bundle, "admin");
    let refused = make(NOW, &[handshake]).remove(0).client;
    // Go looks at the name before the usage.
    assert_eq!(
        refused,
        "tls: failed to verify certificate: x509: cannot validate certificate for 192.168.5.30 \
         because it doesn't contain any IP SANs"
    );
}

/// The connection with another host than the plan's.
fn dialled(id: &str, host: &str) -> Outcome {
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    let mut handshake = handshakes(&bundle, pki.plan(), id).remove(0);
    host.clone_into(&mut handshake.host);
    make(NOW, &[handshake]).remove(0)
}

fn handshakes(bundle: &Unpacked, plan: &Plan, id: &str) -> Vec<Handshake> {
    let connection = plan.connections.iter().find(|c| c.id == id);
    of_connection(
        bundle,
        connection.unwrap_or_else(|| panic!("the plan has no connection {id}")),
    )
}
