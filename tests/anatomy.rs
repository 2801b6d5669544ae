//! A certificate byte by byte: no byte left out, and no bytes that it cannot stand. OpenSSL's boxes are compared in `asn1parse.rs`.

mod common;

use std::collections::BTreeSet;

use common::anatomy::{der, issued, walk};
use common::{pki, plan_of, presets, rng};
use hardway::anatomy::{Anatomy, Part, Value};
use hardway::{DecodedCertificate, KeyAlgorithm};
use rsa::rand_core::Rng;

#[test]
fn every_byte_of_every_certificate_and_request_of_every_preset_has_its_place() {
    let mut algorithms = vec![];
    for algorithm in [KeyAlgorithm::EcdsaP256, KeyAlgorithm::EcdsaP384] {
        algorithms.extend(presets::own_with(algorithm).into_iter().map(issued));
    }
    for pki in algorithms.iter().chain([&pki()]) {
        for (planned, issued) in pki.iter() {
            let request = der(&issued.request_pem);
            let all = [
                (
                    Anatomy::of_certificate(&issued.certificate),
                    &issued.certificate,
                ),
                (Anatomy::of_request(&request), &request),
            ];
            for (anatomy, bytes) in all {
                assert_eq!(anatomy.faults, [], "{}", planned.id);
                assert_eq!(anatomy.parts.len(), 1);
                covers(&anatomy, bytes);
                walk(&anatomy.parts, &mut |part| {
                    assert!(!["element", "unread"].contains(&part.field), "{part:?}");
                });
            }
        }
    }
}

#[test]
fn what_another_parser_reads_stands_in_the_boxes() {
    for pki in [
        pki(),
        issued(plan_of(
            r#"{"preset": "kubeadm", "keyAlgorithm": "ecdsa-p384"}"#,
        )),
    ] {
        for (_, issued) in pki.iter() {
            let decoded = DecodedCertificate::from_der(&issued.certificate).unwrap();
            let anatomy = Anatomy::of_certificate(&issued.certificate);
            let bytes = |part: &Part| {
                let content = &issued.certificate[part.start + part.header..part.end()];
                let pairs: Vec<_> = content.iter().map(|byte| format!("{byte:02x}")).collect();
                pairs.join(":")
            };
            let (mut names, mut subject) = (Vec::new(), Vec::new());
            let mut found = BTreeSet::new();
            let mut in_subject = 0..0;
            walk(&anatomy.parts, &mut |part| {
                let text = match &part.value {
                    Some(Value::Text { text } | Value::Address { text } | Value::Time { text }) => {
                        text.as_str()
                    }
                    _ => "",
                };
                match part.field {
                    "notBefore" => assert_eq!(text, decoded.not_before),
                    "notAfter" => assert_eq!(text, decoded.not_after),
                    "serialNumber" => assert_eq!(bytes(part), decoded.serial),
                    "dNSName" | "iPAddress" => names.push(text.to_owned()),
                    "SubjectKeyIdentifier" => assert_eq!(Some(bytes(part)), decoded.subject_key_id),
                    "keyIdentifier" => assert_eq!(Some(bytes(part)), decoded.authority_key_id),
                    "subject" => in_subject = part.start..part.end(),
                    "AttributeTypeAndValue" if in_subject.contains(&part.start) => {
                        let Some(Value::Text { text }) = &part.parts[1].value else {
                            panic!("{part:?}");
                        };
                        subject.push(format!("{}={text}", part.about.unwrap()));
                    }
                    "bits" => assert_eq!(usages(part), decoded.key_usage.as_ref().unwrap().values),
                    "modulus" => {
                        let Some(Value::Integer { bits, .. }) = part.value else {
                            panic!("{part:?}");
                        };
                        assert_eq!(format!("RSA {bits}"), decoded.key_algorithm);
                    }
                    "x" => assert_eq!(
                        format!("ECDSA P-{}", part.length * 8),
                        decoded.key_algorithm
                    ),
                    _ => return,
                }
                found.insert(part.field);
            });
            let expected: Vec<_> = decoded
                .names
                .iter()
                .map(|name| name.value.clone())
                .collect();
            assert_eq!(names, expected);
            assert_eq!(subject.join(", "), decoded.subject);
            for field in [
                "notBefore",
                "notAfter",
                "serialNumber",
                "SubjectKeyIdentifier",
                "keyIdentifier",
                "bits",
            ] {
                assert!(found.contains(field), "{field}");
            }
            assert!(found.contains("modulus") != found.contains("x"));
        }
    }
}

#[test]
fn every_byte_of_a_damaged_file_has_its_place_as_well() {
    let pki = pki();
    let issued = pki.issued("kube-apiserver").unwrap();
    let request = der(&issued.request_pem);
    let mut chance = rng(9);
    let mut any = |end: usize| usize::try_from(chance.next_u32()).unwrap() % end;
    for round in 0..20_000 {
        let mut bytes = if round % 2 == 0 {
            &issued.certificate
        } else {
            &request
        }
        .clone();
        for _ in 0..=any(3) {
            let at = any(bytes.len());
            match any(4) {
                0 => bytes.truncate(at + 1),
                1 => bytes[at] = u8::try_from(any(256)).unwrap(),
                2 => bytes.insert(at, u8::try_from(any(256)).unwrap()),
                _ => drop(bytes.remove(at)),
            }
            if bytes.is_empty() {
                bytes.push(0x30);
            }
        }
        covers(&Anatomy::of_certificate(&bytes), &bytes);
        covers(&Anatomy::of_request(&bytes), &bytes);
    }
}

