//! What other programs say of sets with one thing broken: the real etcd in its log, and openssl where it has the same rule.

mod common;

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use common::command::{Tool, missing, run};
use common::openssl::openssl;
use common::{Unpacked, foreign_pki, pki_of, rng, seed_plan, timestamp, today};
use hardway::lesson::Lesson;
use hardway::verify::{self, End, Evidence, Handshake, Side, Verifier};
use hardway::{Pki, ServerName};
use rsa::pkcs8::der::pem;

/// The certificate that etcd and its callers share.
const SHARED: &str = "etcd-server";

#[test]
fn etcd_logs_the_sentence_that_is_predicted_for_three_callers_and_serves_the_right_one() {
    let now = today();
    let pki = pki_of(seed_plan(), now, 1);
    let without_client_auth = Lesson::EtcdNoClientAuth.breaks(&pki, timestamp(now), &mut rng(7));
    let without_client_auth = der(&without_client_auth.unwrap().changed[0].pem);
    let expired = pki_of(seed_plan(), now - 2000 * 86_400, 1);
    let foreign = foreign_pki(now);
    let bundle = Unpacked::native(&pki);
    let etcd = Etcd::start(&bundle);
    let own = pki.issued(SHARED).unwrap().certificate.clone();
    let trusted = pki.issued("ca").unwrap().certificate.clone();
    let callers = [
        (own.clone(), &pki),
        (without_client_auth, &pki),
        (
            expired.issued(SHARED).unwrap().certificate.clone(),
            &expired,
        ),
        (
            foreign.issued(SHARED).unwrap().certificate.clone(),
            &foreign,
        ),
    ];
    for (number, (shown, keys)) in callers.into_iter().enumerate() {
        let folder = etcd.bundle.scratch(&format!("caller-{number}"));
        let key = keys.keys().of(SHARED).unwrap().to_pkcs8_pem().unwrap();
        let certificate = pem::encode_string("CERTIFICATE", rsa::pkcs8::LineEnding::LF, &shown);
        fs::write(folder.join("crt"), certificate.unwrap()).unwrap();
        fs::write(folder.join("key"), &*key).unwrap();
        let predicted = verify::handshake(&Handshake {
            host: "127.0.0.1".to_owned(),
            now: today(),
            client: End {
                chain: vec![shown],
                key: None,
                roots: Some(vec![trusted.clone()]),
            },
            server: End {
                chain: vec![own.clone()],
                key: None,
                roots: Some(vec![trusted.clone()]),
            },
            requires: true,
        });
        let served = etcd.call(&folder);
        assert_eq!(served, predicted.server.is_empty(), "{predicted:?}");
        if let Some((_, sentence)) = predicted.server.split_once("certificate: ") {
            // The clock has its own second in each.
            let sentence = sentence.split("current time").next().unwrap();
            etcd.logs(sentence);
        }
    }
}

#[test]
fn openssl_refuses_the_chain_the_purpose_and_the_name_where_we_do() {
    let now = today();
    let pki = pki_of(seed_plan(), now, 1);
    // Of the others openssl knows nothing, or has a rule of its own: basicConstraints, the CN for a name, keys, tokens, clocks.
    let lessons = [
        None,
        Some(Lesson::DropSan),
        Some(Lesson::DialOtherAddress),
        Some(Lesson::Expired),
        Some(Lesson::WrongCa),
        Some(Lesson::CaAnew),
        Some(Lesson::NoServerAuth),
        Some(Lesson::EtcdNoClientAuth),
    ];
    for lesson in lessons {
        let bundle = Unpacked::native(&pki);
        let mut evidence = Evidence::of(&pki).unwrap();
        if let Some(lesson) = lesson {
            let broken = lesson.breaks(&pki, timestamp(now), &mut rng(7)).unwrap();
            for changed in &broken.changed {
                fs::write(bundle.pki(&format!("{}.crt", changed.id)), &changed.pem).unwrap();
            }
            evidence = broken.evidence;
        }
        compare(&pki, &bundle, &evidence, now);
    }
}

