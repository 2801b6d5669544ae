//! Authorities: remade, unknown, shared: clusters that are broken on purpose, each with the finding that has to be on top.

mod common;

use common::broken::{Forge, SERVER, again, kubeadm, pki_folder, says, seed, top_at, top_of_today};
use common::recognised::Dropped;
use common::{NOW, foreign_pki, pki, pki_of, plan_of, today};
use hardway::diagnose::{Code, Severity};
use hardway::verify::State;

#[test]
fn row_6_a_kubelet_s_certificate_is_of_an_authority_that_kube_apiserver_does_not_know() {
    let pki = kubeadm();
    let dropped = Dropped::bundle(&pki).keep(|path| path.contains("/pki/"));
    let forge = Forge::new(&dropped);
    let extensions =
        format!("{SERVER}subjectAltName=DNS:w,IP:10.0.0.21").replace(",clientAuth", "");
    let made = forge.leaf_by(
        "front-proxy-ca",
        "w/kubelet",
        "/O=system:nodes/CN=system:node:w",
        &extensions,
    );
    let found = top_of_today(
        &dropped.put("pki/w/kubelet.crt", &made),
        Code::KubeletUnknownAuthority,
    );
    let top = found.top();
    assert_eq!(
        (again(top), top.parameters["issuer"].as_str()),
        (vec!["w/kubelet"], "CN=front-proxy-ca")
    );
    says(
        top,
        "kube-apiserver@",
        "certificate signed by unknown authority",
    );
    assert_eq!(
        top.commands[0].command,
        "openssl x509 -in /var/lib/kubelet/pki/kubelet.crt -noout -issuer -ext authorityKeyIdentifier"
    );
}

#[test]
fn row_8_an_authority_made_anew_leaves_the_old_certificates_behind() {
    let seed =
        Dropped::bundle(&pki()).keep(|path| path.contains("/pki/") && !path.ends_with(".csr"));
    let foreign = foreign_pki(NOW);
    let ca = foreign.issued("ca").unwrap().certificate_pem.clone();
    let key = foreign.keys().of("ca").unwrap().to_pkcs8_pem().unwrap();
    let found = top_at(
        &seed
            .put("pki/ca.crt", ca.as_bytes())
            .put("pki/ca.key", key.as_bytes()),
        NOW,
        Code::AuthorityRemade,
    );
    let top = found.top();
    assert_eq!(top.parameters["authority"], "ca");
    assert_ne!(top.parameters["trusted"], top.parameters["signer"]);
    let made = again(top);
    assert!(
        made.contains(&"kube-apiserver") && made.contains(&"etcd-server") && !made.contains(&"ca"),
        "{made:?}"
    );
    assert!(
        found.others(State::Refused).is_empty()
            || found.states("pod/kube-apiserver").contains(&State::Refused)
    );
    assert_eq!(found.codes(Severity::Breaks), [Code::AuthorityRemade]);
}

#[test]
fn row_23_the_front_proxy_has_the_clients_authority_or_there_is_none() {
    let pki = kubeadm();
    let dropped = Dropped::bundle(&pki).keep(|path| path.contains("/pki/"));
    let forge = Forge::new(&dropped);
    let made = forge.leaf(
        "front-proxy-client",
        "/CN=front-proxy-client",
        "extendedKeyUsage=clientAuth",
    );
    let (ca, key) = (dropped.read("pki/ca.crt"), dropped.read("pki/ca.key"));
    let shared = Dropped(dropped.0.clone())
        .put("pki/front-proxy-client.crt", &made)
        .put("pki/front-proxy-ca.crt", &ca)
        .put("pki/front-proxy-ca.key", &key);
    let found = shared.recognised(today().max(NOW));
    assert_eq!(found.codes(Severity::Breaks), [], "{:#?}", found.findings);
    assert_eq!(
        found.codes(Severity::Unsafe),
        [Code::FrontProxyAuthorityShared]
    );
    assert_eq!(
        again(found.finding(Code::FrontProxyAuthorityShared)),
        ["front-proxy-ca", "front-proxy-client"]
    );
    let none = dropped
        .keep(|path| !path.contains("front-proxy"))
        .recognised(NOW);
    assert_eq!(
        none.finding(Code::FrontProxyMissing).severity,
        Severity::Untidy
    );
}

#[test]
fn row_24_sha_1() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let how = ["-sha1", "-CAcreateserial", "-days", "900"];
    let made = forge.signed("admin", "/O=system:masters/CN=admin", &how);
    let only = Dropped(seed.0).keep(|path| path.contains("/pki/"));
    let found = top_of_today(&only.put("pki/admin.crt", &made), Code::WeakSignature);
    says(
        found.top(),
        "kube-apiserver@",
        "insecure algorithm SHA1-RSA",
    );
}

#[test]
fn a_certificate_of_another_cluster_is_of_an_unknown_authority() {
    let seed = Dropped(seed().0).keep(|path| path.contains("/pki/"));
    let forge = Forge::new(&seed);
    forge.openssl(&[
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "o.key",
        "-out",
        "o.crt",
        "-subj",
        "/CN=OTHER",
    ]);
    let made = forge.leaf_by(
        "o",
        "admin",
        "/CN=admin/O=system:masters",
        "extendedKeyUsage=clientAuth",
    );
    let found = top_of_today(&seed.put("pki/admin.crt", &made), Code::UnknownAuthority);
    let top = found.top();
    assert_eq!(
        (
            top.parameters["issuer"].as_str(),
            top.parameters["trusted"].as_str()
        ),
        ("CN=OTHER", "CN=KUBERNETES-CA")
    );
    assert_eq!(again(top), ["admin"]);
}

#[test]
fn hundreds_of_connections_that_fall_with_one_authority_are_one_finding() {
    let worker = |one: usize| {
        format!(r#"{{"name": "w{one}", "role": "worker", "addresses": ["10.1.0.{one}"]}}"#)
    };
    let workers: Vec<_> = (1..=100).map(worker).collect();
    let plane = r#"{"name": "a", "role": "control-plane", "addresses": ["10.0.0.11"]}"#;
    let nodes = format!("[{plane}, {}]", workers.join(", "));
    let plan = plan_of(&format!(
        r#"{{"preset": "hard-way-2020", "nodes": {nodes}}}"#
    ));
    let dropped = Dropped::bundle(&pki_of(plan, NOW, 1)).keep(pki_folder);
    let found = dropped.recognised(NOW + 1001 * 86_400);
    assert_eq!(found.codes(Severity::Breaks), [Code::Expired]);
    let top = found.top();
    assert!(top.connections.len() > 300, "{}", top.connections.len());
    // Each certificate once, the authority first.
    let all = &found.recognition.plan().certificates;
    assert_eq!((again(top).len(), again(top)[0]), (all.len(), "ca"));
}
