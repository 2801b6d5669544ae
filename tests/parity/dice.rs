//! Chance that is the same in every run.

use chacha20::ChaCha20Rng;
use rsa::rand_core::{Rng, SeedableRng};

pub(crate) struct Dice(pub(crate) ChaCha20Rng, usize);

impl Dice {
    /// For one case of one kind.
    pub(crate) fn of(kind: &str, case: usize) -> Self {
        let mut seed = [0; 32];
        for (place, octet) in kind.bytes().enumerate() {
            seed[place % 24] ^= octet.rotate_left(u32::try_from(place / 24).unwrap());
        }
        seed[24..].copy_from_slice(&(case as u64).to_le_bytes());
        Self(ChaCha20Rng::from_seed(seed), case)
    }

    /// Which case of its kind it is, for those that go through a list.
    pub(crate) fn number(&self) -> usize {
        self.1
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u32()).unwrap() % end
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    pub(crate) fn octet(&mut self) -> u8 {
        self.0.next_u32().to_le_bytes()[0]
    }

    pub(crate) fn octets(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.octet()).collect()
    }
}
