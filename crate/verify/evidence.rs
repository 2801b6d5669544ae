//! The files of a cluster, as they lie at each end.

use std::collections::{HashMap, HashSet};

use crate::issue::public_of;
use crate::{ComponentKind, Connection, Error, Pki};

/// Certificates and the public halves of private keys: what verdicts are reached by. It holds no secret.
///
/// Files are known by their ids in the plan. Where one node has another file than the rest, it is named with the node; what the caller of
/// one connection has in a kubeconfig is named with the connection. The narrower goes before the wider.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    everywhere: Files,
    nodes: HashMap<String, Files>,
    callers: HashMap<String, Files>,
    dials: HashMap<String, Vec<String>>,
    unchecked: HashSet<String>,
}

/// What lies in one place, by ids of the plan.
#[derive(Clone, Debug, Default)]
struct Files {
    /// DER. Of a leaf, itself and what it shows besides; of an authority, every certificate of the file.
    certificates: HashMap<String, Vec<Vec<u8>>>,
    keys: HashMap<String, Vec<u8>>,
    /// The keys by which tokens are verified, where they are not those of `keys`.
    verifying: HashMap<String, Vec<u8>>,
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
        self.insert_chain(id, vec![der]);
    }

    /// Every certificate of one file, DER, in its order.
    pub fn insert_chain(&mut self, id: &str, chain: Vec<Vec<u8>>) {
        self.everywhere.certificates.insert(id.to_owned(), chain);
    }

    /// A file with certificates that one node has in place of the others'.
    pub fn insert_chain_on(&mut self, node: &str, id: &str, chain: Vec<Vec<u8>>) {
        let files = self.nodes.entry(node.to_owned()).or_default();
        files.certificates.insert(id.to_owned(), chain);
    }

    /// What the caller of one connection has in place of the file with the id.
    pub fn insert_chain_of_caller(&mut self, connection: &str, id: &str, chain: Vec<Vec<u8>>) {
        let files = self.callers.entry(connection.to_owned()).or_default();
        files.certificates.insert(id.to_owned(), chain);
    }

    /// The public half of a private key: subjectPublicKeyInfo, DER.
    pub fn insert_key(&mut self, id: &str, spki: Vec<u8>) {
        self.everywhere.keys.insert(id.to_owned(), spki);
    }

    /// A key that one node has in place of the others'.
    pub fn insert_key_on(&mut self, node: &str, id: &str, spki: Vec<u8>) {
        let files = self.nodes.entry(node.to_owned()).or_default();
        files.keys.insert(id.to_owned(), spki);
    }

    /// A key that the caller of one connection has in place of that with the id.
    pub fn insert_key_of_caller(&mut self, connection: &str, id: &str, spki: Vec<u8>) {
        let files = self.callers.entry(connection.to_owned()).or_default();
        files.keys.insert(id.to_owned(), spki);
    }

    /// The key by which tokens are verified, where it is read from another file than the one that signs: on one node, or on all.
    pub fn insert_verifying_key(&mut self, node: Option<&str>, id: &str, spki: Vec<u8>) {
        let files = match node {
            Some(node) => self.nodes.entry(node.to_owned()).or_default(),
            None => &mut self.everywhere,
        };
        files.verifying.insert(id.to_owned(), spki);
    }

    /// Another name that the caller of one connection dials.
    pub fn dial(&mut self, connection: &str, host: &str) {
        self.dial_all(connection, vec![host.to_owned()]);
    }

    /// Every name that the caller of one connection dials, the usual one first; with none it is not known, and nothing is judged.
    pub fn dial_all(&mut self, connection: &str, hosts: Vec<String>) {
        self.dials.insert(connection.to_owned(), hosts);
    }

    /// The caller of one connection does not check the listener at all.
    pub fn check_nothing(&mut self, connection: &str) {
        self.unchecked.insert(connection.to_owned());
    }

    /// Whether the caller checks the listener.
    pub(crate) fn checks(&self, connection: &Connection) -> bool {
        !self.unchecked.contains(&connection.id)
    }

    /// What the caller shows; empty where it shows nothing, or where that was not given.
    pub(crate) fn shown_by_caller(&self, connection: &Connection) -> &[Vec<u8>] {
        let id = connection.client.certificate.as_deref();
        id.and_then(|id| self.of_caller(connection, id))
            .unwrap_or_default()
    }

    pub(crate) fn trusted_by_caller(&self, connection: &Connection) -> &[Vec<u8>] {
        self.of_caller(connection, &connection.client.authority)
            .unwrap_or_default()
    }

    pub(crate) fn shown_by_listener(&self, connection: &Connection) -> &[Vec<u8>] {
        let node = connection.listener.node.as_deref();
        self.on(node, &connection.server.certificate)
            .unwrap_or_default()
    }

    pub(crate) fn trusted_by_listener(&self, connection: &Connection) -> Option<&[Vec<u8>]> {
        let node = connection.listener.node.as_deref();
        let id = connection.server.authority.as_deref()?;
        Some(self.on(node, id).unwrap_or_default())
    }

    pub(crate) fn key_of_caller(&self, connection: &Connection) -> Option<&Vec<u8>> {
        let id = connection.client.certificate.as_deref()?;
        let own = self.callers.get(&connection.id);
        // Here as on a node, a certificate of its own goes with a key of its own, or with one that was not given.
        if let Some(own) = own.filter(|own| own.certificates.contains_key(id)) {
            return own.keys.get(id);
        }
        self.key(connection.caller.node.as_deref(), id)
    }

    pub(crate) fn key_of_listener(&self, connection: &Connection) -> Option<&Vec<u8>> {
        let node = connection.listener.node.as_deref();
        self.key(node, &connection.server.certificate)
    }

    /// The private key with the id on a node, by its public half.
    pub(crate) fn key(&self, node: Option<&str>, id: &str) -> Option<&Vec<u8>> {
        let own = self.files(node);
        match own.and_then(|files| files.keys.get(id)) {
            Some(key) => Some(key),
            None if own.is_some_and(|files| files.certificates.contains_key(id)) => None,
            None => self.everywhere.keys.get(id),
        }
    }

    /// The key by which a node verifies tokens.
    pub(crate) fn verifying_key(&self, node: Option<&str>, id: &str) -> Option<&Vec<u8>> {
        let own = self.files(node);
        own.and_then(|files| files.verifying.get(id))
            .or_else(|| self.everywhere.verifying.get(id))
            .or_else(|| self.key(node, id))
    }

    /// The names that a caller dials, the usual one first.
    pub(super) fn hosts(&self, connection: &Connection) -> Vec<String> {
        match self.dials.get(&connection.id) {
            Some(hosts) => hosts.clone(),
            None => connection
                .dials
                .iter()
                .map(|dial| dial.host.to_string())
                .collect(),
        }
    }

    /// The files without which nothing can be said of a connection, by their names in the plan: `kube-proxy.crt`.
    pub(super) fn missing(&self, connection: &Connection) -> Vec<String> {
        let mut missing = Vec::new();
        let mut need = |id: &str, given: bool| {
            let file = format!("{id}.crt");
            if !given && !missing.contains(&file) {
                missing.push(file);
            }
        };
        let (client, server) = (&connection.client, &connection.server);
        if self.checks(connection) {
            let own = self.callers.get(&connection.id);
            // A kubeconfig may name no authority at all; that is no file that is missing.
            let given = own.is_some_and(|own| own.certificates.contains_key(&client.authority));
            need(
                &client.authority,
                given || !self.trusted_by_caller(connection).is_empty(),
            );
        }
        need(
            &server.certificate,
            !self.shown_by_listener(connection).is_empty(),
        );
        if let Some(id) = &client.certificate {
            need(id, !self.shown_by_caller(connection).is_empty());
        }
        if let (Some(id), Some(trusted)) = (&server.authority, self.trusted_by_listener(connection))
        {
            need(id, !trusted.is_empty());
        }
        missing
    }

    fn of_caller(&self, connection: &Connection, id: &str) -> Option<&[Vec<u8>]> {
        let own = self.callers.get(&connection.id);
        let own = own.and_then(|files| files.certificates.get(id));
        // A pod has its files from the cluster, and not from its node: kube-controller-manager publishes them.
        let node = connection.caller.node.as_deref();
        let node = node.filter(|_| connection.caller.kind != ComponentKind::Pod);
        own.map(Vec::as_slice).or_else(|| self.on(node, id))
    }

    fn on(&self, node: Option<&str>, id: &str) -> Option<&[Vec<u8>]> {
        let own = self
            .files(node)
            .and_then(|files| files.certificates.get(id));
        own.or_else(|| self.everywhere.certificates.get(id))
            .map(Vec::as_slice)
    }

    fn files(&self, node: Option<&str>) -> Option<&Files> {
        self.nodes.get(node?)
    }
}
