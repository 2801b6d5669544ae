//! One number, by 64-bit integers: what every engine can do.
//!
//! | bits | n | W | R / N |
//! |---|---|---|---|
//! | 1024 | 37 | 28 | 2^12 |
//! | 1536 | 55 | 28 | 2^4 |
//! | 2048 | 74 | 28 | 2^24 |
//!
//! # Why nothing overflows
//!
//! Columns are carried one after the other, so digits are perfectly balanced: at most 2^27 either way. A column has at
//! most n products of 2^54, which is below 2^60.3, and a carry below 2^33. The high columns of T are added to those of
//! q N as they are, 2^61.3, and doubled, 2^62.3: below 2^63.

use crate::{Arithmetic, Shape};

/// Multiplication of 64-bit integers.
pub struct Scalar;

/// The digits; those beyond n are zero.
pub type Element = [i64; MAX_DIGITS];

/// N and M, turned round.
pub struct Modulus {
    shape: Shape,
    n: Element,
    m: Element,
}

impl Arithmetic for Scalar {
    const LANES: usize = 1;
    type Element = Element;
    type Modulus = Modulus;

    fn shape(bits: usize) -> Shape {
        let digits = match bits {
            ..=1024 => 37,
            1025..=1536 => 55,
            _ => 74,
        };
        Shape {
            bits,
            digits,
            width: WIDTH,
        }
    }

    fn zero() -> Element {
        [0; MAX_DIGITS]
    }

    fn digit(x: &Element, _lane: usize, index: usize) -> i64 {
        x[index]
    }

    fn set_digit(x: &mut Element, _lane: usize, index: usize, digit: i64) {
        x[index] = digit;
    }

    fn copy_lanes(x: &mut Element, from: &Element, lanes: u32) {
        let mask = -i64::from(lanes & 1);
        for (x, from) in x.iter_mut().zip(from) {
            *x ^= (*x ^ from) & mask;
        }
    }

    fn modulus(shape: Shape, n: &Element, m: &Element) -> Modulus {
        Modulus {
            shape,
            n: reversed(n, shape.digits),
            m: reversed(m, shape.digits),
        }
    }

    fn square(modulus: &Modulus, x: &mut Element, twice: u32) {
        let n = modulus.shape.digits;
        let turned = reversed(x, n);
        let mut product = [0; 2 * MAX_DIGITS];
        for (k, column) in product[..2 * n - 1].iter_mut().enumerate() {
            // Pairs of digits that differ count twice.
            let first = (k + 1).saturating_sub(n);
            let middle = k.div_ceil(2);
            let pairs = sum(&x[first..middle], &turned[n - 1 + first - k..]);
            let square = if k % 2 == 0 { x[k / 2] * x[k / 2] } else { 0 };
            *column = 2 * pairs + square;
        }
        modulus.reduce(x, &mut product, twice);
    }

    fn multiply(modulus: &Modulus, x: &mut Element, y: &Element) {
        let n = modulus.shape.digits;
        let turned = reversed(y, n);
        let mut product = [0; 2 * MAX_DIGITS];
        for (k, column) in product[..2 * n - 1].iter_mut().enumerate() {
            *column = modulus.column(x, &turned, k);
        }
        modulus.reduce(x, &mut product, 0);
    }

    fn reduce(modulus: &Modulus, x: &mut Element) {
        let n = modulus.shape.digits;
        let mut product = [0; 2 * MAX_DIGITS];
        product[..n].copy_from_slice(&x[..n]);
        modulus.reduce(x, &mut product, 0);
    }
}

impl Modulus {
    /// Montgomery's reduction of a product's columns.
    fn reduce(&self, x: &mut Element, product: &mut [i64; 2 * MAX_DIGITS], twice: u32) {
        let n = self.shape.digits;
        let mut carry = 0;
        for column in &mut product[..n] {
            *column = balance(*column, &mut carry);
        }
        product[n] += carry;

        let mut q = [0; MAX_DIGITS];
        carry = 0;
        for (k, digit) in q[..n].iter_mut().enumerate() {
            *digit = balance(self.column(product, &self.m, k), &mut carry);
        }

        // Columns below n - 2 are worth less than 2^61 2^(-3W) = 2^-23 of R.
        carry = self.column(&q, &self.n, n - 2) + product[n - 2];
        carry = (carry >> WIDTH) + self.column(&q, &self.n, n - 1) + product[n - 1];
        carry = (carry + HALF) >> WIDTH;
        carry <<= twice & 1;
        for (k, x) in (n..2 * n - 1).zip(x.iter_mut()) {
            let column = self.column(&q, &self.n, k) + product[k];
            *x = balance(column << (twice & 1), &mut carry);
        }
        // The number is below 2N: so is its last digit.
        x[n - 1] = (product[2 * n - 1] << (twice & 1)) + carry;
    }

    /// Column k of the product of `a` and `b`.
    #[inline]
    fn column(&self, a: &[i64], b: &Element, k: usize) -> i64 {
        let n = self.shape.digits;
        let first = (k + 1).saturating_sub(n);
        sum(&a[first..n.min(k + 1)], &b[n - 1 + first - k..])
    }
}

/// The digit of a column, and what it carries into the next.
#[inline]
fn balance(column: i64, carry: &mut i64) -> i64 {
    let column = column + *carry;
    *carry = (column + HALF) >> WIDTH;
    column - (*carry << WIDTH)
}

#[inline]
fn sum(a: &[i64], b: &[i64]) -> i64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn reversed(x: &Element, n: usize) -> Element {
    let mut turned = [0; MAX_DIGITS];
    for (turned, &digit) in turned.iter_mut().zip(x[..n].iter().rev()) {
        *turned = digit;
    }
    turned
}

/// The most digits of a number.
const MAX_DIGITS: usize = 74;

/// W.
const WIDTH: usize = 28;

const HALF: i64 = 1 << (WIDTH - 1);
