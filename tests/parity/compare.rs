//! Go's outcomes beside ours: counted, printed, and kept where they differ.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use hardway::verify::{self, Outcome};

use crate::case::{Case, Cluster, Setup};
use crate::dice::Dice;
use crate::judge::judge;
use crate::known::{KNOWN, Known, known};

pub(crate) type Mutation = fn(&Setup<'_>, &mut Dice) -> Case;

#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) kind: &'static str,
    pub(crate) cases: usize,
    pub(crate) refused: usize,
    pub(crate) agreed: usize,
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

pub(crate) struct Compared {
    pub(crate) tallies: Vec<Tally>,
    differences: Vec<Difference>,
}

/// A batch of handshakes that Go makes at a time.
const BATCH: usize = 1_000;

pub(crate) fn compare(
    kinds: &[(&'static str, Mutation)],
    clusters: &[Cluster],
    numbers: &Range<usize>,
) -> Compared {
    let mut compared = Compared {
        tallies: Vec::new(),
        differences: Vec::new(),
    };
    for &(kind, mutation) in kinds {
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

impl Compared {
    pub(crate) fn sum(&self) -> Tally {
        let sum = |of: fn(&Tally) -> usize| self.tallies.iter().map(of).sum();
        Tally {
            kind: "all",
            cases: sum(|one| one.cases),
            refused: sum(|one| one.refused),
            agreed: sum(|one| one.agreed),
        }
    }

    pub(crate) fn print(&self) {
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
        println!("\nKnown to differ:");
        for (number, Known { what, why, .. }) in KNOWN.iter().enumerate() {
            let differences = self.differences.iter();
            let count = differences.filter(|one| one.known == Some(number)).count();
            println!("- {what} ({count} cases): {why}");
        }
    }

    /// Prints the first that differ otherwise, and keeps their files.
    pub(crate) fn differ_as_known(&self) {
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
