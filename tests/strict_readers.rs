//! Every certificate of every preset, judged by libraries that are neither OpenSSL's own program nor Go: `GnuTLS`, Python's ssl with
//! `VERIFY_X509_STRICT`, and Java's keytool.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::command::{Ended, Tool, run, run_with};
use common::handshake::{End, Handshake, of_connection};
use common::rows::audited;
use common::{Unpacked, foreign_pki, pki_of, pki_of_any, pki_of_today, plan_of, presets, today};
use hardway::{CertificateKind, KeyAlgorithm, Pki, Plan, PlannedCertificate};
use serde::Deserialize;
use serde_json::json;

// --- GnuTLS

#[test]
fn certtool_verifies_every_certificate_of_every_preset() {
    if !Tool::Certtool.is_there_or_skip() {
        return;
    }
    let mut verified = 0;
    for pki in every_pki() {
        let bundle = Unpacked::native(&pki);
        for planned in certificates(pki.plan()) {
            let said = certtool(&bundle, &planned.issuer, &planned.id, &[]).succeeded();
            assert!(said.contains(TRUSTED), "{}: {said}", planned.id);
            verified += 1;
        }
    }
    audited(
        "servers",
        "GnuTLS certtool --verify: every certificate of every preset, RSA and ECDSA",
        &format!("{verified} certificates"),
    );
    assert!(verified > 100, "{verified}");
}

#[test]
fn certtool_refuses_a_foreign_authority_another_name_and_another_purpose() {
    if !Tool::Certtool.is_there_or_skip() {
        return;
    }
    let bundle = Unpacked::native(&pki_of_today());
    let foreign = Unpacked::native(&foreign_pki(today()));
    fs::copy(foreign.pki("ca.crt"), bundle.pki("foreign.crt")).unwrap();
    for (authority, id, more, words) in [
        (
            "foreign",
            "admin",
            &[][..],
            "Not verified. The certificate is NOT trusted. The certificate issuer is unknown.",
        ),
        (
            "ca",
            "kube-apiserver",
            &["--verify-hostname=kubernetes.example"],
            "Not verified. The certificate is NOT trusted. The name in the certificate does not match the expected.",
        ),
        (
            "ca",
            "admin",
            &["--verify-purpose=1.3.6.1.5.5.7.3.1"],
            "Not verified. The certificate is NOT trusted. The certificate chain does not match the intended purpose.",
        ),
    ] {
        let said = certtool(&bundle, authority, id, more).failed();
        let line = said
            .lines()
            .find(|line| line.contains(VERDICT))
            .unwrap_or_else(|| panic!("{said}"));
        assert!(line.contains(words), "{id}: {said}");
    }
    // And those it takes where the question fits.
    for (id, more) in [
        ("kube-apiserver", "--verify-hostname=kubernetes"),
        ("admin", "--verify-purpose=1.3.6.1.5.5.7.3.2"),
    ] {
        certtool(&bundle, "ca", id, &[more]).succeeded();
    }
}

const VERDICT: &str = "Chain verification output: ";
const TRUSTED: &str = "Chain verification output: Verified. The certificate is trusted.";

fn certtool(bundle: &Unpacked, authority: &str, id: &str, more: &[&str]) -> Ended {
    let mut command = Tool::Certtool.command();
    command
        .args(["--verify", "--verify-profile=medium"])
        .args(more);
    command
        .arg("--load-ca-certificate")
        .arg(bundle.pki(&format!("{authority}.crt")));
    run(command
        .arg("--infile")
        .arg(bundle.pki(&format!("{id}.crt"))))
}

// --- Python

/// Both ends in one process, by memory alone; each checks the other by the strict rules. What each end said, empty for no error.
const STRICT: &str = r#"
import json, ssl, sys

def context(side, end, verify):
    made = ssl.SSLContext(side)
    made.verify_flags |= ssl.VERIFY_X509_STRICT
    made.check_hostname = side is ssl.PROTOCOL_TLS_CLIENT
    made.verify_mode = ssl.CERT_REQUIRED if verify else ssl.CERT_NONE
    if end["Authority"]: made.load_verify_locations(end["Authority"])
    if end["Certificate"]: made.load_cert_chain(end["Certificate"], end["Key"])
    return made

def shake(one):
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context(ssl.PROTOCOL_TLS_CLIENT, one["Client"], True).wrap_bio(back, there, server_hostname=one["Host"])
    server = context(ssl.PROTOCOL_TLS_SERVER, one["Server"], bool(one["Server"]["Authority"])).wrap_bio(there, back, server_side=True)
    said, open_ends = {"client": "", "server": ""}, {"client": client, "server": server}
    for _ in range(8):
        for name, end in list(open_ends.items()):
            try:
                end.do_handshake()
                del open_ends[name]
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError as error:
                said[name] = getattr(error, "verify_message", "") or error.reason or str(error)
                del open_ends[name]
    # With TLS 1.3 the client is done before the server has read its certificate.
    for name in open_ends: said[name] = said[name] or "not done"
    return {"id": one["ID"], **said}

for one in json.load(sys.stdin): print(json.dumps(shake(one)))
"#;

