//! From one authority to another: every connection holds at every step, and one that is left out breaks some.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::command::{Tool, run};
use common::existing::{begun, chosen, held_of, renewed};
use common::{Unpacked, handshake, pki_of, plan_of, presets, seed_plan, timestamp, today};
use hardway::renew::{KeyChoice, Renewal, Rotation, StepKind};
use hardway::{Bundle, Pki, Plan};

#[test]
fn every_connection_of_every_preset_holds_at_every_step_and_not_where_one_is_skipped() {
    for plan in presets::own() {
        let (_, rotation) = rotated(&plan);
        let now = today();
        let refused = |caller, listener| rotation.refused(caller, listener, now);
        for moment in 0..4_usize {
            for other in moment.saturating_sub(1)..(moment + 2).min(4) {
                let said = refused(moment, other);
                assert_eq!(said, [], "{}: {moment} and {other}", plan.cluster.preset);
            }
        }
        for (one, other) in [(0, 2), (1, 3), (0, 3)] {
            for (caller, listener) in [(one, other), (other, one)] {
                let said = refused(caller, listener);
                assert!(
                    !said.is_empty(),
                    "{}: {caller} and {listener}",
                    plan.cluster.preset
                );
                let unknown = |text: &str| text.contains("certificate signed by unknown authority");
                assert!(
                    said.iter()
                        .all(|one| unknown(&one.client) || unknown(&one.server)),
                    "{said:?}"
                );
            }
        }
    }
}

