//! What is sealed with a passphrase is opened by openssl, by keytool and by the import; and by nobody without it.

mod common;

use std::fs;

use common::command::{Tool, run, shells};
use common::workbench::{Workbench, imported, kinds};
use common::{Unpacked, pki, pki_of_today, rng};
use hardway::renew::Refused;
use hardway::seal::{Passphrase, SHORTEST, Sealer, pkcs12_of};
use hardway::{Bundle, Error, Pki};
use zeroize::Zeroizing;

const PASSPHRASE: &str = "correct horse, 日本 🐴";

#[test]
fn a_passphrase_that_is_empty_or_short_is_refused_with_a_sentence() {
    for (text, length) in [
        ("", 0),
        ("secret", 6),
        ("日本日本日本日本日本日", 11),
        ("               ", 15),
    ] {
        let refused = Passphrase::new(Zeroizing::new(text.to_owned()))
            .err()
            .unwrap();
        let found = length.to_string();
        assert_eq!(
            refused,
            Error::Renew(Refused::PassphraseShort {
                found,
                limit: SHORTEST
            })
        );
        assert_eq!(
            refused.to_string(),
            format!("a passphrase of {length} characters is too short")
        );
    }
    assert!(Passphrase::new(Zeroizing::new("日本日本日本日本日本日本".to_owned())).is_ok());
}

#[test]
fn openssl_opens_the_pkcs12_of_admin_and_says_what_it_is_sealed_with() {
    let pki = pki();
    let bench = Workbench::new();
    bench.write("passphrase", PASSPHRASE);
    bench.write("wrong", "correct horse, 日本");
    bench.write("p12", pkcs12(&pki, 1));
    let openssl = |line: &str| {
        let arguments: Vec<_> = line.split(' ').collect();
        run(Tool::Openssl
            .command()
            .args(arguments)
            .current_dir(bench.folder()))
    };
    let said = openssl("pkcs12 -in p12 -info -noout -passin file:passphrase");
    for line in [
        "MAC: sha256, Iteration 600000",
        "PKCS7 Encrypted data: PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256",
        "Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256",
    ] {
        assert!(said.stderr.contains(line), "{said}");
    }
    let key = openssl("pkcs12 -in p12 -nocerts -noenc -passin file:passphrase").succeeded();
    let own = pki.keys().of("admin").unwrap().to_pkcs8_pem().unwrap();
    assert!(
        key.contains(own.as_str()) && key.contains("friendlyName: admin"),
        "another key"
    );
    let certificate =
        openssl("pkcs12 -in p12 -nokeys -clcerts -passin file:passphrase").succeeded();
    assert!(
        certificate.contains(
            &pki.issued("admin")
                .unwrap()
                .certificate_pem
                .replace("\r\n", "\n")
        )
    );
    let authority = openssl("pkcs12 -in p12 -nokeys -cacerts -passin file:passphrase").succeeded();
    assert!(
        authority.contains(
            &pki.issued("ca")
                .unwrap()
                .certificate_pem
                .replace("\r\n", "\n")
        )
    );
    let said = openssl("pkcs12 -in p12 -noout -passin file:wrong").failed();
    assert!(
        said.contains("Mac verify error: invalid password?"),
        "{said}"
    );
}

#[test]
fn the_import_opens_it_too_and_the_same_inputs_give_the_same_bytes() {
    let pki = pki();
    let file = pkcs12(&pki, 1);
    assert!(file == pkcs12(&pki, 1) && file != pkcs12(&pki, 2));
    let mut inventory = imported("admin.p12", &file);
    assert!(inventory.unlock(None, "correct horse").is_err());
    assert_eq!(inventory.unlock(None, PASSPHRASE), Ok(1));
    assert_eq!(
        kinds(&inventory),
        ["certificate", "certificate", "private-key"]
    );
    let (_, key) = inventory.keys().next().unwrap();
    assert_eq!(
        key.public().spki,
        pki.keys().of("admin").unwrap().to_public_key_der().unwrap()
    );
}

#[test]
fn keytool_lists_the_key_under_its_name() {
    if !Tool::Keytool.is_there_or_skip() {
        return;
    }
    let bench = Workbench::new();
    let passphrase = passphrase("correct horse battery");
    bench.write(
        "p12",
        &*pkcs12_of(&pki(), "admin", &passphrase, &mut rng(1)).unwrap(),
    );
    let list = |passphrase: &str| {
        run(Tool::Keytool
            .command()
            .args([
                "-list",
                "-v",
                "-storetype",
                "PKCS12",
                "-keystore",
                "p12",
                "-storepass",
                passphrase,
            ])
            .current_dir(bench.folder()))
    };
    let said = list("correct horse battery").succeeded();
    for line in [
        "Alias name: admin",
        "Entry type: PrivateKeyEntry",
        "Certificate chain length: 2",
    ] {
        assert!(said.contains(line), "{said}");
    }
    list("correct horse").failed();
}

