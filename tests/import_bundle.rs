//! Our own bundle of every preset comes back whole: each file is taken for what it is, each key and certificate is the one that was packed.

mod common;

use std::collections::HashMap;

use common::presets;
use common::workbench::{imported, problems};
use common::{NOW, pki_of};
use hardway::import::{Inventory, Taken};
use hardway::{Bundle, Pki};

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
