//! A handshake between two strangers: chains and authorities of any octets, most of them signed again after they were changed.
//!
//! The bytes are flags, then certificates, each behind its length in two octets. `tests/parity` shows the same to Go.

use std::sync::OnceLock;

use hardway::verify::{self, End, Handshake};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::{EncodePrivateKey, EncodePublicKey};

use super::{NOW, dropped};

/// Who signs and who shows, by their places in the bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    Server,
    Intermediate,
    ServerRoot,
    Client,
    ClientRoot,
}

pub(crate) const PARTS: [Part; 5] = [
    Part::Server,
    Part::Intermediate,
    Part::ServerRoot,
    Part::Client,
    Part::ClientRoot,
];

/// The first octet.
pub(crate) mod flag {
    /// The server insists on a client's certificate.
    pub(crate) const REQUIRES: u8 = 1;
    /// The server does not ask for one.
    pub(crate) const ASKS_NOT: u8 = 2;
    /// The client shows none.
    pub(crate) const NO_CLIENT: u8 = 4;
    /// Nothing is signed: certificates are there whole.
    pub(crate) const WHOLE: u8 = 8;
    /// The server's leaf is signed by the intermediate, which it shows as well.
    pub(crate) const CHAIN: u8 = 16;
    /// A hundred years later.
    pub(crate) const LATER: u8 = 32;
}

/// The bytes as a handshake, with the private keys (PKCS#8) of client and server.
pub(crate) struct Read {
    pub(crate) handshake: Handshake,
    pub(crate) client_key: Vec<u8>,
    pub(crate) server_key: Vec<u8>,
}

pub(crate) fn run(data: &[u8]) {
    let Some(read) = read(data) else {
        return;
    };
    let Handshake { client, server, .. } = &read.handshake;
    for der in server.chain.iter().chain(&client.chain) {
        dropped::certificate(der);
    }
    let first = verify::handshake(&read.handshake);
    for text in [&first.client, &first.server] {
        assert!(text.len() < 100_000, "a text without end");
    }
}

/// `None` if there is no host.
pub(crate) fn read(data: &[u8]) -> Option<Read> {
    let (flags, mut rest) = data.split_first()?;
    let has = |flag: u8| flags & flag != 0;
    let (length, after) = rest.split_first()?;
    let (host, after) = after.split_at_checked(usize::from(*length))?;
    rest = after;
    // Without a name to dial there is no handshake: Go does not begin one.
    let host = std::str::from_utf8(host)
        .ok()
        .filter(|host| !host.is_empty())?;
    let given = PARTS.map(|_| chunk(&mut rest));
    let [server, intermediate, server_root, client, client_root] =
        [0, 1, 2, 3, 4].map(|place: usize| {
            let part = PARTS[place];
            let issuer = match part {
                Part::Server if has(flag::CHAIN) => Part::Intermediate,
                Part::Server | Part::Intermediate | Part::ServerRoot => Part::ServerRoot,
                Part::Client | Part::ClientRoot => Part::ClientRoot,
            };
            if has(flag::WHOLE) {
                given[place].to_vec()
            } else {
                signed(given[place], key(issuer))
            }
        });
    let mut server_chain = vec![server];
    server_chain.extend(has(flag::CHAIN).then_some(intermediate));
    let later = if has(flag::LATER) {
        100 * 365 * 86_400
    } else {
        0
    };
    let shows = !has(flag::NO_CLIENT);
    Some(Read {
        handshake: Handshake {
            host: host.to_owned(),
            now: NOW + later,
            client: End {
                chain: if shows { vec![client] } else { vec![] },
                key: shows.then(|| spki(Part::Client)),
                roots: Some(vec![server_root]),
            },
            server: End {
                chain: server_chain,
                key: Some(spki(Part::Server)),
                roots: (!has(flag::ASKS_NOT)).then(|| vec![client_root]),
            },
            requires: has(flag::REQUIRES),
        },
        client_key: if shows { pkcs8(Part::Client) } else { vec![] },
        server_key: pkcs8(Part::Server),
    })
}

/// As [`read`] takes it.
pub(crate) fn write(flags: u8, host: &str, parts: [&[u8]; 5]) -> Vec<u8> {
    let mut data = vec![flags, u8::try_from(host.len()).unwrap()];
    data.extend(host.as_bytes());
    for part in parts {
        data.extend(u16::try_from(part.len()).unwrap().to_be_bytes());
        data.extend(part);
    }
    data
}

/// The subjectPublicKeyInfo of a part's key, DER.
pub(crate) fn spki(part: Part) -> Vec<u8> {
    key(part)
        .verifying_key()
        .to_public_key_der()
        .unwrap()
        .into_vec()
}

/// Its private key, PKCS#8 DER.
pub(crate) fn pkcs8(part: Part) -> Vec<u8> {
    key(part).to_pkcs8_der().unwrap().as_bytes().to_vec()
}

/// What is left, where the length promises more.
fn chunk<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let Some((length, after)) = rest.split_at_checked(2) else {
        return std::mem::take(rest);
    };
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    let (found, after) = after.split_at(length.min(after.len()));
    *rest = after;
    found
}

/// Always the same ones.
fn key(part: Part) -> &'static SigningKey {
    static KEYS: OnceLock<Vec<SigningKey>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let one = |n: u8| SigningKey::from_slice(&[n; 32]).unwrap();
        (1..=5).map(one).collect()
    });
    &keys[part as usize]
}

/// A certificate around what is signed: ecdsa-with-SHA256.
fn signed(tbs: &[u8], key: &SigningKey) -> Vec<u8> {
    const ALGORITHM: &[u8] = b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02";
    let signature: Signature = key.sign(tbs);
    let signature = signature.to_der();
    let bits = element(0x03, &[&[0], signature.as_bytes()].concat());
    element(0x30, &[tbs, ALGORITHM, &bits].concat())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let header = match u8::try_from(length) {
        Ok(short @ 0..0x80) => vec![tag, short],
        Ok(one) => vec![tag, 0x81, one],
        Err(_) => {
            let octets = u32::try_from(length).unwrap().to_be_bytes();
            let start = octets.iter().position(|one| *one != 0).unwrap();
            let octets = &octets[start..];
            [&[tag, 0x80 | u8::try_from(octets.len()).unwrap()], octets].concat()
        }
    };
    [header, content.to_vec()].concat()
}
