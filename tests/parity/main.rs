//! Our verdicts against Go's own, on connections with one thing changed in each.
//!
//! `cargo test` compares a fixed sample; `make parity` compares all, and prints a table.

#[path = "../../fuzz/bodies/mod.rs"]
mod bodies;
#[path = "../common/mod.rs"]
mod common;

mod case;
mod certificate;
mod compare;
mod der;
mod dialled;
mod dice;
mod ends;
mod extensions;
mod faults;
mod fields;
mod fuzzed;
mod hostile;
mod judge;
mod key;
mod keys;
mod known;
mod names;
mod odd;
mod policies;
mod structure;
mod sweep;
mod symbols;
mod texts;
mod web;

use case::{Cluster, Setup};
use common::{NOW, foreign_pki_of, pki_of, plan_of, presets};
use compare::{Mutation, compare};
use hardway::verify;
use hardway::{KeyAlgorithm, PRESETS};
use judge::judge;
use serde_json::json;

/// A word for what is changed, and what changes it.
const KINDS: [(&str, Mutation); 51] = [
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
    ("policies", policies::policies),
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
            dialled::clocks(setup, dice)
        } else {
            dialled::hosts(setup, dice)
        }
    }),
    ("any element, any change", sweep::elements),
    ("every bit in turn, signed again", sweep::bits),
    ("any name dialled, any name held", texts::hosts),
    (
        "any name under any constraint",
        texts::names_under_constraints,
    ),
    (
        "any address under any constraint",
        texts::addresses_under_constraints,
    ),
    ("several faults at once", faults::several),
    ("any time", symbols::times),
    ("any characters, quoted", symbols::quoted),
    ("any object identifier", symbols::identifiers),
    ("webs of authorities", web::web),
    ("keys that the product does not make", odd::keys),
    ("too many, too deep, too large", odd::hurtful),
    ("a crowd of namesakes", odd::crowd),
];

/// What the fuzz target `verifier` has found, and what chance makes of it.
const FUZZED: [(&str, Mutation); 2] = [
    ("found by libFuzzer", fuzzed::found),
    ("found by libFuzzer, changed", fuzzed::changed),
];

#[test]
fn a_sample_of_changed_connections_is_refused_by_the_same_side_in_the_same_words_as_by_go() {
    let compared = compare(&KINDS, &clusters(), &(0..55));
    compared.differ_as_known();
    let sum = compared.sum();
    assert!(sum.cases >= 2_500);
    // Neither is everything refused, nor everything let through.
    assert!((sum.cases / 3..sum.cases).contains(&sum.refused), "{sum:?}");
    assert_eq!(compared.tallies[0].refused, 0);
}

#[test]
#[ignore = "takes minutes: make parity"]
fn every_changed_connection_is_refused_by_the_same_side_in_the_same_words_as_by_go() {
    let (from, cases) = (number_in("FROM", 0), number_in("CASES", 330));
    let only = std::env::var("ONLY").unwrap_or_default();
    let kinds: Vec<_> = KINDS
        .into_iter()
        .filter(|(kind, _)| kind.contains(&only))
        .collect();
    let compared = compare(&kinds, &clusters(), &(from..from + cases));
    compared.print();
    compared.differ_as_known();
    assert!(compared.sum().cases >= 12_000 || cases < 330 || !only.is_empty());
}

#[test]
fn what_libfuzzer_found_gets_go_s_verdict_as_it_is_and_changed() {
    let (cases, refused) = shown_to_go(0, 700);
    assert!(
        (cases / 3..cases).contains(&refused),
        "{refused} of {cases}"
    );
}

#[test]
#[ignore = "takes minutes: build/fuzz.sh"]
fn all_that_libfuzzer_found_gets_go_s_verdict_as_it_is_and_changed() {
    let (cases, refused) = shown_to_go(number_in("FROM", 0), number_in("CASES", 20_000));
    println!(
        "shown to Go: {cases} handshakes, {refused} refused, each by the same side in the same words"
    );
}

/// Each input once, and so many changed ones. Says how many that were, and how many Go refused.
fn shown_to_go(from: usize, changed: usize) -> (usize, usize) {
    let clusters = &clusters()[..1];
    let numbers = [0..fuzzed::count(), from..from + changed];
    let mut shown = (0, 0);
    for (kind, numbers) in FUZZED.iter().zip(numbers) {
        let compared = compare(&[*kind], clusters, &numbers);
        compared.print();
        compared.differ_as_known();
        let sum = compared.sum();
        shown = (shown.0 + sum.cases, shown.1 + sum.refused);
    }
    shown
}

/// `CASES=3000 make parity` takes more of each kind, `FROM=330 make parity` others; `ONLY=web` those of a kind.
fn number_in(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
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
