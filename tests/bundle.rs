//! The zip, read back by Info-ZIP, and what it holds.

mod common;

use std::fs;

use common::command::{Tool, example, run};
use common::scp::Scp;
use common::{NOW, SEED_CLUSTER, Unpacked, contents, foreign_pki, pki, pki_of, seed_plan};
use hardway::{Bundle, Pki};

#[test]
fn unzip_leaves_every_file_of_the_plan_with_its_mode() {
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    contents::files(&bundle, pki.plan());
    contents::modes(&bundle);
    for file in Bundle::new(&pki).files() {
        let file = file.unwrap();
        assert!(
            bundle.read(&file.path) == *file.content,
            "{} differs after unzip",
            file.path
        );
    }
}

#[test]
fn zipinfo_sees_unix_modes_and_the_clock_s_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.zip");
    fs::write(&path, zip(&pki())).unwrap();
    let listing = run(Tool::Zipinfo.command().arg("-lT").arg(&path)).succeeded();
    let root = "kubernetes-the-hard-way";
    for (mode, file) in [
        ("drwx------", format!("{root}/")),
        ("drwx------", format!("{root}/nodes/worker-1/")),
        ("-rw-------", format!("{root}/pki/ca.key")),
        ("-rw-r--r--", format!("{root}/pki/ca.crt")),
        ("-rw-------", format!("{root}/kubeconfig/admin.kubeconfig")),
        ("-rwxr-xr-x", format!("{root}/verify.sh")),
    ] {
        let line = listing
            .lines()
            .find(|line| line.ends_with(&format!(" {file}")));
        let line = line.unwrap_or_else(|| panic!("zipinfo lists no {file}: {listing}"));
        assert!(line.starts_with(&format!("{mode} ")), "{line}");
        assert!(line.contains(" unx "), "{line}");
        assert!(line.contains(" 20261123.000000 "), "{line}");
    }
    run(Tool::Unzip.command().arg("-tqq").arg(&path)).succeeded();
}

#[test]
fn the_same_inputs_give_the_same_bytes_and_other_inputs_others() {
    let first = zip(&pki());
    assert!(first == zip(&pki()), "the same inputs gave other bytes");
    assert!(
        first != zip(&pki_of(seed_plan(), NOW, 2)),
        "other serial numbers"
    );
    assert!(
        first != zip(&pki_of(seed_plan(), NOW + 1, 1)),
        "another second"
    );
    assert!(first != zip(&foreign_pki(NOW)), "other keys");
}

#[test]
fn the_checksums_cover_every_file() {
    let bundle = Unpacked::native(&pki());
    contents::checksums(&bundle);
    let path = bundle.pki("admin.crt");
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::write(&path, bytes).unwrap();
    let said = run(std::process::Command::new("sha256sum")
        .args(["--check", "--quiet", "SHA256SUMS"])
        .current_dir(&bundle.root))
    .failed();
    assert!(said.contains("pki/admin.crt: FAILED"), "{said}");
}

#[test]
fn the_readme_says_what_each_file_is() {
    let pki = pki();
    let bundle = Unpacked::native(&pki);
    contents::readme(&bundle, pki.plan());
    let [text, japanese] = ["README.txt", "README.ja.txt"].map(|file| bundle.text(file));
    for line in [
        "2026-11-23T00:00:00Z に Hardway で作成しました。",
        "ca.key は秘密にしてください。",
        "    有効期限：2029-08-19T00:00:00Z",
        "    使用者：kube-apiserver（kubelet のクライアントとして）、kube-apiserver（サーバーとして）",
    ] {
        assert!(japanese.contains(line), "README.ja.txt lacks {line:?}");
    }
    for line in [
        "made by Hardway on 2026-11-23T00:00:00Z.",
        "KEEP ca.key SECRET.",
        "    expires: 2029-08-19T00:00:00Z",
        "    used by: kube-apiserver as a client of kubelet, kube-apiserver as a server",
    ] {
        assert!(text.contains(line), "README.txt lacks {line:?}");
    }
}

#[test]
fn kubeconfigs_embed_the_very_files_of_pki() {
    let pki = pki();
    contents::kubeconfigs(&Unpacked::native(&pki), pki.plan());
}

#[test]
fn a_node_s_folder_holds_copies_of_the_very_files() {
    let pki = pki();
    contents::node_folders(&Unpacked::native(&pki), pki.plan());
}

#[test]
fn the_bundle_finds_nothing_wrong_with_itself() {
    let pki = common::pki_of_today();
    contents::verified_by_itself(&Unpacked::native(&pki), pki.plan());
}

#[test]
fn the_seed_s_own_scp_loop_works_from_pki_as_it_stands_in_the_guide() {
    // Word for word, but for the continuation of the lines.
    const LOOP: &str = "for instance in master-1 master-2; do
  scp ca.crt ca.key kube-apiserver.key kube-apiserver.crt \\
    service-account.key service-account.crt \\
    etcd-server.key etcd-server.crt \\
    ${instance}:~/
done
";
    let bundle = Unpacked::native(&pki());
    let scp = Scp::new(&bundle);
    let mut shell = Tool::Dash.command();
    shell
        .args(["-euc", LOOP])
        .current_dir(bundle.root.join("pki"));
    run(scp.serve(&mut shell)).succeeded();
    let files = [
        "ca.crt",
        "ca.key",
        "etcd-server.crt",
        "etcd-server.key",
        "kube-apiserver.crt",
        "kube-apiserver.key",
        "service-account.crt",
        "service-account.key",
    ];
    for host in ["master-1", "master-2"] {
        let home = scp.hosts.join(host);
        assert_eq!(common::files_below(&home), files);
        for file in files {
            assert!(
                fs::read(home.join(file)).unwrap() == bundle.read(&format!("pki/{file}")),
                "{host} {file}"
            );
        }
    }
}

#[test]
fn the_example_writes_a_bundle_and_a_line_for_each_file() {
    let folder = tempfile::tempdir().unwrap();
    let (description, zip) = (
        folder.path().join("cluster.json"),
        folder.path().join("out.zip"),
    );
    fs::write(&description, SEED_CLUSTER).unwrap();
    let said = run(example("bundle").arg(&description).arg(&zip)).succeeded();
    let plan = seed_plan();
    let bundle = Unpacked::downloaded(&zip, plan.name());
    contents::files(&bundle, &plan);
    assert_eq!(said.lines().count(), bundle.files().len());
    for line in said.lines() {
        let (_, file) = line.split_once(&format!("{}/", plan.name())).unwrap();
        assert!(bundle.files().contains(&file.to_owned()), "{line}");
    }
}

#[test]
fn the_example_writes_nothing_when_the_description_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (description, zip) = (
        folder.path().join("cluster.json"),
        folder.path().join("out.zip"),
    );
    fs::write(
        &description,
        r#"{"preset": "hard-way-2020", "name": "../x"}"#,
    )
    .unwrap();
    let said = run(example("bundle").arg(&description).arg(&zip)).failed();
    assert!(
        said.starts_with("bundle: \"../x\" is not a DNS-1123 "),
        "{said}"
    );
    assert!(said.contains("\nhint: "), "{said}");
    assert!(!zip.exists());
}

fn zip(pki: &Pki) -> Vec<u8> {
    let mut zip = Vec::new();
    Bundle::new(pki).write(&mut zip).unwrap();
    zip
}