fn compare(pki: &Pki, bundle: &Unpacked, evidence: &Evidence, now: i64) {
    let verifier = Verifier::new(pki.plan(), evidence, now);
    for connection in &pki.plan().connections {
        let verdict = verifier.verdict(connection);
        let name = match verdict.host.parse() {
            Ok(address) => ("-verify_ip", ServerName::Ip(address).to_string()),
            Err(_) => ("-verify_hostname", verdict.host.clone()),
        };
        let at = now.to_string();
        let accepted = |authority: &str, id: &str, purpose: &str, name: &[&str]| {
            let (authority, file) = (format!("{authority}.crt"), format!("{id}.crt"));
            let mut arguments = vec!["verify", "-CAfile", &authority, "-purpose", purpose];
            arguments.extend(["-attime", &at]);
            arguments.extend(name);
            arguments.push(&file);
            openssl(bundle, &arguments).status.success()
        };
        let (caller, listener) = (&connection.client, &connection.server);
        let accepted_server = accepted(
            &caller.authority,
            &listener.certificate,
            "sslserver",
            &[name.0, &name.1],
        );
        assert_eq!(
            accepted_server,
            verdict.side != Some(Side::Client),
            "{verdict:?}"
        );
        if let (Some(id), Some(authority)) = (&caller.certificate, &listener.authority)
            && accepted_server
        {
            let believed = accepted(authority, id, "sslclient", &[]);
            assert_eq!(believed, verdict.side.is_none(), "{verdict:?}");
        }
    }
}

fn der(text: &str) -> Vec<u8> {
    pem::decode_vec(text.as_bytes()).unwrap().1
}

/// A running etcd with the bundle's files; ended when dropped.
struct Etcd<'a> {
    child: Child,
    bundle: &'a Unpacked,
    port: u16,
    log: PathBuf,
}

impl<'a> Etcd<'a> {
    fn start(bundle: &'a Unpacked) -> Self {
        let free = || TcpListener::bind("127.0.0.1:0").unwrap();
        let [port, peer] = [free(), free()].map(|one| one.local_addr().unwrap().port());
        let data = bundle.scratch("etcd");
        let file = |name: &str| bundle.pki(name).display().to_string();
        let mut command = Tool::Etcd.command();
        command.args(["--logger=zap", "--log-outputs=stderr", "--client-cert-auth"]);
        command.arg(format!("--data-dir={}", data.join("data").display()));
        for (flag, port) in [
            ("listen-client-urls", port),
            ("advertise-client-urls", port),
        ] {
            command.arg(format!("--{flag}=https://127.0.0.1:{port}"));
        }
        for flag in ["listen-peer-urls", "initial-advertise-peer-urls"] {
            command.arg(format!("--{flag}=http://127.0.0.1:{peer}"));
        }
        command.arg(format!("--initial-cluster=default=http://127.0.0.1:{peer}"));
        for (flag, name) in [
            ("cert-file", "etcd-server.crt"),
            ("key-file", "etcd-server.key"),
            ("trusted-ca-file", "ca.crt"),
        ] {
            command.arg(format!("--{flag}={}", file(name)));
        }
        let log = data.join("log");
        let out = File::create(&log).unwrap();
        command
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out);
        let child = command.spawn();
        let child = child.unwrap_or_else(|error| missing(&command, &error));
        let etcd = Self {
            child,
            bundle,
            port,
            log,
        };
        etcd.logs("serving client");
        etcd
    }

    /// Whether etcdctl is served with the files of the folder.
    fn call(&self, folder: &Path) -> bool {
        let mut command = Tool::Etcdctl.command();
        command.env("ETCDCTL_API", "3");
        command.args(["--dial-timeout=3s", "--command-timeout=3s"]);
        command.arg(format!("--endpoints=https://127.0.0.1:{}", self.port));
        command.arg("--cacert").arg(self.bundle.pki("ca.crt"));
        command.arg("--cert").arg(folder.join("crt"));
        command.arg("--key").arg(folder.join("key"));
        run(command.args(["get", "hardway"])).status.success()
    }

    /// Its log says it within half a minute, quoted as JSON, or the test ends with the log.
    fn logs(&self, text: &str) {
        let quoted = serde_json::Value::from(text).to_string();
        let text = quoted.trim_matches('"');
        let started = Instant::now();
        loop {
            let log = fs::read_to_string(&self.log).unwrap();
            if log.contains(text) {
                return;
            }
            assert!(
                started.elapsed() < Duration::from_secs(30),
                "no {text}: {log}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Etcd<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
