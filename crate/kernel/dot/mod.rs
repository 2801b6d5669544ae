//! Four numbers in the lanes of `i32x4`, by dot products of 16-bit pairs.
//!
//! `i32x4.dot_i16x8_s` multiplies the two halves of each lane and adds the products: two digits of a number meet two
//! digits of another in one instruction. Column c of a product of a and b takes the pairs (a_2j, a_2j+1) and
//! (b_c-2j, b_c-2j-1): pairs of a at even places, pairs of b at all places, turned round.
//!
//! # Why nothing overflows
//!
//! | bits | n | W | R / N |
//! |---|---|---|---|
//! | 1024 | 80 | 13 | 2^16 |
//! | 1536 | 120 | 13 | 2^24 |
//! | 2048 | 172 | 12 | 2^16 |
//!
//! Columns are carried one after the other, so digits are perfectly balanced: at most 2^(W-1) either way, twice that
//! where a square takes them doubled, which fits 16 bits. A column has at most n products of 2^(2W-2), a digit of T,
//! and a carry that is below 2^(31-W): 120 2^24 + 2^12 + 2^18 < 2^31, and 172 2^22 + 2^11 + 2^19 < 2^31. (In a square,
//! products occur once with a digit doubled instead of twice: the same sum.) The result is doubled digit by digit and
//! carried again. The number is below 2N: its last digit is at most 1 either way.

mod columns;
mod lanes;

use self::columns::{BLOCK, Pairs, Turned};
use self::lanes::Lanes;
use crate::{Arithmetic, Shape};

/// Multiplication by dot products.
pub struct Dot;

/// A digit per lane; those beyond n are zero.
pub type Element = [Lanes; MAX_DIGITS];

/// N and M, in turned pairs.
pub struct Modulus {
    shape: Shape,
    n: Turned,
    m: Turned,
}

impl Arithmetic for Dot {
    const LANES: usize = 4;
    type Element = Element;
    type Modulus = Modulus;

    fn shape(bits: usize) -> Shape {
        let (digits, width) = match bits {
            ..=1024 => (80, 13),
            1025..=1536 => (120, 13),
            _ => (172, 12),
        };
        Shape {
            bits,
            digits,
            width,
        }
    }

    fn zero() -> Element {
        [Lanes::splat(0); MAX_DIGITS]
    }

    fn digit(x: &Element, lane: usize, index: usize) -> i64 {
        x[index].lane(lane).into()
    }

    fn set_digit(x: &mut Element, lane: usize, index: usize, digit: i64) {
        x[index] = x[index].with_lane(lane, digit as i32);
    }

    fn copy_lanes(x: &mut Element, from: &Element, lanes: u32) {
        let mask = Lanes::mask(lanes);
        for (x, from) in x.iter_mut().zip(from) {
            *x = from.select(*x, mask);
        }
    }

    fn modulus(shape: Shape, n: &Element, m: &Element) -> Modulus {
        Modulus {
            shape,
            n: columns::turned(&n[..shape.digits]),
            m: columns::turned(&m[..shape.digits]),
        }
    }

    fn square(modulus: &Modulus, x: &mut Element, twice: u32) {
        let n = modulus.shape.digits;
        let turned = columns::turned(&x[..n]);
        let mut doubled = [Lanes::splat(0); MAX_DIGITS / 2];
        for (pair, digits) in doubled.iter_mut().zip(x[..n].as_chunks().0) {
            let [low, high] = digits;
            *pair = Lanes::pair(low.add(*low), high.add(*high));
        }
        let mut product = [Lanes::splat(0); 2 * MAX_DIGITS];
        let mut carry = modulus.carry();
        for (u, block) in product[..2 * n]
            .as_chunks_mut::<BLOCK>()
            .0
            .iter_mut()
            .enumerate()
        {
            let columns = columns::square(x, &doubled, &turned, n, u);
            *block = columns.map(|column| carry.balance(column));
        }
        modulus.reduce(x, &product, twice);
    }

    fn multiply(modulus: &Modulus, x: &mut Element, y: &Element) {
        let n = modulus.shape.digits;
        let turned = columns::turned(&y[..n]);
        let pairs = columns::pairs(&x[..n]);
        let mut product = [Lanes::splat(0); 2 * MAX_DIGITS];
        let mut carry = modulus.carry();
        for (u, block) in product[..2 * n]
            .as_chunks_mut::<BLOCK>()
            .0
            .iter_mut()
            .enumerate()
        {
            let columns = columns::multiply(&pairs, &turned, n, BLOCK * u);
            *block = columns.map(|column| carry.balance(column));
        }
        modulus.reduce(x, &product, 0);
    }

    fn reduce(modulus: &Modulus, x: &mut Element) {
        let n = modulus.shape.digits;
        let mut product = [Lanes::splat(0); 2 * MAX_DIGITS];
        product[..n].copy_from_slice(&x[..n]);
        modulus.reduce(x, &product, 0);
    }
}

impl Modulus {
    /// Montgomery's reduction of a product that is carried.
    fn reduce(&self, x: &mut Element, product: &[Lanes; 2 * MAX_DIGITS], twice: u32) {
        let n = self.shape.digits;
        let pairs = columns::pairs(&product[..n]);
        let mut q = Dot::zero();
        let mut carry = self.carry();
        for (u, block) in q[..n].as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let columns = columns::multiply(&pairs, &self.m, n, BLOCK * u);
            *block = columns.map(|column| carry.balance(column));
        }

        // The low half of T + q N is a multiple of R. Its highest four columns tell which: those below are worth less
        // than 2^32 2^(-5W) of R.
        let pairs: Pairs = columns::pairs(&q[..n]);
        let mask = Lanes::mask(twice);
        let mut carry = self.carry();
        let mut again = self.carry();
        for c in (n - BLOCK..2 * n).step_by(BLOCK) {
            let columns = columns::multiply(&pairs, &self.n, n, c);
            for (k, column) in (c..).zip(columns) {
                let digit = carry.balance(column.add(product[k]));
                if k >= n {
                    x[k - n] = again.balance(digit.add(digit.and(mask)));
                }
            }
        }
    }

    fn carry(&self) -> Carry {
        Carry {
            value: Lanes::splat(0),
            half: Lanes::splat(1 << (self.shape.width - 1)),
            width: self.shape.width as u32,
        }
    }
}

/// Brings columns into balance, from low to high.
struct Carry {
    value: Lanes,
    half: Lanes,
    width: u32,
}

impl Carry {
    #[inline]
    fn balance(&mut self, column: Lanes) -> Lanes {
        let column = column.add(self.value);
        self.value = column.add(self.half).shift_right(self.width);
        column.sub(self.value.shift_left(self.width))
    }
}

/// The most digits of a number.
const MAX_DIGITS: usize = 172;
