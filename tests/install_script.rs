//! install.sh puts a node's files to their final paths, all or none.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::command::{Ended, run, shells};
use common::contents::installed;
use common::{Unpacked, files_below, pki, seed_plan};

#[test]
fn install_sh_puts_every_file_to_its_final_path() {
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki());
        let root = bundle.scratch("root");
        // From the node's own folder, as on the node: no folder is named.
        run(shell
            .arg(bundle.root.join("nodes/master-1/install.sh"))
            .arg("--root")
            .arg(&root))
        .succeeded();
        installed(&bundle, &seed_plan(), "master-1", &root);
    }
}

#[test]
fn install_sh_takes_the_folder_of_a_node_as_its_argument_and_installs_again_over_itself() {
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki());
        let root = bundle.scratch("root of worker-1");
        shell
            .arg("install.sh")
            .arg("--root")
            .arg(&root)
            .arg("nodes/worker-1")
            .current_dir(&bundle.root);
        run(&mut shell).succeeded();
        fs::write(root.join("var/lib/kubelet/worker-1.key"), "old").unwrap();
        run(&mut shell).succeeded();
        installed(&bundle, &seed_plan(), "worker-1", &root);
    }
}

#[test]
fn install_sh_changes_nothing_in_a_dry_run() {
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki());
        let root = bundle.scratch("root");
        let said = install(&mut shell, &bundle, "worker-1", &["--dry-run"]).succeeded();
        assert_eq!(files_below(&root), Vec::<String>::new());
        let plan = seed_plan();
        let placements = plan
            .placements
            .iter()
            .filter(|placement| placement.node == "worker-1");
        let lines: Vec<_> = placements
            .map(|p| {
                format!(
                    "would install {} ({:o}) to {}{}",
                    p.file,
                    p.mode,
                    root.display(),
                    p.path
                )
            })
            .collect();
        assert_eq!(said.lines().collect::<Vec<_>>(), lines);
    }
}

type Damage = fn(&Path);

#[test]
fn install_sh_installs_nothing_when_one_file_is_damaged_or_missing() {
    // The last of the list, so that all before it are good.
    let last = "kube-proxy.kubeconfig";
    let table: [(&str, Damage); 2] = [
        ("is not the file that was made", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("is missing", |path| fs::remove_file(path).unwrap()),
    ];
    for (text, damage) in table {
        for mut shell in shells() {
            let bundle = Unpacked::native(&pki());
            damage(&bundle.root.join("nodes/worker-1").join(last));
            let ended = install(&mut shell, &bundle, "worker-1", &[]);
            assert_eq!(ended.status.code(), Some(1), "{ended}");
            assert!(ended.stderr.starts_with("install.sh: "), "{ended}");
            assert!(
                ended.stderr.contains(&format!(
                    "{last} {text}\nhint: copy the folder again, whole\n"
                )),
                "{ended}"
            );
            assert_eq!(files_below(&bundle.scratch("root")), Vec::<String>::new());
        }
    }
}

#[test]
fn install_sh_refuses_an_unknown_option_and_a_folder_that_is_no_node_s() {
    let bundle = Unpacked::native(&pki());
    for mut shell in shells() {
        let ended = install(&mut shell, &bundle, "worker-1", &["--force"]);
        assert!(
            ended
                .failed()
                .starts_with("install.sh: unknown option: --force\nhint: ")
        );
    }
    for mut shell in shells() {
        let ended = run(shell
            .arg(bundle.root.join("install.sh"))
            .arg(bundle.root.join("pki")));
        assert!(
            ended
                .failed()
                .starts_with("install.sh: there is no file FILES in ")
        );
    }
}

fn install(shell: &mut Command, bundle: &Unpacked, node: &str, options: &[&str]) -> Ended {
    let script = bundle.root.join("nodes").join(node).join("install.sh");
    run(shell
        .arg(script)
        .args(options)
        .arg("--root")
        .arg(bundle.scratch("root")))
}
