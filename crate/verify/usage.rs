//! extendedKeyUsage along a chain.

use x509_parser::extensions::ExtendedKeyUsage;

use super::certificate::Certificate;

/// What a chain has to allow.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Usage {
    ClientAuth,
    ServerAuth,
}

/// What one certificate allows; everything, an authority as well as a leaf, if it does not say.
#[derive(Debug, Default)]
pub(super) struct Usages(Option<Listed>);

#[derive(Debug)]
struct Listed {
    any: bool,
    server: bool,
    client: bool,
}

impl Usages {
    pub(super) fn read(usage: &ExtendedKeyUsage<'_>) -> Self {
        Self(Some(Listed {
            any: usage.any,
            server: usage.server_auth,
            client: usage.client_auth,
        }))
    }

    fn allow(&self, usage: Usage) -> bool {
        self.0.as_ref().is_none_or(|listed| {
            listed.any
                || match usage {
                    Usage::ClientAuth => listed.client,
                    Usage::ServerAuth => listed.server,
                }
        })
    }
}

pub(super) fn allowed(chain: &[&Certificate], usage: Usage) -> bool {
    chain.iter().all(|one| one.usages.allow(usage))
}
