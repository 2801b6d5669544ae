//! Several faults in one connection: the first that Go meets is the one that is told.

use crate::case::{Case, LEAVES, Part, Setup, root_of};
use crate::certificate::{
    AKI, BASIC_CONSTRAINTS, Certificate, EKU, ISSUER, KEY_USAGE, SAN, SERIAL, SKI, SUBJECT,
    VALIDITY,
};
use crate::der::{boolean, integer, oid, primitive, sequence};
use crate::dice::Dice;
use crate::key::Scheme;

/// One fault, of a leaf or of an authority.
type Fault = fn(&mut Certificate);

const FAULTS: [(&str, Fault); 24] = [
    ("expired", |one| {
        one.field(VALIDITY).children()[1] = primitive(0x17, "200101000000Z");
    }),
    ("not yet valid", |one| {
        one.field(VALIDITY).children()[0] = primitive(0x17, "300101000000Z");
    }),
    ("time malformed", |one| {
        one.field(VALIDITY).children()[0] = primitive(0x17, "noon");
    }),
    ("unknown critical extension", |one| {
        one.put("1.2.3.4", true, &primitive(0x05, []));
    }),
    ("unknown extension twice", |one| {
        one.put("1.2.3.4", false, &primitive(0x05, []));
        let last = one.extensions().last().cloned();
        one.extensions().extend(last);
    }),
    ("serverAuth only", |one| {
        one.put(EKU, false, &sequence(vec![oid("1.3.6.1.5.5.7.3.1")]));
    }),
    ("clientAuth only", |one| {
        one.put(EKU, false, &sequence(vec![oid("1.3.6.1.5.5.7.3.2")]));
    }),
    ("codeSigning only", |one| {
        one.put(EKU, true, &sequence(vec![oid("1.3.6.1.5.5.7.3.3")]));
    }),
    ("no basicConstraints", |one| one.remove(BASIC_CONSTRAINTS)),
    ("not an authority", |one| {
        one.put(BASIC_CONSTRAINTS, true, &sequence(vec![]));
    }),
    ("no length left", |one| {
        one.put(
            BASIC_CONSTRAINTS,
            true,
            &sequence(vec![boolean(true), integer([0])]),
        );
    }),
    ("no keyCertSign", |one| {
        one.put(KEY_USAGE, true, &primitive(0x03, [7, 0x80]));
    }),
    ("SHA-1", |one| one.scheme = Some(Scheme::Sha1)),
    ("MD5", |one| one.scheme = Some(Scheme::Md5)),
    ("unknown signature", |one| {
        one.scheme = Some(Scheme::Unknown);
    }),
    ("no names", |one| one.remove(SAN)),
    ("another name", |one| {
        one.put(
            SAN,
            false,
            &sequence(vec![primitive(0x82, "other.example")]),
        );
    }),
    ("names malformed", |one| {
        one.put(SAN, false, &sequence(vec![primitive(0x87, [1, 2, 3])]));
    }),
    ("another issuer", |one| {
        *one.field(ISSUER) = crate::texts::common_name(0x0c, b"nobody");
    }),
    ("another subject", |one| {
        *one.field(SUBJECT) = crate::texts::common_name(0x13, b"somebody");
    }),
    ("negative serial number", |one| {
        *one.field(SERIAL) = integer([0xff]);
    }),
    ("excludes every name", |one| {
        let base = sequence(vec![primitive(0x82, "")]);
        let list = crate::der::Node::Constructed(0xa1, vec![base]);
        one.put("2.5.29.30", true, &sequence(vec![list]));
    }),
    ("wants a policy", |one| {
        one.put("2.5.29.36", true, &sequence(vec![primitive(0x80, [0])]));
    }),
    ("other key identifiers", |one| {
        one.put(SKI, false, &primitive(0x04, [1]));
        one.put(AKI, false, &sequence(vec![primitive(0x80, [2])]));
    }),
];

/// Two to four of them, on the leaf and on its authority, and sometimes another key, host or clock.
pub(crate) fn several(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let mut told = Vec::new();
    let mut changed: Vec<(Part, Certificate)> = Vec::new();
    for _ in 0..2 + dice.below(3) {
        let leaf = setup.part(dice, &LEAVES).unwrap();
        let part = if dice.one_in(2) { root_of(leaf) } else { leaf };
        if setup.id(part).is_none() {
            continue;
        }
        let (what, fault) = dice.pick(&FAULTS);
        told.push(format!("{part:?} {what}"));
        if let Some((_, one)) = changed.iter_mut().find(|(other, _)| *other == part) {
            fault(one);
        } else {
            let mut one = Certificate::parse(&setup.certificate(part));
            fault(&mut one);
            changed.push((part, one));
        }
    }
    for (part, one) in changed {
        let key = if dice.one_in(8) {
            told.push(format!("{part:?} signed by another"));
            setup.key(setup.id(Part::Server).unwrap())
        } else {
            setup.issuer_key(part)
        };
        case.put(part, one.sign(&key, &mut dice.0));
    }
    if dice.one_in(6) {
        told.push("another host".to_owned());
        case.handshake.host = dice.pick(&["192.0.2.9", "elsewhere", "a..b"]).to_string();
    }
    if dice.one_in(6) {
        told.push("another clock".to_owned());
        case.handshake.now += *dice.pick(&[-86_400, 86_400 * 40_000]);
    }
    if dice.one_in(8) {
        let part = setup.part(dice, &LEAVES).unwrap();
        let other = &dice.pick(&setup.pki.plan().certificates).id;
        told.push(format!("{part:?} holds the key of {other}"));
        case.hold(part, &setup.key(other));
    }
    case.about = format!("{}: {}", case.about, told.join(", "));
    case
}
