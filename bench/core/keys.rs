//! Keys from seeds.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use hardway::key::search::{Filter, Linked};
use hardway::{KeyAlgorithm, KeyMaker};
use rsa::PrivateKey;
use rsa::pkcs8::EncodePrivateKey;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// What `www/kernel.js` makes of a kernel module.
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

/// The product's key maker.
#[wasm_bindgen]
pub struct SeededMaker(KeyMaker);

#[wasm_bindgen]
impl SeededMaker {
    /// With this kernel, or with the scalar one alone.
    #[wasm_bindgen(constructor)]
    pub fn new(kernel: Option<Kernel>) -> Self {
        let filters = kernel.into_iter().map(|kernel| {
            let name = if kernel.name() == "fma" { "fma" } else { "dot" };
            Box::new(Imported { kernel, name }) as Box<dyn Filter>
        });
        Self(KeyMaker::new(filters.collect()))
    }

    /// Makes the key of a seed.
    ///
    /// # Errors
    ///
    /// The key maker's, as text.
    pub fn make(&mut self, algorithm: &str, seed: u32) -> Result<SeededKey, JsValue> {
        let algorithm: KeyAlgorithm = serde_json::from_value(algorithm.into()).map_err(text)?;
        let (key, effort) = self.0.generate(algorithm, &mut rng(seed)).map_err(text)?;
        let pkcs8 = key.to_pkcs8_der().map_err(text)?;
        Ok(SeededKey {
            pkcs8: pkcs8.as_bytes().to_vec(),
            candidates: effort.candidates,
        })
    }

    /// The kernel that made the last RSA key.
    pub fn kernel(&self) -> String {
        self.0.filter().to_owned()
    }
}

/// Makes the RSA key of a seed by the library `rsa` alone.
///
/// # Errors
///
/// The library's, as text.
#[wasm_bindgen(js_name = libraryKey)]
pub fn library_key(bits: usize, seed: u32) -> Result<SeededKey, JsValue> {
    let key = PrivateKey::new(&mut rng(seed), bits).map_err(text)?;
    let pkcs8 = key.to_pkcs8_der().map_err(text)?;
    Ok(SeededKey {
        pkcs8: pkcs8.as_bytes().to_vec(),
        candidates: 0,
    })
}

/// The scalar kernel's Fermat test, as `www/kernel.js` has it for the others.
#[wasm_bindgen(js_name = scalarFermat)]
pub fn scalar_fermat(bits: usize, candidates: &[u32]) -> u32 {
    Linked::scalar().fermat(bits, candidates)
}

/// A key, written, and what it took.
#[wasm_bindgen]
pub struct SeededKey {
    pkcs8: Vec<u8>,
    candidates: usize,
}

#[wasm_bindgen]
impl SeededKey {
    /// PKCS#8 DER.
    pub fn pkcs8(&self) -> Vec<u8> {
        self.pkcs8.clone()
    }

    /// Numbers that went through Fermat's test; 0 where nobody counts.
    #[wasm_bindgen(getter)]
    pub fn candidates(&self) -> usize {
        self.candidates
    }
}

struct Imported {
    kernel: Kernel,
    name: &'static str,
}

impl Filter for Imported {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sound(&self) -> bool {
        self.kernel.sound()
    }

    fn lanes(&self) -> usize {
        self.kernel.lanes()
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

pub(crate) fn rng(seed: u32) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed.into())
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
pub(crate) fn text(error: impl ToString) -> JsValue {
    error.to_string().into()
}
