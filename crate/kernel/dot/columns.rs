//! The columns of a product, four at a time: they share the pairs of one factor.

use super::lanes::Lanes;
use super::{Element, MAX_DIGITS};

/// Columns that are computed together.
pub(super) const BLOCK: usize = 4;

/// (a_0, a_1), (a_2, a_3), ...
pub(super) type Pairs = [Lanes; MAX_DIGITS / 2];

/// (b_m, b_m-1) for m from n + PAD down to -PAD; beyond the number's digits all is zero.
pub(super) type Turned = [Lanes; MAX_DIGITS + 2 * PAD + 1];

pub(super) fn pairs(a: &[Lanes]) -> Pairs {
    let mut pairs = [Lanes::splat(0); MAX_DIGITS / 2];
    for (pair, &[low, high]) in pairs.iter_mut().zip(a.as_chunks().0) {
        *pair = Lanes::pair(low, high);
    }
    pairs
}

pub(super) fn turned(b: &[Lanes]) -> Turned {
    let n = b.len();
    let mut turned = [Lanes::splat(0); MAX_DIGITS + 2 * PAD + 1];
    turned[PAD] = Lanes::pair(Lanes::splat(0), b[n - 1]);
    for (turned, pair) in turned[PAD + 1..].iter_mut().zip(b.windows(2).rev()) {
        *turned = Lanes::pair(pair[1], pair[0]);
    }
    turned[PAD + n] = Lanes::pair(b[0], Lanes::splat(0));
    turned
}

/// Columns c to c + 3 of a product of numbers of n digits.
#[inline]
pub(super) fn multiply(a: &Pairs, b: &Turned, n: usize, c: usize) -> [Lanes; BLOCK] {
    let first = c.saturating_sub(n) / 2;
    let end = (c / 2 + 2).min(n / 2);
    sums(&a[first..end], &b[n + PAD - 3 + 2 * first - c..])
}

/// Columns 4u to 4u + 3 of the square of `x`; `doubled` is the pairs of 2x.
///
/// Digits that differ count once, with the lower one doubled. Where the two meet, in the middle, each column has its
/// own mixture of doubled, single and absent digits.
#[inline]
pub(super) fn square(
    x: &Element,
    doubled: &Pairs,
    b: &Turned,
    n: usize,
    u: usize,
) -> [Lanes; BLOCK] {
    let c = BLOCK * u;
    let first = (c.saturating_sub(n) / 2).min(u);
    let mut sums = sums(&doubled[first..u], &b[n + PAD - 3 + 2 * first - c..]);
    let [low, high] = [x[2 * u], x[2 * u + 1]];
    let zero = Lanes::splat(0);
    let middle = [
        Lanes::pair(low, zero),
        Lanes::pair(low.add(low), zero),
        Lanes::pair(low.add(low), high),
        doubled[u],
    ];
    for (j, (sum, pair)) in sums.iter_mut().zip(middle).enumerate() {
        *sum = sum.add(pair.dot(b[n + PAD - 2 * u - j]));
    }
    sums
}

/// Each pair of a with four pairs of b, the next with those two places further.
#[inline]
fn sums(a: &[Lanes], b: &[Lanes]) -> [Lanes; BLOCK] {
    let mut sums = [Lanes::splat(0); BLOCK];
    let [mut b3, mut b2] = [b[0], b[1]];
    for (&a, &[b1, b0]) in a.iter().zip(b[2..].as_chunks().0) {
        sums[0] = sums[0].add(a.dot(b0));
        sums[1] = sums[1].add(a.dot(b1));
        sums[2] = sums[2].add(a.dot(b2));
        sums[3] = sums[3].add(a.dot(b3));
        [b3, b2] = [b1, b0];
    }
    sums
}

const PAD: usize = 4;
