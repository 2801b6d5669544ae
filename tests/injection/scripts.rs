//! The bundle's scripts, and keys that are sealed with hostile passphrases.

use std::fs;

use hardway::Bundle;
use hardway::seal::{Passphrase, Sealer};
use serde_json::json;

use crate::canary::{canaries, every_shell, sings};
use crate::common::command::{again, run};
use crate::common::rows::audited;
use crate::common::scp::Scp;
use crate::common::{Unpacked, pki_of_any, pki_of_today, plan_of, rng, today};
use crate::names::{HOSTILE, validated};

#[test]
fn the_scripts_of_a_bundle_with_hostile_subjects_do_what_they_always_do() {
    let mut runs = 0;
    for (nth, plan) in validated().into_iter().enumerate() {
        let pki = pki_of_any(plan, today());
        let bundle = Unpacked::native(&pki);
        let here = bundle.scratch("here");
        // Each of three shells with two of the presets.
        for shell in every_shell().into_iter().skip(nth % 3).take(1) {
            let script = |name: &str| {
                let mut shell = again(&shell);
                shell.arg(bundle.root.join(name)).current_dir(&here);
                shell
            };
            let said = run(&mut script("verify.sh")).succeeded();
            assert!(said.lines().all(|line| line.starts_with("ok ")), "{said}");
            runs += 1;
            let scp = Scp::new(&bundle);
            run(scp.serve(&mut script("distribute.sh"))).succeeded();
            assert!(!scp.calls().is_empty());
            runs += 1;
            for node in pki.plan().cluster.nodes.iter().flatten() {
                let folder = bundle.root.join("nodes").join(&node.name);
                if folder.is_dir() {
                    let root = bundle.scratch("root");
                    run(script("install.sh").arg("--root").arg(root).arg(folder)).succeeded();
                    runs += 1;
                }
            }
        }
        for folder in [&here, &bundle.root] {
            assert!(canaries(folder).is_empty(), "{folder:?}");
        }
    }
    audited(
        "inputs",
        "scripts of bundles with hostile subjects, by dash, bash and busybox",
        &format!("{runs} runs, 0 canaries"),
    );
}

#[test]
fn a_table_within_a_script_and_a_list_of_files_are_never_run() {
    let bundle = Unpacked::native(&pki_of_today());
    let here = bundle.scratch("here");
    // Names that no description lets through, in the places of a node's name and of a file's path.
    let entries = HOSTILE
        .iter()
        .filter(|text| !text.contains(['\n', '\r', '\0']));
    let entries: Vec<_> = entries.map(|text| text.replace(' ', "${IFS}")).collect();
    let distribute = bundle.text("distribute.sh");
    let (head, rest) = distribute.split_once("<<'TABLE'\n").unwrap();
    let (_, tail) = rest.split_once("\nTABLE\n").unwrap();
    let table = entries
        .iter()
        .map(|entry| format!("{entry} {entry}\n"))
        .collect::<String>();
    let install = bundle.text("install.sh");
    let node = bundle.root.join("nodes/worker-1");
    let manifest = fs::read_to_string(node.join("FILES")).unwrap();
    let first: Vec<_> = manifest.lines().nth(1).unwrap().split(' ').collect();
    let lines = entries
        .iter()
        .map(|entry| format!("{} {} /x/{entry} {}\n", first[0], first[1], first[3]));
    let lines: Vec<_> = lines.collect();
    for shell in every_shell() {
        let typed = |text: &str, arguments: &[&str]| {
            fs::write(here.join("script"), text).unwrap();
            let mut shell = again(&shell);
            run(shell.arg("script").args(arguments).current_dir(&here))
        };
        let installed = |script: &str, line: &str| {
            fs::write(
                node.join("FILES"),
                format!("# mode sha256 path file\n{line}"),
            )
            .unwrap();
            typed(script, &["--root", "root", node.to_str().unwrap()])
        };
        let quoted = format!("{head}<<'TABLE'\n{table}TABLE\n{tail}");
        let said = typed(&quoted, &["--addresses", "--dry-run"]).succeeded();
        assert!(said.contains("nodes/$(touch${IFS}canary)"), "{said}");
        for line in &lines {
            let _ = installed(&install, line);
        }
        let root = here.join("root/x");
        assert!(
            root.join("$(touch${IFS}canary)").is_file(),
            "a path is taken as it is"
        );
        assert!(!here.join("canary").exists(), "{shell:?}");

        // The twins: a here-document that is open, and a line that is read as a command.
        let open = format!("{head}<<TABLE\n$(touch canary) 10.0.0.1\nTABLE\n{tail}");
        let _ = typed(&open, &["--dry-run"]);
        assert!(here.join("canary").exists(), "{shell:?}");
        fs::remove_file(here.join("canary")).unwrap();
        let read = r#""$1" "$mode" "$sum" "$path" "$file""#;
        let run_it = install.replace(read, r#"eval "$1 $mode $sum $path $file""#);
        assert_ne!(run_it, install);
        let _ = installed(&run_it, &lines[0]);
        assert!(here.join("canary").exists(), "{shell:?}");
        fs::remove_file(here.join("canary")).unwrap();
        fs::remove_dir_all(here.join("root")).unwrap();
    }
}

#[test]
fn hostile_passphrases_open_what_they_sealed_and_do_nothing_else() {
    let passphrases = HOSTILE.map(|text| format!("{text} 123456789 {text}"));
    let passphrases = passphrases.into_iter().filter(|text| !text.contains('\0'));
    let passphrases: Vec<_> = passphrases.step_by(2).collect();
    let plan =
        plan_of(&json!({"preset": "hightower-2025", "keyAlgorithm": "ecdsa-p256"}).to_string());
    let pki = pki_of_any(plan, today());
    let node = "nodes/node-0";
    for (nth, passphrase) in passphrases.iter().enumerate() {
        let sealer = Sealer::new(
            &Passphrase::new(passphrase.clone().into()).unwrap(),
            &mut rng(1),
        )
        .unwrap();
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("bundle");
        for file in Bundle::new(&pki).sealed(sealer).files().map(Result::unwrap) {
            if file.path.starts_with(node) {
                let path = folder.join(&file.path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &file.content[..]).unwrap();
            }
        }
        let shells = every_shell();
        let mut shell = again(&shells[nth % shells.len()]);
        let root = home.path().join("root");
        shell
            .arg(folder.join(node).join("install.sh"))
            .arg("--root")
            .arg(&root);
        let said = run(shell
            .env("HARDWAY_PASSPHRASE", passphrase)
            .current_dir(home.path()))
        .succeeded();
        assert!(!said.contains(passphrase.as_str()), "{said}");
        let placed = pki
            .plan()
            .placements
            .iter()
            .filter(|one| one.node == "node-0" && one.file.ends_with(".key"));
        let mut opened = 0;
        for one in placed {
            let key = pki.keys().of(one.file.trim_end_matches(".key")).unwrap();
            let found = fs::read_to_string(root.join(one.path.trim_start_matches('/'))).unwrap();
            assert_eq!(found, *key.to_pkcs8_pem().unwrap(), "{passphrase:?}");
            opened += 1;
        }
        assert!(opened > 0);
        assert!(canaries(home.path()).is_empty(), "{passphrase:?}");
    }
    audited(
        "inputs",
        "hostile passphrases, sealed and opened by the node's own script",
        &format!("{} opened, 0 canaries", passphrases.len()),
    );
    for shell in every_shell() {
        assert!(sings(
            &format!("openssl pkey -passin pass:{}", HOSTILE[0]),
            &shell
        ));
    }
}
