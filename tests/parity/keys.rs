//! Changes of keys, and of what is signed with them.

use crate::case::{ALL, Case, LEAVES, Setup, edited, root_of};
use crate::certificate::{ALGORITHM, Certificate, SPKI};
use crate::der::{Node, bits, integer, null, oid, primitive, sequence, unsigned};
use crate::dice::Dice;
use crate::key::{Key, Scheme, pss, rsa_spki};

pub(crate) fn inside_and_outside(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let own = certificate.field(ALGORITHM).clone();
        let other = match dice.below(6) {
            0 => sequence(vec![own.clone().children()[0].clone()]),
            1 => sequence(vec![own.clone().children()[0].clone(), null(), null()]),
            2 => sequence(vec![]),
            3 => sequence(vec![oid("1.2.840.113549.1.1.12"), null()]),
            4 => primitive(0x05, []),
            _ => sequence(vec![
                own.clone().children()[0].clone(),
                Node::Raw(vec![0x30, 0x80]),
            ]),
        };
        let place = dice.below(3);
        if place != 0 {
            *certificate.field(ALGORITHM) = other.clone();
        }
        certificate.outside = Some(if place == 1 { own } else { other.clone() });
        format!("algorithm {:02x?} at {place}", other.encode())
    })
}

pub(crate) fn signatures(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let scheme = *dice.pick(&Scheme::ALL);
        certificate.scheme = Some(scheme);
        if dice.one_in(8) {
            certificate.unused = 1 + u8::try_from(dice.below(7)).unwrap();
        }
        format!("signed with {scheme:?}, {} bits unused", certificate.unused)
    })
}

const HASHES: [&str; 4] = [
    "2.16.840.1.101.3.4.2.1",
    "2.16.840.1.101.3.4.2.2",
    "2.16.840.1.101.3.4.2.3",
    "1.3.14.3.2.26",
];

pub(crate) fn pss_parameters(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(setup, dice, &ALL, |certificate, dice| {
        let salt = *dice.pick(&[32, 48, 64, 20]);
        let trailer = *dice.pick(&[None, Some(1), Some(2)]);
        let (hash, mgf) = (*dice.pick(&HASHES), *dice.pick(&HASHES));
        let mgf = if dice.one_in(3) { mgf } else { hash };
        let algorithm = match dice.below(6) {
            0 => sequence(vec![oid("1.2.840.113549.1.1.10")]),
            1 => sequence(vec![oid("1.2.840.113549.1.1.10"), null()]),
            _ => pss(hash, mgf, salt, trailer),
        };
        *certificate.field(ALGORITHM) = algorithm.clone();
        format!("PSS {:02x?}", algorithm.encode())
    })
}

fn key_of_another_kind(dice: &mut Dice) -> (Key, String) {
    let (key, name) = match dice.below(9) {
        0 => (Key::p521(dice.octet() | 1), "P-521".to_owned()),
        1 => (Key::ed25519(dice.octet()), "Ed25519".to_owned()),
        2 => (
            Key::P256(p256::ecdsa::SigningKey::from_slice(&[dice.octet() & 0x7f | 1; 32]).unwrap()),
            "P-256".to_owned(),
        ),
        3 => (
            Key::P384(p384::ecdsa::SigningKey::from_slice(&[dice.octet() & 0x7f | 1; 48]).unwrap()),
            "P-384".to_owned(),
        ),
        _ => {
            let bits = *dice.pick(&[512, 520, 768, 1016, 1024, 1031, 1536]);
            (Key::rsa(bits, &mut dice.0), format!("RSA {bits}"))
        }
    };
    (key, name)
}

/// A leaf with a key of another kind, which its holder has.
pub(crate) fn leaf_keys(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let (key, name) = key_of_another_kind(dice);
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let mut leaf = Certificate::parse(&setup.certificate(part));
    *leaf.field(SPKI) = key.spki();
    case.about = format!("{}: {part:?} with {name}", case.about);
    case.put(part, leaf.sign(&setup.issuer_key(part), &mut dice.0));
    if !dice.one_in(5) {
        case.hold(part, &key);
    }
    case
}

/// An authority with a key of another kind.
pub(crate) fn authority_keys(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let (key, name) = key_of_another_kind(dice);
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    if setup.id(root).is_none() {
        return case;
    }
    let mut authority = Certificate::parse(&setup.certificate(root));
    *authority.field(SPKI) = key.spki();
    authority.scheme = Some(key.usual());
    let mut leaf = Certificate::parse(&setup.certificate(part));
    leaf.scheme = Some(if dice.one_in(3) {
        *dice.pick(&Scheme::ALL)
    } else {
        key.usual()
    });
    case.about = format!(
        "{}: {root:?} with {name}, leaf by {:?}",
        case.about, leaf.scheme
    );
    case.put(part, leaf.sign(&key, &mut dice.0));
    case.put(root, authority.sign(&key, &mut dice.0));
    case
}

