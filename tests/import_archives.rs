//! Archives as other programs pack them are opened in memory, whatever their entries are called; bombs are stopped.

mod common;

use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::time::{Duration, Instant};

use common::command::Tool;
use common::workbench::{Workbench, imported, kinds, listed, problems};
use flate2::Compression;
use flate2::write::GzEncoder;
use hardway::import::limits::{
    MAX_DEPTH, MAX_ENTRIES, MAX_FILE_BYTES, MAX_GIVEN_BYTES, MAX_RATIO, MAX_STRANGERS,
    MAX_TOTAL_BYTES,
};
use hardway::import::{Inventory, Problem, Taken};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// `pki/` with a certificate, its key, a link to the certificate and a hard link to the key.
fn made() -> Workbench {
    let bench = Workbench::new();
    std::fs::create_dir(bench.path("pki")).unwrap();
    bench.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out pki/ca.key");
    bench.openssl("req -x509 -key pki/ca.key -subj /CN=kubernetes-ca -out pki/ca.crt");
    for (file, mode) in [("pki", 0o700), ("pki/ca.key", 0o600), ("pki/ca.crt", 0o644)] {
        std::fs::set_permissions(bench.path(file), PermissionsExt::from_mode(mode)).unwrap();
    }
    symlink("ca.crt", bench.path("pki/link.crt")).unwrap();
    std::fs::hard_link(bench.path("pki/ca.key"), bench.path("pki/z.key")).unwrap();
    bench
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn to(name: &str) -> Taken {
    Taken::Link(name.to_owned())
}

#[test]
fn a_tar_is_read_with_its_modes_and_its_links_are_named() {
    let bench = made();
    let pack = "-c --sort=name pki -f";
    for format in ["gnu", "posix", "ustar", "v7"] {
        let words = format!("--format={format} {pack} a.tar");
        let inventory = imported("a.tar", &bench.make(Tool::Tar, &words));
        let (key, link) = (to("pki/ca.key"), to("ca.crt"));
        let expected = [
            ("a.tar", None, &Taken::Archive("tar")),
            ("pki", Some(0o700), &Taken::Folder),
            ("pki/ca.crt", Some(0o644), &Taken::Items),
            ("pki/ca.key", Some(0o600), &Taken::Items),
            ("pki/link.crt", Some(0o777), &link),
            ("pki/z.key", Some(0o600), &key),
        ];
        assert_eq!(listed(&inventory), expected, "{format}");
        assert_eq!(kinds(&inventory), ["certificate", "private-key"]);
        assert_eq!(inventory.full_path(3), "a.tar!pki/ca.key");
        let links = ["ca.crt", "pki/ca.key"].map(|found| Problem::Link {
            found: found.to_owned(),
        });
        assert_eq!(problems(&inventory), links);
    }
    let packed = bench.make(Tool::Tar, &format!("-z {pack} a.tgz"));
    let inventory = imported("a.tgz", &packed);
    assert_eq!(inventory.files()[0].taken, Taken::Archive("tar.gz"));
    assert_eq!(kinds(&inventory), ["certificate", "private-key"]);
    // Two members, as pigz and `cat` make them.
    let plain = bench.make(Tool::Tar, &format!("{pack} a.tar"));
    let (first, second) = plain.split_at(700);
    let inventory = imported("a.tar.gz", &[gz(first), gz(second)].concat());
    assert_eq!(kinds(&inventory), ["certificate", "private-key"]);
}

#[test]
fn a_zip_is_read_with_its_modes_and_its_links_are_named() {
    let bench = made();
    bench.run(Tool::Zip, &["-qry", "a.zip", "pki"]);
    let inventory = imported("a.zip", &bench.read("a.zip"));
    let mut found = listed(&inventory);
    found[1..].sort_unstable_by_key(|(path, ..)| *path);
    let link = to("ca.crt");
    let expected = [
        ("a.zip", None, &Taken::Archive("zip")),
        ("pki", Some(0o700), &Taken::Folder),
        ("pki/ca.crt", Some(0o644), &Taken::Items),
        ("pki/ca.key", Some(0o600), &Taken::Items),
        ("pki/link.crt", Some(0o777), &link),
        ("pki/z.key", Some(0o600), &Taken::Items),
    ];
    assert_eq!(found, expected);
    bench.run(Tool::Zip, &["-q0", "stored.zip", "pki/ca.key"]);
    assert_eq!(
        kinds(&imported("s", &bench.read("stored.zip"))),
        ["private-key"]
    );
}

#[test]
fn entries_that_a_passphrase_is_for_are_refused_and_the_others_are_read() {
    let bench = made();
    bench.run(Tool::Zip, &["-q", "a.zip", "pki/ca.crt"]);
    bench.run(Tool::Zip, &["-qe", "-P", "secret", "a.zip", "pki/ca.key"]);
    let inventory = imported("a.zip", &bench.read("a.zip"));
    assert_eq!(kinds(&inventory), ["certificate"]);
    assert_eq!(problems(&inventory), [Problem::EncryptedEntry]);
    let key = inventory
        .files()
        .iter()
        .find(|file| file.path == "pki/ca.key")
        .unwrap();
    assert_eq!(key.taken, Taken::Refused);
}

#[test]
fn paths_that_climb_or_begin_at_the_root_become_harmless() {
    let bench = made();
    let certificate = bench.read("pki/ca.crt");
    let climbing = [
        "../../etc/ca.crt",
        "/etc/kubernetes/pki/ca.crt",
        "a/../../ca.crt",
        "C:\\pki\\ca.crt",
    ];
    let clean = [
        "etc/ca.crt",
        "etc/kubernetes/pki/ca.crt",
        "a/ca.crt",
        "pki/ca.crt",
    ];
    let changed = climbing.map(|found| Problem::PathChanged {
        found: found.to_owned(),
    });
    let entries = climbing.map(|path| (path, certificate.as_slice()));
    let inventory = imported("a.zip", &zipped(&entries));
    assert_eq!(
        inventory.files()[1..]
            .iter()
            .map(|file| file.path.as_str())
            .collect::<Vec<_>>(),
        clean
    );
    assert_eq!(problems(&inventory), changed);
    assert_eq!(inventory.certificates().count(), 4);
    for (at, path) in climbing[..3].iter().enumerate() {
        let transform = format!("--transform=s,pki/ca.crt,{path},");
        bench.run(Tool::Tar, &["-cPf", "a.tar", &transform, "pki/ca.crt"]);
        let inventory = imported("a.tar", &bench.read("a.tar"));
        assert_eq!(inventory.files()[1].path, clean[at]);
        assert_eq!(problems(&inventory), [changed[at].clone()]);
    }
    // Nothing is overwritten: both are there.
    let inventory = imported(
        "a.zip",
        &zipped(&[("ca.crt", &certificate), ("../ca.crt", &certificate)]),
    );
    assert_eq!(inventory.certificates().count(), 2);
}

#[test]
fn entries_of_one_name_are_told_of() {
    let bench = made();
    let certificate = bench.read("pki/ca.crt");
    let mut zip = zipped(&[("a.crt", &certificate), ("b.crt", &certificate)]);
    while let Some(at) = zip.windows(5).position(|window| window == b"b.crt") {
        zip[at] = b'a';
    }
    let inventory = imported("a.zip", &zip);
    assert_eq!(inventory.certificates().count(), 1);
    assert_eq!(problems(&inventory), [Problem::ArchiveDuplicates]);
    // In a tar both are read.
    let line = "-cf a.tar pki/ca.crt pki/ca.crt";
    bench.run(
        Tool::Tar,
        &line
            .replace("-cf", "-c --hard-dereference -f")
            .split(' ')
            .collect::<Vec<_>>(),
    );
    let inventory = imported("a.tar", &bench.read("a.tar"));
    assert_eq!(inventory.certificates().count(), 2);
}

#[test]
fn archives_in_archives_are_read_so_deep_and_no_deeper() {
    let bench = made();
    let certificate = bench.read("pki/ca.crt");
    let mut nested = zipped(&[("ca.crt", &certificate)]);
    for depth in 2..=MAX_DEPTH {
        nested = if depth % 2 == 0 {
            zipped(&[("n.zip", &nested)])
        } else {
            gz(&nested)
        };
    }
    let inventory = imported("n", &nested);
    assert_eq!(
        (inventory.certificates().count(), problems(&inventory)),
        (1, vec![])
    );
    let too_deep = zipped(&[("n", &nested), ("other.crt", &certificate)]);
    let inventory = imported("n", &too_deep);
    assert_eq!(
        problems(&inventory),
        [Problem::NestedTooDeep { limit: MAX_DEPTH }]
    );
    // What lies beside it is read.
    assert_eq!(inventory.certificates().count(), 1);
    // A packed single file.
    let inventory = imported("ca.crt.gz", &gz(&certificate));
    assert_eq!(
        listed(&inventory),
        [
            ("ca.crt.gz", None, &Taken::Archive("gzip")),
            ("ca.crt", None, &Taken::Items)
        ]
    );
}

#[test]
fn a_zip_that_holds_itself_ends() {
    // Of any depth more than MAX_DEPTH the answer is the same.
    let mut nested = zipped(&[("a", b"x")]);
    for _ in 0..40 {
        nested = zipped(&[("n.zip", &nested)]);
    }
    assert_eq!(
        problems(&imported("n", &nested)),
        [Problem::NestedTooDeep { limit: MAX_DEPTH }]
    );
}

#[test]
fn bombs_are_stopped_by_their_ratio() {
    let bench = made();
    let certificate = bench.read("pki/ca.crt");
    let zeros = vec![0; 64 << 20];
    let limit = MAX_RATIO;
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in [("ca.crt", &certificate), ("zeros", &zeros)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, &content[..]).unwrap();
    }
    let bombs = [
        ("a.tar.gz", gz(&tar.into_inner().unwrap())),
        ("a.gz", gz(&zeros)),
    ];
    for (name, bomb) in bombs {
        let begun = Instant::now();
        let inventory = imported(name, &bomb);
        let found = (MAX_FILE_BYTES + 1).to_string();
        let stopped = match name {
            "a.gz" => Problem::FileTooLarge {
                found,
                limit: MAX_FILE_BYTES,
            },
            _ => Problem::RatioTooHigh { limit },
        };
        assert!(
            problems(&inventory).contains(&stopped),
            "{name}: {:?}",
            inventory.files()
        );
        assert!(begun.elapsed() < Duration::from_secs(5));
        if name == "a.tar.gz" {
            assert_eq!(
                inventory.certificates().count(),
                1,
                "what came before is kept"
            );
        }
    }
    // In a zip each entry is too large by what it says of itself, or is stopped when it lied.
    let mut zip = zipped(&[("ca.crt", &certificate), ("zeros", &zeros)]);
    let inventory = imported("a.zip", &zip);
    let found = zeros.len().to_string();
    assert_eq!(
        problems(&inventory),
        [Problem::FileTooLarge {
            found,
            limit: MAX_FILE_BYTES
        }]
    );
    let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    while let Some(at) = zip.windows(4).position(|window| window == size) {
        zip[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let inventory = imported("a.zip", &zip);
    assert!(!problems(&inventory).is_empty());
    assert_eq!(inventory.certificates().count(), 1);
    // Many entries that are small enough each.
    let names: Vec<_> = (0..100).map(|number| format!("z{number}")).collect();
    let small = vec![0; 1 << 20];
    let entries: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), small.as_slice()))
        .collect();
    let inventory = imported("a.zip", &zipped(&entries));
    assert!(problems(&inventory).contains(&Problem::RatioTooHigh { limit }));
}

