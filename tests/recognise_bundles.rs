//! Our own bundles come back as the clusters that they are: the same preset, the same machines, every connection verified.

mod common;

use common::presets;
use common::recognised::Dropped;
use common::{NOW, pki_of, plan_of};
use hardway::diagnose::Severity;
use hardway::recognise::{Corrections, Guess};
use hardway::verify::State;
use hardway::{Plan, Role};
use serde_json::json;

fn machines(plan: &Plan) -> Vec<(String, Role, Vec<String>)> {
    let nodes = plan.cluster.nodes.iter().flatten();
    let mut nodes: Vec<_> = nodes
        .map(|node| (node.name.clone(), node.role, node.addresses.clone()))
        .collect();
    nodes.sort_by(|one, other| one.0.cmp(&other.0));
    nodes
}

#[test]
fn the_bundle_of_every_preset_is_recognised_and_every_connection_of_it_is_verified() {
    for plan in presets::own() {
        let preset = plan.cluster.preset.clone();
        let pki = pki_of(plan, NOW, 1);
        let found = Dropped::bundle(&pki).recognised(NOW);
        assert_eq!(
            found.recognition.description.preset, preset,
            "{:#?}",
            found.recognition.guesses
        );
        assert_eq!(found.others(State::Verified), [""; 0], "{preset}");
        let ids = |plan: &Plan| {
            plan.connections
                .iter()
                .map(|one| one.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(found.recognition.plan()), ids(pki.plan()), "{preset}");
        let mut expected = machines(pki.plan());
        if preset == "hightower-2025" {
            // No file tells the server's address, but its certificate does.
            expected.retain(|(_, role, _)| *role != Role::LoadBalancer);
        }
        assert_eq!(machines(found.recognition.plan()), expected, "{preset}");
        assert_eq!(found.recognition.description.name, pki.plan().cluster.name);
        assert_eq!(found.recognition.unused, [], "{preset}");
        for severity in [Severity::Breaks, Severity::WillBreak, Severity::Unsafe] {
            assert_eq!(found.codes(severity), [], "{preset}: {:#?}", found.findings);
        }
        // What the guide has, the plan has: nothing differs.
        assert_eq!(
            found.recognition.plan().cluster.certificates,
            Some([].into()),
            "{preset}"
        );
        assert!(found.judged_as_by_go() > 10);
    }
}

#[test]
fn a_large_cluster_with_etcd_of_its_own_and_an_endpoint_is_recognised_and_nothing_of_it_is_refused()
{
    for plan in presets::highly_available() {
        let preset = plan.cluster.preset.clone();
        let pki = pki_of(plan, NOW, 1);
        let found = Dropped::bundle(&pki).recognised(NOW);
        assert_eq!(
            found.others(State::Verified),
            [""; 0],
            "{preset}: {:#?}",
            found.nodes()
        );
        let roles = |plan: &Plan| {
            machines(plan)
                .into_iter()
                .map(|(_, role, _)| role.id())
                .filter(|role| *role != "load-balancer")
                .collect::<Vec<_>>()
        };
        let (mut ours, mut theirs) = (roles(found.recognition.plan()), roles(pki.plan()));
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{preset}: {:#?}", found.nodes());
        assert_eq!(
            found
                .recognition
                .description
                .control_plane_endpoint
                .as_deref(),
            Some("api.example:8443")
        );
        assert_eq!(
            found.recognition.description.cluster_domain.as_deref(),
            Some("k8s.example")
        );
        assert_eq!(found.codes(Severity::Breaks), [], "{preset}");
    }
}

#[test]
fn the_name_that_a_single_control_plane_is_called_by_from_outside_is_the_endpoint_and_not_the_machines()
 {
    for preset in ["hard-way-2020", "hard-way-2025", "kubeadm"] {
        let plan = plan_of(
            &json!({
                "preset": preset,
                "controlPlaneEndpoint": "api.example",
                "nodes": [
                    { "name": "one", "role": "control-plane", "addresses": ["10.0.0.11"] },
                    { "name": "w", "role": "worker", "addresses": ["10.0.0.21"] },
                ],
            })
            .to_string(),
        );
        let found = Dropped::bundle(&pki_of(plan, NOW, 1)).recognised(NOW);
        assert_eq!(found.others(State::Verified), [""; 0], "{preset}");
        let description = &found.recognition.description;
        assert_eq!(
            description.control_plane_endpoint.as_deref(),
            Some("api.example"),
            "{preset}"
        );
        let mut nodes = description.nodes.iter().flatten();
        assert!(
            nodes.all(|node| !node.names.contains(&"api.example".to_owned())),
            "{preset}"
        );
    }
}

#[test]
fn the_kubeconfig_of_a_stranger_says_nothing_of_whom_the_others_call() {
    let own = Dropped::bundle(&pki_of(plan_of(r#"{"preset": "hard-way-2020"}"#), NOW, 1));
    let own = own.keep(|path| path.contains("/pki/"));
    let stranger = r#"{"apiVersion": "v1", "kind": "Config", "clusters": [{"name": "c", "cluster": {"server": "https://1.2.3.4:6443"}}],
        "users": [{"name": "u", "user": {"exec": {"command": "login"}}}], "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}]}"#;
    let alone = own.recognised(NOW);
    let beside = own.add("kube.yaml", stranger.as_bytes()).recognised(NOW);
    let endpoint = |found: &common::recognised::Recognised| {
        let description = &found.recognition.description;
        description.control_plane_endpoint.clone()
    };
    assert_eq!(endpoint(&beside), endpoint(&alone));
    assert_eq!(
        beside.others(State::Verified),
        alone.others(State::Verified)
    );
    let paths = |found: &common::recognised::Recognised| found.recognition.unused.len();
    assert_eq!(paths(&beside), paths(&alone) + 1, "it is listed");
}

#[test]
fn the_folder_pki_alone_is_enough_but_for_the_names_of_machines() {
    for preset in ["hard-way-2020", "hard-way-2025", "hightower-2025"] {
        let plan = plan_of(&json!({"preset": preset, "keyAlgorithm": "rsa-2048"}).to_string());
        let pki = pki_of(plan, NOW, 1);
        let found = Dropped::bundle(&pki)
            .keep(|path| path.contains("/pki/") && !path.ends_with(".csr"))
            .recognised(NOW);
        assert_eq!(found.recognition.description.preset, preset);
        assert_eq!(
            found.others(State::Verified),
            [""; 0],
            "{preset}: {:#?}",
            found.nodes()
        );
    }
}

#[test]
fn certificates_without_their_keys_are_judged_and_the_key_is_said_not_to_have_been_seen() {
    let pki = common::pki();
    let found = Dropped::bundle(&pki)
        .keep(|path| path.contains("/pki/") && path.ends_with(".crt"))
        .recognised(NOW);
    // Tokens alone are verified by keys.
    let tokens = found
        .recognition
        .plan()
        .connections
        .iter()
        .filter(|one| one.client.token_signer.is_some())
        .count();
    let others = found.others(State::Verified);
    assert!(
        others.len() == tokens && others.iter().all(|one| one.starts_with("pod@")),
        "{others:#?}"
    );
    let kubectl = found
        .verdicts
        .iter()
        .find(|one| one.connection.starts_with("kubectl/"))
        .unwrap();
    assert_eq!(kubectl.server[0].held, None);
    assert!(
        kubectl.server[1..]
            .iter()
            .all(|check| check.held == Some(true))
    );
}

#[test]
fn what_is_missing_makes_its_connections_neither_verified_nor_refused() {
    let pki = common::pki();
    let without = |name: &str| {
        let name = name.to_owned();
        Dropped::bundle(&pki)
            .keep(move |path| path.contains("/pki/") && !path.contains(&name))
            .recognised(NOW)
    };
    let found = without("/worker-2.");
    for verdict in &found.verdicts {
        let about = ["kubelet@worker-2", "/kubelet@worker-2"]
            .iter()
            .any(|part| verdict.connection.contains(part));
        let state = if about {
            State::NotGiven
        } else {
            State::Verified
        };
        // Without its certificate nobody knows of a worker.
        assert!(!about && verdict.state == state, "{verdict:?}");
    }
    let found = without("/kube-scheduler.");
    let state = found.states("kube-scheduler/kube-apiserver");
    assert_eq!(state, [State::NotGiven; 2]);
    let verdict = found
        .verdicts
        .iter()
        .find(|one| one.connection.starts_with("kube-scheduler@"))
        .unwrap();
    assert_eq!(verdict.missing, ["kube-scheduler.crt"]);
    assert_eq!((verdict.side, verdict.text.as_str()), (None, ""));
    let finding = found.finding(hardway::diagnose::Code::NotGiven);
    assert_eq!(finding.parameters["file"], "kube-scheduler.crt");
    let found = without("/ca.");
    assert!(
        found
            .verdicts
            .iter()
            .all(|one| one.state == State::NotGiven && one.missing.contains(&"ca.crt".to_owned()))
    );
}

#[test]
fn a_description_among_the_files_goes_before_every_guess() {
    let plan = plan_of(
        r#"{"preset": "hard-way-2020", "nodes": [{"name": "a", "role": "control-plane", "addresses": ["10.9.0.1"]},
        {"name": "b", "role": "worker", "addresses": ["10.9.0.2"]}]}"#,
    );
    let json = serde_json::to_string(&plan.cluster).unwrap();
    let saved = |form: u32| json.replacen('{', &format!("{{\"hardway\": {form}, "), 1);
    let pki = pki_of(plan, NOW, 1);
    let beside = |description: &str| {
        let bundle = Dropped::bundle(&pki).keep(|path| path.contains("/pki/"));
        bundle
            .add("cluster.json", description.as_bytes())
            .recognised(NOW)
    };
    for found in [
        beside(&json),
        beside(&saved(1)),
        Dropped::whole(&pki).recognised(NOW),
    ] {
        assert_eq!(
            found.nodes(),
            ["a control-plane 10.9.0.1", "b worker 10.9.0.2"]
        );
        assert_eq!(found.recognition.guesses, []);
        assert_eq!(found.others(State::Verified), [""; 0]);
    }
    let later = beside(&saved(2));
    assert_ne!(later.recognition.guesses, [], "the form of a later page");
}

#[test]
fn corrections_go_before_everything_and_the_same_ones_give_the_same() {
    let pki = common::pki();
    let inventory = Dropped::bundle(&pki)
        .keep(|path| path.contains("/pki/"))
        .inventory();
    let item = |path: &str| {
        let file = inventory
            .files()
            .iter()
            .position(|file| file.path.ends_with(path))
            .unwrap();
        inventory
            .items()
            .iter()
            .position(|item| item.file == file)
            .unwrap()
    };
    let mut corrections = Corrections::default();
    corrections.assign(item("admin.crt"), Some("kube-scheduler"), None);
    corrections.assign(item("kube-proxy.crt"), None, None);
    corrections.address("worker-1", "192.168.5.77");
    corrections.role("worker-2", Role::Etcd);
    let json = serde_json::to_string(&corrections).unwrap();
    assert_eq!(
        serde_json::from_str::<Corrections>(&json).unwrap(),
        corrections
    );
    let found = common::recognised::Recognised::corrected(inventory, &corrections, NOW);
    assert!(found.main("kube-scheduler").ends_with("/admin.crt"));
    assert!(
        found
            .nodes()
            .contains(&"worker-1 worker 192.168.5.77".to_owned()),
        "{:?}",
        found.nodes()
    );
    assert!(
        found
            .nodes()
            .iter()
            .any(|node| node.starts_with("worker-2 etcd ")),
        "{:?}",
        found.nodes()
    );
    assert!(
        found
            .states("kube-proxy/kube-apiserver")
            .iter()
            .all(|state| *state == State::NotGiven)
    );
    // The worker's certificate is the one of the address before.
    assert_eq!(found.top().code, hardway::diagnose::Code::AddressChanged);
    let again = hardway::recognise::Recognition::of(&found.inventory, &corrections);
    assert_eq!(
        serde_json::to_string(&again).unwrap(),
        serde_json::to_string(&found.recognition).unwrap()
    );
    let preset = Corrections {
        preset: Some("hard-way-2025".to_owned()),
        ..Corrections::default()
    };
    let other = hardway::recognise::Recognition::of(&found.inventory, &preset);
    assert_eq!(other.description.preset, "hard-way-2025");
    assert!(
        other
            .guesses
            .iter()
            .any(|guess| matches!(guess, Guess::Preset { .. }))
    );
}

#[test]
fn a_thousand_workers_are_recognised_and_diagnosed_in_seconds_even_when_everything_has_expired() {
    let node = |name: String, role: &str, address: String| json!({"name": name, "role": role, "addresses": [address]});
    let mut nodes = vec![node(
        "lb".to_owned(),
        "load-balancer",
        "10.1.0.9".to_owned(),
    )];
    nodes.extend((1..=3).map(|n| node(format!("m-{n}"), "control-plane", format!("10.1.1.{n}"))));
    nodes.extend((1..=1000).map(|n| {
        node(
            format!("w-{n}"),
            "worker",
            format!("10.2.{}.{}", n / 250, n % 250 + 1),
        )
    }));
    let plan = plan_of(&json!({"preset": "hard-way-2025", "nodes": nodes}).to_string());
    let key = common::fixed_keys(&common::seed_plan());
    let key = key.of("ca").unwrap().to_pkcs8_der().unwrap();
    let mut keys = hardway::Keys::default();
    for planned in &plan.certificates {
        let key = hardway::PrivateKey::from_pkcs8_der(key.as_bytes(), &planned.id).unwrap();
        keys.insert(&plan, &planned.id, key).unwrap();
    }
    let pki = hardway::Pki::issue(plan, keys, common::timestamp(NOW), &mut common::rng(3)).unwrap();
    let inventory = Dropped::bundle(&pki).inventory();
    let begun = std::time::Instant::now();
    let recognition = hardway::recognise::Recognition::of(&inventory, &Corrections::default());
    assert_eq!(
        recognition.plan().connections.len(),
        pki.plan().connections.len()
    );
    let found = hardway::diagnose::diagnose(&inventory, &recognition, NOW);
    assert!(
        found.iter().all(|one| one.severity == Severity::Untidy),
        "{:#?}",
        found.first()
    );
    let late = hardway::diagnose::diagnose(&inventory, &recognition, NOW + 2000 * 86_400);
    assert_eq!(late[0].code, hardway::diagnose::Code::Expired);
    let took = begun.elapsed();
    println!("{} items: {took:?}", inventory.items().len());
    assert!(took.as_secs() < 60, "{took:?}");
}
