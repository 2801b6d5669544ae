//! RSA keys from primes that a kernel looks for and a library confirms.
//!
//! # How a prime is found
//!
//! 1. A random odd number of the size wanted, with its two highest bits set (FIPS 186-5, appendix A.1.3: then p is above
//!    sqrt(2) 2^(nlen/2-1)).
//! 2. A sieve strikes, among the numbers from there on, those that a small prime divides, and those that are 1 modulo the
//!    public exponent.
//! 3. The survivors go in order through Fermat's test to base 2, several at once, in a kernel ([`Filter`]). The first
//!    that passes is kept.
//! 4. When there are a p and a q, each must pass the rounds of Miller-Rabin that FIPS 186-5 asks for ([`rounds`]), with
//!    random bases, in the kernel.
//! 5. Each must pass one more round by a library (`crypto-primes`) that shares no code and no base with the kernel. So no
//!    fault of ours alone makes a key of a composite: a kernel that let everything pass would be found out here.
//! 6. |p - q| > 2^(nlen/2-100), gcd(p-1, e) = gcd(q-1, e) = 1, and `rsa` assembles and validates the key; its d is above
//!    2^(nlen/2).
//!
//! # How the primes are distributed
//!
//! A prime is chosen with a probability in proportion to the gap before it, as in every search that counts up from a
//! random number (OpenSSL's, and that of `rsa`). FIPS 186-5 would draw each candidate anew, as `BoringSSL` and Go do. By the
//! usual model of gaps the choice costs 0.61 bits of Shannon entropy (one bit of collision entropy) of a thousand;
//! nobody knows a use for it.
//!
//! # What time tells
//!
//! How long a search takes depends on the candidates that it throws away, and on the place of the prime in its window;
//! the sieve's memory accesses depend on the candidates' remainders by small primes, as in all sieving searches. The
//! tests of a kernel take the same steps for each number but for the number of times that two divides it less one.
//!
//! Primes, candidates and bases are wiped when they are dropped.

#![expect(
    clippy::cast_possible_truncation,
    reason = "words of 32 bits out of sums and remainders that the words before them bound"
)]

mod confirm;
mod filter;
mod number;
mod selftest;
mod sieve;

use rsa::rand_core::TryCryptoRng;
use rsa::traits::PrivateKeyParts;
use rsa::{BoxedUint, PrivateKey};

pub use self::confirm::rounds;
pub use self::filter::{Filter, Linked};
use self::number::Number;
pub use self::selftest::agrees;
use self::sieve::{PUBLIC_EXPONENT, Sieve};
use crate::Error;

/// Makes keys of one size.
pub struct Generator {
    /// Of a prime: half of the modulus.
    bits: usize,
    sieve: Sieve,
}

/// What a key took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Candidates that went through Fermat's test: luck, mostly.
    pub candidates: usize,
    /// Numbers that the kernel took for primes and the library did not. More than none says that the kernel is faulty.
    pub refused: usize,
}

impl Generator {
    /// For keys with a modulus of 2048, 3072 or 4096 bits.
    pub fn new(modulus_bits: usize) -> Self {
        Self::with_bound(modulus_bits, bound(modulus_bits))
    }

    /// Sieves by the primes below `bound`.
    pub fn with_bound(modulus_bits: usize, bound: u32) -> Self {
        let bits = modulus_bits / 2;
        Self {
            bits,
            sieve: Sieve::new(bits, bound),
        }
    }

    /// Makes a key with the public exponent 65537.
    ///
    /// # Errors
    ///
    /// [`Error::Randomness`] when `rng` fails: then there is no key, not a weaker one. [`Error::KeySearchFailed`] when the
    /// filter lets nothing pass among so many candidates as hold no prime but once in e^60 times, or when the primes do not
    /// form a key: another filter may do.
    pub fn generate(
        &self,
        filter: &mut dyn Filter,
        rng: &mut impl TryCryptoRng,
    ) -> Result<(PrivateKey, Effort), Error> {
        let mut effort = Effort::default();
        loop {
            let (p, q) = self.primes(filter, rng, &mut effort)?;
            filter.wipe();
            if !p.is_far_from(&q) {
                continue;
            }
            // The sieve has seen to it already; this is what FIPS 186-5, A.1.3, steps 4.5 and 5.6 ask.
            if [&p, &q]
                .iter()
                .any(|prime| prime.modulo(PUBLIC_EXPONENT) == 1)
            {
                continue;
            }
            let exponent = BoxedUint::from(PUBLIC_EXPONENT);
            let key =
                PrivateKey::from_p_q(p.to_uint(), q.to_uint(), exponent).map_err(|error| {
                    Error::KeySearchFailed {
                        found: error.to_string(),
                    }
                })?;
            // FIPS 186-5, appendix A.1.1, criterion 3. It fails once in 2^(nlen/2 - 17) times.
            if key.d().bit_width_vartime() as usize > self.bits {
                return Ok((key, effort));
            }
        }
    }

    /// Two confirmed primes, the greater first.
    fn primes(
        &self,
        filter: &mut dyn Filter,
        rng: &mut impl TryCryptoRng,
        effort: &mut Effort,
    ) -> Result<(Number, Number), Error> {
        let mut pair = [None, None];
        loop {
            for number in &mut pair {
                if number.is_none() {
                    *number = Some(self.probable_prime(filter, rng, effort)?);
                }
            }
            let [Some(p), Some(q)] = &pair else { continue };
            match confirm::verdicts([p, q], filter, rng, effort)? {
                [true, true] => {
                    let (p, q) = (p.clone(), q.clone());
                    return Ok(if p.words().iter().rev().ge(q.words().iter().rev()) {
                        (p, q)
                    } else {
                        (q, p)
                    });
                }
                verdicts => {
                    for (number, holds) in pair.iter_mut().zip(verdicts) {
                        number.take_if(|_| !holds);
                    }
                }
            }
        }
    }

    /// The first number from a random one on that passes the filter's Fermat test.
    fn probable_prime(
        &self,
        filter: &mut dyn Filter,
        rng: &mut impl TryCryptoRng,
        effort: &mut Effort,
    ) -> Result<Number, Error> {
        let lanes = filter.lanes();
        loop {
            let start = Number::start(self.bits, rng)?;
            let mut survivors = self
                .sieve
                .survivors(&start)
                .map_while(|distance| start.checked_add(distance));
            loop {
                let batch: Vec<Number> = survivors.by_ref().take(lanes).collect();
                let Some(last) = batch.last() else { break };
                if effort.candidates > 2 * self.bits {
                    return Err(Error::KeySearchFailed {
                        found: format!("no prime among {} candidates", effort.candidates),
                    });
                }
                let filled = batch.iter().chain(std::iter::repeat(last)).take(lanes);
                let passed = filter.fermat(self.bits, &confirm::concatenate(filled));
                effort.candidates += batch.len();
                if let Some(found) = (0..batch.len()).find(|lane| passed >> lane & 1 == 1) {
                    return Ok(batch[found].clone());
                }
            }
        }
    }
}

/// The bound of the sieve with which keys of this size take least time.
fn bound(modulus_bits: usize) -> u32 {
    match modulus_bits {
        ..=2048 => 1 << 17,
        2049..=3072 => 1 << 18,
        _ => 1 << 19,
    }
}
