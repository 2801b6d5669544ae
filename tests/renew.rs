//! Certificates of clusters that exist, made again by the authority that they have.

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::command::{Tool, run};
use common::existing::{
    OF_OPENSSL_3_5, begun, chosen, copy, held, held_of, merged, names, renewed, seed,
};
use common::renewal::{DAY, accepts, go_accepts_all, orders, pki_files, verify_sh};
use common::theatre::{Etcd, Theatre};
use common::{NOW, Unpacked, handshake, pki_of, plan_of, rng, seed_plan, timestamp, today};
use hardway::renew::KeyChoice::{self, Keep, New};
use hardway::renew::{Caution, Held, Refused, Renewal};
use hardway::{Bundle, DecodedCertificate, PrivateKey, Reason};
use serde_json::json;

#[test]
fn the_seed_s_own_authority_of_version_1_signs_again_and_go_accepts_every_connection() {
    let bench = seed(None);
    let plan = seed_plan();
    let now = timestamp(today());
    let found = held(&bench, &plan);
    assert_eq!(orders(&plan, &plan, &found, now.unix()), []);
    let authority = found.certificate("ca").unwrap().to_vec();
    let pki = renewed(
        &plan,
        found,
        &[
            ("admin", New),
            ("kube-apiserver", Keep),
            ("etcd-server", New),
        ],
        now,
    )
    .unwrap();
    assert_eq!(
        pki.issued("ca").unwrap().certificate,
        authority,
        "untouched"
    );
    for id in ["admin", "kube-apiserver", "etcd-server"] {
        let made = &pki.issued(id).unwrap().certificate;
        assert_eq!(names(made)[1], names(&authority)[0], "{id}");
        let decoded = DecodedCertificate::from_der(made).unwrap();
        assert_eq!(
            decoded.authority_key_id, None,
            "version 1 has no identifier to point to"
        );
        assert!(decoded.subject_key_id.is_some());
    }
    let bundle = merged(&bench, &pki);
    assert_eq!(
        pki_files(&pki),
        [
            "admin.crt",
            "admin.csr",
            "admin.key",
            "ca.crt",
            "etcd-server.crt",
            "etcd-server.csr",
            "etcd-server.key",
            "kube-apiserver.crt",
            "kube-apiserver.csr",
        ]
    );
    go_accepts_all(&bundle, &pki, now.unix());
    // openssl as well, by its own rules for an authority of version 1.
    for id in ["admin", "kube-apiserver", "kube-proxy"] {
        let file = format!("{id}.crt");
        common::openssl::openssl(&bundle, &["verify", "-CAfile", "ca.crt", &file]).succeeded();
    }
    verify_sh(
        &Unpacked::native(&pki),
        &["admin", "kube-apiserver", "etcd-server"],
    );
}

#[test]
fn the_authority_of_a_new_openssl_is_mended_for_the_same_key_and_nothing_else_is_made() {
    let bench = seed(Some(OF_OPENSSL_3_5));
    let plan = seed_plan();
    let now = timestamp(today());
    let found = held(&bench, &plan);
    let proposed = orders(&plan, &plan, &found, now.unix());
    assert_eq!(proposed.len(), 1, "{proposed:?}");
    assert_eq!(
        (proposed[0].reissue.certificate.as_str(), proposed[0].key),
        ("ca", Keep)
    );
    let [Reason::UnableToSign { found: said }] = &proposed[0].reissue.reasons[..] else {
        panic!("{proposed:?}");
    };
    assert!(
        said.contains("parent certificate cannot sign this kind of certificate"),
        "{said}"
    );
    let before = found.certificate("ca").unwrap().to_vec();
    let leaf = found.certificate("kube-apiserver").unwrap().to_vec();
    assert!(!accepts(&leaf, &before, now.unix()));
    // Signing with it would help nobody.
    let refused = renewed(&plan, found.clone(), &[("admin", New)], now)
        .err()
        .unwrap();
    assert_eq!(
        refused,
        Refused::AuthorityUnable {
            id: "ca".into(),
            found: said.clone()
        }
        .into()
    );
    let pki = renewed(&plan, found, &[("ca", Keep)], now).unwrap();
    let after = &pki.issued("ca").unwrap().certificate;
    assert_eq!(names(after), names(&before));
    let [old, new] = [&before, after].map(|der| DecodedCertificate::from_der(der).unwrap());
    assert_eq!(new.subject_key_id, old.subject_key_id);
    assert!(new.basic_constraints.unwrap().ca);
    assert!(accepts(&leaf, after, now.unix()));
    assert_eq!(pki_files(&pki), ["ca.crt", "ca.csr"]);
    let bundle = merged(&bench, &pki);
    go_accepts_all(&bundle, &pki, now.unix());
    // Every kubeconfig that embeds the authority, and that can be written, is written anew.
    let own = Bundle::new(&pki);
    let written = own.files().map(|file| file.unwrap().path);
    let written: Vec<_> = written
        .filter(|path| path.starts_with("kubeconfig/"))
        .collect();
    assert_eq!(written.len(), 5, "{written:?}");
    assert!(
        bundle
            .text("README.txt")
            .contains("  worker-1.kubeconfig\n"),
        "its key was not given"
    );
    verify_sh(&Unpacked::native(&pki), &["ca"]);
}

