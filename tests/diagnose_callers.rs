//! Callers who are let in as somebody else, or not at all: clusters that are broken on purpose, each with the finding that has to be on top.

mod common;

use common::broken::{again, says, seed_of, top_at};
use common::recognised::Dropped;
use common::{NOW, pki, pki_of, plan_of};
use hardway::diagnose::{Code, Severity, Slip};
use hardway::verify::State;

#[test]
fn row_4_slips_in_cn_and_o() {
    let slips = [
        (
            "kube-scheduler",
            r#""commonName": "system:system:kube-scheduler""#,
            Code::CallerUnknown,
            Slip::Doubled,
        ),
        (
            "kube-scheduler",
            r#""commonName": "system:kube-schedular""#,
            Code::CallerUnknown,
            Slip::Spelling,
        ),
        (
            "kube-proxy",
            r#""commonName": "system:kube-pr0xy""#,
            Code::CallerUnknown,
            Slip::Digit,
        ),
        (
            "admin",
            r#""organization": "system:masters,""#,
            Code::CallerUnknown,
            Slip::Trailing,
        ),
        (
            "admin",
            r#""commonName": "system:masters", "organization": "admin""#,
            Code::CallerUnknown,
            Slip::Swapped,
        ),
        (
            "admin",
            r#""organization": """#,
            Code::CallerUnknown,
            Slip::Nothing,
        ),
        (
            "kube-controller-manager",
            r#""commonName": "System:kube-controller-manager""#,
            Code::CallerUnknown,
            Slip::Case,
        ),
        (
            "worker-1",
            r#""organization": "system:node""#,
            Code::CallerUnknown,
            Slip::Spelling,
        ),
    ];
    for (id, change, code, slip) in slips {
        let dropped = seed_of(&format!(r#""certificates": {{"{id}": {{{change}}}}}"#));
        let found = top_at(&dropped, NOW, code);
        let top = found.top();
        assert_eq!(
            top.near.as_ref().map(|near| near.slip),
            Some(slip),
            "{change}: {top:#?}"
        );
        assert_eq!(
            (top.certificates[0].as_str(), again(top)),
            (id, vec![id]),
            "{change}"
        );
        assert!(
            top.said
                .as_ref()
                .unwrap()
                .text
                .contains("is forbidden: User"),
            "{top:#?}"
        );
        // Nobody refuses it.
        assert_eq!(found.others(State::Verified), [""; 0]);
        let changes = found.recognition.description.certificates.as_ref().unwrap();
        assert!(
            !changes.contains_key(id),
            "a slip is not to be made again: {changes:?}"
        );
    }
    // One that does no harm, as Hightower's guide has it.
    let plan = plan_of(
        r#"{"preset": "hightower-2025", "keyAlgorithm": "rsa-2048", "certificates": {"kube-scheduler": {"organization": "system:system:kube-scheduler"}}}"#,
    );
    let found = Dropped::bundle(&pki_of(plan, NOW, 1)).recognised(NOW);
    assert_eq!(found.codes(Severity::Breaks), []);
    let finding = found.finding(Code::NearMiss);
    assert_eq!(
        (finding.severity, finding.near.as_ref().unwrap().slip),
        (Severity::Untidy, Slip::Doubled)
    );
}

#[test]
fn row_5_the_kubelets_do_not_know_kube_apiserver_s_user() {
    let dropped = seed_of(r#""certificates": {"kube-apiserver": {"commonName": "apiserver"}}"#);
    let found = top_at(&dropped, NOW, Code::KubeletClientNotAuthorised);
    let top = found.top();
    assert_eq!(
        (
            top.parameters["user"].as_str(),
            top.parameters["bound"].as_str()
        ),
        ("apiserver", "kube-apiserver")
    );
    says(
        top,
        "kubectl",
        "Forbidden (user=apiserver, verb=get, resource=nodes, subresource=proxy)",
    );
    assert!(top.connections.iter().all(|one| one.contains("/kubelet@")));
}

#[test]
fn row_7_a_node_calls_under_another_node_s_name() {
    let pki = pki();
    let mut dropped = Dropped::bundle(&pki).keep(|path| path.contains("/nodes/"));
    let other = dropped.read("nodes/worker-1/worker-1.kubeconfig");
    dropped = dropped.put("nodes/worker-2/worker-2.kubeconfig", &other);
    let found = top_at(&dropped, NOW, Code::NodeNameMismatch);
    let top = found.top();
    assert_eq!(
        (
            top.parameters["node"].as_str(),
            top.parameters["user"].as_str()
        ),
        ("worker-2", "system:node:worker-1")
    );
    says(
        top,
        "kubelet@worker-2",
        "node \"worker-1\" cannot read \"worker-2\", only its own Node object",
    );
}
