//! A TLS 1.3 handshake as far as certificates and keys decide it, in Go's words at both ends.

use std::collections::HashSet;
use std::rc::Rc;

use super::certificate::Certificate;
use super::chain::{self, Options, Step};
use super::memo::Memo;
use super::pair::{leaf_key, load, signs, strong};
use super::public_key::PublicKey;
use super::usage::Usage;

/// One end of a handshake.
#[derive(Clone, Debug, Default)]
pub struct End {
    /// What it shows, DER, its own certificate first; empty for none.
    pub chain: Vec<Vec<u8>>,
    /// subjectPublicKeyInfo of the private key that it has, DER; `None` is not checked.
    pub key: Option<Vec<u8>>,
    /// The authorities by which it checks the other end, DER; `None` if it does not ask.
    pub roots: Option<Vec<Vec<u8>>>,
}

/// What is dialled, when, and by whom.
#[derive(Clone, Debug)]
pub struct Handshake {
    /// The name or address that the client dials.
    pub host: String,
    /// Both ends' clocks: seconds since 1970.
    pub now: i64,
    /// Who calls.
    pub client: End,
    /// Who listens.
    pub server: End,
    /// Whether a server that asks for a certificate insists on a good one, as etcd does. kube-apiserver and kubelet only ask.
    pub requires: bool,
}

/// What each end says; empty when it has nothing to complain of.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outcome {
    /// The client's error.
    pub client: String,
    /// The server's error.
    pub server: String,
}

/// Who refuses, at which check, and what both say.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) at: At,
    /// Whose certificate it is about: the client's or the server's.
    pub(super) about: At,
    pub(super) step: Failed,
    pub(super) text: String,
    /// What the other end says of it; `None` if there was no other end yet.
    pub(super) other: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum At {
    Client,
    Server,
}

/// Which check failed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Failed {
    /// The key does not fit the certificate, or is not one for TLS.
    Key,
    Chain(Step),
}

impl Failure {
    pub(super) fn outcome(self) -> Outcome {
        let (other, own) = (self.other.unwrap_or_default(), self.text);
        match self.at {
            At::Client => Outcome {
                client: own,
                server: other,
            },
            At::Server => Outcome {
                client: other,
                server: own,
            },
        }
    }
}

/// A public key is at most so large in a certificate that is shown; a root may have a larger one.
const MOST_BITS: usize = 8192;

/// Plays the handshake.
pub(super) fn play(memo: &Memo, handshake: &Handshake) -> Result<(), Failure> {
    let Handshake { client, server, .. } = handshake;
    for (at, end) in [(At::Client, client), (At::Server, server)] {
        load(memo, end).map_err(|(step, text)| Failure {
            at,
            about: at,
            step,
            text,
            other: None,
        })?;
    }
    let own = |at, text, alert| Failure {
        at,
        about: at,
        step: Failed::Key,
        text,
        other: Some(remote(alert)),
    };
    let server_key = leaf_key(memo, server);
    signs(server_key.as_ref()).map_err(|text| own(At::Server, text, "handshake failure"))?;
    asks(memo, server)?;
    fits(At::Server, &server.chain)?;
    let options = Options {
        now: handshake.now,
        host: Some(&handshake.host),
        usage: Usage::ServerAuth,
    };
    let roots = client.roots.as_deref();
    let failure = |refused: Refused| refused.failure(At::Client, At::Server);
    shown(memo, &server.chain, roots, &options).map_err(failure)?;
    strong(server_key.as_ref()).map_err(|text| own(At::Server, text, "internal error"))?;
    let Some(roots) = &server.roots else {
        return Ok(());
    };
    fits(At::Client, &client.chain)?;
    client_is_accepted(memo, handshake, roots)?;
    let client_key = leaf_key(memo, client);
    signs(client_key.as_ref()).map_err(|text| own(At::Client, text, "handshake failure"))?;
    strong(client_key.as_ref()).map_err(|text| own(At::Client, text, "internal error"))
}

/// What an end says when the other has sent an alert.
fn remote(alert: &str) -> String {
    format!("remote error: tls: {alert}")
}

/// The names of the authorities that a server knows are written behind a length of two octets (RFC 8446, section 4.2.4).
fn asks(memo: &Memo, server: &End) -> Result<(), Failure> {
    let roots = readable_roots(memo, server.roots.as_deref().unwrap_or_default());
    let mut known = HashSet::new();
    let once = roots.iter().filter(|root| known.insert(&root.raw));
    let names: Vec<_> = once.map(|root| root.subject.len()).collect();
    let all = names.iter().map(|length| length + 2).sum::<usize>();
    let too_long = names.into_iter().chain([all, all + 2]);
    match too_long.into_iter().find(|length| *length > 0xffff) {
        None => Ok(()),
        Some(length) => Err(Failure {
            at: At::Server,
            about: At::Server,
            step: Failed::Key,
            text: format!("cryptobyte: pending child length {length} exceeds 2-byte length prefix"),
            other: Some("EOF".to_owned()),
        }),
    }
}

