//! A certificate or a certification request byte by byte: DER as nested boxes, each with the field that it makes.
//!
//! It is read with the verifier's own cursor, so that what is refused here is what Go refuses. Whatever the bytes are, the leaves and
//! the headers of the boxes cover each byte exactly once; what could not be read is a box as well, and a [`Fault`] says why.
//!
//! `schema` is the grammar of RFC 5280 and RFC 2986 as data, in the words of `shape`; `reader` follows it; `content` decodes.
//!
//! ```
//! use hardway::anatomy::{Anatomy, Value};
//!
//! // Three bytes of a certificate that ends too early.
//! let anatomy = Anatomy::of_certificate(&[0x30, 0x03, 0x30]);
//! assert_eq!(anatomy.faults[0].code, "truncated");
//! ```

use serde::Serialize;

mod content;
mod reader;
mod schema;
mod shape;

/// Every byte of a file, in boxes.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Anatomy {
    /// One box, and what follows it where nothing should.
    pub parts: Vec<Part>,
    /// Where reading stopped or the grammar was left, in the order of the bytes; none for a file that is as it should be.
    pub faults: Vec<Fault>,
}

/// One box: an element of DER, or octets that have a meaning of their own within one.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Part {
    /// What the box makes, in the words of RFC 5280, RFC 2986, RFC 8017 and RFC 5480: `notBefore`. Also the key of its explanation.
    pub field: &'static str,
    /// What tells it from others of its kind: `keyUsage` of an `Extension`, `CN` of an `AttributeTypeAndValue`.
    pub about: Option<&'static str>,
    /// Its first byte, counted from the first of the file.
    pub start: usize,
    /// The bytes of tag and length; 0 for octets within an element.
    pub header: usize,
    /// The bytes of the content.
    pub length: usize,
    /// None for octets within an element, and for those that could not be read.
    pub tag: Option<Tag>,
    /// The content decoded, where it is not made of boxes. None where the bytes speak for themselves.
    pub value: Option<Value>,
    /// The boxes within; they fill the content, or there are none.
    pub parts: Vec<Part>,
}

impl Part {
    /// The byte after its last one.
    pub fn end(&self) -> usize {
        self.start + self.header + self.length
    }
}

/// The identifier octet (X.690, section 8.1.2).
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Tag {
    /// `universal`, `application`, `context` or `private`.
    pub class: &'static str,
    /// Within the class.
    pub number: u8,
    /// Whether the content is made of elements.
    pub constructed: bool,
    /// `SEQUENCE`, `[0]`
    pub name: String,
}

/// Content, decoded.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Value {
    /// An IP address, of a subject alternative name.
    Address {
        /// `10.96.0.1`
        text: String,
    },
    /// The bits that are set, by name.
    Bits {
        /// `digitalSignature`
        names: Vec<&'static str>,
    },
    /// TRUE or FALSE.
    Boolean {
        /// Which of both.
        value: bool,
    },
    /// An object identifier.
    Identifier {
        /// `2.5.29.15`
        dotted: String,
        /// `keyUsage`
        name: Option<&'static str>,
    },
    /// A number.
    Integer {
        /// Decimal up to 64 bits, beyond that hexadecimal with colons.
        text: String,
        /// Its size without sign and leading zeros.
        bits: usize,
    },
    /// A string.
    Text {
        /// As it is; it may hold control characters.
        text: String,
    },
    /// A moment.
    Time {
        /// RFC 3339, UTC.
        text: String,
    },
}

/// Where bytes are not what they should be.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Fault {
    /// A stable word: `deep`, `extra`, `length`, `missing`, `tag`, `truncated`, `unexpected` or `value`.
    pub code: &'static str,
    /// The byte.
    pub at: usize,
    /// The fields around it, from the outermost.
    pub path: Vec<&'static str>,
    /// The field that should stand here, or how many bytes its length promises.
    pub expected: Option<String>,
    /// The tag that stands here, or how many bytes are left.
    pub found: Option<String>,
}

impl Anatomy {
    /// Of any bytes, read as a certificate (RFC 5280). It checks neither signature nor validity.
    pub fn of_certificate(der: &[u8]) -> Self {
        reader::read(der, &schema::CERTIFICATE)
    }

    /// Of any bytes, read as a certification request (RFC 2986). It does not check the signature.
    pub fn of_request(der: &[u8]) -> Self {
        reader::read(der, &schema::REQUEST)
    }
}
