//! Whether two ends accept each other's certificates, as Go decides: the components of Kubernetes are Go programs.
//!
//! The order of the checks is Go's, and so is the first failure, in Go's own words (crypto/x509 and crypto/tls of Go 1.27).
//! Each file follows one step: [`certificate`] reads, [`chain`] builds, [`host`] matches names, [`signature`] checks.

mod certificate;
mod chain;
mod host;
mod identity;
mod signature;
mod usage;
mod verdict;

use self::certificate::Certificate;
use self::chain::Options;
pub use self::identity::Identity;
use self::usage::Usage;
pub use self::verdict::{Side, Verdict, connections};

/// One end of a handshake.
#[derive(Clone, Debug, Default)]
pub struct End {
    /// What it shows, DER, its own certificate first; empty for none.
    pub chain: Vec<Vec<u8>>,
    /// The authorities by which it checks the other end, DER; `None` if it does not ask.
    pub roots: Option<Vec<Vec<u8>>>,
}

/// A TLS 1.3 handshake in which the server may ask for a client certificate, and then requires it.
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
}

/// What each end says; empty when it has nothing to complain of.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outcome {
    /// The client's error.
    pub client: String,
    /// The server's error.
    pub server: String,
}

/// Plays the handshake as far as certificates decide it.
///
/// It does not check that an end holds the key of what it shows.
pub fn handshake(handshake: &Handshake) -> Outcome {
    let Handshake {
        host,
        now,
        client,
        server,
    } = handshake;
    let options = Options {
        now: *now,
        host: Some(host),
        usage: Usage::ServerAuth,
    };
    if let Err(refusal) = shown(&server.chain, client.roots.as_deref(), &options) {
        return Outcome {
            client: refusal.text,
            server: "remote error: tls: bad certificate".to_owned(),
        };
    }
    let Some(roots) = &server.roots else {
        return Outcome::default();
    };
    if client.chain.is_empty() {
        return Outcome {
            client: "remote error: tls: certificate required".to_owned(),
            server: "tls: client didn't provide a certificate".to_owned(),
        };
    }
    let options = Options {
        now: *now,
        host: None,
        usage: Usage::ClientAuth,
    };
    match shown(&client.chain, Some(roots), &options) {
        Ok(()) => Outcome::default(),
        Err(refusal) => Outcome {
            client: format!("remote error: tls: {}", refusal.alert),
            server: refusal.text,
        },
    }
}

/// What an end says of the other's certificates, and the alert that it sends.
struct Refused {
    text: String,
    alert: &'static str,
}

fn shown(
    chain: &[Vec<u8>],
    roots: Option<&[Vec<u8>]>,
    options: &Options<'_>,
) -> Result<(), Refused> {
    let parsed: Result<Vec<_>, _> = chain.iter().map(|der| Certificate::parse(der)).collect();
    let from = match options.usage {
        Usage::ServerAuth => "server",
        Usage::ClientAuth => "client certificate",
    };
    let parsed = parsed.map_err(|error| Refused {
        text: match options.usage {
            Usage::ServerAuth => format!("tls: failed to parse certificate from {from}: {error}"),
            Usage::ClientAuth => format!("tls: failed to parse {from}: {error}"),
        },
        alert: "bad certificate",
    })?;
    let Some((leaf, intermediates)) = parsed.split_first() else {
        return Err(Refused {
            text: "tls: received empty certificates message".to_owned(),
            alert: "decode error",
        });
    };
    // A root that cannot be read is none: Go's pools are filled so as well.
    let roots = roots.unwrap_or_default().iter();
    let roots: Vec<_> = roots.flat_map(|der| Certificate::parse(der)).collect();
    chain::verify(leaf, intermediates, &roots, options).map_err(|refusal| Refused {
        text: format!("tls: failed to verify certificate: {refusal}"),
        alert: refusal.alert(),
    })
}