/// Lengths are written in three octets (RFC 8446, section 4.4.2).
fn fits(at: At, chain: &[Vec<u8>]) -> Result<(), Failure> {
    let mut lengths = chain.iter().map(Vec::len);
    let Some(length) = lengths.find(|length| *length > 0xff_ffff) else {
        return Ok(());
    };
    Err(Failure {
        at,
        about: at,
        step: Failed::Chain(Step::Readable),
        text: format!("cryptobyte: pending child length {length} exceeds 3-byte length prefix"),
        other: Some("EOF".to_owned()),
    })
}

fn client_is_accepted(
    memo: &Memo,
    handshake: &Handshake,
    roots: &[Vec<u8>],
) -> Result<(), Failure> {
    let failure = |refused: Refused| refused.failure(At::Server, At::Client);
    let chain = &handshake.client.chain;
    if chain.is_empty() && handshake.requires {
        return Err(failure(Refused {
            step: Step::Readable,
            text: "tls: client didn't provide a certificate".to_owned(),
            alert: "certificate required",
        }));
    }
    if chain.is_empty() {
        return Ok(());
    }
    let options = Options {
        now: handshake.now,
        host: None,
        usage: Usage::ClientAuth,
    };
    let roots = handshake.requires.then_some(roots);
    shown(memo, chain, roots, &options).map_err(failure)
}

/// What an end says of the other's certificates, and the alert that it sends.
struct Refused {
    step: Step,
    text: String,
    alert: &'static str,
}

impl Refused {
    fn failure(self, at: At, about: At) -> Failure {
        Failure {
            at,
            about,
            step: Failed::Chain(self.step),
            text: self.text,
            other: Some(remote(self.alert)),
        }
    }
}

/// Go reads no longer a message with certificates.
const MOST_OCTETS: usize = 262_144;

/// Without `roots` nothing is verified, only read.
fn shown(
    memo: &Memo,
    chain: &[Vec<u8>],
    roots: Option<&[Vec<u8>]>,
    options: &Options<'_>,
) -> Result<(), Refused> {
    let (from, who) = match options.usage {
        Usage::ServerAuth => ("certificate from server", "server"),
        Usage::ClientAuth => ("client certificate", "client"),
    };
    let readable = |alert, text| Refused {
        step: Step::Readable,
        text,
        alert,
    };
    // RFC 8446, section 4.4.2: a length and no extensions for each, a length for all, no context.
    let octets = 4 + chain.iter().map(|der| der.len() + 5).sum::<usize>();
    if octets > MOST_OCTETS {
        let text = format!(
            "tls: handshake message of length {octets} bytes exceeds maximum of {MOST_OCTETS} bytes"
        );
        return Err(readable("internal error", text));
    }
    let mut parsed = Vec::new();
    for der in chain {
        let certificate = memo.read(der).map_err(|error| {
            readable(
                "error decoding message",
                format!("tls: failed to parse {from}: {error}"),
            )
        })?;
        if let Some(PublicKey::Rsa(key)) = &certificate.public_key
            && key.bits() > MOST_BITS
        {
            let text = format!(
                "tls: {who} sent certificate containing RSA key larger than {MOST_BITS} bits"
            );
            return Err(readable("bad certificate", text));
        }
        parsed.push(certificate);
    }
    let Some((leaf, intermediates)) = parsed.split_first() else {
        let text = "tls: received empty certificates message".to_owned();
        return Err(readable("error decoding message", text));
    };
    let Some(roots) = roots else {
        return Ok(());
    };
    let roots = readable_roots(memo, roots);
    chain::verify(memo, leaf, intermediates, &roots, options).map_err(|refusal| Refused {
        step: refusal.step,
        // A client tells the server little.
        alert: match options.usage {
            Usage::ServerAuth => "bad certificate",
            Usage::ClientAuth => refusal.alert,
        },
        text: format!("tls: failed to verify certificate: {}", refusal.text),
    })
}

/// A root that cannot be read is none: Go's pools are filled so as well.
pub(super) fn readable_roots(memo: &Memo, roots: &[Vec<u8>]) -> Vec<Rc<Certificate>> {
    let roots = roots.iter().map(|der| memo.read(der));
    roots.filter_map(Result::ok).collect()
}
