//! PEM is read out of whatever it lies in, and what is broken is named with its place while the rest is read.

mod common;

use base64ct::{Base64, Encoding};
use common::workbench::{Workbench, imported, kinds, problems};
use hardway::import::limits::{MAX_BLOCKS, MAX_FILE_BYTES};
use hardway::import::{Known, Place, Problem, Taken, glance};

/// A certificate with its subject and a key, PEM.
fn made() -> (Workbench, String, String) {
    let bench = Workbench::new();
    let key = bench.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k");
    let certificate = bench.openssl("req -x509 -key k -subj /O=system:masters/CN=admin -out c");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (bench, text(certificate), text(key))
}

#[test]
fn text_around_blocks_line_ends_and_indentation_do_not_matter() {
    let (bench, certificate, key) = made();
    let reference = imported("c", certificate.as_bytes());
    let (_, reference) = reference.certificates().next().unwrap();
    let text = bench.openssl("x509 -in c -text -out t");
    let text = String::from_utf8(text).unwrap();
    assert!(text.starts_with("Certificate:"));
    let indented: String = certificate
        .lines()
        .map(|line| format!("    {line}  \n"))
        .collect();
    let yaml = format!("data:\n  ca.crt: |\n{indented}kind: ConfigMap\napiVersion: v1\n");
    let base64: String = certificate
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let latin1 = [b"\xfc\xe9 Aussteller\n".as_slice(), certificate.as_bytes()].concat();
    let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let marked = format!("\u{feff}{certificate}");
        marked.encode_utf16().flat_map(order).collect()
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("-text", text.into()),
        ("carriage returns", certificate.replace('\n', "\r\n").into()),
        ("old line ends", certificate.replace('\n', "\r").into()),
        ("a ConfigMap", yaml.into()),
        (
            "one line with blanks",
            certificate.replace('\n', " ").into(),
        ),
        ("no line end", certificate.trim_end().into()),
        ("a byte order mark", format!("\u{feff}{certificate}").into()),
        ("UTF-16", utf16(u16::to_le_bytes)),
        ("UTF-16 of another order", utf16(u16::to_be_bytes)),
        (
            "cfssl's JSON",
            serde_json::json!({"cert": certificate}).to_string().into(),
        ),
        ("Latin-1 before it", latin1),
        (
            "kubeconfig's field",
            Base64::encode_string(certificate.as_bytes()).into(),
        ),
        ("only its inside", base64.into()),
        (
            "an old label",
            certificate
                .replace("CERTIFICATE", "X509 CERTIFICATE")
                .into(),
        ),
        (
            "-trustout",
            bench.openssl("x509 -in c -trustout -addtrust clientAuth -out t"),
        ),
    ];
    for (name, bytes) in cases {
        let inventory = imported("file", &bytes);
        assert_eq!(
            kinds(&inventory),
            ["certificate"],
            "{name}: {:?}",
            inventory.files()
        );
        let (_, found) = inventory.certificates().next().unwrap();
        assert_eq!(found, reference, "{name}");
        assert_eq!(problems(&inventory), [], "{name}");
    }
    // With attributes of bags, as openssl pkcs12 -nodes prints them.
    bench.openssl("pkcs12 -export -inkey k -in c -name admin -passout pass:x -out p");
    let bags = bench.openssl("pkcs12 -in p -nodes -passin pass:x -out b");
    assert!(String::from_utf8_lossy(&bags).contains("Bag Attributes"));
    assert_eq!(kinds(&imported("b", &bags)), ["certificate", "private-key"]);
    drop(key);
}

#[test]
fn several_blocks_are_found_in_their_order_with_their_lines() {
    let (_, certificate, key) = made();
    let text = format!("# the admin\n{certificate}\n{key}{certificate}");
    let inventory = imported("all.pem", text.as_bytes());
    assert_eq!(
        kinds(&inventory),
        ["certificate", "private-key", "certificate"]
    );
    let lines = inventory.items().iter().map(|item| match item.place {
        Place::Block { line } => text.lines().nth(line - 1).unwrap(),
        _ => panic!("{item:?}"),
    });
    let lines: Vec<_> = lines.collect();
    assert_eq!(
        lines,
        [
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----"
        ]
    );
    let block = |item: usize| &inventory.items()[item].place;
    assert_eq!(*block(0), Place::Block { line: 2 });
    assert!(block(1) != block(2));
}

