//! Probable-prime tests on several numbers at once, for 1024, 1536 and 2048 bits.
//!
//! A key search throws away some thirty candidates for each prime it keeps; these kernels are how they are thrown away
//! fast. Each kernel is one way to multiply modulo odd numbers, one number per SIMD lane:
//!
//! | kernel | lanes | multiplies with | needs |
//! |---|---|---|---|
//! | [`fma::Fma`] | 2 | fused multiply-add on `f64` | relaxed SIMD, and a `madd` that is really fused |
//! | [`dot::Dot`] | 4 | dot products of 16-bit pairs | SIMD128 |
//! | [`scalar::Scalar`] | 1 | 64-bit integers | nothing |
//!
//! What is done with the multiplication is written once, in [`probable`], for every [`Arithmetic`]: a Fermat test to
//! base 2 and a Miller-Rabin round with a base of the caller's choice.
//!
//! Nothing here allocates, and nothing decides that a number *is* prime: the caller does, with a library's consent.
//!
//! # Numbers
//!
//! A candidate comes as 32-bit words, least significant first. Inside, a number is a string of signed digits in base
//! 2^W, each near zero (at most about 2^(W-1) either way). Signed digits halve the size of a product, and so double
//! the number of products that fit an accumulator without a carry.
//!
//! # Montgomery's reduction, without a chain
//!
//! With R = 2^(W n) for n digits, and M = -1/N mod R, one step computes, for T = a b,
//!
//! ```text
//! q = (T mod R) M mod R        result = (T + q N) / R
//! ```
//!
//! as three products of which only a half is needed of each: all of T (but half of it by symmetry when a = b), the low
//! half of the second, the high half of the third. No digit of q waits for another one, which is what lets the columns
//! of a product be computed in any order and the accumulators stay in registers.
//!
//! **Range.** q is balanced: |q| <= R/2 (1 + e), where e < 2^-5 pays for digits that are not perfectly balanced. Let
//! |a|, |b| < 2N. Then a result, doubled when the caller asks for it, is below 2 (4 N^2 / R + N/2 (1 + e)) =
//! N (8 N/R + 1 + e). Every kernel has R >= 2^4 N, so this is below 2N again: no final subtraction, no comparison.
//! A single reduction of |x| < 2N is below 1 + N/2 (1 + e): of the two candidates for "x is 1 modulo N" only 1 itself
//! fits.

// Natively only `f64::mul_add` is wanted of std.
#![cfg_attr(target_family = "wasm", no_std)]

#[cfg(any(not(target_family = "wasm"), target_feature = "simd128"))]
pub mod dot;
#[cfg(any(not(target_family = "wasm"), target_feature = "relaxed-simd"))]
pub mod fma;
#[cfg(any(
    hardway_module = "fma",
    hardway_module = "dot",
    hardway_module = "scalar"
))]
mod module;
pub mod probable;
pub mod scalar;
#[cfg(test)]
mod tests;
mod words;

pub use self::probable::{Arithmetic, MAX_BITS, Shape};
