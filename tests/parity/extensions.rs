//! Changes of the other extensions.

use crate::case::{ALL, Case, Setup, edited};
use crate::certificate::{AKI, BASIC_CONSTRAINTS, EKU, KEY_USAGE, SAN, SKI, extension};
use crate::der::{Node, boolean, explicit, integer, oid, primitive, sequence};
use crate::dice::Dice;
use crate::policies::{INHIBIT_ANY, MAPPINGS, POLICIES, POLICY_CONSTRAINTS};

pub(crate) fn basic_constraints(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        if dice.one_in(4) {
            certificate.remove(BASIC_CONSTRAINTS);
            return "no basicConstraints".to_owned();
        }
        let mut parts = Vec::new();
        match dice.below(4) {
            0 => {}
            1 => parts.push(boolean(false)),
            2 => parts.push(boolean(true)),
            _ => parts.push(primitive(0x01, [dice.octet()])),
        }
        let lengths: [&[u8]; 9] = [
            &[0],
            &[1],
            &[2],
            &[0x7f],
            &[0xff],
            &[0, 1],
            &[],
            &[0x7f; 8],
            &[0x7f; 9],
        ];
        if dice.one_in(2) {
            parts.push(integer(dice.pick(&lengths)));
        }
        let value = sequence(parts);
        let critical = dice.one_in(2);
        certificate.put(BASIC_CONSTRAINTS, critical, &value);
        format!("basicConstraints {:02x?}", value.encode())
    })
}

pub(crate) fn key_usage(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        if dice.one_in(5) {
            certificate.remove(KEY_USAGE);
            return "no keyUsage".to_owned();
        }
        let bit = dice.below(10);
        let octets = if bit < 8 {
            vec![0, 0x80 >> bit]
        } else {
            vec![7, 0, 0x80]
        };
        let unused = u8::try_from(7_usize.saturating_sub(bit)).unwrap();
        let octets = match dice.below(5) {
            0 => vec![unused, octets[1]],
            1 => vec![0],
            2 => vec![dice.octet(), dice.octet()],
            3 => vec![],
            _ => octets,
        };
        certificate.put(KEY_USAGE, dice.one_in(2), &primitive(0x03, &octets));
        format!("keyUsage {octets:02x?}")
    })
}

pub(crate) fn extended_key_usage(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        if dice.one_in(5) {
            certificate.remove(EKU);
            return "no extKeyUsage".to_owned();
        }
        let known = [
            "1.3.6.1.5.5.7.3.1",
            "1.3.6.1.5.5.7.3.2",
            "1.3.6.1.5.5.7.3.3",
            "2.5.29.37.0",
            "1.2.3.4",
        ];
        let count = dice.below(4);
        let mut usages: Vec<_> = (0..count).map(|_| oid(dice.pick::<&str>(&known))).collect();
        if dice.one_in(8) {
            usages.push(primitive(0x06, []));
        }
        let value = sequence(usages);
        certificate.put(EKU, dice.one_in(3), &value);
        format!("extKeyUsage {:02x?}", value.encode())
    })
}

pub(crate) fn key_identifiers(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let name = if dice.one_in(2) { AKI } else { SKI };
        if dice.one_in(4) {
            certificate.remove(name);
            return format!("no {name}");
        }
        let id = dice.octets(4);
        let value = match dice.below(5) {
            0 => primitive(0x04, &id),
            1 => sequence(vec![]),
            2 => sequence(vec![primitive(0x82, &id)]),
            3 => primitive(0x80, &id),
            _ => sequence(vec![
                primitive(0x80, &id),
                Node::Constructed(0xa1, vec![]),
                primitive(0x82, [1]),
            ]),
        };
        let critical = dice.one_in(4);
        certificate.put(name, critical, &value);
        format!("{name} {:02x?}, critical: {critical}", value.encode())
    })
}

