//! Why a certificate of a cluster that exists is made again.

mod common;

use common::existing::{chosen, copy, held_of};
use common::renewal::{DAY, orders};
use common::workbench::Workbench;
use common::{NOW, pki_of, seed_plan, timestamp, today};
use hardway::renew::KeyChoice::Keep;
use hardway::renew::{Held, Survey};
use hardway::{Pki, Reason, ServerName};

/// An id, its certificate, and the only reason.
type Case<'a> = (&'a str, Vec<u8>, fn(&Reason) -> bool);

/// The authority's certificate and key as openssl takes them, and a key `k` for what it signs.
fn authority_of(own: &Pki) -> Workbench {
    let bench = Workbench::new();
    let key = own.keys().of("ca").unwrap().to_pkcs8_pem().unwrap();
    bench.write("ca.key", key.as_bytes());
    bench.write("ca.crt", &own.issued("ca").unwrap().certificate_pem);
    bench.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k");
    bench
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table: one case for each reason")]
fn what_was_found_gives_each_reason_and_what_is_good_gives_none() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), NOW, 1);
    let good = held_of(&own);
    assert_eq!(orders(&plan, &plan, &good, NOW), []);
    // Made by openssl, each with one thing that is not as it should be.
    let bench = authority_of(&own);
    bench.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out small");
    let mut serial = 100;
    let mut der = |key: &str, subject: &str, extensions: &str, options: &str| {
        serial += 1;
        bench.write("ext", extensions);
        bench.openssl(&format!("req -new -key {key} -subj {subject} -out csr"));
        bench.openssl(&format!("x509 -req -in csr -CA ca.crt -CAkey ca.key -set_serial {serial} -extfile ext {options} -outform DER -out der"))
    };
    let client = "extendedKeyUsage = clientAuth\n";
    let usual = "-days 900";
    let masters = "/CN=admin/O=system:masters";
    let cases: Vec<Case> = vec![
        (
            "admin",
            der("small", masters, client, usual),
            |reason| matches!(reason, Reason::KeyUnsuitable { found } if found == "rsa-1024"),
        ),
        (
            "admin",
            der("k", "/CN=admin/O=system:mastres", client, usual),
            |reason| matches!(reason, Reason::SubjectChanged { from, to } if from == "CN=admin, O=system:mastres" && to == "CN=admin, O=system:masters"),
        ),
        (
            "admin",
            der("k", masters, "extendedKeyUsage = serverAuth\n", usual),
            |reason| {
                *reason
                    == Reason::UsageMissing {
                        usages: vec!["clientAuth".into()],
                    }
            },
        ),
        (
            "admin",
            der("k", masters, "keyUsage = keyEncipherment\n", usual),
            |reason| {
                *reason
                    == Reason::UsageMissing {
                        usages: vec!["digitalSignature".into()],
                    }
            },
        ),
        (
            "admin",
            der("k", masters, client, "-days 900 -sha1"),
            |reason| matches!(reason, Reason::SignatureWeak { found } if found == "SHA1-RSA"),
        ),
        (
            "worker-2",
            der(
                "k",
                "/CN=system:node:worker-2/O=system:nodes",
                "subjectAltName = DNS:worker-2\n",
                usual,
            ),
            |reason| matches!(reason, Reason::NameAdded { name: ServerName::Ip(_), diallers } if !diallers.is_empty()),
        ),
        (
            "admin",
            b"no certificate".to_vec(),
            |reason| matches!(reason, Reason::Unreadable { found } if found.starts_with("x509: ")),
        ),
        (
            "admin",
            common::foreign_pki(NOW)
                .issued("admin")
                .unwrap()
                .certificate
                .clone(),
            |reason| matches!(reason, Reason::SignedByAnother { authority, .. } if authority == "ca"),
        ),
        (
            "admin",
            pki_of(plan.clone(), NOW - 1001 * DAY, 9)
                .issued("admin")
                .unwrap()
                .certificate
                .clone(),
            |reason| {
                *reason
                    == Reason::Expired {
                        at: "2026-11-22T00:00:00Z".into(),
                    }
            },
        ),
        (
            "admin",
            pki_of(plan.clone(), NOW + 10 * DAY, 9)
                .issued("admin")
                .unwrap()
                .certificate
                .clone(),
            |reason| matches!(reason, Reason::NotYetValid { .. }),
        ),
    ];
    let at = today().max(NOW + DAY);
    for (nth, (id, der, is)) in cases.into_iter().enumerate() {
        let mut found = Held::of(&own);
        found.insert_certificate(id, der);
        let now = if nth < 6 { at } else { NOW };
        let proposed = orders(&plan, &plan, &found, now);
        assert_eq!(proposed.len(), 1, "{nth}: {proposed:?}");
        assert_eq!(proposed[0].reissue.certificate, id);
        let [reason] = &proposed[0].reissue.reasons[..] else {
            panic!("{nth}: {proposed:?}");
        };
        assert!(is(reason), "{nth}: {reason:?}");
    }
    let mut found = held_of(&own);
    found.insert_key("admin", copy(own.keys().of("worker-1").unwrap()));
    let proposed = orders(&plan, &plan, &found, NOW);
    assert_eq!(proposed.len(), 1);
    assert_eq!(proposed[0].reissue.reasons, [Reason::KeyDiffers]);
    // Before a date, and not before another one.
    let survey = |days: i64| {
        Survey {
            before: &plan,
            plan: &plan,
            held: &good,
            now: timestamp(NOW),
            until: timestamp(NOW + days * DAY),
        }
        .propose()
    };
    assert_eq!(survey(1000), []);
    assert_eq!(survey(1001).len(), plan.certified().count());
    assert!(survey(1001).iter().all(|order| matches!(&order.reissue.reasons[..], [Reason::Expires { at }] if at == "2029-08-19T00:00:00Z")));
    // The authority and the key that signs tokens keep theirs.
    let kept: Vec<_> = survey(1001)
        .into_iter()
        .filter(|order| order.key == Keep)
        .map(|order| order.reissue.certificate)
        .collect();
    assert_eq!(kept, ["ca", "service-account"]);
}

#[test]
fn a_leaf_that_names_its_authority_s_serial_number_goes_with_the_authority() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), NOW, 1);
    let bench = authority_of(&own);
    bench.openssl("req -new -key k -subj /CN=admin/O=system:masters -out csr");
    bench.write("ext", "authorityKeyIdentifier = keyid, issuer:always\n");
    let der = bench.openssl("x509 -req -in csr -CA ca.crt -CAkey ca.key -set_serial 7 -extfile ext -days 9 -outform DER -out der");
    let mut found = held_of(&own);
    let made = |found: &Held| {
        let ids = chosen(&[("ca", Keep)]);
        let survey = Survey {
            before: &plan,
            plan: &plan,
            held: found,
            now: timestamp(NOW),
            until: timestamp(NOW),
        };
        survey
            .choose(&ids)
            .into_iter()
            .map(|order| order.reissue.certificate)
            .collect::<Vec<_>>()
    };
    assert_eq!(made(&found), ["ca"]);
    found.insert_certificate("admin", der);
    assert_eq!(made(&found), ["ca", "admin"]);
}
