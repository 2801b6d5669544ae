//! Keys that are made once: what is asked here does not depend on which they are.

use std::sync::OnceLock;

use chacha20::ChaCha20Rng;
use hardway::{Cluster, Description, Error, KeyAlgorithm, Keys, Pki, Plan, PrivateKey, Timestamp};
use rsa::rand_core::SeedableRng;

use super::NOW;

/// So many of each; a plan takes them in turn.
const SIZE: usize = 8;

/// The plan's keys, out of the pool.
pub(crate) fn keys(plan: &Plan) -> Keys {
    static P256: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    static P384: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let mut keys = Keys::default();
    for (place, planned) in plan.certificates.iter().enumerate() {
        let algorithm = planned.key_algorithm;
        let pool = match algorithm {
            KeyAlgorithm::EcdsaP384 => P384.get_or_init(|| make(algorithm)),
            _ => P256.get_or_init(|| make(KeyAlgorithm::EcdsaP256)),
        };
        let key = PrivateKey::from_pkcs8_der(&pool[place % SIZE], &planned.id).unwrap();
        keys.insert(plan, &planned.id, key).unwrap();
    }
    keys
}

/// The same description with keys that sign in less than a millisecond.
pub(crate) fn quick(description: &Description) -> Description {
    let mut quick = description.clone();
    let swift = |algorithm: KeyAlgorithm| match algorithm {
        KeyAlgorithm::EcdsaP384 => KeyAlgorithm::EcdsaP384,
        _ => KeyAlgorithm::EcdsaP256,
    };
    quick.key_algorithm = Some(quick.key_algorithm.map_or(KeyAlgorithm::EcdsaP256, swift));
    for change in quick
        .certificates
        .iter_mut()
        .flat_map(|all| all.values_mut())
    {
        change.key_algorithm = change.key_algorithm.map(swift);
    }
    quick
}

/// The cluster with keys of the pool.
pub(crate) fn issued(description: &Description) -> Result<Pki, Error> {
    issue(Plan::new(&Cluster::parse(&quick(description))?))
}

/// Any plan of such keys.
pub(crate) fn issue(plan: Plan) -> Result<Pki, Error> {
    let keys = keys(&plan);
    let now = Timestamp::from_unix(NOW).unwrap();
    Pki::issue(plan, keys, now, &mut ChaCha20Rng::from_seed([9; 32]))
}

fn make(algorithm: KeyAlgorithm) -> Vec<Vec<u8>> {
    let mut rng = ChaCha20Rng::from_seed([8; 32]);
    (0..SIZE)
        .map(|_| {
            let key = PrivateKey::generate(algorithm, &mut rng).unwrap();
            key.to_pkcs8_der().unwrap().as_bytes().to_vec()
        })
        .collect()
}
