//! A certificate taken apart, to be changed and signed again.

use chacha20::ChaCha20Rng;

use crate::der::{Node, bits, boolean, oid, primitive, sequence};
use crate::key::{Key, Scheme};

/// The places of what is signed, in a certificate of version 3.
pub(crate) const VERSION: usize = 0;
pub(crate) const SERIAL: usize = 1;
pub(crate) const ALGORITHM: usize = 2;
pub(crate) const ISSUER: usize = 3;
pub(crate) const VALIDITY: usize = 4;
pub(crate) const SUBJECT: usize = 5;
pub(crate) const SPKI: usize = 6;
pub(crate) const EXTENSIONS: usize = 7;

pub(crate) const SKI: &str = "2.5.29.14";
pub(crate) const KEY_USAGE: &str = "2.5.29.15";
pub(crate) const SAN: &str = "2.5.29.17";
pub(crate) const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub(crate) const AKI: &str = "2.5.29.35";
pub(crate) const EKU: &str = "2.5.29.37";

#[derive(Clone)]
pub(crate) struct Certificate {
    pub(crate) tbs: Node,
    /// Signed in place of the tree.
    pub(crate) raw: Option<Vec<u8>>,
    /// Stands outside in place of the algorithm that is signed.
    pub(crate) outside: Option<Node>,
    /// `None` for the usual one; then the algorithm inside stays as it is.
    pub(crate) scheme: Option<Scheme>,
    /// The number of unused bits that the signature claims.
    pub(crate) unused: u8,
}

impl Certificate {
    pub(crate) fn parse(der: &[u8]) -> Self {
        let mut whole = Node::parse(der);
        Self {
            tbs: whole.children()[0].clone(),
            raw: None,
            outside: None,
            scheme: None,
            unused: 0,
        }
    }

    pub(crate) fn field(&mut self, place: usize) -> &mut Node {
        &mut self.tbs.children()[place]
    }

    pub(crate) fn extensions(&mut self) -> &mut Vec<Node> {
        self.field(EXTENSIONS).children()[0].children()
    }

    fn place_of(&mut self, name: &str) -> Option<usize> {
        let name = oid(name).encode();
        let mut all = self.extensions().iter_mut();
        all.position(|one| one.children()[0].encode() == name)
    }

    pub(crate) fn remove(&mut self, name: &str) {
        if let Some(place) = self.place_of(name) {
            self.extensions().remove(place);
        }
    }

    /// In place of one of the same name, or at the end.
    pub(crate) fn put(&mut self, name: &str, critical: bool, value: &Node) {
        let new = extension(name, critical, value);
        match self.place_of(name) {
            Some(place) => self.extensions()[place] = new,
            None => self.extensions().push(new),
        }
    }

    /// The value of an extension, as a tree.
    pub(crate) fn value(&mut self, name: &str) -> Option<Node> {
        let place = self.place_of(name)?;
        let value = self.extensions()[place].children().last()?.content();
        Some(Node::parse(&value))
    }

    pub(crate) fn sign(mut self, issuer: &Key, rng: &mut ChaCha20Rng) -> Vec<u8> {
        let scheme = self.scheme.unwrap_or_else(|| issuer.usual());
        if self.scheme.is_some() {
            *self.field(ALGORITHM) = scheme.identifier(issuer);
        }
        let outside = self.outside.clone();
        let inside = match &mut self.tbs {
            Node::Constructed(_, fields) => fields.get(ALGORITHM).cloned(),
            _ => None,
        };
        let outside = outside
            .or(inside)
            .unwrap_or_else(|| scheme.identifier(issuer));
        let signed = self.raw.unwrap_or_else(|| self.tbs.encode());
        let mut signature = issuer.sign(scheme, &signed, rng);
        if let Some(last) = signature.last_mut().filter(|_| self.unused > 0) {
            *last &= 0xff_u8.checked_shl(self.unused.into()).unwrap_or_default();
        }
        let signature = match self.unused {
            0 => bits(&signature),
            unused => primitive(0x03, [&[unused], &signature[..]].concat()),
        };
        sequence(vec![Node::Raw(signed), outside, signature]).encode()
    }
}

pub(crate) fn extension(name: &str, critical: bool, value: &Node) -> Node {
    let mut parts = vec![oid(name)];
    parts.extend(critical.then(|| boolean(true)));
    parts.push(primitive(0x04, value.encode()));
    sequence(parts)
}
