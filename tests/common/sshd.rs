//! A real OpenSSH server on the loopback network: every node of a cluster at once, with a home, a host key and one authorized key.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Unpacked;
use super::command::{Ended, Tool, missing, run};

pub(crate) struct Sshd {
    child: Child,
    pub(crate) port: u16,
    folder: PathBuf,
    /// Where whoever logs in finds himself, in the place of the real home.
    pub(crate) home: PathBuf,
}

impl Sshd {
    pub(crate) fn start(bundle: &Unpacked) -> Self {
        let (folder, home) = (bundle.scratch("ssh"), bundle.scratch("home"));
        for key in ["host_key", "identity", "other_host_key", "other_identity"] {
            let mut keygen = Tool::SshKeygen.command();
            keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]);
            run(keygen.arg(folder.join(key))).succeeded();
        }
        let any = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = any.local_addr().unwrap().port();
        drop(any);
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nPidFile none\nHostKey {folder}/host_key\n\
             AuthorizedKeysFile {folder}/identity.pub\nStrictModes no\nUsePAM no\nPermitRootLogin prohibit-password\n\
             PasswordAuthentication no\nKbdInteractiveAuthentication no\nSubsystem sftp /usr/lib/openssh/sftp-server\n\
             ForceCommand cd {home} && HOME={home} exec sh -c \"$SSH_ORIGINAL_COMMAND\"\n",
            folder = folder.display(),
            home = home.display(),
        );
        fs::write(folder.join("sshd_config"), config).unwrap();
        if user("-u") == "0" {
            // Where root's sshd confines the part that speaks to strangers; systemd makes it where it starts sshd.
            fs::create_dir_all("/run/sshd").unwrap();
        }
        let mut command = Tool::Sshd.command();
        command
            .args(["-D", "-e", "-f"])
            .arg(folder.join("sshd_config"));
        let log = File::create(folder.join("log")).unwrap();
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let child = command.spawn();
        let child = child.unwrap_or_else(|error| missing(&command, &error));
        let mut sshd = Self {
            child,
            port,
            folder,
            home,
        };
        sshd.wait_until_ready();
        sshd
    }

    fn wait_until_ready(&mut self) {
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("sshd ended with {status}: {}", self.log());
            }
            assert!(
                started.elapsed() < Duration::from_secs(30),
                "sshd is not ready: {}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What this server lets in: one key.
    pub(crate) fn identity(&self) -> PathBuf {
        self.folder.join("identity")
    }

    /// A key that it knows nothing of.
    pub(crate) fn other_identity(&self) -> PathBuf {
        self.folder.join("other_identity")
    }

    /// A configuration of ssh's in which every name is this server, known by the public key in `host_key`'s file; by none, a stranger.
    pub(crate) fn client_config(&self, host_key: Option<&str>) -> PathBuf {
        let known = host_key.map_or_else(String::new, |file| {
            let key = fs::read_to_string(self.folder.join(file)).unwrap();
            format!("[127.0.0.1]:{} {key}", self.port)
        });
        let known_hosts = self.folder.join("known_hosts");
        fs::write(&known_hosts, known).unwrap();
        let config = format!(
            "Host *\n    HostName 127.0.0.1\n    UserKnownHostsFile {}\n    GlobalKnownHostsFile /dev/null\n    \
             IdentitiesOnly yes\n    IdentityAgent none\n",
            known_hosts.display()
        );
        let path = self.folder.join("ssh_config");
        fs::write(&path, config).unwrap();
        path
    }

    /// Runs a command at the node as the operator would, who has copied its folder there.
    pub(crate) fn run_there(&self, node: &str, command: &str) -> Ended {
        let mut ssh = Tool::Ssh.command();
        ssh.arg("-F").arg(self.client_config(Some("host_key.pub")));
        ssh.args(["-l", &login(), "-p", &self.port.to_string(), "-i"]);
        run(ssh.arg(self.identity()).args([node, command]))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    fn log_path(&self) -> PathBuf {
        Path::new(&self.folder).join("log")
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whoever runs the tests: a server that is not root's lets nobody else in.
pub(crate) fn login() -> String {
    user("-un")
}

fn user(option: &str) -> String {
    run(Command::new("id").arg(option))
        .succeeded()
        .trim()
        .to_owned()
}
