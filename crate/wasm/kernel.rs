//! A kernel that is a WebAssembly module of its own, reached through JavaScript: `www/kernel.js`.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::key::search::Filter;

#[wasm_bindgen]
extern "C" {
    /// An instance of a kernel module. It copies the arrays that it is called with.
    pub type Kernel;

    #[wasm_bindgen(method, getter)]
    fn name(this: &Kernel) -> String;
    #[wasm_bindgen(method)]
    fn lanes(this: &Kernel) -> usize;
    #[wasm_bindgen(method)]
    fn sound(this: &Kernel) -> bool;
    #[wasm_bindgen(method)]
    fn fermat(this: &Kernel, bits: usize, candidates: &[u32]) -> u32;
    #[wasm_bindgen(method, js_name = millerRabin)]
    fn miller_rabin(this: &Kernel, bits: usize, candidates: &[u32], bases: &[u32]) -> u32;
    #[wasm_bindgen(method)]
    fn wipe(this: &Kernel);
}

pub(super) struct Imported {
    kernel: Kernel,
    name: &'static str,
    lanes: usize,
}

impl Imported {
    pub(super) fn new(kernel: Kernel) -> Self {
        let name = match kernel.name().as_str() {
            "dot" => "dot",
            "fma" => "fma",
            _ => "unknown",
        };
        let lanes = kernel.lanes();
        Self {
            kernel,
            name,
            lanes,
        }
    }
}

impl Filter for Imported {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sound(&self) -> bool {
        // More lanes than the masks are read for, or none: not a kernel of ours.
        (1..=hardway_kernel::probable::MAX_LANES).contains(&self.lanes) && self.kernel.sound()
    }

    fn lanes(&self) -> usize {
        self.lanes
    }

    fn fermat(&mut self, bits: usize, candidates: &[u32]) -> u32 {
        self.kernel.fermat(bits, candidates)
    }

    fn miller_rabin(&mut self, bits: usize, candidates: &[u32], bases: &[u32]) -> u32 {
        self.kernel.miller_rabin(bits, candidates, bases)
    }

    fn wipe(&mut self) {
        self.kernel.wipe();
    }
}