pub(crate) fn unknown(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let names = [
            "1.2.3.4",
            "2.5.29.99",
            "2.5.29.18",
            "2.5.29.9",
            "2.5.29",
            "1.3.6.1.5.5.7.1.24",
            "2.16.840.1.113730.1.1",
        ];
        let name = *dice.pick(&names);
        let critical = dice.one_in(2);
        let value = if dice.one_in(3) {
            Node::Raw(dice.octets(3))
        } else {
            primitive(0x05, [])
        };
        let new = extension(name, critical, &value);
        let place = dice.below(certificate.extensions().len() + 1);
        certificate.extensions().insert(place, new);
        format!("unknown extension {name}, critical: {critical}")
    })
}

pub(crate) fn twice(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let all = certificate.extensions();
        let again = dice.pick(all).clone();
        let place = dice.below(all.len() + 1);
        all.insert(place, again);
        "an extension twice".to_owned()
    })
}

pub(crate) fn order(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let all = certificate.extensions();
        for place in (1..all.len()).rev() {
            all.swap(place, dice.below(place + 1));
        }
        "extensions in another order".to_owned()
    })
}

pub(crate) fn critical(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let all = certificate.extensions();
        let place = dice.below(all.len());
        let parts = all[place].children();
        let value = parts.pop().unwrap();
        parts.truncate(1);
        match dice.below(4) {
            0 => {}
            1 => parts.push(boolean(false)),
            2 => parts.push(primitive(0x01, [0x55])),
            _ => parts.push(boolean(true)),
        }
        parts.push(value);
        format!("extension {place} critical or not")
    })
}

/// Where to ask for more: read, and not followed.
pub(crate) fn pointers(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let uri = primitive(0x86, "http://example.com/crl");
        let odd = [
            uri.clone(),
            primitive(0x82, "example.com"),
            Node::Raw(vec![0x86, 0x05, 1]),
            sequence(vec![]),
        ];
        let inner = dice.pick(&odd).clone();
        let critical = dice.one_in(4);
        if dice.one_in(2) {
            let name = explicit(0, explicit(0, inner));
            let point = sequence(if dice.one_in(4) { vec![] } else { vec![name] });
            let list = if dice.one_in(5) {
                point
            } else {
                sequence(vec![point])
            };
            certificate.put("2.5.29.31", critical, &list);
            format!("CRL distribution points {:02x?}", list.encode())
        } else {
            let method = if dice.one_in(4) {
                primitive(0x06, [0x80])
            } else {
                oid("1.3.6.1.5.5.7.48.1")
            };
            let list = sequence(vec![sequence(vec![method, inner])]);
            certificate.put("1.3.6.1.5.5.7.1.1", critical, &list);
            format!("authority information access {:02x?}", list.encode())
        }
    })
}

/// An extension whose value is something else.
pub(crate) fn malformed(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let names = [
            SKI,
            KEY_USAGE,
            SAN,
            BASIC_CONSTRAINTS,
            AKI,
            EKU,
            POLICIES,
            MAPPINGS,
            POLICY_CONSTRAINTS,
            INHIBIT_ANY,
            "2.5.29.30",
            "2.5.29.31",
            "1.3.6.1.5.5.7.1.1",
        ];
        let name = *dice.pick(&names);
        let values = [
            Node::Raw(vec![]),
            primitive(0x05, []),
            sequence(vec![]),
            sequence(vec![primitive(0x05, [])]),
            boolean(true),
            integer([0xff]),
            integer([0, 1]),
            primitive(0x04, []),
            sequence(vec![sequence(vec![])]),
            Node::Raw(vec![0x30, 0x80, 0, 0]),
            sequence(vec![oid("1.2.3")]),
            Node::Raw(vec![0x30, 0x03, 0x02, 0x01, 0x01, 0x05, 0x00]),
        ];
        let value = dice.pick(&values);
        certificate.put(name, dice.one_in(3), value);
        format!("{name} = {:02x?}", value.encode())
    })
}
