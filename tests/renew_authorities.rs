//! Authorities of all makers sign again; those that cannot are refused.

mod common;

use common::command::Tool;
use common::existing::{copy, held, held_of, names, renewed};
use common::renewal::{DAY, accepts_client, go_accepts_client, string_types, verify_sh};
use common::workbench::Workbench;
use common::{NOW, Unpacked, pki_of, seed_plan, timestamp, today};
use hardway::renew::KeyChoice::{self, Keep, New};
use hardway::renew::{Held, Refused};
use hardway::{DecodedCertificate, Error};
use rsa::sha2::{Digest, Sha256};
use serde_json::Value;

#[test]
fn an_issuer_is_named_byte_for_byte_as_its_certificate_has_it() {
    let plan = seed_plan();
    let masks = ["utf8only", "nombstr", "default", "pkix"];
    let subjects = [
        "C = JP\nO = Acme, Inc. @ *\nOU = one\n+OU = two\n1.O = again\nCN = ca@example",
        "CN = 認証局",
        "DC = example\nCN = KUBERNETES-CA",
    ];
    let keys = [
        "EC -pkeyopt ec_paramgen_curve:P-256",
        "EC -pkeyopt ec_paramgen_curve:P-384",
        "RSA -pkeyopt rsa_keygen_bits:3072",
    ];
    let identifiers = [
        "subjectKeyIdentifier = hash",
        "subjectKeyIdentifier = 01:02:03",
        "subjectKeyIdentifier = none",
    ];
    let mut kinds = std::collections::BTreeSet::new();
    for (nth, (mask, subject)) in masks
        .iter()
        .flat_map(|mask| subjects.map(|subject| (mask, subject)))
        .enumerate()
    {
        // Without strings of several octets a character there is none for these.
        if *mask == "nombstr" && !subject.is_ascii() {
            continue;
        }
        let bench = Workbench::new();
        let identifier = identifiers[nth % 3];
        bench.write("cnf", format!(
            "[req]\nprompt = no\nutf8 = yes\nstring_mask = {mask}\ndistinguished_name = dn\nx509_extensions = v3\n[dn]\n{subject}\n\
             [v3]\nbasicConstraints = critical, CA:TRUE\n{identifier}\n"
        ));
        bench.openssl(&format!("genpkey -algorithm {} -out ca.key", keys[nth % 3]));
        bench
            .openssl("req -new -x509 -multivalue-rdn -config cnf -key ca.key -days 30 -out ca.crt");
        let now = today();
        let found = held(&bench, &plan);
        let authority = found.certificate("ca").unwrap().to_vec();
        kinds.extend(string_types(&names(&authority)[0]));
        let pki = renewed(&plan, found, &[("admin", New)], timestamp(now)).unwrap();
        let made = &pki.issued("admin").unwrap().certificate;
        assert_eq!(names(made)[1], names(&authority)[0], "{mask}: {subject}");
        let decoded = [made, &authority].map(|der| DecodedCertificate::from_der(der).unwrap());
        assert_eq!(decoded[0].authority_key_id, decoded[1].subject_key_id);
        assert_eq!(
            decoded[0].authority_key_id.is_some(),
            !identifier.ends_with("none")
        );
        let bundle = Unpacked::native(&pki);
        common::openssl::openssl(
            &bundle,
            &[
                "verify",
                "-CAfile",
                "ca.crt",
                "-purpose",
                "sslclient",
                "admin.crt",
            ],
        )
        .succeeded();
        assert!(accepts_client(made, &authority, now));
        go_accepts_client(&bundle, &pki, now);
        verify_sh(&bundle, &["admin"]);
    }
    // UTF8String, PrintableString, T61String, IA5String and BMPString were among them.
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        [0x0c, 0x13, 0x14, 0x16, 0x1e]
    );
}