/// So many entries with one content.
fn many(count: usize, content: &[u8]) -> Vec<u8> {
    let names: Vec<_> = (0..count).map(|number| number.to_string()).collect();
    let entries: Vec<_> = names.iter().map(|name| (name.as_str(), content)).collect();
    zipped(&entries)
}

#[test]
fn a_hundred_thousand_entries_are_answered_with_one_sentence() {
    let bench = made();
    let mut inventory = Inventory::default();
    inventory.add("ca.crt", &bench.read("pki/ca.crt"), None);
    let begun = Instant::now();
    inventory.add("a.zip", &many(100_000, b"x"), None);
    assert!(begun.elapsed() < Duration::from_secs(20));
    let told = problems(&inventory);
    let (strangers, rest) = told.split_at(MAX_STRANGERS + 1);
    assert!(
        strangers
            .iter()
            .all(|one| *one == Problem::NotUnderstood { found: "text" })
    );
    let limit = MAX_STRANGERS;
    assert_eq!(rest, [Problem::TooManyStrangers { limit }]);
    // What was there stays; what comes later is not even listed.
    assert_eq!(inventory.certificates().count(), 1);
    let listed = inventory.files().len();
    inventory.add("b.crt", &bench.read("pki/ca.crt"), None);
    assert_eq!(inventory.files().len(), listed);
}

