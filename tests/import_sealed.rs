//! What is sealed with a passphrase is opened with it, and with no other: PKCS#8, DEK-Info and PKCS#12 of openssl and keytool.

mod common;

use common::command::Tool;
use common::workbench::{Workbench, imported, kinds, problems};
use hardway::Error;
use hardway::import::{Inventory, Problem, Taken};

const PASSPHRASE: &str = "correct horse, 日本";

/// A key `k`, its certificate `c` and another certificate `ca`.
fn bench() -> Workbench {
    let bench = Workbench::new();
    bench.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k");
    bench.openssl("req -x509 -key k -subj /O=system:masters/CN=admin -days 9 -out c");
    bench.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out e");
    bench.openssl("req -x509 -key e -subj /CN=kubernetes-ca -days 9 -out ca");
    bench.write("passphrase", PASSPHRASE);
    bench
}

/// A file that is locked, is not opened by another passphrase, and then by the right one.
fn opened(name: &str, bytes: &[u8]) -> Inventory {
    let mut inventory = imported(name, bytes);
    assert!(
        matches!(inventory.files()[0].taken, Taken::Locked(_)),
        "{name}: {:?}",
        inventory.files()
    );
    assert_eq!(inventory.locked().collect::<Vec<_>>(), [0]);
    assert!(inventory.items().is_empty(), "{name}");
    for wrong in ["", "correct horse", "Correct horse, 日本", &"x".repeat(300)] {
        let said = inventory.unlock(None, wrong);
        assert_eq!(said, Err(Error::Import(Problem::WrongPassphrase)), "{name}");
        assert_eq!(problems(&inventory), [Problem::WrongPassphrase], "{name}");
    }
    assert_eq!(inventory.unlock(Some(0), PASSPHRASE), Ok(1), "{name}");
    assert_eq!(problems(&inventory), [], "{name}");
    assert_eq!(inventory.locked().count(), 0);
    assert_eq!(inventory.files()[0].taken, Taken::Items);
    inventory
}

