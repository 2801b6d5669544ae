//! Our verdicts against Go's own, on connections with one thing changed in each.
//!
//! `cargo test` compares a fixed sample; `make parity` compares all, and prints a table.

#[path = "../common/mod.rs"]
mod common;

mod case;
mod certificate;
mod der;
mod dice;
mod ends;
mod extensions;
mod fields;
mod hostile;
mod judge;
mod key;
mod keys;
mod names;
mod structure;

use std::fs;
use std::path::Path;

use case::{Case, Cluster, Setup};
use common::{NOW, foreign_pki_of, pki_of, plan_of, presets};
use dice::Dice;
use hardway::verify::{self, Outcome};
use hardway::{KeyAlgorithm, PRESETS};
use judge::judge;
use serde_json::json;

type Mutation = fn(&Setup<'_>, &mut Dice) -> Case;

/// A word for what is changed, and what changes it.
const KINDS: [(&str, Mutation); 38] = [
    ("nothing", |setup, dice| setup.case(dice)),
    ("a bit, not signed again", structure::flip_unsigned),
    (
        "cut off or followed, not signed again",
        structure::length_unsigned,
    ),
    ("a bit, signed again", structure::flip_signed),
    ("an octet, signed again", structure::set_octet),
    ("an element left out", structure::delete),
    ("an element twice", structure::duplicate),
    ("two elements swapped", structure::swap),
    ("another tag", structure::retag),
    ("an element emptied", structure::empty),
    ("an element shortened", structure::shorten),
    ("an element lengthened", structure::lengthen),
    ("a length that could be shorter", structure::long_length),
    ("version", fields::version),
    ("serial number", fields::serial),
    ("validity", fields::validity),
    ("subject", fields::subject),
    ("issuer", fields::issuer),
    ("the authority's name", fields::authority_name),
    ("subjectAltName", names::san),
    ("only a CN", names::only_cn),
    ("name constraints", names::constraints),
    ("name constraints and names", names::constrained_names),
    ("basicConstraints", extensions::basic_constraints),
    ("keyUsage", extensions::key_usage),
    ("extKeyUsage", extensions::extended_key_usage),
    ("key identifiers", extensions::key_identifiers),
    ("an unknown extension", extensions::unknown),
    ("an extension twice, or in another order", |setup, dice| {
        if dice.one_in(2) {
            extensions::twice(setup, dice)
        } else {
            extensions::order(setup, dice)
        }
    }),
    ("critical or not", extensions::critical),
    ("policies", extensions::policies),
    ("CRL and issuer pointers", extensions::pointers),
    ("a malformed extension", extensions::malformed),
    ("signature algorithm", |setup, dice| match dice.below(3) {
        0 => keys::inside_and_outside(setup, dice),
        1 => keys::pss_parameters(setup, dice),
        _ => keys::signatures(setup, dice),
    }),
    ("keys of other kinds", |setup, dice| match dice.below(3) {
        0 => keys::leaf_keys(setup, dice),
        1 => keys::authority_keys(setup, dice),
        _ => keys::odd_keys(setup, dice),
    }),
    ("another's key or certificate", |setup, dice| {
        if dice.one_in(2) {
            ends::swapped_keys(setup, dice)
        } else {
            ends::other_certificates(setup, dice)
        }
    }),
    ("chains and roots", |setup, dice| {
        if dice.one_in(3) {
            ends::roots(setup, dice)
        } else {
            ends::chains(setup, dice)
        }
    }),
    ("what is dialled, and when", |setup, dice| {
        if dice.one_in(3) {
            ends::clocks(setup, dice)
        } else {
            names::hosts(setup, dice)
        }
    }),
];

/// Where we would differ from Go, so that no case is made of it: what, and why.
const NOT_AS_GO: [(&str, &str); 6] = [
    (
        "ML-DSA keys",
        "no component of Kubernetes makes one; read as an unknown algorithm",
    ),
    (
        "P-224 as an authority's key",
        "no released crate has it; said to be unimplemented",
    ),
    (
        "an RSA authority of more than 16,384 bits",
        "takes longer than a page may wait; said not to verify",
    ),
    (
        "what is wrong within a URI's host or path",
        "only what Go says before it looks there; no component shows a URI",
    ),
    (
        "combining marks in a quoted name",
        "shown escaped, as everything is that cannot be seen by itself",
    ),
    (
        "public keys that Go distrusts by name",
        "eight of public authorities, none of a cluster's",
    ),
];

#[test]
fn a_sample_of_changed_connections_is_refused_by_the_same_side_in_the_same_words_as_by_go() {
    let tallies = compare(&clusters(), 65);
    let cases: usize = tallies.iter().map(|tally| tally.cases).sum();
    assert!(cases >= 2_000);
    // Neither is everything refused, nor everything let through.
    let refused: usize = tallies.iter().map(|tally| tally.refused).sum();
    assert!(
        refused > cases / 3 && refused < cases,
        "{refused} of {cases}"
    );
    assert_eq!(tallies[0].refused, 0);
}

#[test]
#[ignore = "takes minutes: make parity"]
fn every_changed_connection_is_refused_by_the_same_side_in_the_same_words_as_by_go() {
    let tallies = compare(&clusters(), cases_of_a_kind());
    println!("| change | cases | refused by Go | same side and text |\n|---|---:|---:|---:|");
    for Tally {
        kind,
        cases,
        refused,
        agreed,
        ..
    } in &tallies
    {
        println!("| {kind} | {cases} | {refused} | {agreed} |");
    }
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    let (cases, agreed) = (sum(|one| one.cases), sum(|one| one.agreed));
    println!("| all | {cases} | {} | {agreed} |", sum(|one| one.refused));
    println!("\nNot compared:");
    for (what, why) in NOT_AS_GO {
        println!("- {what}: {why}");
    }
    assert!(cases >= 10_000);
}

#[test]
fn certificates_that_are_made_to_hurt_get_go_s_verdict() {
    let clusters = clusters();
    for cluster in clusters.iter().take(3) {
        let mut connections = cluster.pki.plan().connections.iter();
        let by_name = connections.find(|one| {
            one.dials[0]
                .host
                .to_string()
                .parse::<std::net::IpAddr>()
                .is_err()
        });
        let setup = Setup::of(cluster, by_name.unwrap());
        let (names, cases): (Vec<_>, Vec<_>) = hostile::cases(&setup).into_iter().unzip();
        for ((name, case), theirs) in names.iter().zip(&cases).zip(judge(&cases)) {
            let begun = std::time::Instant::now();
            assert_eq!(verify::handshake(&case.handshake), theirs, "{name}");
            println!(
                "{name}: {:?}: {}",
                begun.elapsed(),
                theirs.client.chars().take(120).collect::<String>()
            );
        }
    }
}

/// `CASES=3000 make parity` takes more of them.
fn cases_of_a_kind() -> usize {
    std::env::var("CASES").map_or(330, |cases| cases.parse().expect("CASES is a number"))
}

/// Every preset as it comes and grown, with keys of every algorithm.
fn clusters() -> Vec<Cluster> {
    let algorithms = [
        KeyAlgorithm::EcdsaP256,
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::EcdsaP384,
    ];
    let mut clusters: Vec<_> = presets::highly_available()
        .into_iter()
        .map(|plan| pki_of(plan, NOW, 1))
        .collect();
    for (place, preset) in PRESETS.iter().enumerate() {
        let algorithm = algorithms[place % algorithms.len()];
        let plan =
            plan_of(&json!({"preset": preset.id, "keyAlgorithm": algorithm.id()}).to_string());
        clusters.push(match algorithm {
            KeyAlgorithm::Rsa2048 => pki_of(plan, NOW, 1),
            _ => foreign_pki_of(plan, NOW),
        });
    }
    clusters.into_iter().map(Cluster::new).collect()
}

struct Tally {
    kind: &'static str,
    cases: usize,
    refused: usize,
    agreed: usize,
}

/// A batch of handshakes that Go makes at a time.
const BATCH: usize = 1_000;

fn compare(clusters: &[Cluster], cases_of_a_kind: usize) -> Vec<Tally> {
    let mut tallies = Vec::new();
    let mut differences = Vec::new();
    for (kind, mutation) in KINDS {
        let mut tally = Tally {
            kind,
            cases: 0,
            refused: 0,
            agreed: 0,
        };
        let cases: Vec<_> = (0..cases_of_a_kind)
            .map(|number| {
                let mut dice = Dice::of(kind, number);
                let setup = Setup::draw(clusters, &mut dice);
                mutation(&setup, &mut dice)
            })
            .collect();
        for batch in cases.chunks(BATCH) {
            for (case, theirs) in batch.iter().zip(judge(batch)) {
                let ours = verify::handshake(&case.handshake);
                tally.cases += 1;
                tally.refused += usize::from(theirs != Outcome::default());
                if ours == theirs {
                    tally.agreed += 1;
                } else {
                    differences.push((kind, case.clone(), theirs, ours));
                }
            }
        }
        tallies.push(tally);
    }
    for (number, (kind, case, theirs, ours)) in differences.iter().enumerate().take(40) {
        println!(
            "{number}: {kind}: {}\n  host {}\n  Go:   {theirs:?}\n  ours: {ours:?}",
            case.about, case.handshake.host
        );
        keep(number, case);
    }
    assert!(differences.is_empty(), "{} differ", differences.len());
    tallies
}

/// The certificates of a case, to be looked at.
fn keep(number: usize, case: &Case) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("parity/{number}"));
    fs::create_dir_all(&folder).unwrap();
    for (name, end) in [
        ("client", &case.handshake.client),
        ("server", &case.handshake.server),
    ] {
        for (place, der) in end.chain.iter().enumerate() {
            fs::write(folder.join(format!("{name}-{place}.der")), der).unwrap();
        }
        for (place, der) in end.roots.iter().flatten().enumerate() {
            fs::write(folder.join(format!("{name}-root-{place}.der")), der).unwrap();
        }
    }
}
