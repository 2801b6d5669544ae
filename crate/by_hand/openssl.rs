//! openssl: a configuration, and the three steps of the guides.

use std::fmt::Write as _;

use rcgen::{ExtendedKeyUsagePurpose as Extended, KeyUsagePurpose as Usage};

use super::{Departure, Step, StepKind, Way, Written, folded};
use crate::{KeyAlgorithm, PlannedCertificate, ServerName};

pub(super) fn way(planned: &PlannedCertificate, signer: &PlannedCertificate) -> Way {
    let PlannedCertificate { id, .. } = planned;
    let (algorithm, option) = key(planned.key_algorithm);
    let key = Step {
        step: StepKind::Key,
        command: folded(&[
            &format!("openssl genpkey -algorithm {algorithm}"),
            &format!("-pkeyopt {option}"),
            &format!("-out {id}.key"),
        ]),
    };
    if !planned.kind.is_certified() {
        let public = Step {
            step: StepKind::Public,
            command: format!("openssl pkey -in {id}.key -pubout -out {id}.pub"),
        };
        return Way::new(planned, vec![], vec![key, public], vec![]);
    }
    let configuration = Written {
        name: format!("{id}.cnf"),
        text: configuration(planned),
    };
    let request = folded(&[
        &format!("openssl req -new -{}", hash(planned)),
        &format!("-key {id}.key"),
        &format!("-config {id}.cnf"),
        &format!("-out {id}.csr"),
    ]);
    let look = format!("openssl x509 -in {id}.crt -noout -text");
    let steps = [
        (StepKind::Request, request),
        (StepKind::Certificate, certificate(planned, signer)),
        (StepKind::Look, look),
    ];
    let steps = steps.map(|(step, command)| Step { step, command });
    let mut differences = vec![Departure::KeyIdentifiers, Departure::NotBackdated];
    differences.extend(planned.valid_until.map(|_| Departure::WholeDays));
    Way::new(
        planned,
        vec![configuration],
        [key].into_iter().chain(steps).collect(),
        differences,
    )
}

fn certificate(planned: &PlannedCertificate, signer: &PlannedCertificate) -> String {
    let PlannedCertificate {
        id,
        issuer,
        validity_days,
        ..
    } = planned;
    let by = if issuer == id {
        format!("-signkey {id}.key")
    } else {
        format!("-CA {issuer}.crt -CAkey {issuer}.key -CAcreateserial")
    };
    // Before 3.4 `openssl x509` knows no end date: whole days to it, counted when the command runs.
    let days = match planned.valid_until {
        Some(until) => format!("$(( ({} - $(date +%s)) / 86400 ))", until.unix()),
        None => validity_days.to_string(),
    };
    folded(&[
        &format!("openssl x509 -req -{}", hash(signer)),
        &format!("-in {id}.csr"),
        &by,
        &format!("-days {days}"),
        &format!("-extfile {id}.cnf"),
        "-extensions certificate",
        &format!("-out {id}.crt"),
    ])
}

/// The request's extensions in one section, those that only a certificate has in another.
fn configuration(planned: &PlannedCertificate) -> String {
    let mut text = String::from(
        "[req]\nprompt = no\nutf8 = yes\ndistinguished_name = subject\nreq_extensions = request\n\n[subject]\n",
    );
    for part in &planned.subject {
        let _ = writeln!(
            text,
            "{} = {}",
            part.attribute.short_name(),
            escaped(&part.value)
        );
    }
    let extensions = extensions(planned);
    let _ = write!(
        text,
        "\n[request]\n{extensions}\n[certificate]\n{extensions}"
    );
    text += "subjectKeyIdentifier = hash\nauthorityKeyIdentifier = keyid:always\n";
    if !planned.names.is_empty() {
        text += "\n[names]\n";
        let (mut dns, mut ip) = (0, 0);
        for name in &planned.names {
            let _ = match &name.name {
                ServerName::Dns(name) => {
                    dns += 1;
                    writeln!(text, "DNS.{dns} = {name}")
                }
                ServerName::Ip(address) => {
                    ip += 1;
                    writeln!(text, "IP.{ip} = {address}")
                }
            };
        }
    }
    text
}

fn extensions(planned: &PlannedCertificate) -> String {
    let ca = if planned.kind.is_authority() {
        "TRUE"
    } else {
        "FALSE"
    };
    let usages: Vec<_> = planned.key_usages().into_iter().map(usage).collect();
    let mut text = format!(
        "basicConstraints = critical, CA:{ca}\nkeyUsage = critical, {}\n",
        usages.join(", ")
    );
    let extended: Vec<_> = planned
        .kind
        .extended_key_usages()
        .iter()
        .map(extended)
        .collect();
    if !extended.is_empty() {
        let _ = writeln!(text, "extendedKeyUsage = {}", extended.join(", "));
    }
    if !planned.names.is_empty() {
        text += "subjectAltName = @names\n";
    }
    text
}

/// What openssl's configuration files read otherwise, read as it stands.
fn escaped(value: &str) -> String {
    let mut text = String::new();
    for c in value.chars() {
        if matches!(c, '\\' | '$' | '#' | '"' | '\'' | '`') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// As Hardway signs: by the hash that fits the signer's key.
fn hash(signer: &PlannedCertificate) -> &'static str {
    match signer.key_algorithm {
        KeyAlgorithm::EcdsaP384 => "sha384",
        _ => "sha256",
    }
}

/// The name of the algorithm and what it still has to be told.
fn key(algorithm: KeyAlgorithm) -> (&'static str, &'static str) {
    match algorithm {
        KeyAlgorithm::EcdsaP256 => ("EC", "ec_paramgen_curve:P-256"),
        KeyAlgorithm::EcdsaP384 => ("EC", "ec_paramgen_curve:P-384"),
        KeyAlgorithm::Rsa2048 => ("RSA", "rsa_keygen_bits:2048"),
        KeyAlgorithm::Rsa3072 => ("RSA", "rsa_keygen_bits:3072"),
        KeyAlgorithm::Rsa4096 => ("RSA", "rsa_keygen_bits:4096"),
    }
}

fn usage(usage: Usage) -> &'static str {
    match usage {
        Usage::CrlSign => "cRLSign",
        Usage::DigitalSignature => "digitalSignature",
        Usage::KeyCertSign => "keyCertSign",
        Usage::KeyEncipherment => "keyEncipherment",
        _ => unreachable!("no profile has it"),
    }
}

fn extended(usage: &Extended) -> &'static str {
    match usage {
        Extended::ClientAuth => "clientAuth",
        Extended::ServerAuth => "serverAuth",
        _ => unreachable!("no profile has it"),
    }
}
