//! Content, decoded by its tag.

use std::net::IpAddr;

use super::{Tag, Value};
use crate::verify::der::{Der, small, tag};
use crate::verify::instant::Instant;
use crate::verify::name::text;
use crate::{Timestamp, object};

/// Of a whole primitive element. `Err` if the content is not as its tag wants it; `Ok(None)` if the bytes speak for themselves.
pub(super) fn value(octet: u8, whole: &[u8], content: &[u8]) -> Result<Option<Value>, ()> {
    let mut der = Der(whole);
    let value = match octet {
        tag::BOOLEAN => der.boolean().map(|value| Value::Boolean { value }),
        tag::INTEGER => der.integer().map(integer),
        tag::OBJECT_IDENTIFIER => der.oid().map(identifier),
        tag::NULL if !content.is_empty() => None,
        tag::UTF8_STRING
        | tag::NUMERIC_STRING
        | tag::PRINTABLE_STRING
        | tag::T61_STRING
        | tag::IA5_STRING
        | tag::BMP_STRING => text(octet, content).map(|text| Value::Text { text }),
        tag::UTC_TIME | tag::GENERALIZED_TIME => time(&mut der),
        _ => return Ok(None),
    };
    value.map(Some).ok_or(())
}

/// A string under a tag of its own: IA5, as every such name is.
pub(super) fn string(content: &[u8]) -> Option<Value> {
    text(tag::IA5_STRING, content).map(|text| Value::Text { text })
}

pub(super) fn address(content: &[u8]) -> Option<Value> {
    let address = <[u8; 4]>::try_from(content)
        .map(IpAddr::from)
        .or_else(|_| <[u8; 16]>::try_from(content).map(IpAddr::from));
    let text = address.ok()?.to_string();
    Some(Value::Address { text })
}

pub(super) fn integer(octets: &[u8]) -> Value {
    let significant = octets.iter().skip_while(|octet| **octet == 0);
    let bits = significant.clone().count() * 8;
    let unused = significant
        .clone()
        .next()
        .map_or(0, |first| first.leading_zeros() as usize);
    let text = small(octets).map_or_else(
        || {
            let pairs: Vec<_> = significant.map(|octet| format!("{octet:02x}")).collect();
            pairs.join(":")
        },
        |small| small.to_string(),
    );
    Value::Integer {
        text,
        bits: bits - unused,
    }
}

fn identifier(dotted: String) -> Value {
    let name = object::name(&dotted);
    Value::Identifier { dotted, name }
}

fn time(der: &mut Der<'_>) -> Option<Value> {
    let instant = Instant::read(der).ok()?;
    let text = Timestamp::from_unix(instant.seconds)?.rfc3339();
    Some(Value::Time { text })
}

pub(super) fn tag(octet: u8) -> Tag {
    let (class, number) = (CLASSES[usize::from(octet >> 6)], octet & 0x1f);
    let name = match class {
        "universal" => UNIVERSAL
            .get(usize::from(number))
            .copied()
            .unwrap_or_default(),
        _ => "",
    };
    Tag {
        class,
        number,
        constructed: octet & 0x20 != 0,
        name: match (name, class) {
            ("", "context") => format!("[{number}]"),
            ("", _) => format!("[{} {number}]", class.to_uppercase()),
            _ => name.to_owned(),
        },
    }
}

const CLASSES: [&str; 4] = ["universal", "application", "context", "private"];

/// X.680, table 1, by number; empty: none that DER of our time has.
const UNIVERSAL: [&str; 31] = [
    "",
    "BOOLEAN",
    "INTEGER",
    "BIT STRING",
    "OCTET STRING",
    "NULL",
    "OBJECT IDENTIFIER",
    "ObjectDescriptor",
    "EXTERNAL",
    "REAL",
    "ENUMERATED",
    "EMBEDDED PDV",
    "UTF8String",
    "RELATIVE-OID",
    "TIME",
    "",
    "SEQUENCE",
    "SET",
    "NumericString",
    "PrintableString",
    "TeletexString",
    "VideotexString",
    "IA5String",
    "UTCTime",
    "GeneralizedTime",
    "GraphicString",
    "VisibleString",
    "GeneralString",
    "UniversalString",
    "CHARACTER STRING",
    "BMPString",
];