#[test]
fn a_key_that_stays_where_it_is_gets_a_certificate_by_its_public_half() {
    let plan = seed_plan();
    let now = timestamp(today());
    let own = pki_of(plan.clone(), today(), 1);
    let mut found = Held::of(&own);
    found.insert_key("ca", copy(own.keys().of("ca").unwrap()));
    let pki = renewed(&plan, found, &[("worker-1", Keep)], now).unwrap();
    assert_eq!(pki_files(&pki), ["ca.crt", "worker-1.crt"]);
    let bundle = Unpacked::native(&pki);
    let public = |file: &str| {
        common::openssl::openssl(&bundle, &["x509", "-in", file, "-noout", "-pubkey"]).succeeded()
    };
    assert_eq!(
        public("worker-1.crt"),
        own.keys()
            .of("worker-1")
            .unwrap()
            .to_public_key_pem()
            .unwrap()
    );
    assert!(bundle.files().iter().all(|file| !file.ends_with(".key")));
    verify_sh(&bundle, &["worker-1"]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table: every file of a bundle")]
fn a_new_node_and_another_address_make_what_the_plan_s_change_says_and_the_bundle_has_nothing_else()
{
    let before = seed_plan();
    let mut nodes = serde_json::to_value(before.cluster.nodes.clone()).unwrap();
    nodes[1]["addresses"][0] = "192.168.5.41".into();
    nodes
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "worker-3", "role": "worker", "addresses": ["192.168.5.23"]}));
    let after = plan_of(&json!({"preset": "hard-way-2020", "nodes": nodes}).to_string());
    let now = today();
    let own = pki_of(before.clone(), now, 1);
    let proposed = orders(&before, &after, &held_of(&own), now);
    let told: Vec<_> = proposed
        .iter()
        .map(|order| {
            (
                order.reissue.certificate.as_str(),
                order.reissue.reasons.len(),
                order.key,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("kube-apiserver", 2, New),
            ("etcd-server", 2, New),
            ("worker-3", 1, New)
        ]
    );
    let ids: BTreeMap<_, _> = proposed
        .iter()
        .map(|order| (order.reissue.certificate.clone(), order.key))
        .collect();
    let renewal =
        Renewal::new(&before, after.clone(), held_of(&own), &ids, timestamp(now)).unwrap();
    assert_eq!(
        renewal.cautions(),
        [],
        "its authority ends on the same second"
    );
    let pki = begun(renewal, timestamp(now)).finish().unwrap();
    let bundle = Unpacked::native(&pki);
    let wanted = [
        "README.ja.txt",
        "README.txt",
        "SHA256SUMS",
        "distribute.sh",
        "expiry.ics",
        "install.sh",
        "kubeconfig/worker-3.kubeconfig",
        "nodes/master-1/FILES",
        "nodes/master-1/etcd-server.crt",
        "nodes/master-1/etcd-server.key",
        "nodes/master-1/install.sh",
        "nodes/master-1/kube-apiserver.crt",
        "nodes/master-1/kube-apiserver.key",
        "nodes/master-2/FILES",
        "nodes/master-2/etcd-server.crt",
        "nodes/master-2/etcd-server.key",
        "nodes/master-2/install.sh",
        "nodes/master-2/kube-apiserver.crt",
        "nodes/master-2/kube-apiserver.key",
        "nodes/worker-3/FILES",
        "nodes/worker-3/ca.crt",
        "nodes/worker-3/install.sh",
        "nodes/worker-3/kube-proxy.kubeconfig",
        "nodes/worker-3/worker-3.crt",
        "nodes/worker-3/worker-3.key",
        "nodes/worker-3/worker-3.kubeconfig",
        "pki/ca.crt",
        "pki/etcd-server.crt",
        "pki/etcd-server.csr",
        "pki/etcd-server.key",
        "pki/kube-apiserver.crt",
        "pki/kube-apiserver.csr",
        "pki/kube-apiserver.key",
        "pki/worker-3.crt",
        "pki/worker-3.csr",
        "pki/worker-3.key",
        "verify.sh",
    ];
    assert_eq!(bundle.files(), wanted);
    common::contents::checksums(&bundle);
    verify_sh(&bundle, &["kube-apiserver", "etcd-server", "worker-3"]);
    for (file, lines) in [
        (
            "README.txt",
            [
                "\n  worker-3 (new key)\n    - the cluster did not have it\n",
                "    - it lacks the name 192.168.5.41\n    - it has the name 192.168.5.11, which nobody dials any more\n",
            ],
        ),
        (
            "README.ja.txt",
            [
                "\n  worker-3 (新しい鍵)\n    - クラスターにまだないため\n",
                "    - 名前 192.168.5.41 が入っていない\n",
            ],
        ),
    ] {
        let text = bundle.text(file);
        for line in lines {
            assert!(text.contains(line), "{file} lacks {line:?}: {text}");
        }
    }
    let said = run(Tool::Dash
        .command()
        .arg(bundle.root.join("distribute.sh"))
        .arg("--dry-run"))
    .succeeded();
    assert_eq!(said.lines().count(), 3, "{said}");
    let root = bundle.scratch("root");
    run(Tool::Dash
        .command()
        .arg(bundle.root.join("nodes/worker-3/install.sh"))
        .arg("--root")
        .arg(&root))
    .succeeded();
    assert!(root.join("var/lib/kubelet/worker-3.key").exists());
    // All that stays is as it was: the whole cluster holds together.
    let all = pki.plan().certificates.iter().map(|planned| &planned.id);
    for id in all {
        let path = bundle.pki(&format!("{id}.crt"));
        if !path.exists() {
            fs::write(path, &own.issued(id).unwrap().certificate_pem).unwrap();
            fs::write(
                bundle.pki(&format!("{id}.key")),
                &*own.keys().of(id).unwrap().to_pkcs8_pem().unwrap(),
            )
            .unwrap();
        }
    }
    handshake::every_connection(&bundle, &after, now);
}

