//! What two certificates are to each other, for whoever has files and no connection.

use std::rc::Rc;

use super::algorithm::Hash;
use super::certificate::Certificate;
use super::chain::{self, Options};
use super::memo::Memo;
use super::signature;
use super::usage::Usage;

/// What Go says of a certificate that cannot sign others.
pub(crate) fn may_sign(der: &[u8]) -> Result<(), String> {
    signature::permitted(&Certificate::parse(der)?)
}

/// Whether `parent` has the name and the key that signed `child`; whether it may sign at all is not asked.
pub(crate) fn signed_by(child: &[u8], parent: &[u8]) -> Result<(), String> {
    let (child, parent) = (Certificate::parse(child)?, Certificate::parse(parent)?);
    if child.issuer != parent.subject {
        return Err(String::from("x509: issuer name does not match subject"));
    }
    signature::by(&child, &parent)
}

/// Go's name of a signature algorithm that it does not accept any more.
pub(crate) fn weak_signature(der: &[u8]) -> Option<&'static str> {
    let algorithm = Certificate::parse(der).ok()?.algorithm?;
    (algorithm.hash == Hash::Broken).then_some(algorithm.name)
}

/// What Go says of a leaf that is shown by a server or a client, where `root` is trusted.
pub(crate) fn chains(leaf: &[u8], root: &[u8], server: bool, now: i64) -> Result<(), String> {
    let memo = Memo::default();
    let (leaf, root): (Rc<_>, _) = (memo.read(leaf)?, memo.read(root)?);
    let usage = if server {
        Usage::ServerAuth
    } else {
        Usage::ClientAuth
    };
    let options = Options {
        now,
        host: None,
        usage,
    };
    chain::verify(&memo, &leaf, &[], &[root], &options).map_err(|refusal| refusal.text)
}
