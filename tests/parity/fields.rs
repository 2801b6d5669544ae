//! Changes of what every certificate has: version, serial number, names, validity.

use crate::case::{ALL, Case, LEAVES, Setup, edited, root_of};
use crate::certificate::{ISSUER, SERIAL, SUBJECT, VALIDITY, VERSION};
use crate::der::{Node, explicit, integer, oid, primitive, sequence};
use crate::dice::Dice;

const UTC: u8 = 0x17;
const GENERALIZED: u8 = 0x18;

pub(crate) fn version(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let value: &[u8] =
            dice.pick::<&[u8]>(&[&[0], &[1], &[2], &[3], &[0xff], &[0, 2], &[], &[0x7f, 0, 0]]);
        *certificate.field(VERSION) = explicit(0, integer(value));
        let bare = dice.one_in(3);
        if bare {
            certificate.tbs.children().truncate(7);
        }
        format!("version {value:?}, without extensions: {bare}")
    })
}

pub(crate) fn serial(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let huge = vec![0x7f; 1 + dice.below(300)];
        let value = dice
            .pick::<&[u8]>(&[
                &[0],
                &[1],
                &[0xff],
                &[0x80],
                &[0, 0x80],
                &[0, 1],
                &[0xff, 0x80],
                &[],
                &huge,
            ])
            .to_vec();
        *certificate.field(SERIAL) = integer(&value);
        format!("serial number {value:02x?}")
    })
}

pub(crate) fn validity(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let now = crate::common::NOW;
    edited(setup, dice, &ALL, |certificate, dice| {
        let fixed: [(u8, &str); 28] = [
            (UTC, "500101000000Z"),
            (UTC, "491231235959Z"),
            (UTC, "700101000000Z"),
            (UTC, "690101000000Z"),
            (UTC, "2611230000Z"),
            (UTC, "261123000000+0100"),
            (UTC, "2611230000-0830"),
            (UTC, "261123000000+0000"),
            (UTC, "261323000000Z"),
            (UTC, "260230000000Z"),
            (UTC, "261123240000Z"),
            (UTC, "261123006000Z"),
            (UTC, "261123000060Z"),
            (UTC, "261123000000"),
            (UTC, "261123000000z"),
            (UTC, "2611230000 0Z"),
            (UTC, "261123000000.5Z"),
            (UTC, "261123000000+2400"),
            (UTC, "261123000000+0160"),
            (UTC, ""),
            (GENERALIZED, "20261123000000Z"),
            (GENERALIZED, "20500101000000Z"),
            (GENERALIZED, "19500101000000Z"),
            (GENERALIZED, "99991231235959Z"),
            (GENERALIZED, "00000101000000Z"),
            (GENERALIZED, "202611230000Z"),
            (GENERALIZED, "20261123000000+0130"),
            (GENERALIZED, "20261123000000.5Z"),
        ];
        let (tag, text) = if dice.one_in(3) {
            let near = [-2, -1, 0, 1, 2, -86_400, 86_400];
            let moment = hardway::Timestamp::from_unix(now + dice.pick(&near)).unwrap();
            let digits: String = moment
                .rfc3339()
                .chars()
                .filter(char::is_ascii_digit)
                .collect();
            (UTC, format!("{}Z", &digits[2..]))
        } else {
            let (tag, text) = *dice.pick(&fixed);
            (tag, text.to_owned())
        };
        let place = dice.below(2);
        certificate.field(VALIDITY).children()[place] = primitive(tag, &text);
        format!("validity {place} = {tag:#04x} {text}")
    })
}

const CN: &str = "2.5.4.3";
const O: &str = "2.5.4.10";

fn attribute(name: &str, value: Node) -> Node {
    Node::Constructed(0x31, vec![sequence(vec![oid(name), value])])
}

