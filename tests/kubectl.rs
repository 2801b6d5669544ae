//! What kubectl makes of every kubeconfig: what it reads there, and who it is to a server with kube-apiserver's files.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::apiserver::{Apiserver, dialled, host, kubectl, server_end, write};
use common::command::{Ended, Tool, run};
use common::{
    Unpacked, contents, foreign_pki, openssl, pki_of, pki_of_today, presets, seed_plan, today,
};
use hardway::{Attribute, Kubeconfig, Plan};
use serde_json::Value;

#[test]
fn kubectl_reads_in_every_kubeconfig_of_every_preset_what_we_meant() {
    if !Tool::Kubectl.is_there_or_skip() {
        return;
    }
    for plan in presets::all() {
        let pki = pki_of(plan, today(), 1);
        let (bundle, plan) = (Unpacked::native(&pki), pki.plan());
        for planned in &plan.kubeconfigs {
            let file = bundle.root.join("kubeconfig").join(&planned.file);
            let read = kubectl(
                &bundle,
                &file,
                &["config", "view", "--raw", "--output=json"],
            )
            .succeeded();
            contents::kubeconfig(
                &bundle,
                plan,
                planned,
                &serde_norway::from_str(&read).unwrap(),
            );
        }
    }
}

#[test]
fn kubectl_refuses_a_kubeconfig_with_a_line_out_of_place() {
    if !Tool::Kubectl.is_there_or_skip() {
        return;
    }
    let bundle = Unpacked::native(&pki_of_today());
    let broken = bundle
        .text("kubeconfig/admin.kubeconfig")
        .replace("    server:", " server:");
    let file = write(&bundle, "broken.kubeconfig", &broken);
    let said = kubectl(&bundle, &file, &["config", "view"]).failed();
    assert!(said.contains("error loading config file"), "{said}");
}

#[test]
fn whoever_has_a_kubeconfig_of_any_preset_is_let_in_as_the_user_that_its_certificate_names() {
    if !Tool::Kubectl.is_there_or_skip() {
        return;
    }
    for plan in presets::all() {
        let pki = pki_of(plan, today(), 1);
        let (bundle, plan) = (Unpacked::native(&pki), pki.plan());
        let mut servers = BTreeMap::new();
        for planned in &plan.kubeconfigs {
            let connection = dialled(plan, planned);
            let server = servers
                .entry(&connection.server.certificate)
                .or_insert_with(|| Apiserver::start(&server_end(&bundle, connection)));
            let said = log_in(
                &bundle,
                &installed(&bundle, plan, planned),
                server,
                host(planned),
            )
            .succeeded();
            let seen: Value = serde_json::from_str(&said).unwrap();
            let certificate = plan.certificate(&planned.certificate).unwrap();
            let shown = openssl::show(&bundle, &planned.certificate, &["-subject"]);
            assert_eq!(
                shown.trim_end(),
                format!("subject={}", openssl::subject(certificate))
            );
            assert_eq!(seen["username"], certificate.value(Attribute::CommonName));
            // The file says the same of its owner.
            assert_eq!(seen["username"], *planned.user);
            let group = certificate.value(Attribute::Organization);
            let groups: Vec<&str> = seen["groups"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|g| g.as_str().unwrap())
                .collect();
            assert_eq!(groups.join(","), group, "{}", planned.file);
        }
    }
}

#[test]
fn a_kubeconfig_with_one_file_of_a_foreign_cluster_is_of_no_use() {
    if !Tool::Kubectl.is_there_or_skip() {
        return;
    }
    let (bundle, foreign) = (
        Unpacked::native(&pki_of_today()),
        Unpacked::native(&foreign_pki(today())),
    );
    let plan = seed_plan();
    let planned = plan
        .kubeconfigs
        .iter()
        .find(|one| one.file == "admin.kubeconfig")
        .unwrap();
    let server = Apiserver::start(&server_end(&bundle, dialled(&plan, planned)));
    let own = bundle.text("kubeconfig/admin.kubeconfig");
    let mixed = |fields: &[&str]| {
        let other = foreign.text("kubeconfig/admin.kubeconfig");
        let lines = own.lines().zip(other.lines());
        let mixed = lines.map(|(own, other)| {
            if fields.iter().any(|field| own.contains(field)) {
                other
            } else {
                own
            }
        });
        let text = mixed.collect::<Vec<_>>().join("\n");
        log_in(
            &bundle,
            &write(&bundle, "mixed.kubeconfig", &text),
            &server,
            "127.0.0.1",
        )
    };
    mixed(&[]).succeeded();
    let said = mixed(&["certificate-authority-data"]).failed();
    assert!(
        said.contains("x509: certificate signed by unknown authority"),
        "{said}"
    );
    let said = mixed(&["client-certificate-data", "client-key-data"]).failed();
    assert!(
        said.contains("You must be logged in to the server"),
        "{said}"
    );
    let said = mixed(&["client-key-data"]).failed();
    assert!(
        said.contains("private key does not match public key"),
        "{said}"
    );
    let said = log_in(
        &bundle,
        &bundle.root.join("kubeconfig/admin.kubeconfig"),
        &server,
        "192.168.5.99",
    )
    .failed();
    assert!(
        said.contains("x509: certificate is valid for ") && said.contains("not 192.168.5.99"),
        "{said}"
    );
}

/// The kubeconfig's path; where it names files, it is installed with them below a folder, and names them there.
fn installed(bundle: &Unpacked, plan: &Plan, planned: &Kubeconfig) -> PathBuf {
    if planned.paths.is_none() {
        return bundle.root.join("kubeconfig").join(&planned.file);
    }
    let placed = plan
        .placements
        .iter()
        .find(|p| p.file == planned.file)
        .unwrap();
    let root = bundle.scratch(&format!("root-of-{}", placed.node));
    let install = bundle
        .root
        .join("nodes")
        .join(&placed.node)
        .join("install.sh");
    run(Tool::Dash.command().arg(install).arg("--root").arg(&root)).succeeded();
    let path = root.join(&placed.path[1..]);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replace(": /", &format!(": {}/", root.display())),
    )
    .unwrap();
    path
}

/// Asks the server who one is.
fn log_in(bundle: &Unpacked, kubeconfig: &Path, server: &Apiserver, host: &str) -> Ended {
    let name = format!("--tls-server-name={host}");
    kubectl(
        bundle,
        kubeconfig,
        &["--server", &server.url, &name, "get", "--raw", "/user"],
    )
}
