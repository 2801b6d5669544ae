//! Two real etcd members with the bundle's files: each accepts the other, and one with a foreign certificate is kept out.

mod common;

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use common::command::{Tool, missing, run};
use common::{Unpacked, fixed_keys, pki_of, plan_of, rng, timestamp, today};
use hardway::{Keys, Pki, Plan};
use serde_json::json;

const ADDRESSES: [&str; 2] = ["127.0.0.2", "127.0.0.3"];
const PRESETS: [&str; 3] = ["hard-way-2020", "hard-way-2025", "kubeadm"];

#[test]
fn two_members_of_a_two_master_preset_accept_each_other() {
    for preset in PRESETS {
        let plan = plan(preset);
        let bundle = Unpacked::native(&pki_of(plan.clone(), today(), 1));
        let members = start(&plan, [&bundle, &bundle]);
        for member in &members {
            member.wait_for("serving client");
        }
        // The second one knows what the first one was told: they are one cluster.
        members[0].ctl(&plan, &bundle, &["put", "hardway", preset]);
        let said = members[1].ctl(&plan, &bundle, &["get", "hardway", "--print-value-only"]);
        assert_eq!(said, format!("{preset}\n"));
        let listed = members[1].ctl(&plan, &bundle, &["member", "list"]);
        assert_eq!(listed.matches("started").count(), 2, "{listed}");
    }
}

#[test]
fn a_member_with_a_foreign_certificate_is_kept_out() {
    for preset in PRESETS {
        let plan = plan(preset);
        let bundle = Unpacked::native(&pki_of(plan.clone(), today(), 1));
        let foreign_keys = Keys::generate(&plan, &mut rng(2)).unwrap();
        let foreign = Pki::issue(plan.clone(), foreign_keys, timestamp(today()), &mut rng(3));
        let foreign = Unpacked::native(&foreign.unwrap());
        let members = start(&plan, [&bundle, &foreign]);
        // etcd's own words for a peer that it does not let in, and no leader without it.
        members[0].wait_for("rejected connection");
        let log = members[0].log();
        assert!(
            log.contains("remote error: tls: bad certificate") || log.contains("unknown authority"),
            "{log}"
        );
        assert!(!log.contains("elected leader"), "{log}");
    }
}

#[test]
fn the_keys_of_the_two_clusters_differ() {
    let plan = plan("kubeadm");
    let foreign = Keys::generate(&plan, &mut rng(2)).unwrap();
    let key = |keys: &Keys| keys.of("etcd/ca").unwrap().to_pkcs8_pem().unwrap();
    assert_ne!(key(&fixed_keys(&plan)), key(&foreign));
}

/// Two masters on this computer's own loopback network.
fn plan(preset: &str) -> Plan {
    let node = |n: usize| json!({"name": format!("master-{n}"), "role": "control-plane", "addresses": [ADDRESSES[n]]});
    plan_of(&json!({"preset": preset, "nodes": [node(0), node(1)]}).to_string())
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
        "--initial-cluster=master-0={},master-1={}",
        url(0, ports[0].1),
        url(1, ports[1].1)
    );
    [0, 1].map(|index| {
        let (bundle, (port, peer)) = (bundles[index], ports[index]);
        let data = bundle.scratch(&format!("etcd-{index}"));
        let mut command = Tool::Etcd.command();
        command.arg(format!("--name=master-{index}")).arg(&cluster);
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
        for (flag, file) in flags(plan, &format!("master-{index}")) {
            command.arg(match file {
                Some(file) => format!("{flag}={}", bundle.pki(&file).display()),
                None => format!("{flag}=true"),
            });
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

/// The listener's flags of a member's client and peer connections, each with the file below `pki/` that its path is.
fn flags(plan: &Plan, node: &str) -> Vec<(String, Option<String>)> {
    let listens = |kind: &str| {
        let mut connections = plan.connections.iter();
        let found =
            connections.find(|c| c.kind == kind && c.listener.node.as_deref() == Some(node));
        found.unwrap().server.flags.iter()
    };
    let file = |path: &str| {
        let placements = plan.placements.iter();
        let mut placed = placements.filter(|p| p.node == node && p.path == path);
        placed.next().map(|placement| placement.file.clone())
    };
    listens("etcd/etcd-self")
        .chain(listens("etcd/etcd-peer"))
        .map(|flag| (flag.flag.to_owned(), file(&flag.value)))
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

    /// etcdctl as the plan has it: with the client certificate of its own connection.
    fn ctl(&self, plan: &Plan, bundle: &Unpacked, arguments: &[&str]) -> String {
        let connection = plan
            .connections
            .iter()
            .find(|c| c.kind == "etcdctl/etcd")
            .unwrap();
        let client = connection.client.certificate.as_ref().unwrap();
        let mut command = Tool::Etcdctl.command();
        command
            .env("ETCDCTL_API", "3")
            .args(["--dial-timeout=5s", "--command-timeout=5s"]);
        command.arg(format!(
            "--endpoints=https://{}:{}",
            ADDRESSES[self.index], self.port
        ));
        command
            .arg("--cacert")
            .arg(bundle.pki(&format!("{}.crt", connection.client.authority)));
        command
            .arg("--cert")
            .arg(bundle.pki(&format!("{client}.crt")));
        command
            .arg("--key")
            .arg(bundle.pki(&format!("{client}.key")));
        run(command.args(arguments)).succeeded()
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
