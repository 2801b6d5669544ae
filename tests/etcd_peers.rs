//! Two real etcd members with the bundle's files: each accepts the other, and one with a foreign certificate is kept out.

mod common;

use std::fs;

use common::members::{LEADER, SERVING, address, start};
use common::{Unpacked, foreign_pki_of, pki_of, plan_of, today};
use hardway::{ComponentKind, Connection, KeyAlgorithm, PRESETS, Plan, Role};
use serde_json::json;

#[test]
fn two_members_of_every_preset_accept_each_other_and_every_client_of_the_plan() {
    let plans = plans(KeyAlgorithm::Rsa2048);
    let presets: Vec<_> = plans.iter().map(|plan| &*plan.cluster.preset).collect();
    // Each with etcd on its masters, and on nodes of its own; hightower-2025 has an etcd without TLS.
    let expected = [
        "hard-way-2020",
        "hard-way-2025",
        "kubeadm",
        "one-node",
        "blank",
    ];
    assert_eq!(presets, expected.map(|preset| [preset; 2]).concat());
    for plan in plans {
        let bundle = Unpacked::native(&pki_of(plan.clone(), today(), 1));
        let members = start(&plan, [&bundle, &bundle]);
        for member in &members {
            member.wait_for(SERVING);
            member.wait_for(LEADER);
        }
        let etcdctl = plan.connections.iter().find(|c| c.kind == "etcdctl/etcd");
        let etcdctl = &etcdctl.unwrap().client;
        let as_etcdctl = etcdctl.certificate.as_ref().unwrap();
        let put = ["put", "hardway", &plan.cluster.preset];
        members[0]
            .ctl(&bundle, &etcdctl.authority, as_etcdctl, &put)
            .succeeded();
        let listed = members[1].ctl(&bundle, &etcdctl.authority, as_etcdctl, &["member", "list"]);
        let listed = listed.succeeded();
        assert_eq!(listed.matches("started").count(), 2, "{listed}");

        // The second one knows what the first one was told: they are one cluster.
        let get = ["get", "hardway", "--print-value-only"];
        let mut calls = 0;
        for connection in plan.connections.iter().filter(|c| calls_second_member(c)) {
            let (client, authority) =
                (&connection.client.certificate, &connection.client.authority);
            let said = members[1].ctl(&bundle, authority, client.as_ref().unwrap(), &get);
            assert_eq!(
                said.succeeded(),
                format!("{}\n", plan.cluster.preset),
                "{}",
                connection.id
            );
            calls += 1;
        }
        // kube-apiserver, etcdctl, and the member's own gateway.
        assert!(calls >= 3, "{calls}");
        if etcdctl.authority != "ca" {
            // Whoever may do everything at kube-apiserver may do nothing here.
            members[1]
                .ctl(&bundle, &etcdctl.authority, "admin", &get)
                .failed();
            members[1].wait_for("x509: certificate signed by unknown authority");
        }
    }
}

#[test]
fn a_member_with_a_foreign_certificate_is_kept_out() {
    // The same names by keys of another kind, which are made sooner.
    let others = plans(KeyAlgorithm::EcdsaP256);
    for (plan, other) in plans(KeyAlgorithm::Rsa2048).into_iter().zip(others) {
        let bundle = Unpacked::native(&pki_of(plan.clone(), today(), 1));
        let foreign = Unpacked::native(&foreign_pki_of(other, today()));
        // It knows whom to trust, as anybody may; so it is the first member alone that refuses.
        for authority in plan.certificates.iter().filter(|c| c.kind.is_authority()) {
            let file = format!("{}.crt", authority.id);
            fs::copy(bundle.pki(&file), foreign.pki(&file)).unwrap();
        }
        let members = start(&plan, [&bundle, &foreign]);
        // etcd's own words for a peer that it does not let in, and no leader without it.
        members[0].wait_for("rejected connection");
        let log = members[0].log();
        let refusal = log
            .lines()
            .find(|line| line.contains("rejected connection"));
        let reason = "x509: certificate signed by unknown authority";
        assert!(refusal.unwrap().contains(reason), "{log}");
        assert!(!log.contains(LEADER), "{log}");
    }
}

/// Clusters of two members on this computer's own loopback network: of every preset that has an etcd with TLS, with etcd on two
/// masters, and on two nodes of its own.
fn plans(algorithm: KeyAlgorithm) -> Vec<Plan> {
    let member = |n: usize, role: Role| json!({"name": format!("member-{n}"), "role": role, "addresses": [address(n)]});
    let stacked = json!([member(0, Role::ControlPlane), member(1, Role::ControlPlane)]);
    let master = json!({"name": "master", "role": "control-plane", "addresses": ["127.0.0.4"]});
    let apart = json!([master, member(0, Role::Etcd), member(1, Role::Etcd)]);
    let mut plans = Vec::new();
    for preset in PRESETS {
        let plan = |nodes| {
            plan_of(
                &json!({"preset": preset.id, "nodes": nodes, "keyAlgorithm": algorithm})
                    .to_string(),
            )
        };
        let plan_of_masters = plan(&stacked);
        if plan_of_masters
            .connections
            .iter()
            .any(|c| c.kind == "etcd/etcd-peer")
        {
            plans.extend([plan_of_masters, plan(&apart)]);
        }
    }
    plans
}

/// Whether it is a client's call to the second member.
fn calls_second_member(connection: &Connection) -> bool {
    connection.listener.kind == ComponentKind::Etcd
        && connection.kind != "etcd/etcd-peer"
        && connection.listener.node.as_deref() == Some("member-1")
}
