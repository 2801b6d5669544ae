//! What is left in memory when the core has answered: nothing that was secret and is no longer held.
//!
//! A key passes through many hands that are not ours: the arithmetic's numbers, DER and PEM on their way to the zip, the packer's window,
//! and every buffer that a growing `Vec` or `String` leaves behind. So all memory is overwritten when it is freed, whoever frees it,
//! and the stack when the worker says that an answer is ready. Types that wipe themselves (`zeroize`) come on top: natively they are all
//! there is, since a library does not choose its program's allocator.

use core::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// Overwrites the stack that the calls before have used. Called from the worker's own loop, where nothing of it is in use.
#[wasm_bindgen]
pub fn sweep() {
    // Opaque, or the compiler would leave out what nobody reads.
    black_box(&mut [0u8; DEPTH]);
}

/// Deeper than any call goes (tests/web/memory.test.js measures), and less than the stack, which has a mebibyte.
const DEPTH: usize = 768 * 1024;
