//! Somebody else's files, in which any name may stand: what is offered to be copied, and what is made of them.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use hardway::by_hand::Call;
use hardway::diagnose::diagnose;
use hardway::import::{Content, Inventory};
use hardway::recognise::{Corrections, Part, Recognition};
use hardway::renew::{Held, KeyChoice, Renewal};
use hardway::{Bundle, Cluster, KeyAlgorithm, PRESETS, Plan};
use serde_json::json;

use crate::canary::{canaries, every_shell, sings};
use crate::common::command::{Ended, again, run};
use crate::common::existing::{begun, chosen};
use crate::common::rows::audited;
use crate::common::{NOW, Unpacked, pki_of_any, timestamp};
use crate::names::{HOSTILE, unvalidated};

/// Programs that only say with what they were called, a word a line; whoever is called otherwise is missing.
const STAND_IN: &str = "#!/bin/sh\nprintf '%s\\n' called \"$@\"\n";

#[test]
fn commands_about_imported_files_with_hostile_names_run_nothing_but_themselves() {
    let bin = tempfile::tempdir().unwrap();
    for name in ["openssl", "curl", "kubectl", "sudo", "date", "ls"] {
        let path = bin.path().join(name);
        fs::write(&path, STAND_IN).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    let path = format!(
        "{}:{}",
        bin.path().display(),
        std::env::var("PATH").unwrap()
    );
    let mut commands = 0;
    for dropped in (0..2 * PRESETS.len()).map(dropped) {
        for (nth, line) in dropped.commands().iter().enumerate() {
            // They take turns.
            let shell = &every_shell()[nth % 3];
            let folder = tempfile::tempdir().unwrap();
            let said = run(again(shell)
                .args(["-c", line])
                .env("PATH", &path)
                .current_dir(folder.path()));
            assert!(canaries(folder.path()).is_empty(), "{line}");
            assert!(!said.stderr.contains("yntax"), "{line}\n{said}");
            commands += 1;
        }
    }
    assert!(commands > 300, "{commands}");
    audited(
        "inputs",
        "commands about files and subjects with hostile names, as they are copied, by dash, bash and busybox",
        &format!("{commands} run, 0 canaries"),
    );
    // The twin: the same path, only put between two others.
    for shell in every_shell() {
        for text in &HOSTILE[..8] {
            let naive = [
                format!("cat {text}"),
                format!("cat '{text}'"),
                format!("cat \"{text}\""),
            ];
            assert!(naive.iter().any(|line| sings(line, &shell)), "{text}");
        }
    }
}

/// Somebody's files under hostile names.
struct Dropped {
    inventory: Inventory,
    recognition: Recognition,
}

fn dropped(nth: usize) -> Dropped {
    let pki = pki_of_any(unvalidated(nth), NOW);
    let mut inventory = Inventory::default();
    for (place, file) in Bundle::new(&pki).files().map(Result::unwrap).enumerate() {
        let wanted = file.path.starts_with("pki/") || file.path.starts_with("kubeconfig/");
        // Something is missing, so that there are findings.
        if wanted && place % 7 != nth % 7 {
            let name = file.path.rsplit('/').next().unwrap();
            let hostile = HOSTILE[(place + nth) % HOSTILE.len()].replace('/', "");
            inventory.add(&format!("{hostile}/{name}"), &file.content, Some(0o644));
        }
    }
    let recognition = Recognition::of(&inventory, &Corrections::default());
    Dropped {
        inventory,
        recognition,
    }
}

impl Dropped {
    /// Everything that the page offers to be copied.
    fn commands(&self) -> Vec<String> {
        let findings = diagnose(&self.inventory, &self.recognition, NOW);
        let found = findings
            .into_iter()
            .flat_map(|one| one.commands)
            .map(|one| one.command);
        let plan = self.recognition.plan();
        let calls = plan
            .connections
            .iter()
            .flat_map(|one| Call::of(plan, one).steps);
        let mut all: Vec<_> = found.chain(calls.map(|step| step.command)).collect();
        all.sort();
        all.dedup();
        all
    }
}

#[test]
fn a_cluster_of_hostile_certificates_is_described_within_the_rules_and_renewed_within_its_folder() {
    let mut renewed = 0;
    for nth in 0..PRESETS.len() * 2 {
        let Dropped {
            inventory,
            recognition,
        } = dropped(nth);
        for file in inventory.files() {
            assert!(
                !file.path.starts_with('/') && !file.path.chars().any(char::is_control),
                "{:?}",
                file.path
            );
            assert!(
                file.path.split('/').all(|part| part != ".."),
                "{:?}",
                file.path
            );
        }
        let json = serde_json::to_string(&recognition.description).unwrap();
        let cluster = Cluster::parse(&json.parse().unwrap()).expect("what is recognised parses");
        let plan = Plan::new(&cluster);
        let mut held = Held::default();
        for planned in &plan.certificates {
            let item = |part| {
                recognition
                    .main(&planned.id, part)
                    .map(|item| &inventory.items()[item].content)
            };
            if let Some(Content::Certificate(found)) = item(Part::Certificate) {
                held.insert_certificate(&planned.id, found.der.clone());
            }
            if let Some(Content::PrivateKey(key)) = item(Part::Key)
                && let Ok(key) = key.private_key(&planned.id)
            {
                held.insert_key(&planned.id, key.into());
            }
        }
        let leaf = plan
            .certified()
            .find(|one| one.issuer != one.id && one.key_algorithm == KeyAlgorithm::EcdsaP256);
        let Some(leaf) = leaf.map(|one| one.id.clone()) else {
            continue;
        };
        let Ok(renewal) = Renewal::new(
            &plan,
            plan.clone(),
            held,
            &chosen(&[(&leaf, KeyChoice::New)]),
            timestamp(NOW),
        ) else {
            continue;
        };
        let Ok(pki) = begun(renewal, timestamp(NOW)).finish() else {
            continue;
        };
        renewed += 1;
        let bundle = Unpacked::native(&pki);
        for shell in every_shell() {
            let here = bundle.scratch("here");
            for script in ["verify.sh", "distribute.sh"] {
                let mut shell = again(&shell);
                shell.arg(bundle.root.join(script)).current_dir(&here);
                let _: Ended = run(match script {
                    "verify.sh" => &mut shell,
                    _ => shell.arg("--dry-run"),
                });
            }
            assert!(canaries(&here).is_empty() && canaries(&bundle.root).is_empty());
        }
    }
    assert!(renewed >= 3, "{renewed}");
    // The twin: the same names, were they taken as they stand.
    let taken = |text: &&str| {
        let nodes = json!([{"name": text, "role": "worker", "addresses": ["10.0.0.1"]}]);
        let description = json!({"preset": "one-node", "nodes": nodes});
        Cluster::parse(&description.to_string().parse().unwrap()).is_ok()
    };
    assert_eq!(HOSTILE.into_iter().filter(taken).count(), 0);
}
