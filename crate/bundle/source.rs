//! The files that are made of the Pki itself: keys, requests, certificates, kubeconfigs and configurations.

use std::collections::HashMap;

use zeroize::Zeroizing;

use super::{File, configuration, kubeconfig, lf};
use crate::{Configuration, Error, Kubeconfig, Pki, Plan, PlannedCertificate};

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

/// The sources of a plan by the file names that placements use.
pub(super) struct Sources<'a>(HashMap<String, Source<'a>>);

impl<'a> Sources<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self(Source::all(plan).map(|one| (one.name(), one)).collect())
    }

    /// The source of a placement's file.
    pub(super) fn named(&self, file: &str) -> Source<'a> {
        *self
            .0
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

    /// The path below its folder.
    fn name(self) -> String {
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

    pub(super) fn file(self, pki: &Pki) -> Result<File, Error> {
        let name = self.name();
        Ok(File {
            mode: crate::plan::mode(&name),
            path: format!("{}/{name}", self.folder()),
            content: self.content(pki)?,
        })
    }

    pub(super) fn content(self, pki: &Pki) -> Result<Zeroizing<Vec<u8>>, Error> {
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
                let pem = pki.keys().of(&planned.id)?.to_pkcs8_pem()?;
                Zeroizing::new(pem.as_bytes().to_vec())
            }
            Self::Kubeconfig(kubeconfig) => kubeconfig::content(pki, kubeconfig)?,
            Self::PublicKey(planned) => text(pki.keys().of(&planned.id)?.to_public_key_pem()?),
            Self::Request(planned) => text(lf(&issued(planned)?.request_pem)),
        })
    }
}