#[test]
fn nothing_outlives_an_authority_that_is_kept() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), NOW, 1);
    let now = timestamp(NOW + 100 * DAY);
    let renewal = Renewal::new(
        &plan,
        plan.clone(),
        held_of(&own),
        &chosen(&[("admin", New)]),
        now,
    )
    .unwrap();
    let at = "2029-08-19T00:00:00Z".to_owned();
    assert_eq!(
        renewal.cautions(),
        [Caution::EndsWithAuthority {
            certificate: "admin".into(),
            authority: "ca".into(),
            at: at.clone()
        }]
    );
    let pki = begun(renewal, now).finish().unwrap();
    let made = DecodedCertificate::from_der(&pki.issued("admin").unwrap().certificate).unwrap();
    assert_eq!(made.not_after, at);
    assert_eq!(pki.issued("admin").unwrap().not_after.rfc3339(), at);
}

#[test]
fn a_new_key_for_tokens_is_told() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), NOW, 1);
    let cautions = |key| {
        let ids = chosen(&[("service-account", key)]);
        Renewal::new(&plan, plan.clone(), held_of(&own), &ids, timestamp(NOW))
            .unwrap()
            .cautions()
            .to_vec()
    };
    assert_eq!(
        cautions(New),
        [Caution::TokensEnd {
            certificate: "service-account".into()
        }]
    );
    assert_eq!(cautions(Keep), []);
}

