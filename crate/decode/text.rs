//! What names, keys and identifiers are written as.

use x509_parser::der_parser::oid::Oid;
use x509_parser::prelude::{SubjectPublicKeyInfo, X509Name};
use x509_parser::public_key::PublicKey;

use crate::object;

/// The attributes in the order of the encoding; a value that is not text is written as hexadecimal.
pub(super) fn name(name: &X509Name<'_>) -> String {
    let attributes = name.iter_attributes().map(|attribute| {
        let value = attribute
            .as_str()
            .map_or_else(|_| hex(attribute.as_slice()), ToOwned::to_owned);
        format!("{}={value}", short_name(attribute.attr_type()))
    });
    attributes.collect::<Vec<_>>().join(", ")
}

/// `RSA 2048`
pub(super) fn key_algorithm(info: &SubjectPublicKeyInfo<'_>) -> String {
    match info.parsed() {
        Ok(PublicKey::RSA(key)) => format!("RSA {}", key.key_size()),
        // The bits of the point's coordinates: a curve is named by its field's size.
        Ok(PublicKey::EC(point)) => format!("ECDSA P-{}", point.key_size()),
        _ => short_name(&info.algorithm.algorithm),
    }
}

/// The field's short name, or the numbers themselves. (x509-parser's registry of all names would be a tenth of the page.)
pub(super) fn short_name(oid: &Oid<'_>) -> String {
    let numbers = oid.to_id_string();
    object::name(&numbers).map_or(numbers, ToOwned::to_owned)
}

/// With colons.
pub(super) fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(":")
}
