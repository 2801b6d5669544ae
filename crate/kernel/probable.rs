//! The two tests, over any kernel's arithmetic.
//!
//! A lane's numbers never decide what is executed, with one exception: how often two divides N - 1, which is a few bits
//! of a number with a thousand. The bits of an exponent choose by masks, from a table that is read whole.

use crate::words;

/// The largest candidates, in bits.
pub const MAX_BITS: usize = 2048;

/// The most candidates that a kernel tests at once.
pub const MAX_LANES: usize = 4;

/// How a kernel writes numbers of one size.
#[derive(Clone, Copy)]
pub struct Shape {
    /// Bits of a candidate.
    pub bits: usize,
    /// n: the digits of a number.
    pub digits: usize,
    /// W: the bits of a digit.
    pub width: usize,
}

/// Multiplication modulo odd numbers, one per lane. Lanes are named by the bits of a mask.
pub trait Arithmetic {
    /// How many numbers are worked on at once.
    const LANES: usize;
    /// One number per lane, as digits.
    type Element: Clone;
    /// The numbers that are calculated with, arranged as the products want them.
    type Modulus;

    /// Whether the engine multiplies as the kernel's proofs suppose.
    fn sound() -> bool {
        true
    }
    /// The digits for candidates of 1024, 1536 or 2048 bits.
    fn shape(bits: usize) -> Shape;
    /// Zero in every lane.
    fn zero() -> Self::Element;
    /// Reads a digit.
    fn digit(x: &Self::Element, lane: usize, index: usize) -> i64;
    /// Writes a digit of at most 2^(W-1) either way.
    fn set_digit(x: &mut Self::Element, lane: usize, index: usize, digit: i64);
    /// Copies the lanes of `lanes`, in time that does not depend on which.
    fn copy_lanes(x: &mut Self::Element, from: &Self::Element, lanes: u32);
    /// Arranges N and M = -1/N mod R.
    fn modulus(shape: Shape, n: &Self::Element, m: &Self::Element) -> Self::Modulus;
    /// `x^2 / R`, twice that in the lanes of `twice`.
    fn square(modulus: &Self::Modulus, x: &mut Self::Element, twice: u32);
    /// `x y / R`.
    fn multiply(modulus: &Self::Modulus, x: &mut Self::Element, y: &Self::Element);
    /// `x / R`, at most N/2 either way.
    fn reduce(modulus: &Self::Modulus, x: &mut Self::Element);
}

/// Tells which lanes hold a probable prime to base 2: those where `(1/2)^(N-1)` is 1 modulo N, which is the case for
/// exactly those numbers that pass Fermat's test to base 2.
///
/// `candidates` has `bits / 32` words for each lane, one lane behind the other; each candidate is odd and has its highest
/// bit set.
pub fn fermat<A: Arithmetic>(bits: usize, candidates: &[u32]) -> u32 {
    let shape = A::shape(bits);
    let modulus = modulus::<A>(shape, candidates);
    let len = bits / 32;

    // N - 1 = t 2^(bits-HEAD) - F. The power starts at 2^-t, whose Montgomery form is a power of two below N, and the
    // bits of F double it on the way. So neither R^2 modulo N is needed, nor a multiplication.
    let mut tails = [[0u32; MAX_BITS / 32]; MAX_LANES];
    let mut x = A::zero();
    for (lane, (n, tail)) in candidates.chunks_exact(len).zip(&mut tails).enumerate() {
        let head = (n[len - 1] >> (32 - HEAD)) + 1;
        tail[0] = 1;
        words::subtract(&mut tail[..len], n);
        tail[len - 1] = tail[len - 1].wrapping_add(head << (32 - HEAD));

        let power = shape.digits * shape.width - head as usize;
        for index in 0..shape.digits {
            let here = i64::from(index == power / shape.width);
            A::set_digit(&mut x, lane, index, here << (power % shape.width));
        }
    }

    for bit in (0..bits - HEAD as usize).rev() {
        let twice = mask::<A>(|lane| tails[lane][bit / 32] >> (bit % 32) & 1);
        A::square(&modulus, &mut x, twice);
    }
    A::reduce(&modulus, &mut x);
    mask::<A>(|lane| u32::from(equals::<A>(shape, &x, lane, 1)))
}

