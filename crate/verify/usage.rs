//! extendedKeyUsage along a chain.

use super::certificate::Certificate;
use super::der::{Der, tag};

/// What a chain has to allow.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Usage {
    ClientAuth,
    ServerAuth,
}

/// What one certificate allows, as OIDs; everything, an authority as well as a leaf, if it does not say.
#[derive(Debug, Default)]
pub(super) struct Usages(Vec<String>);

const ANY: &str = "2.5.29.37.0";

impl Usage {
    fn oid(self) -> &'static str {
        match self {
            Self::ClientAuth => "1.3.6.1.5.5.7.3.2",
            Self::ServerAuth => "1.3.6.1.5.5.7.3.1",
        }
    }

    /// RFC 5280, section 4.2.1.12.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ClientAuth => "clientAuth",
            Self::ServerAuth => "serverAuth",
        }
    }
}

impl Usages {
    pub(super) fn read(mut der: Der<'_>) -> Result<Self, &'static str> {
        let invalid = "x509: invalid extended key usages";
        let mut list = der.read(tag::SEQUENCE).ok_or(invalid)?;
        let mut usages = Vec::new();
        while !list.is_empty() {
            usages.push(list.oid().ok_or(invalid)?);
        }
        Ok(Self(usages))
    }

    fn allow(&self, usage: Usage) -> bool {
        let Self(usages) = self;
        usages.is_empty() || usages.iter().any(|one| one == ANY || one == usage.oid())
    }

    /// Their names, or OIDs of those that have none here.
    pub(super) fn names(&self) -> Vec<String> {
        let name = |oid: &String| {
            let known = [Usage::ServerAuth, Usage::ClientAuth];
            let known = known.into_iter().find(|usage| usage.oid() == oid);
            let any = (oid == ANY).then_some("anyExtendedKeyUsage");
            let name = known.map(Usage::name).or(any);
            name.map_or_else(|| oid.clone(), ToOwned::to_owned)
        };
        self.0.iter().map(name).collect()
    }
}

pub(super) fn allowed(chain: &[&Certificate], usage: Usage) -> bool {
    let mut chain = chain.iter();
    chain.all(|one| one.extensions.usages.allow(usage))
}