#[test]
fn what_is_broken_is_named_and_what_follows_is_read() {
    let (_, certificate, key) = made();
    let cut = &certificate[..certificate.len() / 2];
    for (name, first, problem) in [
        (
            "no end",
            format!("{cut}\n"),
            Problem::PemNoEnd {
                found: "CERTIFICATE".to_owned(),
            },
        ),
        (
            "another end",
            certificate.replace("END CERTIFICATE", "END PRIVATE KEY"),
            Problem::PemOtherEnd {
                found: "CERTIFICATE".to_owned(),
            },
        ),
        (
            "not base64",
            certificate.replacen("\nM", "\n!", 1),
            Problem::PemNotBase64 {
                found: "CERTIFICATE".to_owned(),
            },
        ),
        (
            "empty",
            "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_owned(),
            Problem::PemNotBase64 {
                found: "CERTIFICATE".to_owned(),
            },
        ),
        (
            "a certificate that is none",
            "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".to_owned(),
            Problem::CertificateBroken {
                found: "x509: malformed tbs certificate".to_owned(),
            },
        ),
        (
            "a request that is none",
            "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n"
                .to_owned(),
            Problem::RequestBroken,
        ),
        (
            "a public key that is none",
            "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n".to_owned(),
            Problem::PublicKeyBroken,
        ),
        (
            "another kind",
            "-----BEGIN PGP MESSAGE-----\nMAA=\n-----END PGP MESSAGE-----\n".to_owned(),
            Problem::PemLabel {
                found: "PGP MESSAGE".to_owned(),
            },
        ),
    ] {
        let inventory = imported("file", format!("{first}{key}").as_bytes());
        assert_eq!(problems(&inventory), [problem], "{name}");
        assert_eq!(kinds(&inventory), ["private-key"], "{name}");
        assert_eq!(
            inventory.files()[0].troubles[0].place,
            Place::Block { line: 1 }
        );
    }
    let broken_key = key.replacen("\nM", "\nN", 1);
    let inventory = imported("file", broken_key.as_bytes());
    assert!(matches!(
        &problems(&inventory)[..],
        [Problem::KeyBroken { .. }]
    ));
    assert_eq!(inventory.files()[0].taken, Taken::Unknown);
}

#[test]
fn what_is_neither_key_nor_certificate_is_known_or_has_a_way_to_convert_it() {
    let (bench, _, _) = made();
    let parameters = bench.openssl("ecparam -name prime256v1 -out p");
    let inventory = imported("p", &parameters);
    assert_eq!(inventory.files()[0].taken, Taken::Known(Known::Parameters));
    assert_eq!(problems(&inventory), []);
    // openssl ecparam -genkey writes them before the key.
    let both = bench.openssl("ecparam -name prime256v1 -genkey -out p");
    let inventory = imported("p", &both);
    assert_eq!(kinds(&inventory), ["private-key"]);
    assert_eq!(inventory.files()[0].taken, Taken::Items);
    for form in ["PEM", "DER"] {
        let line = format!("crl2pkcs7 -nocrl -certfile c -outform {form} -out p");
        let said = problems(&imported("p7b", &bench.openssl(&line)));
        let [Problem::ForeignFormat { found, command }] = &said[..] else {
            panic!("{said:?}");
        };
        assert_eq!(
            (*found, *command),
            (
                "PKCS#7",
                "openssl pkcs7 -print_certs -in FILE -out FILE.pem"
            )
        );
        bench.write("index.txt", "");
        bench.write(
            "ca.cnf",
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\n",
        );
        bench.openssl("ca -gencrl -config ca.cnf -cert c -keyfile k -crldays 9 -out l");
        let list = bench.openssl(&format!("crl -in l -outform {form} -out m"));
        let inventory = imported("ca.crl", &list);
        assert_eq!(
            inventory.files()[0].taken,
            Taken::Known(Known::Parameters),
            "{:?}",
            inventory.files()
        );
    }
}

