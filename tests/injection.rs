//! Names that somebody chose to do harm, through everything that is written: nothing of them is run, and nothing breaks out.
//!
//! Two ways lead in. What is typed or comes by a link is validated, and these are the worst names that pass. What comes in certificates,
//! kubeconfigs and file names of others is not: there anything goes. Each test has its twin, in which the same names do what they want
//! because something is not quoted.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use common::command::{Ended, Tool, again, run, run_with, shells};
use common::existing::{chosen, held_of};
use common::scp::Scp;
use common::{NOW, Unpacked, files_below, pki_of_any, plan_of, presets, rng, timestamp, today};
use hardway::by_hand::Call;
use hardway::diagnose::diagnose;
use hardway::import::{Content, Inventory};
use hardway::recognise::{Corrections, Recognition};
use hardway::renew::{KeyChoice, Renewal, calendar};
use hardway::seal::{Passphrase, Sealer};
use hardway::{
    Attribute, Bundle, Cluster, KeyAlgorithm, PRESETS, Pki, Plan, PlannedName, ServerName,
};
use serde_json::{Value, json};
use serde_norway::Value as Yaml;

/// Whoever runs one of these makes a file `canary`; whoever cuts at the wrong place makes one as well, or another document.
const HOSTILE: [&str; 26] = [
    "$(touch canary)",
    "`touch canary`",
    "'; touch canary; '",
    "\"; touch canary; \"",
    "; touch canary #",
    "| touch canary",
    "&& touch canary",
    "a\ntouch canary\n",
    "a\rtouch canary",
    "TABLE\ntouch canary\n",
    "EOF\ntouch canary\n",
    "-e touch canary",
    "--help",
    "../../../canary",
    "/canary",
    "%s%n%x",
    "<script>touch('canary')</script>",
    "]]><svg onload=\"touch()\"/>",
    "\u{202e}txt.yranac\u{202c}",
    "a\u{0}b",
    "=cmd|' /C touch canary'!A1",
    "key: value\n- item",
    "*alias &anchor !!tag",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:canary",
    "{{ touch }} ${touch} %{touch}",
    "\\",
];

/// Those that may stand in a description's subjects.
fn valid() -> Vec<&'static str> {
    let passes = |text: &&str| {
        let description =
            json!({"preset": "hard-way-2020", "certificates": {"admin": {"commonName": text}}});
        Cluster::parse(&description.to_string().parse().unwrap()).is_ok()
    };
    HOSTILE.into_iter().filter(passes).collect()
}

/// Shells that people have.
fn every_shell() -> Vec<Command> {
    let mut all: Vec<_> = shells().into();
    all.push(Tool::Bash.command());
    all
}

/// Files of that name, and whatever else somebody made there.
fn canaries(folder: &Path) -> Vec<String> {
    let files = files_below(folder).into_iter();
    files
        .filter(|file| file.rsplit('/').next() == Some("canary"))
        .collect()
}

/// Runs one command line in a folder of its own that is empty, and says whether something was made there.
fn sings(line: &str, shell: &Command) -> bool {
    let folder = tempfile::tempdir().unwrap();
    // It may fail: its files are not there.
    let _ = run(again(shell).args(["-c", line]).current_dir(folder.path()));
    !canaries(folder.path()).is_empty()
}

/// Every preset with hostile users and groups, of those that pass.
fn validated() -> Vec<Plan> {
    let valid = valid();
    assert!((12..HOSTILE.len()).contains(&valid.len()), "{valid:?}");
    let mut plans = Vec::new();
    for (nth, preset) in PRESETS.iter().enumerate() {
        let own = plan_of(&json!({"preset": preset.id}).to_string());
        let mut changes = BTreeMap::new();
        for (place, planned) in own
            .certificates
            .iter()
            .enumerate()
            .filter(|(_, one)| one.kind.is_certified())
        {
            let value = |n: usize| valid[(nth * 7 + place * 2 + n) % valid.len()];
            let group = if planned.kind.is_authority() {
                None
            } else {
                Some(value(1))
            };
            changes.insert(
                planned.id.clone(),
                json!({"commonName": value(0), "organization": group}),
            );
        }
        let subject = json!({"O": valid[nth], "OU": valid[nth + 1], "L": valid[nth + 2]});
        plans.push(plan_of(
            &json!({"preset": preset.id, "keyAlgorithm": "ecdsa-p256", "certificates": changes, "authoritySubject": subject}).to_string(),
        ));
    }
    plans
}

