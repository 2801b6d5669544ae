//! A cursor over DER that accepts and refuses what Go's `cryptobyte` does.

/// X.690, table 1 and section 8.1.2: identifier octets.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const NUMERIC_STRING: u8 = 0x12;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const T61_STRING: u8 = 0x14;
    pub(crate) const IA5_STRING: u8 = 0x16;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const BMP_STRING: u8 = 0x1e;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;

    /// `[number]` of a primitive type.
    pub(crate) const fn context(number: u8) -> u8 {
        0x80 | number
    }

    /// `[number]` around other elements.
    pub(crate) const fn explicit(number: u8) -> u8 {
        0xa0 | number
    }
}

/// What is left to read. A method that returns `None` could not read what it was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Der<'a>(pub(crate) &'a [u8]);

/// One element.
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) content: &'a [u8],
    /// With tag and length.
    pub(crate) whole: &'a [u8],
}

/// Why there is no element to read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unreadable {
    /// The length is not written as DER has it: as short as can be, and never left open.
    Length,
    /// There are `missing` octets too few; `header` is what tag and length take.
    Short { header: usize, missing: usize },
    /// The tag takes more than one octet.
    Tag,
}

impl<'a> Der<'a> {
    pub(crate) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn next_is(self, tag: u8) -> bool {
        self.0.first() == Some(&tag)
    }

    pub(crate) fn element(&mut self) -> Option<Element<'a>> {
        self.try_element().ok()
    }

    pub(crate) fn try_element(&mut self) -> Result<Element<'a>, Unreadable> {
        // Tags from 31 on take more than one octet; no certificate has one.
        if self.0.first().is_some_and(|tag| tag & 0x1f == 0x1f) {
            return Err(Unreadable::Tag);
        }
        let (element, rest) =
            asn1::strip_tlv(self.0).map_err(|error| self.unreadable(error.kind()))?;
        let tag = self.0[0];
        self.0 = rest;
        Ok(Element {
            tag,
            content: element.data(),
            whole: element.full_data(),
        })
    }

    fn unreadable(self, kind: asn1::ParseErrorKind) -> Unreadable {
        let asn1::ParseErrorKind::ShortData { needed } = kind else {
            return Unreadable::Length;
        };
        let long = self.0.get(1).filter(|length| **length > 0x80);
        Unreadable::Short {
            header: 2 + long.map_or(0, |length| usize::from(length & 0x7f)),
            missing: needed,
        }
    }

    /// The content of an element with this tag.
    pub(crate) fn read(&mut self, tag: u8) -> Option<Self> {
        let element = self.element().filter(|element| element.tag == tag)?;
        Some(Self(element.content))
    }

    /// An element with this tag, whole.
    pub(crate) fn read_whole(&mut self, tag: u8) -> Option<Self> {
        let element = self.element().filter(|element| element.tag == tag)?;
        Some(Self(element.whole))
    }

    /// `Some(None)` if the next element has another tag.
    #[expect(clippy::option_option, reason = "unreadable, absent, present")]
    pub(crate) fn read_optional(&mut self, tag: u8) -> Option<Option<Self>> {
        if self.next_is(tag) {
            self.read(tag).map(Some)
        } else {
            Some(None)
        }
    }

    pub(crate) fn boolean(&mut self) -> Option<bool> {
        match self.read(tag::BOOLEAN)?.0 {
            [0] => Some(false),
            [0xff] => Some(true),
            _ => None,
        }
    }

    /// The octets of an INTEGER: two's complement, as short as can be.
    pub(crate) fn integer(&mut self) -> Option<&'a [u8]> {
        self.integer_of(tag::INTEGER)
    }

    pub(crate) fn integer_of(&mut self, tag: u8) -> Option<&'a [u8]> {
        match self.read(tag)?.0 {
            [] => None,
            [0, second, ..] if second & 0x80 == 0 => None,
            [0xff, second, ..] if second & 0x80 != 0 => None,
            octets => Some(octets),
        }
    }

    pub(crate) fn bits(&mut self) -> Option<Bits<'a>> {
        Bits::of(self.read(tag::BIT_STRING)?.0)
    }

    /// In dotted form.
    pub(crate) fn oid(&mut self) -> Option<String> {
        dotted(self.read(tag::OBJECT_IDENTIFIER)?.0)
    }
}

/// A BIT STRING.
pub(crate) struct Bits<'a> {
    octets: &'a [u8],
    unused: u8,
}

