//! Every preset, with its own nodes and as a highly available cluster: by openssl, Go and the shells.

mod common;

use common::command::{Tool, run, shells};
use common::handshake::{End, every_connection, make, of_connection};
use common::{NOW, Unpacked, contents, openssl, pki_of, presets, today};
use hardway::{Plan, Role};
use serde_norway::Value;

#[test]
fn openssl_accepts_every_file_of_every_preset_and_refuses_other_purposes_and_names() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        let bundle = Unpacked::native(&pki);
        openssl::purposes(&bundle, pki.plan(), NOW);
        openssl::names(&bundle, pki.plan(), NOW);
        openssl::keys(&bundle, pki.plan());
        openssl::contents(&bundle, pki.plan());
        openssl::serials(&bundle, pki.plan());
    }
}

#[test]
fn go_makes_every_connection_of_every_preset_by_every_name_that_it_dials() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        every_connection(&Unpacked::native(&pki), pki.plan(), NOW);
    }
}

#[test]
fn a_client_of_one_authority_is_refused_where_another_is_trusted() {
    let plan = presets::own().remove(3);
    let pki = pki_of(plan, NOW, 1);
    let bundle = Unpacked::native(&pki);
    let to_etcd = "kube-apiserver@control-plane-1/etcd@control-plane-1";
    let connection = pki.plan().connections.iter().find(|c| c.id == to_etcd);
    let mut handshake = of_connection(&bundle, connection.unwrap()).remove(0);
    // admin may do everything at kube-apiserver, and nothing at etcd.
    handshake.client = End::default()
        .show(&bundle, "admin")
        .trust(&bundle, "etcd/ca");
    let outcome = make(NOW, &[handshake.clone()]).remove(0);
    assert_eq!(
        outcome.server,
        "tls: failed to verify certificate: x509: certificate signed by unknown authority"
    );
    handshake.client = End::default()
        .show(&bundle, "apiserver-etcd-client")
        .trust(&bundle, "ca");
    let outcome = make(NOW, &[handshake]).remove(0);
    assert_eq!(
        outcome.client,
        "tls: failed to verify certificate: x509: certificate signed by unknown authority"
    );
}

#[test]
fn every_bundle_holds_what_its_plan_says() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        let (bundle, plan) = (Unpacked::native(&pki), pki.plan());
        contents::files(&bundle, plan);
        contents::modes(&bundle);
        contents::checksums(&bundle);
        contents::readme(&bundle, plan);
        contents::kubeconfigs(&bundle, plan);
        contents::node_folders(&bundle, plan);
    }
}

#[test]
fn verify_sh_finds_nothing_wrong_with_any_preset_s_bundle() {
    for plan in presets::all() {
        let pki = pki_of(plan, today(), 1);
        for mut shell in shells() {
            let bundle = Unpacked::native(&pki);
            let said = run(shell.arg(bundle.root.join("verify.sh"))).succeeded();
            assert_eq!(
                said.lines().count(),
                pki.plan().certificates.len(),
                "{said}"
            );
            assert!(said.lines().all(|line| line.starts_with("ok ")), "{said}");
        }
    }
}

#[test]
fn verify_sh_finds_a_public_key_that_belongs_to_another() {
    let pki = pki_of(presets::own().remove(3), today(), 1);
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki);
        let other = bundle.text("pki/sa.pub").replace('A', "B");
        std::fs::write(bundle.pki("sa.pub"), other).unwrap();
        let said = run(shell.arg(bundle.root.join("verify.sh"))).failed();
        assert!(
            said.contains("WRONG   pki/sa.pub: does not match pki/sa.key\n"),
            "{said}"
        );
    }
}

#[test]
fn install_sh_puts_every_file_of_every_node_of_every_preset_to_its_final_path() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        for mut shell in shells() {
            // One bundle a shell: what is installed lies next to it.
            let bundle = Unpacked::native(&pki);
            let nodes = pki.plan().cluster.nodes.iter().flatten();
            for node in nodes.filter(|node| node.role != Role::LoadBalancer) {
                install(&mut shell, &bundle, pki.plan(), &node.name);
            }
        }
    }
}

