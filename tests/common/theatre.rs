//! A cluster's files where its nodes have them, below one folder, and listeners on this computer that stand for the nodes'.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hardway::{Bundle, ComponentKind, Connection, Pki, Plan};
use tempfile::TempDir;

use super::command::{Tool, missing};

/// The bundle, and below `nodes/NAME` each node's files at their paths.
pub(crate) struct Theatre {
    home: TempDir,
}

impl Theatre {
    pub(crate) fn new(pki: &Pki) -> Self {
        let home = tempfile::tempdir().unwrap();
        let files: Vec<_> = Bundle::new(pki).files().map(Result::unwrap).collect();
        let put = |path: PathBuf, content: &[u8]| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        };
        for file in &files {
            put(home.path().join("bundle").join(&file.path), &file.content);
        }
        for placement in &pki.plan().placements {
            // The home of whoever installs is no caller's.
            let Some(path) = placement.path.strip_prefix('/') else {
                continue;
            };
            let copy = format!("nodes/{}/{}", placement.node, placement.name());
            let copy = files.iter().find(|file| file.path == copy).unwrap();
            put(
                home.path().join("nodes").join(&placement.node).join(path),
                &copy.content,
            );
        }
        Self { home }
    }

    pub(crate) fn bundle(&self) -> PathBuf {
        self.home.path().join("bundle")
    }

    pub(crate) fn node(&self, name: &str) -> PathBuf {
        self.home.path().join("nodes").join(name)
    }

    /// A folder of its own.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        let path = self
            .home
            .path()
            .join("scratch")
            .join(name.replace('/', "_"));
        fs::create_dir_all(&path).unwrap();
        path
    }
}

/// A listener on the loopback network; ended when dropped.
pub(crate) struct Listener {
    child: Child,
    pub(crate) port: u16,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `openssl s_server` with the listener's files, by the rules of a listener that wants a certificate, or of one that is told a token.
pub(crate) fn s_server(theatre: &Theatre, connection: &Connection) -> Listener {
    let pki = |name: String| theatre.bundle().join("pki").join(name);
    let id = &connection.server.certificate;
    let mut command = Tool::Openssl.command();
    command.args(["s_server", "-accept", "127.0.0.1:0", "-www"]);
    command.arg("-cert").arg(pki(format!("{id}.crt")));
    command.arg("-key").arg(pki(format!("{id}.key")));
    if let (Some(_), Some(authority)) =
        (&connection.client.certificate, &connection.server.authority)
    {
        // Not -CAfile: s_server would send the authority along, which no component does.
        command.args(["-Verify", "1", "-verify_return_error", "-verifyCAfile"]);
        command.arg(pki(format!("{authority}.crt")));
    }
    let log = File::create(theatre.scratch("s_server").join("log")).unwrap();
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log);
    let mut child = command
        .spawn()
        .unwrap_or_else(|error| missing(&command, &error));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // "ACCEPT 127.0.0.1:40123"
    let port = lines.find_map(|line| {
        line.unwrap()
            .strip_prefix("ACCEPT 127.0.0.1:")?
            .parse()
            .ok()
    });
    // It goes on writing, to nobody.
    std::thread::spawn(move || lines.count());
    Listener {
        port: port.expect("s_server says where it listens"),
        child,
    }
}

/// One member of etcd, alone in its cluster, started with the flags that the plan shows; its ports for clients and for peers.
pub(crate) struct Etcd {
    child: Child,
    pub(crate) ports: [u16; 2],
}

impl Drop for Etcd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Etcd {
    pub(crate) fn start(theatre: &Theatre, plan: &Plan, node: &str) -> Self {
        let data = theatre.scratch(&format!("etcd-{node}"));
        let ports = free_ports();
        // A single member has no peers, and so no files for them.
        let peers = listening(plan, node).any(|one| one.kind == "etcd/etcd-peer");
        let client = format!("https://127.0.0.1:{}", ports[0]);
        let scheme = if peers { "https" } else { "http" };
        let peer = format!("{scheme}://127.0.0.1:{}", ports[1]);
        let mut command = Tool::Etcd.command();
        command.args(["--name=member", "--logger=zap", "--log-outputs=stderr"]);
        command.arg(format!("--data-dir={}", data.join("data").display()));
        for (flag, url) in [
            ("listen-client-urls", &client),
            ("advertise-client-urls", &client),
            ("listen-peer-urls", &peer),
            ("initial-advertise-peer-urls", &peer),
        ] {
            command.arg(format!("--{flag}={url}"));
        }
        command.arg(format!("--initial-cluster=member={peer}"));
        // Callers come from 127.0.0.1 here, which is not in every member's certificate.
        command.arg("--experimental-peer-skip-client-san-verification");
        let mut flags: Vec<(&str, String)> = Vec::new();
        for connection in listening(plan, node) {
            for flag in &connection.server.flags {
                let value = match flag.value.strip_prefix('/') {
                    Some(path) => theatre.node(node).join(path).display().to_string(),
                    None => flag.value.clone(),
                };
                if flags.iter().all(|(known, _)| *known != flag.flag) {
                    flags.push((flag.flag, value));
                }
            }
        }
        for (flag, value) in flags {
            command.arg(format!("{flag}={value}"));
        }
        let log = data.join("log");
        let out = File::create(&log).unwrap();
        command
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out);
        let child = command
            .spawn()
            .unwrap_or_else(|error| missing(&command, &error));
        let etcd = Self { child, ports };
        wait_for(&log, "serving client");
        etcd
    }
}

fn listening<'a>(plan: &'a Plan, node: &'a str) -> impl Iterator<Item = &'a Connection> {
    let all = plan.connections.iter();
    all.filter(move |one| {
        one.listener.kind == ComponentKind::Etcd && one.listener.node.as_deref() == Some(node)
    })
}

/// Its log says it within half a minute, or the test ends with the log.
fn wait_for(log: &Path, text: &str) {
    let started = Instant::now();
    loop {
        let said = fs::read_to_string(log).unwrap();
        if said.contains(text) {
            return;
        }
        assert!(
            started.elapsed() < Duration::from_secs(30),
            "etcd does not say {text:?}: {said}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Two ports that nobody listened at a moment ago.
fn free_ports() -> [u16; 2] {
    let listeners = [0; 2].map(|any| TcpListener::bind(("127.0.0.1", any)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// A shell that finds the dialled host and port of a call with curl at the listener: curl's own file says where it connects.
pub(crate) fn shell_for_curl(theatre: &Theatre, port: u16) -> Command {
    let home = theatre.scratch("curl");
    fs::write(
        home.join(".curlrc"),
        format!("connect-to = \"::127.0.0.1:{port}\"\ninclude\nsilent\nshow-error\n"),
    )
    .unwrap();
    let mut shell = Tool::Dash.command();
    shell.env("CURL_HOME", home);
    shell
}
