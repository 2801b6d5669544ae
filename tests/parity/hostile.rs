//! Certificates made to hurt: Go's verdict on each, and no end without one.

use crate::case::{Case, Part, Setup};
use crate::certificate::{Certificate, ISSUER, SAN, SPKI, SUBJECT};
use crate::der::{Node, explicit, integer, oid, primitive, sequence, unsigned};
use crate::dice::Dice;
use crate::key::{Key, rsa_spki};

const NAME_CONSTRAINTS: &str = "2.5.29.30";
const MANY: usize = 10_000;

/// Each with the connection's server certificate, or its authority, in the place of the good one.
pub(crate) fn cases(setup: &Setup<'_>) -> Vec<(&'static str, Case)> {
    let mut dice = Dice::of("hostile", 0);
    let mut cases = vec![
        (
            "an extension of 16 MB",
            with(setup, &mut dice, Part::Server, |one| {
                one.put("1.2.3.4", false, &primitive(0x04, vec![0; 16 << 20]));
            }),
        ),
        (
            "a critical extension of 16 MB",
            with(setup, &mut dice, Part::ServerRoot, |one| {
                one.put("1.2.3.4", true, &primitive(0x04, vec![0; 16 << 20]));
            }),
        ),
        (
            "10,000 names",
            with(setup, &mut dice, Part::Server, |one| {
                one.put(SAN, false, &sequence((0..MANY).map(dns).collect()));
            }),
        ),
        (
            "10,000 addresses",
            with(setup, &mut dice, Part::Server, |one| {
                let address = |n: usize| primitive(0x87, u32::try_from(n).unwrap().to_be_bytes());
                one.put(SAN, false, &sequence((0..MANY).map(address).collect()));
            }),
        ),
        (
            "10,000 elements in one another, in an extension",
            with(setup, &mut dice, Part::Server, |one| {
                one.put("1.2.3.4", false, &nested());
            }),
        ),
        (
            "10,000 elements in one another, for names",
            with(setup, &mut dice, Part::Server, |one| {
                one.put(SAN, false, &nested());
            }),
        ),
        (
            "10,000 elements in one another, for a subject",
            with(setup, &mut dice, Part::Server, |one| {
                *one.field(SUBJECT) = nested();
            }),
        ),
        (
            "10,000 extensions",
            with(setup, &mut dice, Part::Server, |one| {
                for n in 0..MANY {
                    one.extensions().push(crate::certificate::extension(
                        &format!("1.2.3.{n}"),
                        false,
                        &integer([1]),
                    ));
                }
            }),
        ),
        (
            "10,000 relative names",
            with(setup, &mut dice, Part::Server, |one| {
                let cn = sequence(vec![oid("2.5.4.3"), primitive(0x0c, "many")]);
                *one.field(SUBJECT) = sequence(vec![Node::Constructed(0x31, vec![cn]); MANY]);
            }),
        ),
        (
            "10,000 policies",
            with(setup, &mut dice, Part::Server, |one| {
                let policy = |n| sequence(vec![oid(&format!("1.2.4.{n}"))]);
                one.put(
                    "2.5.29.32",
                    false,
                    &sequence((0..MANY).map(policy).collect()),
                );
            }),
        ),
    ];
    cases.extend(keys(setup, &mut dice));
    cases.push((
        "10,000 names under 10,000 constraints",
        constrained(setup, &mut dice),
    ));
    cases.push(("200 intermediates of one name", crowd(setup, &mut dice)));
    let der = setup.certificate(Part::Server);
    for length in [0, 1, 4, der.len() / 2, der.len() - 1] {
        let mut case = setup.case(&mut dice);
        case.put(Part::Server, der[..length].to_vec());
        cases.push(("cut off", case));
    }
    cases
}

/// Authorities whose keys nobody should have.
fn keys(setup: &Setup<'_>, dice: &mut Dice) -> Vec<(&'static str, Case)> {
    vec![
        (
            "a modulus of 16384 bits",
            with(setup, dice, Part::ServerRoot, |one| {
                *one.field(SPKI) = rsa_spki(unsigned(&[0xff; 2048]), integer([1, 0, 1]));
            }),
        ),
        (
            "an exponent of 1",
            with(setup, dice, Part::ServerRoot, |one| {
                *one.field(SPKI) = rsa_spki(unsigned(&[0xff; 256]), integer([1]));
            }),
        ),
        (
            "an exponent of 3",
            with(setup, dice, Part::ServerRoot, |one| {
                *one.field(SPKI) = rsa_spki(unsigned(&[0xff; 256]), integer([3]));
            }),
        ),
        (
            "a modulus of 512 bits",
            with(setup, dice, Part::ServerRoot, |one| {
                *one.field(SPKI) = rsa_spki(unsigned(&[0xff; 64]), integer([1, 0, 1]));
            }),
        ),
        (
            "P-521",
            with(setup, dice, Part::ServerRoot, |one| {
                *one.field(SPKI) = Key::p521(5).spki();
            }),
        ),
    ]
}

fn with(
    setup: &Setup<'_>,
    dice: &mut Dice,
    part: Part,
    change: impl FnOnce(&mut Certificate),
) -> Case {
    let mut case = setup.case(dice);
    let mut certificate = Certificate::parse(&setup.certificate(part));
    change(&mut certificate);
    let der = certificate.sign(&setup.issuer_key(part), &mut dice.0);
    case.put(part, der);
    case
}

fn dns(n: usize) -> Node {
    primitive(0x82, format!("n{n}.example"))
}

fn nested() -> Node {
    // Lengths from the inside out, since a tree so deep would be written without end.
    let mut der = vec![0x05, 0x00];
    for _ in 0..MANY {
        der = Node::Primitive(0x30, der).encode();
    }
    Node::Raw(der)
}

fn constrained(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = with(setup, dice, Part::Server, |one| {
        let mut names = one.value(SAN).unwrap().children().clone();
        names.extend((0..MANY).map(|n| primitive(0x82, format!("*.n{n}.example"))));
        one.put(SAN, false, &sequence(names));
    });
    let excluded = |n| sequence(vec![primitive(0x82, format!("x{n}.y{n}.other"))]);
    let mut authority = Certificate::parse(&setup.certificate(Part::ServerRoot));
    let list = (0..MANY).map(excluded).collect();
    authority.put(
        NAME_CONSTRAINTS,
        true,
        &sequence(vec![explicit(
            1,
            Node::Raw(Node::Constructed(0x30, list).content()),
        )]),
    );
    case.put(
        Part::ServerRoot,
        authority.sign(&setup.issuer_key(Part::ServerRoot), &mut dice.0),
    );
    case
}

/// Each claims to have signed the one before.
fn crowd(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let name = Certificate::parse(&setup.certificate(Part::ServerRoot))
        .field(SUBJECT)
        .clone();
    for n in 0..200_u8 {
        let mut one = Certificate::parse(&setup.certificate(Part::ServerRoot));
        *one.field(ISSUER) = name.clone();
        *one.field(crate::certificate::SERIAL) = unsigned(&[n, 1]);
        *one.field(SPKI) = Key::p521(n | 1).spki();
        let der = one.sign(&setup.issuer_key(Part::ServerRoot), &mut dice.0);
        case.chain(Part::Server).push(der);
    }
    *case.roots(Part::Server) = Some(vec![]);
    case
}
