//! What exists, put where an issuance looks for it.

use super::order::spki;
use super::{Held, HeldFile, KeyChoice, Refused};
use crate::issue::{Kept, public_of};
use crate::{Error, Keys, PlannedCertificate};

/// What is put where.
pub(super) struct Work {
    pub(super) held: Held,
    pub(super) keys: Keys,
    pub(super) kept: Kept,
}

impl Work {
    pub(super) fn file(
        &mut self,
        planned: &PlannedCertificate,
        order: Option<KeyChoice>,
    ) -> Result<(), Error> {
        let id = planned.id.as_str();
        let HeldFile { certificate, key } = self.held.take(id);
        let former = certificate.clone().filter(|_| order.is_some());
        self.kept
            .former
            .extend(former.map(|der| (id.to_owned(), der)));
        match (order, certificate) {
            // It is made, and put in when it is there.
            (Some(KeyChoice::New), _) => {
                if let Some(key) = key {
                    self.kept.former_keys.hold(id, key);
                }
                return Ok(());
            }
            (Some(KeyChoice::Keep), Some(der)) if planned.kind.is_authority() => {
                self.kept.again.insert(id.to_owned(), der);
            }
            (Some(KeyChoice::Keep), Some(der)) if key.is_none() => {
                let public = spki(&der).ok_or_else(|| Refused::KeyNotKept {
                    id: id.to_owned(),
                    found: public_of(&der).map_or_else(String::new, |public| public.algorithm),
                })?;
                self.kept.publics.insert(id.to_owned(), public);
            }
            (Some(KeyChoice::Keep), None) if key.is_none() => {
                return Err(Refused::KeyNotKept {
                    id: id.to_owned(),
                    found: format!("neither {id}.crt nor {id}.key was given"),
                }
                .into());
            }
            (Some(KeyChoice::Keep), _) => {}
            (None, Some(der)) => {
                self.kept.certificates.insert(id.to_owned(), der);
            }
            (None, None) => {
                self.kept.absent.insert(id.to_owned());
            }
        }
        match key {
            Some(key) => {
                self.keys.hold(id, key);
                self.kept.old_keys.insert(id.to_owned());
            }
            None => self.keys.excuse(id),
        }
        Ok(())
    }
}
