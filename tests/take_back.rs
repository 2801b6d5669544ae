//! Requests that somebody else signs, with openssl and with cfssl, and what is taken back of it.

mod common;

use std::fs;
use std::path::PathBuf;

use common::command::{Tool, run};
use common::existing::{begun, chosen, copy, held_of};
use common::{Unpacked, foreign_pki, pki_of, rng, seed_plan, timestamp, today};
use hardway::renew::{Caution, Held, KeyChoice, Refused, Renewal};
use hardway::seal::{Passphrase, Sealer};
use hardway::{Error, Issuance, Pki, Requests, Timestamp};
use tempfile::TempDir;
use zeroize::Zeroizing;

const ASKED: [(&str, KeyChoice); 3] = [
    ("admin", KeyChoice::New),
    ("kube-apiserver", KeyChoice::Keep),
    ("etcd-server", KeyChoice::New),
];

#[test]
fn what_openssl_signs_with_the_script_beside_the_requests_is_taken_back_and_becomes_the_bundle() {
    signed_by_script("sign-with-openssl.sh");
}

#[test]
fn what_cfssl_signs_is_taken_back_too() {
    if Tool::Cfssl.is_there_or_skip() {
        signed_by_script("sign-with-cfssl.sh");
    }
}

fn signed_by_script(script: &str) {
    let (own, mut issuance) = asked();
    let desk = Desk::new(&own, &issuance);
    assert!(!desk.path("ca.key").exists());
    desk.put_key(&own);
    run(Tool::Dash.command().arg(desk.path(script))).succeeded();
    // The authority's own is passed over, wherever it lies.
    assert_eq!(
        issuance.take_back_file(&desk.read("ca.crt"), now()),
        Ok(vec![])
    );
    let mut all = desk.read("admin.crt");
    all.extend(desk.read("ca.crt"));
    all.extend(desk.read("etcd-server.crt"));
    assert_eq!(
        issuance.take_back_file(&all, now()),
        Ok(vec!["admin".into(), "etcd-server".into()])
    );
    assert_eq!(waiting(&issuance), ["kube-apiserver"]);
    assert_eq!(
        issuance
            .take_back_file(&desk.read("kube-apiserver.crt"), now())
            .unwrap(),
        ["kube-apiserver"]
    );
    assert_eq!(waiting(&issuance), [""; 0]);
    let pki = issuance.finish().unwrap();
    let bundle = Unpacked::native(&pki);
    let said = run(Tool::Dash.command().arg(bundle.root.join("verify.sh"))).succeeded();
    assert_eq!(said.lines().count(), 3, "{said}");
    assert!(
        said.lines().all(|line| line.starts_with("ok      ")),
        "{said}"
    );
    assert!(
        bundle
            .files()
            .contains(&"kubeconfig/admin.kubeconfig".to_owned())
    );
}

#[test]
fn the_bundle_of_requests_keeps_the_keys_apart_and_is_the_same_for_the_same() {
    let (own, issuance) = asked();
    let files = |issuance: &Issuance| {
        let requests = Requests::new(issuance, None).unwrap();
        let files = requests.files().map(Result::unwrap);
        files
            .map(|file| (file.path.clone(), file.content.to_vec()))
            .collect::<Vec<_>>()
    };
    let first = files(&issuance);
    assert!(first == files(&issuance));
    let paths: Vec<_> = first.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "keys/admin.key",
            "requests/admin.csr",
            "requests/admin.cnf",
            "requests/admin.config.json",
            "keys/kube-apiserver.key",
            "requests/kube-apiserver.csr",
            "requests/kube-apiserver.cnf",
            "requests/kube-apiserver.config.json",
            "keys/etcd-server.key",
            "requests/etcd-server.csr",
            "requests/etcd-server.cnf",
            "requests/etcd-server.config.json",
            "requests/ca.crt",
            "requests/sign-with-openssl.sh",
            "requests/sign-with-cfssl.sh",
            "README.txt",
            "README.ja.txt",
            "SHA256SUMS",
        ]
    );
    for (path, content) in &first {
        let secret = String::from_utf8_lossy(content).contains("PRIVATE KEY");
        assert_eq!(secret, path.starts_with("keys/"), "{path}");
    }
    let desk = Desk::new(&own, &issuance);
    for id in ["admin", "kube-apiserver", "etcd-server"] {
        let said = run(Tool::Openssl
            .command()
            .args(["req", "-noout", "-verify", "-in"])
            .arg(desk.path(&format!("{id}.csr"))));
        assert!(
            (said.stdout.clone() + &said.stderr).contains("verify OK"),
            "{said}"
        );
    }
    for script in ["sign-with-openssl.sh", "sign-with-cfssl.sh"] {
        run(Tool::Shellcheck
            .command()
            .args(["--shell=sh", "--severity=style"])
            .arg(desk.path(script)))
        .succeeded();
    }
    let passphrase = Passphrase::new(Zeroizing::new("four words are enough".into())).unwrap();
    let sealer = Sealer::new(&passphrase, &mut rng(3)).unwrap();
    let requests = Requests::new(&issuance, Some(&sealer)).unwrap();
    let texts = requests
        .files()
        .map(|file| String::from_utf8_lossy(&file.unwrap().content).into_owned());
    let texts: Vec<_> = texts.collect();
    assert_eq!(
        texts
            .iter()
            .filter(|text| text.contains("BEGIN ENCRYPTED PRIVATE KEY"))
            .count(),
        3
    );
    assert!(!texts.iter().any(|text| text.contains("BEGIN PRIVATE KEY")));
}

