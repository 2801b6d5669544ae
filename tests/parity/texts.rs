//! Texts put together at random from the pieces that matter to whoever reads them: names, addresses, URIs, times, identifiers.

use crate::case::{ALL, Case, LEAVES, Part, Setup, edited, root_of};
use crate::certificate::{Certificate, EKU, SAN, SUBJECT, VALIDITY, extension};
use crate::der::{Node, oid, primitive, sequence};
use crate::dice::Dice;

/// Up to `most` of the pieces, in any order.
fn made_of(dice: &mut Dice, pieces: &[&str], most: usize) -> String {
    let count = 1 + dice.below(most);
    (0..count).map(|_| *dice.pick::<&str>(pieces)).collect()
}

const LABELS: [&str; 40] = [
    "a",
    "b",
    "A",
    "B",
    "a",
    "b",
    "*",
    ".",
    ".",
    ".",
    ".",
    "..",
    "-",
    "_",
    "xn--",
    "1",
    "0",
    "0x7f",
    "127",
    "255",
    "256",
    "01",
    ":",
    "::",
    "[",
    "]",
    "%",
    "eth0",
    "/",
    " ",
    "\0",
    "\u{e9}",
    "\u{130}",
    "kubernetes",
    "default",
    "svc",
    "*.",
    "a.b",
    "A.b",
    ".b",
];

/// What is dialled and what the server is called, of the same few labels.
pub(crate) fn hosts(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut names: Vec<String> = Vec::new();
    let mut case = edited(setup, dice, &[Part::Server], |certificate, dice| {
        names = (0..dice.below(4))
            .map(|_| made_of(dice, &LABELS, 5))
            .collect();
        let ascii = names.iter().filter(|name| name.is_ascii());
        let mut list: Vec<_> = ascii.map(|name| primitive(0x82, name)).collect();
        if dice.one_in(3) {
            list.push(primitive(0x87, [127, 0, 0, 1]));
        }
        if dice.one_in(6) {
            certificate.remove(SAN);
        } else {
            certificate.put(SAN, dice.one_in(4), &sequence(list));
        }
        let cn = names.first().cloned().unwrap_or_else(|| "a.b".to_owned());
        *certificate.field(SUBJECT) = common_name(0x0c, cn.as_bytes());
        format!("named {names:?}")
    });
    let own = names.first().cloned().unwrap_or_default();
    let host = match dice.below(5) {
        0 => own.to_ascii_uppercase(),
        1 => own.replace('*', "a"),
        2 => format!("{own}."),
        _ => made_of(dice, &LABELS, 5),
    };
    // Without a name nobody is dialled.
    case.handshake.host = if host.is_empty() {
        "a".to_owned()
    } else {
        host
    };
    case.about = format!("{}, dialled {:?}", case.about, case.handshake.host);
    case
}

fn common_name(tag: u8, text: &[u8]) -> Node {
    let attribute = sequence(vec![oid("2.5.4.3"), primitive(tag, text)]);
    sequence(vec![Node::Constructed(0x31, vec![attribute])])
}

const URI: [&str; 39] = [
    "http",
    "spiffe",
    "urn",
    "1x",
    "x+-.",
    ":",
    ":",
    "//",
    "//",
    "//",
    "/",
    "@",
    "[",
    "]",
    "[::1]",
    "[::1%25a]",
    "%",
    "%41",
    "%zz",
    "%2f",
    "?",
    "#",
    " ",
    "\x7f",
    "\t",
    "\\",
    "\"",
    "<",
    "^",
    "a.b",
    "A.b",
    "localhost",
    ":80",
    ":port",
    "..",
    "*",
    "user:word@",
    "127.0.0.1",
    "~",
];
const MAIL: [&str; 28] = [
    "a",
    "b",
    "A",
    "root",
    "@",
    "@",
    "@",
    "\"",
    "\"",
    "\\",
    "\\\"",
    ".",
    "..",
    "(",
    ")",
    "<",
    ",",
    " ",
    "\t",
    "\0",
    "\r",
    "\x7f",
    "!#$%&'*+-/=?^_`{|}~",
    "a.b",
    "A.B",
    ".b",
    "example.com",
    "[1]",
];
const DOMAIN: [&str; 14] = [
    "a", "b", "A", "a.b", "A.B", ".b", ".", "..", "*", "*.", "-", "_", "ab", "\x20",
];

/// Names of a kind, below an authority with constraints of that kind.
pub(crate) fn names_under_constraints(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    if setup.id(root).is_none() {
        return case;
    }
    let (tag, pieces) = match dice.below(3) {
        0 => (0x82, &DOMAIN[..]),
        1 => (0x86, &URI[..]),
        _ => (0x81, &MAIL[..]),
    };
    let text = |dice: &mut Dice| match (tag, dice.below(4)) {
        (0x86, 0) => format!("https://{}/", made_of(dice, &DOMAIN, 3)),
        (0x81, 0) => format!("root@{}", made_of(dice, &DOMAIN, 3)),
        _ => made_of(dice, pieces, 6),
    };
    let mut leaf = Certificate::parse(&setup.certificate(part));
    let own = leaf.value(SAN).map(|mut san| san.children().clone());
    let mut names = own.unwrap_or_default();
    let texts: Vec<_> = (0..=dice.below(2)).map(|_| text(dice)).collect();
    names.extend(texts.iter().map(|text| primitive(tag, text)));
    leaf.put(SAN, false, &sequence(names));
    let constraints: Vec<_> = (0..dice.below(5))
        .map(|_| match (tag, dice.below(3)) {
            (0x81, 0) => text(dice),
            (_, 1) => made_of(dice, &DOMAIN, 1),
            _ => made_of(dice, &DOMAIN, 3),
        })
        .collect();
    let list: Vec<_> = constraints
        .iter()
        .map(|text| sequence(vec![primitive(tag, text)]))
        .collect();
    let mut authority = Certificate::parse(&setup.certificate(root));
    if !list.is_empty() {
        let split = dice.below(list.len() + 1);
        let both = [(0xa0, &list[..split]), (0xa1, &list[split..])];
        let both = both.into_iter().filter(|(_, list)| !list.is_empty());
        let both = both.map(|(tag, list)| Node::Constructed(tag, list.to_vec()));
        authority.put("2.5.29.30", true, &sequence(both.collect()));
    }
    case.about = format!(
        "{}: {part:?} named {texts:?}, {root:?} wants {constraints:?}",
        case.about
    );
    case.put(part, leaf.sign(&setup.issuer_key(part), &mut dice.0));
    case.put(root, authority.sign(&setup.issuer_key(root), &mut dice.0));
    case
}

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
    *leaf.field(crate::certificate::ISSUER) = name;
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
