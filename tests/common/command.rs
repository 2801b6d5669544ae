//! Other people's programs, run so that a failure says what was run and what it said.

use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, ExitStatus, Stdio};

/// A program that `make test` installs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tool {
    Bash,
    Busybox,
    Certtool,
    Cfssl,
    Curl,
    Dash,
    Easyrsa,
    Etcd,
    Etcdctl,
    Go,
    Keytool,
    Kubectl,
    Minica,
    Nginx,
    Openssl,
    Python,
    Shellcheck,
    Ssh,
    SshKeygen,
    Sshd,
    Tar,
    Unzip,
    Zip,
    Zipinfo,
}

/// Says that the test is left out, to the terminal itself: cargo keeps what eprintln! says to itself while a test passes.
pub(crate) fn skip(reason: &str) {
    let test = std::thread::current();
    let test = test.name().unwrap_or_default();
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {reason}");
}

/// What a program that ended left behind.
#[derive(Debug)]
pub(crate) struct Ended {
    line: String,
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Tool {
    pub(crate) fn command(self) -> Command {
        let mut command = Command::new(self.program());
        match self {
            // Only the standard library is used: nothing may be fetched, not even another toolchain.
            Self::Go => command
                .env("GOFLAGS", "-mod=mod")
                .env("GOPROXY", "off")
                .env("GOTOOLCHAIN", "local"),
            // One language for the texts that the tests compare.
            _ => command.env("LC_ALL", "C"),
        };
        command
    }

    /// Whether it is installed; where it is not, the test that asks says to the terminal itself that it is left out.
    pub(crate) fn is_there_or_skip(self) -> bool {
        let program = self.program();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let there = std::env::split_paths(&path).any(|folder| folder.join(&program).is_file());
        if !there {
            let program = program.to_string_lossy();
            let package = Self::package(&program);
            skip(&format!(
                "{program} is not installed (Debian's package {package})"
            ));
        }
        there
    }

    fn program(self) -> OsString {
        let name = match self {
            Self::Bash => "bash",
            Self::Busybox => "busybox",
            Self::Certtool => "certtool",
            Self::Cfssl => "cfssl",
            Self::Curl => "curl",
            Self::Dash => "dash",
            // Debian has it in no folder of programs.
            Self::Easyrsa => "/usr/share/easy-rsa/easyrsa",
            Self::Etcd => "etcd",
            Self::Etcdctl => "etcdctl",
            Self::Go => {
                return std::env::var_os("HARDWAY_GO").expect(
                    "the variable HARDWAY_GO is not set: it names a go program; `make test` sets it",
                );
            }
            Self::Keytool => "keytool",
            Self::Kubectl => "kubectl",
            Self::Minica => "minica",
            // Not in the PATH of those who are not root.
            Self::Nginx => "/usr/sbin/nginx",
            Self::Openssl => "openssl",
            // Debian's own, which its packages are for.
            Self::Python => "/usr/bin/python3",
            Self::Shellcheck => "shellcheck",
            Self::Ssh => "ssh",
            Self::SshKeygen => "ssh-keygen",
            // It wants its whole path, to start itself again for each connection.
            Self::Sshd => "/usr/sbin/sshd",
            Self::Tar => "tar",
            Self::Unzip => "unzip",
            Self::Zip => "zip",
            Self::Zipinfo => "zipinfo",
        };
        name.into()
    }

    fn package(program: &str) -> &str {
        match program {
            "/usr/share/easy-rsa/easyrsa" => "easy-rsa",
            "certtool" => "gnutls-bin",
            "cfssl" => "golang-cfssl",
            "etcd" => "etcd-server",
            "etcdctl" => "etcd-client",
            "keytool" => "default-jre-headless",
            "kubectl" => "kubernetes-client",
            "/usr/sbin/nginx" => "nginx",
            "/usr/sbin/sshd" => "openssh-server",
            "ssh" | "ssh-keygen" => "openssh-client",
            "zipinfo" => "unzip",
            other => other,
        }
    }
}

impl Ended {
    /// What it wrote to its output, after a status of 0.
    pub(crate) fn succeeded(self) -> String {
        assert!(self.status.success(), "it failed: {self}");
        self.stdout
    }

    /// Everything that it wrote, after another status than 0.
    pub(crate) fn failed(self) -> String {
        assert!(!self.status.success(), "it should have failed: {self}");
        self.stdout + &self.stderr
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}\n{}\n--- stdout\n{}--- stderr\n{}",
            self.line, self.status, self.stdout, self.stderr
        )
    }
}

/// The shells that nodes have: `dash` is Debian's `/bin/sh`, busybox that of small images.
pub(crate) fn shells() -> [Command; 2] {
    let mut busybox = Tool::Busybox.command();
    busybox.arg("sh");
    [Tool::Dash.command(), busybox]
}

/// The same shell once more.
pub(crate) fn again(shell: &Command) -> Command {
    let mut command = Command::new(shell.get_program());
    command.args(shell.get_args()).env("LC_ALL", "C");
    command
}

/// One of the package's examples, which cargo builds next to the tests.
pub(crate) fn example(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(
        program.is_file(),
        "the example {name} is not built: cargo test builds it, cargo test --test does not"
    );
    Command::new(program)
}

pub(crate) fn run(command: &mut Command) -> Ended {
    run_with(command, b"")
}

/// Runs the program with `input` as its standard input.
pub(crate) fn run_with(command: &mut Command, input: &[u8]) -> Ended {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| missing(command, &error));
    let mut stdin = child.stdin.take().unwrap();
    // A program may end without reading all of it; what it says then is its status.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Ended {
        line: format!("{command:?}"),
        status: output.status,
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A test whose program is not there fails, and says what to install.
pub(crate) fn missing(command: &Command, error: &std::io::Error) -> ! {
    let program = command.get_program().to_string_lossy();
    panic!(
        "{program} could not be started ({error}): install Debian's package {}, or run `make test`, which does",
        Tool::package(&program)
    )
}
