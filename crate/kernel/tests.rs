//! Every kernel against crypto-bigint, step by step and test by test. Sums are checked for overflow here (profile `test`).

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, ConcatenatingMul, Odd, Resize};

use crate::dot::Dot;
use crate::fma::Fma;
use crate::probable::{self, Arithmetic, Shape};
use crate::scalar::Scalar;

#[test]
fn fma_multiplies_as_crypto_bigint_does() {
    steps::<Fma>();
}

#[test]
fn dot_multiplies_as_crypto_bigint_does() {
    steps::<Dot>();
}

#[test]
fn scalar_multiplies_as_crypto_bigint_does() {
    steps::<Scalar>();
}

#[test]
fn fma_tells_primes_from_composites_as_crypto_bigint_does() {
    verdicts::<Fma>();
}

#[test]
fn dot_tells_primes_from_composites_as_crypto_bigint_does() {
    verdicts::<Dot>();
}

#[test]
fn scalar_tells_primes_from_composites_as_crypto_bigint_does() {
    verdicts::<Scalar>();
}

/// At least 100,000 results, each one lane of one step: squares, doubled squares, products and reductions.
fn steps<A: Arithmetic>() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut results = 0;
    for bits in SIZES {
        let shape = A::shape(bits);
        let mut moduli = edges(bits);
        while moduli.len() < 40 || !moduli.len().is_multiple_of(A::LANES) {
            moduli.push(random(&mut rng, bits, Top::Two));
        }
        for group in moduli.chunks_exact(A::LANES) {
            let references: Vec<_> = group.iter().map(|n| Reference::new(shape, n)).collect();
            let modulus = probable::modulus::<A>(shape, &group.concat());
            while results % ROUND < ROUND - 4 * A::LANES {
                let [x, y] = [(); 2].map(|()| operands::<A>(&mut rng, shape, group));
                let twice = rng.next_u32();
                let mut square = x.clone();
                A::square(&modulus, &mut square, twice);
                let mut product = x.clone();
                A::multiply(&modulus, &mut product, &y);
                let mut chained = square.clone();
                A::multiply(&modulus, &mut chained, &product);
                let mut reduced = x.clone();
                A::reduce(&modulus, &mut reduced);
                for (lane, reference) in references.iter().enumerate() {
                    let value = |x: &A::Element| reference.residue::<A>(x, lane);
                    let (x, y) = (value(&x), value(&y));
                    let doubled = 1 + (twice >> lane & 1);
                    let expected = [
                        (&square, reference.times(&(&x * &x), doubled)),
                        (&product, &x * &y),
                        (&chained, &value(&square) * &value(&product)),
                        (&reduced, x.clone()),
                    ];
                    for (result, expected) in expected {
                        assert_eq!(&value(result) * &reference.radix, expected, "{bits} bits");
                        results += 1;
                    }
                }
            }
            results += 4 * A::LANES;
        }
    }
    assert!(results >= 100_000, "{results}");
}

/// Fermat's test and Miller-Rabin, with numbers of all kinds side by side in the lanes.
fn verdicts<A: Arithmetic>() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    for bits in SIZES {
        let mut numbers = edges(bits);
        numbers.extend(pseudoprimes(bits));
        numbers.push(prime(&mut rng, bits));
        numbers.push(prime(&mut rng, bits));
        while numbers.len() < 24 {
            numbers.push(random(&mut rng, bits, Top::Two));
        }
        for start in 0..numbers.len() {
            // Kinds mix differently with each start.
            let group: Vec<_> = (0..A::LANES)
                .map(|lane| numbers[(start + 5 * lane) % numbers.len()].clone())
                .collect();
            let bases: Vec<_> = group
                .iter()
                .map(|_| {
                    let mut base = random(&mut rng, bits, Top::Any);
                    base[bits / 32 - 1] >>= 1;
                    base
                })
                .collect();
            let mut expected = (0, 0);
            for (lane, (n, base)) in group.iter().zip(&bases).enumerate() {
                expected.0 |= u32::from(fermat(n)) << lane;
                expected.1 |= u32::from(miller_rabin(n, base)) << lane;
            }
            let (group, bases) = (group.concat(), bases.concat());
            let found = (
                probable::fermat::<A>(bits, &group),
                probable::miller_rabin::<A>(bits, &group, &bases),
            );
            assert_eq!(found, expected, "{bits} bits, from number {start}");
        }
    }
}

/// Odd numbers with their highest bit set that carry, borrow or balance in unusual ways.
fn edges(bits: usize) -> Vec<Vec<u32>> {
    let len = bits / 32;
    let filled = |word: u32| {
        let mut words = vec![word; len];
        words[0] |= 1;
        words[len - 1] |= 1 << 31;
        words
    };
    let mut edges = vec![
        filled(u32::MAX),
        filled(0),
        filled(0x5555_5555),
        filled(0xaaaa_aaaa),
        filled(0x7fff_ffff),
        filled(0x8000_0000),
    ];
    // 2^(bits-1) + 2^k + 1 and 2^bits - 2^k - 1, where digits of the kernels' widths begin and end.
    for k in [1, 12, 13, 27, 28, 46, 47, 48, 94, bits / 2, bits - 2] {
        let mut low = filled(0);
        low[k / 32] |= 1 << (k % 32);
        let mut high = filled(u32::MAX);
        high[k / 32] &= !(1 << (k % 32));
        edges.extend([low, high]);
    }
    edges
}

