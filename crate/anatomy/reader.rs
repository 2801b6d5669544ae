//! Follows the grammar through the bytes. Nothing is left out: what does not fit is a box as well.

use super::schema::ANYTHING;
use super::shape::{Field, Inside, Shape};
use super::{Anatomy, Fault, Part, Value, content};
use crate::verify::der::{Bits, Der, Element, Unreadable};

/// All of a file, which should be one such element.
pub(super) fn read(bytes: &[u8], field: &'static Field) -> Anatomy {
    let mut reader = Reader {
        bytes,
        identifier: "",
        path: Vec::new(),
        faults: Vec::new(),
    };
    let parts = reader.fields(std::slice::from_ref(field), Range(0, bytes.len()));
    Anatomy {
        parts,
        faults: reader.faults,
    }
}

/// The bytes from one to before another.
#[derive(Clone, Copy)]
struct Range(usize, usize);

struct Reader<'a> {
    bytes: &'a [u8],
    /// The name of the last object identifier; empty: none, or an unknown one.
    identifier: &'static str,
    path: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fields(&mut self, fields: &'static [Field], Range(mut at, end): Range) -> Vec<Part> {
        let mut parts = Vec::new();
        for field in fields {
            let here = self.bytes[at..end].first();
            if here.is_some_and(|tag| field.takes(*tag)) {
                parts.push(self.element(field, Range(at, end)));
                at = parts.last().map_or(end, Part::end);
            } else if !field.optional {
                let tag = here.copied();
                let code = if tag.is_some() {
                    "unexpected"
                } else {
                    "missing"
                };
                let found = tag.map(|tag| content::tag(tag).name);
                self.fault(code, at, Some(field.name.to_owned()), found);
                return self.rest(parts, Range(at, end));
            }
        }
        if at < end {
            self.fault("extra", at, None, Some((end - at).to_string()));
        }
        self.rest(parts, Range(at, end))
    }

    fn each(&mut self, choices: &'static [Field], Range(mut at, end): Range) -> Vec<Part> {
        let mut parts = Vec::new();
        while at < end {
            let tag = self.bytes[at];
            let Some(field) = choices.iter().find(|field| field.takes(tag)) else {
                let found = Some(content::tag(tag).name);
                self.fault("unexpected", at, Some(choices[0].name.to_owned()), found);
                return self.rest(parts, Range(at, end));
            };
            parts.push(self.element(field, Range(at, end)));
            at = parts.last().map_or(end, Part::end);
        }
        parts
    }

    /// Elements that the grammar does not tell of.
    fn rest(&mut self, mut parts: Vec<Part>, range: Range) -> Vec<Part> {
        parts.extend(self.each(&ANYTHING, range));
        parts
    }

    fn element(&mut self, field: &'static Field, range: Range) -> Part {
        self.path.push(field.name);
        let part = self.element_here(field, range);
        self.path.pop();
        part
    }

    fn element_here(&mut self, field: &'static Field, Range(at, end): Range) -> Part {
        let bytes = self.bytes;
        let (header, end) = match Der(&bytes[at..end]).try_element() {
            Ok(Element { content, whole, .. }) => (whole.len() - content.len(), at + whole.len()),
            Err(why) => match self.unreadable(why, Range(at, end)) {
                Some(header) => (header, end),
                None => return octets("unread", Range(at, end), None),
            },
        };
        let within = Range(at + header, end);
        let (value, parts) = self.content(field.shape, at, within);
        if let Some(Value::Identifier { name, .. }) = &value {
            self.identifier = name.unwrap_or_default();
        }
        let about = named(field.name, &parts);
        Part {
            field: field.name,
            about,
            start: at,
            header,
            length: end - within.0,
            tag: Some(content::tag(bytes[at])),
            value,
            parts,
        }
    }

    /// Says why. The header, if that at least is there.
    fn unreadable(&mut self, why: Unreadable, Range(at, end): Range) -> Option<usize> {
        match why {
            Unreadable::Length => self.fault("length", at, None, None),
            Unreadable::Tag => self.fault("tag", at, None, None),
            Unreadable::Short { header, missing } => {
                let left = end - at;
                let expected = Some((left + missing).to_string());
                self.fault("truncated", at, expected, Some(left.to_string()));
                return Some(header).filter(|header| *header <= left);
            }
        }
        None
    }

    /// Of the element that begins at `at`.
    fn content(&mut self, shape: Shape, at: usize, within: Range) -> (Option<Value>, Vec<Part>) {
        if self.path.len() > DEEPEST {
            self.fault("deep", at, None, None);
            return (None, Vec::new());
        }
        let Range(start, end) = within;
        let (tag, content) = (self.bytes[at], &self.bytes[start..end]);
        let value = match shape {
            Shape::Fields(fields) => return (None, self.fields(fields, within)),
            Shape::Each(choices) => return (None, self.each(choices, within)),
            Shape::Told(tell) => return self.content(tell(self.identifier), at, within),
            Shape::Bits(inside) => return (None, self.bits(&inside(self.identifier), within)),
            Shape::Octets(inside) => {
                let inside = std::slice::from_ref(inside(self.identifier));
                return (None, self.fields(inside, within));
            }
            Shape::Any if tag & 0x20 != 0 => return (None, self.each(&ANYTHING, within)),
            Shape::Any => content::value(tag, &self.bytes[at..end], content),
            Shape::Address => content::address(content).map(Some).ok_or(()),
            Shape::Text => content::string(content).map(Some).ok_or(()),
        };
        let value = value.unwrap_or_else(|()| {
            self.fault("value", at, None, Some(content::tag(tag).name));
            None
        });
        (value, Vec::new())
    }

    /// The first octet says how many bits of the last one are not meant (X.690, section 8.6.2).
    fn bits(&mut self, inside: &Inside, Range(start, end): Range) -> Vec<Part> {
        let bits = Bits::of(&self.bytes[start..end]);
        if bits.is_none() {
            self.fault("value", start, None, Some("BIT STRING".to_owned()));
        }
        if start == end {
            return Vec::new();
        }
        let unused = bits
            .is_some()
            .then(|| content::integer(&self.bytes[start..=start]));
        let within = Range(start + 1, end);
        let mut parts = vec![octets("unusedBits", Range(start, start + 1), unused)];
        match inside {
            Inside::Element(field) => {
                parts.extend(self.fields(std::slice::from_ref(field), within));
            }
            Inside::Point => parts.extend(self.point(within)),
            Inside::Named(names) => {
                let value = bits.map(|bits| named_bits(names, &bits));
                parts.extend(octets_if_any("bits", within, value));
            }
            Inside::Bytes => parts.extend(octets_if_any("bytes", within, None)),
        }
        parts
    }

    /// 4, then both coordinates (SEC 1, section 2.3.3); the compressed forms are bytes to us, as they are to Go.
    fn point(&mut self, Range(start, end): Range) -> Vec<Part> {
        let octet = self.bytes[start..end].first().copied();
        if octet != Some(UNCOMPRESSED) || (end - start) % 2 == 0 {
            self.fault("value", start, None, Some("ECPoint".to_owned()));
            return octets_if_any("bytes", Range(start, end), None)
                .into_iter()
                .collect();
        }
        let (x, half) = (start + 1, (end - start - 1) / 2);
        let ranges = [
            ("form", Range(start, x)),
            ("x", Range(x, x + half)),
            ("y", Range(x + half, end)),
        ];
        ranges
            .into_iter()
            .filter_map(|(field, range)| octets_if_any(field, range, None))
            .collect()
    }

    fn fault(
        &mut self,
        code: &'static str,
        at: usize,
        expected: Option<String>,
        found: Option<String>,
    ) {
        self.faults.push(Fault {
            code,
            at,
            path: self.path.clone(),
            expected,
            found,
        });
    }
}

/// Of an extension or an attribute, which one it is.
fn named(field: &str, parts: &[Part]) -> Option<&'static str> {
    let first = parts.first().filter(|_| NAMED.contains(&field))?;
    match first.value {
        Some(Value::Identifier { name, .. }) => name,
        _ => None,
    }
}

fn named_bits(names: &[&'static str], bits: &Bits<'_>) -> Value {
    let set = names.iter().enumerate().filter(|(bit, _)| bits.has(*bit));
    Value::Bits {
        names: set.map(|(_, name)| *name).collect(),
    }
}

fn octets(field: &'static str, Range(start, end): Range, value: Option<Value>) -> Part {
    Part {
        field,
        about: None,
        start,
        header: 0,
        length: end - start,
        tag: None,
        value,
        parts: Vec::new(),
    }
}

fn octets_if_any(field: &'static str, range: Range, value: Option<Value>) -> Option<Part> {
    (range.0 < range.1).then(|| octets(field, range, value))
}

const NAMED: [&str; 3] = ["Attribute", "AttributeTypeAndValue", "Extension"];

const UNCOMPRESSED: u8 = 4;

/// Deeper than any certificate, and shallow enough for every stack.
const DEEPEST: usize = 32;
