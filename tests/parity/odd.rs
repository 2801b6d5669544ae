//! The keys of `tests/vectors/odd_keys.txt`, and certificates made to hurt.

use base64ct::{Base64, Encoding};

use crate::case::{ALL, Case, LEAVES, Setup, edited, root_of};
use crate::certificate::{Certificate, SAN, SERIAL, SPKI, SUBJECT};
use crate::der::{Node, integer, oid, primitive, sequence};
use crate::dice::Dice;

const KEYS: &str = include_str!("../vectors/odd_keys.txt");

/// A key that the product does not make: in a root, in a chain, in a leaf whose holder has it or has not, or held with another leaf.
pub(crate) fn keys(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let lines: Vec<_> = KEYS
        .lines()
        .map(|line| line.split(' ').collect::<Vec<_>>())
        .collect();
    let [name, private, public] = lines[dice.number() % lines.len()][..] else {
        panic!("odd_keys.txt has three words a line");
    };
    let (private, public) = (
        Base64::decode_vec(private).unwrap(),
        Base64::decode_vec(public).unwrap(),
    );
    let mut case = setup.case(dice);
    let what = dice.below(5);
    let part = setup.part(dice, &LEAVES).unwrap();
    let place = if what == 0 && setup.id(root_of(part)).is_some() {
        root_of(part)
    } else {
        part
    };
    let mut one = Certificate::parse(&setup.certificate(place));
    *one.field(SPKI) = Node::Raw(public.clone());
    let one = one.sign(&setup.issuer_key(place), &mut dice.0);
    if what > 2 {
        case.hold_octets(part, public, private);
    }
    match what {
        0 => case.put(place, one),
        1 => case.chain(part).push(one),
        2 | 3 => case.put(part, one),
        _ => {}
    }
    case.about = format!("{}: {place:?} with {name}, way {what}", case.about);
    case
}

/// Too many, too deep, too large.
pub(crate) fn hurtful(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let number = dice.number() % 8;
    let size = 1 << (4 + dice.below(9));
    edited(setup, dice, &ALL, |certificate, dice| {
        match number {
            0 => {
                let names = (0..size).map(|n| primitive(0x82, format!("n{n}.example")));
                certificate.put(SAN, false, &sequence(names.collect()));
            }
            1 => {
                let deep =
                    (0..size).fold(Vec::new(), |inner, _| Node::Primitive(0x30, inner).encode());
                certificate.put("1.2.3.4", dice.one_in(2), &Node::Raw(deep));
            }
            2 => {
                let octets = dice.octets(size * 16);
                certificate.put("1.2.3.4", dice.one_in(2), &primitive(0x04, octets));
            }
            3 => *certificate.field(SERIAL) = integer(vec![0x55; size]),
            4 => {
                let usages = (0..size).map(|n| oid(&format!("1.2.3.{n}")));
                certificate.put("2.5.29.37", false, &sequence(usages.collect()));
            }
            5 => {
                let policies = (0..size).map(|n| sequence(vec![oid(&format!("1.2.3.{n}"))]));
                certificate.put("2.5.29.32", true, &sequence(policies.collect()));
            }
            6 => {
                let attribute = sequence(vec![oid("2.5.4.10"), primitive(0x0c, vec![b'o'; size])]);
                let set = Node::Constructed(0x31, vec![attribute; size.min(64)]);
                *certificate.field(SUBJECT) = sequence(vec![set]);
            }
            _ => {
                for n in 0..size.min(200) {
                    certificate.put(&format!("1.2.3.{n}"), false, &primitive(0x05, []));
                }
            }
        }
        format!("hurtful {number}, {size}")
    })
}

/// As many certificates as fit behind a leaf: the search gives up after a hundred signatures.
pub(crate) fn crowd(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    if setup.id(root).is_none() || case.chain(part).is_empty() {
        return case;
    }
    let count = *dice.pick(&[50, 98, 99, 100, 101, 110]);
    let wrong = setup.key(setup.id(part).unwrap());
    let first = Certificate::parse(&setup.certificate(root));
    let namesakes: Vec<_> = (0..count)
        .map(|n| {
            let mut one = first.clone();
            *one.field(SERIAL) = integer([1, n]);
            *one.field(SPKI) = wrong.spki();
            // Nobody looks at the signature of an authority that has not signed.
            sequence(vec![
                one.tbs.clone(),
                primitive(0x05, []),
                primitive(0x03, [0]),
            ])
            .encode()
        })
        .map(|mut der| {
            // The outer algorithm has to be the inner one for the certificate to be read.
            let mut whole = Node::parse(&der);
            let algorithm = whole.children()[0].children()[2].clone();
            whole.children()[1] = algorithm;
            der = whole.encode();
            der
        })
        .collect();
    let own = case.roots(part).clone().unwrap_or_default();
    let kept = if dice.one_in(2) { own } else { Vec::new() };
    let as_roots = dice.one_in(2);
    if as_roots {
        let all = namesakes.into_iter().chain(kept);
        *case.roots(part) = Some(all.collect());
    } else {
        case.chain(part).extend(namesakes);
        *case.roots(part) = Some(kept);
    }
    case.about = format!(
        "{}: {part:?} among {count} namesakes, as roots: {as_roots}",
        case.about
    );
    case
}
