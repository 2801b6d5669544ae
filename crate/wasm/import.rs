//! What the vault worker calls that reads the files of an existing cluster, recognises it, and says what is wrong with it.

use serde_json::json;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use super::vault::Vault;
use super::verdicts::{overview, verdict};
use super::{from_js, moment, to_js, to_js_error};
use crate::diagnose::diagnose;
use crate::import::{Content, Inventory, glance, limits};
use crate::issue::to_pem;
use crate::recognise::{Corrections, Part, Recognition};
use crate::renew::Held;
use crate::verify::{Evidence, Verifier};
use crate::{Error, PrivateKey, Timestamp};

/// The files of an existing cluster, what is in them, and what they were last recognised as. Dropped, it wipes the keys.
#[wasm_bindgen]
#[derive(Default)]
pub struct Importer(Inventory, Option<Recognised>);

/// Of the files as they were then.
struct Recognised {
    recognition: Recognition,
    evidence: Evidence,
}

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
                Content::Kubeconfig(found) => Some(json!({"file": item.file, "kubeconfig": found})),
                _ => None,
            })
            .collect();
        to_js(&found)
    }

    /// What cluster the files make, with what was put right. What follows is about this one until it is called again.
    pub fn recognise(&mut self, corrections: &JsValue) -> Result<JsValue, JsValue> {
        let corrections: Corrections = from_js(corrections)?;
        let recognition = Recognition::of(&self.0, &corrections);
        let evidence = recognition.evidence(&self.0);
        let told = to_js(&recognition);
        self.1 = Some(Recognised {
            recognition,
            evidence,
        });
        told
    }

    /// What should be known about the cluster, the worst first. `now` in milliseconds since 1970.
    pub fn findings(&self, now: f64) -> Result<JsValue, JsValue> {
        let Recognised { recognition, .. } = self.recognised()?;
        to_js(&diagnose(&self.0, recognition, moment(now)?.unix()))
    }

    /// As a vault's.
    pub fn verdicts(&self, now: f64) -> Result<JsValue, JsValue> {
        let found = self.recognised()?;
        let connections = &found.recognition.plan().connections;
        to_js(&overview(&found.verifier(moment(now)?), connections))
    }

    /// As a vault's.
    pub fn verdict(&self, connection: &str, now: f64) -> Result<JsValue, JsValue> {
        let found = self.recognised()?;
        let connections = &found.recognition.plan().connections;
        verdict(&found.verifier(moment(now)?), connections, connection)
    }

    /// The certificates that the plan's entries are verified by, as they were found.
    pub fn certificates(&self) -> Result<JsValue, JsValue> {
        let Recognised { recognition, .. } = self.recognised()?;
        let certificates = recognition.plan().certificates.iter();
        let found = certificates.filter_map(|planned| {
            let item = recognition.main(&planned.id, Part::Certificate)?;
            match &self.0.items()[item].content {
                Content::Certificate(found) => Some((&planned.id, &found.der)),
                _ => None,
            }
        });
        let told = found.map(|(id, der)| {
            let pem = to_pem("CERTIFICATE", der).map_err(to_js_error)?;
            Ok(json!({"id": id, "pem": pem}))
        });
        to_js(&told.collect::<Result<Vec<_>, JsValue>>()?)
    }

    /// The ids whose private keys were given and can be signed with.
    pub fn keys(&self) -> Result<Vec<String>, JsValue> {
        let Recognised { recognition, .. } = self.recognised()?;
        let certificates = recognition.plan().certificates.iter();
        let keyed = certificates.filter(|planned| self.key(&planned.id).is_some());
        Ok(keyed.map(|planned| planned.id.clone()).collect())
    }

    /// A vault for the cluster as it was recognised, with its certificates and keys.
    pub fn vault(&self) -> Result<Vault, JsValue> {
        let Recognised { recognition, .. } = self.recognised()?;
        let mut held = Held::default();
        for planned in &recognition.plan().certificates {
            let item = recognition.main(&planned.id, Part::Certificate);
            if let Some(Content::Certificate(found)) =
                item.map(|item| &self.0.items()[item].content)
            {
                held.insert_certificate(&planned.id, found.der.clone());
            }
            if let Some(key) = self.key(&planned.id) {
                held.insert_key(&planned.id, key.into());
            }
        }
        Ok(Vault::holding(recognition.plan().clone(), held))
    }
}

impl Importer {
    fn recognised(&self) -> Result<&Recognised, JsValue> {
        let found = self.1.as_ref();
        found.ok_or_else(|| to_js_error(Error::NotIssued))
    }

    /// Nothing is signed with other kinds of keys: they are as good as not given.
    fn key(&self, id: &str) -> Option<PrivateKey> {
        let item = self.1.as_ref()?.recognition.main(id, Part::Key)?;
        match &self.0.items()[item].content {
            Content::PrivateKey(key) => key.private_key(id).ok(),
            _ => None,
        }
    }
}

impl Recognised {
    fn verifier(&self, now: Timestamp) -> Verifier<'_> {
        Verifier::new(self.recognition.plan(), &self.evidence, now.unix())
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
    to_js(&json!({
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
