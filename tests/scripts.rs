//! Every script is clean shell; verify.sh finds every kind of damage.

mod common;

use std::fs;
use std::path::Path;

use common::command::{Tool, run, shells};
use common::{Unpacked, files_below, foreign_pki, pki, pki_of_today, seed_plan, today};

#[test]
fn shellcheck_has_nothing_to_say_of_any_script() {
    let bundle = Unpacked::native(&pki());
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("crate/bundle/scripts");
    let mut checked = 0;
    for root in [sources, bundle.root.clone()] {
        for file in files_below(&root)
            .iter()
            .filter(|file| file.ends_with(".sh"))
        {
            let path = root.join(file);
            run(Tool::Shellcheck
                .command()
                .args(["--shell=sh", "--severity=style"])
                .arg(path))
            .succeeded();
            checked += 1;
        }
    }
    // Three sources; the same three, a make.sh for each of two tools, and an install.sh for each of four nodes.
    assert_eq!(checked, 3 + 5 + 4);
    let bad = bundle.scratch("bad").join("bad.sh");
    fs::write(&bad, "#!/bin/sh\nrm -rf $1\n").unwrap();
    run(Tool::Shellcheck.command().arg(bad)).failed();
}

#[test]
fn verify_sh_finds_nothing_wrong_with_a_good_bundle() {
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki_of_today());
        let said = run(shell.arg(bundle.root.join("verify.sh"))).succeeded();
        let ids: Vec<_> = said
            .lines()
            .map(|line| line.split(' ').nth(6).unwrap())
            .collect();
        let plan = seed_plan();
        assert!(
            ids.iter().eq(plan.certificates.iter().map(|c| &c.id)),
            "{said}"
        );
        assert!(said.lines().all(|line| line.starts_with("ok ")), "{said}");
    }
}

#[test]
fn verify_sh_names_the_file_of_each_kind_of_damage_and_fails() {
    type Damage = fn(&Unpacked);
    let table: &[(&str, Damage, &[&str])] = &[
        (
            "two keys swapped",
            |bundle| {
                let spare = bundle.scratch("spare").join("key");
                fs::rename(bundle.pki("admin.key"), &spare).unwrap();
                fs::rename(bundle.pki("kube-proxy.key"), bundle.pki("admin.key")).unwrap();
                fs::rename(&spare, bundle.pki("kube-proxy.key")).unwrap();
            },
            &[
                "WRONG   SHA256SUMS: a file is not the one that was made",
                "WRONG   pki/admin.key: does not match pki/admin.crt",
                "WRONG   pki/kube-proxy.key: does not match pki/kube-proxy.crt",
            ],
        ),
        (
            "a changed byte in a script",
            |bundle| fs::write(bundle.root.join("install.sh"), "#!/bin/sh\n").unwrap(),
            &["WRONG   SHA256SUMS: a file is not the one that was made"],
        ),
        (
            "a changed letter in a certificate",
            |bundle| {
                let path = bundle.pki("etcd-server.crt");
                let mut bytes = fs::read(&path).unwrap();
                let last = bytes.iter().rposition(|&byte| byte == b'E').unwrap() - 40;
                bytes[last] = if bytes[last] == b'A' { b'B' } else { b'A' };
                fs::write(&path, bytes).unwrap();
            },
            &[
                "WRONG   SHA256SUMS: a file is not the one that was made",
                "WRONG   pki/etcd-server.crt: openssl verify -purpose sslserver refuses it",
                "WRONG   pki/etcd-server.crt: openssl verify -purpose sslclient refuses it",
            ],
        ),
        (
            "a missing request",
            |bundle| fs::remove_file(bundle.pki("admin.csr")).unwrap(),
            &[
                "WRONG   SHA256SUMS: a file is not the one that was made",
                "WRONG   pki/admin.csr: does not match pki/admin.crt",
            ],
        ),
        (
            "a missing certificate",
            |bundle| fs::remove_file(bundle.pki("worker-1.crt")).unwrap(),
            &[
                "WRONG   pki/worker-1.crt: openssl verify -purpose sslserver refuses it",
                "WRONG   pki/worker-1.key: does not match pki/worker-1.crt",
            ],
        ),
        (
            "key, request and certificate of a foreign authority of the same name",
            |bundle| {
                let foreign = Unpacked::native(&foreign_pki(today()));
                for file in ["worker-1.crt", "worker-1.csr", "worker-1.key"] {
                    fs::copy(foreign.pki(file), bundle.pki(file)).unwrap();
                }
            },
            &[
                "WRONG   SHA256SUMS: a file is not the one that was made",
                "WRONG   pki/worker-1.crt: openssl verify -purpose sslserver refuses it",
            ],
        ),
    ];
    for (what, damage, lines) in table {
        for mut shell in shells() {
            let bundle = Unpacked::native(&pki_of_today());
            damage(&bundle);
            let ended = run(shell.arg(bundle.root.join("verify.sh")));
            assert_eq!(ended.status.code(), Some(1), "{what}: {ended}");
            for line in *lines {
                assert!(
                    ended.stdout.lines().any(|said| said == *line),
                    "{what}: no {line:?}: {ended}"
                );
            }
        }
    }
}

#[test]
fn verify_sh_says_what_has_expired() {
    let long_ago = today() - 1000 * 86_400 - 1;
    let bundle = Unpacked::native(&common::pki_of(seed_plan(), long_ago, 1));
    for mut shell in shells() {
        let ended = run(shell.arg(bundle.root.join("verify.sh")));
        assert_eq!(ended.status.code(), Some(1), "{ended}");
        assert!(
            ended
                .stdout
                .contains("WRONG   pki/admin.crt: has expired\n"),
            "{ended}"
        );
    }
}
