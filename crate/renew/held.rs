//! What exists, by the ids of a plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Pki, PrivateKey};

/// The files of an existing cluster, each under the id that the plan has for it. It wipes the keys with the last copy.
#[derive(Clone, Default)]
pub struct Held(BTreeMap<String, HeldFile>);

/// One certificate with its key; either may be missing.
#[derive(Clone, Default)]
pub struct HeldFile {
    /// RFC 5280, DER, as it was found.
    pub certificate: Option<Vec<u8>>,
    /// Its private key, if it was given and is of a kind that this crate signs with.
    pub key: Option<Arc<PrivateKey>>,
}

impl Held {
    /// What was made, without the keys.
    pub fn of(pki: &Pki) -> Self {
        let mut held = Self::default();
        for (planned, issued) in pki.iter() {
            held.insert_certificate(&planned.id, issued.certificate.clone());
        }
        held
    }

    /// Adds a certificate, DER; an earlier one is replaced.
    pub fn insert_certificate(&mut self, id: &str, der: Vec<u8>) {
        self.0.entry(id.to_owned()).or_default().certificate = Some(der);
    }

    /// Adds a private key; an earlier one is replaced.
    pub fn insert_key(&mut self, id: &str, key: Arc<PrivateKey>) {
        self.0.entry(id.to_owned()).or_default().key = Some(key);
    }

    /// The certificate of an id, DER.
    pub fn certificate(&self, id: &str) -> Option<&[u8]> {
        self.0.get(id)?.certificate.as_deref()
    }

    /// The private key of an id.
    pub fn key(&self, id: &str) -> Option<&PrivateKey> {
        self.0.get(id)?.key.as_deref()
    }

    /// Every certificate with its id, in the order of the ids.
    pub fn certificates(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let files = self.0.iter();
        files.filter_map(|(id, file)| Some((id.as_str(), file.certificate.as_deref()?)))
    }

    pub(super) fn take(&mut self, id: &str) -> HeldFile {
        self.0.remove(id).unwrap_or_default()
    }
}