#[test]
fn each_step_s_bundle_has_what_is_new_in_it_and_verify_sh_has_nothing_to_say() {
    let (_, rotation) = rotated(&seed_plan());
    let kinds: Vec<_> = rotation.steps().iter().map(|step| step.kind).collect();
    assert_eq!(kinds, StepKind::ALL);
    let bundles: Vec<_> = rotation
        .steps()
        .iter()
        .map(|step| Unpacked::native(&step.pki))
        .collect();
    let pki = |nth: usize| {
        let files = bundles[nth].files().into_iter();
        files
            .filter_map(|path| path.strip_prefix("pki/").map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(pki(0), ["ca.crt"]);
    assert_eq!(pki(2), ["ca.crt"]);
    let leaves = seed_plan()
        .certificates
        .iter()
        .map(|one| one.id.clone())
        .filter(|id| id != "ca")
        .collect::<Vec<_>>();
    for id in &leaves {
        assert!(pki(1).contains(&format!("{id}.crt")), "{id}");
        // Tokens that exist stay good.
        assert_eq!(
            pki(1).contains(&format!("{id}.key")),
            id != "service-account",
            "{id}"
        );
    }
    assert!(
        pki(1).contains(&"ca.key".to_owned()),
        "kube-controller-manager signs with it"
    );
    let count = |nth: usize| {
        bundles[nth]
            .text("pki/ca.crt")
            .matches("BEGIN CERTIFICATE")
            .count()
    };
    assert_eq!([count(0), count(1), count(2)], [2, 2, 1]);
    assert_eq!(bundles[0].text("pki/ca.crt"), bundles[1].text("pki/ca.crt"));
    assert!(
        bundles[0]
            .text("pki/ca.crt")
            .contains(&bundles[2].text("pki/ca.crt"))
    );
    let kubeconfigs = |nth: usize| {
        bundles[nth]
            .files()
            .iter()
            .filter(|path| path.starts_with("kubeconfig/"))
            .count()
    };
    assert_eq!([kubeconfigs(0), kubeconfigs(1), kubeconfigs(2)], [7; 3]);
    for bundle in &bundles {
        let said = run(Tool::Dash.command().arg(bundle.root.join("verify.sh"))).succeeded();
        assert!(
            said.lines().all(|line| line.starts_with("ok      ")),
            "{said}"
        );
        common::contents::checksums(bundle);
    }
}

#[test]
fn go_says_the_same_of_the_files_of_each_step() {
    let plan = seed_plan();
    let (before, rotation) = rotated(&plan);
    let home = tempfile::tempdir().unwrap();
    let mut moments = vec![home.path().join("0")];
    write(&Bundle::new(&before), &moments[0]);
    for (nth, step) in rotation.steps().iter().enumerate() {
        let folder = home.path().join((nth + 1).to_string());
        let last = moments.last().unwrap();
        // What a step does not bring stays as it was.
        run(std::process::Command::new("cp")
            .arg("-r")
            .arg(last)
            .arg(&folder))
        .succeeded();
        write(&Bundle::new(&step.pki), &folder);
        moments.push(folder);
    }
    for (caller, listener) in [
        (0, 1),
        (1, 0),
        (1, 2),
        (2, 1),
        (2, 3),
        (3, 2),
        (3, 3),
        (0, 2),
        (1, 3),
        (3, 1),
    ] {
        let said = handshake::make(
            today(),
            &handshakes(&plan, &moments[caller], &moments[listener]),
        );
        let refused: Vec<_> = said
            .iter()
            .filter(|one| !(one.client.is_empty() && one.server.is_empty()))
            .collect();
        let ours = rotation.refused(caller, listener, today());
        let pairs = |id: &str, host: &str| format!("{id} {host}");
        let go: Vec<_> = refused
            .iter()
            .map(|one| pairs(&one.id, &one.host))
            .collect();
        let mine: Vec<_> = ours
            .iter()
            .map(|one| pairs(&one.connection, &one.host))
            .collect();
        assert_eq!(mine, go, "{caller} and {listener}");
    }
}

#[test]
fn without_a_new_key_there_is_nothing_to_rotate() {
    let plan = seed_plan();
    let own = pki_of(plan.clone(), today(), 1);
    let now = timestamp(today());
    let kept = renewed(&plan, held_of(&own), &[("ca", KeyChoice::Keep)], now).unwrap();
    assert!(Rotation::of(&kept).unwrap().is_none());
    assert!(Rotation::of(&own).unwrap().is_none());
}

#[test]
fn one_authority_of_three_takes_only_its_own_with_it() {
    let plan = plan_of(r#"{"preset": "kubeadm"}"#);
    let own = pki_of(plan.clone(), today(), 1);
    let now = timestamp(today());
    let pki = renewed(&plan, held_of(&own), &[("etcd/ca", KeyChoice::New)], now).unwrap();
    let rotation = Rotation::of(&pki).unwrap().unwrap();
    let replaced = rotation.steps()[1].pki.renewal().unwrap().iter();
    let replaced: Vec<_> = replaced.map(|one| one.certificate.as_str()).collect();
    assert_eq!(
        replaced,
        [
            "apiserver-etcd-client",
            "etcd/healthcheck-client",
            "control-plane-1/etcd/server",
            "control-plane-1/etcd/peer"
        ]
    );
    let said = rotation.refused(0, 2, today());
    assert!(
        !said.is_empty() && said.iter().all(|one| one.connection.contains("etcd")),
        "{said:?}"
    );
}

/// The set before, and the way to new authorities, all of them at once.
fn rotated(plan: &Plan) -> (Pki, Rotation) {
    let own = pki_of(plan.clone(), today(), 1);
    let now = timestamp(today());
    let authorities = plan.certified().filter(|one| one.kind.is_authority());
    let authorities: Vec<_> = authorities
        .map(|one| (one.id.as_str(), KeyChoice::New))
        .collect();
    let renewal = Renewal::new(
        plan,
        plan.clone(),
        held_of(&own),
        &chosen(&authorities),
        now,
    )
    .unwrap();
    let pki = begun(renewal, now).finish().unwrap();
    let rotation = Rotation::of(&pki).unwrap().unwrap();
    (own, rotation)
}

fn write(bundle: &Bundle, folder: &Path) {
    for file in bundle.files() {
        let file = file.unwrap();
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &*file.content).unwrap();
    }
}

fn handshakes(plan: &Plan, caller: &Path, listener: &Path) -> Vec<handshake::Handshake> {
    let file =
        |folder: &Path, id: &str, end: &str| -> PathBuf { folder.join(format!("pki/{id}.{end}")) };
    let end = |folder: &Path, id: Option<&str>, authority: Option<&str>| handshake::End {
        certificate: id.map(|id| file(folder, id, "crt")).unwrap_or_default(),
        key: id.map(|id| file(folder, id, "key")).unwrap_or_default(),
        authority: authority
            .map(|id| file(folder, id, "crt"))
            .unwrap_or_default(),
    };
    let connections = plan.connections.iter();
    let all = connections.flat_map(|one| {
        let client = end(
            caller,
            one.client.certificate.as_deref(),
            Some(&one.client.authority),
        );
        let server = end(
            listener,
            Some(&one.server.certificate),
            one.server.authority.as_deref(),
        );
        one.dials.iter().map(move |dial| handshake::Handshake {
            id: one.id.clone(),
            host: dial.host.to_string(),
            client: client.clone(),
            server: server.clone(),
        })
    });
    all.collect()
}