impl<'a> Bits<'a> {
    /// Out of the content: first how many bits of the last octet are not meant, which have to be zero.
    pub(crate) fn of(content: &'a [u8]) -> Option<Self> {
        let (&unused, octets) = content.split_first()?;
        let zero = octets.last().map_or(unused == 0, |last| {
            u32::from(*last) & ((1 << unused.min(8)) - 1) == 0
        });
        (unused <= 7 && zero).then_some(Self { octets, unused })
    }

    /// Whether a bit is set, counted from the first.
    pub(crate) fn has(&self, bit: usize) -> bool {
        let within = bit < self.octets.len() * 8 - usize::from(self.unused);
        within && self.octets[bit / 8] >> (7 - bit % 8) & 1 == 1
    }

    /// The octets with the unused bits in front.
    pub(crate) fn right_aligned(&self) -> Vec<u8> {
        let shift = u32::from(self.unused);
        let mut carried = 0_u8;
        let shifted = self.octets.iter().map(|octet| {
            let aligned = (octet >> shift) | carried;
            carried = octet.checked_shl(8 - shift).unwrap_or_default();
            aligned
        });
        shifted.collect()
    }
}

/// An INTEGER that fits into 64 bits.
pub(crate) fn small(octets: &[u8]) -> Option<i64> {
    let negative = octets.first().is_some_and(|first| first & 0x80 != 0);
    let mut wide = [if negative { 0xff } else { 0 }; 8];
    let start = wide.len().checked_sub(octets.len())?;
    wide[start..].copy_from_slice(octets);
    Some(i64::from_be_bytes(wide))
}

/// X.690, section 8.19. Components of more than 31 bits are refused, as Go does.
fn dotted(octets: &[u8]) -> Option<String> {
    let mut components = Vec::new();
    let mut value = 0_u32;
    let mut begun = false;
    for octet in octets {
        if value >= 1 << 24 || (!begun && *octet == 0x80) {
            return None;
        }
        begun = octet & 0x80 != 0;
        value = value << 7 | u32::from(octet & 0x7f);
        if !begun {
            components.push(value);
            value = 0;
        }
    }
    if begun {
        return None;
    }
    let (first, rest) = components.split_first()?;
    let root = (first / 40).min(2);
    let mut text = format!("{root}.{}", first - root * 40);
    for component in rest {
        text.push('.');
        text.push_str(&component.to_string());
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{Der, Unreadable, small};

    #[test]
    fn an_identifier_is_read_as_it_is_written_with_dots_and_a_padded_one_is_not() {
        let mut eku = Der(&[0x06, 3, 0x55, 0x1d, 0x25]);
        assert_eq!(eku.oid().as_deref(), Some("2.5.29.37"));
        assert_eq!(Der(&[0x06, 4, 0x55, 0x80, 0x1d, 0x25]).oid(), None);
        assert_eq!(Der(&[0x06, 2, 0x55, 0x9d]).oid(), None);
    }

    #[test]
    fn a_length_that_could_be_shorter_is_refused() {
        assert!(Der(&[0x04, 1, 7]).element().is_some());
        assert!(Der(&[0x04, 0x81, 1, 7]).element().is_none());
        assert!(Der(&[0x04, 0x80, 7, 0, 0]).element().is_none());
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let why = |octets| Der(octets).try_element().err();
        let short = |header, missing| Some(Unreadable::Short { header, missing });
        assert_eq!(why(&[0x04, 1, 7]), None);
        assert_eq!(why(&[0x04, 3, 7]), short(2, 2));
        assert_eq!(why(&[0x04, 0x82, 1, 0, 7]), short(4, 255));
        assert_eq!(why(&[0x04, 0x82, 1]), short(4, 1));
        assert_eq!(why(&[0x04]), short(2, 1));
        assert_eq!(why(&[0x04, 0x80, 7, 0, 0]), Some(Unreadable::Length));
        assert_eq!(why(&[0x1f, 1, 7]), Some(Unreadable::Tag));
    }

    #[test]
    fn integers_keep_their_sign_and_unused_bits_move_to_the_front() {
        assert_eq!(small(&[0xff]), Some(-1));
        assert_eq!(small(&[0, 0x80]), Some(128));
        assert_eq!(small(&[1; 9]), None);
        let bits = Der(&[0x03, 3, 4, 0b1010_0000, 0b1100_0000]).bits().unwrap();
        assert_eq!(bits.right_aligned(), [0b1010, 0b1100]);
        assert!(bits.has(0) && !bits.has(1) && bits.has(9) && !bits.has(12));
        assert!(Der(&[0x03, 2, 4, 0b1]).bits().is_none());
    }
}
