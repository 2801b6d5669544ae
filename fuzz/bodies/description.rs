//! A description of a stranger's, as a link or a file brings it.

use hardway::{Cluster, Description, Outline, Plan};

use super::holds;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match text.parse::<Description>() {
        Ok(description) => one(&description),
        Err(error) => drop(error.to_string()),
    }
}

/// What holds of any description that is one.
pub(crate) fn one(description: &Description) {
    let written = serde_json::to_string(description).unwrap();
    assert_eq!(written.parse().as_ref(), Ok(description));
    let cluster = match Cluster::parse(description) {
        Ok(cluster) => cluster,
        Err(error) => {
            // Whoever is refused is told what, in words that end.
            assert!(!error.to_string().is_empty() && !error.code().is_empty());
            assert!(
                error
                    .found()
                    .is_none_or(|found| found.chars().count() <= 1_000),
                "{error:?}"
            );
            return;
        }
    };
    let plan = Plan::new(&cluster);
    // With every default filled in, it is the same cluster.
    let again = Cluster::parse(&plan.cluster).expect("a cluster's own description parses");
    assert_eq!(
        serde_json::to_value(Plan::new(&again)).unwrap(),
        serde_json::to_value(&plan).unwrap()
    );
    let outline = Outline::new(cluster, None);
    assert_eq!(outline.totals.keys, plan.certificates.len());
    if plan.certificates.len() <= holds::MOST {
        holds::plan(&plan);
        holds::issued(description);
    }
}