fn install(shell: &mut std::process::Command, bundle: &Unpacked, plan: &Plan, node: &str) {
    let root = bundle.scratch(&format!("root of {node}"));
    let mut command = std::process::Command::new(shell.get_program());
    command.args(shell.get_args()).env("LC_ALL", "C");
    command.arg(bundle.root.join("nodes").join(node).join("install.sh"));
    run(command.arg("--root").arg(&root)).succeeded();
    contents::installed(bundle, plan, node, &root);
}

#[test]
fn the_openssl_commands_of_every_preset_make_what_openssl_accepts() {
    for plan in presets::own() {
        let pki = pki_of(plan, NOW, 1);
        let bundle = Unpacked::native(&pki);
        let by_hand = Unpacked::native(&pki);
        std::fs::remove_dir_all(by_hand.root.join("pki")).unwrap();
        std::fs::create_dir(by_hand.root.join("pki")).unwrap();
        run(Tool::Dash
            .command()
            .arg(bundle.root.join("openssl/make.sh"))
            .current_dir(by_hand.root.join("pki")))
        .succeeded();
        openssl::purposes(&by_hand, pki.plan(), today() + 60);
        openssl::keys(&by_hand, pki.plan());
        openssl::contents(&by_hand, pki.plan());
    }
}

#[test]
fn shellcheck_has_nothing_to_say_of_any_preset_s_scripts() {
    for plan in presets::all() {
        let bundle = Unpacked::native(&pki_of(plan, NOW, 1));
        for file in [
            "distribute.sh",
            "install.sh",
            "verify.sh",
            "openssl/make.sh",
        ] {
            let mut shellcheck = Tool::Shellcheck.command();
            shellcheck.args(["--shell=sh", "--severity=style"]);
            run(shellcheck.arg(bundle.root.join(file))).succeeded();
        }
    }
}

#[test]
fn the_rights_are_given_to_whom_the_kubelets_really_see() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        let plan = pki.plan();
        let text = Unpacked::native(&pki).text("config/kube-apiserver-to-kubelet.yaml");
        let documents: Vec<Value> = serde_norway::Deserializer::from_str(&text)
            .map(|document| serde::Deserialize::deserialize(document).unwrap())
            .collect();
        let [role, binding] = &documents[..] else {
            panic!("two documents are wanted: {text}")
        };
        assert_eq!(role["kind"], "ClusterRole");
        assert_eq!(role["apiVersion"], "rbac.authorization.k8s.io/v1");
        assert_eq!(role["rules"][0]["resources"][0], "nodes/proxy");
        assert_eq!(binding["roleRef"]["name"], role["metadata"]["name"]);
        assert_eq!(binding["subjects"][0]["kind"], "User");
        let mut calls = plan.connections.iter();
        let call = calls
            .find(|call| call.kind == "kube-apiserver/kubelet")
            .unwrap();
        let client = plan
            .certificate(call.client.certificate.as_ref().unwrap())
            .unwrap();
        let user = client.value(hardway::Attribute::CommonName);
        assert_eq!(binding["subjects"][0]["name"], user);
    }
}

#[test]
fn the_encryption_key_has_32_bytes_and_is_new_each_time() {
    let key = |seed| {
        let pki = pki_of(presets::own().remove(0), NOW, seed);
        let text = Unpacked::native(&pki).text("config/encryption-config.yaml");
        let yaml: Value = serde_norway::from_str(&text).unwrap();
        assert_eq!(yaml["kind"], "EncryptionConfiguration");
        assert_eq!(yaml["resources"][0]["resources"][0], "secrets");
        let providers = &yaml["resources"][0]["providers"];
        let secret = &providers[0]["aescbc"]["keys"][0]["secret"];
        <base64ct::Base64 as base64ct::Encoding>::decode_vec(secret.as_str().unwrap()).unwrap()
    };
    assert_eq!(key(1).len(), 32);
    assert_eq!(key(1), key(1));
    assert_ne!(key(1), key(2));
}
