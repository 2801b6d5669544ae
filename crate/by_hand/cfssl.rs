//! cfssl: what is asked, what is signed, and one command.

use std::collections::BTreeMap;

use rcgen::{ExtendedKeyUsagePurpose as Extended, KeyUsagePurpose as Usage};
use serde::Serialize;

use super::{Departure, Step, StepKind, Way, Written, folded};
use crate::{Attribute, KeyAlgorithm, PlannedCertificate};

pub(super) fn way(planned: &PlannedCertificate, signer: &PlannedCertificate) -> Way {
    let PlannedCertificate { id, issuer, .. } = planned;
    let files = vec![
        Written {
            name: format!("{id}.csr.json"),
            text: json(&Asked::of(planned)),
        },
        Written {
            name: format!("{id}.config.json"),
            text: json(&Configuration::of(planned)),
        },
    ];
    let look = (
        StepKind::Look,
        format!("openssl x509 -in {id}.crt -noout -text"),
    );
    // cfssl has names of its own for the files.
    let written = |by: &str| {
        format!("{by} |\n    cfssljson -bare {id}\nmv {id}.pem {id}.crt\nmv {id}-key.pem {id}.key")
    };
    let steps = if planned.kind.is_authority() {
        let make = written(&format!("cfssl gencert -initca {id}.csr.json"));
        // `-initca` reads no configuration and leaves digitalSignature out.
        let again = folded(&[
            "cfssl sign",
            &format!("-ca {id}.crt"),
            &format!("-ca-key {id}.key"),
            &format!("-config {id}.config.json"),
            &format!("{id}.csr |\n    cfssljson -bare {id}\nmv {id}.pem {id}.crt"),
        ]);
        vec![(StepKind::Make, make), (StepKind::SignAgain, again), look]
    } else {
        let make = written(&folded(&[
            "cfssl gencert",
            &format!("-ca {issuer}.crt"),
            &format!("-ca-key {issuer}.key"),
            &format!("-config {id}.config.json"),
            &format!("{id}.csr.json"),
        ]));
        vec![(StepKind::Make, make), look]
    };
    let steps = steps.into_iter();
    let steps = steps.map(|(step, command)| Step { step, command });
    Way::new(
        planned,
        files,
        steps.collect(),
        differences(planned, signer),
    )
}

fn differences(planned: &PlannedCertificate, signer: &PlannedCertificate) -> Vec<Departure> {
    let order: Vec<_> = planned
        .subject
        .iter()
        .map(|part| rank(part.attribute))
        .collect();
    // A country is one with us as well.
    let texts = planned.subject.iter();
    let mut texts = texts.filter(|part| part.attribute != Attribute::Country);
    let by_size = matches!(
        signer.key_algorithm,
        KeyAlgorithm::Rsa3072 | KeyAlgorithm::Rsa4096
    );
    let found = [
        (Departure::KeyIdentifiers, true),
        (
            Departure::NoAuthorityKeyIdentifier,
            planned.kind.is_authority(),
        ),
        (Departure::EndsEarlier, planned.valid_until.is_none()),
        (Departure::HashBySize, by_size),
        (Departure::SubjectOrder, !order.is_sorted()),
        (
            Departure::TextTypes,
            texts.any(|part| is_printable(&part.value)),
        ),
        (Departure::KeyFile, true),
    ];
    let found = found.into_iter().filter(|(_, holds)| *holds);
    found.map(|(departure, _)| departure).collect()
}

/// The order in which cfssl writes a subject, whatever the order that it reads.
fn rank(attribute: Attribute) -> usize {
    const ORDER: [Attribute; 6] = [
        Attribute::Country,
        Attribute::StateOrProvince,
        Attribute::Locality,
        Attribute::Organization,
        Attribute::OrganizationalUnit,
        Attribute::CommonName,
    ];
    let place = ORDER.iter().position(|one| *one == attribute);
    place.expect("every attribute has its place")
}

/// What Go writes as `PrintableString` (X.680, section 41.4).
fn is_printable(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte))
}

/// The request.
#[derive(Serialize)]
struct Asked {
    #[serde(rename = "CN")]
    common_name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<BTreeMap<&'static str, String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hosts: Vec<String>,
    key: Key,
    /// What `-initca` goes by.
    #[serde(skip_serializing_if = "Option::is_none")]
    ca: Option<Expiry>,
}

#[derive(Serialize)]
struct Key {
    algo: &'static str,
    size: u16,
}

#[derive(Serialize)]
struct Expiry {
    expiry: String,
}

/// What it signs with.
#[derive(Serialize)]
struct Configuration {
    signing: Signing,
}

#[derive(Serialize)]
struct Signing {
    default: Profile,
}

#[derive(Serialize)]
struct Profile {
    usages: Vec<&'static str>,
    /// Has to be there even where `not_after` goes before it.
    expiry: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ca_constraint: Option<Constraint>,
}

#[derive(Serialize)]
struct Constraint {
    is_ca: bool,
}

impl Asked {
    fn of(planned: &PlannedCertificate) -> Self {
        let others = planned.subject.iter();
        let others: BTreeMap<_, _> = others
            .filter(|part| part.attribute != Attribute::CommonName)
            .map(|part| (part.attribute.short_name(), part.value.clone()))
            .collect();
        let (algo, size) = match planned.key_algorithm {
            KeyAlgorithm::EcdsaP256 => ("ecdsa", 256),
            KeyAlgorithm::EcdsaP384 => ("ecdsa", 384),
            KeyAlgorithm::Rsa2048 => ("rsa", 2048),
            KeyAlgorithm::Rsa3072 => ("rsa", 3072),
            KeyAlgorithm::Rsa4096 => ("rsa", 4096),
        };
        let names = planned.names.iter();
        Self {
            common_name: planned.value(Attribute::CommonName).to_owned(),
            names: Some(others)
                .into_iter()
                .filter(|one| !one.is_empty())
                .collect(),
            hosts: names.map(|name| name.name.to_string()).collect(),
            key: Key { algo, size },
            ca: planned.kind.is_authority().then(|| Expiry {
                expiry: hours(planned),
            }),
        }
    }
}

impl Configuration {
    fn of(planned: &PlannedCertificate) -> Self {
        let usages = planned.key_usages();
        let extended = planned.kind.extended_key_usages();
        let usages = usages.into_iter().map(usage);
        Self {
            signing: Signing {
                default: Profile {
                    usages: usages.chain(extended.iter().map(self::extended)).collect(),
                    expiry: hours(planned),
                    not_after: planned.valid_until.map(crate::Timestamp::rfc3339),
                    ca_constraint: planned
                        .kind
                        .is_authority()
                        .then_some(Constraint { is_ca: true }),
                },
            },
        }
    }
}

/// Go's durations know no days.
fn hours(planned: &PlannedCertificate) -> String {
    format!("{}h", u64::from(planned.validity_days) * 24)
}

fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    text.expect("strings and numbers are JSON") + "\n"
}

fn usage(usage: Usage) -> &'static str {
    match usage {
        Usage::CrlSign => "crl sign",
        Usage::DigitalSignature => "digital signature",
        Usage::KeyCertSign => "cert sign",
        Usage::KeyEncipherment => "key encipherment",
        _ => unreachable!("no profile has it"),
    }
}

fn extended(usage: &Extended) -> &'static str {
    match usage {
        Extended::ClientAuth => "client auth",
        Extended::ServerAuth => "server auth",
        _ => unreachable!("no profile has it"),
    }
}
