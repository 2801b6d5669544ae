//! Each kernel's arithmetic against crypto-bigint's.
//!
//! A result must be the very integer that Montgomery's reduction says, not only its residue; below 2N; and in digits
//! within the kernel's bound. In one case of eight M is not -1/N but made so that every digit of q is extreme:
//! then the accumulators of the last product are as full as they can be, and the result right but for its rounding.

mod reference;

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use hardway_kernel::dot::Dot;
use hardway_kernel::fma::Fma;
use hardway_kernel::scalar::Scalar;
use hardway_kernel::{Arithmetic, Shape};
use reference::{
    SIZES, Wide, digits, from_words, inverse, low, magnitude, minus, negative, plus, power_of_two,
    shifted, small, times, value,
};

/// Results that are compared, for each kernel and size: 120,000 a kernel.
const CASES: usize = 40_000;

/// Operations one after the other, each on the last one's result.
const CHAIN: usize = 8;

#[test]
fn fused_multiply_add_calculates_as_crypto_bigint_does() {
    assert!(Fma::sound());
    // The carry of one step that a digit receives after it was brought near zero.
    compare::<Fma>(1 << 7);
}

#[test]
fn dot_products_calculate_as_crypto_bigint_does() {
    compare::<Dot>(0);
}

#[test]
fn plain_integers_calculate_as_crypto_bigint_does() {
    compare::<Scalar>(0);
}

/// A wrong sum would show in a wrong result, too; here it ends the test at once.
#[test]
fn this_build_watches_integers_for_overflow() {
    let sum = std::panic::catch_unwind(|| std::hint::black_box(i32::MAX) + 1);
    assert!(
        sum.is_err(),
        "run by cargo test --package hardway-kernel --release --config profile.release.overflow-checks=true"
    );
}

fn compare<A: Arithmetic>(slack: i64) {
    for bits in SIZES {
        let mut source = Source {
            rng: ChaCha8Rng::seed_from_u64(bits as u64),
            shape: A::shape(bits),
            slack,
        };
        let mut cases = 0;
        while cases < CASES {
            cases += chain::<A>(&mut source);
        }
    }
}

/// Numbers of one lane.
struct Lane {
    n: Wide,
    m: Wide,
    /// Whether M is -1/N, so that R divides T + q N.
    exact: bool,
}

/// Some operations with one set of moduli.
fn chain<A: Arithmetic>(source: &mut Source) -> usize {
    let shape = source.shape;
    let radix = shape.digits * shape.width;
    let moduli: Vec<Wide> = (0..A::LANES).map(|_| source.modulus()).collect();
    let mut x: Vec<_> = moduli.iter().map(|n| source.operand(n)).collect();
    let y: Vec<_> = moduli.iter().map(|n| source.operand(n)).collect();
    let operation = source.below(3);
    let aimed = source.below(8) == 0;

    let lanes: Vec<Lane> = (0..A::LANES)
        .map(|lane| {
            let n = moduli[lane];
            let product = product(shape, operation, &x[lane], &y[lane]);
            let aim = inverse(&low(&product, radix), radix).filter(|_| aimed);
            let m = match aim {
                Some(inverse) => times(&source.extreme(shape.digits, 0), &inverse),
                None => negative(&inverse(&n, radix).unwrap()),
            };
            Lane {
                n,
                m,
                exact: aim.is_none(),
            }
        })
        .collect();
    let modulus = A::modulus(
        shape,
        &element::<A>(lanes.iter().map(|lane| digits(shape, &lane.n))),
        &element::<A>(lanes.iter().map(|lane| digits(shape, &lane.m))),
    );

    let (mut number, factor) = (element::<A>(x.clone()), element::<A>(y.clone()));
    for step in 0..CHAIN {
        // An aim is at one product.
        let operation = if step == 0 {
            operation
        } else {
            source.below(3)
        };
        let twice = match operation {
            0 => source.rng.next_u32() & ((1 << A::LANES) - 1),
            _ => 0,
        };
        match operation {
            0 => A::square(&modulus, &mut number, twice),
            1 => A::multiply(&modulus, &mut number, &factor),
            _ => A::reduce(&modulus, &mut number),
        }
        for (index, lane) in lanes.iter().enumerate() {
            let result: Vec<i64> = (0..shape.digits)
                .map(|digit| A::digit(&number, index, digit))
                .collect();
            let product = product(shape, operation, &x[index], &y[index]);
            let twice = (twice >> index & 1) as usize;
            lane.check(shape, &product, twice, &value(shape.width, result.clone()));
            let bound = (1 << (shape.width - 1)) + source.slack;
            assert!(
                result.iter().all(|digit| digit.abs() <= bound),
                "{result:?}"
            );
            x[index] = result;
        }
    }
    CHAIN * A::LANES
}