#[test]
fn every_byte_of_noise_has_its_place_and_no_depth_is_too_deep() {
    let mut chance = rng(10);
    for length in 0..2_000 {
        let mut bytes = vec![0; length % 200];
        chance.fill_bytes(&mut bytes);
        covers(&Anatomy::of_certificate(&bytes), &bytes);
    }
    // A thousand boxes, each within the one before.
    let mut nested = Vec::new();
    for _ in 0..1_000 {
        let length = u16::try_from(nested.len()).unwrap().to_be_bytes();
        let header = match nested.len() {
            short @ 0..0x80 => vec![0x30, u8::try_from(short).unwrap()],
            medium @ 0x80..0x100 => vec![0x30, 0x81, u8::try_from(medium).unwrap()],
            _ => vec![0x30, 0x82, length[0], length[1]],
        };
        nested.splice(0..0, header);
    }
    let anatomy = Anatomy::of_certificate(&nested);
    covers(&anatomy, &nested);
    assert!(anatomy.faults.iter().any(|fault| fault.code == "deep"));
}

#[test]
fn a_fault_says_where_and_what() {
    let certificate = pki().issued("kube-apiserver").unwrap().certificate.clone();
    let place = |field: &str| {
        find(&Anatomy::of_certificate(&certificate).parts, field)
            .unwrap()
            .start
    };
    let changed = |at: usize, byte: u8| {
        let mut bytes = certificate.clone();
        bytes[at] = byte;
        let fault = Anatomy::of_certificate(&bytes).faults.remove(0);
        (
            fault.code,
            fault.at,
            fault.path.join("."),
            fault.expected,
            fault.found,
        )
    };
    let text = |text: &str| Some(text.to_owned());
    let (tbs, serial, not_before) = (
        "Certificate.tbsCertificate",
        place("serialNumber"),
        place("notBefore"),
    );
    assert_eq!(
        changed(serial, 4),
        (
            "unexpected",
            serial,
            tbs.into(),
            text("serialNumber"),
            text("OCTET STRING")
        )
    );
    assert_eq!(
        changed(serial + 1, 0x80),
        ("length", serial, format!("{tbs}.serialNumber"), None, None)
    );
    assert_eq!(
        changed(serial, 0x1f),
        (
            "unexpected",
            serial,
            tbs.into(),
            text("serialNumber"),
            text("[UNIVERSAL 31]")
        )
    );
    assert_eq!(
        changed(not_before + 2, b'x'),
        (
            "value",
            not_before,
            format!("{tbs}.validity.notBefore"),
            None,
            text("UTCTime")
        )
    );
    let (total, half) = (certificate.len(), certificate.len() / 2);
    let fault = Anatomy::of_certificate(&certificate[..half])
        .faults
        .remove(0);
    assert_eq!((fault.code, fault.at), ("truncated", 0));
    assert_eq!(
        (fault.expected, fault.found),
        (text(&total.to_string()), text(&half.to_string()))
    );
    // What came before the end is there all the same.
    assert!(
        find(
            &Anatomy::of_certificate(&certificate[..half]).parts,
            "notAfter"
        )
        .is_some()
    );
    let longer = [&certificate[..], &[5, 0]].concat();
    let fault = Anatomy::of_certificate(&longer).faults.remove(0);
    assert_eq!(
        (fault.code, fault.at, fault.found),
        ("extra", total, text("2"))
    );
    let fault = Anatomy::of_certificate(&[]).faults.remove(0);
    assert_eq!(
        (fault.code, fault.at, fault.expected),
        ("missing", 0, text("Certificate"))
    );
    let fault = Anatomy::of_request(&certificate).faults.remove(0);
    assert_eq!(
        (fault.code, fault.expected),
        ("unexpected", text("version"))
    );
}

/// Headers and leaves, one after the other, are the file.
fn covers(anatomy: &Anatomy, bytes: &[u8]) {
    let end = tiles(&anatomy.parts, 0);
    assert_eq!(end, bytes.len(), "{bytes:02x?}");
}

fn tiles(parts: &[Part], start: usize) -> usize {
    parts.iter().fold(start, |at, part| {
        assert_eq!(part.start, at, "{part:?}");
        assert!(part.header + part.length > 0);
        if !part.parts.is_empty() {
            assert_eq!(tiles(&part.parts, at + part.header), part.end(), "{part:?}");
        }
        part.end()
    })
}

fn find<'a>(parts: &'a [Part], field: &str) -> Option<&'a Part> {
    let mut found = None;
    walk(parts, &mut |part| {
        if part.field == field && found.is_none() {
            found = Some(part);
        }
    });
    found
}

fn usages(part: &Part) -> Vec<String> {
    match &part.value {
        Some(Value::Bits { names }) => names.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}
