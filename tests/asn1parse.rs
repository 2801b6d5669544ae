//! OpenSSL sees the same elements of DER at the same places as the page shows.

mod common;

use common::anatomy::{der, issued, walk};
use common::openssl::openssl;
use common::{Unpacked, pki, plan_of};
use hardway::anatomy::{Anatomy, Part};

#[test]
fn openssl_sees_the_same_elements_at_the_same_places() {
    let ecdsa = issued(plan_of(
        r#"{"preset": "hard-way-2020", "keyAlgorithm": "ecdsa-p256"}"#,
    ));
    for pki in [pki(), ecdsa] {
        let bundle = Unpacked::native(&pki);
        for (planned, issued) in pki.iter() {
            let of_certificate = Anatomy::of_certificate(&issued.certificate);
            compare(&bundle, &format!("{}.crt", planned.id), &of_certificate);
            let of_request = Anatomy::of_request(&der(&issued.request_pem));
            compare(&bundle, &format!("{}.csr", planned.id), &of_request);
        }
    }
}

/// As `openssl asn1parse` prints them; what it takes for mere octets it is shown once more.
fn compare(bundle: &Unpacked, file: &str, anatomy: &Anatomy) {
    let printed = openssl(bundle, &["asn1parse", "-in", file]).succeeded();
    assert_eq!(lines(&anatomy.parts, 0, 0), elements(&printed), "{file}");
    let mut opened = 0;
    walk(&anatomy.parts, &mut |part| {
        let within = part.parts.iter().find(|inner| inner.tag.is_some());
        let (Some(within), true) = (within, is_string(part)) else {
            return;
        };
        let at = part.start.to_string();
        let printed = openssl(bundle, &["asn1parse", "-in", file, "-strparse", &at]).succeeded();
        assert_eq!(
            lines(&part.parts, within.start, 0),
            elements(&printed),
            "{file} at {at}"
        );
        opened += 1;
    });
    assert!(opened > 1, "{file}");
}

fn is_string(part: &Part) -> bool {
    part.tag
        .as_ref()
        .is_some_and(|tag| ["BIT STRING", "OCTET STRING"].contains(&tag.name.as_str()))
}

/// Offset, depth, length of header and content, and tag of each element, counted from `from`.
fn lines(parts: &[Part], from: usize, depth: usize) -> Vec<String> {
    let mut all = Vec::new();
    for part in parts {
        let Some(tag) = &part.tag else { continue };
        let name = match tag.name.as_str() {
            "OBJECT IDENTIFIER" => "OBJECT".to_owned(),
            other if tag.class == "context" => {
                format!("cont [ {} ]", other.trim_matches(['[', ']']))
            }
            other => other.to_uppercase(),
        };
        let kind = if tag.constructed { "cons" } else { "prim" };
        all.push(format!(
            "{} {depth} {} {} {kind} {name}",
            part.start - from,
            part.header,
            part.length
        ));
        if !is_string(part) {
            all.extend(lines(&part.parts, from, depth + 1));
        }
    }
    all
}

/// `    4:d=1  hl=4 l= 796 cons: SEQUENCE          `
fn elements(printed: &str) -> Vec<String> {
    let line = |line: &str| {
        let (offset, rest) = line.split_once(":d=").unwrap();
        let (depth, rest) = rest.split_once("hl=").unwrap();
        let (header, rest) = rest.split_once("l=").unwrap();
        let (length, name) = rest.trim_start().split_once(' ').unwrap();
        let (kind, name) = name.split_once(": ").unwrap();
        let name = name.split(':').next().unwrap();
        let name = name.split("[HEX DUMP]").next().unwrap();
        let [offset, depth, header, length, kind, name] =
            [offset, depth, header, length, kind, name].map(str::trim);
        format!("{offset} {depth} {header} {length} {kind} {name}")
    };
    printed.lines().map(line).collect()
}