#[derive(Debug, Deserialize)]
struct Said {
    id: String,
    client: String,
    server: String,
}

fn python(handshakes: &[Handshake]) -> Vec<Said> {
    let input = json!(handshakes).to_string();
    let said = run_with(
        Tool::Python.command().args(["-c", STRICT]),
        input.as_bytes(),
    )
    .succeeded();
    let said: Vec<Said> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(said.len(), handshakes.len());
    said
}

#[test]
fn python_s_strict_verification_accepts_every_connection_of_every_preset() {
    let (mut accepted, mut verified) = (0, 0);
    for pki in every_pki() {
        let bundle = Unpacked::native(&pki);
        let plan = pki.plan();
        let connections = plan.connections.iter();
        let mut handshakes: Vec<_> = connections
            .flat_map(|one| of_connection(&bundle, one))
            .collect();
        // What meets nobody in the figure (an aggregated API server's client, a signer of tokens) is shown to one that trusts its authority.
        let first = &plan.connections[0];
        for planned in certificates(plan) {
            if planned.kind.is_authority() || has_part(&handshakes, &bundle, &planned.id) {
                continue;
            }
            handshakes.push(Handshake {
                id: planned.id.clone(),
                host: first.dials[0].host.to_string(),
                client: End::default()
                    .show(&bundle, &planned.id)
                    .trust(&bundle, &first.client.authority),
                server: End::default()
                    .show(&bundle, &first.server.certificate)
                    .trust(&bundle, &planned.issuer),
            });
        }
        for planned in certificates(plan) {
            let part = has_part(&handshakes, &bundle, &planned.id);
            assert!(
                part,
                "{}: {} was not tried",
                plan.cluster.preset, planned.id
            );
            verified += 1;
        }
        for said in python(&handshakes) {
            assert_eq!(
                (said.client.as_str(), said.server.as_str()),
                ("", ""),
                "{}: {said:?}",
                plan.cluster.preset
            );
            accepted += 1;
        }
    }
    audited(
        "servers",
        "Python ssl with VERIFY_X509_STRICT at both ends: every arrow of every preset, RSA and ECDSA",
        &format!("{accepted} handshakes with {verified} certificates"),
    );
    assert!(accepted > 300, "{accepted}");
}

/// Whether one of them shows or trusts the certificate.
fn has_part(handshakes: &[Handshake], bundle: &Unpacked, id: &str) -> bool {
    let file = bundle.pki(&format!("{id}.crt"));
    handshakes
        .iter()
        .flat_map(|one| [&one.client, &one.server])
        .any(|end| end.certificate == file || end.authority == file)
}

#[test]
fn python_s_strict_verification_refuses_a_foreign_authority_another_name_and_what_is_not_strict() {
    let pki = pki_of_today();
    let bundle = Unpacked::native(&pki);
    let foreign = Unpacked::native(&foreign_pki(today()));
    // Its kube-apiserver calls with another certificate than it serves with.
    let apart = json!({"preset": "hard-way-2025", "keyAlgorithm": "rsa-2048"});
    let apart = plan_of(&apart.to_string());
    let their_host = apart
        .connections
        .iter()
        .find(|c| c.server.certificate == "kube-apiserver");
    let their_host = &*their_host.unwrap().dials[0].host.to_string();
    let apart = Unpacked::native(&pki_of(apart, today(), 1));
    let end = |from: &Unpacked, id: &str, trusts: &Unpacked| {
        End::default().show(from, id).trust(trusts, "ca")
    };
    let case = |id: &str, host: &str, client: End, server: End| Handshake {
        id: id.into(),
        host: host.into(),
        client,
        server,
    };
    let host = "192.168.5.30";
    let lax = lax(&bundle, host);
    let mut of_lax = end(&bundle, "kube-apiserver", &bundle);
    of_lax.certificate = lax.join("leaf.crt");
    let mut to_lax = end(&bundle, "admin", &bundle);
    to_lax.authority = lax.join("ca.crt");

    let said = python(&[
        case(
            "foreign server",
            host,
            end(&bundle, "admin", &bundle),
            end(&foreign, "kube-apiserver", &bundle),
        ),
        case(
            "foreign client",
            host,
            end(&foreign, "admin", &bundle),
            end(&bundle, "kube-apiserver", &bundle),
        ),
        case(
            "other name",
            "192.168.5.99",
            end(&bundle, "admin", &bundle),
            end(&bundle, "kube-apiserver", &bundle),
        ),
        case(
            "server as client",
            their_host,
            end(&apart, "kube-apiserver", &apart),
            end(&apart, "kube-apiserver", &apart),
        ),
        case(
            "client as server",
            host,
            end(&bundle, "admin", &bundle),
            end(&bundle, "admin", &bundle),
        ),
        case("lax authority", host, to_lax, of_lax),
    ]);
    let said: Vec<_> = said
        .iter()
        .map(|one| [&*one.id, &*one.client, &*one.server])
        .collect();
    let (unknown, purpose) = (
        "unable to get local issuer certificate",
        "unsuitable certificate purpose",
    );
    let name = "IP address mismatch, certificate is not valid for '192.168.5.99'.";
    let alerts = [
        "TLSV1_ALERT_UNKNOWN_CA",
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
    ];
    assert_eq!(
        said,
        [
            ["foreign server", unknown, alerts[0]],
            ["foreign client", "", unknown],
            ["other name", name, alerts[1]],
            ["server as client", "", purpose],
            ["client as server", purpose, alerts[2]],
            ["lax authority", "invalid CA certificate", alerts[0]],
        ]
    );
}

