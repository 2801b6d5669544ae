//! OpenSSL's opinion of an unpacked bundle, whoever made it. Each check names the file that it refuses.

use std::net::IpAddr;

use hardway::{CertificateKind, KeyAlgorithm, Plan, PlannedCertificate, ServerName};

use super::Unpacked;
use super::command::{Ended, Tool, run};

/// Runs openssl in the bundle's pki folder.
pub(crate) fn openssl(bundle: &Unpacked, arguments: &[&str]) -> Ended {
    let folder = bundle.root.join("pki");
    run(Tool::Openssl.command().args(arguments).current_dir(folder))
}

/// `openssl verify -x509_strict` of a leaf at the moment `at`, with more options in front of the file.
pub(crate) fn verify(bundle: &Unpacked, id: &str, at: i64, options: &[&str]) -> Ended {
    verify_by(bundle, "ca.crt", id, at, options)
}

/// The same by another authority's file.
pub(crate) fn verify_by(
    bundle: &Unpacked,
    authority: &str,
    id: &str,
    at: i64,
    options: &[&str],
) -> Ended {
    let (at, file) = (at.to_string(), format!("{id}.crt"));
    let mut arguments = vec!["verify", "-x509_strict", "-CAfile", authority];
    arguments.extend(["-attime", &at]);
    arguments.extend(options);
    arguments.push(&file);
    openssl(bundle, &arguments)
}

/// What `openssl x509` prints of a certificate for the options.
pub(crate) fn show(bundle: &Unpacked, id: &str, options: &[&str]) -> String {
    let file = format!("{id}.crt");
    let mut arguments = vec!["x509", "-noout", "-nameopt", NAMES, "-in", &file];
    arguments.extend(options);
    openssl(bundle, &arguments).succeeded()
}

/// Every certificate chains to the authority, serves its purpose, and no other.
pub(crate) fn purposes(bundle: &Unpacked, plan: &Plan, at: i64) {
    for planned in &plan.certificates {
        let (good, bad): (&[&str], &[&str]) = match planned.kind {
            CertificateKind::Authority => (&["any"], &[]),
            CertificateKind::Client => (&["any", "sslclient"], &["sslserver"]),
            CertificateKind::Server => (&["any", "sslserver"], &["sslclient"]),
            CertificateKind::ServerClient => (&["any", "sslclient", "sslserver"], &["smimesign"]),
            CertificateKind::KeyPair => continue,
            // It has no extendedKeyUsage, so to openssl it may serve anything that digitalSignature allows.
            CertificateKind::TokenSigner => (&["any"], &["smimeencrypt"]),
        };
        let authority = format!("{}.crt", planned.issuer);
        let check =
            |purpose: &str| verify_by(bundle, &authority, &planned.id, at, &["-purpose", purpose]);
        for purpose in good {
            check(purpose).succeeded();
        }
        for purpose in bad {
            let said = check(purpose).failed();
            let text = "error 26 at 0 depth lookup: unsuitable certificate purpose";
            assert!(said.contains(text), "{}: {said}", planned.id);
        }
    }
}

/// Every name of every certificate is found in it; another name and another address are not.
pub(crate) fn names(bundle: &Unpacked, plan: &Plan, at: i64) {
    for planned in plan.certificates.iter().filter(|c| !c.names.is_empty()) {
        let authority = format!("{}.crt", planned.issuer);
        let check =
            |option, name: &str| verify_by(bundle, &authority, &planned.id, at, &[option, name]);
        for name in &planned.names {
            let option = match name.name {
                ServerName::Dns(_) => "-verify_hostname",
                ServerName::Ip(_) => "-verify_ip",
            };
            check(option, &name.name.to_string()).succeeded();
        }
        for (option, name, text) in [
            (
                "-verify_hostname",
                "kubernetes.example",
                "error 62 at 0 depth lookup: hostname mismatch",
            ),
            (
                "-verify_ip",
                "192.168.5.99",
                "error 64 at 0 depth lookup: IP address mismatch",
            ),
        ] {
            let said = check(option, name).failed();
            assert!(said.contains(text), "{}: {said}", planned.id);
        }
    }
}

