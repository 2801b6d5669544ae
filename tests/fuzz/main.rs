//! The corpora of the fuzz targets, played again by plain `cargo test`, and the generator that wrote their seeds.
//!
//! `fuzz/` has the targets; what each does with its bytes is in `fuzz/bodies`, which both compile. `build/fuzz.sh` lets libFuzzer go on.

#[path = "../../fuzz/bodies/mod.rs"]
mod bodies;
#[path = "../common/mod.rs"]
mod common;

mod seeds;

use std::fs;
use std::path::{Path, PathBuf};

use common::rows::audited;

/// Bytes of one target's corpus in the repository: what it grows to on the way is kept elsewhere.
const MOST_BYTES: u64 = 700_000;

#[test]
fn the_corpus_of_every_target_holds() {
    let mut inputs = 0;
    for (name, body) in bodies::ALL {
        let files = corpus(name);
        assert!(files.len() >= 8, "{name}");
        let mut bytes = 0;
        for file in &files {
            let data = fs::read(file).unwrap();
            bytes += data.len() as u64;
            // A test that fails has to say by which input.
            let held = std::panic::catch_unwind(|| body(&data));
            assert!(held.is_ok(), "{}", file.display());
        }
        assert!(bytes <= MOST_BYTES, "{name}: {bytes} bytes");
        println!("{name}: {} inputs, {bytes} bytes", files.len());
        inputs += files.len();
    }
    audited(
        "fuzz",
        &format!("corpora of {} targets played again", bodies::ALL.len()),
        &format!("{inputs} executions, no panic"),
    );
}

#[test]
fn the_bodies_notice_what_does_not_hold() {
    let noticed = |act: fn()| std::panic::catch_unwind(act).is_err();
    for path in ["/etc/passwd", "../a", "a/../b", "a\nb", "", "a\\b"] {
        assert!(
            std::panic::catch_unwind(|| bodies::dropped::stays_inside(path)).is_err(),
            "{path:?}"
        );
    }
    // A connection that cannot hold: its authority ends before it begins.
    assert!(noticed(|| {
        let description = common::SEED_CLUSTER.parse().unwrap();
        bodies::holds::issued_at(&description, bodies::NOW + 40 * 366 * 86_400);
    }));
}

#[test]
#[ignore = "writes the seeds of fuzz/corpus anew: cargo test --test fuzz -- --ignored write_the_seeds"]
fn write_the_seeds() {
    for (name, seeds) in seeds::all() {
        let folder = folder(name);
        fs::create_dir_all(&folder).unwrap();
        for old in corpus(name) {
            if old
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("seed-")
            {
                fs::remove_file(old).unwrap();
            }
        }
        for (place, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{place:02}")), seed).unwrap();
        }
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name)
}

/// Every input of a target, by name.
fn corpus(name: &str) -> Vec<PathBuf> {
    files(&folder(name))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
