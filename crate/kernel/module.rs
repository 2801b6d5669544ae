//! A kernel as a WebAssembly module of its own: memory, where its input lies, and three functions.
//!
//! An engine that does not know an instruction refuses the whole module that has it. So each kernel that needs SIMD is a
//! module apart, some kilobytes, and the core takes the fastest that the engine accepts and that passes its self-test.
//!
//! # Safety
//!
//! WebAssembly without threads: a module's functions run one after the other, to their end. [`INPUT`] is written by
//! JavaScript between calls and read inside them, through a shared reference that does not outlive the call.

#![allow(unsafe_code)]
// The exports are reached from outside.
#![allow(unreachable_pub)]

use core::cell::UnsafeCell;

use crate::Arithmetic;
use crate::probable::{self, MAX_BITS, MAX_LANES};

#[cfg(hardway_module = "dot")]
type Kernel = crate::dot::Dot;
#[cfg(hardway_module = "fma")]
type Kernel = crate::fma::Fma;
#[cfg(hardway_module = "scalar")]
type Kernel = crate::scalar::Scalar;

/// Room for one candidate and one base per lane.
const INPUT_WORDS: usize = 2 * MAX_LANES * MAX_BITS / 32;

/// More than the frames of a test together; less than the stack that build/kernels.sh gives.
const DEPTH: usize = 192 * 1024;

struct Input(UnsafeCell<[u32; INPUT_WORDS]>);

// SAFETY: one thread.
unsafe impl Sync for Input {}

static INPUT: Input = Input(UnsafeCell::new([0; INPUT_WORDS]));

/// Where the candidates go, and the bases right behind them.
#[unsafe(no_mangle)]
pub extern "C" fn input() -> *mut u32 {
    INPUT.0.get().cast()
}

/// How many candidates a call tests.
#[unsafe(no_mangle)]
pub extern "C" fn lanes() -> usize {
    Kernel::LANES
}

/// [`probable::fermat`] of the candidates in the input.
#[unsafe(no_mangle)]
pub extern "C" fn fermat(bits: usize) -> u32 {
    let (candidates, _) = split(bits);
    probable::fermat::<Kernel>(bits, candidates)
}

/// [`probable::miller_rabin`] of the candidates in the input, with the bases behind them.
#[unsafe(no_mangle)]
pub extern "C" fn miller_rabin(bits: usize) -> u32 {
    let (candidates, bases) = split(bits);
    probable::miller_rabin::<Kernel>(bits, candidates, bases)
}

/// 1 if the engine multiplies as the kernel's proofs suppose.
#[unsafe(no_mangle)]
pub extern "C" fn sound() -> u32 {
    u32::from(Kernel::sound())
}

/// Overwrites the input, and the stack as deep as a test goes: two of the candidates have become primes.
#[unsafe(no_mangle)]
pub extern "C" fn wipe() {
    // SAFETY: nothing else runs.
    unsafe { *INPUT.0.get() = [0; INPUT_WORDS] };
    // Opaque, or the compiler would leave out what nobody reads.
    core::hint::black_box(&mut [0u8; DEPTH]);
}

fn split(bits: usize) -> (&'static [u32], &'static [u32]) {
    // SAFETY: nothing writes to the input during a call, and a call keeps no reference.
    let input: &[u32; INPUT_WORDS] = unsafe { &*INPUT.0.get() };
    let numbers = Kernel::LANES * bits / 32;
    (&input[..numbers], &input[numbers..2 * numbers])
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
