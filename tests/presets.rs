//! Every preset, with its own nodes and as a highly available cluster: by openssl and Go.

mod common;

use base64ct::{Base64, Encoding};
use common::handshake::{End, every_connection, make, of_connection};
use common::request::requests;
use common::{NOW, Unpacked, contents, foreign_pki_of, openssl, pki_of, presets};
use hardway::{ConfigurationKind, KeyAlgorithm};
use serde_norway::Value;

#[test]
fn openssl_accepts_every_file_of_every_preset_and_refuses_other_purposes_and_names() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        let bundle = Unpacked::native(&pki);
        openssl::purposes(&bundle, pki.plan(), NOW);
        openssl::names(&bundle, pki.plan(), NOW);
        openssl::keys(&bundle, pki.plan());
        openssl::contents(&bundle, pki.plan());
        openssl::serials(&bundle, pki.plan());
        openssl::validity(&bundle, pki.plan(), NOW);
        requests(&bundle, pki.plan());
    }
}

#[test]
fn go_makes_every_connection_of_every_preset_by_every_name_that_it_dials() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        every_connection(&Unpacked::native(&pki), pki.plan(), NOW);
    }
}

#[test]
fn no_connection_of_any_preset_is_made_with_a_certificate_of_a_foreign_cluster_or_by_another_name()
{
    let others = presets::own_with(KeyAlgorithm::EcdsaP256);
    for (plan, other) in presets::own().into_iter().zip(others) {
        let (pki, foreign) = (pki_of(plan, NOW, 1), foreign_pki_of(other, NOW));
        let (own, foreign) = (Unpacked::native(&pki), Unpacked::native(&foreign));
        for connection in &pki.plan().connections {
            let good = of_connection(&own, connection).remove(0);
            let bad = of_connection(&foreign, connection).remove(0);
            let mut impostor = good.clone();
            (impostor.server.certificate, impostor.server.key) =
                (bad.server.certificate, bad.server.key);
            let mut misled = good.clone();
            "elsewhere.example".clone_into(&mut misled.host);
            let mut intruder = good.clone();
            (intruder.client.certificate, intruder.client.key) =
                (bad.client.certificate, bad.client.key);
            let [good, impostor, misled, intruder] = make(NOW, &[good, impostor, misled, intruder])
                .try_into()
                .unwrap();

            assert_eq!((&*good.client, &*good.server), ("", ""));
            let foreign = "x509: certificate signed by unknown authority";
            assert!(impostor.client.contains(foreign), "{impostor:?}");
            let nameless = misled.client.contains("x509: certificate is valid for ")
                || misled
                    .client
                    .contains("x509: certificate is not valid for any names");
            assert!(nameless, "{misled:?}");
            // A pod shows a token, of which TLS knows nothing.
            if connection.client.certificate.is_some() {
                assert!(intruder.server.contains(foreign), "{intruder:?}");
                assert_eq!(intruder.user, "");
            }
        }
    }
}

#[test]
fn a_client_of_one_authority_is_refused_where_another_is_trusted() {
    let plan = presets::own().remove(3);
    let pki = pki_of(plan, NOW, 1);
    let bundle = Unpacked::native(&pki);
    let to_etcd = "kube-apiserver@control-plane-1/etcd@control-plane-1";
    let connection = pki.plan().connections.iter().find(|c| c.id == to_etcd);
    let mut handshake = of_connection(&bundle, connection.unwrap()).remove(0);
    // admin may do everything at kube-apiserver, and nothing at etcd.
    handshake.client = End::default()
        .show(&bundle, "admin")
        .trust(&bundle, "etcd/ca");
    let outcome = make(NOW, &[handshake.clone()]).remove(0);
    assert_eq!(
        outcome.server,
        "tls: failed to verify certificate: x509: certificate signed by unknown authority"
    );
    handshake.client = End::default()
        .show(&bundle, "apiserver-etcd-client")
        .trust(&bundle, "ca");
    let outcome = make(NOW, &[handshake]).remove(0);
    assert_eq!(
        outcome.client,
        "tls: failed to verify certificate: x509: certificate signed by unknown authority"
    );
}

#[test]
fn every_bundle_holds_what_its_plan_says() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        let (bundle, plan) = (Unpacked::native(&pki), pki.plan());
        contents::files(&bundle, plan);
        contents::modes(&bundle);
        contents::checksums(&bundle);
        contents::readme(&bundle, plan);
        contents::kubeconfigs(&bundle, plan);
        contents::node_folders(&bundle, plan);
    }
}

#[test]
fn the_rights_are_given_to_whom_the_kubelets_really_see() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        let plan = pki.plan();
        let text = Unpacked::native(&pki).text("config/kube-apiserver-to-kubelet.yaml");
        let documents: Vec<Value> = serde_norway::Deserializer::from_str(&text)
            .map(|document| serde::Deserialize::deserialize(document).unwrap())
            .collect();
        let [role, binding] = &documents[..] else {
            panic!("two documents are wanted: {text}")
        };
        assert_eq!(role["kind"], "ClusterRole");
        assert_eq!(role["apiVersion"], "rbac.authorization.k8s.io/v1");
        assert_eq!(role["rules"][0]["resources"][0], "nodes/proxy");
        assert_eq!(binding["roleRef"]["name"], role["metadata"]["name"]);
        assert_eq!(binding["subjects"][0]["kind"], "User");
        let mut calls = plan.connections.iter();
        let call = calls
            .find(|call| call.kind == "kube-apiserver/kubelet")
            .unwrap();
        let client = plan
            .certificate(call.client.certificate.as_ref().unwrap())
            .unwrap();
        let user = client.value(hardway::Attribute::CommonName);
        assert_eq!(binding["subjects"][0]["name"], user);
    }
}

#[test]
fn the_encryption_key_of_every_preset_that_has_one_has_32_bytes_and_is_new_each_time() {
    let mut presets = Vec::new();
    for plan in presets::own() {
        let mut kinds = plan.configurations.iter().map(|one| one.kind);
        if !kinds.any(|kind| kind == ConfigurationKind::Encryption) {
            continue;
        }
        let key = |seed| {
            let text = Unpacked::native(&pki_of(plan.clone(), NOW, seed))
                .text("config/encryption-config.yaml");
            let yaml: Value = serde_norway::from_str(&text).unwrap();
            assert_eq!(yaml["apiVersion"], "apiserver.config.k8s.io/v1");
            assert_eq!(yaml["kind"], "EncryptionConfiguration");
            assert_eq!(yaml["resources"][0]["resources"][0], "secrets");
            let providers = &yaml["resources"][0]["providers"];
            let secret = &providers[0]["aescbc"]["keys"][0]["secret"];
            Base64::decode_vec(secret.as_str().unwrap()).unwrap()
        };
        assert_eq!(key(1).len(), 32);
        assert_eq!(key(1), key(1));
        assert_ne!(key(1), key(2));
        presets.push(plan.cluster.preset.clone());
    }
    let guides = [
        "hard-way-2020",
        "hard-way-2025",
        "hightower-2025",
        "one-node",
    ];
    assert_eq!(presets, guides);
}
