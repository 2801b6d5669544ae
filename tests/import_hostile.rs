//! Whatever bytes come: nothing panics, nothing takes long, and every file is listed as something.

mod common;

use std::time::{Duration, Instant};

use chacha20::ChaCha20Rng;
use common::command::Tool;
use common::rng;
use common::rows::{audited, long};
use common::workbench::Workbench;
use hardway::Bundle;
use hardway::import::{Inventory, Taken};
use rsa::rand_core::Rng;

/// How often each sample is changed. The seed is fixed: the same changes in every run.
fn changes() -> usize {
    if long() { 10_000 } else { 300 }
}

/// One of everything that is read.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let bench = Workbench::new();
    let mut samples = vec![
        (
            "k.pem",
            bench.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out k"),
        ),
        (
            "e.pem",
            bench.openssl("ecparam -name prime256v1 -genkey -out e"),
        ),
        ("d.pem", bench.openssl("genpkey -algorithm ED25519 -out d")),
        (
            "c.pem",
            bench.openssl(
                "req -x509 -key k -subj /CN=a -addext subjectAltName=DNS:a,IP:10.0.0.1 -out c",
            ),
        ),
    ];
    for (name, line) in [
        ("c.der", "x509 -in c -outform DER -out o"),
        ("r.der", "req -new -key e -subj /CN=a -outform DER -out o"),
        ("k.der", "pkcs8 -topk8 -nocrypt -in k -outform DER -out o"),
        ("k1.der", "rsa -traditional -in k -outform DER -out o"),
        ("e1.der", "ec -in e -outform DER -out o"),
        ("p.der", "pkey -in e -pubout -outform DER -out o"),
        ("s.pem", "pkcs8 -topk8 -in k -passout pass:x -out o"),
        (
            "s.der",
            "pkcs8 -topk8 -v1 PBE-SHA1-3DES -in k -outform DER -passout pass:x -out o",
        ),
        (
            "l.pem",
            "rsa -traditional -in k -aes256 -passout pass:x -out o",
        ),
        (
            "n.p12",
            "pkcs12 -export -inkey k -in c -passout pass:x -out o",
        ),
        (
            "o.p12",
            "pkcs12 -export -legacy -inkey k -in c -passout pass:x -out o",
        ),
        (
            "f.p12",
            "pkcs12 -export -keypbe NONE -certpbe NONE -nomac -inkey k -in c -passout pass: -out o",
        ),
    ] {
        samples.push((name, bench.openssl(line)));
    }
    let pki = common::pki();
    let bundle = Bundle::new(&pki);
    let kubeconfig = bundle.files().map(Result::unwrap);
    let mut kubeconfig = kubeconfig.filter(|file| file.path.ends_with("admin.kubeconfig"));
    samples.push(("k.conf", kubeconfig.next().unwrap().content.to_vec()));
    bench.run(Tool::Zip, &["-q", "a.zip", "k", "c", "e"]);
    samples.push(("a.zip", bench.read("a.zip")));
    bench.run(Tool::Tar, &["-cf", "a.tar", "k", "c", "e"]);
    samples.push(("a.tar", bench.read("a.tar")));
    bench.run(Tool::Tar, &["-czf", "a.tgz", "k", "c", "e", "a.zip"]);
    samples.push(("a.tgz", bench.read("a.tgz")));
    samples
}

fn below(rng: &mut ChaCha20Rng, limit: usize) -> usize {
    rng.next_u32() as usize % limit.max(1)
}

/// A byte changed, a piece removed, doubled, cut off or taken from another sample.
fn changed(rng: &mut ChaCha20Rng, sample: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..=below(rng, 3) {
        if bytes.is_empty() {
            break;
        }
        let at = below(rng, bytes.len());
        let end = (at + below(rng, 64)).min(bytes.len());
        match below(rng, 7) {
            0 => bytes[at] = u8::try_from(below(rng, 256)).unwrap(),
            1 => bytes[at] ^= 1 << below(rng, 8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            5 => {
                let from = below(rng, other.len());
                let piece = &other[from..(from + 64).min(other.len())];
                bytes.splice(at..end, piece.iter().copied());
            }
            // Lengths are what readers believe.
            _ => bytes[at] = [0, 0x7f, 0x80, 0x81, 0x84, 0xff][below(rng, 6)],
        }
    }
    bytes
}

/// Reads it, tries a passphrase on it, and shows it.
fn survives(name: &str, bytes: &[u8]) {
    let begun = Instant::now();
    let mut inventory = Inventory::default();
    inventory.add(name, bytes, None);
    // What costs more than a second is sealed at more than the usual price, and refused or paid once.
    let _ = inventory.unlock(None, "x");
    for file in inventory.files() {
        let told = file
            .troubles
            .iter()
            .any(|trouble| !trouble.problem.is_note());
        match &file.taken {
            Taken::Unknown | Taken::Refused => assert!(told, "{name}: {file:?}"),
            Taken::Empty | Taken::Folder | Taken::Items | Taken::Known(_) => {}
            _ => {}
        }
    }
    for (_, key) in inventory.keys() {
        assert_eq!(key.private_key("a").is_ok(), key.signs());
    }
    let listing = serde_json::to_string(&inventory.listing()).unwrap();
    assert!(listing.starts_with('['));
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{name}: {:?}",
        begun.elapsed()
    );
}

