//! RSA keys by every kernel, and kernels that lie.

mod common;

use std::thread;

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use common::rng;
use crypto_primes::{Flavor, is_prime};
use hardway::key::search::{Filter, Generator, Linked, agrees};
use hardway::{Error, KeyAlgorithm, KeyMaker, PrivateKey};
use hardway_kernel::{dot::Dot, fma::Fma};
use rsa::BoxedUint;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};

#[test]
fn every_kernel_makes_the_same_key_of_the_same_randomness() {
    for bits in [2048, 3072, 4096] {
        let generator = Generator::new(bits as usize);
        let [first, others @ ..] = kernels().map(|mut kernel| {
            let (key, effort) = generator.generate(kernel.as_mut(), &mut rng(3)).unwrap();
            assert_eq!(effort.refused, 0, "{}", kernel.name());
            key
        });
        inspect(&first, bits);
        for other in others {
            assert_eq!(other.primes(), first.primes());
        }
    }
}

/// `HARDWAY_KEYS=2000 cargo test --release --test prime_search` looks at thousands.
#[test]
fn the_primes_of_many_keys_pass_the_library_s_complete_verdict() {
    let keys = std::env::var("HARDWAY_KEYS").map_or(64, |keys| keys.parse().unwrap());
    thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || {
                let generator = Generator::new(2048);
                for seed in (half..keys).step_by(2) {
                    let (key, effort) = generator
                        .generate(&mut Linked::scalar(), &mut ChaCha20Rng::seed_from_u64(seed))
                        .unwrap();
                    assert_eq!(effort.refused, 0, "seed {seed}");
                    inspect(&key, 2048);
                }
            });
        }
    });
}

#[test]
fn a_kernel_that_passes_everything_is_found_out_by_the_library() {
    let mut liar = Liar::new(|_, _, _| u32::MAX);
    let generator = Generator::new(2048);
    let (key, effort) = generator.generate(&mut liar, &mut rng(5)).unwrap();
    assert!(effort.refused > 0, "{effort:?}");
    // Of a hundred composites, one round of a random base lets none through.
    inspect(&key, 2048);
}

#[test]
fn a_kernel_that_passes_nothing_ends_the_search_with_an_error() {
    let mut blind = Liar::new(|_, _, _| 0);
    let refused = Generator::new(2048).generate(&mut blind, &mut rng(5));
    assert_eq!(
        refused.map(|(_, effort)| effort),
        Err(Error::KeySearchFailed {
            found: "no prime among 2049 candidates".into()
        })
    );
}

#[test]
fn a_kernel_that_fails_its_self_test_is_not_used() {
    let lies: [(&str, Lie); 5] = [
        ("everything is prime", |_, _, _| u32::MAX),
        ("nothing is prime", |_, _, _| 0),
        ("a prime is composite", |truth, _, call| truth & !(call % 3)),
        ("one answer in five is wrong", |truth, _, call| {
            truth ^ u32::from(call % 5 == 4)
        }),
        ("Miller-Rabin is only Fermat", |truth, test, _| match test {
            Test::Fermat => truth,
            Test::MillerRabin => 1,
        }),
    ];
    for (what, lie) in lies {
        assert!(!agrees(&mut Liar::new(lie), 1024), "{what}");
        let mut maker = KeyMaker::new(vec![Box::new(Liar::new(lie))]);
        let (key, _) = maker.generate(KeyAlgorithm::Rsa2048, &mut rng(5)).unwrap();
        assert_eq!(maker.filter(), "scalar", "{what}");
        assert_eq!(maker.refused(), ["liar"], "{what}");
        inspect(&decoded(&key), 2048);
    }
    for mut kernel in kernels() {
        for bits in [1024, 1536, 2048] {
            assert!(agrees(kernel.as_mut(), bits), "{} {bits}", kernel.name());
        }
        assert!(
            !agrees(kernel.as_mut(), 512),
            "nothing is known of this size"
        );
    }
}

