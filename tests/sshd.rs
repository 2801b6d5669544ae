//! The way of a bundle from the operator's computer to its nodes, through a real OpenSSH server.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::command::{Ended, Tool, again, run, shells};
use common::contents::{self, installed, mode};
use common::sshd::{Sshd, login};
use common::{Unpacked, files_below, pki_of, presets, today};
use hardway::{Plan, Role};

#[test]
fn every_node_of_every_preset_gets_its_folder_by_scp_and_installs_it() {
    if !Tool::Sshd.is_there_or_skip() {
        return;
    }
    for plan in presets::own() {
        let pki = pki_of(plan, today(), 1);
        let bundle = Unpacked::native(&pki);
        let sshd = Sshd::start(&bundle);
        contents::verified_by_itself(&bundle, pki.plan());
        let nodes = served(pki.plan());
        for (time, shell) in shells().iter().enumerate() {
            // The second time over the folders of the first.
            let said = distribute(
                shell,
                &bundle,
                &sshd,
                &sshd.identity(),
                Some("host_key.pub"),
                &[],
            )
            .succeeded();
            assert_eq!(said.lines().count(), nodes.len(), "{said}");
            for node in &nodes {
                arrived(&bundle, &sshd, node);
                let root = bundle.scratch(&format!("root-{time}-of-{node}"));
                let command = format!("sh {node}/install.sh --root {}", root.display());
                let said = sshd.run_there(node, &command).succeeded();
                assert!(said.starts_with("installed "), "{said}");
                installed(&bundle, pki.plan(), node, &root);
            }
            assert_eq!(fs::read_dir(&sshd.home).unwrap().count(), nodes.len());
        }
    }
}

#[test]
fn only_the_nodes_that_are_named_get_their_folders() {
    if !Tool::Sshd.is_there_or_skip() {
        return;
    }
    let pki = pki_of(presets::own().remove(0), today(), 1);
    let bundle = Unpacked::native(&pki);
    let sshd = Sshd::start(&bundle);
    for shell in shells() {
        // Also over a folder that is there from the time before, and by the address, which the configuration leads here as well.
        for options in [&["worker-2"][..], &["--addresses", "worker-2", "master-1"]] {
            distribute(
                &shell,
                &bundle,
                &sshd,
                &sshd.identity(),
                Some("host_key.pub"),
                options,
            )
            .succeeded();
        }
        arrived(&bundle, &sshd, "worker-2");
        arrived(&bundle, &sshd, "master-1");
        assert_eq!(fs::read_dir(&sshd.home).unwrap().count(), 2);
    }
}

#[test]
fn a_folder_that_was_damaged_on_its_way_is_not_installed() {
    if !Tool::Sshd.is_there_or_skip() {
        return;
    }
    let pki = pki_of(presets::own().remove(0), today(), 1);
    let bundle = Unpacked::native(&pki);
    let sshd = Sshd::start(&bundle);
    let [dash, _] = shells();
    distribute(
        &dash,
        &bundle,
        &sshd,
        &sshd.identity(),
        Some("host_key.pub"),
        &["worker-1"],
    )
    .succeeded();
    fs::write(sshd.home.join("worker-1/worker-1.key"), "half").unwrap();
    let root = bundle.scratch("root");
    let command = format!("sh worker-1/install.sh --root {}", root.display());
    let said = sshd.run_there("worker-1", &command).failed();
    assert!(
        said.contains(
            "worker-1.key is not the file that was made\nhint: copy the folder again, whole\n"
        ),
        "{said}"
    );
    assert_eq!(files_below(&root), Vec::<String>::new());
}

#[test]
fn whoever_cannot_be_trusted_gets_no_file_and_the_script_says_what_to_do() {
    if !Tool::Sshd.is_there_or_skip() {
        return;
    }
    let pki = pki_of(presets::own().remove(0), today(), 1);
    for shell in shells() {
        let bundle = Unpacked::native(&pki);
        let sshd = Sshd::start(&bundle);
        let (right, wrong) = (sshd.identity(), sshd.other_identity());
        let table: [(&Path, Option<&str>, &str); 3] = [
            (
                &wrong,
                Some("host_key.pub"),
                "Permission denied (publickey)",
            ),
            (
                &right,
                Some("other_host_key.pub"),
                "REMOTE HOST IDENTIFICATION HAS CHANGED!",
            ),
            // Nobody is there to say yes to an unknown one.
            (&right, None, "Host key verification failed."),
        ];
        for (identity, host_key, reason) in table {
            let ended = distribute(&shell, &bundle, &sshd, identity, host_key, &[]);
            assert_eq!(ended.status.code(), Some(1), "{ended}");
            assert_eq!(ended.stdout, "", "{ended}");
            assert!(ended.stderr.contains(reason), "{ended}");
            let advice = "distribute.sh: could not copy to master-1 (done before it: none)\n\
                hint: see what scp said above and mend the connection, then run it again for master-1 and the nodes after it\n";
            assert!(ended.stderr.ends_with(advice), "{ended}");
            assert_eq!(files_below(&sshd.home), Vec::<String>::new());
        }
        // Nothing but the identity and the host key stood in the way.
        distribute(
            &shell,
            &bundle,
            &sshd,
            &right,
            Some("host_key.pub"),
            &["master-1"],
        )
        .succeeded();
        arrived(&bundle, &sshd, "master-1");
    }
}

fn distribute(
    shell: &Command,
    bundle: &Unpacked,
    sshd: &Sshd,
    identity: &Path,
    host_key: Option<&str>,
    arguments: &[&str],
) -> Ended {
    let mut command = again(shell);
    command.arg(bundle.root.join("distribute.sh"));
    command.args([
        "--user",
        &login(),
        "--port",
        &sshd.port.to_string(),
        "--identity",
    ]);
    command
        .arg(identity)
        .arg("--ssh-config")
        .arg(sshd.client_config(host_key));
    run(command.args(arguments))
}

/// The very files of the node's folder lie in the home, with their modes.
fn arrived(bundle: &Unpacked, sshd: &Sshd, node: &str) {
    let (sent, got) = (bundle.root.join("nodes").join(node), sshd.home.join(node));
    let files = files_below(&sent);
    assert!(files.len() > 2, "{files:?}");
    assert_eq!(files_below(&got), files);
    for file in files {
        assert!(
            fs::read(got.join(&file)).unwrap() == fs::read(sent.join(&file)).unwrap(),
            "{node}/{file}"
        );
        assert_eq!(
            mode(&got.join(&file)),
            mode(&sent.join(&file)),
            "{node}/{file}"
        );
    }
}

fn served(plan: &Plan) -> Vec<String> {
    let nodes = plan.cluster.nodes.iter().flatten();
    let served = nodes.filter(|node| node.role != Role::LoadBalancer);
    served.map(|node| node.name.clone()).collect()
}