/// A folder with the authority as the seed's commands make it under a new OpenSSL, without basicConstraints, and a server's certificate of it.
fn lax(bundle: &Unpacked, host: &str) -> PathBuf {
    let folder = bundle.scratch("lax");
    for file in ["ca.key", "kube-apiserver.csr"] {
        fs::copy(bundle.pki(file), folder.join(file)).unwrap();
    }
    fs::write(folder.join("none"), "subjectKeyIdentifier = hash\n").unwrap();
    fs::write(
        folder.join("names"),
        format!("subjectAltName = IP:{host}\n"),
    )
    .unwrap();
    for line in [
        "req -new -key ca.key -subj /CN=KUBERNETES-CA -out ca.csr",
        "x509 -req -in ca.csr -signkey ca.key -extfile none -out ca.crt",
        "x509 -req -in kube-apiserver.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile names -out leaf.crt",
    ] {
        let mut openssl = Tool::Openssl.command();
        run(openssl.args(line.split(' ')).current_dir(&folder)).succeeded();
    }
    folder
}

// --- Java

#[test]
fn java_s_keytool_trusts_what_the_authority_signed_and_asks_about_what_another_did() {
    if !Tool::Keytool.is_there_or_skip() {
        return;
    }
    let pki = pki_of_today();
    let bundle = Unpacked::native(&pki);
    assert_eq!(
        keytool_accepts(&pki, &bundle),
        certificates(pki.plan()).count()
    );
    let foreign = Unpacked::native(&foreign_pki(today()));
    let said = import(
        &bundle.scratch("java").join("ca"),
        "foreign",
        &foreign.pki("admin.crt"),
    );
    let asked = "Trust this certificate? [no]:  Certificate was not added to keystore";
    assert!(
        said.stderr.contains(asked) && !said.stderr.contains(ADDED),
        "{said}"
    );
}

const ADDED: &str = "Certificate was added to keystore";

#[test]
#[ignore = "a Java machine for each certificate: make audit runs it"]
fn java_s_keytool_accepts_every_certificate_of_every_preset() {
    let mut accepted = 0;
    for pki in every_pki() {
        accepted += keytool_accepts(&pki, &Unpacked::native(&pki));
    }
    audited(
        "servers",
        "Java's keytool: every certificate of every preset, RSA and ECDSA",
        &format!("{accepted} certificates"),
    );
    assert!(accepted > 100, "{accepted}");
}

/// How many; each goes to a store that trusts its authority, which it takes without a question where it finds the chain.
fn keytool_accepts(pki: &Pki, bundle: &Unpacked) -> usize {
    let home = bundle.scratch("java");
    let all: Vec<_> = certificates(pki.plan()).collect();
    for planned in &all {
        let (id, authority) = (&*planned.id, &*planned.issuer);
        let file = bundle.pki(&format!("{id}.crt"));
        let store = home.join(authority.replace('/', "_"));
        let said = if planned.kind.is_authority() {
            let mut command = keytool(&store, id, &file);
            run(command.args(["-noprompt", "-trustcacerts"]))
        } else {
            import(&store, id, &file)
        };
        // It asks nothing, and says so besides.
        assert!(
            said.stdout.is_empty() && said.stderr.contains(ADDED),
            "{id}: {said}"
        );
    }
    all.len()
}

/// Whatever it asks is answered by no.
fn import(store: &Path, id: &str, file: &Path) -> Ended {
    run_with(&mut keytool(store, id, file), b"no\n")
}

fn keytool(store: &Path, id: &str, file: &Path) -> std::process::Command {
    let mut command = Tool::Keytool.command();
    // A machine that lives for half a second.
    command.args(["-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"]);
    command.args(["-importcert", "-storepass", "changeit", "-alias", id]);
    command.arg("-keystore").arg(store).arg("-file").arg(file);
    command
}

// ---

/// Every preset with its own nodes, RSA with the fixed keys, and ECDSA P-256 and P-384.
fn every_pki() -> Vec<Pki> {
    let rsa = presets::own()
        .into_iter()
        .map(|plan| pki_of(plan, today(), 1));
    let ecdsa = [KeyAlgorithm::EcdsaP256, KeyAlgorithm::EcdsaP384]
        .map(presets::own_with)
        .concat();
    rsa.chain(ecdsa.into_iter().map(|plan| pki_of_any(plan, today())))
        .collect()
}

/// Those of the plan that are certificates; a pair of keys for tokens may have none.
fn certificates(plan: &Plan) -> impl Iterator<Item = &PlannedCertificate> {
    let all = plan.certificates.iter();
    all.filter(|one| one.kind != CertificateKind::KeyPair)
}
