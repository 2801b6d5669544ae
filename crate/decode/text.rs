//! What names, keys and identifiers are written as.

use x509_parser::der_parser::oid::Oid;
use x509_parser::prelude::{SubjectPublicKeyInfo, X509Name};
use x509_parser::public_key::PublicKey;

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
    let known = OBJECT_NAMES.iter().find(|(known, _)| *known == numbers);
    known.map_or(numbers.as_str(), |(_, name)| name).to_owned()
}

/// With colons.
pub(super) fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(":")
}

/// RFC 4514, section 3; RFC 5280, appendix A; RFC 5480; RFC 8017, appendix C; RFC 5758.
const OBJECT_NAMES: [(&str, &str); 15] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("1.2.840.113549.1.1.1", "rsaEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.10045.2.1", "ecPublicKey"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.3.101.112", "Ed25519"),
];
