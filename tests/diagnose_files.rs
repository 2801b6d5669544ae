//! Files: keys, copies, permissions, numbers, and what has no place: clusters that are broken on purpose, each with the finding that has to be on top.

mod common;

use common::broken::{Forge, again, kubeadm, pki_folder, says, seed, top_at};
use common::recognised::Dropped;
use common::workbench::Workbench;
use common::{NOW, foreign_pki, pki, pki_of, plan_of, today};
use hardway::PrivateKey;
use hardway::diagnose::{Code, Mend, Severity};

#[test]
fn row_9_one_control_plane_signs_tokens_with_another_key_or_verifies_with_another() {
    let pki = pki();
    let whole = || Dropped::bundle(&pki).keep(|path| path.contains("/nodes/"));
    let other = whole().read("nodes/master-1/kube-apiserver.key");
    // Its certificate is another's as well, or it would not even be its own.
    let found = top_at(
        &whole().put("nodes/master-2/service-account.key", &other),
        NOW,
        Code::TokenKeyDiffers,
    );
    let top = found.top();
    assert_eq!(top.parameters["node"], "master-2");
    let Mend::Copy { node, to, from } = &top.mend[0] else {
        panic!("{top:#?}")
    };
    assert_eq!(
        (node.as_deref(), to.as_str()),
        (Some("master-2"), "/var/lib/kubernetes/service-account.key")
    );
    assert!(
        from.ends_with("nodes/master-1/service-account.key"),
        "{from}"
    );
    assert_eq!(top.commands.len(), 2);
    let kubeadm = kubeadm();
    let public = Dropped::bundle(&kubeadm).read("pki/ca.key");
    let key = String::from_utf8(public).unwrap();
    let key = rsa::pkcs8::SecretDocument::from_pem(&key).unwrap().1;
    let key = PrivateKey::from_pkcs8_der(key.as_bytes(), "ca")
        .unwrap()
        .to_public_key_pem()
        .unwrap();
    let dropped = Dropped::bundle(&kubeadm)
        .keep(pki_folder)
        .put("pki/sa.pub", key.as_bytes());
    let found = top_at(&dropped, NOW, Code::TokenKeyDiffers);
    assert_eq!(found.top().parameters["file"], "pub");
}

#[test]
fn row_17_two_keys_have_changed_places() {
    let seed = seed();
    let (admin, proxy) = (
        seed.read("pki/admin.key"),
        seed.read("pki/kube-apiserver.key"),
    );
    let only = Dropped(seed.0).keep(|path| path.contains("/pki/"));
    let found = top_at(
        &only
            .put("pki/admin.key", &proxy)
            .put("pki/kube-apiserver.key", &admin),
        NOW,
        Code::KeyMismatch,
    );
    let finding = found
        .findings
        .iter()
        .find(|one| {
            one.parameters
                .get("certificate")
                .is_some_and(|id| id == "kube-apiserver")
        })
        .unwrap();
    assert!(finding.parameters["right"].ends_with("pki/admin.key"));
    let Mend::Copy { from, to, .. } = &finding.mend[0] else {
        panic!("{finding:#?}")
    };
    assert!(from.ends_with("pki/admin.key"));
    assert_eq!(to, "/var/lib/kubernetes/kube-apiserver.key");
    says(finding, "", "tls: private key does not match public key");
    assert_eq!(
        finding.commands[0].command,
        "openssl x509 -in /var/lib/kubernetes/kube-apiserver.crt -noout -pubkey | openssl sha256"
    );
}

#[test]
fn row_18_wrong_copies_servers_and_authorities() {
    let only = || Dropped(seed().0).keep(|path| path.contains("/pki/"));
    // Another's certificate and key under etcd's name.
    let (admin, key) = (only().read("pki/admin.crt"), only().read("pki/admin.key"));
    let wrong = only()
        .put("pki/etcd-server.crt", &admin)
        .put("pki/etcd-server.key", &key);
    let found = top_at(&wrong, NOW, Code::WrongCopy);
    let top = found.top();
    assert_eq!(
        (
            top.parameters["file"].as_str(),
            top.parameters["holds"].as_str()
        ),
        ("etcd-server.crt", "CN=admin, O=system:masters")
    );
    assert_eq!(again(top), ["etcd-server"]);
    // One kubeconfig calls a server that the others do not know.
    let wrong = seed().replace(
        "kubeconfig/kube-proxy.kubeconfig",
        "192.168.5.30",
        "192.168.5.31",
    );
    let found = top_at(&wrong, NOW, Code::WrongServer);
    let top = found.top();
    assert!(top.parameters["path"].ends_with("kubeconfig/kube-proxy.kubeconfig"));
    assert_eq!(top.parameters["usual"], "https://192.168.5.30:6443");
    assert!(
        matches!(&top.mend[0], Mend::SetServer { server, .. } if server == "https://192.168.5.30:6443"),
        "{top:#?}"
    );
    // One kubeconfig still has the authority of the cluster before.
    let foreign = Dropped::bundle(&foreign_pki(NOW)).read("kubeconfig/kube-scheduler.kubeconfig");
    let field = |text: &[u8]| {
        let text = String::from_utf8(text.to_vec()).unwrap();
        text.lines()
            .find(|line| line.contains("certificate-authority-data"))
            .unwrap()
            .trim()
            .to_owned()
    };
    let own = seed().read("kubeconfig/kube-scheduler.kubeconfig");
    let wrong = seed().replace(
        "kubeconfig/kube-scheduler.kubeconfig",
        &field(&own),
        &field(&foreign),
    );
    let found = top_at(&wrong, NOW, Code::KubeconfigAuthority);
    assert!(found.top().parameters["path"].ends_with("kube-scheduler.kubeconfig"));
    assert!(
        found
            .top()
            .connections
            .iter()
            .all(|one| one.starts_with("kube-scheduler@"))
    );
    // A node's copy of the authority is another one.
    let foreign = foreign_pki(NOW);
    let ca = foreign.issued("ca").unwrap().certificate_pem.clone();
    let whole = Dropped::bundle(&pki());
    let found = top_at(
        &whole.put("nodes/worker-1/ca.crt", ca.as_bytes()),
        NOW,
        Code::AuthorityRemade,
    );
    assert!(
        found
            .top()
            .connections
            .iter()
            .all(|one| one.ends_with("/kubelet@worker-1")),
        "{:#?}",
        found.top()
    );
    let Mend::Copy { from, node, to } = &found.top().mend[0] else {
        panic!("{:#?}", found.top())
    };
    assert!(from.ends_with("/pki/ca.crt"), "{from}");
    assert_eq!(
        (node.as_deref(), to.as_str()),
        (Some("worker-1"), "/var/lib/kubernetes/ca.crt")
    );
}

