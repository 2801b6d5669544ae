//! What is dialled, and when.

use crate::case::{Case, Setup};
use crate::dice::Dice;

const HOSTS: [&str; 30] = [
    "192.0.2.1",
    "fd00::1",
    "::ffff:192.0.2.1",
    "::1",
    "other.example",
    "kubernetes",
    "KUBERNETES",
    "Kubernetes.Default",
    "kubernetes.default.svc.",
    "kubernetes.default.svc.cluster.local",
    "a_b",
    "-a",
    "a-",
    "a..b",
    "*",
    "*.example",
    "[127.0.0.1]",
    "[::1]",
    "127.0.0.1",
    "localhost",
    "fe80::1%eth0",
    "1.2.3",
    "1.2.3.4.5",
    "010.0.0.1",
    "b\u{fc}cher.example",
    "a b",
    ".",
    "a.",
    "xn--bcher-kva.example",
    "0",
];

pub(crate) fn hosts(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let own = case.handshake.host.clone();
    case.handshake.host = match dice.below(8) {
        0 => own.to_ascii_uppercase(),
        1 => format!("{own}."),
        2 => format!("[{own}]"),
        3 => format!("x.{own}"),
        _ => (*dice.pick(&HOSTS)).to_owned(),
    };
    case.about = format!("{}: dials {}", case.about, case.handshake.host);
    case
}

pub(crate) fn clocks(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    let mut case = setup.case(dice);
    let away = [
        -301,
        -300,
        -299,
        -1,
        0,
        1,
        86_400 * 365,
        86_400 * 366,
        86_400 * 999,
        86_400 * 1000,
        86_400 * 1000 + 1,
        86_400 * 36_500,
        -86_400 * 365 * 100,
        86_400 * 365 * 200,
        86_400 * 3650,
        86_400 * 3650 + 1,
    ];
    case.handshake.now += dice.pick(&away);
    case.about = format!("{}: at {}", case.about, case.handshake.now);
    case
}
