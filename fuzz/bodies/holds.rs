//! What holds of every cluster that parses.

use std::collections::HashSet;

use hardway::by_hand::{Call, Recipe};
use hardway::verify::{Evidence, State, Verifier};
use hardway::{Bundle, Description, Error, Plan};

use super::dropped::stays_inside;
use super::{NOW, pool};

/// Certificates of a plan that is made as well: more take too long for one input of many.
pub(crate) const MOST: usize = 48;

/// Everything that is dialled is in the listener's certificate, and every file and recipe can be written.
pub(crate) fn plan(plan: &Plan) {
    for connection in &plan.connections {
        let server = plan.certificate(&connection.server.certificate).unwrap();
        for dial in &connection.dials {
            assert!(
                server.names.iter().any(|name| name.name == dial.host),
                "{}",
                connection.id
            );
        }
        assert!(!Call::of(plan, connection).steps.is_empty());
    }
    for planned in &plan.certificates {
        stays_inside(&planned.id);
        let _ = Recipe::of(planned, plan.certificate(&planned.issuer).unwrap());
    }
    let mut taken = HashSet::new();
    for placement in &plan.placements {
        assert!(
            taken.insert((&placement.node, &placement.path)),
            "{placement:?}"
        );
    }
}

/// Every connection verifies, and every file of the bundle has a place of its own.
pub(crate) fn issued(description: &Description) {
    issued_at(description, NOW);
}

/// The same when the clock shows another time than when it was issued.
pub(crate) fn issued_at(description: &Description, now: i64) {
    let pki = match pool::issued(description) {
        Ok(pki) => pki,
        // Only what depends on the clock is told so late.
        Err(Error::DatePast { .. } | Error::ValidityPastYear9999 { .. }) => return,
        Err(error) => panic!("{error:?}"),
    };
    let evidence = Evidence::of(&pki).unwrap();
    for verdict in Verifier::new(pki.plan(), &evidence, now).verdicts() {
        assert_eq!(verdict.state, State::Verified, "{verdict:?}");
    }
    let mut taken = HashSet::new();
    for file in Bundle::new(&pki).files() {
        let file = file.unwrap();
        stays_inside(&file.path);
        assert!(!file.content.is_empty(), "{}", file.path);
        assert!(taken.insert(file.path.clone()), "{} twice", file.path);
    }
}
