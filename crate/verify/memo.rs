//! What has been read and checked already: the same certificate meets the same authority on many connections.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;
use std::rc::Rc;

use super::certificate::Certificate;
use super::signature;

/// A certificate or Go's complaint about it.
pub(super) type Reading = Result<Rc<Certificate>, String>;

#[derive(Default)]
pub(super) struct Memo {
    /// By DER.
    certificates: RefCell<HashMap<Vec<u8>, Reading>>,
    /// By the addresses of child and parent, which live as long as this.
    signatures: RefCell<HashMap<[*const Certificate; 2], Result<(), String>>>,
}

impl Memo {
    pub(super) fn read(&self, der: &[u8]) -> Reading {
        if let Some(known) = self.certificates.borrow().get(der) {
            return known.clone();
        }
        let reading = Certificate::parse(der).map(Rc::new);
        let mut certificates = self.certificates.borrow_mut();
        certificates.insert(der.to_vec(), reading.clone());
        reading
    }

    /// `child` and `parent` have to come from [`Memo::read`].
    pub(super) fn signed(&self, child: &Certificate, parent: &Certificate) -> Result<(), String> {
        let pair = [ptr::from_ref(child), ptr::from_ref(parent)];
        let known = self.signatures.borrow().get(&pair).cloned();
        known.unwrap_or_else(|| {
            let checked = signature::verify(child, parent);
            self.signatures.borrow_mut().insert(pair, checked.clone());
            checked
        })
    }
}
