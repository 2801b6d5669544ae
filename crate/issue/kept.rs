//! What an issuance carries over from a set that exists, in place of making it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Keys, Reissue};

/// Empty for a set that is made from nothing. Private keys that are carried over are among the [`Keys`].
#[derive(Clone, Default)]
pub(crate) struct Kept {
    /// Certificates that stay as they are, DER.
    pub(crate) certificates: BTreeMap<String, Vec<u8>>,
    /// Neither given nor to be made.
    pub(crate) absent: BTreeSet<String>,
    /// The certificates, DER, of authorities that get a new one for the same key, under the same name.
    pub(crate) again: BTreeMap<String, Vec<u8>>,
    /// The public halves, DER, of private keys that stay where they are and were not given.
    pub(crate) publics: BTreeMap<String, Vec<u8>>,
    /// Key pairs that are not new.
    pub(crate) old_keys: BTreeSet<String>,
    /// The certificates, DER, in whose places new ones come.
    pub(crate) former: BTreeMap<String, Vec<u8>>,
    /// The keys of these, where they were given.
    pub(crate) former_keys: Keys,
    /// Kubeconfigs that have to be written although nothing that they embed is new: their server is another one.
    pub(crate) kubeconfigs: BTreeSet<String>,
    /// Nodes that are new: they get all of their files, old ones too.
    pub(crate) nodes: BTreeSet<String>,
    /// Why what is made is made; `None` for a set that is made from nothing.
    pub(crate) reasons: Option<Vec<Reissue>>,
}

impl Kept {
    /// Whether a certificate is to be made.
    pub(crate) fn leaves(&self, id: &str) -> bool {
        !self.certificates.contains_key(id) && !self.absent.contains(id)
    }
}
