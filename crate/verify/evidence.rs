//! The files of a cluster, as they lie at each end.

use std::collections::{BTreeMap, HashMap};

use crate::issue::public_of;
use crate::{Connection, Error, Pki};

/// Certificates and the public halves of private keys: what verdicts are reached by. It holds no secret.
///
/// Files are known by their ids in the plan. Where one node has another file than the rest, it is named with the node.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    certificates: HashMap<String, Vec<u8>>,
    keys: HashMap<String, Vec<u8>>,
    elsewhere: BTreeMap<(String, String), Vec<u8>>,
    dials: HashMap<String, String>,
}

impl Evidence {
    /// What was issued, on every node alike.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn of(pki: &Pki) -> Result<Self, Error> {
        let mut evidence = Self::default();
        for planned in &pki.plan().certificates {
            // A key that stays where it is is taken for its certificate's.
            match (pki.keys().of(&planned.id), pki.issued(&planned.id)) {
                (Ok(key), _) => evidence.insert_key(&planned.id, key.to_public_key_der()?),
                (Err(_), Some(issued)) => {
                    let public = public_of(&issued.certificate);
                    if let Some(public) = public {
                        evidence.insert_key(&planned.id, public.spki);
                    }
                }
                (Err(_), None) => {}
            }
        }
        for (planned, issued) in pki.iter() {
            evidence.insert_certificate(&planned.id, issued.certificate.clone());
        }
        Ok(evidence)
    }

    /// A certificate, DER.
    pub fn insert_certificate(&mut self, id: &str, der: Vec<u8>) {
        self.certificates.insert(id.to_owned(), der);
    }

    /// The public half of a private key: subjectPublicKeyInfo, DER.
    pub fn insert_key(&mut self, id: &str, spki: Vec<u8>) {
        self.keys.insert(id.to_owned(), spki);
    }

    /// A key that one node has in place of the others'.
    pub fn insert_key_on(&mut self, node: &str, id: &str, spki: Vec<u8>) {
        self.elsewhere
            .insert((node.to_owned(), id.to_owned()), spki);
    }

    /// Another name that the caller of one connection dials.
    pub fn dial(&mut self, connection: &str, host: &str) {
        self.dials.insert(connection.to_owned(), host.to_owned());
    }

    pub(super) fn certificate(&self, id: &str) -> Option<&Vec<u8>> {
        self.certificates.get(id)
    }

    pub(super) fn key(&self, node: Option<&str>, id: &str) -> Option<&Vec<u8>> {
        let own = node.and_then(|node| self.elsewhere.get(&(node.to_owned(), id.to_owned())));
        own.or_else(|| self.keys.get(id))
    }

    /// The names that a caller dials, the usual one first.
    pub(super) fn hosts(&self, connection: &Connection) -> Vec<String> {
        match self.dials.get(&connection.id) {
            Some(host) => vec![host.clone()],
            None => connection
                .dials
                .iter()
                .map(|dial| dial.host.to_string())
                .collect(),
        }
    }
}
