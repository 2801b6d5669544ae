//! The lines that the page shows for each connection, run as they are shown against etcd and `openssl s_server`.
//!
//! Two things are not as shown, since the cluster is not there: the address and port after `-connect`, and a folder in front
//! of every path. `moved` puts them in; the name that the certificate is checked for stays.

mod common;

use std::collections::{HashMap, HashSet};
use std::fs;

use common::by_hand::typed;
use common::command::{Ended, Tool, again};
use common::theatre::{Etcd, Listener, Theatre, s_server, shell_for_curl};
use common::{foreign_pki_of, pki_of_any, plan_of, presets, today};
use hardway::by_hand::{Call, CallStep, CallStepKind, Place};
use hardway::{ComponentKind, Connection, KeyAlgorithm, Plan, ServerName};
use serde_json::json;

#[test]
fn every_connection_of_every_preset_holds_by_the_lines_that_are_shown_for_it() {
    for plan in presets::own_with(KeyAlgorithm::EcdsaP256) {
        let stage = Stage::new(plan);
        for connection in &stage.plan.connections {
            stage.holds(connection);
        }
    }
}

#[test]
fn connections_by_name_through_a_balancer_and_over_ipv6_hold_as_well() {
    let stage = Stage::new(by_name());
    let mut seen = HashSet::new();
    for connection in &stage.plan.connections {
        if seen.insert((connection.kind, connection.listener.node.clone())) {
            stage.holds(connection);
        }
    }
}

#[test]
fn each_kind_of_connection_falls_where_one_thing_is_wrong() {
    for plan in presets::own_with(KeyAlgorithm::EcdsaP256) {
        let stage = Stage::new(plan);
        let mut seen = HashSet::new();
        for connection in &stage.plan.connections {
            if seen.insert(connection.kind) {
                stage.falls(connection);
            }
        }
    }
}

#[test]
fn a_name_is_sent_where_go_sends_one_and_an_address_never_is() {
    for plan in presets::own().into_iter().chain([by_name()]) {
        for connection in &plan.connections {
            let call = Call::of(&plan, connection);
            for step in call
                .steps
                .iter()
                .filter(|one| one.step == CallStepKind::Certificate)
            {
                let wanted = match &connection.dials[0].host {
                    ServerName::Dns(name) => format!(" -servername {name} "),
                    ServerName::Ip(_) => " -noservername ".to_owned(),
                };
                assert!(step.command.contains(&wanted), "{}", step.command);
            }
        }
    }
}

#[test]
fn every_path_in_a_line_is_one_that_a_flag_a_kubeconfig_or_a_placement_names() {
    for plan in presets::all() {
        for connection in &plan.connections {
            for step in Call::of(&plan, connection).steps {
                let Place::Node(node) = &step.place else {
                    continue;
                };
                let words = step.command.split([' ', '\n', '=']);
                for path in
                    words.filter(|word| word.starts_with("/etc/") || word.starts_with("/var/"))
                {
                    let placed = plan
                        .placements
                        .iter()
                        .any(|one| one.node == *node && one.path == path);
                    assert!(placed, "{path} is not on {node}: {}", connection.id);
                }
            }
        }
    }
}

/// A plan's files on its nodes, and everything that listens.
struct Stage {
    plan: Plan,
    theatre: Theatre,
    foreign: Theatre,
    etcds: HashMap<String, Etcd>,
    servers: HashMap<(String, bool), Listener>,
}

impl Stage {
    fn new(plan: Plan) -> Self {
        let now = today();
        let foreign = Theatre::new(&foreign_pki_of(plan.clone(), now));
        let pki = pki_of_any(plan, now);
        let theatre = Theatre::new(&pki);
        let plan = pki.plan().clone();
        let mut stage = Self {
            theatre,
            foreign,
            etcds: HashMap::new(),
            servers: HashMap::new(),
            plan,
        };
        for connection in &stage.plan.connections {
            let node = connection.listener.node.clone().unwrap();
            if connection.listener.kind == ComponentKind::Etcd {
                let start = || Etcd::start(&stage.theatre, &stage.plan, &node);
                stage.etcds.entry(node.clone()).or_insert_with(start);
            } else {
                let start = || s_server(&stage.theatre, connection);
                stage
                    .servers
                    .entry(listens(connection))
                    .or_insert_with(start);
            }
        }
        stage
    }

