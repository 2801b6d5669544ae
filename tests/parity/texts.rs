//! Names put together at random from the pieces that matter to whoever reads them.

use crate::case::{Case, LEAVES, Part, Setup, edited, root_of};
use crate::certificate::{Certificate, SAN, SUBJECT};
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

pub(crate) fn common_name(tag: u8, text: &[u8]) -> Node {
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

/// An address of few bits, so that networks often hold it.
fn address(dice: &mut Dice, long: bool) -> Vec<u8> {
    let sparse = *dice.pick(&[0x00, 0x01, 0x80, 0xc0, 0xff]);
    let mut octets = vec![if long { 0xfd } else { 10 }; if long { 16 } else { 4 }];
    let place = dice.below(octets.len());
    octets[place] = sparse;
    octets
}

fn network(dice: &mut Dice, long: bool) -> Vec<u8> {
    let address = address(dice, long);
    let ones = if dice.one_in(2) {
        dice.below(address.len() * 8 + 1)
    } else {
        dice.below(4) * 8
    };
    let mut mask: Vec<u8> = (0..address.len())
        .map(|place| !(0xff_u16 >> ones.saturating_sub(place * 8).min(8)).to_be_bytes()[1])
        .collect();
    if dice.one_in(20) {
        let place = dice.below(mask.len());
        mask[place] = dice.octet();
    }
    [address, mask].concat()
}

/// Addresses of both families, below an authority with constraints of both.
pub(crate) fn addresses_under_constraints(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    if setup.id(root).is_none() {
        return case;
    }
    let mut leaf = Certificate::parse(&setup.certificate(part));
    let addresses: Vec<_> = (0..=dice.below(2))
        .map(|_| {
            let long = dice.one_in(3);
            primitive(0x87, address(dice, long))
        })
        .collect();
    leaf.put(SAN, false, &sequence(addresses.clone()));
    let mut lists = Vec::new();
    for tag in [0xa0, 0xa1] {
        let networks = (0..dice.below(4)).map(|_| {
            let long = dice.one_in(3);
            sequence(vec![primitive(0x87, network(dice, long))])
        });
        let networks: Vec<_> = networks.collect();
        if !networks.is_empty() {
            lists.push(Node::Constructed(tag, networks));
        }
    }
    let constraints = sequence(lists);
    let mut authority = Certificate::parse(&setup.certificate(root));
    authority.put("2.5.29.30", true, &constraints);
    case.about = format!(
        "{}: {part:?} at {:02x?}, {root:?} wants {:02x?}",
        case.about,
        sequence(addresses).encode(),
        constraints.encode()
    );
    // The host is one of them, or the name that it had.
    if part == Part::Server && dice.one_in(2) {
        case.handshake.host = String::from("10.10.10.1");
    }
    case.put(part, leaf.sign(&setup.issuer_key(part), &mut dice.0));
    case.put(root, authority.sign(&setup.issuer_key(root), &mut dice.0));
    case
}
