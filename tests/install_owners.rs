//! install.sh as it runs on a node, by root and at the very paths: in a root folder of the test's own, in which nothing of this
//! computer is but its programs.

mod common;

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use common::command::{Ended, run, skip};
use common::contents::mode;
use common::{NOW, Unpacked, files_below, pki_of, presets};
use hardway::Role;

#[test]
fn every_file_of_every_preset_is_root_s_but_those_in_the_home_of_whoever_called_sudo() {
    if !may_change_root_or_skip() {
        return;
    }
    let by_sudo = &["SUDO_USER=vagrant", "SUDO_UID=1000", "SUDO_GID=1001"][..];
    for plan in presets::own() {
        let pki = pki_of(plan, NOW, 1);
        let bundle = Unpacked::native(&pki);
        let nodes = pki.plan().cluster.nodes.iter().flatten();
        for node in nodes.filter(|node| node.role != Role::LoadBalancer) {
            for (caller, home, owner) in [
                (by_sudo, "home/vagrant", (1000, 1001)),
                (&[], "root", (0, 0)),
            ] {
                let root = root_folder(&bundle, &node.name);
                let said = install(&root, "0:0", caller).succeeded();
                let mut expected = Vec::new();
                for placement in pki.plan().placements.iter().filter(|p| p.node == node.name) {
                    let (path, owner) = match placement.path.strip_prefix("~/") {
                        Some(path) => (format!("{home}/{path}"), owner),
                        None => (placement.path[1..].to_owned(), (0, 0)),
                    };
                    let installed = root.join(&path);
                    let found =
                        fs::metadata(&installed).unwrap_or_else(|error| panic!("{path}: {error}"));
                    assert_eq!((found.uid(), found.gid()), owner, "{path}");
                    assert_eq!(mode(&installed), placement.mode, "{path}");
                    expected.push(path);
                }
                assert_eq!(said.lines().count(), expected.len(), "{said}");
                expected.sort();
                assert_eq!(installed(&root), expected);
            }
        }
    }
}

#[test]
fn whoever_is_not_root_is_told_to_use_sudo_and_nothing_is_installed() {
    if !may_change_root_or_skip() {
        return;
    }
    let bundle = Unpacked::native(&common::pki());
    let root = root_folder(&bundle, "worker-1");
    let said = install(&root, "1000:1001", &[]).failed();
    assert_eq!(
        said,
        "install.sh: this needs root to write below /var/lib\nhint: run it with sudo\n"
    );
    assert_eq!(installed(&root), Vec::<String>::new());
}

/// Only root may, and not in every container.
fn may_change_root_or_skip() -> bool {
    let may = run(Command::new("unshare").args(["--mount", "true"]))
        .status
        .success();
    if !may {
        skip("it wants root, and the right to mount (unshare --mount)");
    }
    may
}

/// A root folder with the node's own folder in it, as the user left it there by scp who then calls sudo.
fn root_folder(bundle: &Unpacked, node: &str) -> PathBuf {
    let root = bundle.scratch("computer");
    fs::remove_dir_all(&root).unwrap();
    for folder in ["dev", "etc", "home/vagrant", "root", "usr"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    for folder in ["bin", "lib", "lib64", "sbin"] {
        symlink(format!("usr/{folder}"), root.join(folder)).unwrap();
    }
    fs::write(root.join("dev/null"), "").unwrap();
    fs::write(
        root.join("etc/passwd"),
        "root:x:0:0::/root:/bin/sh\nvagrant:x:1000:1001::/home/vagrant:/bin/sh\n",
    )
    .unwrap();
    let mut copy = Command::new("cp");
    copy.arg("-r").arg(bundle.root.join("nodes").join(node));
    run(copy.arg(root.join("node"))).succeeded();
    let mut own = Command::new("chown");
    run(own.args(["-R", "1000:1001"]).arg(root.join("node"))).succeeded();
    root
}

/// Runs the node's install.sh there. The mounts are gone with the process.
fn install(root: &Path, user: &str, environment: &[&str]) -> Ended {
    const ENTER: &str = r#"
        mount --bind -o ro /usr "$1/usr"
        mount --bind /dev/null "$1/dev/null"
        root=$1 user=$2
        shift 2
        exec chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin "$@" /bin/sh /node/install.sh
    "#;
    let home = if user == "0:0" {
        "HOME=/root"
    } else {
        "HOME=/home/vagrant"
    };
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-ec", ENTER, "enter"]);
    run(command.arg(root).arg(user).arg(home).args(environment))
}

/// Every file there that was not there before.
fn installed(root: &Path) -> Vec<String> {
    let mut found = files_below(root);
    found.retain(|path| {
        let first = path.split('/').next().unwrap();
        !["bin", "dev", "lib", "lib64", "node", "sbin"].contains(&first) && path != "etc/passwd"
    });
    found
}
