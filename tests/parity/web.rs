//! Webs of authorities: few names and few keys, many ways from the leaf to a root, most of them wrong somewhere.

use crate::case::{Case, LEAVES, Setup, root_of};
use crate::certificate::{
    AKI, BASIC_CONSTRAINTS, Certificate, EKU, EXTENSIONS, ISSUER, KEY_USAGE, SAN, SERIAL, SKI,
    SPKI, SUBJECT, VALIDITY, VERSION,
};
use crate::der::{Node, boolean, explicit, integer, oid, primitive, sequence};
use crate::dice::Dice;
use crate::key::Key;
use crate::policies::add_policies;

/// Who signs: a name and a key, not always of one authority.
#[derive(Clone, Copy)]
struct Signer {
    name: usize,
    key: usize,
}

pub(crate) fn web(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    if setup.id(root).is_none() || case.roots(part).is_none() {
        return case;
    }
    let (names, keys) = (1 + dice.below(4), 1 + dice.below(4));
    let keys: Vec<_> = (0..keys).map(key).collect();
    let count = if dice.one_in(10) {
        12
    } else {
        2 + dice.below(6)
    };
    let signers: Vec<_> = (0..count)
        .map(|_| Signer {
            name: dice.below(names),
            key: dice.below(keys.len()),
        })
        .collect();
    let calm = 6 + dice.below(12);
    let template = Certificate::parse(&setup.certificate(root));
    let mut authorities = Vec::new();
    for (number, own) in signers.iter().enumerate() {
        let above = signer(&signers, dice, *own, names, keys.len());
        let mut one = template.clone();
        *one.field(SERIAL) = integer([u8::try_from(number).unwrap()]);
        *one.field(SUBJECT) = name(own.name);
        *one.field(ISSUER) = name(above.name);
        *one.field(SPKI) = keys[own.key].spki();
        one.scheme = Some(keys[above.key].usual());
        identifiers(&mut one, dice);
        spoil(&mut one, dice, calm);
        authorities.push(one.sign(&keys[above.key], &mut dice.0));
    }
    let above = signer(&signers, dice, signers[0], names, keys.len());
    let mut leaf = Certificate::parse(&setup.certificate(part));
    *leaf.field(ISSUER) = name(above.name);
    leaf.scheme = Some(keys[above.key].usual());
    identifiers(&mut leaf, dice);
    let leaf = leaf.sign(&keys[above.key], &mut dice.0);

    let (mut chain, mut roots) = (vec![leaf], Vec::new());
    for authority in authorities {
        match dice.below(6) {
            0 | 1 => roots.push(authority),
            2 => {
                roots.push(authority.clone());
                chain.push(authority);
            }
            _ => chain.push(authority),
        }
    }
    case.about = format!(
        "{}: {part:?} in a web of {count}, {} roots",
        case.about,
        roots.len()
    );
    *case.chain(part) = chain;
    *case.roots(part) = Some(roots);
    case
}

fn key(number: usize) -> Key {
    let secret = [u8::try_from(number + 21).unwrap(); 32];
    Key::P256(p256::ecdsa::SigningKey::from_slice(&secret).unwrap())
}

/// Mostly an authority that exists, sometimes one that signs itself, rarely a name with another's key.
fn signer(signers: &[Signer], dice: &mut Dice, own: Signer, names: usize, keys: usize) -> Signer {
    match dice.below(8) {
        0 | 1 => own,
        2 => Signer {
            name: dice.below(names),
            key: dice.below(keys),
        },
        _ => *dice.pick(signers),
    }
}

fn name(number: usize) -> Node {
    let text = ["one", "two", "three", "four"][number];
    let attribute = sequence(vec![oid("2.5.4.3"), primitive(0x0c, text)]);
    sequence(vec![Node::Constructed(0x31, vec![attribute])])
}

fn identifiers(one: &mut Certificate, dice: &mut Dice) {
    for place in [AKI, SKI] {
        one.remove(place);
        let id = [u8::try_from(dice.below(3)).unwrap()];
        if id[0] == 0 {
            continue;
        }
        let value = if place == AKI {
            sequence(vec![primitive(0x80, id)])
        } else {
            primitive(0x04, id)
        };
        one.put(place, false, &value);
    }
}

/// One time in `calm` for each of these.
fn spoil(one: &mut Certificate, dice: &mut Dice, calm: usize) {
    if dice.one_in(calm) {
        one.remove(BASIC_CONSTRAINTS);
    }
    if dice.one_in(calm) {
        one.put(BASIC_CONSTRAINTS, true, &sequence(vec![]));
    }
    if dice.one_in(calm) {
        let length = integer([u8::try_from(dice.below(3)).unwrap()]);
        one.put(
            BASIC_CONSTRAINTS,
            true,
            &sequence(vec![boolean(true), length]),
        );
    }
    if dice.one_in(calm) {
        let place = dice.below(2);
        let text = if place == 0 {
            "300101000000Z"
        } else {
            "200101000000Z"
        };
        one.field(VALIDITY).children()[place] = primitive(0x17, text);
    }
    if dice.one_in(calm) {
        let usage = *dice.pick(&[
            "1.3.6.1.5.5.7.3.1",
            "1.3.6.1.5.5.7.3.2",
            "1.3.6.1.5.5.7.3.3",
            "2.5.29.37.0",
        ]);
        one.put(EKU, false, &sequence(vec![oid(usage)]));
    }
    if dice.one_in(calm) {
        let bits = *dice.pick(&[0x80, 0x04, 0x02]);
        one.put(KEY_USAGE, true, &primitive(0x03, [1, bits]));
    }
    if dice.one_in(calm * 2) {
        one.put("1.2.3.4", true, &primitive(0x05, []));
    }
    if dice.one_in(calm) {
        one.put(SAN, false, &sequence(vec![primitive(0x82, "one")]));
    }
    if dice.one_in(calm) {
        let base = *dice.pick(&["", "local", "kubernetes", "example"]);
        let list = vec![sequence(vec![primitive(0x82, base)])];
        let tag = 0xa0 + u8::from(dice.one_in(2));
        one.put(
            "2.5.29.30",
            true,
            &sequence(vec![Node::Constructed(tag, list)]),
        );
    }
    if dice.one_in(calm) {
        add_policies(one, dice);
    }
    if dice.one_in(calm) {
        let version = u8::try_from(dice.below(2)).unwrap();
        *one.field(VERSION) = explicit(0, integer([version]));
        one.tbs.children().truncate(EXTENSIONS);
    }
}
