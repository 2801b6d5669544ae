//! kubectl, and something where kube-apiserver would be: tests/go/apiserver.go with the files of one, on the loopback network.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use hardway::{Connection, Kubeconfig, Plan};

use super::command::{Ended, Tool, run};
use super::handshake::{End, of_connection};
use super::{Unpacked, go};

pub(crate) struct Apiserver {
    child: Child,
    /// `https://127.0.0.1:PORT`
    pub(crate) url: String,
}

impl Apiserver {
    /// Shows the end's certificate, and knows its callers by the end's authority.
    pub(crate) fn start(end: &End) -> Self {
        let mut child = Command::new(go::program("apiserver"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let files = serde_json::to_string(end).unwrap();
        writeln!(child.stdin.as_mut().unwrap(), "{files}").unwrap();
        let mut address = String::new();
        let said = BufReader::new(child.stdout.take().unwrap()).read_line(&mut address);
        assert!(said.unwrap() > 0, "the server says no address");
        let url = format!("https://{}", address.trim());
        Self { child, url }
    }
}

impl Drop for Apiserver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The connection by which the kubeconfig's server is reached.
pub(crate) fn dialled<'a>(plan: &'a Plan, planned: &Kubeconfig) -> &'a Connection {
    let dials = |connection: &&Connection| {
        let url = |dial: &hardway::Dial| match dial.host.to_string() {
            host if host.contains(':') => format!("https://[{host}]:{}", dial.port),
            host => format!("https://{host}:{}", dial.port),
        };
        // A certificate asked for, so that the server knows by which authority to look at it.
        connection.server.authority.is_some()
            && connection
                .dials
                .iter()
                .any(|dial| url(dial) == planned.server)
    };
    let found = plan.connections.iter().find(dials);
    found.unwrap_or_else(|| panic!("nobody dials {} of {}", planned.server, planned.file))
}

pub(crate) fn server_end(bundle: &Unpacked, connection: &Connection) -> End {
    of_connection(bundle, connection).remove(0).server
}

/// The name in the kubeconfig's server, as TLS has it.
pub(crate) fn host(planned: &Kubeconfig) -> &str {
    let (host, _) = planned.server["https://".len()..].rsplit_once(':').unwrap();
    host.trim_matches(['[', ']'])
}

/// With a home of its own, where it keeps what it has learned of servers.
pub(crate) fn kubectl(bundle: &Unpacked, kubeconfig: &Path, arguments: &[&str]) -> Ended {
    let mut command: Command = Tool::Kubectl.command();
    command
        .env("HOME", bundle.scratch("kubectl"))
        .env_remove("KUBECONFIG");
    run(command.arg("--kubeconfig").arg(kubeconfig).args(arguments))
}

pub(crate) fn write(bundle: &Unpacked, name: &str, text: &str) -> PathBuf {
    let path = bundle.scratch("written").join(name);
    std::fs::write(&path, text).unwrap();
    path
}
