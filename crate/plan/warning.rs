//! What a description asks for and may not have meant.

use serde::Serialize;

use super::PlannedCertificate;
use crate::Attribute;
use crate::cluster::{Cluster, Validity};

/// A consequence that the description's author should know of. Nothing is refused for it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Warning {
    /// Kubernetes will take the caller for somebody else than the preset's.
    CallerChanged {
        /// Id of the certificate.
        certificate: String,
        /// The user that a server will see.
        user: String,
        /// The group that it will see; empty for none.
        group: String,
        /// The user that the preset has.
        usual_user: String,
        /// The group that the preset has.
        usual_group: String,
    },
    /// A kubelet that the Node authorizer will not take for its node.
    NotANode {
        /// Id of the certificate.
        certificate: String,
        /// The node.
        node: String,
        /// The user that a server will see.
        user: String,
        /// The group that it will see.
        group: String,
    },
    /// The certificate is to be valid after its authority no longer is.
    OutlivesAuthority {
        /// Id of the certificate.
        certificate: String,
        /// Id of its authority.
        authority: String,
    },
    /// The group system:masters: whoever has the key may do everything, and no rule can take that back.
    Unlimited {
        /// Id of the certificate.
        certificate: String,
        /// The user that a server will see.
        user: String,
    },
}

pub(super) fn all(cluster: &Cluster, certificates: &[PlannedCertificate]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (id, change) in &cluster.changes {
        let Some(planned) = certificates.iter().find(|planned| planned.id == *id) else {
            continue;
        };
        if change.common_name.is_some() || change.organization.is_some() {
            warnings.extend(caller(cluster, planned));
        }
    }
    // Once for each authority: the first certificate that outlives it.
    let validity = |planned: &PlannedCertificate| Validity {
        days: planned.validity_days,
        until: planned.valid_until,
    };
    for authority in certificates.iter().filter(|c| c.kind.is_authority()) {
        let mut signed = certificates
            .iter()
            .filter(|c| c.kind.is_certified() && c.issuer == authority.id);
        let late = signed.find(|c| validity(c).outlives(validity(authority)));
        warnings.extend(late.map(|planned| Warning::OutlivesAuthority {
            certificate: planned.id.clone(),
            authority: authority.id.clone(),
        }));
    }
    warnings
}

/// What follows from another CN or O.
fn caller(cluster: &Cluster, planned: &PlannedCertificate) -> Vec<Warning> {
    let (user, group) = identity(planned);
    let usual = super::certificate::usual(cluster, planned);
    if planned.kind.is_authority() || (user.clone(), group.clone()) == usual {
        return Vec::new();
    }
    let certificate = planned.id.clone();
    let mut warnings = vec![Warning::CallerChanged {
        certificate: certificate.clone(),
        user: user.clone(),
        group: group.clone(),
        usual_user: usual.0.clone(),
        usual_group: usual.1.clone(),
    }];
    // https://kubernetes.io/docs/reference/access-authn-authz/node/
    if let Some(node) = &planned.node
        && usual.1 == NODES
        && (user != format!("system:node:{node}") || group != NODES)
    {
        warnings.push(Warning::NotANode {
            certificate: certificate.clone(),
            node: node.clone(),
            user: user.clone(),
            group: group.clone(),
        });
    }
    if group == MASTERS && usual.1 != MASTERS {
        warnings.push(Warning::Unlimited { certificate, user });
    }
    warnings
}

pub(super) fn identity(planned: &PlannedCertificate) -> (String, String) {
    let value = |attribute| planned.value(attribute).to_owned();
    (value(Attribute::CommonName), value(Attribute::Organization))
}

const MASTERS: &str = "system:masters";
const NODES: &str = "system:nodes";
