//! A set as it is at one moment of the way from old certificates to new ones.

use std::collections::BTreeMap;

use super::{Issued, Kept, Pki, to_pem};
use crate::{Error, Reissue};

/// Which certificates and keys are in use.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stage {
    /// Those that there were.
    Before,
    /// The new ones.
    After,
}

impl Pki {
    /// `trusted` are the certificates, DER, in the files of authorities; else each has its own. New to the cluster is what the reasons
    /// are about.
    pub(crate) fn at(
        &self,
        stage: Stage,
        trusted: Option<&BTreeMap<String, Vec<Vec<u8>>>>,
        reasons: Vec<Reissue>,
    ) -> Result<Self, Error> {
        let mut kept = Kept {
            reasons: None,
            ..self.kept.clone()
        };
        let mut issued = BTreeMap::new();
        let mut keys = self.keys.clone();
        for planned in self.plan.certified() {
            let id = &planned.id;
            let former = match stage {
                Stage::Before => self.kept.former.get(id),
                Stage::After => None,
            };
            let mut own = match (former, self.issued.get(id)) {
                (Some(der), _) => Issued::carried_over(der)?,
                (None, Some(issued)) if stage == Stage::After || !self.kept.leaves(id) => {
                    issued.clone()
                }
                _ => continue,
            };
            if planned.kind.is_authority() {
                own.request_pem.clear();
            }
            if let Some(trusted) = trusted.and_then(|trusted| trusted.get(id)) {
                let pems = trusted.iter().map(|der| to_pem("CERTIFICATE", der));
                own.certificate_pem = pems.collect::<Result<String, _>>()?;
            }
            issued.insert(id.clone(), own);
        }
        if stage == Stage::Before {
            keys.overlay(&self.kept.former_keys);
        }
        let new: Vec<_> = reasons.iter().map(|one| one.certificate.clone()).collect();
        for planned in &self.plan.certificates {
            let id = &planned.id;
            let certificate = issued
                .get(id)
                .map(|issued: &Issued| issued.certificate.clone());
            kept.certificates.remove(id);
            if !new.contains(id) {
                kept.certificates
                    .extend(certificate.map(|der| (id.clone(), der)));
            }
            let replaced = new.contains(id) && !planned.kind.is_authority();
            if stage == Stage::Before || !(replaced || self.rotates_with(&new, id)) {
                kept.old_keys.insert(id.clone());
            }
        }
        kept.reasons = Some(reasons);
        Ok(Self {
            plan: self.plan.clone(),
            keys,
            issued,
            encryption_key: None,
            now: self.now,
            kept,
        })
    }

    /// An authority's new key goes where the certificates that it signed go.
    fn rotates_with(&self, new: &[String], id: &str) -> bool {
        let mut signed = self.plan.certified();
        self.has_new_key(id)
            && signed.any(|one| one.id != id && one.issuer == id && new.contains(&one.id))
    }
}
