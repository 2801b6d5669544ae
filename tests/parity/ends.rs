//! Changes of chains and roots, and of what is held.

use crate::case::{ALL, Case, LEAVES, Setup, root_of};
use crate::certificate::{
    BASIC_CONSTRAINTS, Certificate, EKU, ISSUER, SAN, SPKI, SUBJECT, VALIDITY,
};
use crate::der::{Node, boolean, integer, oid, primitive, sequence};
use crate::dice::Dice;
use crate::key::Key;
use crate::policies::add_policies;

pub(crate) fn swapped_keys(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let other = &dice.pick(&setup.pki.plan().certificates).id;
    case.about = format!("{}: {part:?} with the key of {other}", case.about);
    case.hold(part, &setup.key(other));
    case
}

pub(crate) fn other_certificates(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &ALL).unwrap();
    let certified: Vec<_> = setup
        .pki
        .plan()
        .certified()
        .map(|planned| &planned.id)
        .collect();
    let other = *dice.pick(&certified);
    case.about = format!("{}: {part:?} is {other}", case.about);
    case.put(part, setup.pki.issued(other).unwrap().certificate.clone());
    if LEAVES.contains(&part) {
        case.hold(part, &setup.key(other));
    }
    case
}

pub(crate) fn roots(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let own = case.roots(part).clone();
    let (Some(own), Some(leaf)) = (own, case.chain(part).first().cloned()) else {
        return case;
    };
    let mut namesake = Certificate::parse(&own[0]);
    let key =
        Key::P256(p256::ecdsa::SigningKey::from_slice(&[dice.octet() & 0x7f | 1; 32]).unwrap());
    *namesake.field(SPKI) = key.spki();
    namesake.scheme = Some(key.usual());
    if dice.one_in(2) {
        namesake.remove("2.5.29.14");
    }
    let namesake = namesake.sign(&key, &mut dice.0);
    let what = dice.below(9);
    let roots = match what {
        0 => vec![],
        1 => vec![dice.octets(20)],
        2 => vec![dice.octets(20), own[0].clone()],
        3 => vec![namesake, own[0].clone()],
        4 => vec![own[0].clone(), namesake],
        5 => vec![namesake],
        6 => vec![leaf],
        7 => vec![leaf, own[0].clone()],
        _ => vec![own[0].clone(), own[0].clone()],
    };
    case.about = format!("{}: roots of {part:?}: {what}", case.about);
    *case.roots(part) = Some(roots);
    case
}

/// Root, one or two intermediates, leaf; with one thing wrong, or none.
pub(crate) fn chains(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    if setup.id(root).is_none() || case.chain(part).is_empty() {
        return case;
    }
    let mut above = setup.issuer_key(part);
    let mut issuer = Certificate::parse(&setup.certificate(root));
    let mut chain: Vec<Vec<u8>> = Vec::new();
    let count = 1 + dice.below(3);
    let flaw = dice.below(14);
    let with_policies = dice.one_in(3);
    for level in 0..count {
        let key = Key::P256(
            p256::ecdsa::SigningKey::from_slice(&[u8::try_from(level + 3).unwrap(); 32]).unwrap(),
        );
        let mut one = Certificate::parse(&setup.certificate(root));
        *one.field(ISSUER) = issuer.field(SUBJECT).clone();
        let name = format!("intermediate {level}");
        let name = sequence(vec![
            oid("2.5.4.3"),
            primitive(0x0c, if flaw == 9 { "one" } else { &name }),
        ]);
        *one.field(SUBJECT) = sequence(vec![Node::Constructed(0x31, vec![name])]);
        *one.field(SPKI) = key.spki();
        one.remove("2.5.29.35");
        one.remove("2.5.29.14");
        one.scheme = Some(above.usual());
        if level + 1 == count {
            spoil(&mut one, flaw, dice);
        }
        if with_policies {
            add_policies(&mut one, dice);
        }
        let signer = if flaw == 7 && level + 1 == count {
            key.clone()
        } else {
            above
        };
        chain.insert(0, one.clone().sign(&signer, &mut dice.0));
        (above, issuer) = (key, one);
    }
    let mut leaf = Certificate::parse(&setup.certificate(part));
    *leaf.field(ISSUER) = issuer.field(SUBJECT).clone();
    leaf.remove("2.5.29.35");
    leaf.scheme = Some(above.usual());
    if with_policies {
        add_policies(&mut leaf, dice);
    }
    chain.insert(0, leaf.sign(&above, &mut dice.0));
    match flaw {
        10 => drop(chain.remove(1)),
        11 => chain[1..].reverse(),
        12 => chain.push(chain[1].clone()),
        13 => chain.push(dice.octets(30)),
        _ => {}
    }
    case.about = format!(
        "{}: {part:?} below {count}, flaw {flaw}, policies: {with_policies}",
        case.about
    );
    *case.chain(part) = chain;
    case
}

fn spoil(one: &mut Certificate, flaw: usize, dice: &mut Dice) {
    match flaw {
        0 => one.remove(BASIC_CONSTRAINTS),
        1 => one.put(BASIC_CONSTRAINTS, true, &sequence(vec![])),
        2 | 3 => {
            let length = u8::try_from(dice.below(2)).unwrap();
            one.put(
                BASIC_CONSTRAINTS,
                true,
                &sequence(vec![boolean(true), integer([length])]),
            );
        }
        4 => one.field(VALIDITY).children()[1] = primitive(0x17, "200101000000Z"),
        5 => one.put(EKU, false, &sequence(vec![oid("1.3.6.1.5.5.7.3.3")])),
        6 => one.put("2.5.29.15", true, &primitive(0x03, [7, 0x80])),
        8 => one.put(
            SAN,
            false,
            &sequence(vec![primitive(0x82, "trailing.dot.")]),
        ),
        _ => {}
    }
}
