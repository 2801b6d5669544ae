//! The recipes that the page shows, run as they are shown: the certificates are ours but for what each recipe says itself.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::by_hand::{Pair, der, differences, follow, pasted, sorted};
use common::command::{Tool, run, shells};
use common::{Unpacked, files_below, pki_of_any, plan_of, presets, today};
use hardway::by_hand::{Recipe, Way};
use hardway::{Cluster, Description, KeyAlgorithm, Pki, Plan, PlannedCertificate};
use serde_json::json;

#[test]
fn openssl_makes_every_certificate_of_every_preset_by_its_recipe() {
    for plan in presets::own_with(KeyAlgorithm::EcdsaP256) {
        made_alike(plan, openssl);
    }
}

#[test]
fn openssl_makes_every_certificate_with_the_other_algorithms_and_until_a_date() {
    made_alike(
        presets::own_with(KeyAlgorithm::EcdsaP384).remove(0),
        openssl,
    );
    made_alike(mixed(), openssl);
}

#[test]
fn cfssl_makes_every_certificate_of_every_preset_by_its_recipe() {
    if !Tool::Cfssl.is_there_or_skip() {
        return;
    }
    for plan in presets::own_with(KeyAlgorithm::EcdsaP256) {
        made_alike(plan, cfssl);
    }
}

#[test]
fn cfssl_makes_every_certificate_with_the_other_algorithms_and_until_a_date() {
    if !Tool::Cfssl.is_there_or_skip() {
        return;
    }
    made_alike(presets::own_with(KeyAlgorithm::EcdsaP384).remove(0), cfssl);
    made_alike(mixed(), cfssl);
}

#[test]
fn a_recipe_with_one_word_changed_is_found_out() {
    let (plan, folder) = (hostile(), tempfile::tempdir().unwrap());
    let signer = plan.certificate("ca").unwrap().clone();
    follow(&recipe(&plan, &signer).openssl, folder.path());
    let pki = pki_of_any(plan, today());
    let admin = pki.plan().certificate("admin").unwrap();
    for (right, wrong) in [
        ("CA:FALSE", "CA:TRUE"),
        ("basicConstraints = critical, ", "basicConstraints = "),
        ("clientAuth", "serverAuth"),
        ("digitalSignature", "digitalSignature, keyAgreement"),
        ("CN = ", "CN = x"),
        ("keyid:always", "keyid:always, issuer:always"),
    ] {
        let mut way = Recipe::of(admin, &signer).openssl;
        way.files[0].text = way.files[0].text.replace(right, wrong);
        let now = follow(&way, folder.path());
        let compared = std::panic::catch_unwind(|| compared(&pki, admin, folder.path(), now));
        assert!(compared.is_err(), "{wrong} is not found out");
    }
}

#[test]
fn whole_recipes_with_hostile_subjects_are_pasted_into_every_shell_without_effect() {
    let tools: &[fn(&Recipe) -> &Way] = if Tool::Cfssl.is_there_or_skip() {
        &[openssl, cfssl]
    } else {
        &[openssl]
    };
    let plan = hostile();
    for way in tools {
        for shell in every_shell() {
            let folder = tempfile::tempdir().unwrap();
            for planned in &plan.certificates {
                let recipe = recipe(&plan, planned);
                pasted(
                    &way(&recipe).whole,
                    common::command::again(&shell),
                    folder.path(),
                )
                .succeeded();
            }
            for planned in plan.certified() {
                let text = run(Tool::Openssl
                    .command()
                    .args([
                        "x509",
                        "-noout",
                        "-subject",
                        "-nameopt",
                        "utf8,sep_comma_plus_space,sname",
                    ])
                    .arg("-in")
                    .arg(folder.path().join(format!("{}.crt", planned.id))))
                .succeeded();
                for part in &planned.subject {
                    let part = format!("{}={}", part.attribute.short_name(), part.value);
                    assert!(text.contains(&part), "{shell:?}: {text} lacks {part}");
                }
            }
            let strangers: Vec<_> = files_below(folder.path())
                .into_iter()
                .filter(|file| file.contains("canary"))
                .collect();
            assert!(strangers.is_empty(), "{shell:?} made {strangers:?}");
        }
    }
}