#[test]
fn what_is_not_what_was_asked_for_is_not_taken_back() {
    let (own, mut issuance) = asked();
    let desk = Desk::new(&own, &issuance);
    desk.put_key(&own);
    let ca = "-CA ca.crt -CAkey ca.key -CAcreateserial -days 9";
    let mut refused = |line: &str| {
        let arguments: Vec<_> = line.split(' ').collect();
        run(Tool::Openssl
            .command()
            .args(arguments)
            .arg("-out")
            .arg("made")
            .current_dir(&desk.folder))
        .succeeded();
        issuance
            .take_back_file(&desk.read("made"), now())
            .unwrap_err()
    };
    let renew = |refused: Refused| Error::Renew(refused);
    // As everybody types it: openssl leaves out what the request asks for.
    assert_eq!(
        refused(&format!("x509 -req -in kube-apiserver.csr {ca}")),
        renew(Refused::BackWithoutNames {
            id: "kube-apiserver".into(),
            found: "kubernetes, kubernetes.default, kubernetes.default.svc, kubernetes.default.svc.cluster.local, 10.96.0.1, 192.168.5.11, 192.168.5.12, 192.168.5.30, 127.0.0.1".into(),
        })
    );
    assert_eq!(
        refused(&format!(
            "x509 -req -in admin.csr {ca} -subj /CN=admin/O=system:nodes"
        )),
        renew(Refused::BackOtherSubject {
            id: "admin".into(),
            expected: "CN=admin, O=system:masters".into(),
            found: "CN=admin, O=system:nodes".into()
        })
    );
    fs::write(desk.path("server"), "extendedKeyUsage = serverAuth\n").unwrap();
    assert_eq!(
        refused(&format!("x509 -req -in admin.csr {ca} -extfile server")),
        renew(Refused::BackWithoutUsages {
            id: "admin".into(),
            found: "clientAuth".into()
        })
    );
    assert_eq!(
        refused(&format!(
            "x509 -req -in admin.csr {ca} -force_pubkey ca.crt.pub"
        )),
        renew(Refused::BackForNobody)
    );
    let foreign = foreign_pki(today());
    fs::write(
        desk.path("other.crt"),
        &foreign.issued("ca").unwrap().certificate_pem,
    )
    .unwrap();
    fs::write(
        desk.path("other.key"),
        foreign
            .keys()
            .of("ca")
            .unwrap()
            .to_pkcs8_pem()
            .unwrap()
            .as_bytes(),
    )
    .unwrap();
    let said =
        refused("x509 -req -in admin.csr -CA other.crt -CAkey other.key -CAcreateserial -days 9");
    let Error::Renew(Refused::BackNotAccepted { id, found }) = &said else {
        panic!("{said:?}");
    };
    assert_eq!(id, "admin");
    assert!(
        found.starts_with("x509: certificate signed by unknown authority"),
        "{found}"
    );
    let said = refused(&format!("x509 -req -in admin.csr {ca} -days -1"));
    assert!(
        matches!(&said, Error::Renew(Refused::BackNotAccepted { found, .. }) if found.contains("expired")),
        "{said:?}"
    );
    let found = String::from("there is no certificate in it");
    assert_eq!(
        issuance.take_back_file(b"nothing", now()),
        Err(renew(Refused::BackUnreadable { found }))
    );
    // Nothing was taken meanwhile; a good one still is.
    assert_eq!(
        waiting(&issuance),
        ["admin", "kube-apiserver", "etcd-server"]
    );
    assert!(matches!(issuance.finish(), Err(Error::NotIssued)));
}

/// A set whose authority's key is somewhere else, and requests for three certificates of it.
fn asked() -> (Pki, Issuance) {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), today(), 1);
    let mut held = Held::of(&own);
    for planned in plan.certificates.iter().filter(|one| one.id != "ca") {
        held.insert_key(&planned.id, copy(own.keys().of(&planned.id).unwrap()));
    }
    assert!(held_of(&own).key("ca").is_some() && held.key("ca").is_none());
    let now = timestamp(today());
    let renewal = Renewal::new(&plan, plan.clone(), held, &chosen(&ASKED), now).unwrap();
    let elsewhere = Caution::SignedElsewhere {
        authority: "ca".into(),
        certificates: 3,
    };
    assert!(
        renewal.cautions().contains(&elsewhere),
        "{:?}",
        renewal.cautions()
    );
    let issuance = begun(renewal, now);
    assert_eq!(
        waiting(&issuance),
        ["admin", "kube-apiserver", "etcd-server"]
    );
    (own, issuance)
}

fn now() -> Timestamp {
    timestamp(today())
}

fn waiting(issuance: &Issuance) -> Vec<String> {
    issuance
        .waiting()
        .map(|waiting| waiting.unwrap().0.id.clone())
        .collect()
}

/// Where the requests lie at whoever signs them.
struct Desk {
    folder: PathBuf,
    _home: TempDir,
}

impl Desk {
    fn new(own: &Pki, issuance: &Issuance) -> Self {
        let home = tempfile::tempdir().unwrap();
        let zip = home.path().join("zip");
        Requests::new(issuance, None)
            .unwrap()
            .write(fs::File::create(&zip).unwrap())
            .unwrap();
        run(Tool::Unzip
            .command()
            .arg("-q")
            .arg(&zip)
            .current_dir(home.path()))
        .succeeded();
        let folder = home
            .path()
            .join(format!("{}-requests/requests", own.plan().name()));
        let desk = Self {
            folder,
            _home: home,
        };
        let public = own.keys().of("ca").unwrap().to_public_key_pem().unwrap();
        fs::write(desk.path("ca.crt.pub"), public).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn put_key(&self, own: &Pki) {
        let key = own.keys().of("ca").unwrap().to_pkcs8_pem().unwrap();
        fs::write(self.path("ca.key"), key.as_bytes()).unwrap();
    }
}
