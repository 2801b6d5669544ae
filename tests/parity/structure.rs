//! Changes that know nothing of what they change: bits, and elements.

use crate::case::{ALL, Case, Setup, edited};
use crate::certificate::Certificate;
use crate::der::Node;
use crate::dice::Dice;

/// Nobody signs again.
pub(crate) fn flip_unsigned(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &ALL).unwrap();
    let mut der = setup.certificate(part);
    let (place, mask) = (dice.below(der.len()), 1 << dice.below(8));
    der[place] ^= mask;
    case.about = format!("{}: {part:?}: octet {place} ^ {mask:#04x}", case.about);
    case.put(part, der);
    case
}

/// Cut off, or with something behind it.
pub(crate) fn length_unsigned(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &ALL).unwrap();
    let mut der = setup.certificate(part);
    if dice.one_in(2) {
        der.truncate(dice.below(der.len()));
    } else {
        let count = 1 + dice.below(4);
        der.extend(dice.octets(count));
    }
    case.about = format!("{}: {part:?}: {} octets", case.about, der.len());
    case.put(part, der);
    case
}

pub(crate) fn flip_signed(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let mut raw = certificate.tbs.encode();
        let (place, mask) = (dice.below(raw.len()), 1 << dice.below(8));
        raw[place] ^= mask;
        certificate.raw = Some(raw);
        format!("octet {place} ^ {mask:#04x}, signed")
    })
}

pub(crate) fn set_octet(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let mut raw = certificate.tbs.encode();
        let place = dice.below(raw.len());
        let octet = *dice.pick(&[0, 1, 0x7f, 0x80, 0x81, 0xff, 0x30, 0x31, 0x05]);
        raw[place] = octet;
        certificate.raw = Some(raw);
        format!("octet {place} = {octet:#04x}, signed")
    })
}

fn element(
    setup: &Setup<'_>,
    dice: &mut Dice,
    what: &str,
    act: impl Fn(&mut Vec<Node>, usize, &mut Dice),
) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let n = 1 + dice.below(certificate.tbs.count() - 1);
        let within = inside_extension(certificate, dice, n, &act);
        if !within {
            certificate
                .tbs
                .at(n, &mut |nodes, place| act(nodes, place, dice));
        }
        format!("{what} element {n}, within an extension's value: {within}")
    })
}

/// The values of extensions are elements in an OCTET STRING, which the tree does not look into.
fn inside_extension(
    certificate: &mut Certificate,
    dice: &mut Dice,
    n: usize,
    act: &impl Fn(&mut Vec<Node>, usize, &mut Dice),
) -> bool {
    let mut done = false;
    certificate.tbs.at(n, &mut |nodes, place| {
        if let Node::Primitive(0x04, value) = &mut nodes[place]
            && value.first() == Some(&0x30)
            && !dice.one_in(3)
        {
            let mut tree = Node::parse(value);
            if tree.count() > 1 {
                let n = 1 + dice.below(tree.count() - 1);
                tree.at(n, &mut |nodes, place| act(nodes, place, dice));
                *value = tree.encode();
                done = true;
            }
        }
    });
    done
}

pub(crate) fn delete(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    element(setup, dice, "without", |nodes, place, _| {
        nodes.remove(place);
    })
}

pub(crate) fn duplicate(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    element(setup, dice, "twice", |nodes, place, _| {
        nodes.insert(place, nodes[place].clone());
    })
}

pub(crate) fn swap(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    element(setup, dice, "swapped", |nodes, place, _| {
        let other = (place + 1) % nodes.len();
        nodes.swap(place, other);
    })
}

pub(crate) fn retag(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    element(setup, dice, "other tag of", |nodes, place, dice| {
        let tags = [
            0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18,
            0x1e, 0x1f, 0x30, 0x31, 0x80, 0x82, 0xa0, 0xa3,
        ];
        let tag = *dice.pick(&tags);
        let mut octets = nodes[place].encode();
        octets[0] = tag;
        nodes[place] = Node::Raw(octets);
    })
}

pub(crate) fn empty(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    element(setup, dice, "empty", |nodes, place, _| {
        nodes[place] = Node::Primitive(nodes[place].tag(), Vec::new());
    })
}

pub(crate) fn shorten(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    element(setup, dice, "shorter", |nodes, place, dice| {
        let mut content = nodes[place].content();
        content.truncate(dice.below(content.len().max(1)));
        nodes[place] = Node::Primitive(nodes[place].tag(), content);
    })
}

pub(crate) fn lengthen(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    element(setup, dice, "longer", |nodes, place, dice| {
        let mut content = nodes[place].content();
        let more = if dice.one_in(2) {
            vec![0x05, 0x00]
        } else {
            dice.octets(1)
        };
        content.extend(more);
        nodes[place] = Node::Primitive(nodes[place].tag(), content);
    })
}

pub(crate) fn long_length(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    element(setup, dice, "padded length of", |nodes, place, dice| {
        nodes[place] = Node::Raw(nodes[place].encode_long(1 + dice.below(3)));
    })
}
