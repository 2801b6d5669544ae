//! Names and addresses that a certificate lacks: clusters that are broken on purpose, each with the finding that has to be on top.

mod common;

use common::NOW;
use common::broken::{APISERVER, Forge, SERVER, again, says, seed, top_at, top_of_today};
use common::recognised::Dropped;
use hardway::by_hand::Place;
use hardway::diagnose::{Code, Slip};

#[test]
fn row_2_the_service_s_address_is_missing() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let names = APISERVER.replace("IP:10.96.0.1,", "");
    let made = forge.leaf(
        "kube-apiserver",
        "/CN=kube-apiserver",
        &format!("{SERVER}subjectAltName={names}"),
    );
    let found = top_of_today(
        &seed.put("pki/kube-apiserver.crt", &made),
        Code::ServiceAddressMissing,
    );
    let top = found.top();
    assert_eq!(top.parameters["host"], "10.96.0.1");
    assert!(
        top.connections.iter().all(|one| one.starts_with("pod@")) && !top.connections.is_empty()
    );
    assert_eq!(again(top), ["kube-apiserver"]);
    says(
        top,
        "pod@",
        "x509: certificate is valid for 192.168.5.11, 192.168.5.12, 192.168.5.30, 127.0.0.1, not 10.96.0.1",
    );
    let command = &top.commands[0];
    assert!(matches!(&command.place, Place::Node(node) if node.starts_with("master-")));
    assert_eq!(
        command.command,
        "openssl x509 -in /var/lib/kubernetes/kube-apiserver.crt -noout -subject -ext subjectAltName"
    );
}

#[test]
fn row_3_another_name_is_missing_and_an_address_stands_where_a_name_belongs() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let made = |names: &str| {
        forge.leaf(
            "kube-apiserver",
            "/CN=kube-apiserver",
            &format!("{SERVER}subjectAltName={names}"),
        )
    };
    // 127.0.0.1, which the controller manager calls.
    let without = made(&APISERVER.replace(",IP:127.0.0.1", ""));
    let only = Dropped(seed.0.clone()).keep(|path| path.contains("/pki/"));
    let found = top_of_today(
        &only.put("pki/kube-apiserver.crt", &without),
        Code::NameMissing,
    );
    let top = found.top();
    assert_eq!(
        (
            top.parameters["host"].as_str(),
            top.parameters["always"].as_str()
        ),
        ("127.0.0.1", "true")
    );
    says(top, "", "not 127.0.0.1");
    let as_name = made(&APISERVER.replace("IP:192.168.5.30", "DNS:192.168.5.30"));
    let found = top_of_today(
        &seed.put("pki/kube-apiserver.crt", &as_name),
        Code::AddressAsName,
    );
    let near = found.top().near.as_ref().unwrap();
    assert_eq!(
        (near.found.as_str(), near.meant.as_str(), near.slip),
        ("DNS:192.168.5.30", "IP:192.168.5.30", Slip::AddressAsName)
    );
}

#[test]
fn row_14_the_address_has_changed_and_every_kubeconfig_calls_the_new_one() {
    let mut dropped = seed();
    for name in ["kube-proxy", "admin-remote", "worker-1", "worker-2"] {
        dropped = dropped.replace(
            &format!("kubeconfig/{name}.kubeconfig"),
            "192.168.5.30",
            "192.168.5.99",
        );
    }
    let found = top_at(&dropped, NOW, Code::AddressChanged);
    let top = found.top();
    assert_eq!(
        (top.parameters["host"].as_str(), again(top)),
        ("192.168.5.99", vec!["kube-apiserver"])
    );
    says(top, "", "not 192.168.5.99");
}

#[test]
fn row_15_a_server_with_a_cn_and_no_names() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let made = forge.leaf("kube-apiserver", "/CN=kube-apiserver", SERVER);
    let found = top_of_today(
        &seed.put("pki/kube-apiserver.crt", &made),
        Code::OnlyCommonName,
    );
    assert_eq!(again(found.top()), ["kube-apiserver"]);
    says(found.top(), "", "doesn't contain any IP SANs");
}

#[test]
fn one_kubeconfig_that_calls_another_address_does_not_say_that_the_address_has_changed() {
    let only = |path: &str| path.contains("/pki/") || path.ends_with("/kube-proxy.kubeconfig");
    let name = "kubeconfig/kube-proxy.kubeconfig";
    let dropped = seed()
        .keep(only)
        .replace(name, "192.168.5.30", "192.168.5.99");
    let found = top_at(&dropped, NOW, Code::NameMissing);
    assert_eq!(found.top().parameters["host"], "192.168.5.99");
}
