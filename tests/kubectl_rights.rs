//! What kubectl makes of the files in config/ that give rights. Even for `--dry-run=client` it asks a server which kinds there are,
//! so one stands there, with the files of the kube-apiserver that the admin's kubeconfig names.

mod common;

use std::path::Path;

use common::apiserver::{Apiserver, dialled, host, kubectl, server_end, write};
use common::command::{Ended, Tool};
use common::{Unpacked, openssl, pki_of, pki_of_today, presets, seed_plan, today};
use hardway::{ConfigurationKind, Kubeconfig, Plan};
use serde_json::Value;

#[test]
fn kubectl_takes_the_rights_of_every_preset_for_those_of_the_user_that_really_calls() {
    if !Tool::Kubectl.is_there_or_skip() {
        return;
    }
    for plan in presets::all() {
        let pki = pki_of(plan, today(), 1);
        let (bundle, plan) = (Unpacked::native(&pki), pki.plan());
        let (server, admin) = admin(&bundle, plan);
        for configuration in &plan.configurations {
            let (kinds, id, kind, field) = match configuration.kind {
                ConfigurationKind::AdminAccess => {
                    (&["ClusterRoleBinding"][..], "admin", "Group", "O")
                }
                ConfigurationKind::KubeletAccess => (
                    &["ClusterRole", "ClusterRoleBinding"][..],
                    kubelet_client(plan),
                    "User",
                    "CN",
                ),
                // Read by kube-apiserver as it starts, not by kubectl.
                ConfigurationKind::Encryption => continue,
            };
            let file = bundle.root.join("config").join(configuration.file);
            let created = apply(
                &bundle,
                &server,
                &admin,
                &["create", "--validate=false", "--output=json"],
                &file,
            )
            .succeeded();
            let created = serde_json::Deserializer::from_str(&created).into_iter::<Value>();
            let created: Vec<Value> = created.map(Result::unwrap).collect();
            assert!(
                created.iter().map(|one| &one["kind"]).eq(kinds),
                "{created:?}"
            );
            let binding = created.last().unwrap();
            let subjects = binding["subjects"].as_array().unwrap();
            assert_eq!(subjects.len(), 1);
            let issued = issued(&bundle, id, field);
            assert_eq!(
                (&subjects[0]["kind"], &subjects[0]["name"]),
                (&kind.into(), &issued.clone().into())
            );
            // This one reads them into the very types of the API.
            let reconciled = apply(&bundle, &server, &admin, &["auth", "reconcile"], &file);
            let granted = format!(
                "{{Kind:{kind} APIGroup:rbac.authorization.k8s.io Name:{issued} Namespace:}}"
            );
            assert!(
                reconciled.status.success() && reconciled.stderr.contains(&granted),
                "{reconciled}"
            );
        }
    }
}

#[test]
fn kubectl_refuses_rights_that_are_no_yaml_of_no_kind_or_of_another_shape() {
    if !Tool::Kubectl.is_there_or_skip() {
        return;
    }
    let (bundle, plan) = (Unpacked::native(&pki_of_today()), seed_plan());
    let (server, admin) = admin(&bundle, &plan);
    let good = bundle.text("config/kube-apiserver-to-kubelet.yaml");
    let table = [
        (
            "kind: ClusterRoleBinding",
            "kind ClusterRoleBinding",
            "error parsing",
        ),
        (
            "kind: ClusterRoleBinding",
            "kind: ClusterRoleBindung",
            "no kind \"ClusterRoleBindung\" is registered",
        ),
        (
            "rbac.authorization.k8s.io/v1",
            "rbac.authorization.k8s.io/v0",
            "no kind \"ClusterRole\" is registered for version",
        ),
        (
            "name: kube-apiserver\n",
            "name: [kube-apiserver]\n",
            "unable to decode",
        ),
    ];
    for (right, wrong, reason) in table {
        assert!(good.contains(right), "{good}");
        let file = write(&bundle, "broken.yaml", &good.replace(right, wrong));
        let said = apply(&bundle, &server, &admin, &["auth", "reconcile"], &file).failed();
        assert!(said.contains(reason), "{wrong}: {said}");
    }
    let file = write(&bundle, "whole.yaml", &good);
    apply(&bundle, &server, &admin, &["auth", "reconcile"], &file).succeeded();
}

/// The certificate that kube-apiserver shows the kubelets.
fn kubelet_client(plan: &Plan) -> &str {
    let mut connections = plan.connections.iter();
    let call = connections.find(|c| c.kind == "kube-apiserver/kubelet");
    call.unwrap().client.certificate.as_deref().unwrap()
}

/// One attribute of the subject of a certificate in the bundle, by openssl.
fn issued(bundle: &Unpacked, id: &str, field: &str) -> String {
    let shown = openssl::openssl(
        bundle,
        &[
            "x509",
            "-noout",
            "-subject",
            "-nameopt",
            "sep_multiline,sname",
            "-in",
            &format!("{id}.crt"),
        ],
    );
    let shown = shown.succeeded();
    let start = format!("{field}=");
    let mut values = shown
        .lines()
        .filter_map(|line| line.trim().strip_prefix(&start));
    values
        .next()
        .unwrap_or_else(|| panic!("no {field} in {shown}"))
        .to_owned()
}

/// A server with the admin's kubeconfig for it.
fn admin(bundle: &Unpacked, plan: &Plan) -> (Apiserver, Kubeconfig) {
    let own = |one: &&Kubeconfig| one.certificate == "admin";
    let planned = plan.kubeconfigs.iter().find(own).unwrap();
    (
        Apiserver::start(&server_end(bundle, dialled(plan, planned))),
        planned.clone(),
    )
}

fn apply(
    bundle: &Unpacked,
    server: &Apiserver,
    admin: &Kubeconfig,
    command: &[&str],
    file: &Path,
) -> Ended {
    let name = format!("--tls-server-name={}", host(admin));
    let mut arguments = vec!["--server", &server.url, &name];
    arguments.extend(command);
    arguments.extend(["--dry-run=client", "--filename", file.to_str().unwrap()]);
    kubectl(
        bundle,
        &bundle.root.join("kubeconfig").join(&admin.file),
        &arguments,
    )
}
