//! A real etcd with the bundle's files: the right client is served, others are refused.

mod common;

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::command::{Ended, Tool, missing, run, run_with};
use common::{Unpacked, foreign_pki, pki_of_today, today};

#[test]
fn the_bundle_s_client_certificate_is_served() {
    let bundle = Unpacked::native(&pki_of_today());
    let etcd = Etcd::start(&bundle);
    let client = [
        ("--cert", bundle.pki("etcd-server.crt")),
        ("--key", bundle.pki("etcd-server.key")),
    ];
    let with = |arguments: &[&str]| etcd.ctl(&bundle, &client, arguments).succeeded();
    assert_eq!(with(&["put", "hardway", "made"]), "OK\n");
    assert_eq!(with(&["get", "hardway"]), "hardway\nmade\n");
    let health = etcd
        .ctl(&bundle, &client, &["endpoint", "health"])
        .succeeded();
    assert!(
        health.is_empty() || health.contains("is healthy"),
        "{health}"
    );
}

#[test]
fn a_client_without_a_certificate_is_refused() {
    let bundle = Unpacked::native(&pki_of_today());
    let mut etcd = Etcd::start(&bundle);
    let said = etcd.ctl(&bundle, &[], &["get", "hardway"]).failed();
    assert!(
        said.contains("context deadline exceeded") || said.contains("remote error: tls"),
        "{said}"
    );
    let log = etcd.stop();
    assert!(
        log.contains("tls: client didn't provide a certificate"),
        "{log}"
    );
}

#[test]
fn a_client_of_a_foreign_authority_of_the_same_name_is_refused() {
    let bundle = Unpacked::native(&pki_of_today());
    let foreign = Unpacked::native(&foreign_pki(today()));
    let mut etcd = Etcd::start(&bundle);
    let client = [
        ("--cert", foreign.pki("etcd-server.crt")),
        ("--key", foreign.pki("etcd-server.key")),
    ];
    let said = etcd.ctl(&bundle, &client, &["get", "hardway"]).failed();
    assert!(
        said.contains("context deadline exceeded") || said.contains("remote error: tls"),
        "{said}"
    );
    let log = etcd.stop();
    assert!(
        log.contains("x509: certificate signed by unknown authority"),
        "{log}"
    );
    assert!(
        log.contains("verify candidate authority certificate \\\"KUBERNETES-CA\\\""),
        "{log}"
    );
}

#[test]
fn a_server_of_a_foreign_authority_of_the_same_name_is_refused_by_the_client() {
    let bundle = Unpacked::native(&pki_of_today());
    let foreign = Unpacked::native(&foreign_pki(today()));
    let mut etcd = Etcd::start(&bundle);
    let client = [
        ("--cert", bundle.pki("etcd-server.crt")),
        ("--key", bundle.pki("etcd-server.key")),
    ];
    etcd.ctl(&foreign, &client, &["get", "hardway"]).failed();
    // etcdctl 3.4 keeps its reason to itself; what it told the server is in the server's log.
    let log = etcd.stop();
    assert!(log.contains("remote error: tls: bad certificate"), "{log}");
}

#[test]
fn etcd_s_gateway_which_calls_its_own_server_with_the_server_s_certificate_is_served() {
    let bundle = Unpacked::native(&pki_of_today());
    let etcd = Etcd::start(&bundle);
    // https://github.com/etcd-io/etcd/issues/9785: refused where the server's certificate lacks clientAuth.
    let body = r#"{"key": "aGFyZHdheQ=="}"#;
    let request = format!(
        "POST /v3/kv/range HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut client = Tool::Openssl.command();
    client.args([
        "s_client",
        "-quiet",
        "-ign_eof",
        "-verify_return_error",
        "-connect",
    ]);
    client.arg(format!("127.0.0.1:{}", etcd.port));
    client.args([
        "-CAfile",
        "ca.crt",
        "-cert",
        "etcd-server.crt",
        "-key",
        "etcd-server.key",
    ]);
    let ended = run_with(
        client.current_dir(bundle.root.join("pki")),
        request.as_bytes(),
    );
    assert!(ended.stdout.starts_with("HTTP/1.1 200 OK\r\n"), "{ended}");
    assert!(ended.stdout.contains("cluster_id"), "{ended}");
}

/// A running etcd of one member; ended when dropped.
struct Etcd {
    child: Child,
    port: u16,
    log: std::path::PathBuf,
}

impl Etcd {
    fn start(bundle: &Unpacked) -> Self {
        let data = bundle.scratch("etcd");
        let log = data.join("log");
        let (port, peer) = free_ports();
        let (client_url, peer_url) = (
            format!("https://127.0.0.1:{port}"),
            format!("https://127.0.0.1:{peer}"),
        );
        let mut command = Tool::Etcd.command();
        let mut set = |flag: &str, value: &Path| {
            command.arg(format!("--{flag}={}", value.display()));
        };
        for prefix in ["", "peer-"] {
            set(
                &format!("{prefix}cert-file"),
                &bundle.pki("etcd-server.crt"),
            );
            set(&format!("{prefix}key-file"), &bundle.pki("etcd-server.key"));
            set(&format!("{prefix}trusted-ca-file"), &bundle.pki("ca.crt"));
            set(&format!("{prefix}client-cert-auth"), Path::new("true"));
        }
        set("data-dir", &data.join("data"));
        command.args([
            "--name=master-1",
            "--logger=zap",
            "--log-outputs=stderr",
            "--initial-cluster-state=new",
        ]);
        command.arg(format!("--listen-client-urls={client_url}"));
        command.arg(format!("--advertise-client-urls={client_url}"));
        command.arg(format!("--listen-peer-urls={peer_url}"));
        command.arg(format!("--initial-advertise-peer-urls={peer_url}"));
        command.arg(format!("--initial-cluster=master-1={peer_url}"));
        let child = spawn(&mut command, &log);
        let mut etcd = Self { child, port, log };
        etcd.wait_until_ready();
        etcd
    }

    /// Ready is what etcd itself says, so that no client's refusal hides it.
    fn wait_until_ready(&mut self) {
        let started = Instant::now();
        loop {
            let log = self.log();
            if log.contains("serving client traffic securely")
                || log.contains("serving client requests on")
            {
                return;
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("etcd ended with {status}: {log}");
            }
            assert!(
                started.elapsed() < Duration::from_secs(30),
                "etcd is not ready: {log}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// etcdctl, trusting the bundle's authority.
    fn ctl(
        &self,
        trusted: &Unpacked,
        client: &[(&str, std::path::PathBuf)],
        arguments: &[&str],
    ) -> Ended {
        let mut command = Tool::Etcdctl.command();
        command.env("ETCDCTL_API", "3");
        command.args(["--dial-timeout=3s", "--command-timeout=3s"]);
        command.arg(format!("--endpoints=https://127.0.0.1:{}", self.port));
        command.arg("--cacert").arg(trusted.pki("ca.crt"));
        for (flag, path) in client {
            command.arg(flag).arg(path);
        }
        run(command.args(arguments))
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Ends it, so that the log is whole.
    fn stop(&mut self) -> String {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.log()
    }
}

impl Drop for Etcd {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawn(command: &mut Command, log: &Path) -> Child {
    let log = File::create(log).unwrap();
    command
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap_or_else(|error| missing(command, &error))
}

/// Two ports that nobody listened at a moment ago.
fn free_ports() -> (u16, u16) {
    let listeners = [0; 2].map(|any| TcpListener::bind(("127.0.0.1", any)).unwrap());
    let [client, peer] = listeners.map(|listener| listener.local_addr().unwrap().port());
    (client, peer)
}
