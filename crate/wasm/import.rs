//! What a worker calls that reads the files of an existing cluster.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use super::{to_js, to_js_error};
use crate::import::{Content, Inventory, glance, limits};

/// The files of an existing cluster, and what is in them. Dropped, it wipes the keys.
#[wasm_bindgen]
#[derive(Default)]
pub struct Importer(Inventory);

#[wasm_bindgen]
impl Importer {
    /// Without files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a file of so many bytes may be added; if not, it is listed as refused.
    pub fn admit(&mut self, path: &str, size: f64) -> bool {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the size of a File; what is no number becomes 0 and what is too large the largest"
        )]
        self.0.admit(path, size as u64)
    }

    /// Reads a file, and what it holds if it is an archive. Says its place in the listing.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>, mode: Option<u32>) -> usize {
        let bytes = Zeroizing::new(bytes);
        self.0.add(path, &bytes, mode)
    }

    /// Tries a passphrase on one file, or on all that are sealed. Says how much it has opened.
    pub fn unlock(&mut self, file: Option<usize>, passphrase: String) -> Result<usize, JsValue> {
        let passphrase = Zeroizing::new(passphrase);
        self.0.unlock(file, &passphrase).map_err(to_js_error)
    }

    /// Every file with what it was taken for.
    pub fn listing(&self) -> Result<JsValue, JsValue> {
        to_js(&self.0.listing())
    }

    /// The kubeconfigs with their files. No secret is in them.
    pub fn kubeconfigs(&self) -> Result<JsValue, JsValue> {
        let found = self.0.items().iter();
        let found: Vec<_> = found
            .filter_map(|item| match &item.content {
                Content::Kubeconfig(found) => {
                    Some(serde_json::json!({"file": item.file, "kubeconfig": found}))
                }
                _ => None,
            })
            .collect();
        to_js(&found)
    }
}

/// What a text is that was pasted; nothing of it is kept.
#[wasm_bindgen(js_name = glance)]
pub fn glance_at(bytes: Vec<u8>) -> Result<JsValue, JsValue> {
    to_js(&glance(&Zeroizing::new(bytes)))
}

/// How much is read.
#[wasm_bindgen(js_name = importLimits)]
pub fn import_limits() -> Result<JsValue, JsValue> {
    to_js(&serde_json::json!({
        "givenBytes": limits::MAX_GIVEN_BYTES,
        "fileBytes": limits::MAX_FILE_BYTES,
        "totalBytes": limits::MAX_TOTAL_BYTES,
        "entries": limits::MAX_ENTRIES,
        "strangers": limits::MAX_STRANGERS,
        "depth": limits::MAX_DEPTH,
        "ratio": limits::MAX_RATIO,
        "blocks": limits::MAX_BLOCKS,
        "yamlBytes": limits::MAX_YAML_BYTES,
    }))
}
