//! The columns of a product, four at a time: four pairs of accumulators fit the registers.

use super::lanes::Lanes;
use super::{Element, MAX_DIGITS, Scale};

/// Columns that are computed together.
pub(super) const BLOCK: usize = 4;

/// Digits from the highest to the lowest, between zeros.
pub(super) type Reversed = [Lanes; MAX_DIGITS + 2 * (BLOCK - 1)];

pub(super) fn reversed(x: &Element, n: usize) -> Reversed {
    let mut turned = [Lanes::splat(0.0); MAX_DIGITS + 2 * (BLOCK - 1)];
    for (turned, &digit) in turned[BLOCK - 1..].iter_mut().zip(x[..n].iter().rev()) {
        *turned = digit;
    }
    turned
}

/// Computes blocks of columns, from low to high.
pub(super) struct Columns {
    scale: Scale,
    n: isize,
    sums: Sums,
    /// `h` of the column before the block.
    before: Lanes,
}

/// `h` and `l` of each column.
#[derive(Clone, Copy)]
struct Sums {
    high: [Lanes; BLOCK],
    low: [Lanes; BLOCK],
}

impl Columns {
    pub(super) fn new(scale: Scale, n: usize) -> Self {
        Self {
            scale,
            n: n as isize,
            sums: Sums::new(scale),
            before: scale.magic,
        }
    }

    /// Columns k to k + 3 of the product of `a` and `b`.
    #[inline]
    pub(super) fn multiply(&mut self, a: &[Lanes], b: &Reversed, k: isize) {
        let last = self.n - 1;
        self.sums = Sums::new(self.scale);
        if k >= 0 && k + 3 <= last {
            self.sums.run(&a[..=k as usize], &b[(last - k) as usize..]);
            // Digits k + 1 to k + 3 meet the later columns only.
            let k = k as usize;
            let [b0, b1, b2] = [0, 1, 2].map(|j| b[BLOCK - 1 + last as usize - j]);
            self.sums.add(1, a[k + 1], b0);
            self.sums.add(2, a[k + 1], b1);
            self.sums.add(3, a[k + 1], b2);
            self.sums.add(2, a[k + 2], b0);
            self.sums.add(3, a[k + 2], b1);
            self.sums.add(3, a[k + 3], b0);
        } else if k >= last && k < 2 * last - 3 {
            let first = (k - last) as usize;
            self.sums.begin(&a[first..], b);
            self.sums.run(&a[first + 3..=last as usize], &b[3..]);
        } else {
            // At the ends and in the middle the zeros around b serve.
            let first = (k - last).max(0);
            let end = (k + 4).min(self.n).max(first);
            self.sums.run(
                &a[first as usize..end as usize],
                &b[(last - k + first) as usize..],
            );
        }
    }

    /// Columns k to k + 3 of the square of `x`, for an even k. `doubled` is 2x.
    ///
    /// Pairs of digits that differ count once, with the first of them doubled.
    #[inline]
    pub(super) fn square(&mut self, x: &Element, doubled: &Element, b: &Reversed, k: usize) {
        let last = self.n as usize - 1;
        let middle = k / 2;
        self.sums = Sums::new(self.scale);
        let first = k.saturating_sub(last);
        if first > 0 && first + 3 <= middle {
            self.sums.begin(&doubled[first..], b);
            self.sums.run(&doubled[first + 3..middle], &b[3..]);
        } else if first < middle {
            self.sums
                .run(&doubled[first..middle], &b[last + first - k..]);
        }
        let m = middle;
        self.sums.add(0, x[m], x[m]);
        self.sums.add(1, doubled[m], x[m + 1]);
        self.sums.add(2, doubled[m], x[m + 2]);
        self.sums.add(2, x[m + 1], x[m + 1]);
        self.sums.add(3, doubled[m], x[m + 3]);
        self.sums.add(3, doubled[m + 1], x[m + 2]);
    }

    /// What the block's columns are worth.
    #[inline]
    pub(super) fn finish(&mut self) -> [Lanes; BLOCK] {
        let Sums { high, low } = self.sums;
        let before = [self.before, high[0], high[1], high[2]];
        self.before = high[3];
        core::array::from_fn(|j| {
            let high = before[j].sub(self.scale.magic).mul(self.scale.down);
            low[j].add(high)
        })
    }
}

impl Sums {
    #[inline]
    fn new(scale: Scale) -> Self {
        Self {
            high: [scale.magic; BLOCK],
            low: [Lanes::splat(0.0); BLOCK],
        }
    }

    /// Adds one product, exactly.
    #[inline]
    fn add(&mut self, column: usize, a: Lanes, b: Lanes) {
        let high = a.fma(b, self.high[column]);
        let rest = a.fma(b, self.high[column].sub(high));
        self.low[column] = self.low[column].add(rest);
        self.high[column] = high;
    }

    /// Adds the products of the digits that meet every column of the block.
    #[inline]
    fn run(&mut self, a: &[Lanes], b: &[Lanes]) {
        let mut sums = *self;
        for (&a, b) in a.iter().zip(b.windows(BLOCK)) {
            for column in 0..BLOCK {
                sums.add(column, a, b[BLOCK - 1 - column]);
            }
        }
        *self = sums;
    }

    /// Adds the products of the three digits that meet the earlier columns only, with the highest digits of b.
    #[inline]
    fn begin(&mut self, a: &[Lanes], b: &Reversed) {
        let [b2, b1, b0] = [BLOCK + 1, BLOCK, BLOCK - 1].map(|j| b[j]);
        self.add(0, a[0], b0);
        self.add(0, a[1], b1);
        self.add(1, a[1], b0);
        self.add(0, a[2], b2);
        self.add(1, a[2], b1);
        self.add(2, a[2], b0);
    }
}
