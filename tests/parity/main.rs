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
mod key;
mod names;
mod odd;
mod structure;
mod sweep;
mod texts;
mod web;

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use base64ct::{Base64, Encoding};
use case::{Case, Cluster, Setup};
use common::command::run_with;
use common::{NOW, foreign_pki_of, go, pki_of, plan_of, presets};
use dice::Dice;
use hardway::verify::{self, End, Outcome};
use hardway::{KeyAlgorithm, PRESETS};
use serde::Deserialize;
use serde_json::json;

type Mutation = fn(&Setup<'_>, &mut Dice) -> Case;

/// A word for what is changed, and what changes it.
const KINDS: [(&str, Mutation); 49] = [
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
        0 => ends::inside_and_outside(setup, dice),
        1 => ends::pss_parameters(setup, dice),
        _ => ends::signatures(setup, dice),
    }),
    ("keys of other kinds", |setup, dice| match dice.below(3) {
        0 => ends::leaf_keys(setup, dice),
        1 => ends::authority_keys(setup, dice),
        _ => ends::odd_keys(setup, dice),
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
    ("any element, any change", sweep::elements),
    ("every bit in turn, signed again", sweep::bits),
    ("any name dialled, any name held", texts::hosts),
    (
        "any name under any constraint",
        texts::names_under_constraints,
    ),
    ("any time", texts::times),
    ("any characters, quoted", texts::quoted),
    ("any object identifier", texts::identifiers),
    ("webs of authorities", web::web),
    ("keys that the product does not make", odd::keys),
    ("too many, too deep, too large", odd::hurtful),
    ("a crowd of namesakes", odd::crowd),
];

/// Where we differ from Go and mean to: a part of Go's text or of ours, and why.
const KNOWN_DIFFERENCES: [(&str, &str); 0] = [];

#[test]
fn a_sample_of_changed_connections_is_refused_by_the_same_side_in_the_same_words_as_by_go() {
    let compared = compare(&clusters(), 0..60);
    let sum = compared.sum();
    assert!(sum.cases >= 2_500);
    // Neither is everything refused, nor everything let through.
    let third = sum.cases / 3;
    assert!((third..sum.cases).contains(&sum.refused), "{sum:?}");
    assert_eq!(compared.tallies[0].refused, 0);
    compared.differ_as_known();
}

#[test]
#[ignore = "takes minutes: make parity"]
fn every_changed_connection_is_refused_by_the_same_side_in_the_same_words_as_by_go() {
    let compared = compare(&clusters(), all());
    compared.print();
    compared.differ_as_known();
}

/// Which cases of each kind: the first 300, or those that the variable `PARITY` names as `FROM-TO`, for a longer search.
fn all() -> Range<usize> {
    let Ok(named) = std::env::var("PARITY") else {
        return 0..300;
    };
    let (from, to) = named.split_once('-').expect("PARITY=FROM-TO");
    from.parse().unwrap()..to.parse().unwrap()
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

#[derive(Debug, Default)]
struct Tally {
    kind: &'static str,
    cases: usize,
    refused: usize,
    agreed: usize,
}

struct Difference {
    kind: &'static str,
    case: Case,
    theirs: Outcome,
    ours: Outcome,
    /// Why we mean to differ; `None` if we do not.
    known: Option<usize>,
}

/// So many that differ are printed of each kind.
const MOST_PRINTED: usize = 5;

struct Compared {
    tallies: Vec<Tally>,
    differences: Vec<Difference>,
}

/// A batch of handshakes that Go makes at a time.
const BATCH: usize = 1_000;

fn compare(clusters: &[Cluster], numbers: Range<usize>) -> Compared {
    let mut compared = Compared {
        tallies: Vec::new(),
        differences: Vec::new(),
    };
    for (kind, mutation) in KINDS {
        let mut tally = Tally {
            kind,
            ..Tally::default()
        };
        let numbers: Vec<_> = numbers.clone().collect();
        for batch in numbers.chunks(BATCH) {
            let cases = batch.iter().map(|number| {
                let mut dice = Dice::of(kind, *number);
                let setup = Setup::draw(clusters, &mut dice);
                mutation(&setup, &mut dice)
            });
            let cases: Vec<_> = cases.collect();
            let judged = judge(&cases);
            for (case, theirs) in cases.into_iter().zip(judged) {
                let ours = verify::handshake(&case.handshake);
                tally.cases += 1;
                tally.refused += usize::from(theirs != Outcome::default());
                tally.agreed += usize::from(ours == theirs);
                if ours != theirs {
                    let known = known(&theirs, &ours);
                    compared.differences.push(Difference {
                        kind,
                        case,
                        theirs,
                        ours,
                        known,
                    });
                }
            }
        }
        compared.tallies.push(tally);
    }
    compared
}

fn known(theirs: &Outcome, ours: &Outcome) -> Option<usize> {
    let texts = [&theirs.client, &theirs.server, &ours.client, &ours.server];
    KNOWN_DIFFERENCES
        .iter()
        .position(|(part, _)| texts.iter().any(|text| text.contains(part)))
}

impl Compared {
    fn sum(&self) -> Tally {
        let sum = |of: fn(&Tally) -> usize| self.tallies.iter().map(of).sum();
        Tally {
            kind: "all",
            cases: sum(|one| one.cases),
            refused: sum(|one| one.refused),
            agreed: sum(|one| one.agreed),
        }
    }

    fn print(&self) {
        println!("| change | cases | refused by Go | same side and text |\n|---|---:|---:|---:|");
        for Tally {
            kind,
            cases,
            refused,
            agreed,
        } in self.tallies.iter().chain([&self.sum()])
        {
            println!("| {kind} | {cases} | {refused} | {agreed} |");
        }
        for (number, (text, reason)) in KNOWN_DIFFERENCES.iter().enumerate() {
            let differences = self.differences.iter();
            let count = differences.filter(|one| one.known == Some(number)).count();
            println!("{count} differ as known: \"{text}\": {reason}");
        }
    }

    /// Prints the first that differ otherwise, and keeps their files.
    fn differ_as_known(&self) {
        let others = self.differences.iter().filter(|one| one.known.is_none());
        let others: Vec<_> = others.collect();
        let mut of_a_kind = HashMap::new();
        let first = others.iter().filter(|one| {
            let count: &mut usize = of_a_kind.entry(one.kind).or_default();
            *count += 1;
            *count <= MOST_PRINTED
        });
        for (number, one) in first.enumerate() {
            let Difference {
                kind,
                case,
                theirs,
                ours,
                ..
            } = one;
            let (about, host) = (&case.about, &case.handshake.host);
            println!(
                "{number}: {kind}: {about}\n  host {host}\n  Go:   {theirs:?}\n  ours: {ours:?}"
            );
            keep(number, case);
        }
        assert!(others.is_empty(), "{} differ", others.len());
    }
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

#[derive(Deserialize)]
struct Said {
    client: String,
    server: String,
}

/// What Go says: tests/go/judge.go.
fn judge(cases: &[Case]) -> Vec<Outcome> {
    let text = |octets: &[u8]| Base64::encode_string(octets);
    let all = |list: &[Vec<u8>]| list.iter().map(|der| text(der)).collect::<Vec<_>>();
    let end = |end: &End, key: &[u8]| json!({"Chain": all(&end.chain), "Key": text(key), "Roots": end.roots.as_deref().map(all)});
    let lines = cases.iter().map(|case| {
        let Case { handshake, client_key, server_key, .. } = case;
        let line = json!({"Host": handshake.host, "Now": handshake.now, "Requires": handshake.requires,
            "Client": end(&handshake.client, client_key), "Server": end(&handshake.server, server_key)});
        format!("{line}\n")
    });
    let input: String = lines.collect();
    let said = run_with(
        &mut std::process::Command::new(go::program("judge")),
        input.as_bytes(),
    )
    .succeeded();
    let said: Vec<_> = said
        .lines()
        .map(|line| {
            let Said { client, server } = serde_json::from_str(line).unwrap();
            Outcome { client, server }
        })
        .collect();
    assert_eq!(said.len(), cases.len());
    said
}
