//! Descriptions with one fault, and the error that each gives.

use hardway::{Cluster, Description, Error, Plan};
use serde_json::{Value, json};

/// One fault: the description, and the error's code, field, expectation and finding.
pub(crate) type Refused<'a> = (Value, &'a str, &'a str, &'a str, &'a str);

pub(crate) fn refused(table: &[Refused]) {
    for (description, code, field, expected, found) in table {
        let error = parse(description).expect_err(&description.to_string());
        assert_eq!(
            facts(&error),
            [*code, field, expected, found],
            "{description}"
        );
    }
}

pub(crate) fn accepted(descriptions: &[Value]) {
    for description in descriptions {
        parse(description).unwrap_or_else(|error| panic!("{description}: {error}"));
    }
}

/// A control plane `cp` at 10.0.0.1, and one more node.
pub(crate) fn with_node(name: &str, role: &str, address: &str) -> Value {
    json!({"preset": "hard-way-2020", "nodes": [
        {"name": "cp", "role": "control-plane", "addresses": ["10.0.0.1"]},
        {"name": name, "role": role, "addresses": [address]}]})
}

fn parse(description: &Value) -> Result<Plan, Error> {
    let description: Description = description.to_string().parse()?;
    Cluster::parse(&description).map(|cluster| Plan::new(&cluster))
}

/// Code, field, expectation and finding; a message and a hint are there whatever the error.
pub(crate) fn facts(error: &Error) -> [String; 4] {
    assert!(
        !error.hint().is_empty() && !error.to_string().is_empty(),
        "{error:?}"
    );
    [
        error.code().to_owned(),
        error.field().unwrap_or_default().to_owned(),
        error.expected().unwrap_or_default(),
        error.found().unwrap_or_default().to_owned(),
    ]
}
