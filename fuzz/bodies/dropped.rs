//! Everything that the page does with files that were dropped onto it.

use std::collections::HashSet;

use hardway::anatomy::{Anatomy, Part};
use hardway::by_hand::Call;
use hardway::diagnose::diagnose;
use hardway::import::{Content, Inventory};
use hardway::recognise::{Corrections, Recognition};
use hardway::verify::{State, Verifier, escaped};
use hardway::{Cluster, DecodedCertificate, DecodedRequest};

use super::NOW;

/// Lists, recognises, verifies and diagnoses.
pub(crate) fn look(inventory: &Inventory) {
    for file in inventory.files() {
        stays_inside(&file.path);
    }
    let _ = serde_json::to_string(&inventory.listing()).unwrap();
    for item in inventory.items() {
        let _ = item.content.summary();
        match &item.content {
            Content::Certificate(found) => {
                certificate(&found.der);
                let _ = format!("{found:?}");
            }
            Content::Request(found) => request(&found.der),
            _ => {}
        }
    }
    if !inventory.items().is_empty() {
        recognised(inventory);
    }
}

/// What is shown of any bytes that may be a certificate.
pub(crate) fn certificate(der: &[u8]) {
    fills(der, &Anatomy::of_certificate(der));
    if let Ok(decoded) = DecodedCertificate::from_der(der) {
        let shown = escaped(&decoded.subject);
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
    }
}

/// What is shown of any bytes that may be a request.
fn request(der: &[u8]) {
    fills(der, &Anatomy::of_request(der));
    let _ = DecodedRequest::from_der(der);
}

fn recognised(inventory: &Inventory) {
    let recognition = Recognition::of(inventory, &Corrections::default());
    let _ = serde_json::to_string(&recognition).unwrap();
    assert!(Cluster::parse(&recognition.description).is_ok());
    let assigned: HashSet<_> = recognition.assignments.iter().map(|one| one.item).collect();
    let unused: HashSet<_> = recognition.unused.iter().map(|one| one.item).collect();
    for item in 0..inventory.items().len() {
        assert!(
            assigned.contains(&item) != unused.contains(&item),
            "a thing has a place or a reason"
        );
    }
    let evidence = recognition.evidence(inventory);
    let verifier = Verifier::new(recognition.plan(), &evidence, NOW);
    let verdicts: Vec<_> = verifier.verdicts().collect();
    let findings = diagnose(inventory, &recognition, NOW);
    let _ = serde_json::to_string(&findings).unwrap();
    for (connection, verdict) in recognition.plan().connections.iter().zip(&verdicts) {
        let told = findings
            .iter()
            .any(|one| one.connections.contains(&verdict.connection));
        assert!(told || verdict.state == State::Verified, "{verdict:?}");
        let _ = Call::of(recognition.plan(), connection);
    }
    for finding in &findings {
        for id in &finding.certificates {
            assert!(recognition.plan().certificate(id).is_some(), "{finding:?}");
        }
    }
}

/// No root, no way up, nothing that the eye reads otherwise.
pub(crate) fn stays_inside(path: &str) {
    assert!(
        !path.is_empty() && !path.starts_with('/') && !path.contains('\\'),
        "{path:?}"
    );
    assert!(path.split('/').all(|part| part != ".."), "{path:?}");
    assert!(!path.chars().any(char::is_control), "{path:?}");
}

/// Boxes follow one another without a gap, and fill what they lie in.
fn fills(der: &[u8], anatomy: &Anatomy) {
    assert_eq!(follow(&anatomy.parts, 0), der.len());
    for fault in &anatomy.faults {
        assert!(fault.at <= der.len(), "{fault:?}");
    }
    let _ = serde_json::to_string(anatomy).unwrap();
}

/// Where the last one ends.
fn follow(parts: &[Part], start: usize) -> usize {
    parts.iter().fold(start, |at, part| {
        assert_eq!(part.start, at, "{}", part.field);
        if !part.parts.is_empty() {
            let end = follow(&part.parts, part.start + part.header);
            assert_eq!(end, part.end(), "{}", part.field);
        }
        part.end()
    })
}
