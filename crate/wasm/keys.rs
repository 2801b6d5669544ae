//! What a key worker calls.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::kernel::{Imported, Kernel};
use super::{from_js, to_js_error};
use crate::key::search::Filter;
use crate::{KeyAlgorithm, PlannedCertificate, PrivateKey, Randomness};

/// Makes private keys, one after the other.
#[wasm_bindgen]
pub struct KeyMaker(crate::KeyMaker);

#[wasm_bindgen]
impl KeyMaker {
    /// With these kernels, fastest first; the scalar one stands behind them.
    #[wasm_bindgen(constructor)]
    pub fn new(kernels: Vec<Kernel>) -> Self {
        let filters = kernels
            .into_iter()
            .map(|kernel| Box::new(Imported::new(kernel)) as Box<dyn Filter>);
        Self(crate::KeyMaker::new(filters.collect()))
    }

    /// A new private key.
    pub fn generate(&mut self, algorithm: &JsValue) -> Result<NewKey, JsValue> {
        let algorithm: KeyAlgorithm = from_js(algorithm)?;
        let (key, effort) = self
            .0
            .generate(algorithm, &mut Randomness::default())
            .map_err(to_js_error)?;
        Ok(NewKey {
            key,
            candidates: effort.candidates,
        })
    }

    /// The name of the kernel that is used for RSA keys.
    pub fn kernel(&self) -> String {
        self.0.filter().to_owned()
    }

    /// The names of the kernels that failed.
    pub fn refused(&self) -> Vec<String> {
        self.0.refused().iter().map(ToString::to_string).collect()
    }
}

/// A private key on its way to the vault.
#[wasm_bindgen]
pub struct NewKey {
    key: PrivateKey,
    candidates: usize,
}

#[wasm_bindgen]
impl NewKey {
    /// The key, PKCS#8 DER.
    pub fn pkcs8(&self) -> Result<Uint8Array, JsValue> {
        let der = self.key.to_pkcs8_der().map_err(to_js_error)?;
        Ok(Uint8Array::from(der.as_bytes()))
    }

    /// The certification request for a planned certificate, DER.
    pub fn request(&self, certificate: &JsValue) -> Result<Uint8Array, JsValue> {
        let planned: PlannedCertificate = from_js(certificate)?;
        let request = planned.request(&self.key).map_err(to_js_error)?;
        Ok(Uint8Array::from(request.as_slice()))
    }

    /// How many numbers were tested for this key.
    #[wasm_bindgen(getter)]
    pub fn candidates(&self) -> usize {
        self.candidates
    }
}
