//! Private and public keys as other programs write them are read, and paired with their certificates by what they are.

mod common;

use common::workbench::{Workbench, imported, kinds, problems};
use hardway::import::{Content, Inventory, KeyForm, Problem};

const ALGORITHMS: [(&str, &str); 6] = [
    (
        "rsa-2048",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k",
    ),
    (
        "rsa-1024",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out k",
    ),
    (
        "ecdsa-p256",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k",
    ),
    (
        "ecdsa-p384",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out k",
    ),
    (
        "ecdsa-p521",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out k",
    ),
    ("ed25519", "genpkey -algorithm ED25519 -out k"),
];

/// Algorithm, form and public half of the one key in a file.
fn only_key(name: &str, bytes: &[u8]) -> (String, KeyForm, Vec<u8>) {
    let inventory = imported(name, bytes);
    let [item] = inventory.items() else {
        panic!("{name}: {:?}", inventory.files());
    };
    let Content::PrivateKey(key) = &item.content else {
        panic!("{name}: {item:?}");
    };
    let public = key.public();
    (public.algorithm.clone(), key.form(), public.spki.clone())
}

#[test]
fn every_form_of_a_key_gives_the_public_half_that_openssl_gives() {
    let bench = Workbench::new();
    for (algorithm, make) in ALGORITHMS {
        let pkcs8 = bench.openssl(make);
        let spki = bench.openssl("pkey -in k -pubout -outform DER -out k.pub");
        let der = bench.openssl("pkcs8 -topk8 -nocrypt -in k -outform DER -out k.der");
        for (file, bytes) in [("k.pem", &pkcs8), ("k.der", &der)] {
            let expected = (algorithm.to_owned(), KeyForm::Pkcs8, spki.clone());
            assert_eq!(only_key(file, bytes), expected, "{file}");
        }
        let form = match algorithm {
            "ed25519" => continue,
            rsa if rsa.starts_with("rsa") => KeyForm::Pkcs1,
            _ => KeyForm::Sec1,
        };
        let pem = bench.openssl("pkey -in k -traditional -out k.old");
        let der = bench.openssl("pkey -in k -traditional -outform DER -out k.old.der");
        for (file, bytes) in [("k.old", &pem), ("k.old.der", &der)] {
            let expected = (algorithm.to_owned(), form, spki.clone());
            assert_eq!(only_key(file, bytes), expected, "{file}");
        }
    }
}

#[test]
fn a_key_its_certificate_its_request_and_its_public_half_have_one_public_key() {
    let bench = Workbench::new();
    for (algorithm, make) in ALGORITHMS {
        let mut inventory = Inventory::default();
        inventory.add("a.key", &bench.openssl(make), Some(0o600));
        for (name, line) in [
            ("a.crt", "req -x509 -key k -subj /CN=a -days 9 -out c"),
            ("a.cer", "x509 -in c -outform DER -out d"),
            ("a.csr", "req -new -key k -subj /CN=a -out r"),
            ("a.req", "req -in r -outform DER -out q"),
            ("a.pub", "pkey -in k -pubout -out p"),
            ("a.pub.der", "pkey -in k -pubout -outform DER -out p"),
        ] {
            inventory.add(name, &bench.openssl(line), None);
        }
        if algorithm.starts_with("rsa") {
            inventory.add(
                "b.pub",
                &bench.openssl("rsa -in k -RSAPublicKey_out -out p"),
                None,
            );
            let line = "rsa -in k -RSAPublicKey_out -outform DER -out p";
            inventory.add("b.der", &bench.openssl(line), None);
        }
        let found = kinds(&inventory);
        let expected = [
            "private-key",
            "certificate",
            "certificate",
            "request",
            "request",
        ];
        assert_eq!(found[..5], expected, "{algorithm}: {:?}", inventory.files());
        assert!(found[5..].iter().all(|kind| *kind == "public-key") && found.len() >= 7);
        let publics: Vec<_> = inventory
            .items()
            .iter()
            .map(|item| item.content.public())
            .collect();
        assert!(
            publics.iter().all(|public| *public == publics[0]),
            "{algorithm}"
        );
        let (_, key) = inventory.keys().next().unwrap();
        assert_eq!(key.public().algorithm, algorithm);
        assert_eq!(key.private_key("a").is_ok(), key.signs(), "{algorithm}");
        let signs = !["ecdsa-p521", "ed25519"].contains(&algorithm);
        assert_eq!(key.signs(), signs, "{algorithm}");
        let note = Problem::KeyKind {
            found: algorithm.to_owned(),
        };
        assert_eq!(
            problems(&inventory),
            if signs { vec![] } else { vec![note] }
        );

        // Another key of the same kind is another one.
        let other = imported("o.key", &bench.openssl(make));
        let (_, other) = other.keys().next().unwrap();
        assert!(inventory.key_of(other.public()).is_none());
        assert!(inventory.key_of(key.public()).is_some());
    }
}