/// Digits for every lane: of random numbers below 2N either way, or as large as digits may be, all the same way or mixed.
fn operands<A: Arithmetic>(rng: &mut ChaCha8Rng, shape: Shape, moduli: &[Vec<u32>]) -> A::Element {
    let mut x = A::zero();
    for (lane, _) in moduli.iter().enumerate() {
        let kind = rng.next_u32() % 4;
        let sign = 1 - 2 * i64::from(rng.next_u32() & 1);
        let words = random(rng, shape.bits, Top::Any);
        let bound = 1i64 << (shape.width - 1);
        let digits: Vec<i64> = crate::words::digits(&words, shape.width, shape.digits).collect();
        for (index, digit) in digits.into_iter().enumerate() {
            // All but the digits that would take the number over N.
            let within = (index + 1) * shape.width < shape.bits;
            let digit = match kind {
                0 | 1 => sign * digit,
                _ if !within => 0,
                2 => sign * (bound - 1),
                _ => (bound - 1) * (1 - 2 * i64::from(rng.next_u32() & 1)),
            };
            A::set_digit(&mut x, lane, index, digit);
        }
    }
    x
}

/// A modulus, by crypto-bigint.
struct Reference {
    shape: Shape,
    parameters: BoxedMontyParams,
    radix: BoxedMontyForm,
}

impl Reference {
    fn new(shape: Shape, n: &[u32]) -> Self {
        let n = Odd::new(uint(n)).expect("odd");
        let parameters = BoxedMontyParams::new_vartime(n);
        let one = BoxedMontyForm::one(&parameters);
        let radix = (0..shape.digits * shape.width).fold(one, |power, _| &power + &power);
        Self {
            shape,
            parameters,
            radix,
        }
    }

    fn times(&self, x: &BoxedMontyForm, count: u32) -> BoxedMontyForm {
        (0..count).fold(BoxedMontyForm::zero(&self.parameters), |sum, _| &sum + x)
    }

    /// A lane's number modulo N. It must be below 2N.
    fn residue<A: Arithmetic>(&self, x: &A::Element, lane: usize) -> BoxedMontyForm {
        let sum = |sign: i64| {
            let mut words = vec![0u32; (self.shape.digits * self.shape.width).div_ceil(32) + 3];
            for index in 0..self.shape.digits {
                let digit = (sign * A::digit(x, lane, index)).max(0).unsigned_abs();
                let at = index * self.shape.width;
                add(&mut words[at / 32..], u128::from(digit) << (at % 32));
            }
            uint(&words)
        };
        let (plus, minus) = (sum(1), sum(-1));
        let negative = minus > plus;
        let distance = if negative {
            &minus - &plus
        } else {
            &plus - &minus
        };
        let n = self.parameters.modulus();
        assert!(
            distance < n.as_ref().concatenating_mul(&BoxedUint::from(2u32)),
            "out of range"
        );
        let rest = distance
            .rem_vartime(n.as_nz_ref())
            .resize(n.as_ref().bits_precision());
        let form = BoxedMontyForm::new(rest, &self.parameters);
        if negative { -form } else { form }
    }
}

fn fermat(n: &[u32]) -> bool {
    let one = uint(&[1]);
    let exponent = &uint(n) - &one;
    power(n, &[2], &exponent) == one
}

/// FIPS 186-5, appendix B.3.1, one iteration.
fn miller_rabin(n: &[u32], base: &[u32]) -> bool {
    let one = uint(&[1]);
    let minus_one = &uint(n) - &one;
    let twos = minus_one.trailing_zeros_vartime();
    let first = power(n, base, &(&minus_one >> twos));
    first == one
        || (0..twos).any(|round| power(n, base, &(&minus_one >> (twos - round))) == minus_one)
}

fn power(n: &[u32], base: &[u32], exponent: &BoxedUint) -> BoxedUint {
    let parameters = BoxedMontyParams::new_vartime(Odd::new(uint(n)).expect("odd"));
    let base = uint(base).resize(32 * n.len() as u32);
    BoxedMontyForm::new(base, &parameters)
        .pow(exponent)
        .retrieve()
}

#[derive(Clone, Copy)]
enum Top {
    /// Whatever comes, even nothing.
    Any,
    /// The two highest bits are set, and the lowest.
    Two,
}

fn random(rng: &mut ChaCha8Rng, bits: usize, top: Top) -> Vec<u32> {
    let mut words: Vec<u32> = (0..bits / 32).map(|_| rng.next_u32()).collect();
    match top {
        Top::Any => words[bits / 32 - 1] >>= rng.next_u32() % 32,
        Top::Two => {
            words[0] |= 1;
            words[bits / 32 - 1] |= 3 << 30;
        }
    }
    words
}

fn prime(rng: &mut ChaCha8Rng, bits: usize) -> Vec<u32> {
    let mut words = random(rng, bits, Top::Two);
    while !crypto_primes::is_prime(crypto_primes::Flavor::Any, &uint(&words)) {
        words[0] = words[0].wrapping_add(2);
    }
    words
}

fn pseudoprimes(bits: usize) -> impl Iterator<Item = Vec<u32>> {
    let lines = include_str!("../../tests/vectors/strong_pseudoprimes.txt").lines();
    lines
        .filter(move |line| line.len() == bits / 4)
        .map(|line| {
            let word =
                |digits: &[u8]| u32::from_str_radix(str::from_utf8(digits).unwrap(), 16).unwrap();
            line.as_bytes().rchunks(8).map(word).collect()
        })
}

fn uint(words: &[u32]) -> BoxedUint {
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    BoxedUint::from_le_slice_truncated(&bytes, 32 * words.len() as u32)
}

fn add(words: &mut [u32], mut value: u128) {
    for word in words {
        value += u128::from(*word);
        *word = value as u32;
        value >>= 32;
    }
}

const SIZES: [usize; 3] = [1024, 1536, 2048];

/// Results for each group of moduli.
const ROUND: usize = 4 * 912;
