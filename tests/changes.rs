//! What a description may change of a preset, and what it is warned of.

mod common;

use common::presets::seed_with as with;
use common::refusal::facts;
use common::{NOW, fixed_keys, names, pki_of, plan_of, rng, timestamp};
use hardway::{Attribute, DecodedCertificate, KeyAlgorithm, Pki, Plan, Warning};
use serde_json::json;

#[test]
fn a_changed_common_name_is_issued_and_warned_of() {
    let plan =
        with(&json!({"certificates": {"admin": {"commonName": "alice", "organization": ""}}}));
    let admin = plan.certificate("admin").unwrap();
    assert_eq!(admin.subject_text(), "CN=alice");
    let expected = Warning::CallerChanged {
        certificate: "admin".into(),
        user: "alice".into(),
        group: String::new(),
        usual_user: "admin".into(),
        usual_group: "system:masters".into(),
    };
    assert_eq!(plan.warnings, [expected]);
    let pki = pki_of(plan, NOW, 1);
    let decoded = DecodedCertificate::from_der(&pki.issued("admin").unwrap().certificate).unwrap();
    assert_eq!(decoded.subject, "CN=alice");
    assert!(with(&json!({})).warnings.is_empty());
    assert!(
        with(&json!({"certificates": {"admin": {"commonName": "admin"}}}))
            .warnings
            .is_empty()
    );
}

#[test]
fn a_kubelet_that_is_no_node_any_more_and_rights_without_limit_are_warned_of() {
    let change = json!({"worker-1": {"commonName": "system:node:worker-2", "organization": "system:masters"}});
    let codes: Vec<_> = with(&json!({"certificates": change}))
        .warnings
        .iter()
        .map(|warning| serde_json::to_value(warning).unwrap()["code"].clone())
        .collect();
    assert_eq!(codes, ["caller-changed", "not-a-node", "unlimited"]);
}

#[test]
fn a_leaf_that_outlives_its_authority_is_warned_of() {
    let outlives = |change| with(&change).warnings.len();
    assert_eq!(outlives(json!({"authorityValidityDays": 999})), 1);
    assert_eq!(outlives(json!({"authorityValidityDays": 1000})), 0);
    assert_eq!(
        outlives(json!({"validUntil": "2030-01-02", "authorityValidUntil": "2030-01-01"})),
        1
    );
    assert_eq!(
        outlives(json!({"validUntil": "2030-01-01", "authorityValidUntil": "2030-01-01"})),
        0
    );
}

#[test]
fn the_rights_follow_the_changed_common_name() {
    let plan = with(&json!({"certificates": {"kube-apiserver": {"commonName": "the-api"}}}));
    let subjects: Vec<_> = plan
        .configurations
        .iter()
        .map(|c| c.subject.as_str())
        .collect();
    assert_eq!(subjects, ["", "the-api"]);
}

#[test]
fn names_that_the_description_asks_for_are_in_the_certificate_and_say_so() {
    let plan = with(
        &json!({"certificates": {"kube-apiserver": {"names": ["api.example", "10.9.9.9", "kubernetes"]}}}),
    );
    let planned = plan.certificate("kube-apiserver").unwrap();
    let asked: Vec<_> = planned
        .names
        .iter()
        .filter(|name| name.reason.is_some())
        .collect();
    let found: Vec<_> = asked.iter().map(|name| name.name.to_string()).collect();
    assert_eq!(found, ["api.example", "10.9.9.9"]);
    assert!(asked.iter().all(|name| name.diallers.is_empty()));
}

#[test]
fn further_names_and_both_families_of_a_node_are_dialled() {
    let nodes = json!([
        {"name": "cp", "role": "control-plane", "addresses": ["10.0.0.1", "fd00::1"], "names": ["cp.example"]},
        {"name": "w", "role": "worker", "addresses": ["10.0.0.2", "fd00::2"]}]);
    let plan = with(
        &json!({"nodes": nodes, "serviceCidr": "10.96.0.0/16,fd00:96::/112", "clusterDomain": "k8s.example",
        "controlPlaneEndpoint": "api.example:443"}),
    );
    assert_eq!(
        names(plan.certificate("kube-apiserver").unwrap()),
        [
            "api.example",
            "cp.example",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.k8s.example",
            "10.96.0.1",
            "fd00:96::1",
            "10.0.0.1",
            "fd00::1",
            "127.0.0.1"
        ]
    );
    assert_eq!(
        names(plan.certificate("w").unwrap()),
        ["w", "10.0.0.2", "fd00::2"]
    );
    assert_eq!(
        plan.kubeconfigs.last().unwrap().server,
        "https://api.example:443"
    );
}

