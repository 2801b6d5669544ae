//! Times, characters and object identifiers put together at random.

use crate::case::{ALL, Case, LEAVES, Setup, edited, root_of};
use crate::certificate::{Certificate, EKU, ISSUER, SUBJECT, VALIDITY, extension};
use crate::der::{Node, primitive, sequence};
use crate::dice::Dice;
use crate::texts::common_name;

const TIMES: [&str; 7] = [
    "261123000000Z",
    "2611230000Z",
    "261123000000+0130",
    "2611230000-0830",
    "20261123000000Z",
    "20261123000000+0130",
    "20000229235959Z",
];

/// A time with a character or two replaced, left out or added.
pub(crate) fn times(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let mut text = dice.pick::<&str>(&TIMES).as_bytes().to_vec();
        for _ in 0..dice.below(3) {
            let place = dice.below(text.len());
            let new = *dice.pick(b"012345679Zz+-. :,\0");
            match dice.below(4) {
                0 => drop(text.remove(place)),
                1 => text.insert(place, new),
                _ => text[place] = new,
            }
        }
        let tag = *dice.pick(&[0x17, 0x18]);
        let place = dice.below(2);
        certificate.field(VALIDITY).children()[place] = primitive(tag, &text);
        format!(
            "validity {place} = {tag:#04x} {:?}",
            String::from_utf8_lossy(&text)
        )
    })
}

/// A root whose name is quoted in the hint, of characters from every corner.
pub(crate) fn quoted(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    if setup.id(root).is_none() {
        return case;
    }
    let corners: [u32; 16] = [
        0x00, 0x20, 0x80, 0xa0, 0x300, 0x370, 0x590, 0x600, 0xe00, 0x2000, 0x2060, 0x3000, 0xe000,
        0xfe00, 0x1_f600, 0x10_ff00,
    ];
    let text: String = (0..=dice.below(5))
        .map(|_| {
            let near = u32::try_from(dice.below(0x100)).unwrap();
            let anywhere = u32::try_from(dice.below(0x11_0000)).unwrap();
            let code = if dice.one_in(3) {
                anywhere
            } else {
                dice.pick(&corners) + near
            };
            char::from_u32(code).unwrap_or('\u{fffd}')
        })
        .collect();
    let name = common_name(0x0c, text.as_bytes());
    let mut authority = Certificate::parse(&setup.certificate(root));
    *authority.field(SUBJECT) = name.clone();
    let mut leaf = Certificate::parse(&setup.certificate(part));
    *leaf.field(ISSUER) = name;
    case.about = format!("{}: {root:?} is called {text:?}", case.about);
    // Not by the authority's key, so that Go says whom it thought of.
    let own = setup.key(setup.id(part).unwrap());
    case.put(part, leaf.sign(&own, &mut dice.0));
    case.put(root, authority.sign(&setup.issuer_key(root), &mut dice.0));
    case
}

fn identifier(dice: &mut Dice) -> Node {
    let arcs: [&[u8]; 13] = [
        &[0x55],
        &[0x1d],
        &[0x2a],
        &[0],
        &[0x7f],
        &[0x80, 1],
        &[0x81, 0],
        &[0x87, 0xff, 0xff, 0xff, 0x7f],
        &[0x88, 0x80, 0x80, 0x80, 0],
        &[0xff; 10],
        &[0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0],
        &[0x83],
        &[1],
    ];
    let count = dice.below(4);
    let octets: Vec<u8> = (0..count).flat_map(|_| dice.pick(&arcs).to_vec()).collect();
    primitive(0x06, octets)
}

/// Object identifiers as no registry has them.
pub(crate) fn identifiers(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let id = identifier(dice);
        let what = dice.below(5);
        match what {
            0 | 1 => {
                let mut new = extension("1.2", dice.one_in(2), &Node::Raw(vec![5, 0]));
                new.children()[0] = id.clone();
                certificate.extensions().push(new.clone());
                if what == 1 {
                    certificate.extensions().push(new);
                }
            }
            2 => {
                let mut usages = certificate
                    .value(EKU)
                    .unwrap_or_else(|| sequence(Vec::new()));
                let place = dice.below(usages.children().len() + 1);
                usages.children().insert(place, id.clone());
                certificate.put(EKU, false, &usages);
            }
            3 => {
                let policies = vec![sequence(vec![id.clone()]), sequence(vec![identifier(dice)])];
                certificate.put("2.5.29.32", dice.one_in(2), &sequence(policies));
            }
            _ => {
                let name = sequence(vec![id.clone(), primitive(0x0c, "x")]);
                *certificate.field(SUBJECT) = sequence(vec![Node::Constructed(0x31, vec![name])]);
            }
        }
        format!("identifier {:02x?} at {what}", id.encode())
    })
}
