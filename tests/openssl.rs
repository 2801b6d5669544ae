//! OpenSSL reads what was made: chains, purposes, names, keys, extensions; and makes the same with make.sh.

mod common;

use std::fs;

use common::command::{Tool, run};
use common::openssl::{contents, extensions, keys, names, purposes, serials, show, verify};
use common::request::requests;
use common::{NOW, Unpacked, foreign_pki, pki};

#[test]
fn every_certificate_serves_its_purpose_under_strict_rules_and_no_other() {
    let pki = pki();
    purposes(&Unpacked::native(&pki), pki.plan(), NOW);
}

#[test]
fn every_name_is_found_in_its_certificate_and_a_wrong_one_is_not() {
    let pki = pki();
    names(&Unpacked::native(&pki), pki.plan(), NOW);
}

#[test]
fn every_key_is_sound_and_belongs_to_its_certificate_and_request() {
    let pki = pki();
    keys(&Unpacked::native(&pki), pki.plan());
}

#[test]
fn subjects_names_and_extensions_are_those_of_the_design() {
    let pki = pki();
    contents(&Unpacked::native(&pki), pki.plan());
}

#[test]
fn serial_numbers_are_positive_and_distinct() {
    let pki = pki();
    serials(&Unpacked::native(&pki), pki.plan());
}

#[test]
fn every_certificate_is_valid_for_a_thousand_days_and_five_minutes() {
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    for planned in &pki.plan().certificates {
        assert_eq!(
            show(&bundle, &planned.id, &["-dates"]),
            "notBefore=Nov 22 23:55:00 2026 GMT\nnotAfter=Aug 19 00:00:00 2029 GMT\n",
            "{}",
            planned.id
        );
    }
    let (first, last) = (NOW - 300, NOW + 1000 * 86_400);
    for (at, refusal) in [
        (
            first - 1,
            Some("error 9 at 1 depth lookup: certificate is not yet valid"),
        ),
        (first, None),
        // To openssl the last second is already over; Go counts it in.
        (last - 1, None),
        (
            last + 1,
            Some("error 10 at 1 depth lookup: certificate has expired"),
        ),
    ] {
        let ended = verify(&bundle, "admin", at, &[]);
        match refusal {
            None => drop(ended.succeeded()),
            Some(text) => {
                let said = ended.failed();
                assert!(said.contains(text), "{said}");
            }
        }
    }
}

#[test]
fn a_certificate_of_a_foreign_authority_of_the_same_name_is_refused() {
    let (own, foreign) = (
        Unpacked::native(&pki()),
        Unpacked::native(&foreign_pki(NOW)),
    );
    fs::copy(foreign.pki("admin.crt"), own.pki("foreign.crt")).unwrap();
    let said = verify(&own, "foreign", NOW, &[]).failed();
    // Our key identifiers tell the two authorities apart before a signature is tried.
    let text = "error 20 at 0 depth lookup: unable to get local issuer certificate";
    assert!(said.contains(text), "{said}");
}

#[test]
fn key_identifiers_join_every_leaf_to_its_authority() {
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    let identifier = |id: &str, extension: &str| {
        let text = show(&bundle, id, &["-ext", extension]);
        text.lines().nth(1).unwrap().trim().to_owned()
    };
    let authority = identifier("ca", "subjectKeyIdentifier");
    assert_eq!(authority.len(), 20 * 3 - 1, "{authority}");
    for planned in &pki.plan().certificates {
        assert_eq!(
            identifier(&planned.id, "authorityKeyIdentifier"),
            authority,
            "{}",
            planned.id
        );
    }
}

#[test]
fn requests_ask_for_what_the_certificates_have() {
    let pki = pki();
    requests(&Unpacked::native(&pki), pki.plan());
}

#[test]
fn the_bundle_s_openssl_commands_make_the_same_certificates() {
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    let by_hand = Unpacked::native(&pki);
    for name in by_hand
        .files()
        .iter()
        .filter(|name| name.starts_with("pki/"))
    {
        fs::remove_file(by_hand.root.join(name)).unwrap();
    }
    run(Tool::Dash
        .command()
        .arg(bundle.root.join("openssl/make.sh"))
        .current_dir(by_hand.root.join("pki")))
    .succeeded();

    contents(&by_hand, pki.plan());
    keys(&by_hand, pki.plan());
    serials(&by_hand, pki.plan());
    purposes(&by_hand, pki.plan(), common::today() + 60);
    for planned in &pki.plan().certificates {
        let id = &planned.id;
        assert_eq!(extensions(&bundle, id), extensions(&by_hand, id));
        for option in ["-subject", "-issuer"] {
            assert_eq!(show(&bundle, id, &[option]), show(&by_hand, id, &[option]));
        }
        // A thousand days from the second of signing: still good a minute before, no longer a minute after.
        let days = 1000 * 86_400;
        verify(&by_hand, id, common::today() + days - 60, &[]).succeeded();
        verify(&by_hand, id, common::today() + days + 60, &[]).failed();
    }
}
