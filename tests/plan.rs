//! What follows from the seed's cluster before a key exists: certificates, names, connections, kubeconfigs.

mod common;

use common::command::{example, run};
use common::openssl::subject;
use common::{names, pki, plan_of, presets, seed_plan};
use hardway::CertificateKind;
use serde_json::{Value, json};

#[test]
fn the_certificates_of_the_seed_s_cluster_are_the_guide_s_in_order_of_issuance() {
    let plan = seed_plan();
    let subjects: Vec<_> = plan
        .certificates
        .iter()
        .map(|planned| (planned.id.as_str(), subject(planned)))
        .collect();
    let expected = [
        ("ca", "CN=KUBERNETES-CA"),
        ("admin", "CN=admin, O=system:masters"),
        (
            "kube-controller-manager",
            "CN=system:kube-controller-manager",
        ),
        ("kube-proxy", "CN=system:kube-proxy"),
        ("kube-scheduler", "CN=system:kube-scheduler"),
        ("kube-apiserver", "CN=kube-apiserver"),
        ("etcd-server", "CN=etcd-server"),
        ("service-account", "CN=service-accounts"),
        ("worker-1", "CN=system:node:worker-1, O=system:nodes"),
        ("worker-2", "CN=system:node:worker-2, O=system:nodes"),
    ];
    assert_eq!(
        subjects,
        expected.map(|(id, subject)| (id, subject.to_owned()))
    );
    assert!(
        plan.certificates
            .iter()
            .all(|c| c.issuer == "ca" && c.validity_days == 1000)
    );
}

#[test]
fn the_names_that_follow_from_the_connections_are_the_seed_s_own_lists() {
    let plan = seed_plan();
    let table: [(&str, &[&str]); 5] = [
        (
            "kube-apiserver",
            &[
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local",
                "10.96.0.1",
                "192.168.5.11",
                "192.168.5.12",
                "192.168.5.30",
                "127.0.0.1",
            ],
        ),
        (
            "etcd-server",
            &["192.168.5.11", "192.168.5.12", "127.0.0.1"],
        ),
        ("worker-1", &["worker-1", "192.168.5.21"]),
        ("worker-2", &["worker-2", "192.168.5.22"]),
        ("admin", &[]),
    ];
    for (id, expected) in table {
        assert_eq!(names(plan.certificate(id).unwrap()), expected, "{id}");
    }
    let listeners = plan
        .certificates
        .iter()
        .filter(|c| c.kind == CertificateKind::ServerClient);
    assert_eq!(listeners.count(), 4);
    let named = plan.certificates.iter().filter(|c| !c.names.is_empty());
    assert_eq!(named.count(), 4);
}

#[test]
fn without_a_load_balancer_its_address_is_in_no_certificate() {
    let plan = plan_of(
        r#"{"preset": "hard-way-2020", "nodes": [
            {"name": "cp-0", "role": "control-plane", "addresses": ["10.0.1.0"]},
            {"name": "cp-1", "role": "control-plane", "addresses": ["10.0.1.1"]},
            {"name": "w", "role": "worker", "addresses": ["10.0.2.0"]}]}"#,
    );
    assert_eq!(
        names(plan.certificate("kube-apiserver").unwrap())[4..],
        ["10.96.0.1", "10.0.1.0", "10.0.1.1", "127.0.0.1"]
    );
    assert_eq!(
        plan.kubeconfigs.last().unwrap().server,
        "https://10.0.1.0:6443"
    );
}

#[test]
fn the_kubeconfigs_of_the_seed_s_cluster_name_the_guide_s_servers_and_users() {
    let plan = seed_plan();
    let found: Vec<_> = plan
        .kubeconfigs
        .iter()
        .map(|k| (k.file.as_str(), k.server.as_str(), k.user.as_str()))
        .collect();
    let (balancer, loopback) = ("https://192.168.5.30:6443", "https://127.0.0.1:6443");
    let kcm = "system:kube-controller-manager";
    let expected = [
        ("kube-proxy.kubeconfig", balancer, "system:kube-proxy"),
        ("kube-controller-manager.kubeconfig", loopback, kcm),
        (
            "kube-scheduler.kubeconfig",
            loopback,
            "system:kube-scheduler",
        ),
        ("admin.kubeconfig", loopback, "admin"),
        ("admin-remote.kubeconfig", balancer, "admin"),
        ("worker-1.kubeconfig", balancer, "system:node:worker-1"),
        ("worker-2.kubeconfig", balancer, "system:node:worker-2"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_connections_of_the_seed_s_cluster_are_those_of_the_matrix() {
    let plan = seed_plan();
    let count = |kind| plan.connections.iter().filter(|c| c.kind == kind).count();
    let table = [
        ("kubectl/kube-apiserver", 2),
        ("kube-controller-manager/kube-apiserver", 2),
        ("kube-scheduler/kube-apiserver", 2),
        ("kubelet/kube-apiserver", 4),
        ("kube-proxy/kube-apiserver", 4),
        ("kube-apiserver/etcd", 4),
        ("etcd/etcd-peer", 2),
        ("etcd/etcd-self", 2),
        ("etcdctl/etcd", 2),
        ("kube-apiserver/kubelet", 4),
        ("pod/kube-apiserver", 4),
    ];
    for (kind, expected) in table {
        assert_eq!(count(kind), expected, "{kind}");
    }
    assert_eq!(plan.connections.len(), 32);
}

#[test]
fn every_flag_of_an_end_names_a_path_where_the_file_is_placed() {
    let mut plans = presets::own();
    plans.extend(presets::highly_available());
    for plan in plans {
        flags_name_placed_files(&plan);
    }
}

fn flags_name_placed_files(plan: &hardway::Plan) {
    for connection in &plan.connections {
        for (end, flags) in [
            (&connection.caller, &connection.client.flags),
            (&connection.listener, &connection.server.flags),
        ] {
            let Some(node) = &end.node else { continue };
            // A pod's files are made by the cluster itself.
            let named = flags
                .iter()
                .filter(|flag| flag.value.starts_with('/') && !flag.value.starts_with("/var/run/"));
            for flag in named {
                let placed = plan
                    .placements
                    .iter()
                    .any(|p| &p.node == node && p.path == flag.value);
                assert!(
                    placed,
                    "{}: {} {} is on no {node}",
                    connection.id, flag.flag, flag.value
                );
            }
        }
    }
}

#[test]
fn the_example_prints_the_plan_as_json() {
    let printed = run(&mut example("plan")).succeeded();
    let printed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(printed, serde_json::to_value(seed_plan()).unwrap());
    assert_eq!(
        printed["certificates"][1]["subject"][1],
        json!({"type": "O", "value": "system:masters"})
    );

    let folder = tempfile::tempdir().unwrap();
    let description = folder.path().join("bad.json");
    std::fs::write(&description, r#"{"preset": "x"}"#).unwrap();
    let said = run(example("plan").arg(&description)).failed();
    assert_eq!(
        said,
        "plan: there is no preset \"x\"\nhint: Choose one of the presets that are listed.\n"
    );
}

#[test]
fn a_certificate_says_what_was_planned() {
    for (planned, issued) in pki().iter() {
        let decoded = hardway::DecodedCertificate::from_der(&issued.certificate).unwrap();
        assert_eq!(decoded.subject, subject(planned));
        let found: Vec<_> = decoded
            .names
            .iter()
            .map(|name| name.value.clone())
            .collect();
        assert_eq!(found, names(planned), "{}", planned.id);
        assert_eq!(decoded.not_after, issued.not_after.rfc3339());
    }
}
