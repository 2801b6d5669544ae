//! Boxes of DER, and certificates to look into.

use hardway::anatomy::Part;
use hardway::{Keys, Pki, Plan};
use rsa::pkcs8::der::pem;

use super::{NOW, rng, timestamp};

/// With keys that are not the fixed ones.
pub(crate) fn issued(plan: Plan) -> Pki {
    let keys = Keys::generate(&plan, &mut rng(7)).unwrap();
    Pki::issue(plan, keys, timestamp(NOW), &mut rng(8)).unwrap()
}

pub(crate) fn der(pem: &str) -> Vec<u8> {
    pem::decode_vec(pem.as_bytes()).unwrap().1
}

/// Every box, each before those within.
pub(crate) fn walk<'a>(parts: &'a [Part], see: &mut impl FnMut(&'a Part)) {
    for part in parts {
        see(part);
        walk(&part.parts, see);
    }
}
