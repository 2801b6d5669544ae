//! What was made by hand against what we made: two certificates, element by element, and a list of all that may differ.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use hardway::PlannedCertificate;
use hardway::by_hand::{Departure, Way};
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::{FromDer, X509Certificate, parse_x509_pem};

use super::command::{Ended, Tool, run, run_with};

/// Writes the files and runs the steps of a way in the folder, each as it is shown, and says when the last one that makes something ran.
pub(crate) fn follow(way: &Way, folder: &Path) -> i64 {
    for file in &way.files {
        let path = folder.join(&file.name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.text).unwrap();
    }
    let mut made = 0;
    for step in &way.steps {
        let now = super::today();
        let said = typed(&step.command, Tool::Dash.command(), folder).succeeded();
        if step.step == hardway::by_hand::StepKind::Look {
            assert!(said.starts_with("Certificate:\n"), "{said}");
        } else {
            made = now;
        }
    }
    made
}

/// Runs a command line in the shell, whose last argument it is, and stops at its first failure.
pub(crate) fn typed(line: &str, mut shell: Command, folder: &Path) -> Ended {
    run(shell.arg("-euc").arg(line).current_dir(folder))
}

/// Pastes a text into the shell's standard input.
pub(crate) fn pasted(text: &str, mut shell: Command, folder: &Path) -> Ended {
    run_with(shell.current_dir(folder), text.as_bytes())
}

/// A certificate of a set and the one that its authority has there.
pub(crate) struct Pair<'a> {
    pub(crate) certificate: &'a [u8],
    pub(crate) authority: &'a [u8],
    /// The private key's file.
    pub(crate) key: &'a str,
    /// The clock when it was signed.
    pub(crate) now: i64,
}

/// In what two certificates for the same plan differ. What is no [`Departure`] has to be the same, byte for byte, or this panics;
/// serial numbers have to differ.
pub(crate) fn differences(
    planned: &PlannedCertificate,
    ours: &Pair<'_>,
    made: &Pair<'_>,
) -> Vec<Departure> {
    let id = &planned.id;
    let (a, b) = (parse(ours.certificate), parse(made.certificate));
    assert_eq!(a.version, b.version, "{id}");
    assert_ne!(a.serial, b.serial, "{id}");
    assert_eq!(a.public_key().algorithm, b.public_key().algorithm, "{id}");
    let key_size = |one: &X509Certificate<'_>| one.public_key().parsed().unwrap().key_size();
    assert_eq!(key_size(&a), key_size(&b), "{id}");
    let mut found = Vec::new();
    found.extend(signatures(&a, &b, id));
    found.extend(subjects(&a, &b, id));
    found.extend(validities(planned, (&a, ours.now), (&b, made.now)));
    found.extend(extensions(&b, ours, made, id));
    // The kinds of PKCS #8 and of older files differ in their labels.
    if ours.key.lines().next() != made.key.lines().next() {
        found.push(Departure::KeyFile);
    }
    sorted(found)
}

pub(crate) fn sorted(mut differences: Vec<Departure>) -> Vec<Departure> {
    differences.sort_by_key(|one| format!("{one:?}"));
    differences.dedup();
    differences
}

pub(crate) fn der(path: &Path) -> Vec<u8> {
    let pem = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse_x509_pem(&pem).unwrap().1.contents
}

fn parse(der: &[u8]) -> X509Certificate<'_> {
    let (rest, certificate) = X509Certificate::from_der(der).unwrap();
    assert!(rest.is_empty());
    certificate
}

fn signatures(a: &X509Certificate<'_>, b: &X509Certificate<'_>, id: &str) -> Option<Departure> {
    for one in [a, b] {
        assert_eq!(one.signature_algorithm, one.signature, "{id}");
    }
    if a.signature == b.signature {
        return None;
    }
    // Of ours sha256WithRSAEncryption, of theirs SHA-384 or SHA-512 (RFC 8017, appendix A.2.4).
    let names = [a, b].map(|one| one.signature.algorithm.to_id_string());
    assert_eq!(names[0], "1.2.840.113549.1.1.11", "{id}");
    assert!(
        ["1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13"].contains(&names[1].as_str()),
        "{id}"
    );
    Some(Departure::HashBySize)
}

fn subjects(a: &X509Certificate<'_>, b: &X509Certificate<'_>, id: &str) -> Vec<Departure> {
    let mut found = Vec::new();
    for (ours, theirs, own) in [
        (&a.subject, &b.subject, true),
        (&a.issuer, &b.issuer, false),
    ] {
        if ours.as_raw() == theirs.as_raw() {
            continue;
        }
        // Type, value, and how the value is written.
        let parts = |name: &x509_parser::x509::X509Name<'_>| -> Vec<_> {
            let all = name.iter_attributes();
            all.map(|one| {
                (
                    one.attr_type().to_id_string(),
                    one.as_slice().to_vec(),
                    one.attr_value().tag(),
                )
            })
            .collect()
        };
        let (ours, mut theirs) = (parts(ours), parts(theirs));
        let values = |parts: &[(String, Vec<u8>, x509_parser::asn1_rs::Tag)]| -> Vec<_> {
            parts
                .iter()
                .map(|(kind, value, _)| (kind.clone(), value.clone()))
                .collect()
        };
        let mut differs = Vec::new();
        if values(&ours) != values(&theirs) {
            differs.push(Departure::SubjectOrder);
            theirs.sort_by_key(|part| ours.iter().position(|one| one.0 == part.0));
        }
        assert_eq!(values(&ours), values(&theirs), "{id}");
        if ours != theirs {
            differs.push(Departure::TextTypes);
        }
        // The issuer's name differs as the authority's own does, which is looked at there.
        if own {
            found.extend(differs);
        }
    }
    found
}