#[test]
fn the_canary_sings_where_a_here_document_is_not_quoted() {
    let plan = hostile();
    let admin = plan.certificate("admin").unwrap();
    // Of openssl's configuration the shell would see a backslash before each dollar; JSON has none.
    let whole = recipe(&plan, admin).cfssl.unwrap().whole;
    let open = whole.replace("<<'EOF'", "<<EOF");
    assert_ne!(open, whole);
    for shell in every_shell() {
        let folder = tempfile::tempdir().unwrap();
        pasted(&open, shell, folder.path());
        assert!(folder.path().join("canary").exists());
    }
}

#[test]
fn a_whole_recipe_ends_at_its_first_failure_and_leaves_the_shell_alive() {
    let plan = hostile();
    let admin = plan.certificate("admin").unwrap();
    // There is no authority in the folder.
    let text = recipe(&plan, admin).openssl.whole + "echo alive\n";
    for shell in every_shell() {
        let folder = tempfile::tempdir().unwrap();
        let said = pasted(&text, shell, folder.path());
        assert!(said.stdout.ends_with("alive\n"), "{said}");
        assert!(said.stderr.contains("ca.crt"), "{said}");
        assert!(!said.stdout.contains("Certificate:"), "{said}");
    }
}

#[test]
fn subjects_of_several_lines_are_refused() {
    for value in ["a\nb", "a\r", "a\u{0}", "\tEOF", "a\u{85}b"] {
        let description =
            json!({"preset": "hard-way-2020", "certificates": {"admin": {"commonName": value}}});
        let description: Description = description.to_string().parse().unwrap();
        let refused = Cluster::parse(&description).unwrap_err();
        assert_eq!(refused.code(), "invalid-subject", "{value:?}");
    }
}

#[test]
fn make_sh_of_either_tool_runs_the_recipes() {
    for plan in [
        presets::own_with(KeyAlgorithm::EcdsaP256).remove(0),
        hostile(),
        presets::own_with(KeyAlgorithm::EcdsaP256).remove(3),
    ] {
        let pki = pki_of_any(plan, today());
        let bundle = Unpacked::native(&pki);
        for (tool, way) in [
            ("openssl", openssl as fn(&Recipe) -> &Way),
            ("cfssl", cfssl),
        ] {
            if tool == "cfssl" && !Tool::Cfssl.is_there_or_skip() {
                continue;
            }
            let folder = bundle.scratch(tool);
            let now = today();
            run(Tool::Dash
                .command()
                .arg(bundle.root.join(tool).join("make.sh"))
                .current_dir(&folder))
            .succeeded();
            let took = today() - now;
            for planned in pki.plan().certified() {
                let recipe = recipe(pki.plan(), planned);
                for file in &way(&recipe).files {
                    assert_eq!(bundle.text(&format!("{tool}/{}", file.name)), file.text);
                }
                assert!(took < 10, "the clock is compared");
                assert_eq!(
                    compared(&pki, planned, &folder, now),
                    sorted(way(&recipe).differences.clone())
                );
            }
        }
    }
}

/// Follows the recipe of every certificate in one folder; in what each differs from ours is what its recipe says.
fn made_alike(plan: Plan, way: fn(&Recipe) -> &Way) {
    let folder = tempfile::tempdir().unwrap();
    let pki = pki_of_any(plan, today());
    for planned in &pki.plan().certificates {
        let recipe = recipe(pki.plan(), planned);
        let way = way(&recipe);
        let now = follow(way, folder.path());
        if planned.kind.is_certified() {
            let found = compared(&pki, planned, folder.path(), now);
            assert_eq!(found, sorted(way.differences.clone()), "{}", planned.id);
        } else {
            let public = run(Tool::Openssl
                .command()
                .args(["pkey", "-pubout", "-in"])
                .arg(folder.path().join(format!("{}.key", planned.id))))
            .succeeded();
            let file = fs::read_to_string(folder.path().join(format!("{}.pub", planned.id)));
            assert_eq!(file.unwrap(), public);
        }
    }
}

