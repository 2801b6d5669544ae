//! Changes of subjectAltName, nameConstraints, and of what is dialled.

use crate::case::{Case, LEAVES, Part, ROOTS, Setup, edited, root_of};
use crate::certificate::{Certificate, SAN};
use crate::der::{Node, explicit, oid, primitive, sequence};
use crate::dice::Dice;

const NAME_CONSTRAINTS: &str = "2.5.29.30";

/// A general name: of the kinds that Go reads, in forms that it takes or not, and of others.
fn general_name(dice: &mut Dice, host: &str) -> Node {
    let address: Vec<u8> = match host.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(address)) => address.octets().to_vec(),
        Ok(std::net::IpAddr::V6(address)) => address.octets().to_vec(),
        Err(_) => vec![192, 0, 2, 7],
    };
    let mapped = [&[0; 10][..], &[0xff, 0xff, 192, 0, 2, 7]].concat();
    let parent = host.split_once('.').map_or("*", |(_, parent)| parent);
    let names: Vec<(u8, Vec<u8>)> = vec![
        (0x82, host.into()),
        (0x82, host.to_ascii_uppercase().into()),
        (0x82, format!("{host}.").into()),
        (0x82, format!("*.{parent}").into()),
        (0x82, format!("*.{host}").into()),
        (0x82, "*".into()),
        (0x82, "a.*.example".into()),
        (0x82, "a_b".into()),
        (0x82, "b\u{fc}cher".into()),
        (0x82, "evil\u{1b}[0m\n".into()),
        (0x82, "".into()),
        (0x82, "a b".into()),
        (0x87, address.clone()),
        (0x87, mapped),
        (0x87, vec![1, 2, 3]),
        (0x87, vec![]),
        (0x87, [&address[..], &[255; 4]].concat()),
        (0x81, "root@example.com".into()),
        (0x81, "caf\u{e9}@example.com".into()),
        (0x86, "spiffe://cluster.local/ns/kube-system".into()),
        (0x86, "https://example.com:6443/a?b#c".into()),
        (0x86, ":no-scheme".into()),
        (0x86, "a:b".into()),
        (0x86, "with control\u{1}".into()),
        (0x86, "http://trailing.dot./".into()),
        (0x88, vec![0x55, 0x04]),
        (0xa0, vec![0x06, 0x01, 0x55]),
        (0xa4, vec![0x30, 0x00]),
        (0x22, host.into()),
        (0xa2, host.into()),
    ];
    let (tag, octets) = dice.pick(&names).clone();
    Node::Raw(primitive(tag, octets).encode())
}

pub(crate) fn san(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let host = setup.connection.dials[0].host.to_string();
    edited(
        setup,
        dice,
        &[Part::Server, Part::Server, Part::Client, Part::ServerRoot],
        |certificate, dice| {
            let own = certificate.value(SAN).map(|mut san| san.children().clone());
            let mut names = own.unwrap_or_default();
            let what = dice.below(8);
            match what {
                0 => names.clear(),
                1 if !names.is_empty() => {
                    let place = dice.below(names.len());
                    names.remove(place);
                }
                2 => {
                    certificate.remove(SAN);
                    return "no SAN".to_owned();
                }
                3 => names = vec![general_name(dice, &host)],
                4 => {
                    let tag = if dice.one_in(2) { 0x82 } else { 0x87 };
                    let many = 95 + dice.below(10);
                    names = (0..many)
                        .map(|n| {
                            primitive(
                                tag,
                                [192, 0, 2, u8::try_from(n).unwrap()].map(|octet| octet & 0x7f),
                            )
                        })
                        .collect();
                }
                5 => names.insert(0, general_name(dice, &host)),
                _ => {
                    names = (0..=dice.below(3))
                        .map(|_| general_name(dice, &host))
                        .collect();
                }
            }
            let critical = dice.one_in(3);
            let san = sequence(names);
            certificate.put(SAN, critical, &san);
            format!(
                "SAN {what}, critical: {critical}, {:02x?}",
                &san.encode()[..san.encode().len().min(60)]
            )
        },
    )
}

/// No SAN, and a CN that is the name that is dialled.
pub(crate) fn only_cn(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let host = case.handshake.host.clone();
    let cn = match dice.below(5) {
        0 => format!(
            "*.{}",
            host.split_once('.').map_or("", |(_, parent)| parent)
        ),
        1 => host.to_ascii_uppercase(),
        2 => "other".to_owned(),
        _ => host.clone(),
    };
    if dice.one_in(4) {
        case.handshake.host = format!("{host}.");
    }
    let mut certificate = Certificate::parse(&setup.certificate(Part::Server));
    certificate.remove(SAN);
    let name = sequence(vec![oid("2.5.4.3"), primitive(0x0c, &cn)]);
    *certificate.field(crate::certificate::SUBJECT) =
        sequence(vec![Node::Constructed(0x31, vec![name])]);
    case.about = format!("{}: no SAN, CN={cn}", case.about);
    case.put(
        Part::Server,
        certificate.sign(&setup.issuer_key(Part::Server), &mut dice.0),
    );
    case
}