/// A plan whose subjects and names are as no description could have them: what somebody else's certificates may hold.
fn unvalidated(nth: usize) -> Plan {
    let mut plan = plan_of(
        &json!({"preset": PRESETS[nth % PRESETS.len()].id, "keyAlgorithm": "ecdsa-p256"})
            .to_string(),
    );
    for (place, planned) in plan.certificates.iter_mut().enumerate() {
        let value = |n: usize| HOSTILE[(nth * 5 + place * 3 + n) % HOSTILE.len()].to_owned();
        // Two of three, so that something is recognised.
        if place % 3 != nth % 3 {
            for (n, part) in planned.subject.iter_mut().enumerate() {
                if part.attribute != Attribute::Country {
                    part.value = value(n);
                }
            }
        }
        if planned.kind.is_server() && value(9).is_ascii() {
            planned.names.push(PlannedName {
                name: ServerName::Dns(value(9)),
                diallers: Vec::new(),
                reason: None,
            });
        }
    }
    plan
}

#[test]
fn the_scripts_of_a_bundle_with_hostile_subjects_do_what_they_always_do() {
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
            let scp = Scp::new(&bundle);
            run(scp.serve(&mut script("distribute.sh"))).succeeded();
            assert!(!scp.calls().is_empty());
            for node in pki.plan().cluster.nodes.iter().flatten() {
                let folder = bundle.root.join("nodes").join(&node.name);
                if folder.is_dir() {
                    let root = bundle.scratch("root");
                    run(script("install.sh").arg("--root").arg(root).arg(folder)).succeeded();
                }
            }
        }
        for folder in [&here, &bundle.root] {
            assert!(canaries(folder).is_empty(), "{folder:?}");
        }
    }
}

#[test]
fn a_table_within_a_script_and_a_list_of_files_are_never_run() {
    let bundle = Unpacked::native(&common::pki_of_today());
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
    let passphrases = passphrases.iter().filter(|text| !text.contains('\0'));
    let passphrases = passphrases.step_by(2);
    let plan =
        plan_of(&json!({"preset": "hightower-2025", "keyAlgorithm": "ecdsa-p256"}).to_string());
    let pki = pki_of_any(plan, today());
    let node = "nodes/node-0";
    for (nth, passphrase) in passphrases.enumerate() {
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
    for shell in every_shell() {
        assert!(sings(
            &format!("openssl pkey -passin pass:{}", HOSTILE[0]),
            &shell
        ));
    }
}

#[test]
fn yaml_says_the_hostile_user_and_group_and_nothing_more() {
    let mut naive = 0;
    for plan in validated() {
        let pki = pki_of_any(plan, NOW);
        for file in Bundle::new(&pki).files().map(Result::unwrap) {
            let stem = file.path.strip_prefix("config/");
            let planned = pki
                .plan()
                .configurations
                .iter()
                .find(|one| stem == Some(one.file));
            let Some(planned) = planned.filter(|one| !one.subject.is_empty()) else {
                continue;
            };
            let text = std::str::from_utf8(&file.content).unwrap();
            let documents = documents(text);
            let subjects: Vec<_> = documents
                .iter()
                .filter(|one| one["kind"] == "ClusterRoleBinding")
                .collect();
            assert_eq!(subjects.len(), 1, "{text}");
            assert_eq!(
                subjects[0]["subjects"][0]["name"],
                planned.subject.as_str(),
                "{text}"
            );
            assert_eq!(subjects[0]["subjects"].as_sequence().unwrap().len(), 1);
            let keys: Vec<_> = subjects[0].as_mapping().unwrap().keys().collect();
            assert_eq!(keys.len(), 5, "{text}");
            // The same text, only put between two others.
            let name = format!("name: {}\n", planned.subject);
            let read: Result<Yaml, _> = serde_norway::from_str(&name);
            naive += usize::from(read.map_or(true, |one| one["name"] != planned.subject.as_str()));
        }
    }
    assert!(naive > 0, "no name of these needs a quote");
}

fn documents(text: &str) -> Vec<Yaml> {
    let documents = serde_norway::Deserializer::from_str(text);
    documents
        .map(|one| serde::Deserialize::deserialize(one).unwrap())
        .collect()
}

#[test]
fn a_calendar_of_a_hostile_cluster_has_its_own_events_and_no_other() {
    let held = held_of(&pki_of_any(validated().remove(0), NOW));
    let plain = calendar("plain", &held, timestamp(NOW));
    let Some(expected) = events(&plain) else {
        return;
    };
    for text in HOSTILE {
        let written = calendar(text, &held, timestamp(NOW));
        assert!(
            written
                .split("\r\n")
                .all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])),
            "{text:?}"
        );
        let read = events(&written).unwrap();
        assert_eq!(
            read.as_array().unwrap().len(),
            expected.as_array().unwrap().len(),
            "{text:?}"
        );
        let seen = |c: char| !c.is_control() || c == '\n';
        let shown: String = text.chars().filter(|c| seen(*c)).collect();
        for event in read.as_array().unwrap() {
            assert!(
                event["summary"].as_str().unwrap().contains(&shown),
                "{text:?}: {event}"
            );
            assert_eq!(event["names"], expected[0]["names"], "{text:?}");
        }
    }
    // As it would be were it put in as it stands.
    let naive = plain.replace("plain", HOSTILE[23]);
    assert_ne!(
        std::panic::catch_unwind(|| events(&naive)).ok(),
        Some(Some(expected))
    );
}

