//! What has to be made again after a change, and why.

mod common;

use common::plan_of;
use common::presets::seed_with as with;
use hardway::{KeyAlgorithm, Reason, ServerName, reissue};
use serde_json::{Value, json};

#[test]
fn nothing_is_made_again_when_nothing_changed() {
    for plan in common::presets::highly_available() {
        assert_eq!(reissue(&plan, &plan), []);
    }
}

#[test]
fn a_changed_address_makes_again_what_is_dialled_by_it_and_says_by_whom() {
    let old = with(&json!({}));
    let new = with(&json!({"nodes": seed_nodes("192.168.5.41")}));
    let found = reissue(&old, &new);
    let ids: Vec<_> = found
        .iter()
        .map(|again| again.certificate.as_str())
        .collect();
    assert_eq!(ids, ["kube-apiserver", "etcd-server"]);
    let Reason::NameAdded { name, diallers } = &found[1].reasons[0] else {
        panic!("{found:?}")
    };
    assert_eq!(*name, ServerName::Ip("192.168.5.41".parse().unwrap()));
    assert!(
        diallers.contains(&"kube-apiserver@master-2/etcd@master-1".to_owned()),
        "{diallers:?}"
    );
    let gone = ServerName::Ip("192.168.5.11".parse().unwrap());
    assert_eq!(found[1].reasons[1..], [Reason::NameRemoved { name: gone }]);
}

#[test]
fn a_new_worker_is_made_and_one_that_is_gone_is_not_needed_and_the_others_stay() {
    let mut nodes = seed_nodes("192.168.5.11");
    nodes[4] = json!({"name": "worker-3", "role": "worker", "addresses": ["192.168.5.23"]});
    let found = reissue(&with(&json!({})), &with(&json!({"nodes": nodes})));
    let found: Vec<_> = found
        .iter()
        .map(|again| (again.certificate.as_str(), &again.reasons[..]))
        .collect();
    assert_eq!(
        found,
        [
            ("worker-3", &[Reason::New][..]),
            ("worker-2", &[Reason::NotNeeded][..])
        ]
    );
}

#[test]
fn an_authority_that_is_made_again_takes_all_that_it_signed_with_it_and_nothing_else() {
    let of =
        |change: Value| plan_of(&json!({"preset": "kubeadm", "certificates": change}).to_string());
    let (old, new) = (
        of(json!({})),
        of(json!({"etcd/ca": {"commonName": "my-etcd-ca"}})),
    );
    let found = reissue(&old, &new);
    let changed = Reason::SubjectChanged {
        from: "CN=etcd-ca".into(),
        to: "CN=my-etcd-ca".into(),
    };
    assert_eq!(found[0].reasons, [changed]);
    let authority = || Reason::AuthorityChanged {
        authority: "etcd/ca".into(),
    };
    assert!(
        found[1..]
            .iter()
            .all(|again| again.reasons == [authority()]),
        "{found:?}"
    );
    let ids: Vec<_> = found[1..]
        .iter()
        .map(|again| again.certificate.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "apiserver-etcd-client",
            "etcd/healthcheck-client",
            "control-plane-1/etcd/server",
            "control-plane-1/etcd/peer"
        ]
    );
}

#[test]
fn another_algorithm_and_another_validity_are_reasons() {
    let new = with(
        &json!({"certificates": {"admin": {"keyAlgorithm": "rsa-3072"}, "kube-proxy": {"validityDays": 30}}}),
    );
    let found = reissue(&with(&json!({})), &new);
    let changed = Reason::AlgorithmChanged {
        from: KeyAlgorithm::Rsa2048,
        to: KeyAlgorithm::Rsa3072,
    };
    assert_eq!(found[0].reasons, [changed]);
    assert_eq!(found[1].reasons, [Reason::ValidityChanged]);
    assert_eq!(found.len(), 2);
}

fn seed_nodes(master: &str) -> Value {
    let mut nodes = serde_json::to_value(with(&json!({})).cluster.nodes).unwrap();
    nodes[1]["addresses"][0] = master.into();
    nodes
}