#[test]
fn a_key_without_its_public_half_has_it_computed_where_it_signs() {
    let bench = Workbench::new();
    for (curve, signs) in [
        ("prime256v1", true),
        ("secp384r1", true),
        ("secp521r1", false),
    ] {
        bench.openssl(&format!("ecparam -name {curve} -genkey -noout -out k"));
        let bare = bench.openssl("ec -in k -no_public -out n");
        let inventory = imported("n", &bare);
        if signs {
            let spki = bench.openssl("ec -in k -pubout -outform DER -out p");
            assert_eq!(only_key("n", &bare).2, spki);
        } else {
            let found = "it has no public half".to_owned();
            assert_eq!(problems(&inventory), [Problem::KeyBroken { found }]);
        }
    }
}

#[test]
fn a_key_that_kubernetes_does_not_take_is_named() {
    let bench = Workbench::new();
    for (make, found) in [
        ("genpkey -algorithm ED448 -out k", "ed448"),
        ("genpkey -algorithm X25519 -out k", "x25519"),
        ("genpkey -algorithm RSA-PSS -out k", "rsa-pss"),
        (
            "ecparam -name secp256k1 -genkey -noout -out k",
            "ecdsa-secp256k1",
        ),
        (
            "ecparam -name brainpoolP256r1 -genkey -noout -out k",
            "ecdsa-brainpoolP256r1",
        ),
        (
            "ecparam -name secp224r1 -genkey -noout -out k",
            "ecdsa-p224",
        ),
    ] {
        let inventory = imported("k", &bench.openssl(make));
        let found = found.to_owned();
        assert_eq!(problems(&inventory), [Problem::KeyForeign { found }]);
        assert!(inventory.items().is_empty());
    }
}

#[test]
fn numbers_that_form_no_key_are_refused() {
    let bench = Workbench::new();
    let mut der = {
        bench.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k");
        bench.openssl("pkcs8 -topk8 -nocrypt -in k -outform DER -out k.der")
    };
    assert_eq!(kinds(&imported("k.der", &der)), ["private-key"]);
    // In the modulus, whose last bit is set in any key.
    der[200] ^= 0x10;
    let inventory = imported("k.der", &der);
    assert!(inventory.items().is_empty());
    assert!(matches!(
        &problems(&inventory)[..],
        [Problem::KeyBroken { .. }]
    ));
}

#[test]
fn a_private_key_that_is_named_like_a_certificate_is_told_of() {
    let bench = Workbench::new();
    let key = bench.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k");
    let certificate = bench.openssl("req -x509 -key k -subj /CN=a -out c");
    let note = [Problem::KeyAmongCertificates];
    assert_eq!(problems(&imported("pki/admin.crt", &key)), note);
    assert_eq!(problems(&imported("pki/admin.key", &key)), []);
    assert_eq!(problems(&imported("pki/admin.crt", &certificate)), []);
    let both = [certificate, key].concat();
    assert_eq!(problems(&imported("pki/admin.crt", &both)), []);
}

#[test]
fn nothing_that_is_printed_holds_a_key() {
    let bench = Workbench::new();
    let key = bench.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k");
    let key = String::from_utf8(key).unwrap();
    let inventory = imported("a.key", key.as_bytes());
    let printed = format!("{:?} {:?}", inventory.items(), inventory.files());
    let listing = serde_json::to_string(&inventory.listing()).unwrap();
    let (_, found) = inventory.keys().next().unwrap();
    for secret in key
        .lines()
        .filter(|line| line.len() > 30 && !line.starts_with('-'))
    {
        assert!(!printed.contains(secret) && !listing.contains(secret));
    }
    let bytes = format!("{:?}", found.pkcs8_der());
    assert!(!printed.contains(&bytes[1..60]), "{printed}");
    assert!(printed.contains("private key (ecdsa-p256)"), "{printed}");
}
