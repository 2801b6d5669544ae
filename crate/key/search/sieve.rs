//! Strikes the candidates that a small prime divides.

use zeroize::Zeroizing;

use super::number::Number;

/// The odd primes below a bound, and what their remainders are computed with.
pub(super) struct Sieve {
    moduli: Vec<Modulus>,
    primes: Vec<Prime>,
}

/// A product of primes that fits a word.
#[derive(Clone, Copy, Default)]
struct Modulus {
    product: u32,
    /// -1 / product modulo 2^32.
    inverse: u32,
    /// How many primes.
    primes: u32,
}

struct Prime {
    prime: u32,
    /// What turns `x / 2^bits` into `-x / 2`.
    factor: u32,
}

impl Sieve {
    /// For numbers of `bits` bits.
    pub(super) fn new(bits: usize, bound: u32) -> Self {
        let mut moduli: Vec<Modulus> = Vec::new();
        let mut primes = Vec::new();
        for prime in odd_primes(bound) {
            primes.push(Prime {
                prime,
                factor: prime - power_of_two(bits - 1, prime),
            });
            let last = moduli.last_mut();
            match last.and_then(|last| Some((last.product.checked_mul(prime)?, last))) {
                Some((product, last)) if product <= MAX_PRODUCT => {
                    last.product = product;
                    last.primes += 1;
                }
                _ => moduli.push(Modulus {
                    product: prime,
                    inverse: 0,
                    primes: 1,
                }),
            }
        }
        for modulus in &mut moduli {
            modulus.inverse = negated_inverse(modulus.product);
        }
        // In whole groups: 1 divides everything and belongs to no prime.
        moduli.resize(
            moduli.len().next_multiple_of(GROUP),
            Modulus {
                product: 1,
                inverse: u32::MAX,
                primes: 0,
            },
        );
        Self { moduli, primes }
    }

    /// The distances, all even and below `2 WINDOW`, at which numbers from `start` on are divisible by none of the primes
    /// and are not 1 modulo 65537, the public exponent.
    pub(super) fn survivors(&self, start: &Number) -> Survivors {
        let mut struck = Zeroizing::new(vec![false; WINDOW]);
        let mut primes = self.primes.iter();
        for group in self.moduli.as_chunks::<GROUP>().0 {
            let remainders = remainders(start.words(), group);
            for (modulus, rest) in group.iter().zip(remainders) {
                for &Prime { prime, factor } in primes.by_ref().take(modulus.primes as usize) {
                    let first = u64::from(rest % prime) * u64::from(factor) % u64::from(prime);
                    strike(&mut struck, first as u32, prime);
                    if prime == PUBLIC_EXPONENT {
                        strike(
                            &mut struck,
                            (first as u32 + prime.div_ceil(2)) % prime,
                            prime,
                        );
                    }
                }
            }
        }
        Survivors { struck, next: 0 }
    }
}

/// What a sieve has left, from low to high.
pub(super) struct Survivors {
    struck: Zeroizing<Vec<bool>>,
    next: usize,
}

impl Iterator for Survivors {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let found = self.next
            + self.struck[self.next..]
                .iter()
                .position(|&struck| !struck)?;
        self.next = found + 1;
        Some(2 * found as u32)
    }
}

/// `x / 2^(32 words)` modulo each product, by Montgomery's reduction a word at a time; several at once, because each
/// alone is a chain of multiplications that wait for one another.
///
/// A remainder stays below product + 2, so below 2^32, and the sum below 2^32 + 2^32 + 2^32 (2^32 - 3) < 2^64.
#[inline]
fn remainders(words: &[u32], group: &[Modulus; GROUP]) -> [u32; GROUP] {
    let mut rests = [0u64; GROUP];
    for &word in words {
        for (rest, modulus) in rests.iter_mut().zip(group) {
            let sum = *rest + u64::from(word);
            let quotient = (sum as u32).wrapping_mul(modulus.inverse);
            *rest = (sum + u64::from(quotient) * u64::from(modulus.product)) >> 32;
        }
    }
    rests.map(|rest| rest as u32)
}

#[inline]
fn strike(struck: &mut [bool], first: u32, prime: u32) {
    for struck in struck
        .iter_mut()
        .skip(first as usize)
        .step_by(prime as usize)
    {
        *struck = true;
    }
}

/// By Eratosthenes.
fn odd_primes(bound: u32) -> impl Iterator<Item = u32> {
    // Index i stands for 2i + 1.
    let mut composite = vec![false; bound as usize / 2];
    for i in 1..composite.len() {
        let prime = 2 * i + 1;
        if prime * prime >= bound as usize {
            break;
        }
        if !composite[i] {
            strike(&mut composite, (prime * prime / 2) as u32, prime as u32);
        }
    }
    (1..bound / 2)
        .filter(move |&i| !composite[i as usize])
        .map(|i| 2 * i + 1)
}

/// `2^exponent` modulo a prime.
fn power_of_two(exponent: usize, prime: u32) -> u32 {
    // The highest bits of the exponent at once.
    let rest = exponent.ilog2().saturating_sub(4);
    let mut power = (1u64 << (exponent >> rest)) % u64::from(prime);
    for bit in (0..rest).rev() {
        power = ((power * power) << (exponent >> bit & 1)) % u64::from(prime);
    }
    power as u32
}

/// `-1/odd` modulo 2^32, by Newton.
fn negated_inverse(odd: u32) -> u32 {
    let mut x = odd;
    for _ in 0..4 {
        x = x.wrapping_mul(2u32.wrapping_sub(odd.wrapping_mul(x)));
    }
    x.wrapping_neg()
}

/// Odd numbers that a search looks at before it starts anew: all of them composite once in e^11 searches at 2048 bits,
/// less often below.
pub(super) const WINDOW: usize = 8192;

pub(super) const PUBLIC_EXPONENT: u32 = 65537;

const MAX_PRODUCT: u32 = u32::MAX - 2;

const GROUP: usize = 4;
