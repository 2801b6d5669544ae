//! Four integers: `v128` in WebAssembly, an array elsewhere, so that the same code is tested natively.

#[cfg(target_family = "wasm")]
pub(super) use self::simd::Lanes;

#[cfg(not(target_family = "wasm"))]
pub(super) use self::array::Lanes;

#[cfg(target_family = "wasm")]
mod simd {
    use core::arch::wasm32::{
        i32x4, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_replace_lane, i32x4_shl,
        i32x4_shr, i32x4_splat, i32x4_sub, v128, v128_and, v128_bitselect, v128_or,
    };

    /// Four integers of 32 bits, or four pairs of 16.
    #[derive(Clone, Copy)]
    pub struct Lanes(v128);

    impl Lanes {
        pub(crate) fn splat(x: i32) -> Self {
            Self(i32x4_splat(x))
        }

        /// All bits of the lanes of `lanes`.
        pub(crate) fn mask(lanes: u32) -> Self {
            let bit = |lane: u32| -((lanes >> lane & 1) as i32);
            Self(i32x4(bit(0), bit(1), bit(2), bit(3)))
        }

        pub(crate) fn add(self, other: Self) -> Self {
            Self(i32x4_add(self.0, other.0))
        }

        pub(crate) fn sub(self, other: Self) -> Self {
            Self(i32x4_sub(self.0, other.0))
        }

        pub(crate) fn and(self, other: Self) -> Self {
            Self(v128_and(self.0, other.0))
        }

        /// `self` where the mask is set, and `other` elsewhere.
        pub(crate) fn select(self, other: Self, mask: Self) -> Self {
            Self(v128_bitselect(self.0, other.0, mask.0))
        }

        pub(crate) fn shift_left(self, bits: u32) -> Self {
            Self(i32x4_shl(self.0, bits))
        }

        /// Towards minus infinity.
        pub(crate) fn shift_right(self, bits: u32) -> Self {
            Self(i32x4_shr(self.0, bits))
        }

        /// Integers that fit 16 bits, in the two halves of each lane.
        pub(crate) fn pair(low: Self, high: Self) -> Self {
            let low = v128_and(low.0, i32x4_splat(0xffff));
            Self(v128_or(low, i32x4_shl(high.0, 16)))
        }

        /// The products of the halves, added.
        pub(crate) fn dot(self, other: Self) -> Self {
            Self(i32x4_dot_i16x8(self.0, other.0))
        }

        pub(crate) fn lane(self, lane: usize) -> i32 {
            match lane {
                0 => i32x4_extract_lane::<0>(self.0),
                1 => i32x4_extract_lane::<1>(self.0),
                2 => i32x4_extract_lane::<2>(self.0),
                _ => i32x4_extract_lane::<3>(self.0),
            }
        }

        pub(crate) fn with_lane(self, lane: usize, x: i32) -> Self {
            Self(match lane {
                0 => i32x4_replace_lane::<0>(self.0, x),
                1 => i32x4_replace_lane::<1>(self.0, x),
                2 => i32x4_replace_lane::<2>(self.0, x),
                _ => i32x4_replace_lane::<3>(self.0, x),
            })
        }
    }
}

#[cfg(not(target_family = "wasm"))]
mod array {
    /// Four integers of 32 bits, or four pairs of 16. A sum that overflows panics where Rust checks for it: in tests.
    #[derive(Clone, Copy)]
    pub struct Lanes([i32; 4]);

    impl Lanes {
        pub(crate) fn splat(x: i32) -> Self {
            Self([x; 4])
        }

        pub(crate) fn mask(lanes: u32) -> Self {
            Self(core::array::from_fn(|i| -((lanes >> i & 1) as i32)))
        }

        pub(crate) fn add(self, other: Self) -> Self {
            self.zip(other, |x, y| x + y)
        }

        pub(crate) fn sub(self, other: Self) -> Self {
            self.zip(other, |x, y| x - y)
        }

        pub(crate) fn and(self, other: Self) -> Self {
            self.zip(other, |x, y| x & y)
        }

        pub(crate) fn select(self, other: Self, mask: Self) -> Self {
            let other = other.zip(mask, |x, mask| x & !mask);
            self.and(mask).zip(other, |x, y| x | y)
        }

        pub(crate) fn shift_left(self, bits: u32) -> Self {
            Self(self.0.map(|x| x << bits))
        }

        pub(crate) fn shift_right(self, bits: u32) -> Self {
            Self(self.0.map(|x| x >> bits))
        }

        pub(crate) fn pair(low: Self, high: Self) -> Self {
            low.zip(high, |low, high| low & 0xffff | high << 16)
        }

        pub(crate) fn dot(self, other: Self) -> Self {
            let half = |x: i32| (i32::from(x as i16), x >> 16);
            self.zip(other, |x, y| {
                let ((a, b), (c, d)) = (half(x), half(y));
                a * c + b * d
            })
        }

        pub(crate) fn lane(self, lane: usize) -> i32 {
            self.0[lane]
        }

        pub(crate) fn with_lane(mut self, lane: usize, x: i32) -> Self {
            self.0[lane] = x;
            self
        }

        fn zip(self, other: Self, f: impl Fn(i32, i32) -> i32) -> Self {
            Self(core::array::from_fn(|i| f(self.0[i], other.0[i])))
        }
    }
}
