//! A distinguished name (RFC 5280, section 4.1.2.4), and the strings in it.

use super::der::{Der, tag};
use super::instant::Instant;

/// What is read out of a subject; names are compared by their bytes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Name {
    /// Of several CNs the last.
    pub(super) common_name: String,
    /// Every O.
    pub(super) organizations: Vec<String>,
}

impl Name {
    /// The error is Go's `parseName`.
    pub(super) fn read(mut der: Der<'_>) -> Result<Self, String> {
        let invalid = "x509: invalid RDNSequence";
        let mut name = Self::default();
        let mut sequence = der.read(tag::SEQUENCE).ok_or(invalid)?;
        while !sequence.is_empty() {
            let mut set = sequence.read(tag::SET).ok_or(invalid)?;
            while !set.is_empty() {
                let attribute = set.read(tag::SEQUENCE);
                let mut attribute =
                    attribute.ok_or("x509: invalid RDNSequence: invalid attribute")?;
                let oid = attribute.oid();
                let oid = oid.ok_or("x509: invalid RDNSequence: invalid attribute type")?;
                let value = value(&mut attribute).map_err(|error| {
                    format!("x509: invalid RDNSequence: invalid attribute value: {error}")
                })?;
                match (oid.as_str(), value) {
                    ("2.5.4.3", Some(value)) => name.common_name = value,
                    ("2.5.4.10", Some(value)) => name.organizations.push(value),
                    _ => {}
                }
            }
        }
        Ok(name)
    }
}

/// The value of an attribute if it is text; Go reads other types as well, and refuses them if they are not well-formed.
fn value(der: &mut Der<'_>) -> Result<Option<String>, String> {
    let mut again = *der;
    let element = der.element().ok_or("invalid ASN.1 element")?;
    let readable = match element.tag {
        tag::T61_STRING
        | tag::PRINTABLE_STRING
        | tag::UTF8_STRING
        | tag::BMP_STRING
        | tag::IA5_STRING
        | tag::NUMERIC_STRING => {
            return text(element.tag, element.content)
                .map(Some)
                .ok_or_else(|| format!("invalid {}", string_type(element.tag)));
        }
        tag::INTEGER => {
            let small = again.integer().and_then(super::der::small);
            small.map(drop).ok_or("invalid ASN.1 integer")
        }
        tag::BIT_STRING => again.bits().map(drop).ok_or("invalid ASN.1 BIT STRING"),
        tag::OBJECT_IDENTIFIER => again
            .oid()
            .map(drop)
            .ok_or("invalid ASN.1 OBJECT IDENTIFIER"),
        tag::UTC_TIME | tag::GENERALIZED_TIME => Instant::read(&mut again).map(drop),
        tag::BOOLEAN => again.boolean().map(drop).ok_or("invalid ASN.1 BOOLEAN"),
        _ => Ok(()),
    };
    readable.map(|()| None).map_err(ToOwned::to_owned)
}

fn string_type(tag: u8) -> &'static str {
    match tag {
        tag::PRINTABLE_STRING => "PrintableString",
        tag::UTF8_STRING => "UTF-8 string",
        tag::BMP_STRING => "BMPString",
        tag::IA5_STRING => "IA5String",
        _ => "NumericString",
    }
}

pub(crate) fn text(tag: u8, octets: &[u8]) -> Option<String> {
    let ascii = |allowed: fn(&u8) -> bool| {
        let allowed = octets.iter().all(allowed);
        allowed.then(|| octets.iter().map(|octet| char::from(*octet)).collect())
    };
    match tag {
        // T.61 is read as ISO 8859-1, as everybody does.
        tag::T61_STRING => ascii(|_| true),
        tag::PRINTABLE_STRING => {
            ascii(|octet| octet.is_ascii_alphanumeric() || b" '()+,-./:=?*&".contains(octet))
        }
        tag::IA5_STRING => ascii(u8::is_ascii),
        tag::NUMERIC_STRING => ascii(|octet| octet.is_ascii_digit() || *octet == b' '),
        tag::BMP_STRING => bmp(octets),
        _ => String::from_utf8(octets.to_vec()).ok(),
    }
}

/// UCS-2: without surrogates and noncharacters.
fn bmp(octets: &[u8]) -> Option<String> {
    let (pairs, rest) = octets.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let pairs = pairs.strip_suffix(&[[0, 0]]).unwrap_or(pairs);
    let points = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
    let noncharacter = |point: u16| matches!(point, 0xfdd0..=0xfdef | 0xfffe..=0xffff);
    points
        .map(|point| char::from_u32(point.into()).filter(|_| !noncharacter(point)))
        .collect()
}
