//! The files that are made of the Pki itself: keys, requests, certificates, kubeconfigs and configurations.

use std::collections::HashMap;

use zeroize::Zeroizing;

use super::{File, configuration, kubeconfig, lf};
use crate::seal::Sealer;
use crate::{Configuration, ConfigurationKind, Error, Kubeconfig, Pki, Plan, PlannedCertificate};

/// What one file is made of.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Certificate(&'a PlannedCertificate),
    Configuration(&'a Configuration),
    Key(&'a PlannedCertificate),
    Kubeconfig(&'a Kubeconfig),
    PublicKey(&'a PlannedCertificate),
    Request(&'a PlannedCertificate),
}

/// The sources of a plan by the file names that placements use, and what private keys are sealed with.
pub(super) struct Sources<'a> {
    named: HashMap<String, Source<'a>>,
    pub(super) sealer: Option<Sealer>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            named: Source::all(plan).map(|one| (one.name(), one)).collect(),
            sealer: None,
        }
    }

    /// The source of a placement's file.
    pub(super) fn named(&self, file: &str) -> Source<'a> {
        *self
            .named
            .get(file)
            .expect("a recipe places only files that it makes")
    }
}

impl<'a> Source<'a> {
    /// In the order of the zip: keys, requests and certificates under the guide's own names, flat, so that its scp loops work from `pki/`.
    pub(super) fn all(plan: &'a Plan) -> impl Iterator<Item = Self> {
        let pki = plan.certificates.iter().flat_map(|planned| {
            let (second, third) = if planned.kind.is_certified() {
                (Self::Request(planned), Some(Self::Certificate(planned)))
            } else {
                (Self::PublicKey(planned), None)
            };
            [Self::Key(planned), second].into_iter().chain(third)
        });
        pki.chain(plan.kubeconfigs.iter().map(Self::Kubeconfig))
            .chain(plan.configurations.iter().map(Self::Configuration))
    }

    /// Whether there is enough to make it of: of a set that exists, not everything may have been given.
    pub(super) fn is_there(self, pki: &Pki) -> bool {
        let issued = |id: &str| pki.issued(id).is_some();
        match self {
            Self::Certificate(planned) => issued(&planned.id),
            Self::Configuration(configuration) => {
                configuration.kind != ConfigurationKind::Encryption
                    || pki.encryption_key().is_some()
            }
            Self::Key(planned) | Self::PublicKey(planned) => pki.keys().contains(&planned.id),
            Self::Kubeconfig(kubeconfig) => {
                let id = &kubeconfig.certificate;
                let embedded =
                    issued(&kubeconfig.authority) && issued(id) && pki.keys().contains(id);
                kubeconfig.paths.is_some() || embedded
            }
            Self::Request(planned) => {
                let issued = pki.issued(&planned.id);
                issued.is_some_and(|issued| !issued.request_pem.is_empty())
            }
        }
    }

    /// Whether it is another one than the cluster has.
    pub(super) fn is_new(self, pki: &Pki) -> bool {
        if pki.renewal().is_none() {
            return true;
        }
        match self {
            Self::Certificate(planned) | Self::Request(planned) => pki.is_new(&planned.id),
            Self::Configuration(_) => false,
            Self::Key(planned) | Self::PublicKey(planned) => pki.has_new_key(&planned.id),
            Self::Kubeconfig(kubeconfig) => {
                let embeds = kubeconfig.paths.is_none()
                    && (pki.is_new(&kubeconfig.certificate) || pki.is_new(&kubeconfig.authority));
                embeds || pki.kept().kubeconfigs.contains(&kubeconfig.file)
            }
        }
    }

    /// An authority's certificate that others are checked by.
    fn checks_others(self, pki: &Pki) -> bool {
        let Self::Certificate(authority) = self else {
            return false;
        };
        let mut signed = pki.plan().certified();
        authority.kind.is_authority()
            && signed.any(|one| one.issuer == authority.id && pki.is_new(&one.id))
    }

    /// What the bundle holds in `pki/`, `kubeconfig/` and `config/`.
    pub(super) fn bundled(pki: &'a Pki) -> impl Iterator<Item = Self> {
        let all = Self::all(pki.plan());
        all.filter(|one| one.is_there(pki) && (one.is_new(pki) || one.checks_others(pki)))
    }

    /// The path below its folder.
    pub(super) fn name(self) -> String {
        match self {
            Self::Certificate(planned) => format!("{}.crt", planned.id),
            Self::Configuration(configuration) => configuration.file.to_owned(),
            Self::Key(planned) => format!("{}.key", planned.id),
            Self::Kubeconfig(kubeconfig) => kubeconfig.file.clone(),
            Self::PublicKey(planned) => format!("{}.pub", planned.id),
            Self::Request(planned) => format!("{}.csr", planned.id),
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Configuration(_) => "config",
            Self::Kubeconfig(_) => "kubeconfig",
            Self::Certificate(_) | Self::Key(_) | Self::PublicKey(_) | Self::Request(_) => "pki",
        }
    }

    pub(super) fn file(self, pki: &Pki, sealer: Option<&Sealer>) -> Result<File, Error> {
        let name = self.name();
        Ok(File {
            mode: crate::plan::mode(&name),
            path: format!("{}/{name}", self.folder()),
            content: self.content(pki, sealer)?,
        })
    }

    pub(super) fn content(
        self,
        pki: &Pki,
        sealer: Option<&Sealer>,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let text = |text: String| Zeroizing::new(text.into_bytes());
        let issued = |planned: &PlannedCertificate| {
            pki.issued(&planned.id)
                .ok_or_else(|| Error::UnknownCertificate {
                    id: planned.id.clone(),
                })
        };
        Ok(match self {
            Self::Certificate(planned) => text(lf(&issued(planned)?.certificate_pem)),
            Self::Configuration(configuration) => configuration::content(pki, configuration)?,
            Self::Key(planned) => {
                let key = pki.keys().of(&planned.id)?;
                match sealer {
                    Some(sealer) => text(sealer.pem(key)?),
                    None => Zeroizing::new(key.to_pkcs8_pem()?.as_bytes().to_vec()),
                }
            }
            Self::Kubeconfig(kubeconfig) => kubeconfig::content(pki, kubeconfig)?,
            Self::PublicKey(planned) => text(pki.keys().of(&planned.id)?.to_public_key_pem()?),
            Self::Request(planned) => text(lf(&issued(planned)?.request_pem)),
        })
    }
}