#[test]
fn row_19_permissions_and_keys_where_nobody_needs_them() {
    let whole = Dropped::bundle(&pki());
    let key = whole.read("pki/ca.key");
    let found = whole
        .mode("pki/admin.key", 0o644)
        .add("kubernetes-the-hard-way/nodes/worker-1/ca.key", &key)
        .recognised(NOW);
    assert_eq!(found.codes(Severity::Breaks), []);
    assert_eq!(
        found.codes(Severity::Unsafe),
        [Code::AuthorityKeyExposed, Code::WorldReadable]
    );
    let finding = found.finding(Code::WorldReadable);
    assert_eq!(finding.parameters["mode"], "644");
    assert!(
        matches!(&finding.mend[..], [Mend::Chmod { path, mode: "600" }] if path.ends_with("pki/admin.key")),
        "{finding:#?}"
    );
    let finding = found.finding(Code::AuthorityKeyExposed);
    assert_eq!(finding.parameters["node"], "worker-1");
    assert!(
        matches!(&finding.mend[..], [Mend::Remove { path }] if path.ends_with("worker-1/ca.key"))
    );
}

#[test]
fn row_22_a_serial_number_that_is_used_twice() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let mut dropped = Dropped(seed.0.clone()).keep(|path| path.contains("/pki/"));
    for (id, cn) in [
        ("kube-scheduler", "system:kube-scheduler"),
        ("kube-proxy", "system:kube-proxy"),
    ] {
        let how = ["-set_serial", "1", "-days", "900"];
        let made = forge.signed(id, &format!("/CN={cn}"), &how);
        dropped = dropped.put(&format!("pki/{id}.crt"), &made);
    }
    let found = dropped.recognised(today().max(NOW));
    assert_eq!(found.codes(Severity::Breaks), []);
    let finding = found.finding(Code::DuplicateSerial);
    assert_eq!(
        (finding.parameters["serial"].as_str(), finding.items.len()),
        ("01", 2)
    );
    assert_eq!(finding.certificates, ["kube-proxy", "kube-scheduler"]);
}

#[test]
fn files_without_a_place_are_named_and_so_is_what_is_not_given() {
    let seed = Dropped(seed().0).keep(|path| path.contains("/pki/") && !path.contains("/admin."));
    let bench = Workbench::new();
    bench.openssl("genpkey -algorithm RSA -out stray.key");
    bench.openssl("req -x509 -key stray.key -subj /CN=www.example.org -addext subjectAltName=DNS:www.example.org -out www.crt");
    let found = seed
        .add("web/www.crt", &bench.read("www.crt"))
        .recognised(NOW);
    let unused = found.finding(Code::UnusedFiles);
    assert_eq!((unused.severity, unused.items.len()), (Severity::Untidy, 1));
    let missing = found.finding(Code::NotGiven);
    assert_eq!(missing.parameters["file"], "admin.crt");
    assert!(
        missing
            .connections
            .iter()
            .all(|one| one.starts_with("kubectl/"))
    );
}

#[test]
fn several_control_planes_outvote_the_first_one_with_another_token_key() {
    let nodes = ["a", "b", "c"].map(|name| {
        let last = 10 + name.as_bytes()[0];
        format!(r#"{{"name": "{name}", "role": "control-plane", "addresses": ["10.0.0.{last}"]}}"#)
    });
    let plan = plan_of(&format!(
        r#"{{"preset": "hard-way-2020", "nodes": [{}, {{"name": "w", "role": "worker", "addresses": ["10.0.0.21"]}}]}}"#,
        nodes.join(", ")
    ));
    let whole = Dropped::bundle(&pki_of(plan, NOW, 1)).keep(|path| path.contains("/nodes/"));
    let other = whole.read("nodes/a/kube-apiserver.key");
    let found = top_at(
        &whole.put("nodes/a/service-account.key", &other),
        NOW,
        Code::TokenKeyDiffers,
    );
    let top = found.top();
    assert_eq!(top.parameters["node"], "a");
    let Mend::Copy { node, from, .. } = &top.mend[0] else {
        panic!("{top:#?}")
    };
    assert_eq!((node.as_deref(), top.mend.len()), (Some("a"), 1));
    assert!(!from.contains("/a/"), "{from}");
}
