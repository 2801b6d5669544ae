//! What the measurements call: the product's own key search and signatures, from seeds, so that every variant has the same luck.
#![cfg(target_family = "wasm")]

mod keys;
mod signature;
