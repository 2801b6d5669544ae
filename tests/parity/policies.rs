//! The four extensions of policies.

use crate::case::{Case, LEAVES, ROOTS, Setup, edited};
use crate::certificate::Certificate;
use crate::der::{Node, integer, oid, primitive, sequence};
use crate::dice::Dice;

pub(crate) const POLICIES: &str = "2.5.29.32";

pub(crate) const MAPPINGS: &str = "2.5.29.33";

pub(crate) const POLICY_CONSTRAINTS: &str = "2.5.29.36";

pub(crate) const INHIBIT_ANY: &str = "2.5.29.54";

const SOME: [&str; 4] = ["1.2.3.1", "1.2.3.2", "2.5.29.32.0", "1.2.3.3"];

/// On a leaf or an authority; longer chains have theirs in `ends`.
pub(crate) fn policies(setup: &Setup<'_>, dice: &mut Dice) -> Case {
    edited(
        setup,
        dice,
        &[LEAVES[0], LEAVES[1], ROOTS[0]],
        |certificate, dice| {
            let mut what = String::new();
            for name in add_policies(certificate, dice) {
                what = format!("{what} {name}");
            }
            format!("policies:{what}")
        },
    )
}

pub(crate) fn add_policies(certificate: &mut Certificate, dice: &mut Dice) -> Vec<&'static str> {
    let mut added = Vec::new();
    let mut put =
        |certificate: &mut Certificate, name: &'static str, value: &Node, dice: &mut Dice| {
            certificate.put(name, dice.one_in(2), value);
            added.push(name);
        };
    if !dice.one_in(3) {
        let count = 1 + dice.below(3);
        let list = (0..count)
            .map(|_| sequence(vec![oid(dice.pick::<&str>(&SOME))]))
            .collect();
        put(certificate, POLICIES, &sequence(list), dice);
    }
    if dice.one_in(2) {
        let mut both = Vec::new();
        for number in 0..2 {
            if dice.one_in(2) {
                both.push(primitive(
                    0x80 | number,
                    [u8::try_from(dice.below(3)).unwrap()],
                ));
            }
        }
        put(certificate, POLICY_CONSTRAINTS, &sequence(both), dice);
    }
    if dice.one_in(3) {
        let pair = sequence(vec![
            oid(dice.pick::<&str>(&SOME)),
            oid(dice.pick::<&str>(&SOME)),
        ]);
        put(certificate, MAPPINGS, &sequence(vec![pair]), dice);
    }
    if dice.one_in(3) {
        put(
            certificate,
            INHIBIT_ANY,
            &integer([u8::try_from(dice.below(3)).unwrap()]),
            dice,
        );
    }
    added
}
