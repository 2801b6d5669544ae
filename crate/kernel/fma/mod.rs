//! Two numbers in the lanes of `f64x2`, by fused multiply-add.
//!
//! Digits are integers in `f64`. A product a b of two digits has about 2W bits, twice what a float holds; two fused
//! operations split it without an error. With an accumulator `h` that starts at C = 1.5 2^(52+W), where floats are the
//! multiples of 2^W,
//!
//! ```text
//! h' = fma(a, b, h)         adds the multiple of 2^W that is nearest to a b (as seen from h)
//! l += fma(a, b, h - h')    adds what that left: at most 2^(W-1) either way
//! ```
//!
//! are four float operations a product, and no carries: column k of a product is worth l_k + (h_(k-1) - C) / 2^W.
//!
//! # Why nothing is ever rounded
//!
//! | bits | n | W | R / N |
//! |---|---|---|---|
//! | 1024 | 22 | 48 | 2^32 |
//! | 1536 | 33 | 47 | 2^15 |
//! | 2048 | 44 | 47 | 2^20 |
//!
//! Let D = 2^(W-1) + 2^7 bound a digit; D^2 < 2^(2W-2) (1 + 2^-37).
//!
//! **`h` stays where floats are the multiples of 2^W**, that is |h - C| <= 2^(51+W): a column has at most n products,
//! each within D^2, and n roundings of 2^(W-1). n D^2 <= 2^(51+W) needs n <= 2^(53-W) (1 - 2^-36): 22 < 32 for W = 48,
//! 44 < 64 for W = 47. (In a square, products occur once with a digit doubled instead of twice: the same sum.) So `h'`
//! and `h - h'` are exact, `fma(a, b, h - h')` is an integer of at most 2^(W-1), and exact too.
//!
//! **A column is an integer below 2^53.** In units of 2^W, `l` is at most 1/2 a product and `h` 1/4 a product.
//! - A column of q N, or of a b: l 11 + h 5.5 = 16.5 < 32 for W = 48; 22 + 11 = 33 < 64 for W = 47.
//! - A square has at most n/2 + 1 products a column: 6 + 5.5 = 11.5; 11.5 + 11 = 22.5. Its high columns are added to
//!   those of q N as they are: 28 < 32; 55.5 < 64. Those of a b are brought into balance first.
//!
//! The columns are doubled only after that, which is exact for any float.
//!
//! **A digit is within D.** A column v is carried as c = (v + C) - C, the nearest multiple of 2^W, leaving |v - c| <=
//! 2^(W-1); the next digit receives c / 2^W, at most 2^54 / 2^W <= 2^7. (Digits are not perfectly balanced, then; nor
//! need they be.) The last digit is not carried: the number is below 2N, and N's last digit has 16, 32 or 27 bits.
//!
//! **The low half of T + q N** is a multiple of R and only its carry into the high half counts: the column n-1 of the
//! sum, divided by 2^W and rounded. What is missing there, from the columns below, is less than 2^54 2^(-2W) < 2^-39.
//!
//! All this stands on `madd` being fused, which WebAssembly leaves open: [`Fma::sound`](crate::Arithmetic::sound) looks.

mod columns;
mod lanes;

use self::columns::{BLOCK, Columns, Reversed, reversed};
use self::lanes::Lanes;
use crate::{Arithmetic, Shape};

/// Multiplication by fused multiply-add.
pub struct Fma;

/// One number per lane; digits beyond n are zero.
pub type Element = [Lanes; MAX_DIGITS + BLOCK];

/// N and M, turned round.
pub struct Modulus {
    shape: Shape,
    scale: Scale,
    n: Reversed,
    m: Reversed,
}

impl Arithmetic for Fma {
    const LANES: usize = 2;
    type Element = Element;
    type Modulus = Modulus;

    /// (2^27 + 1)^2 = 2^54 + 2^28 + 1 needs 55 bits: rounded before the sum, the 1 is lost.
    fn sound() -> bool {
        // Opaque, or the compiler would calculate this in place of the engine.
        let x = core::hint::black_box(Lanes::splat(134_217_729.0));
        let rest = x.fma(x, Lanes::splat(-18_014_398_777_917_440.0));
        (0..2).all(|lane| rest.lane(lane).to_bits() == 1f64.to_bits())
    }

    fn shape(bits: usize) -> Shape {
        let (digits, width) = match bits {
            ..=1024 => (22, 48),
            1025..=1536 => (33, 47),
            _ => (44, 47),
        };
        Shape {
            bits,
            digits,
            width,
        }
    }

    fn zero() -> Element {
        [Lanes::splat(0.0); MAX_DIGITS + BLOCK]
    }

    fn digit(x: &Element, lane: usize, index: usize) -> i64 {
        x[index].lane(lane) as i64
    }

    fn set_digit(x: &mut Element, lane: usize, index: usize, digit: i64) {
        x[index] = x[index].with_lane(lane, digit as f64);
    }

    fn copy_lanes(x: &mut Element, from: &Element, lanes: u32) {
        for (x, from) in x.iter_mut().zip(from) {
            *x = from.select(*x, lanes);
        }
    }

