//! Go's opinion of a connection: tests/go/handshake.go, given the files that each end's flags name.

use std::path::PathBuf;

use hardway::{Attribute, Connection, Plan};
use serde::{Deserialize, Serialize};

use super::command::run_with;
use super::{Unpacked, go};

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Handshake {
    #[serde(rename = "ID")]
    pub(crate) id: String,
    #[serde(rename = "Host")]
    pub(crate) host: String,
    #[serde(rename = "Client")]
    pub(crate) client: End,
    #[serde(rename = "Server")]
    pub(crate) server: End,
}

/// Paths; empty where an end shows nothing or checks nothing.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct End {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
    pub(crate) authority: PathBuf,
}

/// What each end said, empty for no error, and the user that the server sees.
#[derive(Debug, Deserialize, Eq, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) host: String,
    pub(crate) client: String,
    pub(crate) server: String,
    pub(crate) user: String,
    pub(crate) groups: Option<Vec<String>>,
}

impl End {
    /// Shows `id`'s files of the bundle.
    pub(crate) fn show(mut self, bundle: &Unpacked, id: &str) -> Self {
        self.certificate = bundle.pki(&format!("{id}.crt"));
        self.key = bundle.pki(&format!("{id}.key"));
        self
    }

    /// Checks the other end by `id`'s certificate of the bundle.
    pub(crate) fn trust(mut self, bundle: &Unpacked, id: &str) -> Self {
        self.authority = bundle.pki(&format!("{id}.crt"));
        self
    }
}

/// One handshake for every name that the connection dials.
pub(crate) fn of_connection(bundle: &Unpacked, connection: &Connection) -> Vec<Handshake> {
    let mut client = End::default().trust(bundle, &connection.client.authority);
    if let Some(id) = &connection.client.certificate {
        client = client.show(bundle, id);
    }
    let mut server = End::default().show(bundle, &connection.server.certificate);
    if let Some(id) = &connection.server.authority {
        server = server.trust(bundle, id);
    }
    let one = |host: String| Handshake {
        id: connection.id.clone(),
        host,
        client: client.clone(),
        server: server.clone(),
    };
    let dials = connection.dials.iter();
    dials.map(|dial| one(dial.host.to_string())).collect()
}

/// Makes the handshakes with both ends' clocks at `now`.
pub(crate) fn make(now: i64, handshakes: &[Handshake]) -> Vec<Outcome> {
    let trial = serde_json::json!({"Now": now, "Handshakes": handshakes}).to_string();
    let said = run_with(
        &mut std::process::Command::new(go::program("handshake")),
        trial.as_bytes(),
    )
    .succeeded();
    let outcomes: Vec<_> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(outcomes.len(), handshakes.len());
    outcomes
}

/// Every connection of the plan, by every name that it dials, succeeds, and the server sees whom it should.
pub(crate) fn every_connection(bundle: &Unpacked, plan: &Plan, now: i64) {
    let handshakes: Vec<_> = plan
        .connections
        .iter()
        .flat_map(|connection| of_connection(bundle, connection))
        .collect();
    for outcome in make(now, &handshakes) {
        let connection = plan.connections.iter().find(|c| c.id == outcome.id);
        let client = &connection.unwrap().client;
        let (user, groups) = client.certificate.as_ref().map_or_else(
            || (String::new(), Vec::new()),
            |id| {
                let planned = plan.certificate(id).unwrap();
                let groups = planned.value(Attribute::Organization);
                let groups = Some(groups.to_owned()).filter(|group| !group.is_empty());
                let user = planned.value(Attribute::CommonName).to_owned();
                (user, groups.into_iter().collect::<Vec<_>>())
            },
        );
        let expected = Outcome {
            client: String::new(),
            server: String::new(),
            user,
            groups: (!groups.is_empty()).then_some(groups),
            id: outcome.id.clone(),
            host: outcome.host.clone(),
        };
        assert_eq!(outcome, expected);
    }
}