#[test]
fn a_kernel_that_lies_only_after_its_self_test_has_no_part_in_any_key() {
    // Six calls are the self-test's.
    let lies: [(&str, Lie); 3] = [
        (
            "then everything is prime",
            |truth, _, call| {
                if call < 6 { truth } else { 1 }
            },
        ),
        (
            "then nothing is prime",
            |truth, _, call| {
                if call < 6 { truth } else { 0 }
            },
        ),
        ("now and then a composite is prime", |truth, test, call| {
            let lies = call >= 6 && (test == Test::MillerRabin || call % 7 == 0);
            if lies { 1 } else { truth }
        }),
    ];
    for (what, lie) in lies {
        assert!(agrees(&mut Liar::new(lie), 1024), "{what}");
        let mut maker = KeyMaker::new(vec![Box::new(Liar::new(lie))]);
        let (key, effort) = maker.generate(KeyAlgorithm::Rsa2048, &mut rng(5)).unwrap();
        assert_eq!(effort.refused, 0, "{what}");
        assert_eq!(maker.refused(), ["liar"], "{what}");
        inspect(&decoded(&key), 2048);
    }
}

#[test]
fn a_kernel_that_wrongly_calls_a_prime_composite_costs_time_and_nothing_else() {
    let mut sleepy = Liar::new(|truth, test, call| match test {
        Test::Fermat if call % 2 == 0 => 0,
        _ => truth,
    });
    let generator = Generator::new(2048);
    let (key, effort) = generator.generate(&mut sleepy, &mut rng(5)).unwrap();
    assert_eq!(effort.refused, 0);
    inspect(&key, 2048);
}

/// What FIPS 186-5, appendix A.1.3, asks of a key of this size; the primes by BPSW.
fn inspect(key: &rsa::PrivateKey, bits: u32) {
    key.validate().unwrap();
    let primes: Vec<&BoxedUint> = key.primes().iter().map(AsRef::as_ref).collect();
    let [p, q] = primes[..] else {
        panic!("{} primes", primes.len())
    };
    assert_eq!(key.n().bit_width(), bits);
    assert_eq!(key.e(), &BoxedUint::from(65537u32));
    for prime in [p, q] {
        assert!(is_prime(Flavor::Any, prime), "{prime}");
        assert_eq!(prime.bit_width(), bits / 2);
        assert!(prime.bit_vartime(bits / 2 - 2), "below 1.5 2^(bits/2-1)");
        let exponent = rsa::BoxedUint::from(65537u32).to_nz().unwrap();
        assert_ne!(prime.rem(&exponent), BoxedUint::one(), "e divides p - 1");
    }
    assert!(p > q);
    assert!((p - q).bit_width() > bits / 2 - 100);
    assert!(key.d().bit_width() > bits / 2);
}

fn decoded(key: &PrivateKey) -> rsa::PrivateKey {
    rsa::PrivateKey::from_pkcs8_der(key.to_pkcs8_der().unwrap().as_bytes()).unwrap()
}

fn kernels() -> [Box<dyn Filter>; 3] {
    [
        Box::new(Linked::scalar()),
        Box::new(Linked::<Dot>::new("dot")),
        Box::new(Linked::<Fma>::new("fma")),
    ]
}

/// From the true answer, the test, and how many calls there were before.
type Lie = fn(u32, Test, u32) -> u32;

#[derive(Clone, Copy, PartialEq)]
enum Test {
    Fermat,
    MillerRabin,
}

/// The scalar kernel, whose answers are changed on the way.
struct Liar {
    honest: Linked<hardway_kernel::scalar::Scalar>,
    lie: Lie,
    calls: u32,
}

impl Liar {
    fn new(lie: Lie) -> Self {
        Self {
            honest: Linked::scalar(),
            lie,
            calls: 0,
        }
    }

    fn lie(&mut self, truth: u32, test: Test) -> u32 {
        self.calls += 1;
        (self.lie)(truth, test, self.calls - 1)
    }
}

impl Filter for Liar {
    fn name(&self) -> &'static str {
        "liar"
    }

    fn sound(&self) -> bool {
        true
    }

    fn lanes(&self) -> usize {
        1
    }

    fn fermat(&mut self, bits: usize, candidates: &[u32]) -> u32 {
        let truth = self.honest.fermat(bits, candidates);
        self.lie(truth, Test::Fermat)
    }

    fn miller_rabin(&mut self, bits: usize, candidates: &[u32], bases: &[u32]) -> u32 {
        let truth = self.honest.miller_rabin(bits, candidates, bases);
        self.lie(truth, Test::MillerRabin)
    }

    fn wipe(&mut self) {}
}