#[test]
fn algorithms_subjects_and_validity_are_the_description_s() {
    let plan = with(
        &json!({"keyAlgorithm": "ecdsa-p256", "validityDays": 90, "authorityValidityDays": 3650,
        "authoritySubject": {"O": "Example", "C": "JP"},
        "certificates": {"ca": {"keyAlgorithm": "rsa-4096", "commonName": "MY-CA"}, "admin": {"validityDays": 1}}}),
    );
    let [ca, admin, proxy] = ["ca", "admin", "kube-proxy"].map(|id| plan.certificate(id).unwrap());
    assert_eq!(ca.subject_text(), "CN=MY-CA, C=JP, O=Example");
    assert_eq!(
        (ca.key_algorithm, ca.validity_days),
        (KeyAlgorithm::Rsa4096, 3650)
    );
    assert_eq!(
        (admin.key_algorithm, admin.validity_days),
        (KeyAlgorithm::EcdsaP256, 1)
    );
    assert_eq!(proxy.validity_days, 90);
}

#[test]
fn a_date_ends_every_certificate_with_its_last_second_and_one_that_is_over_is_refused() {
    let issue = |date: &str| {
        let plan = with(&json!({"validUntil": date, "authorityValidUntil": "2031-12-31"}));
        let keys = fixed_keys(&plan);
        Pki::issue(plan, keys, timestamp(NOW), &mut rng(1))
    };
    let pki = issue("2027-03-31").unwrap();
    let until = |id| pki.issued(id).unwrap().not_after.rfc3339();
    assert_eq!(until("admin"), "2027-03-31T23:59:59Z");
    assert_eq!(until("ca"), "2031-12-31T23:59:59Z");
    let refused = issue("2026-11-22").map(drop).unwrap_err();
    assert_eq!(
        facts(&refused),
        ["date-past", "", "a day that is still to come", "2026-11-22"]
    );
    assert_eq!(
        refused.to_string(),
        "the certificates are to expire on 2026-11-22, which is over"
    );
}

#[test]
fn kubeadm_s_groups_follow_the_version_and_so_does_super_admin() {
    let of = |version: &str| {
        plan_of(&json!({"preset": "kubeadm", "kubernetesVersion": version}).to_string())
    };
    let group = |plan: &Plan, id| {
        plan.certificate(id)
            .unwrap()
            .value(Attribute::Organization)
            .to_owned()
    };
    for (version, kubelet_client, admin) in [
        ("1.28.9", "system:masters", "system:masters"),
        ("v1.29", "kubeadm:cluster-admins", "kubeadm:cluster-admins"),
        ("1.34.8", "", "kubeadm:cluster-admins"),
    ] {
        let plan = of(version);
        assert_eq!(
            group(&plan, "apiserver-kubelet-client"),
            kubelet_client,
            "{version}"
        );
        assert_eq!(group(&plan, "admin"), admin, "{version}");
    }
    let has = |plan: &Plan| {
        [
            plan.certificate("super-admin").is_some(),
            plan.kubeconfigs
                .iter()
                .any(|k| k.file == "super-admin.conf"),
            plan.placements.iter().any(|p| p.file == "super-admin.conf"),
        ]
    };
    assert_eq!(has(&of("1.28.9")), [false; 3]);
    assert_eq!(has(&of("1.29")), [true; 3]);
}

#[test]
fn odd_letters_of_a_subject_come_through_openssl_s_commands_as_they_are() {
    let odd = r#"a $HOME #1 \ "b" 'c'"#;
    let pki = pki_of(
        with(&json!({"certificates": {"admin": {"organization": odd}}})),
        NOW,
        1,
    );
    let bundle = common::Unpacked::native(&pki);
    let folder = bundle.scratch("by hand");
    let mut make = common::command::Tool::Dash.command();
    make.arg(bundle.root.join("openssl/make.sh"))
        .current_dir(&folder);
    common::command::run(&mut make).succeeded();
    let subject = |path: &std::path::Path| {
        let mut openssl = common::command::Tool::Openssl.command();
        openssl.args([
            "x509",
            "-noout",
            "-subject",
            "-nameopt",
            "multiline,-esc_msb",
            "-in",
        ]);
        common::command::run(openssl.arg(path)).succeeded()
    };
    let ours = subject(&bundle.pki("admin.crt"));
    assert!(ours.contains("$HOME #1"), "{ours}");
    assert_eq!(ours, subject(&folder.join("admin.crt")));
}
