//! What a description changes of single certificates and of the authorities' subjects.

use std::collections::{BTreeMap, BTreeSet};

use super::{CertificateDescription, Cluster, KeyAlgorithm, Validity, name};
use crate::{Attribute, CertificateKind, Error, ServerName};

/// A [`CertificateDescription`] that parsed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Change {
    pub(crate) common_name: Option<String>,
    /// Empty for none at all.
    pub(crate) organization: Option<String>,
    pub(crate) names: Vec<ServerName>,
    pub(crate) key_algorithm: Option<KeyAlgorithm>,
    pub(crate) validity_days: Option<u32>,
}

impl Change {
    pub(super) fn description(&self) -> CertificateDescription {
        CertificateDescription {
            common_name: self.common_name.clone(),
            organization: self.organization.clone(),
            names: self.names.iter().map(ToString::to_string).collect(),
            key_algorithm: self.key_algorithm,
            validity_days: self.validity_days.map(i64::from),
        }
    }

    fn parse(id: &str, found: &CertificateDescription) -> Result<Self, Error> {
        let field = |part: &str| format!("certificates.{id}.{part}");
        if let Some(common_name) = &found.common_name {
            value(Attribute::CommonName, common_name, field("commonName"))?;
        }
        if let Some(organization) = found.organization.as_deref().filter(|o| !o.is_empty()) {
            value(Attribute::Organization, organization, field("organization"))?;
        }
        let mut names = Vec::new();
        for (index, text) in found.names.iter().enumerate() {
            let field = field(&format!("names[{index}]"));
            let parsed = name::server_name(text, &field)?;
            if names.contains(&parsed) {
                return Err(Error::DuplicateName {
                    field,
                    found: text.clone(),
                });
            }
            names.push(parsed);
        }
        let days = found.validity_days;
        let days = days.map(|days| Validity::parse(days, &field("validityDays"), "", ""));
        Ok(Self {
            common_name: found.common_name.clone(),
            organization: found.organization.clone(),
            names,
            key_algorithm: found.key_algorithm,
            validity_days: days.transpose()?.map(|validity| validity.days),
        })
    }
}

/// Changes are for certificates that the cluster has, and for parts that those have.
pub(super) fn parse(
    cluster: &Cluster,
    described: &BTreeMap<String, CertificateDescription>,
) -> Result<BTreeMap<String, Change>, Error> {
    if described.is_empty() {
        return Ok(BTreeMap::new());
    }
    let kinds: BTreeMap<_, _> = crate::plan::certificate_ids(cluster).collect();
    let mut changes = BTreeMap::new();
    for (id, found) in described {
        let change = Change::parse(id, found)?;
        let (field, found) = (format!("certificates.{id}"), name::shown(id));
        let Some(kind) = kinds.get(id) else {
            return Err(Error::UnknownOverride { field, found });
        };
        if !change.names.is_empty() && !kind.is_server() {
            return Err(Error::NoNames { field, found });
        }
        let subject = change.common_name.is_some() || change.organization.is_some();
        if *kind == CertificateKind::KeyPair && (subject || change.validity_days.is_some()) {
            return Err(Error::NoSubject { field, found });
        }
        changes.insert(id.clone(), change);
    }
    Ok(changes)
}

/// The attributes of every authority's subject.
pub(super) fn authority_subject(
    found: &BTreeMap<Attribute, String>,
) -> Result<BTreeMap<Attribute, String>, Error> {
    for (attribute, text) in found {
        let field = format!("authoritySubject.{}", attribute.short_name());
        if *attribute == Attribute::CommonName {
            return Err(Error::AuthorityCommonName {
                field,
                found: name::shown(text),
            });
        }
        if !text.is_empty() {
            value(*attribute, text, field)?;
        }
    }
    Ok(found.clone())
}

/// RFC 5280, appendix A.1: the upper bounds; and nothing that a terminal or a configuration file reads otherwise.
fn value(attribute: Attribute, found: &str, field: String) -> Result<(), Error> {
    let limit = attribute.max_bytes();
    if attribute == Attribute::CommonName && found.len() > limit {
        return Err(Error::LongCommonName {
            field,
            found: name::shown(found),
        });
    }
    let country = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    let fits = match attribute {
        Attribute::Country => country(found),
        _ => !found.is_empty() && found.len() <= limit,
    };
    let edges: BTreeSet<_> = found
        .chars()
        .next()
        .into_iter()
        .chain(found.chars().last())
        .collect();
    if fits && !found.chars().any(char::is_control) && !edges.iter().any(|c| c.is_whitespace()) {
        return Ok(());
    }
    let found = name::shown(found);
    Err(match attribute {
        Attribute::Country => Error::InvalidCountry { field, found },
        _ => Error::InvalidSubject {
            field,
            found,
            limit,
        },
    })
}