    fn holds(&self, connection: &Connection) {
        for step in Call::of(&self.plan, connection).steps {
            let ended = self.run(connection, &step, &|line| line.to_owned());
            let line = format!("{}: {ended}", connection.id);
            let summary = ended.stderr.clone();
            let said = ended.succeeded();
            match step.step {
                CallStepKind::Certificate => {
                    assert!(summary.contains("Verification: OK\n"), "{line}");
                    assert!(said.starts_with("HTTP/1.0 200 "), "{line}");
                    if let ServerName::Dns(name) = &connection.dials[0].host {
                        assert!(
                            summary.contains(&format!("Verified peername: {name}\n")),
                            "{line}"
                        );
                    }
                }
                CallStepKind::CheckClient | CallStepKind::CheckServer => {
                    assert!(said.ends_with(": OK\n"), "{line}");
                }
                CallStepKind::Extract => assert_eq!(said, "", "{line}"),
                CallStepKind::Token => assert!(said.starts_with("HTTP/1.0 200 ok\r\n"), "{line}"),
            }
        }
    }

    fn falls(&self, connection: &Connection) {
        let dial = &connection.dials[0].host;
        let address = matches!(dial, ServerName::Ip(_));
        let (option, other) = if address {
            (format!("-verify_ip {dial}"), "-verify_ip 192.0.2.99")
        } else {
            (
                format!("-verify_hostname {dial}"),
                "-verify_hostname kubernetes.example",
            )
        };
        let mismatch = if address {
            "IP address mismatch"
        } else {
            "hostname mismatch"
        };
        let number = if address { 64 } else { 62 };
        let other_name = |line: &str| replaced(line, &option, other);
        let other_authority = |line: &str| {
            let id = if line.contains("sslclient") {
                connection.server.authority.as_ref().unwrap()
            } else {
                &connection.client.authority
            };
            after(line, "-CAfile ", &self.foreign_pki(&format!("{id}.crt")))
        };
        let nobody = |line: &str| {
            let (front, _) = line.split_once(" \\\n    -cert ").unwrap();
            front.to_owned()
        };
        let id = connection.client.certificate.clone().unwrap_or_default();
        let stranger = |line: &str| {
            let line = after(line, "-cert ", &self.foreign_pki(&format!("{id}.crt")));
            after(&line, "-key ", &self.foreign_pki(&format!("{id}.key")))
        };
        let etcd = connection.listener.kind == ComponentKind::Etcd;
        for step in Call::of(&self.plan, connection).steps {
            let fails = |edit: &dyn Fn(&str) -> String, text: &str| {
                let ended = self.run(connection, &step, edit);
                let line = format!("{}: {ended}", connection.id);
                let said = ended.failed();
                assert!(said.contains(text), "{text:?} is not said: {line}");
                assert!(!said.contains("200 "), "{line}");
            };
            match step.step {
                CallStepKind::Certificate => {
                    fails(
                        &other_authority,
                        "verify error:num=20:unable to get local issuer certificate",
                    );
                    fails(
                        &other_name,
                        &format!("verify error:num={number}:{mismatch}"),
                    );
                    // Go has one word for both (crypto/tls, alertBadCertificate).
                    let (none, unknown) = if etcd {
                        ("SSL alert number 42", "SSL alert number 42")
                    } else {
                        ("SSL alert number 116", "SSL alert number 48")
                    };
                    fails(&nobody, none);
                    fails(&stranger, unknown);
                }
                CallStepKind::CheckServer => {
                    fails(
                        &other_authority,
                        "error 20 at 0 depth lookup: unable to get local issuer certificate",
                    );
                    fails(
                        &other_name,
                        &format!("error {number} at 0 depth lookup: {mismatch}"),
                    );
                }
                CallStepKind::CheckClient => {
                    fails(
                        &other_authority,
                        "error 20 at 0 depth lookup: unable to get local issuer certificate",
                    );
                }
                CallStepKind::Extract => drop(
                    self.run(connection, &step, &|line| line.to_owned())
                        .succeeded(),
                ),
                CallStepKind::Token => {
                    let authority =
                        self.foreign_pki(&format!("{}.crt", connection.client.authority));
                    fails(
                        &|line| after(line, "--cacert ", &authority),
                        "unable to get local issuer certificate",
                    );
                    // No name of the certificate's.
                    let named = format!("'https://{dial}:");
                    fails(
                        &|line| replaced(line, &named, "'https://192.0.2.99:"),
                        "no alternative certificate subject name matches target",
                    );
                }
            }
        }
    }