#[test]
fn cfssl_s_authority_signs_again() {
    if !Tool::Cfssl.is_there_or_skip() {
        return;
    }
    let bench = Workbench::new();
    bench.write("ca.json", r#"{"CN": "Kubernetes", "key": {"algo": "rsa", "size": 2048}, "names": [{"C": "US", "L": "Portland", "O": "Kubernetes", "OU": "CA", "ST": "Oregon"}]}"#);
    let made = bench.run(Tool::Cfssl, &["gencert", "-initca", "ca.json"]);
    let made: Value = serde_json::from_str(&made).unwrap();
    bench.write("ca.crt", made["cert"].as_str().unwrap());
    bench.write("ca.key", made["key"].as_str().unwrap());
    let plan = seed_plan();
    let found = held(&bench, &plan);
    let authority = found.certificate("ca").unwrap().to_vec();
    let pki = renewed(&plan, found, &[("admin", New)], timestamp(today())).unwrap();
    let made = &pki.issued("admin").unwrap().certificate;
    assert_eq!(names(made)[1], names(&authority)[0]);
    go_accepts_client(&Unpacked::native(&pki), &pki, today());
    let mut kubectl = held_of(&pki_of(plan.clone(), NOW, 1));
    kubectl.insert_certificate("ca", authority);
    assert!(matches!(
        renewed(&plan, kubectl, &[("admin", New)], timestamp(NOW)).err(),
        Some(Error::Renew(Refused::AuthorityKeyDiffers { .. }))
    ));
}

#[test]
fn another_key_than_the_authority_s_is_refused_with_both_fingerprints() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), NOW, 1);
    let mut found = held_of(&own);
    found.insert_key("ca", copy(own.keys().of("admin").unwrap()));
    let refused = renewed(&plan, found, &[("kube-proxy", New)], timestamp(NOW))
        .err()
        .unwrap();
    let [expected, given] = ["ca", "admin"].map(|id| {
        let spki = own.keys().of(id).unwrap().to_public_key_der().unwrap();
        Sha256::digest(spki)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    });
    let wanted = Refused::AuthorityKeyDiffers {
        id: "ca".into(),
        expected,
        found: given,
    };
    assert_eq!(refused, Error::Renew(wanted));
    assert_eq!(
        refused.to_string(),
        "ca.key is not the private key of ca.crt"
    );
    assert_eq!(refused.code(), "renew-authority-key-differs");
    // Nothing signs with it, so nobody minds.
    let mut found = held_of(&own);
    found.insert_key("admin", copy(own.keys().of("ca").unwrap()));
    assert!(renewed(&plan, found, &[("kube-proxy", New)], timestamp(NOW)).is_ok());
}

#[test]
fn what_cannot_be_done_is_refused_and_says_why() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), NOW, 1);
    let at = |days: i64| timestamp(NOW + days * DAY);
    let refused =
        |held: Held, ids: &[(&str, KeyChoice)], now| renewed(&plan, held, ids, now).err().unwrap();
    assert_eq!(refused(held_of(&own), &[], at(0)), Refused::Nothing.into());
    assert_eq!(
        refused(held_of(&own), &[("admin", New)], at(1000)),
        Refused::AuthorityExpired {
            id: "ca".into(),
            found: "2029-08-19T00:00:00Z".into()
        }
        .into()
    );
    assert!(
        renewed(
            &plan,
            held_of(&own),
            &[("admin", New), ("ca", Keep)],
            at(1000)
        )
        .is_ok()
    );
    assert_eq!(
        refused(Held::default(), &[("admin", New)], at(0)),
        Refused::AuthorityMissing { id: "ca".into() }.into()
    );
    assert_eq!(
        refused(Held::of(&own), &[("ca", Keep)], at(0)),
        Refused::AuthorityKeyMissing { id: "ca".into() }.into()
    );
    let without = |id: &str| {
        let mut held = Held::default();
        for (other, der) in held_of(&own).certificates() {
            if other != id {
                held.insert_certificate(other, der.to_vec());
            }
        }
        held
    };
    let found = "neither admin.crt nor admin.key was given".into();
    assert_eq!(
        refused(without("admin"), &[("admin", Keep)], at(0)),
        Refused::KeyNotKept {
            id: "admin".into(),
            found
        }
        .into()
    );
    assert_eq!(
        refused(held_of(&own), &[("nobody", New)], at(0)),
        Error::UnknownCertificate {
            id: "nobody".into()
        }
    );
}