#[test]
fn the_same_inputs_give_the_same_zip_and_other_inputs_another() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), NOW, 1);
    let zip = |ids: &[(&str, KeyChoice)], seed: u8| {
        let ids = chosen(ids);
        let mut renewal =
            Renewal::new(&plan, plan.clone(), held_of(&own), &ids, timestamp(NOW)).unwrap();
        if !renewal.keys().contains("admin") {
            let key = own.keys().of("worker-1").unwrap().to_pkcs8_der().unwrap();
            renewal
                .add(
                    "admin",
                    PrivateKey::from_pkcs8_der(key.as_bytes(), "admin").unwrap(),
                    None,
                )
                .unwrap();
        }
        let pki = renewal
            .begin(timestamp(NOW), &mut rng(seed))
            .unwrap()
            .finish()
            .unwrap();
        let mut zip = Vec::new();
        Bundle::new(&pki).write(&mut zip).unwrap();
        zip
    };
    let first = zip(&[("admin", New)], 1);
    assert!(first == zip(&[("admin", New)], 1));
    assert!(first != zip(&[("admin", New)], 2), "another serial number");
    assert!(first != zip(&[("admin", Keep)], 1), "another key");
}

#[test]
fn etcd_serves_with_its_renewed_certificate_callers_that_still_have_the_old_one() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), today(), 1);
    let ids = [("etcd-server", New)];
    let pki = renewed(&plan, held_of(&own), &ids, timestamp(today())).unwrap();
    let theatre = Theatre::new(&own);
    let node = theatre.node("master-1");
    let old = fs::read(theatre.bundle().join("pki/etcd-server.crt")).unwrap();
    let bundle = Bundle::new(&pki);
    for file in bundle.files().map(Result::unwrap) {
        let placements = plan.placements.iter().filter(|one| one.node == "master-1");
        for placement in placements {
            if file.path == format!("nodes/master-1/{}", placement.name()) {
                let path = placement.path.strip_prefix('/').unwrap();
                fs::write(node.join(path), &*file.content).unwrap();
            }
        }
    }
    assert!(
        fs::read(node.join("etc/etcd/etcd-server.crt")).unwrap() != old,
        "it was renewed"
    );
    let etcd = Etcd::start(&theatre, &plan, "master-1");
    let put = |folder: std::path::PathBuf| {
        let mut ctl = Tool::Etcdctl.command();
        ctl.env("ETCDCTL_API", "3")
            .arg(format!("--endpoints=https://127.0.0.1:{}", etcd.ports[0]));
        ctl.arg("--cacert").arg(theatre.bundle().join("pki/ca.crt"));
        ctl.arg("--cert").arg(folder.join("etcd-server.crt"));
        ctl.arg("--key").arg(folder.join("etcd-server.key"));
        run(ctl.args(["put", "hardway", "renewed"]))
    };
    assert_eq!(
        put(theatre.bundle().join("pki")).succeeded(),
        "OK\n",
        "the old one"
    );
    assert_eq!(
        put(node.join("etc/etcd")).succeeded(),
        "OK\n",
        "the new one"
    );
    let foreign = theatre.scratch("foreign");
    let other = common::foreign_pki(today());
    fs::write(
        foreign.join("etcd-server.crt"),
        &other.issued("etcd-server").unwrap().certificate_pem,
    )
    .unwrap();
    fs::write(
        foreign.join("etcd-server.key"),
        &*other
            .keys()
            .of("etcd-server")
            .unwrap()
            .to_pkcs8_pem()
            .unwrap(),
    )
    .unwrap();
    put(foreign).failed();
}
