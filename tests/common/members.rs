//! Real etcd members of one cluster, on addresses of the loopback network, with the flags that the plan shows.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hardway::{Connection, Plan};

use super::Unpacked;
use super::command::{Ended, Tool, missing, run};

/// What a member's log says once the members are one cluster.
pub(crate) const LEADER: &str = "elected leader";
/// And once it answers.
pub(crate) const SERVING: &str = "serving client";

/// The address of `member-INDEX`.
pub(crate) fn address(index: usize) -> String {
    format!("127.0.0.{}", index + 2)
}

/// A member, running unless it was stopped; ended when dropped.
pub(crate) struct Member {
    command: Command,
    child: Option<Child>,
    index: usize,
    pub(crate) port: u16,
    log: PathBuf,
}

/// Starts all, each with the files of its bundle, and waits for none.
pub(crate) fn start<const COUNT: usize>(
    plan: &Plan,
    bundles: [&Unpacked; COUNT],
) -> [Member; COUNT] {
    let ports: [_; COUNT] = std::array::from_fn(|index| free_ports(&address(index)));
    let url = |index: usize, port: u16| format!("https://{}:{port}", address(index));
    let cluster = ports.iter().enumerate();
    let cluster = cluster.map(|(index, (_, peer))| format!("member-{index}={}", url(index, *peer)));
    let cluster = cluster.collect::<Vec<_>>().join(",");
    std::array::from_fn(|index| {
        let (bundle, (port, peer)) = (bundles[index], ports[index]);
        let data = bundle.scratch(&format!("etcd-{index}"));
        let mut command = Tool::Etcd.command();
        command.arg(format!("--name=member-{index}"));
        command.arg(format!("--initial-cluster={cluster}"));
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
        let mut member = Member {
            command,
            child: None,
            index,
            port,
            log: data.join("log"),
        };
        member.start();
        member
    })
}

/// The listener's flags of a member's client and peer connections; a path of the plan's is the bundle's file that belongs there.
fn flags(plan: &Plan, bundle: &Unpacked, node: &str) -> Vec<(String, String)> {
    let listens = |kind: &str| listening(plan, kind, node).server.flags.iter();
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

/// One connection of that kind to the node.
pub(crate) fn listening<'a>(plan: &'a Plan, kind: &str, node: &str) -> &'a Connection {
    let mut connections = plan.connections.iter();
    let found = connections.find(|c| c.kind == kind && c.listener.node.as_deref() == Some(node));
    found.unwrap_or_else(|| panic!("nobody calls {node} as {kind} does"))
}

impl Member {
    /// Starts it, or starts it again with what it has on its disk. What it says comes into a new log.
    pub(crate) fn start(&mut self) {
        let out = File::create(&self.log).unwrap();
        self.command
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out);
        let child = self.command.spawn();
        self.child = Some(child.unwrap_or_else(|error| missing(&self.command, &error)));
    }

    /// Ends it as a failing machine would: without a word of farewell.
    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Its log says it within half a minute, or the test ends with the log.
    pub(crate) fn wait_for(&self, text: &str) {
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

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    pub(crate) fn url(&self) -> String {
        format!("https://{}:{}", address(self.index), self.port)
    }

    /// etcdctl, with the certificate of any client.
    pub(crate) fn ctl(
        &self,
        bundle: &Unpacked,
        authority: &str,
        client: &str,
        arguments: &[&str],
    ) -> Ended {
        let mut command = Tool::Etcdctl.command();
        command
            .env("ETCDCTL_API", "3")
            .args(["--dial-timeout=5s", "--command-timeout=5s"]);
        command.arg(format!("--endpoints={}", self.url()));
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
        self.stop();
    }
}

/// Two ports of the address that nobody listened at a moment ago.
fn free_ports(address: &str) -> (u16, u16) {
    let listeners = [0; 2].map(|any| TcpListener::bind((address, any)).unwrap());
    let [client, peer] = listeners.map(|listener| listener.local_addr().unwrap().port());
    (client, peer)
}
