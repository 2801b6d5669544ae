//! Clusters whose keys are not the guide's RSA-2048: read by openssl, used by Go, verified by their own scripts.

mod common;

use std::fs;

use common::command::{Tool, run};
use common::handshake::every_connection;
use common::openssl::{contents, extensions, keys, names, purposes, show};
use common::{NOW, Unpacked, plan_of, rng, timestamp, today};
use hardway::{DecodedCertificate, Issuance, Keys, Pki, Plan};

#[test]
fn openssl_and_go_accept_a_cluster_of_every_algorithm() {
    for (algorithm, _) in ALGORITHMS {
        let pki = pki(algorithm, NOW);
        let bundle = Unpacked::native(&pki);
        contents(&bundle, pki.plan());
        keys(&bundle, pki.plan());
        names(&bundle, pki.plan(), NOW);
        purposes(&bundle, pki.plan(), NOW);
        every_connection(&bundle, pki.plan(), NOW);
    }
}

#[test]
fn verify_sh_accepts_a_cluster_of_every_algorithm() {
    for (algorithm, _) in ALGORITHMS {
        let bundle = Unpacked::native(&pki(algorithm, today()));
        run(Tool::Dash.command().arg(bundle.root.join("verify.sh"))).succeeded();
    }
}

#[test]
fn the_bundle_s_openssl_commands_make_the_same_certificates_with_every_algorithm() {
    for (algorithm, _) in ALGORITHMS {
        let pki = pki(algorithm, NOW);
        let (bundle, by_hand) = (Unpacked::native(&pki), Unpacked::native(&pki));
        for file in by_hand
            .files()
            .iter()
            .filter(|file| file.starts_with("pki/"))
        {
            fs::remove_file(by_hand.root.join(file)).unwrap();
        }
        run(Tool::Dash
            .command()
            .arg(bundle.root.join("openssl/make.sh"))
            .current_dir(by_hand.root.join("pki")))
        .succeeded();
        contents(&by_hand, pki.plan());
        keys(&by_hand, pki.plan());
        for planned in &pki.plan().certificates {
            let id = &planned.id;
            assert_eq!(extensions(&bundle, id), extensions(&by_hand, id));
            assert_eq!(
                show(&bundle, id, &["-subject", "-issuer"]),
                show(&by_hand, id, &["-subject", "-issuer"])
            );
        }
    }
}

#[test]
fn a_certificate_says_its_algorithm_in_words() {
    for (algorithm, words) in ALGORITHMS {
        let pki = pki(algorithm, NOW);
        let ca = DecodedCertificate::from_der(&pki.issued("ca").unwrap().certificate).unwrap();
        assert_eq!(ca.key_algorithm, words);
    }
}

#[test]
fn the_order_in_which_keys_arrive_changes_no_certificate() {
    let plan = plan(ALGORITHMS[0].0);
    let whole = pki(ALGORITHMS[0].0, NOW);
    let mut issuance =
        Issuance::begin(plan.clone(), Keys::default(), timestamp(NOW), &mut rng(1)).unwrap();
    for (i, planned) in plan.certificates.iter().enumerate().rev() {
        let key = whole
            .keys()
            .of(&planned.id)
            .unwrap()
            .to_pkcs8_der()
            .unwrap();
        let key = hardway::PrivateKey::from_pkcs8_der(key.as_bytes(), &planned.id).unwrap();
        // One in two comes with the request that it signed where it was made.
        let request = (i % 2 == 0).then(|| planned.request(&key).unwrap());
        issuance.add(&planned.id, key, request).unwrap();
        issuance.sign().unwrap();
    }
    let pki = issuance.finish().unwrap();
    for (planned, issued) in pki.iter() {
        let other = whole.issued(&planned.id).unwrap();
        assert_eq!(issued.certificate, other.certificate, "{}", planned.id);
        assert_eq!(issued.request_pem, other.request_pem, "{}", planned.id);
    }
}

#[test]
fn nothing_is_finished_before_everything_is_signed() {
    let plan = plan(ALGORITHMS[0].0);
    let now = timestamp(NOW);
    let empty = Issuance::begin(plan.clone(), Keys::default(), now, &mut rng(1)).unwrap();
    let missing = hardway::Error::KeyMissing { id: "ca".into() };
    assert_eq!(empty.finish().map(drop), Err(missing));
    let keys = Keys::generate(&plan, &mut rng(4)).unwrap();
    let unsigned = Issuance::begin(plan, keys, now, &mut rng(1)).unwrap();
    assert_eq!(unsigned.finish().map(drop), Err(hardway::Error::NotIssued));
}

#[test]
fn keys_made_ahead_follow_a_changed_plan_as_far_as_they_fit() {
    let before = plan("ecdsa-p256");
    let after = plan_of(
        r#"{"preset": "hard-way-2020", "keyAlgorithm": "ecdsa-p256", "nodes": [
            {"name": "master-1", "role": "control-plane", "addresses": ["10.0.0.11"]},
            {"name": "blue", "role": "worker", "addresses": ["10.0.0.21"]}]}"#,
    );
    let mut keys = Keys::generate(&before, &mut rng(4)).unwrap();
    for planned in &before.certificates {
        let request = planned.request(keys.of(&planned.id).unwrap()).unwrap();
        keys.insert_request(&planned.id, request).unwrap();
    }
    let admin = keys.of("admin").unwrap().to_pkcs8_pem().unwrap();
    let workers = ["worker-1", "worker-2"].map(|id| keys.of(id).unwrap().to_pkcs8_pem().unwrap());
    keys.fit(&before, &after);
    assert_eq!(keys.missing(&after).count(), 0);
    assert_eq!(keys.of("admin").unwrap().to_pkcs8_pem().unwrap(), admin);
    assert!(keys.request("admin").is_some(), "the same subject");
    assert!(keys.request("kube-apiserver").is_none(), "other addresses");
    // A worker's key goes to the new worker, without the request for the old name; the other one is gone.
    assert!(workers.contains(&keys.of("blue").unwrap().to_pkcs8_pem().unwrap()));
    assert!(keys.request("blue").is_none());
    assert!(keys.of("worker-1").is_err());

    let rsa = plan_of(r#"{"preset": "hard-way-2020"}"#);
    keys.fit(&after, &rsa);
    assert_eq!(keys.missing(&rsa).count(), rsa.certificates.len());
}

fn pki(algorithm: &str, now: i64) -> Pki {
    let plan = plan(algorithm);
    let keys = Keys::generate(&plan, &mut rng(4)).unwrap();
    Pki::issue(plan, keys, timestamp(now), &mut rng(1)).unwrap()
}

fn plan(algorithm: &str) -> Plan {
    plan_of(&format!(
        r#"{{"preset": "hard-way-2020", "keyAlgorithm": "{algorithm}"}}"#
    ))
}

/// In the description's words and in a certificate's. RSA-2048 is everywhere else; RSA-4096 takes openssl a minute here.
const ALGORITHMS: [(&str, &str); 3] = [
    ("ecdsa-p256", "ECDSA P-256"),
    ("ecdsa-p384", "ECDSA P-384"),
    ("rsa-3072", "RSA 3072"),
];