/// Each event's summary and the names of its properties, by another program; `None` where that is missing.
fn events(text: &str) -> Option<Value> {
    const READER: &str = "import json, sys\nfrom icalendar import Calendar\n\
        found = Calendar.from_ical(sys.stdin.buffer.read())\n\
        print(json.dumps([{'summary': str(one['SUMMARY']), 'names': sorted(one.keys())} for one in found.walk('VEVENT')]))";
    let probe = Tool::Python
        .command()
        .args(["-c", "import icalendar"])
        .output();
    if !probe.is_ok_and(|ended| ended.status.success()) {
        common::command::skip("icalendar is not installed (Debian's package python3-icalendar)");
        return None;
    }
    let said = run_with(Tool::Python.command().args(["-c", READER]), text.as_bytes()).succeeded();
    Some(serde_json::from_str(&said).unwrap())
}

#[test]
fn a_readme_with_hostile_subjects_has_the_lines_that_it_always_has() {
    let lines = |pki: &Pki| {
        let bundle = Bundle::new(pki);
        let readmes = bundle
            .files()
            .map(Result::unwrap)
            .filter(|file| file.path.starts_with("README"));
        let texts: Vec<_> = readmes
            .map(|file| String::from_utf8(file.content.to_vec()).unwrap())
            .collect();
        for text in &texts {
            assert!(
                text.chars().all(|c| c == '\n' || !c.is_control()),
                "{text:?}"
            );
        }
        texts
            .iter()
            .map(|text| text.lines().count())
            .collect::<Vec<_>>()
    };
    let hostile = validated();
    for (plan, preset) in hostile.into_iter().zip(PRESETS) {
        // As many attributes, of plain letters.
        let mut plain = plan.clone();
        for part in plain
            .certificates
            .iter_mut()
            .flat_map(|one| &mut one.subject)
        {
            "plain".clone_into(&mut part.value);
        }
        for one in &mut plain.configurations {
            "plain".clone_into(&mut one.subject);
        }
        assert_eq!(
            lines(&pki_of_any(plan, NOW)),
            lines(&pki_of_any(plain, NOW)),
            "{}",
            preset.id
        );
    }
    let mut forged =
        plan_of(&json!({"preset": "hightower-2025", "keyAlgorithm": "ecdsa-p256"}).to_string());
    let admin = forged
        .certificates
        .iter_mut()
        .find(|one| one.id == "admin")
        .unwrap();
    admin.subject[0].value = "a\nCERTIFICATES\n".to_owned();
    let forged = pki_of_any(forged, NOW);
    assert!(
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let own = plan_of(
                &json!({"preset": "hightower-2025", "keyAlgorithm": "ecdsa-p256"}).to_string(),
            );
            assert_eq!(lines(&forged), lines(&pki_of_any(own, NOW)));
        }))
        .is_err()
    );
}

/// Programs that only say with what they were called, a word a line; whoever is called otherwise is missing.
const STAND_IN: &str = "#!/bin/sh\nprintf '%s\\n' called \"$@\"\n";

#[test]
fn commands_about_imported_files_with_hostile_names_run_nothing_but_themselves() {
    let bin = tempfile::tempdir().unwrap();
    for name in ["openssl", "curl", "kubectl", "sudo", "date", "ls"] {
        let path = bin.path().join(name);
        fs::write(&path, STAND_IN).unwrap();
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
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
        let mut held = hardway::renew::Held::default();
        for planned in &plan.certificates {
            let item = |part| {
                recognition
                    .main(&planned.id, part)
                    .map(|item| &inventory.items()[item].content)
            };
            if let Some(Content::Certificate(found)) = item(hardway::recognise::Part::Certificate) {
                held.insert_certificate(&planned.id, found.der.clone());
            }
            if let Some(Content::PrivateKey(key)) = item(hardway::recognise::Part::Key)
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
        let Ok(pki) = common::existing::begun(renewal, timestamp(NOW)).finish() else {
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
}

#[test]
fn names_that_lead_elsewhere_stay_names_in_the_zip() {
    for plan in presets::own_with(KeyAlgorithm::EcdsaP256)
        .into_iter()
        .take(2)
    {
        let mut plan = plan;
        // As no description could have it.
        for one in &mut plan.kubeconfigs {
            one.user = "../../canary".into();
            one.context = "/canary".into();
        }
        let bundle = Unpacked::native(&pki_of_any(plan, NOW));
        assert!(canaries(bundle.root.parent().unwrap()).is_empty());
    }
}
