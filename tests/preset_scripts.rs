//! The scripts of every preset's bundle, with its own nodes and as a highly available cluster, in dash and in busybox.

mod common;

use std::fs;
use std::process::Command;

use common::command::{Ended, Tool, again, run, shells};
use common::{
    NOW, Unpacked, contents, files_below, foreign_pki_of, openssl, pki_of, presets, today,
};
use hardway::{KeyAlgorithm, Plan, Role};

#[test]
fn verify_sh_finds_nothing_wrong_with_any_preset_s_bundle() {
    for plan in presets::all() {
        let pki = pki_of(plan, today(), 1);
        for mut shell in shells() {
            let bundle = Unpacked::native(&pki);
            let said = run(shell.arg(bundle.root.join("verify.sh"))).succeeded();
            assert_eq!(
                said.lines().count(),
                pki.plan().certificates.len(),
                "{said}"
            );
            assert!(said.lines().all(|line| line.starts_with("ok ")), "{said}");
        }
    }
}

#[test]
fn verify_sh_finds_two_swapped_keys_in_any_preset_s_bundle() {
    for plan in presets::own() {
        let pki = pki_of(plan, today(), 1);
        let bundle = Unpacked::native(&pki);
        let leaves = pki.plan().certificates.iter().rev();
        let leaves = leaves.filter(|planned| planned.kind.is_certified());
        let [one, other] = [0, 1].map(|nth| leaves.clone().nth(nth).unwrap());
        let keys = [one, other].map(|planned| bundle.pki(&format!("{}.key", planned.id)));
        let contents = keys.clone().map(|path| fs::read(path).unwrap());
        fs::write(&keys[0], &contents[1]).unwrap();
        fs::write(&keys[1], &contents[0]).unwrap();
        for mut shell in shells() {
            let said = run(shell.arg(bundle.root.join("verify.sh"))).failed();
            for planned in [one, other] {
                let line = format!(
                    "WRONG   pki/{0}.key: does not match pki/{0}.crt\n",
                    planned.id
                );
                assert!(said.contains(&line), "{said}");
            }
        }
    }
}

#[test]
fn verify_sh_finds_a_public_key_that_belongs_to_another() {
    let pki = pki_of(presets::own().remove(3), today(), 1);
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki);
        let other = bundle.text("pki/sa.pub").replace('A', "B");
        fs::write(bundle.pki("sa.pub"), other).unwrap();
        let said = run(shell.arg(bundle.root.join("verify.sh"))).failed();
        assert!(
            said.contains("WRONG   pki/sa.pub: does not match pki/sa.key\n"),
            "{said}"
        );
    }
}

#[test]
fn install_sh_puts_every_file_of_every_node_of_every_preset_to_its_final_path() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        for shell in shells() {
            // One bundle a shell: what is installed lies next to it.
            let bundle = Unpacked::native(&pki);
            for node in served(pki.plan()) {
                let root = bundle.scratch(&format!("root of {node}"));
                let told = install(&shell, &bundle, &node, &["--dry-run"]).succeeded();
                let all = pki.plan().placements.iter();
                let all = all.filter(|placement| placement.node == node);
                assert_eq!(told.lines().count(), all.count(), "{told}");
                assert!(
                    told.lines().all(|line| line.starts_with("would install ")),
                    "{told}"
                );
                assert_eq!(files_below(&root), Vec::<String>::new());

                let done = install(&shell, &bundle, &node, &[]).succeeded();
                assert_eq!(done, told.replace("would install ", "installed "));
                contents::installed(&bundle, pki.plan(), &node, &root);
            }
        }
    }
}

fn served(plan: &Plan) -> Vec<String> {
    let nodes = plan.cluster.nodes.iter().flatten();
    let served = nodes.filter(|node| node.role != Role::LoadBalancer);
    served.map(|node| node.name.clone()).collect()
}

fn install(shell: &Command, bundle: &Unpacked, node: &str, options: &[&str]) -> Ended {
    let mut command = again(shell);
    command.arg(bundle.root.join("nodes").join(node).join("install.sh"));
    command.args(options).arg("--root");
    run(command.arg(bundle.scratch(&format!("root of {node}"))))
}

#[test]
fn the_openssl_commands_of_every_preset_make_what_openssl_accepts() {
    let [dash, busybox] = shells();
    let rsa = presets::own().into_iter();
    let rsa = rsa.map(|plan| (&dash, pki_of(plan, NOW, 1)));
    // In the other shell with keys that are made in no time.
    let ecdsa = presets::own_with(KeyAlgorithm::EcdsaP256).into_iter();
    let ecdsa = ecdsa.map(|plan| (&busybox, foreign_pki_of(plan, NOW)));
    for (shell, pki) in rsa.chain(ecdsa) {
        let bundle = Unpacked::native(&pki);
        let by_hand = Unpacked::native(&pki);
        fs::remove_dir_all(by_hand.root.join("pki")).unwrap();
        fs::create_dir(by_hand.root.join("pki")).unwrap();
        let mut command = again(shell);
        command.arg(bundle.root.join("openssl/make.sh"));
        run(command.current_dir(by_hand.root.join("pki"))).succeeded();
        openssl::purposes(&by_hand, pki.plan(), today() + 60);
        openssl::keys(&by_hand, pki.plan());
        openssl::contents(&by_hand, pki.plan());
    }
}

#[test]
fn shellcheck_has_nothing_to_say_of_any_preset_s_scripts() {
    for plan in presets::all() {
        let bundle = Unpacked::native(&pki_of(plan, NOW, 1));
        for file in [
            "distribute.sh",
            "install.sh",
            "verify.sh",
            "openssl/make.sh",
        ] {
            let mut shellcheck = Tool::Shellcheck.command();
            shellcheck.args(["--shell=sh", "--severity=style"]);
            run(shellcheck.arg(bundle.root.join(file))).succeeded();
        }
    }
}
