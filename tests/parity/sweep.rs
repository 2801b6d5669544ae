//! Every element of a certificate in turn, those in the values of extensions too, and every change of it.

use crate::case::{ALL, Case, Part, Setup, edited};
use crate::certificate::Certificate;
use crate::der::Node;
use crate::dice::Dice;

/// What is done to an element in the list that holds it.
type Change = fn(&mut Vec<Node>, usize);

const CHANGES: [(&str, Change); 22] = [
    ("left out", |nodes, place| drop(nodes.remove(place))),
    ("twice", |nodes, place| {
        nodes.insert(place, nodes[place].clone());
    }),
    ("swapped with the next", |nodes, place| {
        let next = (place + 1) % nodes.len();
        nodes.swap(place, next);
    }),
    ("emptied", |nodes, place| {
        nodes[place] = Node::Primitive(nodes[place].tag(), Vec::new());
    }),
    ("without its first octet", |nodes, place| {
        cut(nodes, place, 1, 0);
    }),
    ("without its last octet", |nodes, place| {
        cut(nodes, place, 0, 1);
    }),
    ("followed by NULL inside", |nodes, place| {
        append(nodes, place, &[5, 0]);
    }),
    ("followed by an octet inside", |nodes, place| {
        append(nodes, place, &[0]);
    }),
    ("followed by half an element inside", |nodes, place| {
        append(nodes, place, &[0x30, 5, 1]);
    }),
    ("preceded by NULL", |nodes, place| {
        nodes.insert(place, Node::Raw(vec![5, 0]));
    }),
    ("preceded by an octet", |nodes, place| {
        nodes.insert(place, Node::Raw(vec![0]));
    }),
    ("of a length in two octets", |nodes, place| {
        nodes[place] = Node::Raw(nodes[place].encode_long(1));
    }),
    ("of a length in five octets", |nodes, place| {
        nodes[place] = Node::Raw(nodes[place].encode_long(4));
    }),
    ("of no length", |nodes, place| {
        let content = nodes[place].content();
        nodes[place] = Node::Raw([&[nodes[place].tag(), 0x80][..], &content, &[0, 0]].concat());
    }),
    ("longer than it says", |nodes, place| {
        relength(nodes, place, |length| length.wrapping_sub(1));
    }),
    ("shorter than it says", |nodes, place| {
        relength(nodes, place, |length| length.wrapping_add(1));
    }),
    ("constructed or not", |nodes, place| {
        retag(nodes, place, |tag| tag ^ 0x20);
    }),
    ("of another class", |nodes, place| {
        retag(nodes, place, |tag| tag ^ 0x80);
    }),
    ("of the next tag", |nodes, place| {
        retag(nodes, place, |tag| tag ^ 0x01);
    }),
    ("of a long tag", |nodes, place| {
        retag(nodes, place, |tag| tag | 0x1f);
    }),
    ("NULL", |nodes, place| nodes[place] = Node::Raw(vec![5, 0])),
    ("wrapped", |nodes, place| {
        nodes[place] = Node::Constructed(0x30, vec![nodes[place].clone()]);
    }),
];

fn cut(nodes: &mut [Node], place: usize, front: usize, back: usize) {
    let content = nodes[place].content();
    let end = content.len().saturating_sub(back);
    let content = content[front.min(end)..end].to_vec();
    nodes[place] = Node::Primitive(nodes[place].tag(), content);
}

fn append(nodes: &mut [Node], place: usize, more: &[u8]) {
    let content = [&nodes[place].content(), more].concat();
    nodes[place] = Node::Primitive(nodes[place].tag(), content);
}

fn relength(nodes: &mut [Node], place: usize, change: fn(u8) -> u8) {
    let mut octets = nodes[place].encode();
    let last = match octets.get(1) {
        Some(&long) if long > 0x80 => 1 + usize::from(long & 0x7f),
        _ => 1,
    };
    if let Some(length) = octets.get_mut(last) {
        *length = change(*length);
    }
    nodes[place] = Node::Raw(octets);
}

fn retag(nodes: &mut [Node], place: usize, change: fn(u8) -> u8) {
    let mut octets = nodes[place].encode();
    octets[0] = change(octets[0]);
    nodes[place] = Node::Raw(octets);
}

/// One change after the other, of any element.
pub(crate) fn elements(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        open(&mut certificate.tbs);
        let (what, change) = CHANGES[dice.number() % CHANGES.len()];
        let count = certificate.tbs.count() - 1;
        let n = 1 + dice.below(count);
        certificate
            .tbs
            .at(n, &mut |nodes, place| change(nodes, place));
        format!("element {n} of {count} {what}")
    })
}

/// Makes a tree of every OCTET STRING that holds one.
fn open(node: &mut Node) {
    match node {
        Node::Constructed(_, nodes) => nodes.iter_mut().for_each(open),
        Node::Primitive(0x04, content) => {
            let inner = Node::parse(content);
            if !matches!(inner, Node::Raw(_)) {
                *node = Node::Constructed(0x04, vec![inner]);
            }
        }
        _ => {}
    }
}

/// Every bit of what is signed, one after the other, of the leaf and of its authority.
pub(crate) fn bits(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let number = dice.number();
    let part = [Part::Server, Part::ServerRoot][number % 2];
    edited(setup, dice, &[part], |certificate: &mut Certificate, _| {
        let mut raw = certificate.tbs.encode();
        // A stride without a divisor in common with the length visits every bit.
        let bit = number / 2 * 769 % (raw.len() * 8);
        raw[bit / 8] ^= 1 << (bit % 8);
        certificate.raw = Some(raw);
        format!("bit {bit} of {part:?}, signed again")
    })
}
