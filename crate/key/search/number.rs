//! Candidates and primes as 32-bit words, least significant first; wiped when dropped.

use rsa::BoxedUint;
use rsa::rand_core::TryCryptoRng;
use zeroize::Zeroizing;

use crate::Error;

/// A candidate, a prime, or a base.
#[derive(Clone)]
pub(super) struct Number(Zeroizing<Vec<u32>>);

impl Number {
    /// A random number of `bits` bits, or fewer.
    fn draw(bits: usize, rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        let mut bytes = Zeroizing::new(vec![0; bits / 8]);
        rng.try_fill_bytes(&mut bytes)
            .map_err(|error| Error::Randomness {
                found: error.to_string(),
            })?;
        let words = bytes
            .as_chunks()
            .0
            .iter()
            .map(|&word| u32::from_le_bytes(word));
        Ok(Self(Zeroizing::new(words.collect())))
    }

    /// Where a search begins: a random odd number of `bits` bits, the two highest of which are set.
    ///
    /// So it is above 1.5 2^(bits-1), hence above sqrt(2) 2^(bits-1) (FIPS 186-5, appendix A.1.3, step 4.4), and the
    /// product of two such numbers has `2 bits` bits.
    pub(super) fn start(bits: usize, rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        let mut number = Self::draw(bits, rng)?;
        number.0[0] |= 1;
        number.0[bits / 32 - 1] |= 3 << 30;
        Ok(number)
    }

    /// A random base between 2 and `self - 2`, each as probable as any other (FIPS 186-5, appendix B.3.1, steps 4.1-4.2).
    pub(super) fn base(&self, rng: &mut impl TryCryptoRng) -> Result<Self, Error> {
        loop {
            // At least three of four fit, as the two highest bits are set.
            let base = Self::draw(32 * self.0.len(), rng)?;
            let small = base.0[0] < 2 && base.0[1..].iter().all(|&word| word == 0);
            // Odd numbers have predecessors that differ in one bit; the base n - 1 is refused with the bases above.
            let below = base
                .0
                .iter()
                .rev()
                .cmp(self.predecessor().0.iter().rev())
                .is_lt();
            if !small && below {
                return Ok(base);
            }
        }
    }

    /// `self + distance`, unless that has more bits.
    pub(super) fn checked_add(&self, distance: u32) -> Option<Self> {
        let mut sum = self.clone();
        let mut carry = distance;
        for word in sum.0.iter_mut() {
            let overflow;
            (*word, overflow) = word.overflowing_add(carry);
            carry = u32::from(overflow);
        }
        (carry == 0).then_some(sum)
    }

    /// |p - q| > 2^(nlen/2 - 100) for primes of nlen/2 bits (FIPS 186-5, appendix A.1.3, step 5.5).
    pub(super) fn is_far_from(&self, other: &Self) -> bool {
        let (p, q) = (
            Zeroizing::new(self.to_uint()),
            Zeroizing::new(other.to_uint()),
        );
        let difference = Zeroizing::new(if *p > *q { &*p - &*q } else { &*q - &*p });
        // A bit higher than the standard asks, which spares the comparison with that very power.
        difference.bit_width_vartime() as usize > 32 * self.0.len() - 99
    }

    /// The remainder by a small number.
    pub(super) fn modulo(&self, divisor: u32) -> u32 {
        self.0.iter().rev().fold(0, |rest, &word| {
            ((u64::from(rest) << 32 | u64::from(word)) % u64::from(divisor)) as u32
        })
    }

    pub(super) fn words(&self) -> &[u32] {
        &self.0
    }

    /// For the library.
    pub(super) fn to_uint(&self) -> BoxedUint {
        let bytes: Zeroizing<Vec<u8>> =
            Zeroizing::new(self.0.iter().flat_map(|word| word.to_le_bytes()).collect());
        BoxedUint::from_le_slice_truncated(&bytes, 32 * self.0.len() as u32)
    }

    fn predecessor(&self) -> Self {
        let mut number = self.clone();
        number.0[0] -= 1;
        number
    }
}

impl From<&[u32]> for Number {
    fn from(words: &[u32]) -> Self {
        Self(Zeroizing::new(words.to_vec()))
    }
}
