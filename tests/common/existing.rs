//! Clusters that exist: made by other programs, read by the import, and put under the plan's ids by the names of their files.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use hardway::import::Inventory;
use hardway::renew::{Held, KeyChoice, Renewal};
use hardway::{Error, KeyMaker, Pki, Plan, PrivateKey, Timestamp};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::command::Tool;
use super::workbench::Workbench;
use super::{Unpacked, rng};

/// The document that the project started from, word for word but for the line that changes openssl's own configuration.
const SEED: &str = include_str!("../vectors/seed.sh");

/// The seed's eight key pairs, by the openssl that is here; `authority` is the command that signs the authority in place of the seed's.
pub(crate) fn seed(authority: Option<&str>) -> Workbench {
    let bench = Workbench::new();
    let own =
        "openssl x509 -req -in ca.csr -signkey ca.key -CAcreateserial -out ca.crt -days 1000\n";
    assert!(SEED.contains(own));
    bench.write("seed.sh", SEED.replace(own, authority.unwrap_or(own)));
    bench.write("no-basic-constraints", "subjectKeyIdentifier = hash\n");
    bench.run(Tool::Dash, &["-e", "seed.sh"]);
    bench
}

/// As openssl 3.2 and later sign with the seed's command: version 3, and no basicConstraints.
pub(crate) const OF_OPENSSL_3_5: &str = "openssl x509 -req -in ca.csr -signkey ca.key -extfile no-basic-constraints -out ca.crt -days 1000\n";

/// `NAME.crt` and `NAME.key` of the folder for every NAME that the plan knows.
pub(crate) fn held(bench: &Workbench, plan: &Plan) -> Held {
    let mut held = Held::default();
    for planned in &plan.certificates {
        let read = |end: &str| fs::read(bench.path(&format!("{}.{end}", planned.id)));
        let mut inventory = Inventory::default();
        for end in ["crt", "key"] {
            if let Ok(bytes) = read(end) {
                inventory.add(end, &bytes, None);
            }
        }
        if let Some((_, found)) = inventory.certificates().next() {
            held.insert_certificate(&planned.id, found.der.clone());
        }
        if let Some((_, found)) = inventory.keys().next()
            && let Ok(key) = found.private_key(&planned.id)
        {
            held.insert_key(&planned.id, Arc::new(key));
        }
    }
    held
}

/// Everything of a set that this crate made.
pub(crate) fn held_of(pki: &Pki) -> Held {
    let mut held = Held::of(pki);
    for planned in &pki.plan().certificates {
        held.insert_key(&planned.id, copy(pki.keys().of(&planned.id).unwrap()));
    }
    held
}

pub(crate) fn copy(key: &PrivateKey) -> Arc<PrivateKey> {
    let der = key.to_pkcs8_der().unwrap();
    Arc::new(PrivateKey::from_pkcs8_der(der.as_bytes(), "copy").unwrap())
}

pub(crate) fn chosen(ids: &[(&str, KeyChoice)]) -> BTreeMap<String, KeyChoice> {
    let ids = ids.iter();
    ids.map(|(id, key)| ((*id).to_owned(), *key)).collect()
}

/// Chosen, with new keys where they are wanted, begun.
pub(crate) fn begun(mut renewal: Renewal, now: Timestamp) -> hardway::Issuance {
    let plan = renewal.plan().clone();
    let missing: Vec<_> = renewal.keys().missing(&plan).cloned().collect();
    let (mut rng, mut maker) = (rng(6), KeyMaker::default());
    for planned in missing {
        let (key, _) = maker.generate(planned.key_algorithm, &mut rng).unwrap();
        renewal.add(&planned.id, key, None).unwrap();
    }
    renewal.begin(now, &mut rng).unwrap()
}

pub(crate) fn renewed(
    plan: &Plan,
    held: Held,
    ids: &[(&str, KeyChoice)],
    now: Timestamp,
) -> Result<Pki, Error> {
    let renewal = Renewal::new(plan, plan.clone(), held, &chosen(ids), now)?;
    begun(renewal, now).finish()
}

/// The renewal's bundle, with the files beside it that stay.
pub(crate) fn merged(bench: &Workbench, pki: &Pki) -> Unpacked {
    let bundle = Unpacked::native(pki);
    for planned in &pki.plan().certificates {
        for end in ["crt", "key"] {
            let name = format!("{}.{end}", planned.id);
            let to = bundle.pki(&name);
            if !to.exists() && bench.path(&name).exists() {
                fs::copy(bench.path(&name), to).unwrap();
            }
        }
    }
    bundle
}

/// The names of subject and issuer, DER.
pub(crate) fn names(der: &[u8]) -> [Vec<u8>; 2] {
    let (_, read) = X509Certificate::from_der(der).unwrap();
    [read.subject().as_raw(), read.issuer().as_raw()].map(<[u8]>::to_vec)
}
