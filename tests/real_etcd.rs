//! Three real etcd members with a bundle's files, written to over mutual TLS while one of them fails and comes back and while their
//! certificates are renewed: nothing that was acknowledged is lost, and nobody is refused who should not be.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use common::existing::{held_of, renewed};
use common::members::{LEADER, Member, SERVING, address, listening, start};
use common::rows::audited;
use common::{Unpacked, foreign_pki_of, go, pki_of, plan_of, timestamp, today};
use hardway::renew::KeyChoice::{self, Keep, New};
use hardway::{DecodedCertificate, KeyAlgorithm, Pki, Plan};
use serde::Deserialize;
use serde_json::json;

/// Go's words, for an authority of the right name and another key.
const UNKNOWN_AUTHORITY: &str = "tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of \"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"KUBERNETES-CA\")";

#[test]
fn nothing_is_lost_while_a_member_fails_and_the_certificates_are_renewed() {
    let trial = trial("hard-way-2020", 1_000, Keep);
    audited(
        "servers",
        "etcd, three members: writes over mutual TLS with 2 members killed and certificates renewed",
        &format!("{} writes, 0 lost", trial.written),
    );
}

/// `make audit`: every preset that has an etcd with TLS, with the key that the certificate had and with a new one.
#[test]
#[ignore = "minutes: make audit runs it"]
fn nothing_is_lost_of_ten_thousand_writes() {
    let mut written = 0;
    let (mut stops, mut handshakes) = (0, 0);
    for (preset, key) in [
        ("hard-way-2020", Keep),
        ("hard-way-2025", New),
        ("kubeadm", Keep),
        ("kubeadm", New),
        ("blank", Keep),
    ] {
        let trial = trial(preset, 10_000, key);
        println!(
            "{preset}, {key:?}: {} writes, {} handshakes, {} tries failed and were made again: {:?}",
            trial.written,
            trial.handshakes,
            trial.failures.values().sum::<usize>(),
            trial.failures
        );
        written += trial.written;
        handshakes += trial.handshakes;
        stops += 2;
    }
    audited(
        "servers",
        &format!(
            "etcd, three members: writes acknowledged over mutual TLS with members killed {stops} times and certificates renewed 5 times"
        ),
        &format!("{written} writes in {handshakes} connections, 0 lost"),
    );
}

struct Trial {
    written: usize,
    handshakes: usize,
    failures: BTreeMap<String, usize>,
}

/// Writes at least `count` keys to three members. Meanwhile the leader is killed and started again, then the certificates that the members
/// show to clients are renewed and put in the old ones' place, then another member is killed and started, which now meets its peers
/// with what was renewed.
fn trial(preset: &str, count: usize, key: KeyChoice) -> Trial {
    let plan = plan(preset);
    let own = pki_of(plan.clone(), today(), 1);
    let bundle = Unpacked::native(&own);
    let mut members = start(&plan, [&bundle; 3]);
    ready(&members);

    let client = Client::of(&plan);
    let mut writer = Writer::start(&bundle, &client, &members, count, Duration::from_mins(5));
    writer.acknowledged(count / 5);
    let leader = leader(&client, &bundle, &members);
    members[leader].stop();
    writer.acknowledged(count * 2 / 5);
    members[leader].start();
    members[leader].wait_for(SERVING);
    writer.acknowledged(count * 3 / 5);

    let before = serials(&own, &plan);
    assert_eq!(writer.serials(&members), before);
    let ids: BTreeSet<_> = servers(&plan).into_iter().collect();
    let choices: Vec<_> = ids.iter().map(|id| (&**id, key)).collect();
    let new = renewed(&plan, held_of(&own), &choices, timestamp(today())).unwrap();
    for id in &ids {
        if key == New {
            swap(&bundle, &new, id, "key");
        }
        swap(&bundle, &new, id, "crt");
    }
    let after = serials(&new, &plan);
    assert!(before.iter().all(|old| after.iter().all(|new| old != new)));
    writer.meets(&members, &after);

    let other = (leader + 1) % members.len();
    let so_far = writer.count;
    members[other].stop();
    writer.acknowledged((so_far + count / 5).max(count * 4 / 5));
    members[other].start();
    members[other].wait_for(SERVING);
    let so_far = writer.count;
    writer.acknowledged((so_far + count / 10).max(count));
    let trial = writer.end();
    assert!(trial.written >= count);

    let told = trial.failures.keys();
    // A member that is not there, or not yet in the cluster; between key and certificate a pair does not fit.
    let refused: Vec<_> = told
        .filter(|text| text.contains("x509") || text.contains("tls:"))
        .collect();
    assert!(key == New || refused.is_empty(), "{:?}", trial.failures);

    for member in &members {
        assert_eq!(
            client.missing(&bundle, member, trial.written),
            [0; 0],
            "lost"
        );
    }
    // That what is missing would be found: one key is taken away, and one gets another value.
    client.ctl(&bundle, &members[0], &["del", "w/0000007"]);
    client.ctl(&bundle, &members[0], &["put", "w/0000011", "other"]);
    assert_eq!(client.missing(&bundle, &members[1], trial.written), [7, 11]);
    trial
}