#[test]
fn changed_files_of_every_kind_are_listed_and_nothing_panics() {
    let samples = samples();
    let mut rng = rng(7);
    for (name, sample) in &samples {
        for _ in 0..changes() {
            let other = &samples[below(&mut rng, samples.len())].1;
            survives(name, &changed(&mut rng, sample, other));
        }
    }
    let tried = samples.len() * changes();
    audited(
        "inputs",
        &format!("files of {} kinds, changed by chance", samples.len()),
        &format!("{tried}, each listed as something"),
    );
}

#[test]
fn every_file_cut_at_every_place_is_listed() {
    let places = if long() { 2_000 } else { 200 };
    let mut tried = 0;
    for (name, sample) in samples() {
        for length in (0..sample.len()).step_by(sample.len() / places + 1) {
            survives(name, &sample[..length]);
            tried += 1;
        }
    }
    audited(
        "inputs",
        "files of every kind, cut off",
        &format!("{tried}, each listed as something"),
    );
}

#[test]
fn random_bytes_are_nothing() {
    let mut rng = rng(8);
    for length in [1, 2, 3, 10, 100, 512, 1_000, 100_000] {
        for _ in 0..50 {
            let mut bytes = vec![0; length];
            rng.fill_bytes(&mut bytes);
            survives("noise", &bytes);
            for magic in [
                b"PK\x03\x04".as_slice(),
                b"\x1f\x8b\x08\0",
                b"\x30\x82",
                b"-----BEGIN ",
            ] {
                survives("noise", &[magic, &bytes].concat());
            }
        }
    }
}

#[test]
fn texts_that_a_slow_reader_would_choke_on_are_read_quickly() {
    let mega = 1 << 20;
    let head = "-----BEGIN CERTIFICATE-----\n";
    for (name, text) in [
        ("begin", head.repeat(mega / head.len())),
        ("dashes", "-".repeat(4 * mega)),
        ("label", format!("-----BEGIN {}", "A".repeat(3 * mega))),
        (
            "headers",
            format!(
                "{head}{}-----END CERTIFICATE-----",
                "A: b\n".repeat(mega / 2)
            ),
        ),
        (
            "anchors",
            format!(
                "apiVersion: v1\nclusters: [{}]",
                (0..mega / 10)
                    .map(|n| format!("&a{n} b,"))
                    .collect::<String>()
            ),
        ),
        (
            "keys",
            format!(
                "apiVersion: v1\nclusters: {{{}}}",
                (0..mega / 10)
                    .map(|n| format!("a{n}: b,"))
                    .collect::<String>()
            ),
        ),
        (
            "quotes",
            format!("apiVersion: v1\nclusters: \"{}", "\\n".repeat(mega / 2)),
        ),
        (
            "question marks",
            format!("apiVersion: v1\nclusters: {}", "? ".repeat(mega / 2)),
        ),
        (
            "colons",
            format!("apiVersion: v1\nclusters:{}", " :".repeat(mega / 2)),
        ),
        (
            "tags",
            format!("apiVersion: v1\nclusters: {}", "!a ".repeat(mega / 3)),
        ),
        (
            "comments",
            format!("apiVersion: v1\nclusters:\n{}", "# \n".repeat(mega / 3)),
        ),
        (
            "dashes of lists",
            format!("apiVersion: v1\nclusters:\n{}", "- ".repeat(mega / 2)),
        ),
        (
            "long line",
            format!("apiVersion: v1\nclusters: {}", "x".repeat(mega)),
        ),
    ] {
        let begun = Instant::now();
        survives("config", text.as_bytes());
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{name}: {:?}",
            begun.elapsed()
        );
    }
}
