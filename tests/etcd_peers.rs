//! Two real etcd members with the bundle's files: each accepts the other, and one with a foreign certificate is kept out.

mod common;

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use common::command::{Ended, Tool, missing, run};
use common::{Unpacked, foreign_pki_of, pki_of, plan_of, today};
use hardway::{ComponentKind, Connection, KeyAlgorithm, PRESETS, Plan, Role};
use serde_json::json;

/// What a member's log says once the members are one cluster.
const LEADER: &str = "elected leader";
const ADDRESSES: [&str; 2] = ["127.0.0.2", "127.0.0.3"];

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
            member.wait_for("serving client");
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
    let member = |n: usize, role: Role| json!({"name": format!("member-{n}"), "role": role, "addresses": [ADDRESSES[n]]});
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

/// A running member; ended when dropped.
struct Member {
    child: Child,
    index: usize,
    port: u16,
    log: PathBuf,
}

/// Starts both, each with the files of its bundle, and waits for neither.
fn start(plan: &Plan, bundles: [&Unpacked; 2]) -> [Member; 2] {
    let ports = ADDRESSES.map(free_ports);
    let url = |index: usize, port: u16| format!("https://{}:{port}", ADDRESSES[index]);
    let cluster = format!(
        "--initial-cluster=member-0={},member-1={}",
        url(0, ports[0].1),
        url(1, ports[1].1)
    );
    [0, 1].map(|index| {
        let (bundle, (port, peer)) = (bundles[index], ports[index]);
        let data = bundle.scratch(&format!("etcd-{index}"));
        let mut command = Tool::Etcd.command();
        command.arg(format!("--name=member-{index}")).arg(&cluster);
        command.args([
            "--logger=zap",
            "--log-outputs=stderr",
            "--initial-cluster-state=new",
        ]);
        command.arg(format!("--data-dir={}", data.join("data").display()));
        for flag in ["listen-client-urls", "advertise-client-urls"] {
            command.arg(format!("--{flag}={}", url(index, port)));
        }
        for flag in ["listen-peer-urls", "initial-advertise-peer-urls"] {
            command.arg(format!("--{flag}={}", url(index, peer)));
        }
        // The flags that the plan shows, with the files where the bundle has them.
        for (flag, value) in flags(plan, bundle, &format!("member-{index}")) {
            command.arg(format!("{flag}={value}"));
        }
        let log = data.join("log");
        let out = File::create(&log).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .spawn()
            .unwrap_or_else(|error| missing(&command, &error));
        Member {
            child,
            index,
            port,
            log,
        }
    })
}

/// The listener's flags of a member's client and peer connections; a path of the plan's is the bundle's file that belongs there.
fn flags(plan: &Plan, bundle: &Unpacked, node: &str) -> Vec<(String, String)> {
    let listens = |kind: &str| {
        let mut connections = plan.connections.iter();
        let found =
            connections.find(|c| c.kind == kind && c.listener.node.as_deref() == Some(node));
        found.unwrap().server.flags.iter()
    };
    let value = |value: &String| {
        let mut placements = plan.placements.iter();
        let placed = placements.find(|p| p.node == node && p.path == *value);
        placed.map_or_else(
            || value.clone(),
            |placed| bundle.pki(&placed.file).display().to_string(),
        )
    };
    listens("etcd/etcd-self")
        .chain(listens("etcd/etcd-peer"))
        .map(|flag| (flag.flag.to_owned(), value(&flag.value)))
        .collect()
}

impl Member {
    /// Its log says it within half a minute, or the test ends with the log.
    fn wait_for(&self, text: &str) {
        let started = Instant::now();
        while !self.log().contains(text) {
            assert!(
                started.elapsed() < Duration::from_secs(30),
                "member {} does not say {text:?}: {}",
                self.index,
                self.log()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// etcdctl, with the certificate of any client.
    fn ctl(&self, bundle: &Unpacked, authority: &str, client: &str, arguments: &[&str]) -> Ended {
        let mut command = Tool::Etcdctl.command();
        command
            .env("ETCDCTL_API", "3")
            .args(["--dial-timeout=5s", "--command-timeout=5s"]);
        let (address, port) = (ADDRESSES[self.index], self.port);
        command.arg(format!("--endpoints=https://{address}:{port}"));
        for (flag, file) in [
            ("--cacert", format!("{authority}.crt")),
            ("--cert", format!("{client}.crt")),
            ("--key", format!("{client}.key")),
        ] {
            command.arg(flag).arg(bundle.pki(&file));
        }
        run(command.args(arguments))
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two ports of the address that nobody listened at a moment ago.
fn free_ports(address: &str) -> (u16, u16) {
    let listeners = [0; 2].map(|any| TcpListener::bind((address, any)).unwrap());
    let [client, peer] = listeners.map(|listener| listener.local_addr().unwrap().port());
    (client, peer)
}