#[test]
fn a_certificate_of_a_foreign_authority_is_met_at_the_next_handshake_and_refused() {
    let plan = plan("hard-way-2020");
    let own = pki_of(plan.clone(), today(), 1);
    let bundle = Unpacked::native(&own);
    let members = start(&plan, [&bundle; 3]);
    ready(&members);
    let client = Client::of(&plan);
    client.ctl(&bundle, &members[0], &["put", "hardway", "before"]);

    let foreign = foreign_pki_of(plan.clone(), today());
    for id in servers(&plan) {
        swap(&bundle, &foreign, &id, "key");
        swap(&bundle, &foreign, &id, "crt");
    }
    let refused = Writer::start(&bundle, &client, &members, 10, Duration::from_secs(3)).end();
    assert_eq!((refused.written, refused.handshakes), (0, 0));
    let told: Vec<_> = refused.failures.keys().collect();
    assert_eq!(told, [UNKNOWN_AUTHORITY]);
    for member in &members {
        // What the client told the member.
        member.wait_for("remote error: tls: bad certificate");
    }

    for id in servers(&plan) {
        swap(&bundle, &own, &id, "key");
        swap(&bundle, &own, &id, "crt");
    }
    let kept = client.ctl(
        &bundle,
        &members[2],
        &["get", "hardway", "--print-value-only"],
    );
    assert_eq!(kept, "before\n");
}

/// The preset's cluster with three masters on this computer's loopback network.
fn plan(preset: &str) -> Plan {
    let master = |n: usize| json!({"name": format!("member-{n}"), "role": "control-plane", "addresses": [address(n)]});
    let nodes = [0, 1, 2].map(master);
    plan_of(
        &json!({"preset": preset, "nodes": nodes, "keyAlgorithm": KeyAlgorithm::Rsa2048})
            .to_string(),
    )
}

fn ready(members: &[Member]) {
    for member in members {
        member.wait_for(LEADER);
        member.wait_for(SERVING);
    }
}

/// The ids of what the members show to clients, in the members' order.
fn servers(plan: &Plan) -> [String; 3] {
    [0, 1, 2].map(|n| {
        listening(plan, CALL, &format!("member-{n}"))
            .server
            .certificate
            .clone()
    })
}

fn serials(pki: &Pki, plan: &Plan) -> [String; 3] {
    servers(plan).map(|id| {
        let decoded = DecodedCertificate::from_der(&pki.issued(&id).unwrap().certificate).unwrap();
        let digits = decoded.serial.replace(':', "").to_lowercase();
        digits.trim_start_matches('0').to_owned()
    })
}

/// Puts a file of another set in the place of the bundle's, at once.
fn swap(bundle: &Unpacked, from: &Pki, id: &str, end: &str) {
    let new = bundle.pki(&format!("{id}.{end}.new"));
    let content = match end {
        "key" => from
            .keys()
            .of(id)
            .unwrap()
            .to_pkcs8_pem()
            .unwrap()
            .to_string(),
        _ => from.issued(id).unwrap().certificate_pem.clone(),
    };
    fs::write(&new, content).unwrap();
    fs::rename(&new, bundle.pki(&format!("{id}.{end}"))).unwrap();
}