fn compared(
    pki: &Pki,
    planned: &PlannedCertificate,
    folder: &Path,
    now: i64,
) -> Vec<hardway::by_hand::Departure> {
    let PlannedCertificate { id, issuer, .. } = planned;
    let (certificate, authority) = (
        folder.join(format!("{id}.crt")),
        folder.join(format!("{issuer}.crt")),
    );
    let key = fs::read_to_string(folder.join(format!("{id}.key"))).unwrap();
    let ours = Pair {
        certificate: &pki.issued(id).unwrap().certificate,
        authority: &pki.issued(issuer).unwrap().certificate,
        key: &pki.keys().of(id).unwrap().to_pkcs8_pem().unwrap(),
        now: pki.now().unix(),
    };
    let made = Pair {
        certificate: &der(&certificate),
        authority: &der(&authority),
        key: &key,
        now,
    };
    let said = run(Tool::Openssl
        .command()
        .args(["verify", "-CAfile"])
        .arg(&authority)
        .arg(&certificate));
    said.succeeded();
    differences(planned, &ours, &made)
}

fn openssl(recipe: &Recipe) -> &Way {
    &recipe.openssl
}

/// A bare key pair is openssl's in either set.
fn cfssl(recipe: &Recipe) -> &Way {
    recipe.cfssl.as_ref().unwrap_or(&recipe.openssl)
}

fn recipe(plan: &Plan, planned: &PlannedCertificate) -> Recipe {
    Recipe::of(planned, plan.certificate(&planned.issuer).unwrap())
}

/// Every algorithm among its certificates, and a last day.
fn mixed() -> Plan {
    plan_of(
        &json!({"preset": "hard-way-2020", "keyAlgorithm": "ecdsa-p256", "validUntil": "2031-12-31", "authorityValidUntil": "2035-06-30",
            "certificates": {
                "ca": {"keyAlgorithm": "rsa-3072"}, "admin": {"keyAlgorithm": "rsa-2048"}, "kube-proxy": {"keyAlgorithm": "ecdsa-p384"},
                "kube-apiserver": {"keyAlgorithm": "rsa-2048", "validityDays": 90},
            }})
        .to_string(),
    )
}

/// Subjects that a shell, a configuration file, JSON or a here-document might read otherwise.
fn hostile() -> Plan {
    plan_of(
        &json!({"preset": "hard-way-2020", "keyAlgorithm": "ecdsa-p256",
            "authoritySubject": {"O": "`touch canary`", "OU": "$(touch canary)", "L": "\\'\"; touch canary #", "ST": "日本 & Ü, = + *", "C": "JP"},
            "certificates": {
                "ca": {"commonName": "$HOME ${PATH} $ENV::HOME !! !x"},
                "admin": {"commonName": "$(touch canary)", "organization": "EOF"},
                "kube-proxy": {"commonName": "'; touch canary; '", "organization": "@names"},
                "kube-scheduler": {"commonName": "\\", "organization": "x\\\\n\\ny\\"},
                "kube-apiserver": {"commonName": "EOF", "organization": "\" }, \"x\": {"},
                "service-account": {"commonName": "; # // %s %n <b>", "organization": "\u{1f511}"},
            }})
        .to_string(),
    )
}

/// What people paste into: also bash with a person in front of it, where `!` is history.
fn every_shell() -> Vec<Command> {
    let mut person = Tool::Bash.command();
    person.args(["--norc", "--noprofile", "-i"]);
    let [dash, busybox] = shells();
    vec![dash, busybox, Tool::Bash.command(), person]
}
