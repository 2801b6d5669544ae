//! The commands and configurations by which openssl makes the same certificates.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rcgen::{ExtendedKeyUsagePurpose as Extended, KeyUsagePurpose as Usage};

use super::File;
use crate::{KeyAlgorithm, Pki, PlannedCertificate, ServerName};

pub(super) fn files(pki: &Pki) -> impl Iterator<Item = File> {
    let configurations = pki.iter().map(|(planned, _)| {
        File::text(
            format!("openssl/{}.cnf", planned.id),
            configuration(planned),
        )
    });
    let script = std::iter::once_with(|| File::text("openssl/make.sh", script(pki)));
    configurations.chain(script)
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

/// The three steps of the guide for every certificate: key, request, certificate.
fn script(pki: &Pki) -> String {
    let mut text = String::from(
        "#!/bin/sh\n# Makes a set of keys and certificates like the one in ../pki, with openssl 1.1.1 or later, in the folder\n\
         # that it is called from. The keys are new: the two sets do not mix.\nset -eu\n\
         cnf=$(cd -- \"$(dirname -- \"$0\")\" && pwd)\numask 077\n",
    );
    let folders: BTreeSet<_> = pki.plan().certificates.iter().filter_map(folder).collect();
    for folder in folders {
        let _ = writeln!(text, "mkdir -p {folder}");
    }
    for planned in &pki.plan().certificates {
        text += &commands(pki, planned);
    }
    text
}

fn commands(pki: &Pki, planned: &PlannedCertificate) -> String {
    let PlannedCertificate {
        id,
        issuer,
        validity_days,
        ..
    } = planned;
    let key = key_command(planned.key_algorithm);
    let key = format!("\n# {id}\n{key} -out {id}.key\n");
    if !planned.kind.is_certified() {
        return format!("{key}openssl pkey -in {id}.key -pubout -out {id}.pub\n");
    }
    // As Hardway signs: by the hash that fits the signer's key.
    let signer = pki.plan().certificate(issuer);
    let hash = match signer.map(|signer| signer.key_algorithm) {
        Some(KeyAlgorithm::EcdsaP384) => "sha384",
        _ => "sha256",
    };
    let signer = if issuer == id {
        format!("-signkey {id}.key")
    } else {
        format!("-CA {issuer}.crt -CAkey {issuer}.key -CAcreateserial")
    };
    // `openssl x509` knows no end date: whole days to it, counted when the script runs.
    let days = match planned.valid_until {
        Some(until) => format!("$(( ({} - $(date +%s)) / 86400 ))", until.unix()),
        None => validity_days.to_string(),
    };
    format!(
        "{key}openssl req -new -key {id}.key -config \"$cnf/{id}.cnf\" -out {id}.csr\n\
         openssl x509 -req -in {id}.csr {signer} -{hash} -days {days} \\\n    \
         -extfile \"$cnf/{id}.cnf\" -extensions certificate -out {id}.crt\n"
    )
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

/// The folder of its files, where that is not the one that all are in.
fn folder(planned: &PlannedCertificate) -> Option<&str> {
    planned.id.rsplit_once('/').map(|(folder, _)| folder)
}

fn key_command(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::EcdsaP256 => "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
        KeyAlgorithm::EcdsaP384 => "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
        KeyAlgorithm::Rsa2048 => "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        KeyAlgorithm::Rsa3072 => "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072",
        KeyAlgorithm::Rsa4096 => "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096",
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