/// The member that leads, by its own word.
fn leader(client: &Client, bundle: &Unpacked, members: &[Member]) -> usize {
    let leads = |member: &Member| {
        let status = client.ctl(bundle, member, &["endpoint", "status", "--write-out=json"]);
        let status: serde_json::Value = serde_json::from_str(&status).unwrap();
        let status = &status[0]["Status"];
        status["leader"] == status["header"]["member_id"]
    };
    members.iter().position(leads).expect("one of them leads")
}

/// kube-apiserver's own call.
const CALL: &str = "kube-apiserver/etcd";

struct Client {
    certificate: String,
    authority: String,
}

impl Client {
    fn of(plan: &Plan) -> Self {
        let client = &listening(plan, CALL, "member-0").client;
        Self {
            certificate: client.certificate.clone().unwrap(),
            authority: client.authority.clone(),
        }
    }

    fn ctl(&self, bundle: &Unpacked, member: &Member, arguments: &[&str]) -> String {
        member
            .ctl(bundle, &self.authority, &self.certificate, arguments)
            .succeeded()
    }

    /// The numbers of the first `written` writes that the member does not have as they were written.
    fn missing(&self, bundle: &Unpacked, member: &Member, written: usize) -> Vec<usize> {
        let found = self.ctl(bundle, member, &["get", "w/", "--prefix"]);
        let lines: Vec<_> = found.lines().collect();
        let found: BTreeMap<_, _> = lines.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        let right = |n: &usize| found.get(&*format!("w/{n:07}")) == Some(&&*format!("{n:07}"));
        (0..written).filter(|n| !right(n)).collect()
    }
}

/// tests/go/writes.go at work; ended when dropped.
struct Writer {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<Progress>,
    count: usize,
    /// The serial numbers that each endpoint showed, the newest last.
    shown: BTreeMap<String, Vec<String>>,
}

/// A line of its output.
#[derive(Debug, Deserialize)]
struct Progress {
    acknowledged: usize,
    endpoint: String,
    serial: String,
    handshakes: usize,
    failures: Option<BTreeMap<String, usize>>,
    done: bool,
}

impl Writer {
    fn start(
        bundle: &Unpacked,
        client: &Client,
        members: &[Member],
        count: usize,
        limit: Duration,
    ) -> Self {
        let job = json!({
            "Endpoints": members.iter().map(Member::url).collect::<Vec<_>>(),
            "Certificate": bundle.pki(&format!("{}.crt", client.certificate)),
            "Key": bundle.pki(&format!("{}.key", client.certificate)),
            "Authority": bundle.pki(&format!("{}.crt", client.authority)),
            "Count": count,
            "Writers": 8,
            "PerConnection": 10,
            "Seconds": limit.as_secs(),
        });
        let mut child = std::process::Command::new(go::program("writes"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{job}").unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input: Some(input),
            lines,
            count: 0,
            shown: BTreeMap::new(),
        }
    }

    /// The next line, taken down.
    fn next(&mut self) -> Progress {
        let line = self.lines.recv_timeout(Duration::from_mins(2));
        let line = line.expect("the writer says something within two minutes");
        self.count = self.count.max(line.acknowledged);
        if !line.serial.is_empty() {
            let shown = self.shown.entry(line.endpoint.clone()).or_default();
            shown.push(line.serial.clone());
        }
        line
    }

    /// Returns when so many writes are acknowledged.
    fn acknowledged(&mut self, count: usize) {
        while self.count < count {
            let line = self.next();
            assert!(!line.done, "it gave up: {line:?}");
        }
    }

    fn serials(&self, members: &[Member]) -> [String; 3] {
        let newest = |member: &Member| self.shown.get(&member.url())?.last().cloned();
        std::array::from_fn(|n| newest(&members[n]).unwrap_or_default())
    }

    /// Returns when each member has shown its certificate of these.
    fn meets(&mut self, members: &[Member], serials: &[String; 3]) {
        let started = Instant::now();
        while self.serials(members) != *serials {
            let line = self.next();
            assert!(!line.done, "it gave up: {line:?}");
            assert!(
                started.elapsed() < Duration::from_mins(1),
                "shown: {:?}, expected: {serials:?}",
                self.shown
            );
        }
    }

    /// Lets it finish.
    fn end(mut self) -> Trial {
        drop(self.input.take());
        loop {
            let line = self.next();
            if line.done {
                return Trial {
                    written: line.acknowledged,
                    handshakes: line.handshakes,
                    failures: line.failures.unwrap_or_default(),
                };
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
