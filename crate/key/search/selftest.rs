//! What a kernel shows before it is used.
//!
//! First whether the machine multiplies as the kernel's proofs suppose ([`Filter::sound`]); then its answers about numbers
//! that are known, each in every lane, beside others: a prime, an odd composite, and a Carmichael number, which passes
//! Fermat's test to every base that has no factor with it and must fail Miller-Rabin. The numbers look random, so that
//! every digit takes part; `tests/vectors/known_numbers.py` finds them.
//!
//! This catches an engine or a processor that calculates otherwise than the proofs suppose. It is no substitute for
//! the library's verdict on each prime.

use rsa::BoxedUint;

use super::Filter;
use super::number::Number;

/// Whether the kernel may be used for primes of `bits` bits.
pub fn agrees(filter: &mut dyn Filter, bits: usize) -> bool {
    let Some(known) = KNOWN.iter().find(|known| known.bits == bits) else {
        return false;
    };
    if !filter.sound() {
        return false;
    }
    let prime = known.prime();
    let composite = prime.wrapping_add(BoxedUint::from(2u32));
    let numbers = [prime, composite, known.carmichael()].map(|number| words(&number, bits));

    (0..KINDS).all(|turn| {
        let (mut candidates, mut bases) = (Vec::new(), Vec::new());
        let (mut fermat, mut miller_rabin) = (0, 0);
        for lane in 0..filter.lanes() {
            let kind = (lane + turn) % KINDS;
            candidates.extend_from_slice(&numbers[kind]);
            bases.extend(base(bits / 32, lane));
            fermat |= u32::from(kind != 1) << lane;
            miller_rabin |= u32::from(kind == 0) << lane;
        }
        filter.fermat(bits, &candidates) == fermat
            && filter.miller_rabin(bits, &candidates, &bases) == miller_rabin
    })
}

/// Below 2^(bits-1) and so below every number of `bits` bits.
fn base(len: usize, lane: usize) -> Vec<u32> {
    let mut base = stream(len, FIRST_BASE + lane as u32);
    base[len - 1] >>= 1;
    base
}

/// How to make a prime and a Carmichael number of one size.
struct Known {
    bits: usize,
    /// Added to the stream of words with both highest bits set: the next prime.
    to_prime: u32,
    /// m = stream of so many words, below this top, plus the offset: 6m+1, 12m+1 and 18m+1 are primes (Chernick).
    words: usize,
    top: u32,
    to_carmichael: u32,
}

impl Known {
    fn prime(&self) -> BoxedUint {
        let mut words = stream(self.bits / 32, 1);
        words[0] |= 1;
        words[self.bits / 32 - 1] |= 3 << 30;
        uint(&words).wrapping_add(BoxedUint::from(self.to_prime))
    }

    /// (6m + 1) (12m + 1) (18m + 1).
    fn carmichael(&self) -> BoxedUint {
        let mut words = stream(self.words, 1);
        words.push(self.top);
        words.resize(self.bits / 32, 0);
        let m = uint(&words).wrapping_add(BoxedUint::from(self.to_carmichael));
        let factor = |factor: u32| {
            m.wrapping_mul(BoxedUint::from(factor))
                .wrapping_add(BoxedUint::one())
        };
        factor(6).wrapping_mul(factor(12)).wrapping_mul(factor(18))
    }
}

fn uint(words: &[u32]) -> BoxedUint {
    Number::from(words).to_uint()
}

fn words(number: &BoxedUint, bits: usize) -> Vec<u32> {
    let bytes = number.to_le_bytes();
    let words = bytes
        .as_chunks()
        .0
        .iter()
        .map(|&word| u32::from_le_bytes(word));
    words.take(bits / 32).collect()
}

/// The generator of Numerical Recipes: words that look random.
fn stream(len: usize, seed: u32) -> Vec<u32> {
    let next = |x: &u32| Some(x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    std::iter::successors(next(&seed), next).take(len).collect()
}

/// Where the streams of the bases begin: one base in eight is a strong liar for the Carmichael number, and these are none.
const FIRST_BASE: u32 = 26;

/// A prime, a composite, a Carmichael number.
const KINDS: usize = 3;

const KNOWN: [Known; 3] = [
    Known {
        bits: 1024,
        to_prime: 1030,
        words: 10,
        top: 0b11_0100 << 12,
        to_carmichael: 491_271,
    },
    Known {
        bits: 1536,
        to_prime: 158,
        words: 15,
        top: 0b101 << 26,
        to_carmichael: 952_129,
    },
    Known {
        bits: 2048,
        to_prime: 912,
        words: 21,
        top: 1 << 7,
        to_carmichael: 6_634_416,
    },
];