/// Keys that are none, and keys that nobody should have.
pub(crate) fn odd_keys(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let huge = unsigned(&[&[0x80][..], &dice.octets(1100), &[1]].concat());
    let modulus = unsigned(&[&[0x80][..], &dice.octets(254), &[1]].concat());
    let even = unsigned(&[&[0x80][..], &dice.octets(254), &[2]].concat());
    let point = [&[4][..], &dice.octets(64)].concat();
    let ec = |curve: &str, point: &[u8]| {
        sequence(vec![
            sequence(vec![oid("1.2.840.10045.2.1"), oid(curve)]),
            bits(point),
        ])
    };
    // A coordinate that is larger than the field, and one that is not.
    let beyond = |curve: &str, length: usize| {
        let (small, large) = (vec![1; length], vec![0xff; length]);
        ec(curve, &[&[4][..], &small, &large].concat())
    };
    let of = |algorithm: Vec<Node>, key: &[u8]| sequence(vec![sequence(algorithm), bits(key)]);
    let dsa = |p: Node| sequence(vec![p, integer([7]), integer([2])]);
    let keys = [
        rsa_spki(huge, integer([1, 0, 1])),
        rsa_spki(modulus.clone(), integer([1])),
        rsa_spki(modulus.clone(), integer([3])),
        rsa_spki(modulus.clone(), integer([2])),
        rsa_spki(modulus.clone(), integer([0])),
        rsa_spki(modulus.clone(), integer([0xff])),
        rsa_spki(modulus.clone(), integer([0x7f; 5])),
        rsa_spki(modulus.clone(), integer([0x7f; 9])),
        rsa_spki(even, integer([1, 0, 1])),
        rsa_spki(integer([0]), integer([3])),
        rsa_spki(integer([0x80]), integer([3])),
        rsa_spki(integer([]), integer([3])),
        rsa_spki(modulus.clone(), primitive(0x05, [])),
        of(
            vec![oid("1.2.840.113549.1.1.1")],
            &sequence(vec![modulus.clone(), integer([3])]).encode(),
        ),
        of(vec![oid("1.2.840.113549.1.1.1"), null()], &[0x05, 0]),
        of(
            vec![oid("1.2.840.113549.1.1.10")],
            &sequence(vec![modulus, integer([3])]).encode(),
        ),
        ec("1.2.840.10045.3.1.7", &point),
        ec("1.2.840.10045.3.1.7", &point[..64]),
        ec("1.2.840.10045.3.1.7", &[2; 33]),
        ec("1.2.840.10045.3.1.7", &[0]),
        ec("1.2.840.10045.3.1.7", &[]),
        ec("1.3.132.0.34", &[&point[..], &[1; 32]].concat()),
        ec("1.3.132.0.35", &point),
        beyond("1.2.840.10045.3.1.7", 32),
        beyond("1.3.132.0.34", 48),
        beyond("1.3.132.0.35", 66),
        ec("1.3.132.0.10", &point),
        of(vec![oid("1.2.840.10045.2.1")], &point),
        of(vec![oid("1.2.840.10045.2.1"), null()], &point),
        of(vec![oid("1.3.101.112")], &[7; 31]),
        of(vec![oid("1.3.101.112"), null()], &[7; 32]),
        of(vec![oid("1.3.101.110")], &[7; 32]),
        of(vec![oid("1.3.101.113")], &[7; 57]),
        of(
            vec![oid("1.2.840.10040.4.1"), dsa(integer([23]))],
            &integer([5]).encode(),
        ),
        of(
            vec![oid("1.2.840.10040.4.1"), dsa(integer([0]))],
            &integer([5]).encode(),
        ),
        of(
            vec![oid("1.2.840.10040.4.1"), null()],
            &integer([5]).encode(),
        ),
        of(vec![oid("1.2.3.4")], &[1, 2, 3]),
        of(vec![Node::Raw(vec![0x06, 0x80])], &[1]),
        sequence(vec![sequence(vec![oid("1.2.3.4")])]),
    ];
    let key = dice.pick(&keys).clone();
    if dice.one_in(3) {
        return in_chain(setup, dice, &key);
    }
    edited(setup, dice, &ALL, |certificate, _| {
        *certificate.field(SPKI) = key.clone();
        let der = key.encode();
        format!("key {:02x?}", &der[..der.len().min(40)])
    })
}

/// Behind the leaf, where nobody needs it.
fn in_chain(setup: &Setup<'_>, dice: &mut Dice, key: &Node) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, &LEAVES).unwrap();
    let mut other = Certificate::parse(&setup.certificate(part));
    *other.field(SPKI) = key.clone();
    let der = key.encode();
    case.about = format!(
        "{}: {part:?} followed by key {:02x?}",
        case.about,
        &der[..der.len().min(40)]
    );
    let other = other.sign(&setup.issuer_key(part), &mut dice.0);
    case.chain(part).push(other);
    case
}