fn validities(
    planned: &PlannedCertificate,
    (a, our_now): (&X509Certificate<'_>, i64),
    (b, their_now): (&X509Certificate<'_>, i64),
) -> Vec<Departure> {
    const DAY: i64 = 86_400;
    let id = &planned.id;
    let dates = |one: &X509Certificate<'_>| {
        (
            one.validity.not_before.timestamp(),
            one.validity.not_after.timestamp(),
        )
    };
    let ((our_begin, our_end), (begin, end)) = (dates(a), dates(b));
    assert_eq!(our_begin, our_now - 300, "{id}");
    let mut found = Vec::new();
    // A slow computer takes a few seconds to start a program; cfssl rounds to minutes.
    match their_now - begin {
        -10..=0 => found.push(Departure::NotBackdated),
        late => assert!((260..=340).contains(&late), "{id} begins {late} s before"),
    }
    let days = i64::from(planned.validity_days) * DAY;
    if let Some(until) = planned.valid_until {
        let until = until.unix();
        assert_eq!(our_end, until, "{id}");
        match until - end {
            0 => {}
            early => {
                assert!(
                    (1..DAY).contains(&early),
                    "{id} ends {early} s before the date"
                );
                assert_eq!((end - begin) % DAY, 0, "{id}");
                found.push(Departure::WholeDays);
            }
        }
    } else {
        assert_eq!(our_end, our_now + days, "{id}");
        // The length is the planned one to the second, counted from its own beginning.
        assert_eq!(end - begin, days, "{id}");
        if !found.contains(&Departure::NotBackdated) {
            found.push(Departure::EndsEarlier);
        }
    }
    found
}

/// Every extension but the key identifiers is the same in criticality and value, whatever the order.
fn extensions(
    b: &X509Certificate<'_>,
    ours: &Pair<'_>,
    made: &Pair<'_>,
    id: &str,
) -> Vec<Departure> {
    const SUBJECT_KEY: &str = "2.5.29.14";
    const AUTHORITY_KEY: &str = "2.5.29.35";
    let all = |der: &[u8]| -> BTreeMap<String, (bool, Vec<u8>)> {
        let one = parse(der);
        let all = one.extensions().iter();
        all.map(|one| (one.oid.to_id_string(), (one.critical, one.value.to_vec())))
            .collect()
    };
    let (mut mine, mut theirs) = (all(ours.certificate), all(made.certificate));
    let mut found = Vec::new();
    let [my_subject, subject] =
        [&mut mine, &mut theirs].map(|all| all.remove(SUBJECT_KEY).unwrap());
    let (my_authority, authority) = (
        mine.remove(AUTHORITY_KEY).unwrap(),
        theirs.remove(AUTHORITY_KEY),
    );
    assert_eq!(mine, theirs, "{id}");
    assert_eq!((my_subject.0, subject.0), (false, false), "{id}");
    // SEQUENCE { [0] key identifier } (RFC 5280, section 4.2.1.1): no issuer and no serial number.
    let of = |authority: &[u8]| {
        let identifier = all(authority).remove(SUBJECT_KEY).unwrap().1;
        [&[0x30, 22, 0x80, 20], &identifier[2..]].concat()
    };
    assert_eq!(my_authority, (false, of(ours.authority)), "{id}");
    if let Some(authority) = authority {
        assert_eq!(authority, (false, of(made.authority)), "{id}");
    } else {
        assert_eq!(made.certificate, made.authority, "{id}");
        found.push(Departure::NoAuthorityKeyIdentifier);
    }
    let ParsedExtension::SubjectKeyIdentifier(identifier) = b
        .extensions()
        .iter()
        .find(|one| one.oid.to_id_string() == SUBJECT_KEY)
        .unwrap()
        .parsed_extension()
    else {
        panic!("{id}")
    };
    let key = &b.public_key().subject_public_key.data;
    let digest = |hash: &str| {
        let said = run_with(Tool::Openssl.command().args(["dgst", hash, "-r"]), key).succeeded();
        said.split(' ').next().unwrap().to_owned()
    };
    let identifier: String = identifier
        .0
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if identifier == digest("-sha1") {
        found.push(Departure::KeyIdentifiers);
    } else {
        assert_eq!(identifier, digest("-sha256")[..40], "{id}");
    }
    found
}
