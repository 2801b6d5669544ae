//! What falls when one thing is broken: every lesson on every preset, and the texts of the seed's cluster to the letter.

mod common;

use common::{NOW, pki_of, plan_of, presets, rng, seed_plan};
use hardway::lesson::Lesson;
use hardway::verify::{Evidence, Side, Verdict, Verifier};
use hardway::{Pki, Timestamp};

#[test]
fn every_lesson_that_a_cluster_has_a_place_for_breaks_something_and_leaves_the_set_whole() {
    for plan in presets::own()
        .into_iter()
        .chain(presets::highly_available())
    {
        let pki = pki_of(plan, NOW, 1);
        for lesson in Lesson::of(pki.plan()) {
            let broken = broken(&pki, lesson);
            let falls = |one: &Verdict| {
                one.side.is_some()
                    || one
                        .identity
                        .as_ref()
                        .is_some_and(|identity| identity.nobody)
            };
            let fallen = broken.iter().filter(|one| falls(one)).count();
            assert!(
                fallen > 0,
                "{} of {}",
                lesson.id(),
                pki.plan().cluster.preset
            );
            assert!(
                fallen < broken.len()
                    || matches!(
                        lesson,
                        Lesson::CaAnew
                            | Lesson::NotYetValid
                            | Lesson::CaWithoutBasicConstraints
                            | Lesson::DropSan
                            | Lesson::Expired
                            | Lesson::NoServerAuth
                            | Lesson::SwappedKey
                            | Lesson::OnlyCn
                    ),
                "{}",
                lesson.id()
            );
        }
        let whole = Evidence::of(&pki).unwrap();
        let verifier = Verifier::new(pki.plan(), &whole, NOW);
        assert!(verifier.verdicts().all(|one| one.side.is_none()));
    }
}

#[test]
fn every_lesson_of_the_seed_says_what_go_and_the_components_say() {
    let pki = pki_of(seed_plan(), NOW, 1);
    let expected = [
        (
            Lesson::DropSan,
            "kubelet@worker-1/kube-apiserver",
            Some(Side::Client),
            "tls: failed to verify certificate: x509: certificate is valid for ",
        ),
        (
            Lesson::DialOtherAddress,
            "kubectl/kube-apiserver",
            Some(Side::Client),
            "not 203.0.113.10",
        ),
        (
            Lesson::Expired,
            "kubectl/kube-apiserver",
            Some(Side::Client),
            "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-23T00:00:00Z is after 2026-11-22T00:00:00Z",
        ),
        (
            Lesson::NotYetValid,
            "kubectl/kube-apiserver",
            Some(Side::Client),
            "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-22T23:00:00Z is before 2026-11-22T23:55:00Z",
        ),
        (
            Lesson::WrongCa,
            "kubectl/kube-apiserver",
            Some(Side::Server),
            "failed: x509: certificate signed by unknown authority",
        ),
        (
            Lesson::CaAnew,
            "kubectl/kube-apiserver",
            Some(Side::Client),
            "tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of \"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"KUBERNETES-CA\")",
        ),
        (
            Lesson::NoServerAuth,
            "kubectl/kube-apiserver",
            Some(Side::Client),
            "tls: failed to verify certificate: x509: certificate specifies an incompatible key usage",
        ),
        (
            Lesson::EtcdNoClientAuth,
            "etcd@master-1/etcd@master-2",
            Some(Side::Server),
            "tls: failed to verify certificate: x509: certificate specifies an incompatible key usage",
        ),
        (
            Lesson::SwappedKey,
            "kubectl/kube-apiserver",
            Some(Side::Server),
            "tls: private key does not match public key",
        ),
        (
            Lesson::SaKeyDiffers,
            "pod@worker-1/kube-apiserver",
            Some(Side::Server),
            "invalid bearer token",
        ),
        (
            Lesson::CaWithoutBasicConstraints,
            "kubectl/kube-apiserver",
            Some(Side::Client),
            "(possibly because of \"x509: invalid signature: parent certificate cannot sign this kind of certificate\" while trying to verify candidate authority certificate \"KUBERNETES-CA\")",
        ),
        (
            Lesson::OnlyCn,
            "kubelet@worker-1/kube-apiserver",
            Some(Side::Client),
            "tls: failed to verify certificate: x509: certificate relies on legacy Common Name field, use SANs instead",
        ),
    ];
    for (lesson, connection, side, text) in expected {
        let verdicts = broken(&pki, lesson);
        let found = verdicts
            .iter()
            .find(|one| one.connection.starts_with(connection));
        let found = found.unwrap_or_else(|| panic!("{connection}: {verdicts:#?}"));
        assert_eq!(found.side, side, "{found:#?}");
        assert!(found.text.contains(text), "{}: {}", lesson.id(), found.text);
        assert!(found.log.as_ref().is_some_and(|log| !log.is_empty()));
        let checks = found.server.iter().chain(&found.client);
        assert_eq!(
            checks.filter(|check| check.held == Some(false)).count(),
            1,
            "{found:#?}"
        );
    }
}

#[test]
fn a_name_with_a_slip_and_a_node_without_its_group_are_let_in_and_are_nobody() {
    let pki = pki_of(seed_plan(), NOW, 1);
    for (lesson, caller, user) in [
        (Lesson::CnTypo, "kube-scheduler@", "system:kube-schedular"),
        (
            Lesson::NoNodesGroup,
            "kubelet@worker-1",
            "system:node:worker-1",
        ),
    ] {
        let verdicts = broken(&pki, lesson);
        assert!(verdicts.iter().all(|one| one.side.is_none()));
        let found = verdicts
            .iter()
            .find(|one| one.connection.starts_with(caller))
            .unwrap();
        let identity = found.identity.as_ref().unwrap();
        assert_eq!((identity.user.as_str(), identity.nobody), (user, true));
    }
}

#[test]
fn a_lesson_without_a_place_is_refused() {
    let plan = plan_of(r#"{"preset": "hightower-2025", "keyAlgorithm": "rsa-2048"}"#);
    let pki = pki_of(plan, NOW, 1);
    for lesson in [Lesson::SaKeyDiffers, Lesson::EtcdNoClientAuth] {
        assert!(!Lesson::of(pki.plan()).any(|one| one == lesson));
        let now = Timestamp::from_unix(NOW).unwrap();
        let error = lesson.breaks(&pki, now, &mut rng(1)).unwrap_err();
        assert_eq!(error.code(), "lesson-without-place");
    }
}

fn broken(pki: &Pki, lesson: Lesson) -> Vec<Verdict> {
    let now = Timestamp::from_unix(NOW).unwrap();
    let broken = lesson.breaks(pki, now, &mut rng(7)).unwrap();
    let now = broken
        .clock
        .map_or(NOW, |clock| if clock < now { NOW - 3600 } else { NOW });
    Verifier::new(pki.plan(), &broken.evidence, now)
        .verdicts()
        .collect()
}