fn cipher(bytes: &[u8]) -> String {
    match &imported("f", bytes).files()[0].taken {
        Taken::Locked(cipher) => cipher.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn pkcs8_is_opened_however_openssl_has_sealed_it() {
    let bench = bench();
    for (options, name) in [
        ("", "PBES2, PBKDF2 with SHA256, 2048 rounds, AES-256-CBC"),
        (
            "-v2 aes-128-cbc ",
            "PBES2, PBKDF2 with SHA256, 2048 rounds, AES-128-CBC",
        ),
        (
            "-v2 aes-192-cbc -v2prf hmacWithSHA512 ",
            "PBES2, PBKDF2 with SHA512, 2048 rounds, AES-192-CBC",
        ),
        (
            "-v2 aes-256-cbc -v2prf hmacWithSHA1 -iter 100000 ",
            "PBES2, PBKDF2 with SHA1, 100000 rounds, AES-256-CBC",
        ),
        (
            "-v2 des3 ",
            "PBES2, PBKDF2 with SHA256, 2048 rounds, DES-EDE3-CBC",
        ),
        ("-scrypt ", "PBES2, scrypt, N 16384, AES-256-CBC"),
        ("-v1 PBE-SHA1-3DES ", "PBE-SHA1, 2048 rounds, DES-EDE3-CBC"),
    ] {
        for (key, algorithm) in [("k", "rsa-2048"), ("e", "ecdsa-p256")] {
            let plain = imported(key, &bench.read(key));
            for form in ["PEM", "DER"] {
                let sealed = bench.openssl(&format!(
                    "pkcs8 -topk8 {options}-in {key} -outform {form} -passout file:passphrase -out s"
                ));
                assert_eq!(cipher(&sealed), name);
                let inventory = opened(name, &sealed);
                let (_, found) = inventory.keys().next().unwrap();
                assert!(found.was_sealed() && found.public().algorithm == algorithm);
                let (_, plain) = plain.keys().next().unwrap();
                assert_eq!(found.public(), plain.public());
                assert!(!plain.was_sealed());
            }
        }
    }
}

#[test]
fn keys_with_dek_info_are_opened() {
    let bench = bench();
    for (option, name) in [
        ("aes128", "DEK-Info: AES-128-CBC"),
        ("aes192", "DEK-Info: AES-192-CBC"),
        ("aes256", "DEK-Info: AES-256-CBC"),
        ("des3", "DEK-Info: DES-EDE3-CBC"),
    ] {
        for (kind, key) in [("rsa", "k"), ("ec", "e")] {
            let traditional = if kind == "rsa" { "-traditional " } else { "" };
            let sealed = bench.openssl(&format!(
                "{kind} {traditional}-in {key} -{option} -passout file:passphrase -out s"
            ));
            assert!(String::from_utf8_lossy(&sealed).contains("Proc-Type: 4,ENCRYPTED"));
            assert_eq!(cipher(&sealed), name);
            let inventory = opened(name, &sealed);
            let plain = imported(key, &bench.read(key));
            let (_, plain) = plain.keys().next().unwrap();
            assert!(inventory.key_of(plain.public()).is_some());
        }
    }
}

#[test]
fn pkcs12_of_openssl_is_opened_modern_and_legacy() {
    let bench = bench();
    let line =
        "pkcs12 -export -inkey k -in c -certfile ca -name admin -passout file:passphrase -out p";
    for (options, name) in [
        (
            "",
            "PKCS#12, PBES2, PBKDF2 with SHA256, 2048 rounds, AES-256-CBC",
        ),
        ("-legacy ", "PKCS#12, PBE-SHA1, 2048 rounds, RC2-40-CBC"),
        (
            "-legacy -descert ",
            "PKCS#12, PBE-SHA1, 2048 rounds, DES-EDE3-CBC",
        ),
        (
            "-legacy -certpbe PBE-SHA1-RC2-128 ",
            "PKCS#12, PBE-SHA1, 2048 rounds, RC2-CBC",
        ),
        (
            "-macalg sha512 -iter 5000 ",
            "PKCS#12, PBES2, PBKDF2 with SHA256, 5000 rounds, AES-256-CBC",
        ),
        (
            "-nomac -certpbe AES-256-CBC ",
            "PKCS#12, PBES2, PBKDF2 with SHA256, 2048 rounds, AES-256-CBC",
        ),
        ("-certpbe NONE ", "PKCS#12, MAC"),
        (
            "-keypbe NONE ",
            "PKCS#12, PBES2, PBKDF2 with SHA256, 2048 rounds, AES-256-CBC",
        ),
    ] {
        let made = bench.openssl(&line.replace("-export ", &format!("-export {options}")));
        assert_eq!(cipher(&made), name);
        let inventory = opened(options, &made);
        let mut found = kinds(&inventory);
        found.sort_unstable();
        assert_eq!(
            found,
            ["certificate", "certificate", "private-key"],
            "{options}"
        );
        let (_, key) = inventory.keys().next().unwrap();
        let admin = inventory
            .certificates()
            .find(|(_, found)| found.decoded.subject.contains("admin"));
        assert_eq!(admin.unwrap().1.public, *key.public());
        let plain = imported("c", &bench.read("c"));
        assert_eq!(
            admin.unwrap().1.der,
            plain.certificates().next().unwrap().1.der
        );
    }
}

#[test]
fn pkcs12_that_nothing_is_sealed_in_needs_no_passphrase() {
    let bench = bench();
    let line =
        "pkcs12 -export -inkey k -in c -keypbe NONE -certpbe NONE -nomac -passout pass: -out p";
    let inventory = imported("p", &bench.openssl(line));
    assert_eq!(kinds(&inventory), ["certificate", "private-key"]);
    assert_eq!(problems(&inventory), []);
    // A key may be sealed on its own.
    let line = "pkcs12 -export -inkey k -in c -certpbe NONE -nomac -passout file:passphrase -out p";
    let mut inventory = imported("p", &bench.openssl(line));
    assert_eq!(kinds(&inventory), ["certificate"]);
    assert_eq!(inventory.locked().count(), 1);
    assert!(inventory.unlock(None, "").is_err());
    assert_eq!(inventory.unlock(None, PASSPHRASE), Ok(1));
    assert_eq!(kinds(&inventory), ["certificate", "private-key"]);
}

#[test]
fn an_empty_passphrase_is_one_as_well() {
    let bench = bench();
    for options in ["", "-legacy "] {
        let line = format!("pkcs12 -export {options}-inkey k -in c -passout pass: -out p");
        let mut inventory = imported("p", &bench.openssl(&line));
        assert!(inventory.unlock(None, "x").is_err());
        assert_eq!(inventory.unlock(None, ""), Ok(1));
        assert_eq!(inventory.items().len(), 2);
    }
}

#[test]
fn a_keystore_of_java_is_opened() {
    if !Tool::Keytool.is_there_or_skip() {
        return;
    }
    let bench = bench();
    // keytool takes no passphrase from a file but as a line, and letters as the locale has them.
    for legacy in [false, true] {
        let options = [
            "-genkeypair",
            "-alias",
            "admin",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=admin",
        ];
        let store = [
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
        ];
        let file = if legacy { "old.p12" } else { "new.p12" };
        let mut arguments = Vec::new();
        if legacy {
            arguments.push("-J-Dkeystore.pkcs12.legacy");
        }
        arguments.extend(options);
        arguments.extend(store);
        arguments.push(file);
        bench.run(Tool::Keytool, &arguments);
        let mut inventory = imported(file, &bench.read(file));
        assert!(inventory.unlock(None, "changeIt").is_err());
        assert_eq!(
            inventory.unlock(None, "changeit"),
            Ok(1),
            "{:?}",
            inventory.files()
        );
        let mut found = kinds(&inventory);
        found.sort_unstable();
        assert_eq!(found, ["certificate", "private-key"], "{file}");
        assert_eq!(problems(&inventory), []);
    }
    let arguments = "-genkeypair -alias a -keyalg EC -dname CN=a -storetype JKS -storepass changeit -keypass changeit -keystore";
    let mut arguments: Vec<_> = arguments.split(' ').collect();
    arguments.push("a.jks");
    bench.run(Tool::Keytool, &arguments);
    let said = problems(&imported("a.jks", &bench.read("a.jks")));
    assert!(matches!(
        &said[..],
        [Problem::ForeignFormat {
            found: "a Java keystore (JKS)",
            ..
        }]
    ));
}

#[test]
fn one_passphrase_opens_what_it_fits_and_leaves_the_rest() {
    let bench = bench();
    let sealed = |passphrase: &str| {
        bench.write("one", passphrase);
        bench.openssl("pkcs8 -topk8 -in e -passout file:one -out s")
    };
    let mut inventory = Inventory::default();
    for (name, passphrase) in [("a", "one"), ("b", "two"), ("c", "one")] {
        inventory.add(name, &sealed(passphrase), None);
    }
    assert_eq!(
        inventory.unlock(Some(1), "one"),
        Err(Problem::WrongPassphrase.into())
    );
    assert_eq!(inventory.unlock(None, "one"), Ok(2));
    assert_eq!(inventory.locked().collect::<Vec<_>>(), [1]);
    assert_eq!(problems(&inventory), [Problem::WrongPassphrase]);
    assert_eq!(inventory.unlock(None, "two"), Ok(1));
    assert_eq!(problems(&inventory), []);
}

#[test]
fn what_no_passphrase_is_tried_on_says_so() {
    let bench = bench();
    for (options, found) in [
        ("PBE-MD5-DES", "PBE-MD5-DES"),
        ("PBE-SHA1-RC4-128", "PBE-SHA1-RC4-128"),
    ] {
        let line = format!(
            "pkcs8 -topk8 -v1 {options} -provider legacy -provider default -in k -passout file:passphrase -out s"
        );
        let said = problems(&imported("s", &bench.openssl(&line)));
        let found = found.to_owned();
        assert_eq!(said, [Problem::EncryptionKind { found }]);
    }
    let line = "rsa -traditional -in k -camellia256 -passout file:passphrase -out s";
    let found = String::from("CAMELLIA-256-CBC");
    let said = problems(&imported("s", &bench.openssl(line)));
    assert_eq!(said, [Problem::EncryptionKind { found }]);
}

#[test]
fn a_derivation_that_would_never_end_is_not_begun() {
    let bench = bench();
    let der = bench
        .openssl("pkcs8 -topk8 -iter 10000000 -in e -outform DER -passout file:passphrase -out s");
    assert!(cipher(&der).contains("10000000 rounds"));
    let with = |rounds: [u8; 3]| {
        let at = der
            .windows(5)
            .position(|window| window == [0x02, 0x03, 0x98, 0x96, 0x80]);
        let at = at.or_else(|| {
            der.windows(6)
                .position(|w| w == [0x02, 0x04, 0x00, 0x98, 0x96, 0x80])
                .map(|at| at + 1)
        });
        let mut der = der.clone();
        let at = at.unwrap() + 2;
        der[at..at + 3].copy_from_slice(&rounds);
        problems(&imported("s", &der))
    };
    assert_eq!(with([0x98, 0x96, 0x80]), []);
    let found = String::from("10000001 rounds");
    assert_eq!(
        with([0x98, 0x96, 0x81]),
        [Problem::DerivationTooCostly { found }]
    );
}