/// One round of Miller-Rabin in each lane (FIPS 186-5, appendix B.3.1): tells which pass.
///
/// `bases` is laid out as `candidates`, and each base is between 2 and N - 2; they are random, or the round says little.
pub fn miller_rabin<A: Arithmetic>(bits: usize, candidates: &[u32], bases: &[u32]) -> u32 {
    let shape = A::shape(bits);
    let modulus = modulus::<A>(shape, candidates);
    let len = bits / 32;
    let table = powers::<A>(shape, &modulus, candidates, bases);

    // a^d with N - 1 = 2^s d: the exponent is read from bit s on, and what is above it is zero.
    let mut twos = [0usize; MAX_LANES];
    for (lane, n) in candidates.chunks_exact(len).enumerate() {
        twos[lane] = trailing_zeros_of_predecessor(n);
    }
    // N is odd: only bit 0 differs between N and N - 1, and it is never read.
    let window = |lane: usize, at: usize| {
        words::bits(&candidates[lane * len..][..len], at + twos[lane], WINDOW)
    };
    let mut x = table[0].clone();
    let mut power = A::zero();
    for at in (0..bits).step_by(WINDOW).rev() {
        for _ in 0..WINDOW {
            A::square(&modulus, &mut x, 0);
        }
        for (index, entry) in table.iter().enumerate() {
            let lanes = mask::<A>(|lane| u32::from(window(lane, at) as usize == index));
            A::copy_lanes(&mut power, entry, lanes);
        }
        A::multiply(&modulus, &mut x, &power);
    }

    let mut plain = x.clone();
    A::reduce(&modulus, &mut plain);
    let is = |x: &A::Element, value: i64, from: usize| {
        mask::<A>(|lane| u32::from(twos[lane] > from && equals::<A>(shape, x, lane, value)))
    };
    let mut passed = is(&plain, 1, 0) | is(&plain, -1, 0);
    for round in 1..twos.into_iter().max().unwrap_or(0) {
        A::square(&modulus, &mut x, 0);
        plain = x.clone();
        A::reduce(&modulus, &mut plain);
        passed |= is(&plain, -1, round);
    }
    passed
}

/// The powers 0 to 15 of each lane's base, in Montgomery form.
fn powers<A: Arithmetic>(
    shape: Shape,
    modulus: &A::Modulus,
    candidates: &[u32],
    bases: &[u32],
) -> [A::Element; 1 << WINDOW] {
    let len = shape.bits / 32;
    let radix = shape.digits * shape.width;
    let mut one = A::zero();
    // The Montgomery form of R, which turns a number into its own: 2^h with the highest bits h of R's exponent, and the
    // other bits by square and double.
    let mut form = A::zero();
    let mut base = A::zero();
    let mut residue = [0u32; MAX_BITS / 32];
    for (lane, n) in candidates.chunks_exact(len).enumerate() {
        words::power_of_two(&mut residue[..len], radix, n);
        set::<A>(shape, &mut one, lane, &residue[..len]);
        words::power_of_two(&mut residue[..len], radix + (radix >> DOUBLINGS), n);
        set::<A>(shape, &mut form, lane, &residue[..len]);
        set::<A>(shape, &mut base, lane, &bases[lane * len..][..len]);
    }
    for bit in (0..DOUBLINGS).rev() {
        let twice = if radix >> bit & 1 == 1 { u32::MAX } else { 0 };
        A::square(modulus, &mut form, twice);
    }
    A::multiply(modulus, &mut base, &form);

    let mut power = one;
    core::array::from_fn(|index| {
        if index > 0 {
            A::multiply(modulus, &mut power, &base);
        }
        power.clone()
    })
}

pub(crate) fn modulus<A: Arithmetic>(shape: Shape, candidates: &[u32]) -> A::Modulus {
    let mut n = A::zero();
    let mut m = A::zero();
    let mut inverse = [0u32; words::MAX_WORDS];
    let inverse = &mut inverse[..(shape.digits * shape.width).div_ceil(32)];
    for (lane, words) in candidates.chunks_exact(shape.bits / 32).enumerate() {
        words::negated_inverse(words, inverse);
        set::<A>(shape, &mut n, lane, words);
        set::<A>(shape, &mut m, lane, inverse);
    }
    A::modulus(shape, &n, &m)
}

fn set<A: Arithmetic>(shape: Shape, x: &mut A::Element, lane: usize, words: &[u32]) {
    for (index, digit) in words::digits(words, shape.width, shape.digits).enumerate() {
        A::set_digit(x, lane, index, digit);
    }
}

/// Whether a lane of a reduced number is this small integer. Digits may be a little out of balance: carry first.
fn equals<A: Arithmetic>(shape: Shape, x: &A::Element, lane: usize, value: i64) -> bool {
    let mut carry = -value;
    let mut difference = 0;
    for index in 0..shape.digits {
        let digit = A::digit(x, lane, index) + carry;
        difference |= digit & ((1 << shape.width) - 1);
        carry = digit >> shape.width;
    }
    difference | carry == 0
}

fn mask<A: Arithmetic>(bit: impl Fn(usize) -> u32) -> u32 {
    (0..A::LANES).fold(0, |mask, lane| mask | bit(lane) << lane)
}

/// How often two divides n - 1.
fn trailing_zeros_of_predecessor(n: &[u32]) -> usize {
    let mut zeros = 0;
    for (index, word) in n.iter().enumerate() {
        let word = if index == 0 { word & !1 } else { *word };
        zeros += word.trailing_zeros() as usize;
        if word != 0 {
            break;
        }
    }
    zeros
}

/// The bits of N - 1 that the power to base 2 begins with. 2^HEAD must not exceed R's exponent.
const HEAD: u32 = 10;

/// Bits of the exponent at a time.
const WINDOW: usize = 4;

/// R's exponent is at least 2^10: its highest bits are between 16 and 32.
const DOUBLINGS: usize = 6;
