//! One connection of a cluster, with one thing changed.

use std::collections::HashMap;

use hardway::verify::{End, Handshake};
use hardway::{Connection, Pki, Refusal};

use crate::certificate::Certificate;
use crate::common::NOW;
use crate::dice::Dice;
use crate::key::Key;

/// What is shown to Go and to ours.
#[derive(Clone)]
pub(crate) struct Case {
    /// The change in words, to find it again.
    pub(crate) about: String,
    pub(crate) handshake: Handshake,
    pub(crate) client_key: Vec<u8>,
    pub(crate) server_key: Vec<u8>,
}

/// Which certificate of a connection is changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    Client,
    Server,
    /// By which the server checks the client.
    ClientRoot,
    /// By which the client checks the server.
    ServerRoot,
}

/// A cluster whose keys are read once.
pub(crate) struct Cluster {
    pub(crate) pki: Pki,
    keys: HashMap<String, Held>,
}

struct Held {
    key: Key,
    spki: Vec<u8>,
    pkcs8: Vec<u8>,
}

impl Cluster {
    pub(crate) fn new(pki: Pki) -> Self {
        let planned = pki.plan().certificates.iter();
        let keys = planned.map(|planned| {
            let key = Key::of(pki.keys().of(&planned.id).unwrap());
            let (spki, pkcs8) = (key.spki().encode(), key.pkcs8());
            (planned.id.clone(), Held { key, spki, pkcs8 })
        });
        Self {
            keys: keys.collect(),
            pki,
        }
    }
}

/// A connection before anything is changed in it.
pub(crate) struct Setup<'a> {
    cluster: &'a Cluster,
    pub(crate) pki: &'a Pki,
    pub(crate) connection: &'a Connection,
}

impl<'a> Setup<'a> {
    /// Of a random cluster.
    pub(crate) fn draw(clusters: &'a [Cluster], dice: &mut Dice) -> Self {
        let cluster = dice.pick(clusters);
        Self::of(cluster, dice.pick(&cluster.pki.plan().connections))
    }

    pub(crate) fn of(cluster: &'a Cluster, connection: &'a Connection) -> Self {
        Self {
            cluster,
            pki: &cluster.pki,
            connection,
        }
    }

    pub(crate) fn id(&self, part: Part) -> Option<&'a str> {
        let (client, server) = (&self.connection.client, &self.connection.server);
        match part {
            Part::Client => client.certificate.as_deref(),
            Part::Server => Some(&server.certificate),
            Part::ClientRoot => server.authority.as_deref(),
            Part::ServerRoot => Some(&client.authority),
        }
    }

    /// A certificate that the connection has.
    pub(crate) fn part(&self, dice: &mut Dice, parts: &[Part]) -> Option<Part> {
        let part = *dice.pick(parts);
        let other = parts.iter().copied().find(|part| self.id(*part).is_some());
        self.id(part).map(|_| part).or(other)
    }

    pub(crate) fn certificate(&self, part: Part) -> Vec<u8> {
        let id = self.id(part).unwrap();
        self.pki.issued(id).unwrap().certificate.clone()
    }

    pub(crate) fn key(&self, id: &str) -> Key {
        self.cluster.keys[id].key.clone()
    }

    /// The key of who signs it.
    pub(crate) fn issuer_key(&self, part: Part) -> Key {
        let id = self.id(part).unwrap();
        self.key(&self.pki.plan().certificate(id).unwrap().issuer)
    }

    pub(crate) fn case(&self, dice: &mut Dice) -> Case {
        let (client, server) = (&self.connection.client, &self.connection.server);
        let shown = |id: &str| vec![self.pki.issued(id).unwrap().certificate.clone()];
        let end = |id: Option<&str>, roots: Option<&str>| End {
            chain: id.map(shown).unwrap_or_default(),
            key: id.map(|id| self.cluster.keys[id].spki.clone()),
            roots: roots.map(shown),
        };
        let pkcs8 = |id: Option<&str>| {
            id.map(|id| self.cluster.keys[id].pkcs8.clone())
                .unwrap_or_default()
        };
        Case {
            about: self.connection.id.clone(),
            handshake: Handshake {
                host: dice.pick(&self.connection.dials).host.to_string(),
                now: NOW,
                client: end(client.certificate.as_deref(), Some(&client.authority)),
                server: end(Some(&server.certificate), server.authority.as_deref()),
                requires: self.connection.refusal == Refusal::TlsAlert || dice.one_in(2),
            },
            client_key: pkcs8(client.certificate.as_deref()),
            server_key: pkcs8(Some(&server.certificate)),
        }
    }
}

impl Case {
    pub(crate) fn put(&mut self, part: Part, der: Vec<u8>) {
        let (client, server) = (&mut self.handshake.client, &mut self.handshake.server);
        match part {
            Part::Client => client.chain[0] = der,
            Part::Server => server.chain[0] = der,
            Part::ClientRoot => server.roots = Some(vec![der]),
            Part::ServerRoot => client.roots = Some(vec![der]),
        }
    }

    pub(crate) fn hold(&mut self, part: Part, key: &Key) {
        self.hold_octets(part, key.spki().encode(), key.pkcs8());
    }

    pub(crate) fn hold_octets(&mut self, part: Part, spki: Vec<u8>, pkcs8: Vec<u8>) {
        if part == Part::Client {
            (self.handshake.client.key, self.client_key) = (Some(spki), pkcs8);
        } else {
            (self.handshake.server.key, self.server_key) = (Some(spki), pkcs8);
        }
    }

    /// The end that shows the part, or checks by it.
    pub(crate) fn chain(&mut self, part: Part) -> &mut Vec<Vec<u8>> {
        match part {
            Part::Client | Part::ServerRoot => &mut self.handshake.client.chain,
            Part::Server | Part::ClientRoot => &mut self.handshake.server.chain,
        }
    }

    /// By which the other end checks the part.
    pub(crate) fn roots(&mut self, part: Part) -> &mut Option<Vec<Vec<u8>>> {
        match part {
            Part::Client => &mut self.handshake.server.roots,
            _ => &mut self.handshake.client.roots,
        }
    }
}

pub(crate) const LEAVES: [Part; 2] = [Part::Server, Part::Client];
pub(crate) const ROOTS: [Part; 2] = [Part::ServerRoot, Part::ClientRoot];
pub(crate) const ALL: [Part; 4] = [
    Part::Server,
    Part::Client,
    Part::ServerRoot,
    Part::ClientRoot,
];

/// Changes one certificate of a connection and signs it again.
pub(crate) fn edited(
    setup: &Setup<'_>,
    dice: &mut Dice,
    parts: &[Part],
    change: impl FnOnce(&mut Certificate, &mut Dice) -> String,
) -> Case {
    let mut case = setup.case(dice);
    let part = setup.part(dice, parts).unwrap();
    let mut certificate = Certificate::parse(&setup.certificate(part));
    let what = change(&mut certificate, dice);
    case.about = format!("{}: {part:?}: {what}", case.about);
    let der = certificate.sign(&setup.issuer_key(part), &mut dice.0);
    case.put(part, der);
    case
}

/// The authority by which a leaf is checked.
pub(crate) fn root_of(leaf: Part) -> Part {
    match leaf {
        Part::Server => Part::ServerRoot,
        _ => Part::ClientRoot,
    }
}
