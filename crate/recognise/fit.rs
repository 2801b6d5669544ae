//! Takes out of a description what no description can say.

use crate::{Cluster, Description, Error, NodeDescription};

/// Takes out of a description what is refused, until nothing is.
pub(super) fn fit(description: &mut Description) {
    for _ in 0..MOST_FAULTS {
        let Err(error) = Cluster::parse(description) else {
            return;
        };
        if !relieve(description, &error) {
            break;
        }
    }
    if Cluster::parse(description).is_err() {
        let preset = description.preset.clone();
        *description = Description {
            preset,
            ..Description::default()
        };
    }
}

fn relieve(description: &mut Description, error: &Error) -> bool {
    let field = error.field().unwrap_or_default().to_owned();
    let mut parts = field.split(['[', ']', '.']).filter(|part| !part.is_empty());
    match parts.next() {
        Some("nodes") => {
            let place = parts.next().and_then(|place| place.parse::<usize>().ok());
            relieve_node(description, place, parts.next(), parts.next())
        }
        Some("serviceCidr") => description.service_cidr.take().is_some(),
        Some("clusterDomain") => description.cluster_domain.take().is_some(),
        Some("controlPlaneEndpoint") => {
            let endpoint = description.control_plane_endpoint.replace(String::new());
            endpoint.is_some_and(|endpoint| !endpoint.is_empty())
        }
        Some("kubernetesVersion") => description.kubernetes_version.take().is_some(),
        Some("name") => description.name.take().is_some(),
        Some("authoritySubject") => description.authority_subject.take().is_some(),
        Some("certificates") => relieve_change(description, &field),
        _ if matches!(error, Error::ServiceCidrOverlap { .. }) => {
            description.service_cidr.take().is_some()
        }
        _ => false,
    }
}

fn relieve_node(
    description: &mut Description,
    place: Option<usize>,
    what: Option<&str>,
    at: Option<&str>,
) -> bool {
    let Some(nodes) = &mut description.nodes else {
        return false;
    };
    let Some(place) = place.filter(|place| *place < nodes.len()) else {
        // Too many of a role.
        return nodes.pop().is_some();
    };
    let at = at.and_then(|at| at.parse::<usize>().ok());
    let node: &mut NodeDescription = &mut nodes[place];
    match (what, at) {
        (Some("names"), Some(at)) if at < node.names.len() => drop(node.names.remove(at)),
        (Some("addresses"), Some(at)) if at < node.addresses.len() && node.addresses.len() > 1 => {
            node.addresses.remove(at);
        }
        _ => drop(nodes.remove(place)),
    }
    true
}

/// The field is `certificates.ID.part`; an id may have dots.
fn relieve_change(description: &mut Description, field: &str) -> bool {
    let Some(changes) = &mut description.certificates else {
        return false;
    };
    let rest = field.strip_prefix("certificates.").unwrap_or_default();
    let mut ids = changes.keys().filter(|id| rest.starts_with(id.as_str()));
    let Some(id) = ids.by_ref().max_by_key(|id| id.len()).cloned() else {
        return false;
    };
    let part = rest[id.len()..].trim_start_matches('.');
    let Some(change) = changes.get_mut(&id) else {
        return false;
    };
    let name = part
        .strip_prefix("names[")
        .and_then(|at| at.trim_end_matches(']').parse::<usize>().ok());
    match (part, name) {
        (_, Some(at)) if at < change.names.len() => drop(change.names.remove(at)),
        ("commonName", _) if change.common_name.is_some() => change.common_name = None,
        ("organization", _) if change.organization.is_some() => change.organization = None,
        _ => drop(changes.remove(&id)),
    }
    true
}

/// So many faults are taken out one by one; who has more has typed no cluster.
const MOST_FAULTS: usize = 500;
