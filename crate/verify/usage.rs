//! extendedKeyUsage along a chain.

use x509_parser::extensions::ExtendedKeyUsage;

use super::certificate::Certificate;

/// What a chain has to allow.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Usage {
    ClientAuth,
    ServerAuth,
}

/// What one certificate allows.
#[derive(Debug, Default)]
pub(super) struct Usages {
    any: bool,
    server: bool,
    client: bool,
    listed: bool,
}

impl Usages {
    pub(super) fn read(usage: &ExtendedKeyUsage<'_>) -> Self {
        Self {
            any: usage.any,
            server: usage.server_auth,
            client: usage.client_auth,
            listed: true,
        }
    }

    /// A certificate without the extension allows everything, an authority as well as a leaf.
    fn allow(&self, usage: Usage) -> bool {
        let named = match usage {
            Usage::ClientAuth => self.client,
            Usage::ServerAuth => self.server,
        };
        !self.listed || self.any || named
    }
}

pub(super) fn allowed(chain: &[&Certificate], usage: Usage) -> bool {
    chain.iter().all(|one| one.usages.allow(usage))
}
