//! Two floats: `v128` in WebAssembly, an array elsewhere, so that the same code is tested natively.

#[cfg(all(target_family = "wasm", target_feature = "relaxed-simd"))]
pub(super) use self::simd::Lanes;

#[cfg(not(all(target_family = "wasm", target_feature = "relaxed-simd")))]
pub(super) use self::array::Lanes;

#[cfg(all(target_family = "wasm", target_feature = "relaxed-simd"))]
mod simd {
    use core::arch::wasm32::{
        f64x2_add, f64x2_extract_lane, f64x2_mul, f64x2_relaxed_madd, f64x2_replace_lane,
        f64x2_splat, f64x2_sub, i64x2, v128, v128_and, v128_bitselect,
    };

    /// Two floats.
    #[derive(Clone, Copy)]
    pub struct Lanes(v128);

    impl Lanes {
        pub(crate) fn splat(x: f64) -> Self {
            Self(f64x2_splat(x))
        }

        pub(crate) fn add(self, other: Self) -> Self {
            Self(f64x2_add(self.0, other.0))
        }

        pub(crate) fn sub(self, other: Self) -> Self {
            Self(f64x2_sub(self.0, other.0))
        }

        pub(crate) fn mul(self, other: Self) -> Self {
            Self(f64x2_mul(self.0, other.0))
        }

        /// `self other + addend`, rounded once.
        pub(crate) fn fma(self, other: Self, addend: Self) -> Self {
            Self(f64x2_relaxed_madd(self.0, other.0, addend.0))
        }

        /// The lanes of `lanes`, and zero in the others.
        pub(crate) fn keep(self, lanes: u32) -> Self {
            Self(v128_and(self.0, mask(lanes)))
        }

        /// The lanes of `lanes`, and those of `other` elsewhere.
        pub(crate) fn select(self, other: Self, lanes: u32) -> Self {
            Self(v128_bitselect(self.0, other.0, mask(lanes)))
        }

        pub(crate) fn lane(self, lane: usize) -> f64 {
            match lane {
                0 => f64x2_extract_lane::<0>(self.0),
                _ => f64x2_extract_lane::<1>(self.0),
            }
        }

        pub(crate) fn with_lane(self, lane: usize, x: f64) -> Self {
            Self(match lane {
                0 => f64x2_replace_lane::<0>(self.0, x),
                _ => f64x2_replace_lane::<1>(self.0, x),
            })
        }
    }

    fn mask(lanes: u32) -> v128 {
        i64x2(-i64::from(lanes & 1), -i64::from(lanes >> 1 & 1))
    }
}

#[cfg(not(all(target_family = "wasm", target_feature = "relaxed-simd")))]
mod array {
    /// Two floats.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct Lanes([f64; 2]);

    impl Lanes {
        pub(crate) fn splat(x: f64) -> Self {
            Self([x; 2])
        }

        pub(crate) fn add(self, other: Self) -> Self {
            self.zip(other, |x, y| x + y)
        }

        pub(crate) fn sub(self, other: Self) -> Self {
            self.zip(other, |x, y| x - y)
        }

        pub(crate) fn mul(self, other: Self) -> Self {
            self.zip(other, |x, y| x * y)
        }

        pub(crate) fn fma(self, other: Self, addend: Self) -> Self {
            Self(core::array::from_fn(|i| {
                self.0[i].mul_add(other.0[i], addend.0[i])
            }))
        }

        pub(crate) fn keep(self, lanes: u32) -> Self {
            self.select(Self::splat(0.0), lanes)
        }

        pub(crate) fn select(self, other: Self, lanes: u32) -> Self {
            Self(core::array::from_fn(|i| match lanes >> i & 1 {
                1 => self.0[i],
                _ => other.0[i],
            }))
        }

        pub(crate) fn lane(self, lane: usize) -> f64 {
            self.0[lane]
        }

        pub(crate) fn with_lane(mut self, lane: usize, x: f64) -> Self {
            self.0[lane] = x;
            self
        }

        fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
            Self(core::array::from_fn(|i| f(self.0[i], other.0[i])))
        }
    }
}