#[test]
fn files_of_a_cluster_have_a_limit_as_well() {
    let bench = made();
    let begun = Instant::now();
    let inventory = imported("a.zip", &many(MAX_ENTRIES + 10, &bench.read("pki/ca.crt")));
    assert!(
        begun.elapsed() < Duration::from_mins(1),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(
        problems(&inventory),
        [Problem::TooManyEntries { limit: MAX_ENTRIES }]
    );
    assert_eq!(inventory.certificates().count(), MAX_ENTRIES - 1);
}

#[test]
fn a_file_of_two_gigabytes_is_refused_before_its_bytes_are_there() {
    let mut inventory = Inventory::default();
    assert!(!inventory.admit("backup.img", 2 << 30));
    let found = (2_u64 << 30).to_string();
    let limit = MAX_GIVEN_BYTES;
    assert_eq!(
        problems(&inventory),
        [Problem::FileTooLarge { found, limit }]
    );
    assert_eq!(inventory.files()[0].taken, Taken::Refused);
    assert!(inventory.admit("ca.crt", 1_200));
    assert_eq!(
        inventory.files().len(),
        1,
        "what may be added is listed when it is"
    );
    // All together.
    let large = vec![0; usize::try_from(MAX_GIVEN_BYTES).unwrap()];
    for _ in 0..MAX_TOTAL_BYTES / MAX_GIVEN_BYTES {
        assert!(inventory.admit("large", MAX_GIVEN_BYTES));
        inventory.add("large", &large, None);
    }
    assert!(!inventory.admit("ca.crt", 1_200));
    let limit = MAX_TOTAL_BYTES;
    assert_eq!(
        problems(&inventory).last(),
        Some(&Problem::TotalTooLarge { limit })
    );
}

#[test]
fn what_is_cut_off_keeps_what_came_before() {
    let bench = made();
    let tar = bench.make(Tool::Tar, "-c --sort=name pki -f a.tar");
    bench.run(Tool::Zip, &["-qr", "a.zip", "pki/ca.crt", "pki/ca.key"]);
    let zip = bench.read("a.zip");
    for (name, whole) in [("a.tar", &tar), ("a.tgz", &gz(&tar)), ("a.zip", &zip)] {
        let all = imported(name, whole).items().len();
        let mut found = Vec::new();
        for length in (1..whole.len()).step_by(97) {
            let inventory = imported(name, &whole[..length]);
            assert!(inventory.items().len() <= all);
            found.push(inventory.items().len());
        }
        assert!(name == "a.zip" || found.contains(&1), "{name}: {found:?}");
    }
    // In the middle of the key.
    let inventory = imported("a.tar", &tar[..512 * 5 + 100]);
    assert_eq!(kinds(&inventory), ["certificate"]);
    assert!(
        matches!(&problems(&inventory)[..], [Problem::ArchiveCutOff, ..]),
        "{:?}",
        inventory.files()
    );
    let inventory = imported("a.zip", &zip[..zip.len() - 30]);
    assert!(matches!(
        &problems(&inventory)[..],
        [Problem::ArchiveBroken { .. }]
    ));
}

#[test]
fn other_packers_and_other_kinds_of_files_are_named() {
    for (name, magic, found) in [
        ("a.tar.xz", b"\xfd7zXZ\0\0\0".as_slice(), "xz"),
        ("a.tar.bz2", b"BZh91AY", "bzip2"),
        ("a.tar.zst", b"\x28\xb5\x2f\xfd\0\0", "zstd"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0", "7z"),
    ] {
        assert_eq!(
            problems(&imported(name, magic)),
            [Problem::ArchiveKind { found }]
        );
    }
    let mut tar = tar::Builder::new(Vec::new());
    let kinds = [
        (tar::EntryType::Char, "character device"),
        (tar::EntryType::Block, "block device"),
        (tar::EntryType::Fifo, "pipe"),
    ];
    for (kind, _) in kinds {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        tar.append_data(&mut header, "dev", std::io::empty())
            .unwrap();
    }
    let inventory = imported("dev.tar", &tar.into_inner().unwrap());
    let special = kinds.map(|(_, found)| Problem::SpecialFile { found });
    assert_eq!(problems(&inventory), special);
}

#[test]
fn a_tar_whose_headers_never_end_is_stopped() {
    let mut tar = Vec::new();
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(200 << 20);
    header.set_cksum();
    tar.extend_from_slice(header.as_bytes());
    tar.resize(200 << 20, b'a');
    let inventory = imported("a.tar", &tar);
    let found = "the header of an entry has no end".to_owned();
    assert_eq!(problems(&inventory), [Problem::ArchiveBroken { found }]);
}