    fn foreign_pki(&self, file: &str) -> String {
        self.foreign
            .bundle()
            .join("pki")
            .join(file)
            .display()
            .to_string()
    }

    /// Runs a step where it belongs, once `edit` has had its way with it.
    fn run(
        &self,
        connection: &Connection,
        step: &CallStep,
        edit: &dyn Fn(&str) -> String,
    ) -> Ended {
        let port = self.port(connection);
        let line = edit(&step.command);
        let line = match &step.place {
            Place::Bundle => moved(&line, connection, port, ""),
            Place::Node(node) | Place::Pod(node) => {
                let root = self.theatre.node(node).display().to_string();
                moved(&line, connection, port, &root)
            }
        };
        let folder = match &step.place {
            Place::Bundle => self.theatre.bundle(),
            Place::Node(_) => self.theatre.scratch(&connection.id),
            Place::Pod(node) => {
                self.mount_token(node, connection);
                self.theatre.scratch(&connection.id)
            }
        };
        let shell = if step.step == CallStepKind::Token {
            shell_for_curl(&self.theatre, port)
        } else {
            again(&Tool::Dash.command())
        };
        typed(&line, shell, &folder)
    }

    /// What the kubelet puts into a pod.
    fn mount_token(&self, node: &str, connection: &Connection) {
        let mount = self
            .theatre
            .node(node)
            .join("var/run/secrets/kubernetes.io/serviceaccount");
        fs::create_dir_all(&mount).unwrap();
        let authority = format!("{}.crt", connection.client.authority);
        fs::copy(
            self.theatre.bundle().join("pki").join(authority),
            mount.join("ca.crt"),
        )
        .unwrap();
        fs::write(mount.join("token"), "a.b.c").unwrap();
    }

    fn port(&self, connection: &Connection) -> u16 {
        let Some(etcd) = self.etcds.get(connection.listener.node.as_ref().unwrap()) else {
            return self.servers[&listens(connection)].port;
        };
        match (connection.listener.kind, connection.kind) {
            (ComponentKind::Etcd, "etcd/etcd-peer") => etcd.ports[1],
            (ComponentKind::Etcd, _) => etcd.ports[0],
            _ => self.servers[&listens(connection)].port,
        }
    }
}

/// One listener serves all who meet the same certificate by the same rules.
fn listens(connection: &Connection) -> (String, bool) {
    (
        connection.server.certificate.clone(),
        connection.client.certificate.is_some(),
    )
}

/// The line as it runs here: another address and port to connect to, and `root` in front of every path.
fn moved(line: &str, connection: &Connection, port: u16, root: &str) -> String {
    let dial = &connection.dials[0];
    let shown = match &dial.host {
        ServerName::Ip(address) if address.is_ipv6() => {
            format!("-connect '[{address}]:{}' ", dial.port)
        }
        host => format!("-connect {host}:{} ", dial.port),
    };
    let mut line = line.replace(&shown, &format!("-connect 127.0.0.1:{port} "));
    for (before, folder) in [(' ', "etc"), (' ', "var"), ('=', "etc"), ('=', "var")] {
        line = line.replace(
            &format!("{before}/{folder}/"),
            &format!("{before}{root}/{folder}/"),
        );
    }
    line
}

fn replaced(line: &str, old: &str, new: &str) -> String {
    assert!(line.contains(old), "{line} has no {old}");
    line.replace(old, new)
}

/// Another word after the option.
fn after(line: &str, option: &str, word: &str) -> String {
    let (front, rest) = line
        .split_once(option)
        .unwrap_or_else(|| panic!("{line} has no {option}"));
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    format!("{front}{option}{word}{}", &rest[end..])
}

/// kube-apiserver by a name behind a balancer, and a control plane and etcd that are dialled over IPv6.
fn by_name() -> Plan {
    plan_of(
        &json!({"preset": "hard-way-2020", "keyAlgorithm": "ecdsa-p256", "controlPlaneEndpoint": "api.example:8443",
            "nodes": [
                {"name": "lb", "role": "load-balancer", "addresses": ["10.1.0.1"]},
                {"name": "cp", "role": "control-plane", "addresses": ["fd01::11"]},
                {"name": "db", "role": "etcd", "addresses": ["fd01::31", "10.1.3.1"]},
                {"name": "w", "role": "worker", "addresses": ["fd01::21"]},
            ]})
        .to_string(),
    )
}
