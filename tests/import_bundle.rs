//! Our own bundle of every preset comes back whole: each file is taken for what it is, each key and certificate is the one that was packed.

mod common;

use std::collections::{HashMap, HashSet};

use common::presets;
use common::workbench::{imported, problems};
use common::{NOW, fixed_keys, pki_of, plan_of, rng, seed_plan, timestamp};
use hardway::import::limits::{MAX_ENTRIES, MAX_TOTAL_BYTES};
use hardway::import::{Inventory, Taken};
use hardway::{Bundle, Keys, PRESETS, Pki, PrivateKey};
use serde_json::json;

fn zip(pki: &Pki) -> Vec<u8> {
    let mut zip = Vec::new();
    Bundle::new(pki).write(&mut zip).unwrap();
    zip
}

fn check(pki: &Pki, inventory: &Inventory) {
    let mut modes = HashMap::new();
    for file in Bundle::new(pki).files() {
        let file = file.unwrap();
        modes.insert(format!("{}/{}", pki.plan().name(), file.path), file.mode);
    }
    let mut listed = 0;
    for file in inventory.files() {
        match file.taken {
            Taken::Archive("zip") | Taken::Folder => {}
            Taken::Items | Taken::Known(_) => {
                listed += 1;
                assert_eq!(file.mode, modes.get(&file.path).copied(), "{}", file.path);
            }
            _ => panic!("{file:?}"),
        }
        assert_eq!(file.troubles, [], "{}", file.path);
    }
    assert_eq!(listed, modes.len());
    let at = |name: String| {
        let path = format!("{}/pki/{name}", pki.plan().name());
        let file = inventory.files().iter().position(|file| file.path == path);
        let items: Vec<_> = inventory.items_of(file.unwrap()).collect();
        assert_eq!(items.len(), 1, "{path}");
        items[0].content.public().unwrap().clone()
    };
    for planned in &pki.plan().certificates {
        let key = pki.keys().of(&planned.id).unwrap();
        let public = at(format!("{}.key", planned.id));
        assert_eq!(public.spki, key.to_public_key_der().unwrap());
        let found = inventory.key_of(&public).unwrap();
        let whole = found
            .private_key(&planned.id)
            .unwrap()
            .to_pkcs8_der()
            .unwrap();
        assert_eq!(whole.as_bytes(), key.to_pkcs8_der().unwrap().as_bytes());
        let others: &[_] = if planned.kind.is_certified() {
            &["crt", "csr"]
        } else {
            &["pub"]
        };
        for end in others {
            assert_eq!(
                at(format!("{}.{end}", planned.id)),
                public,
                "{}.{end}",
                planned.id
            );
        }
    }
    let certificates: Vec<_> = inventory
        .certificates()
        .map(|(_, found)| &found.der)
        .collect();
    for (planned, issued) in pki.iter() {
        assert!(
            certificates.contains(&&issued.certificate),
            "{}",
            planned.id
        );
    }
    for planned in &pki.plan().kubeconfigs {
        let mut found = inventory.kubeconfigs().map(|(_, found)| found);
        assert!(found.any(|one| {
            let context = one.current();
            context.is_some_and(|context| {
                one.cluster(context)
                    .is_some_and(|cluster| cluster.server == planned.server)
                    && one
                        .user(context)
                        .is_some_and(|user| user.name == planned.user)
            })
        }));
    }
}

#[test]
fn the_bundle_of_every_preset_comes_back_whole() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        let inventory = imported("bundle.zip", &zip(&pki));
        check(&pki, &inventory);
        assert_eq!(problems(&inventory), []);
    }
}

#[test]
fn it_comes_back_the_same_from_a_folder() {
    let pki = common::pki();
    let mut inventory = Inventory::default();
    for file in Bundle::new(&pki).files() {
        let file = file.unwrap();
        let path = format!("{}/{}", pki.plan().name(), file.path);
        inventory.add(&path, &file.content, Some(file.mode));
    }
    check(&pki, &inventory);
}

#[test]
fn the_bundle_of_five_thousand_workers_is_within_the_limits() {
    for preset in PRESETS {
        let [small, large] = [40, 80].map(|workers| {
            let pki = pki_of_workers(preset.id, workers);
            let (mut paths, mut bytes) = (HashSet::new(), 0);
            for file in Bundle::new(&pki).files() {
                let file = file.unwrap();
                let folders = file.path.match_indices('/');
                paths.extend(folders.map(|(slash, _)| file.path[..=slash].to_owned()));
                bytes += file.content.len() as u64;
                paths.insert(file.path);
            }
            (paths.len(), bytes)
        });
        // Each further worker adds as many files, and about as many bytes.
        let entries = large.0 + (large.0 - small.0) * (5_000 - 80) / 40;
        let bytes = large.1 + (large.1 - small.1) * (5_000 - 80) / 40;
        assert!(
            (40_000..=MAX_ENTRIES).contains(&entries),
            "{}: {entries}",
            preset.id
        );
        assert!(bytes * 5 / 4 < MAX_TOTAL_BYTES, "{}: {bytes}", preset.id);
    }
}

/// The largest cluster that may be planned, but for its workers; one key serves every certificate.
fn pki_of_workers(preset: &str, workers: usize) -> Pki {
    let node = |name: String, role, address: String| json!({"name": name, "role": role, "addresses": [address]});
    let mut nodes = vec![node("lb".into(), "load-balancer", "10.0.0.1".into())];
    nodes.extend((1..=15).map(|n| node(format!("m-{n}"), "control-plane", format!("10.0.1.{n}"))));
    nodes.extend((1..=workers).map(|n| node(format!("w-{n}"), "worker", format!("10.0.2.{n}"))));
    let plan =
        plan_of(&json!({"preset": preset, "nodes": nodes, "keyAlgorithm": "rsa-2048"}).to_string());
    let key = fixed_keys(&seed_plan());
    let key = key.of("ca").unwrap().to_pkcs8_der().unwrap();
    let mut keys = Keys::default();
    for planned in &plan.certificates {
        let key = PrivateKey::from_pkcs8_der(key.as_bytes(), &planned.id).unwrap();
        keys.insert(&plan, &planned.id, key).unwrap();
    }
    Pki::issue(plan, keys, timestamp(NOW), &mut rng(3)).unwrap()
}
