//! A stand-in for scp, so that no test leaves this computer: a host is a folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::Unpacked;

/// Takes down its arguments, one call a line, and copies to the folder `$HOSTS/HOST`; the host `$BROKEN` is not there.
const SCP: &str = r#"#!/bin/sh
set -eu
printf '%s\n' "$*" >>"$HOSTS/calls"
recursive=
while [ $# -gt 1 ]; do
    case $1 in
    -r) recursive=-r ;;
    -p) ;;
    -F | -P | -i) shift ;;
    *) break ;;
    esac
    shift
done
for last in "$@"; do :; done
host=${last%:*}
host=${host#*@}
[ "$host" != "${BROKEN:-}" ] || { echo "ssh: connect to host $host port 22: Connection refused" >&2; exit 255; }
mkdir -p "$HOSTS/$host"
while [ $# -gt 1 ]; do
    cp $recursive -- "$1" "$HOSTS/$host/"
    shift
done
"#;

pub(crate) struct Scp {
    path: String,
    pub(crate) hosts: PathBuf,
}

impl Scp {
    pub(crate) fn new(bundle: &Unpacked) -> Self {
        let (bin, hosts) = (bundle.scratch("bin"), bundle.scratch("hosts"));
        let program = bin.join("scp");
        fs::write(&program, SCP).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        Self { path, hosts }
    }

    /// Lets the command find this scp before any other.
    pub(crate) fn serve<'a>(
        &self,
        command: &'a mut std::process::Command,
    ) -> &'a mut std::process::Command {
        command.env("PATH", &self.path).env("HOSTS", &self.hosts)
    }

    /// The arguments of every call so far.
    pub(crate) fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.hosts.join("calls")).unwrap_or_default();
        calls.lines().map(str::to_owned).collect()
    }
}
