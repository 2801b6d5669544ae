//! The words that the grammar is written in.

use crate::verify::der::tag;

/// What stands at a place.
pub(super) struct Field {
    pub(super) name: &'static str,
    /// The identifier octets that it may begin with; none: whatever there is.
    pub(super) tags: &'static [u8],
    pub(super) optional: bool,
    pub(super) shape: Shape,
}

/// What its content is made of. Where that depends on an identifier, it is the last one that was read, by its name.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// An IP address.
    Address,
    /// What its own tag says.
    Any,
    /// A BIT STRING around something.
    Bits(fn(&str) -> Inside),
    /// Any number of elements, each one of these.
    Each(&'static [Field]),
    /// These, in this order.
    Fields(&'static [Field]),
    /// A string under a tag that does not say so.
    Text,
    /// An OCTET STRING around an element.
    Octets(fn(&str) -> &'static Field),
    /// What the identifier says.
    Told(fn(&str) -> Shape),
}

/// What a BIT STRING holds.
pub(super) enum Inside {
    /// Octets that are nothing to anybody but an algorithm.
    Bytes,
    Element(&'static Field),
    /// A bit each, by its name.
    Named(&'static [&'static str]),
    /// A point of a curve (RFC 5480, section 2.2).
    Point,
}

impl Field {
    pub(super) const fn new(name: &'static str, tags: &'static [u8], shape: Shape) -> Self {
        Self {
            name,
            tags,
            optional: false,
            shape,
        }
    }

    pub(super) const fn sequence(name: &'static str, fields: &'static [Field]) -> Self {
        Self::new(name, &[tag::SEQUENCE], Shape::Fields(fields))
    }

    /// A SEQUENCE OF.
    pub(super) const fn list(name: &'static str, choices: &'static [Field]) -> Self {
        Self::new(name, &[tag::SEQUENCE], Shape::Each(choices))
    }

    pub(super) const fn integer(name: &'static str) -> Self {
        Self::new(name, &[tag::INTEGER], Shape::Any)
    }

    pub(super) const fn identifier(name: &'static str) -> Self {
        Self::new(name, &[tag::OBJECT_IDENTIFIER], Shape::Any)
    }

    pub(super) const fn any(name: &'static str) -> Self {
        Self::new(name, &[], Shape::Any)
    }

    pub(super) const fn bits(name: &'static str, inside: fn(&str) -> Inside) -> Self {
        Self::new(name, &[tag::BIT_STRING], Shape::Bits(inside))
    }

    pub(super) const fn or_absent(self) -> Self {
        Self {
            name: self.name,
            tags: self.tags,
            optional: true,
            shape: self.shape,
        }
    }

    pub(super) fn takes(&self, tag: u8) -> bool {
        self.tags.is_empty() || self.tags.contains(&tag)
    }
}