/// Values of every type, some of them not of it.
fn value(dice: &mut Dice) -> Node {
    let values: [(u8, &[u8]); 30] = [
        (0x0c, b"system:kube-schedular"),
        (0x0c, "größe".as_bytes()),
        (0x0c, b"\xff\xfe"),
        (0x0c, b""),
        (0x0c, "a\u{202e}b".as_bytes()),
        (0x0c, b"a\0b\x07\x1b\n\t\"\\"),
        (0x0c, "\u{feff}\u{200b}".as_bytes()),
        (0x0c, "証明書 \u{1f512}".as_bytes()),
        (0x0c, "\u{e000}\u{10ffff}".as_bytes()),
        (0x0c, "\u{a0}\u{2028}".as_bytes()),
        (0x13, b"admin"),
        (0x13, b"a*b&c"),
        (0x13, b"a@b"),
        (0x13, b"under_score"),
        (0x14, b"caf\xe9"),
        (0x14, b"plain"),
        (0x1e, b"\0a\0d"),
        (0x1e, b"\0a\0"),
        (0x1e, b"\xd8\0\0a"),
        (0x1e, b"\0a\0\0"),
        (0x1e, b"\xff\xfe"),
        (0x16, b"ia5@example"),
        (0x16, b"caf\xe9"),
        (0x12, b"12 34"),
        (0x12, b"12a"),
        (0x1c, b"\0\0\0a"),
        (0x02, b"\x05"),
        (0x02, b"\0\x05"),
        (0x01, b"\xff"),
        (0x01, b"\x01"),
    ];
    let more: [(u8, &[u8]); 8] = [
        (0x03, b"\0\x01"),
        (0x03, b"\x09\x01"),
        (0x06, b"\x55\x04"),
        (0x06, b"\x80\x04"),
        (0x17, b"261123000000Z"),
        (0x17, b"nonsense"),
        (0x05, b""),
        (0x04, b"octets"),
    ];
    let (tag, octets) = if dice.one_in(4) {
        *dice.pick(&more)
    } else {
        *dice.pick(&values)
    };
    primitive(tag, octets)
}

/// Names as others write them, and as nobody should.
pub(crate) fn subject(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let names = match dice.below(7) {
            0 => vec![],
            1 => vec![attribute(CN, value(dice)), attribute(CN, value(dice))],
            2 => vec![attribute(O, value(dice)), attribute(O, value(dice))],
            3 => vec![attribute(O, value(dice)), attribute(CN, value(dice))],
            4 => vec![
                attribute("2.5.4.5", value(dice)),
                attribute(CN, value(dice)),
            ],
            5 => vec![Node::Constructed(0x31, vec![])],
            _ => vec![attribute(CN, value(dice))],
        };
        *certificate.field(SUBJECT) = sequence(names);
        format!("subject {:02x?}", certificate.field(SUBJECT).encode())
    })
}

/// The same issuer in another way, or another.
pub(crate) fn issuer(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &LEAVES, |certificate, dice| {
        let mut what = "strings of another type";
        match dice.below(4) {
            0 => {
                what = "another name";
                *certificate.field(ISSUER) = sequence(vec![attribute(CN, value(dice))]);
            }
            1 => {
                what = "its own subject";
                *certificate.field(ISSUER) = certificate.field(SUBJECT).clone();
            }
            other => {
                let upper = other == 2;
                for set in certificate.field(ISSUER).children() {
                    let text = &mut set.children()[0].children()[1];
                    let content = text.content();
                    let content = if upper {
                        content.to_ascii_lowercase()
                    } else {
                        content
                    };
                    let tag = if upper {
                        text.tag()
                    } else {
                        0x0c ^ 0x13 ^ text.tag()
                    };
                    *text = primitive(tag, content);
                }
            }
        }
        what.to_owned()
    })
}

/// The hint of an unknown authority quotes the authority's name.
pub(crate) fn authority_name(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    if setup.id(root).is_none() {
        return case;
    }
    let name = sequence(match dice.below(4) {
        0 => vec![attribute(O, value(dice))],
        1 => vec![attribute(O, value(dice)), attribute(CN, value(dice))],
        2 => vec![],
        _ => vec![attribute(CN, value(dice))],
    });
    case.about = format!("{}: {root:?} is called {:02x?}", case.about, name.encode());
    let mut authority = crate::certificate::Certificate::parse(&setup.certificate(root));
    *authority.field(SUBJECT) = name.clone();
    *authority.field(ISSUER) = name.clone();
    let mut leaf = crate::certificate::Certificate::parse(&setup.certificate(part));
    *leaf.field(ISSUER) = name;
    // Half of them by a key that is not the authority's.
    let key = if dice.one_in(2) {
        setup.issuer_key(part)
    } else {
        setup.key(setup.id(part).unwrap())
    };
    let own = setup.issuer_key(root);
    case.put(part, leaf.sign(&key, &mut dice.0));
    case.put(root, authority.sign(&own, &mut dice.0));
    case
}
