//! The members of etcd: clusters that are broken on purpose, each with the finding that has to be on top.

mod common;

use common::broken::{Forge, SERVER, again, kubeadm, says, seed, top_of_today};
use common::recognised::Dropped;
use common::{NOW, today};
use hardway::diagnose::{Code, Severity};

#[test]
fn row_10_a_member_of_etcd_needs_both_usages() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let extensions =
        "extendedKeyUsage=serverAuth\nsubjectAltName=IP:192.168.5.11,IP:192.168.5.12,IP:127.0.0.1";
    let made = forge.leaf("etcd-server", "/CN=etcd-server", extensions);
    let found = top_of_today(&seed.put("pki/etcd-server.crt", &made), Code::UsageMissing);
    let top = found.top();
    assert_eq!(
        (again(top), top.parameters["wanted"].as_str()),
        (vec!["etcd-server"], "clientAuth")
    );
    assert!(
        top.connections
            .contains(&"etcd@master-1/etcd@master-1".to_owned()),
        "{top:#?}"
    );
    says(
        top,
        "etcd@",
        "x509: certificate specifies an incompatible key usage",
    );
}

#[test]
fn row_11_a_peer_calls_from_an_address_that_its_certificate_does_not_have() {
    let pki = kubeadm();
    let dropped = Dropped::bundle(&pki).keep(|path| path.contains("/pki/"));
    let forge = Forge::new(&dropped);
    // It has the name and the address of before; who dials finds it by its name in the others' certificates.
    let extensions = format!(
        "{SERVER}subjectAltName=DNS:b,DNS:localhost,IP:10.0.0.12,IP:10.0.0.11,IP:127.0.0.1"
    );
    let made = forge.leaf_by("etcd/ca", "b/etcd/peer", "/CN=b", &extensions);
    let fine = Dropped(dropped.0.clone())
        .put("pki/b/etcd/peer.crt", &made)
        .recognised(today().max(NOW));
    assert!(
        !fine
            .codes(Severity::Breaks)
            .contains(&Code::EtcdPeerAddress),
        "{:#?}",
        fine.findings
    );
    let extensions = format!("{SERVER}subjectAltName=DNS:old-b,IP:10.0.0.99,IP:127.0.0.1");
    let made = forge.leaf_by("etcd/ca", "b/etcd/peer", "/CN=b", &extensions);
    let found = dropped
        .put("pki/b/etcd/peer.crt", &made)
        .recognised(today().max(NOW));
    let finding = found.finding(Code::EtcdPeerAddress);
    assert_eq!(
        (finding.severity, again(finding)),
        (Severity::Breaks, vec!["b/etcd/peer"])
    );
    assert_eq!(finding.parameters["address"], "10.0.0.12");
    says(finding, "etcd@a", "10.0.0.12");
    found.judged_as_by_go();
}
