//! The verdict on two numbers that passed Fermat's test.

use crypto_primes::hazmat::{MillerRabin, Primality};
use rsa::BoxedUint;
use rsa::rand_core::TryCryptoRng;
use zeroize::Zeroizing;

use super::number::Number;
use super::{Effort, Filter};
use crate::Error;

/// Rounds of Miller-Rabin with random bases for a prime of `bits` bits: FIPS 186-5, table B.1, right column.
///
/// | prime | modulus | error probability | rounds |
/// |---|---|---|---|
/// | 1024 | 2048 | 2^-112 | 5 |
/// | 1536 | 3072 | 2^-128 | 4 |
/// | 2048 | 4096 | 2^-144 | 4 |
pub fn rounds(bits: usize) -> usize {
    if bits <= 1024 { 5 } else { 4 }
}

/// Which of two candidates are primes: by the rounds in the kernel, then by one round in the library.
pub(super) fn verdicts(
    candidates: [&Number; 2],
    filter: &mut dyn Filter,
    rng: &mut impl TryCryptoRng,
    effort: &mut Effort,
) -> Result<[bool; 2], Error> {
    let mut verdicts = kernel_verdicts(candidates, filter, rng)?;
    for (candidate, verdict) in candidates.into_iter().zip(&mut verdicts) {
        if *verdict && !library_agrees(candidate, rng)? {
            *verdict = false;
            effort.refused += 1;
        }
    }
    Ok(verdicts)
}

/// All rounds of both candidates, as many at once as the kernel has lanes.
fn kernel_verdicts(
    candidates: [&Number; 2],
    filter: &mut dyn Filter,
    rng: &mut impl TryCryptoRng,
) -> Result<[bool; 2], Error> {
    let bits = 32 * candidates[0].words().len();
    // A last call that is not full repeats candidates, with further bases.
    let lanes = filter.lanes();
    let jobs = (2 * rounds(bits)).next_multiple_of(lanes);
    let mut verdicts = [true; 2];
    for call in 0..jobs / lanes {
        let which: Vec<usize> = (0..lanes).map(|lane| (call * lanes + lane) % 2).collect();
        let bases = which
            .iter()
            .map(|&which| candidates[which].base(rng))
            .collect::<Result<Vec<_>, _>>()?;
        let passed = filter.miller_rabin(
            bits,
            &concatenate(which.iter().map(|&which| candidates[which])),
            &concatenate(bases.iter()),
        );
        for (lane, which) in which.into_iter().enumerate() {
            verdicts[which] &= passed >> lane & 1 == 1;
        }
    }
    Ok(verdicts)
}

/// One round with a random base of its own.
fn library_agrees(candidate: &Number, rng: &mut impl TryCryptoRng) -> Result<bool, Error> {
    let base: BoxedUint = candidate.base(rng)?.to_uint();
    let Some(odd) = candidate.to_uint().to_odd().into_option() else {
        return Ok(false);
    };
    Ok(MillerRabin::new(odd).test(&base) != Primality::Composite)
}

/// The words of several numbers, one behind the other.
pub(super) fn concatenate<'a>(numbers: impl Iterator<Item = &'a Number>) -> Zeroizing<Vec<u32>> {
    Zeroizing::new(numbers.flat_map(Number::words).copied().collect())
}

#[cfg(test)]
mod tests {
    use chacha20::ChaCha20Rng;
    use chacha20::rand_core::SeedableRng;

    use super::*;
    use crate::key::search::Linked;

    /// A kernel that takes everything for a prime.
    struct Gullible;

    impl Filter for Gullible {
        fn name(&self) -> &'static str {
            "gullible"
        }

        fn sound(&self) -> bool {
            true
        }

        fn lanes(&self) -> usize {
            4
        }

        fn fermat(&mut self, _: usize, _: &[u32]) -> u32 {
            0b1111
        }

        fn miller_rabin(&mut self, _: usize, _: &[u32], _: &[u32]) -> u32 {
            0b1111
        }

        fn wipe(&mut self) {}
    }

    #[test]
    fn strong_pseudoprimes_to_base_2_pass_the_filter_and_none_passes_the_kernel_s_rounds() {
        for number in pseudoprimes() {
            let bits = 32 * number.words().len();
            let mut scalar = Linked::scalar();
            assert_eq!(scalar.fermat(bits, number.words()), 1);
            assert_eq!(verdict(&number, &mut scalar, 1), (Ok([false, false]), 0));
        }
    }

    /// These are the worst numbers there are: one base in four or eight lies for them. One in e^80 does for a random one.
    #[test]
    fn the_library_alone_refuses_strong_pseudoprimes_for_three_bases_in_four() {
        for number in pseudoprimes() {
            let refused: usize = (0..32)
                .map(|seed| verdict(&number, &mut Gullible, seed).1)
                .sum();
            assert!(refused >= 40, "{refused} of 64");
        }
    }

    fn verdict(
        number: &Number,
        filter: &mut dyn Filter,
        seed: u64,
    ) -> (Result<[bool; 2], Error>, usize) {
        let (mut rng, mut effort) = (ChaCha20Rng::seed_from_u64(seed), Effort::default());
        let verdicts = verdicts([number, number], filter, &mut rng, &mut effort);
        (verdicts, effort.refused)
    }

    #[test]
    fn a_composite_beside_a_prime_is_told_from_it_whichever_comes_first() {
        let prime = Number::from(least_prime().as_slice());
        let composite = pseudoprimes().remove(0);
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let mut verdicts = |pair| {
            let mut effort = Effort::default();
            verdicts(pair, &mut Linked::scalar(), &mut rng, &mut effort)
        };
        assert_eq!(verdicts([&prime, &composite]), Ok([true, false]));
        assert_eq!(verdicts([&composite, &prime]), Ok([false, true]));
        assert_eq!(verdicts([&prime, &prime]), Ok([true, true]));
    }

    /// The least prime above 1.5 2^1023, by the library.
    fn least_prime() -> Vec<u32> {
        let mut words = vec![0; 32];
        (words[0], words[31]) = (1, 3 << 30);
        while !crypto_primes::is_prime(
            crypto_primes::Flavor::Any,
            &Number::from(words.as_slice()).to_uint(),
        ) {
            words[0] += 2;
        }
        words
    }

    fn pseudoprimes() -> Vec<Number> {
        include_str!("../../../tests/vectors/strong_pseudoprimes.txt")
            .lines()
            .map(|line| {
                let word = |digits: &[u8]| {
                    u32::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap()
                };
                let words: Vec<u32> = line.as_bytes().rchunks(8).map(word).collect();
                Number::from(words.as_slice())
            })
            .collect()
    }
}