fn subtree(dice: &mut Dice, host: &str) -> Node {
    let parent = host.split_once('.').map_or("local", |(_, parent)| parent);
    let bases: Vec<(u8, Vec<u8>)> = vec![
        (0x82, host.into()),
        (0x82, parent.into()),
        (0x82, format!(".{parent}").into()),
        (0x82, "".into()),
        (0x82, "local".into()),
        (0x82, "default.svc".into()),
        (0x82, "KUBERNETES".into()),
        (0x82, "kubernetes".into()),
        (0x82, "example.com.".into()),
        (0x82, "a..b".into()),
        (0x82, "caf\u{e9}".into()),
        (0x82, "a b".into()),
        (0x87, vec![192, 168, 0, 0, 255, 255, 0, 0]),
        (0x87, vec![10, 0, 0, 0, 255, 0, 0, 0]),
        (0x87, vec![0; 8]),
        (0x87, vec![127, 0, 0, 1, 255, 255, 255, 255]),
        (0x87, vec![10, 1, 2, 3, 255, 0, 0, 0]),
        (0x87, vec![10, 0, 0, 0, 255, 0, 255, 0]),
        (0x87, vec![10, 0, 0, 0, 0, 0, 0, 255]),
        (0x87, vec![1, 2, 3]),
        (0x87, vec![0; 32]),
        (0x87, [&[0; 10][..], &[0xff; 22]].concat()),
        (0x81, "example.com".into()),
        (0x81, "root@example.com".into()),
        (0x81, ".example.com".into()),
        (0x81, "a@b@c".into()),
        (0x86, "cluster.local".into()),
        (0x86, "127.0.0.1".into()),
        (0x86, ".local".into()),
        (0x86, "bad.".into()),
        (0xa4, vec![0x30, 0x00]),
        (0x88, vec![0x55]),
    ];
    let (tag, octets) = dice.pick(&bases).clone();
    sequence(vec![Node::Raw(primitive(tag, octets).encode())])
}

/// On an authority, of what it signs.
pub(crate) fn constraints(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let host = setup.connection.dials[0].host.to_string();
    edited(
        setup,
        dice,
        &[ROOTS[0], ROOTS[0], ROOTS[0], ROOTS[1], Part::Server],
        |certificate, dice| {
            let mut both = Vec::new();
            for number in 0..2 {
                if dice.one_in(2) {
                    let count = dice.below(4);
                    let list = (0..count).map(|_| subtree(dice, &host)).collect();
                    both.push(explicit(
                        number,
                        Node::Raw(Node::Constructed(0x30, list).content()),
                    ));
                }
            }
            if dice.one_in(12) {
                both.push(Node::Raw(vec![0x05, 0x00]));
            }
            let value = sequence(both);
            let critical = !dice.one_in(3);
            certificate.put(NAME_CONSTRAINTS, critical, &value);
            format!(
                "name constraints, critical: {critical}, {:02x?}",
                value.encode()
            )
        },
    )
}

/// Constraints meet names of other kinds: e-mail, URI, wildcards.
pub(crate) fn constrained_names(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let host = setup.connection.dials[0].host.to_string();
    let part = setup.part(dice, &LEAVES).unwrap();
    let root = root_of(part);
    let mut case = setup.case(dice);
    if setup.id(root).is_none() {
        return case;
    }
    let mut leaf = Certificate::parse(&setup.certificate(part));
    let own = leaf.value(SAN).map(|mut san| san.children().clone());
    let mut names = own.unwrap_or_default();
    let more: [(u8, &str); 14] = [
        (0x81, "root@example.com"),
        (0x81, "ROOT@EXAMPLE.COM"),
        (0x81, "\"quoted \\\" local\"@example.com"),
        (0x81, "no-at"),
        (0x81, "a..b@example.com"),
        (0x81, "a@sub.example.com"),
        (0x86, "spiffe://cluster.local/a"),
        (0x86, "spiffe://x.cluster.local:80/a"),
        (0x86, "urn:a"),
        (0x86, "http://127.0.0.1/"),
        (0x82, "*.local"),
        (0x82, "*.default.svc"),
        (0x82, "trailing.dot."),
        (0x82, "WWW.Local"),
    ];
    for _ in 0..=dice.below(2) {
        let (tag, text) = dice.pick(&more);
        names.push(primitive(*tag, text));
    }
    leaf.put(SAN, false, &sequence(names));
    let count = 1 + dice.below(3);
    let list = (0..count).map(|_| subtree(dice, &host)).collect();
    let number = u8::from(!dice.one_in(3));
    let value = sequence(vec![Node::Constructed(0xa0 | number, list)]);
    let mut authority = Certificate::parse(&setup.certificate(root));
    authority.put(NAME_CONSTRAINTS, true, &value);
    case.about = format!(
        "{}: {part:?} with {:02x?}, {root:?} with {:02x?}",
        case.about,
        leaf.value(SAN).unwrap().encode(),
        value.encode()
    );
    case.put(part, leaf.sign(&setup.issuer_key(part), &mut dice.0));
    case.put(root, authority.sign(&setup.issuer_key(root), &mut dice.0));
    case
}
