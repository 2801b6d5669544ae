//! Private keys: made, written, read back, refused; and randomness that fails.

mod common;

use std::fmt;

use common::{NOW, fixed_keys, pki, rng, seed_plan, timestamp};
use hardway::{Bundle, Cluster, Error, KeyAlgorithm, Keys, Pki, Plan, PrivateKey};
use rsa::rand_core::{TryCryptoRng, TryRng};

#[test]
fn a_key_written_as_pkcs8_reads_back_as_the_same_key() {
    for algorithm in [
        KeyAlgorithm::EcdsaP256,
        KeyAlgorithm::EcdsaP384,
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::Rsa3072,
    ] {
        let key = PrivateKey::generate(algorithm, &mut rng(7)).unwrap();
        assert_eq!(key.algorithm_name(), algorithm.id());
        let der = key.to_pkcs8_der().unwrap();
        let again = PrivateKey::from_pkcs8_der(der.as_bytes(), "admin").unwrap();
        assert_eq!(again.to_pkcs8_der().unwrap().as_bytes(), der.as_bytes());
        let pem = again.to_pkcs8_pem().unwrap();
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        assert!(pem.ends_with("-----END PRIVATE KEY-----\n"));
    }
}

#[test]
fn the_same_randomness_gives_the_same_key_and_other_randomness_another() {
    let key = |seed| {
        let key = PrivateKey::generate(KeyAlgorithm::Rsa2048, &mut rng(seed)).unwrap();
        key.to_pkcs8_der().unwrap().as_bytes().to_vec()
    };
    assert_eq!(key(1), key(1));
    assert_ne!(key(1), key(2));
}