#[test]
fn what_is_nothing_is_named() {
    let text = |found| vec![Problem::NotUnderstood { found }];
    assert_eq!(
        problems(&imported("notes", b"call the admin")),
        text("text")
    );
    assert_eq!(
        problems(&imported("core", b"\x7fELF\x02\x01\x01\0\0\0")),
        text("binary")
    );
    assert_eq!(
        problems(&imported("cut.der", b"\x30\x82\x10\x00\x30")),
        text("binary")
    );
    assert_eq!(
        problems(&imported("other.der", b"\x30\x03\x04\x01\x00")),
        text("binary")
    );
    assert_eq!(imported("empty", b"").files()[0].taken, Taken::Empty);
    for (name, content, known) in [
        ("SHA256SUMS", "e3b0  pki/ca.crt", Known::Checksums),
        ("ca.srl", "4A", Known::Serial),
        ("README.md", "# Cluster", Known::Text),
        ("kubelet.service", "[Unit]", Known::Unit),
        ("openssl.cnf", "[req]", Known::OpensslConfiguration),
        ("up", "#!/bin/sh\n", Known::Script),
        ("._ca.crt", "\0\u{5}\u{16}\u{7}\0", Known::System),
        (
            "audit.yaml",
            "apiVersion: audit.k8s.io/v1\nkind: Policy\n",
            Known::Manifest,
        ),
        (
            "encryption-config.yaml",
            "kind: EncryptionConfig\napiVersion: v1\nresources: []\n",
            Known::EncryptionConfiguration,
        ),
    ] {
        let inventory = imported(name, content.as_bytes());
        assert_eq!(inventory.files()[0].taken, Taken::Known(known), "{name}");
        assert_eq!(problems(&inventory), [], "{name}");
    }
}

#[test]
fn blocks_and_bytes_have_their_limits() {
    let (_, certificate, _) = made();
    let many = |count: usize| imported("many", certificate.repeat(count).as_bytes());
    let inventory = many(MAX_BLOCKS);
    assert_eq!(
        (inventory.items().len(), problems(&inventory)),
        (MAX_BLOCKS, vec![])
    );
    let inventory = many(MAX_BLOCKS + 1);
    assert_eq!(inventory.items().len(), MAX_BLOCKS);
    assert_eq!(
        problems(&inventory),
        [Problem::TooManyBlocks { limit: MAX_BLOCKS }]
    );
    let size = usize::try_from(MAX_FILE_BYTES).unwrap();
    let mut large = certificate.into_bytes();
    large.resize(size, b'\n');
    assert_eq!(kinds(&imported("large", &large)), ["certificate"]);
    large.push(b'\n');
    let found = (size + 1).to_string();
    let limit = MAX_FILE_BYTES;
    assert_eq!(
        problems(&imported("large", &large)),
        [Problem::FileTooLarge { found, limit }]
    );
}

#[test]
fn what_is_pasted_is_known_before_it_is_kept() {
    let (bench, certificate, key) = made();
    let sealed = bench.openssl("pkcs8 -topk8 -in k -passout pass:x -out s");
    let sealed = String::from_utf8(sealed).unwrap();
    let kubeconfig = "apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers:\n- name: a\n  user: {token: abc}\n";
    for (text, expected, secret) in [
        (&certificate, vec!["certificate"], false),
        (&key, vec!["private-key"], true),
        (
            &format!("{certificate}{key}{certificate}"),
            vec!["certificate", "private-key"],
            true,
        ),
        (&sealed, vec!["sealed"], true),
        (&kubeconfig.to_owned(), vec!["kubeconfig"], true),
        (&kubeconfig.replace("abc", "''"), vec!["kubeconfig"], false),
        (&"hello".to_owned(), vec![], false),
        (&key[..key.len() - 60].to_owned(), vec![], true),
    ] {
        let seen = glance(text.as_bytes());
        assert_eq!((seen.kinds, seen.secret), (expected, secret), "{text}");
    }
}