/// Every key is sound, and is the key of its certificate and of its request; the request is signed with it.
pub(crate) fn keys(bundle: &Unpacked, plan: &Plan) {
    let mut publics = Vec::new();
    for planned in &plan.certificates {
        let [key, csr, crt] = ["key", "csr", "crt"].map(|end| format!("{}.{end}", planned.id));
        let said = openssl(bundle, &["pkey", "-check", "-noout", "-in", &key]).succeeded();
        assert_eq!(said.trim(), "Key is valid", "{key}");
        let public = openssl(bundle, &["pkey", "-pubout", "-in", &key]).succeeded();
        if !planned.kind.is_certified() {
            let file = bundle.text(&format!("pki/{}.pub", planned.id));
            assert_eq!(public, file, "{}.pub is of another key", planned.id);
            publics.push(public);
            continue;
        }
        for (kind, file) in [("req", &csr), ("x509", &crt)] {
            let of_file = openssl(bundle, &[kind, "-noout", "-pubkey", "-in", file]).succeeded();
            assert_eq!(public, of_file, "{file} is for another key than {key}");
        }
        // `req -verify` of OpenSSL 3.0 ends with 0 even when it fails: its words decide.
        let said = openssl(bundle, &["req", "-verify", "-noout", "-in", &csr]);
        let said = said.stdout + &said.stderr;
        assert!(said.contains("verify OK"), "{csr}: {said}");
        publics.push(public);
    }
    publics.sort();
    publics.dedup();
    assert_eq!(
        publics.len(),
        plan.certificates.len(),
        "two files share a key"
    );
}

/// Subject, issuer, names, extensions, algorithms and version, as openssl reads them.
pub(crate) fn contents(bundle: &Unpacked, plan: &Plan) {
    for planned in certified(plan) {
        let id = &planned.id;
        let text = show(bundle, id, &["-text", "-certopt", "no_pubkey,no_sigdump"]);
        let has = |wanted: &str| assert!(text.contains(wanted), "{id} has no {wanted}: {text}");
        has("Version: 3 (0x2)");
        has(&format!("Subject: {}\n", subject(planned)));
        let issuer = plan.certificate(&planned.issuer).unwrap();
        has(&format!("Issuer: {}\n", subject(issuer)));
        let (_, signature) = algorithm(issuer.key_algorithm);
        has(&format!("Signature Algorithm: {signature}\n"));
        assert_eq!(extensions(bundle, id), expected_extensions(planned), "{id}");
        let public = show(bundle, id, &["-text"]);
        for line in algorithm(planned.key_algorithm).0 {
            assert!(public.contains(line), "{id} has no {line}: {public}");
        }
    }
}

/// What openssl prints of a public key, and of a signature by its private key.
fn algorithm(algorithm: KeyAlgorithm) -> (&'static [&'static str], &'static str) {
    const EXPONENT: &str = "Exponent: 65537 (0x10001)";
    match algorithm {
        KeyAlgorithm::EcdsaP256 => (&["NIST CURVE: P-256"], "ecdsa-with-SHA256"),
        KeyAlgorithm::EcdsaP384 => (&["NIST CURVE: P-384"], "ecdsa-with-SHA384"),
        KeyAlgorithm::Rsa2048 => (
            &["Public-Key: (2048 bit)", EXPONENT],
            "sha256WithRSAEncryption",
        ),
        KeyAlgorithm::Rsa3072 => (
            &["Public-Key: (3072 bit)", EXPONENT],
            "sha256WithRSAEncryption",
        ),
        KeyAlgorithm::Rsa4096 => (
            &["Public-Key: (4096 bit)", EXPONENT],
            "sha256WithRSAEncryption",
        ),
    }
}

/// Serial numbers are positive, of at least 64 random bits, and no two are the same.
pub(crate) fn serials(bundle: &Unpacked, plan: &Plan) {
    let mut serials: Vec<String> = Vec::new();
    for planned in certified(plan) {
        let serial = show(bundle, &planned.id, &["-serial"]);
        assert!(!serial.contains('-'), "{}: {serial}", planned.id);
        // "serial=" and 16 bytes; a leading zero byte is not printed, and three in a row do not happen.
        assert!(serial.trim().len() >= 7 + 26, "{}: {serial}", planned.id);
        serials.push(serial);
    }
    serials.sort();
    serials.dedup();
    assert_eq!(serials.len(), certified(plan).count(), "{serials:?}");
}

