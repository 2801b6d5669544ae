//! What throws candidates away.

use core::marker::PhantomData;

use hardway_kernel::scalar::Scalar;
use hardway_kernel::{Arithmetic, probable};

/// Tests several numbers at once. It is believed when it says "composite" and checked when it says "prime": a wrong
/// filter makes the search slow or makes it fail, never a key weak.
pub trait Filter {
    /// A word for it: `scalar`.
    fn name(&self) -> &'static str;

    /// Whether the machine calculates as the filter's proofs suppose.
    fn sound(&self) -> bool;

    /// How many numbers a call takes, at most four.
    fn lanes(&self) -> usize;

    /// Fermat's test to base 2 of `lanes()` numbers of `bits / 32` words each, one behind the other: a bit for each, set
    /// if it passes.
    fn fermat(&mut self, bits: usize, candidates: &[u32]) -> u32;

    /// One round of Miller-Rabin for each number, with a base for each: a bit for each, set if it passes.
    fn miller_rabin(&mut self, bits: usize, candidates: &[u32], bases: &[u32]) -> u32;

    /// Forgets the candidates: two of them have become primes.
    fn wipe(&mut self);
}

/// A kernel that is part of this program.
pub struct Linked<A> {
    name: &'static str,
    arithmetic: PhantomData<A>,
}

impl Linked<Scalar> {
    /// What every machine can do.
    pub fn scalar() -> Self {
        Self::new("scalar")
    }
}

impl<A> Linked<A> {
    /// The kernel `A`, by a word of the caller's.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            arithmetic: PhantomData,
        }
    }
}

impl<A: Arithmetic> Filter for Linked<A> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sound(&self) -> bool {
        A::sound()
    }

    fn lanes(&self) -> usize {
        A::LANES
    }

    fn fermat(&mut self, bits: usize, candidates: &[u32]) -> u32 {
        probable::fermat::<A>(bits, candidates)
    }

    fn miller_rabin(&mut self, bits: usize, candidates: &[u32], bases: &[u32]) -> u32 {
        probable::miller_rabin::<A>(bits, candidates, bases)
    }

    /// What a linked kernel leaves lies on the stack, where later calls write over it.
    fn wipe(&mut self) {}
}