    fn modulus(shape: Shape, n: &Element, m: &Element) -> Modulus {
        Modulus {
            shape,
            scale: Scale::new(shape.width),
            n: reversed(n, shape.digits),
            m: reversed(m, shape.digits),
        }
    }

    fn square(modulus: &Modulus, x: &mut Element, twice: u32) {
        let n = modulus.shape.digits;
        let turned = reversed(x, n);
        let mut doubled = Self::zero();
        for (doubled, &digit) in doubled.iter_mut().zip(x.iter()) {
            *doubled = digit.add(digit);
        }
        let mut columns = Columns::new(modulus.scale, n);
        let mut product = [Lanes::splat(0.0); PRODUCT];
        for k in (0..2 * n).step_by(BLOCK) {
            columns.square(x, &doubled, &turned, k);
            product[k..k + BLOCK].copy_from_slice(&columns.finish());
        }
        modulus.scale.carry(&mut product, 0..n);
        modulus.reduce(x, &product, twice);
    }

    fn multiply(modulus: &Modulus, x: &mut Element, y: &Element) {
        let n = modulus.shape.digits;
        let turned = reversed(y, n);
        let mut columns = Columns::new(modulus.scale, n);
        let mut product = [Lanes::splat(0.0); PRODUCT];
        for k in (0..2 * n).step_by(BLOCK) {
            columns.multiply(x, &turned, k as isize);
            product[k..k + BLOCK].copy_from_slice(&columns.finish());
        }
        modulus.scale.carry(&mut product, 0..2 * n - 1);
        modulus.reduce(x, &product, 0);
    }

    fn reduce(modulus: &Modulus, x: &mut Element) {
        let n = modulus.shape.digits;
        let mut product = [Lanes::splat(0.0); PRODUCT];
        product[..n].copy_from_slice(&x[..n]);
        modulus.reduce(x, &product, 0);
    }
}

impl Modulus {
    /// Montgomery's reduction of a product whose low half is carried.
    fn reduce(&self, x: &mut Element, product: &[Lanes; PRODUCT], twice: u32) {
        let n = self.shape.digits;
        let mut columns = Columns::new(self.scale, n);

        // The blocks end with column n - 1; the first may begin below column 0, where all is zero.
        let mut q = Fma::zero();
        let first = n.next_multiple_of(BLOCK) - n;
        for k in (0..n + first).step_by(BLOCK) {
            columns.multiply(product, &self.m, k as isize - first as isize);
            let block = columns.finish();
            let skip = first.saturating_sub(k);
            let at = k + skip - first;
            q[at..k + BLOCK - first].copy_from_slice(&block[skip..]);
        }
        self.scale.carry(&mut q, 0..n - 1);
        // The carry out of the last digit is a multiple of R.
        q[n - 1] = q[n - 1].sub(self.scale.nearest_multiple(q[n - 1]));

        let factor = Lanes::splat(1.0).add(Lanes::splat(1.0).keep(twice));
        let mut high = [Lanes::splat(0.0); PRODUCT];
        columns = Columns::new(self.scale, n);
        for k in (n - 2..2 * n).step_by(BLOCK) {
            columns.multiply(&q, &self.n, k as isize);
            let block = columns.finish();
            for ((high, column), &product) in high[k..].iter_mut().zip(block).zip(&product[k..]) {
                *high = column.add(product);
            }
        }
        let carry = self.scale.nearest_multiple(high[n - 1]);
        high[n] = high[n].add(carry.mul(self.scale.down));
        for (x, &column) in x[..n].iter_mut().zip(&high[n..]) {
            *x = column.mul(factor);
        }
        self.scale.carry(x, 0..n - 1);
    }
}

/// Powers of the radix.
#[derive(Clone, Copy)]
struct Scale {
    /// C = 1.5 2^(52+W).
    magic: Lanes,
    /// 2^-W.
    down: Lanes,
}

impl Scale {
    fn new(width: usize) -> Self {
        let radix = (1u64 << width) as f64;
        Self {
            magic: Lanes::splat(radix * 1.5 * (1u64 << 52) as f64),
            down: Lanes::splat(1.0 / radix),
        }
    }

    /// The multiple of 2^W nearest to `x`.
    fn nearest_multiple(self, x: Lanes) -> Lanes {
        x.add(self.magic).sub(self.magic)
    }

    /// Brings the columns of `range` near zero, each carrying into the next: one step each, not a chain.
    fn carry(self, columns: &mut [Lanes], range: core::ops::Range<usize>) {
        let mut carry = Lanes::splat(0.0);
        for column in &mut columns[range.clone()] {
            let multiple = self.nearest_multiple(*column);
            *column = column.sub(multiple).add(carry);
            carry = multiple.mul(self.down);
        }
        columns[range.end] = columns[range.end].add(carry);
    }
}

/// The most digits of a number.
const MAX_DIGITS: usize = 44;

/// Columns of a product, in whole blocks.
const PRODUCT: usize = 2 * MAX_DIGITS + BLOCK;