/// Every certificate was made in the last day, and holds for the planned days from then.
pub(crate) fn validity(bundle: &Unpacked, plan: &Plan, now: i64) {
    for planned in certified(plan) {
        let authority = format!("{}.crt", planned.issuer);
        let verify = |at| verify_by(bundle, &authority, &planned.id, at, &[]);
        let days = i64::from(planned.validity_days) * DAY;
        verify(now - DAY).failed();
        verify(now).succeeded();
        verify(now + days - DAY).succeeded();
        verify(now + days + 1).failed();
    }
}

const DAY: i64 = 24 * 60 * 60;

/// One way to print subjects: the default changed with OpenSSL 3.2.
pub(crate) const NAMES: &str = "sep_comma_plus_space,sname";

/// `CN=admin, O=system:masters`, as openssl prints it with [`NAMES`].
pub(crate) fn subject(planned: &PlannedCertificate) -> String {
    let parts = planned.subject.iter();
    let parts: Vec<_> = parts
        .map(|part| format!("{}={}", part.attribute.short_name(), part.value))
        .collect();
    parts.join(", ")
}

/// What has a certificate at all.
pub(crate) fn certified(plan: &Plan) -> impl Iterator<Item = &PlannedCertificate> {
    let certificates = plan.certificates.iter();
    certificates.filter(|planned| planned.kind.is_certified())
}

/// The extensions but the key identifiers, one line each, in the order of their names.
pub(crate) fn extensions(bundle: &Unpacked, id: &str) -> Vec<String> {
    let text = show(
        bundle,
        id,
        &["-text", "-certopt", "ext_error,no_pubkey,no_sigdump"],
    );
    let (_, text) = text.split_once("X509v3 extensions:\n").unwrap();
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        match line.trim() {
            name if name.starts_with("X509v3 ") => found.push(name.to_owned()),
            value => {
                let last = found.last_mut().unwrap();
                *last = format!("{last} {value}");
            }
        }
    }
    let key_identifier = |line: &str| line.contains("Key Identifier:");
    let (identifiers, mut others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|line| key_identifier(line));
    assert_eq!(identifiers.len(), 2, "{id}: {identifiers:?}");
    others.sort();
    others.iter().map(|line| line.trim().to_owned()).collect()
}

/// DESIGN.md, decision 3, in openssl's words.
fn expected_extensions(planned: &PlannedCertificate) -> Vec<String> {
    // RFC 5480, section 3: an elliptic key encrypts nothing.
    let leaf_usage = match planned.key_algorithm {
        KeyAlgorithm::EcdsaP256 | KeyAlgorithm::EcdsaP384 => "Digital Signature",
        KeyAlgorithm::Rsa2048 | KeyAlgorithm::Rsa3072 | KeyAlgorithm::Rsa4096 => {
            "Digital Signature, Key Encipherment"
        }
    };
    let (ca, usage, extended) = match planned.kind {
        CertificateKind::Authority => ("TRUE", "Digital Signature, Certificate Sign, CRL Sign", ""),
        CertificateKind::Client => ("FALSE", leaf_usage, "TLS Web Client Authentication"),
        CertificateKind::ServerClient => (
            "FALSE",
            leaf_usage,
            "TLS Web Server Authentication, TLS Web Client Authentication",
        ),
        CertificateKind::Server => ("FALSE", leaf_usage, "TLS Web Server Authentication"),
        CertificateKind::TokenSigner => ("FALSE", "Digital Signature", ""),
        CertificateKind::KeyPair => unreachable!("it has no certificate"),
    };
    let mut lines = vec![format!("X509v3 Basic Constraints: critical CA:{ca}")];
    if !extended.is_empty() {
        lines.push(format!("X509v3 Extended Key Usage: {extended}"));
    }
    lines.push(format!("X509v3 Key Usage: critical {usage}"));
    if !planned.names.is_empty() {
        lines.push(format!(
            "X509v3 Subject Alternative Name: {}",
            alternative_names(planned)
        ));
    }
    lines
}

/// The names of a certificate, as openssl prints them.
pub(crate) fn alternative_names(planned: &PlannedCertificate) -> String {
    let print = |name: &ServerName| match name {
        ServerName::Dns(name) => format!("DNS:{name}"),
        ServerName::Ip(IpAddr::V4(address)) => format!("IP Address:{address}"),
        // Every group, in capitals, without the short form.
        ServerName::Ip(IpAddr::V6(address)) => {
            let groups = address.segments().map(|group| format!("{group:X}"));
            format!("IP Address:{}", groups.join(":"))
        }
    };
    let names: Vec<_> = planned.names.iter().map(|name| print(&name.name)).collect();
    names.join(", ")
}