#[test]
fn a_sealed_bundle_has_no_open_key_but_in_kubeconfigs_and_openssl_opens_each() {
    let pki = pki_of_today();
    let bundle = sealed(&pki);
    let mut sealed = 0;
    for path in bundle.files() {
        let text = String::from_utf8_lossy(&bundle.read(&path)).into_owned();
        assert!(!text.contains("-----BEGIN PRIVATE KEY-----"), "{path}");
        if path.ends_with(".key") {
            assert!(
                text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"),
                "{path}"
            );
            sealed += 1;
        }
    }
    assert!(sealed > 10);
    for planned in &pki.plan().certificates {
        let own = pki.keys().of(&planned.id).unwrap().to_pkcs8_pem().unwrap();
        let path = bundle.pki(&format!("{}.key", planned.id));
        let open = |passphrase: &str| {
            let mut openssl = Tool::Openssl.command();
            openssl.env("PASSPHRASE", passphrase);
            run(openssl
                .args(["pkey", "-passin", "env:PASSPHRASE", "-in"])
                .arg(&path))
        };
        assert!(open(PASSPHRASE).succeeded() == *own, "{}", planned.id);
        if planned.id == "admin" {
            open("correct horse, 日本").failed();
        }
    }
    let said = run(Tool::Openssl
        .command()
        .args(["asn1parse", "-in"])
        .arg(bundle.pki("admin.key")))
    .succeeded();
    for part in [
        "PBES2",
        "PBKDF2",
        ":0927C0",
        "hmacWithSHA256",
        "aes-256-cbc",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(
        bundle
            .text("README.txt")
            .contains("Kubeconfigs with an embedded key are NOT encrypted")
    );
    assert!(
        bundle
            .text("README.ja.txt")
            .contains("kubeconfig は暗号化されていません")
    );
    assert!(
        !Unpacked::native(&pki)
            .text("README.txt")
            .contains("NOT encrypted")
    );
    let same = |seed| {
        Bundle::new(&pki)
            .sealed(sealer(seed))
            .files()
            .map(|file| file.unwrap().content.to_vec())
            .collect::<Vec<_>>()
    };
    assert!(same(1) == same(1) && same(1) != same(2));
}

#[test]
fn install_sh_opens_the_keys_with_the_passphrase_and_puts_nothing_anywhere_without_it() {
    let pki = pki_of_today();
    for mut shell in shells() {
        let bundle = sealed(&pki);
        let root = bundle.scratch("root");
        let script = bundle.root.join("nodes/master-1/install.sh");
        shell.arg(&script).arg("--root").arg(&root);
        for (passphrase, says) in [
            (
                None,
                "install.sh: the private keys are encrypted\nhint: run it in a terminal, or set HARDWAY_PASSPHRASE\n",
            ),
            (
                Some("wrong"),
                "hint: type it again; capital letters and blanks count\n",
            ),
        ] {
            let mut shell = common::command::again(&shell);
            if let Some(passphrase) = passphrase {
                shell.env("HARDWAY_PASSPHRASE", passphrase);
            }
            let said = run(&mut shell).failed();
            assert!(said.ends_with(says), "{said}");
            assert_eq!(common::files_below(&root), [""; 0]);
        }
        run(shell.env("HARDWAY_PASSPHRASE", PASSPHRASE)).succeeded();
        let placement = pki
            .plan()
            .placements
            .iter()
            .find(|one| one.node == "master-1" && one.file == "kube-apiserver.key")
            .unwrap();
        let put = root.join(placement.path.trim_start_matches('/'));
        let own = pki
            .keys()
            .of("kube-apiserver")
            .unwrap()
            .to_pkcs8_pem()
            .unwrap();
        assert!(fs::read_to_string(&put).unwrap() == *own);
        assert_eq!(common::contents::mode(&put), 0o600);
    }
}

#[test]
fn verify_sh_compares_sealed_keys_where_it_is_told_the_passphrase() {
    let bundle = sealed(&pki_of_today());
    for mut shell in shells() {
        shell.arg(bundle.root.join("verify.sh"));
        let said = run(&mut shell).succeeded();
        assert!(
            said.ends_with(
                "note    the encrypted keys were not compared: set HARDWAY_PASSPHRASE for that\n"
            ),
            "{said}"
        );
        let said = run(shell.env("HARDWAY_PASSPHRASE", PASSPHRASE)).succeeded();
        assert!(said.lines().all(|line| line.starts_with("ok ")), "{said}");
        let said = run(shell.env("HARDWAY_PASSPHRASE", "another one")).failed();
        assert!(
            said.contains("WRONG   pki/admin.key: does not match pki/admin.crt"),
            "{said}"
        );
    }
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.to_owned())).unwrap()
}

fn sealer(seed: u8) -> Sealer {
    Sealer::new(&passphrase(PASSPHRASE), &mut rng(seed)).unwrap()
}

fn pkcs12(pki: &Pki, seed: u8) -> Vec<u8> {
    pkcs12_of(pki, "admin", &passphrase(PASSPHRASE), &mut rng(seed))
        .unwrap()
        .to_vec()
}

/// Unpacked as the other bundles are.
fn sealed(pki: &Pki) -> Unpacked {
    let home = tempfile::tempdir().unwrap();
    let zip = home.path().join("zip");
    Bundle::new(pki)
        .sealed(sealer(1))
        .write(fs::File::create(&zip).unwrap())
        .unwrap();
    Unpacked::downloaded(&zip, pki.plan().name())
}