impl Lane {
    fn check(&self, shape: Shape, product: &Wide, twice: usize, result: &Wide) {
        let radix = shape.digits * shape.width;
        let q = low(&times(product, &self.m), radix);
        // q is around zero: which of two, at the very edge, is the kernel's choice.
        let right = [q, minus(&q, &power_of_two(radix))].iter().any(|q| {
            let sum = plus(product, &times(q, &self.n));
            let difference = minus(&shifted(result, radix), &shifted(&sum, twice));
            match self.exact {
                true => difference == Wide::ZERO,
                false => magnitude(&difference) < power_of_two(radix + twice),
            }
        });
        assert!(
            right,
            "{} bits\nN {:x}\nM {:x}\nT {product:x}\nresult {result:x}",
            shape.bits, self.n, self.m
        );
        assert!(magnitude(result) < shifted(&self.n, 1), "{result:x}");
    }
}

fn product(shape: Shape, operation: u32, x: &[i64], y: &[i64]) -> Wide {
    let number = |digits: &[i64]| value(shape.width, digits.iter().copied());
    match operation {
        0 => number(x).wrapping_mul(&number(x)),
        1 => number(x).wrapping_mul(&number(y)),
        _ => number(x),
    }
}

fn element<A: Arithmetic>(lanes: impl IntoIterator<Item = Vec<i64>>) -> A::Element {
    let mut element = A::zero();
    for (lane, digits) in lanes.into_iter().enumerate() {
        for (index, digit) in digits.into_iter().enumerate() {
            A::set_digit(&mut element, lane, index, digit);
        }
    }
    element
}

/// Random, edge and extreme numbers.
struct Source {
    rng: ChaCha8Rng,
    shape: Shape,
    slack: i64,
}

impl Source {
    /// Odd, with the highest bit set.
    fn modulus(&mut self) -> Wide {
        let bits = self.shape.bits;
        let one = Wide::ONE;
        let bit = 1 + self.below(bits as u32 - 2) as usize;
        let bit = if self.below(2) == 0 {
            plus(&power_of_two(bit), &one)
        } else {
            minus(&power_of_two(bit), &one)
        };
        match self.below(8) {
            0 => minus(&power_of_two(bits), &one),
            1 => plus(&power_of_two(bits - 1), &one),
            2 => plus(&power_of_two(bits - 1), &bit),
            3 => minus(&power_of_two(bits), &bit),
            4 | 5 => {
                // The digits below the one that holds the highest bit, near 2^(W-1) either way.
                let whole = bits / self.shape.width;
                let top = minus(&power_of_two(bits), &power_of_two(whole * self.shape.width));
                let number = plus(&top, &self.extreme(whole, 0));
                if number.is_odd().to_bool() {
                    number
                } else {
                    plus(&number, &one)
                }
            }
            _ => {
                let edges = plus(&power_of_two(bits - 1), &one);
                let random = low(&self.random(), bits - 1);
                edges.bitor(&random)
            }
        }
    }

    /// The digits of a number below 2N either way.
    fn operand(&mut self, n: &Wide) -> Vec<i64> {
        let bits = self.shape.bits;
        let number = match self.below(8) {
            0 => small(0),
            1 => small(1),
            2 => plus(n, &small(i64::from(self.below(3)) - 1)),
            3 => minus(&shifted(n, 1), &Wide::ONE),
            4 => {
                let power = power_of_two(self.below(bits as u32) as usize);
                plus(&power, &small(i64::from(self.below(3)) - 1))
            }
            5 | 6 => {
                let whole = bits / self.shape.width;
                return self.extreme_digits(whole, self.slack);
            }
            _ => {
                let number = low(&self.random(), bits + 1);
                let double = shifted(n, 1);
                if number < double {
                    number
                } else {
                    minus(&number, &double)
                }
            }
        };
        let sign = self.below(2) == 0;
        digits(self.shape, &if sign { number } else { negative(&number) })
    }

    fn extreme(&mut self, count: usize, slack: i64) -> Wide {
        value(self.shape.width, self.extreme_digits(count, slack))
    }

    /// Digits as far from zero as they can be: up, down, in turn, or at random.
    fn extreme_digits(&mut self, count: usize, slack: i64) -> Vec<i64> {
        let (high, low) = (1i64 << (self.shape.width - 1), self.below(5));
        (0..count)
            .map(|index| match low {
                0 => true,
                1 => false,
                2 => index % 2 == 0,
                3 => index % 2 == 1,
                _ => self.below(2) == 0,
            })
            .map(|up| if up { high - 1 + slack } else { -high - slack })
            .collect::<Vec<_>>()
    }

    fn random(&mut self) -> Wide {
        let words: Vec<u32> = (0..self.shape.bits / 32 + 1)
            .map(|_| self.rng.next_u32())
            .collect();
        from_words(words)
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.rng.next_u32() % bound
    }
}