#[test]
fn what_is_not_a_key_is_refused_with_the_certificate_s_name() {
    let key = PrivateKey::generate(KeyAlgorithm::Rsa2048, &mut rng(7)).unwrap();
    let der = key.to_pkcs8_der().unwrap().as_bytes().to_vec();
    let mut other_modulus = der.clone();
    // Inside the modulus, which begins some forty bytes in: the primes no longer multiply to it.
    other_modulus[200] ^= 4;
    let mut trailing = der.clone();
    trailing.push(0);
    let table: [(&str, &[u8]); 5] = [
        ("nothing", &[]),
        ("garbage", b"-----BEGIN PRIVATE KEY-----"),
        ("half a key", &der[..der.len() / 2]),
        ("a key with more behind it", &trailing),
        ("numbers that form no key", &other_modulus),
    ];
    for (what, bytes) in table {
        match PrivateKey::from_pkcs8_der(bytes, "admin").map(drop) {
            Err(Error::InvalidKey { id, found }) => {
                assert_eq!(id, "admin");
                assert!(!found.is_empty(), "{what}");
            }
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[test]
fn a_key_of_another_algorithm_than_the_plan_s_is_refused() {
    let plan = seed_plan();
    let mut keys = Keys::default();
    let long = PrivateKey::generate(KeyAlgorithm::Rsa3072, &mut rng(7)).unwrap();
    assert_eq!(
        keys.insert(&plan, "admin", long),
        Err(Error::WrongKeyAlgorithm {
            id: "admin".into(),
            expected: "rsa-2048".into(),
            found: "rsa-3072".into(),
        })
    );
    assert_eq!(keys.of("admin").map(drop), missing("admin"));
    let right = PrivateKey::generate(KeyAlgorithm::Rsa2048, &mut rng(7)).unwrap();
    assert_eq!(keys.insert(&plan, "admin", right), Ok(()));
    assert!(keys.of("admin").is_ok());
}

#[test]
fn a_key_for_a_certificate_that_the_plan_has_not_is_refused() {
    let key = PrivateKey::generate(KeyAlgorithm::Rsa2048, &mut rng(7)).unwrap();
    let refused = Keys::default().insert(&seed_plan(), "front-proxy-ca", key);
    let id = "front-proxy-ca".to_owned();
    assert_eq!(refused, Err(Error::UnknownCertificate { id }));
}

#[test]
fn nothing_is_issued_while_one_key_is_missing() {
    let plan = seed_plan();
    let mut keys = Keys::default();
    let all = fixed_keys(&plan);
    // The last certificate's key: everything before it could be signed.
    for planned in &plan.certificates[..plan.certificates.len() - 1] {
        let der = all.of(&planned.id).unwrap().to_pkcs8_der().unwrap();
        let key = PrivateKey::from_pkcs8_der(der.as_bytes(), &planned.id).unwrap();
        keys.insert(&plan, &planned.id, key).unwrap();
    }
    let refused = Pki::issue(plan.clone(), keys, timestamp(NOW), &mut Broken::after(0));
    assert_eq!(refused.map(drop), missing("worker-2"));
    assert!(Pki::issue(plan, all, timestamp(NOW), &mut rng(1)).is_ok());
}

#[test]
fn randomness_that_fails_gives_no_key_and_no_certificate() {
    let error = || Error::Randomness {
        found: "the well is dry".into(),
    };
    // Wherever on the way it fails: a source that lasts to the end gives the key of one that never fails.
    let whole = PrivateKey::generate(KeyAlgorithm::Rsa2048, &mut rng(7)).unwrap();
    let mut calls = 0;
    let made = loop {
        match PrivateKey::generate(KeyAlgorithm::Rsa2048, &mut Broken::after(calls)) {
            Ok(key) => break key,
            Err(refused) => assert_eq!(refused.code(), "randomness", "after {calls} calls"),
        }
        calls += 1;
    };
    assert!(calls >= 2, "two primes came out of {calls} calls");
    assert_eq!(made.to_pkcs8_pem(), whole.to_pkcs8_pem());

    let plan = seed_plan();
    for calls in [0, plan.certificates.len() - 1] {
        let keys = fixed_keys(&plan);
        let refused = Pki::issue(
            plan.clone(),
            keys,
            timestamp(NOW),
            &mut Broken::after(calls),
        );
        assert_eq!(
            refused.map(drop),
            Err(error()),
            "after {calls} serial numbers"
        );
    }
    let keys = Keys::generate(&plan, &mut Broken::after(0));
    assert_eq!(keys.map(drop).unwrap_err().code(), "randomness");
}

#[test]
fn a_key_s_name_and_error_never_show_its_numbers() {
    let pki = pki();
    let key = pki.keys().of("ca").unwrap();
    assert_eq!(key.algorithm_name(), "rsa-2048");
    let mut der = key.to_pkcs8_der().unwrap().as_bytes().to_vec();
    der[200] ^= 4;
    let Err(refused) = PrivateKey::from_pkcs8_der(&der, "ca") else {
        panic!("accepted")
    };
    assert!(refused.to_string().len() < 120, "{refused}");
}

#[test]
fn with_the_system_s_own_randomness_every_key_and_serial_number_is_new() {
    let description = common::SEED_CLUSTER.parse().unwrap();
    let make = || {
        let plan = Plan::new(&Cluster::parse(&description).unwrap());
        let keys = Keys::generate(&plan, &mut getrandom::SysRng).unwrap();
        Pki::issue(plan, keys, timestamp(NOW), &mut getrandom::SysRng).unwrap()
    };
    let (one, other) = (make(), make());
    let files = |pki: &Pki| {
        Bundle::new(pki)
            .files()
            .map(|file| file.unwrap().path)
            .collect::<Vec<_>>()
    };
    assert_eq!(files(&one), files(&other));
    for planned in &one.plan().certificates {
        let key = |pki: &Pki| pki.keys().of(&planned.id).unwrap().to_pkcs8_pem().unwrap();
        assert_ne!(key(&one), key(&other), "{}", planned.id);
        let serial = |pki: &Pki| {
            let der = &pki.issued(&planned.id).unwrap().certificate;
            hardway::DecodedCertificate::from_der(der).unwrap().serial
        };
        assert_ne!(serial(&one), serial(&other), "{}", planned.id);
    }
}

fn missing(id: &str) -> Result<(), Error> {
    Err(Error::KeyMissing { id: id.into() })
}

/// A source of randomness that answers a number of calls and then fails.
struct Broken {
    left: usize,
    good: chacha20::ChaCha20Rng,
}

#[derive(Debug)]
struct Dry;

impl Broken {
    fn after(left: usize) -> Self {
        Self { left, good: rng(7) }
    }

    fn draw(&mut self) -> Result<&mut chacha20::ChaCha20Rng, Dry> {
        self.left = self.left.checked_sub(1).ok_or(Dry)?;
        Ok(&mut self.good)
    }
}

impl TryRng for Broken {
    type Error = Dry;

    fn try_next_u32(&mut self) -> Result<u32, Dry> {
        self.draw()?.try_next_u32().map_err(|never| match never {})
    }

    fn try_next_u64(&mut self) -> Result<u64, Dry> {
        self.draw()?.try_next_u64().map_err(|never| match never {})
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Dry> {
        self.draw()?
            .try_fill_bytes(bytes)
            .map_err(|never| match never {})
    }
}

impl TryCryptoRng for Broken {}

impl fmt::Display for Dry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the well is dry")
    }
}

impl std::error::Error for Dry {}
