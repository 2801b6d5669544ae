//! Callers that are let in as somebody else than they should be.

use super::finding::{Mend, Near, Said, Severity, Slip};
use super::{Board, Code};
use crate::recognise::near::near;
use crate::verify::{Identity, Verdict};
use crate::{ComponentKind, Connection};

impl Board<'_> {
    pub(super) fn rights(&mut self, connection: &Connection, verdict: &Verdict) {
        let (Some(identity), Some(id)) = (&verdict.identity, &connection.client.certificate) else {
            return;
        };
        let kubelet = connection.caller.kind == ComponentKind::Kubelet;
        let node = connection.caller.node.as_deref().filter(|_| kubelet);
        let other = node.filter(|node| {
            let user = identity.user.strip_prefix("system:node:");
            user.is_some_and(|user| user != *node)
        });
        if let Some(node) = other {
            let said = Said {
                component: connection.caller.id(),
                text: format!(
                    "nodes {node:?} is forbidden: User {:?} cannot get resource \"nodes\" in API group \"\" at the cluster scope: \
                     node {:?} cannot read {node:?}, only its own Node object",
                    identity.user,
                    identity.user.trim_start_matches("system:node:")
                ),
                log: String::new(),
                other: String::new(),
            };
            let parameters = [("node", node), ("user", &identity.user)];
            return self.accuse(
                connection,
                id,
                Code::NodeNameMismatch,
                said,
                &parameters,
                None,
            );
        }
        if !identity.nobody {
            return;
        }
        if connection.listener.kind == ComponentKind::Kubelet {
            let bound = self
                .plan
                .configurations
                .iter()
                .find(|one| one.kind == crate::ConfigurationKind::KubeletAccess);
            let bound = bound.map_or("", |bound| &bound.subject);
            let user = &identity.user;
            let said = Said {
                component: "kubectl".to_owned(),
                text: format!(
                    "Error from server (Forbidden): Forbidden (user={user}, verb=get, resource=nodes, subresource=proxy)"
                ),
                log: String::new(),
                other: String::new(),
            };
            let slip = near(user, bound);
            return self.accuse(
                connection,
                id,
                Code::KubeletClientNotAuthorised,
                said,
                &[("user", user), ("bound", bound)],
                slip,
            );
        }
        self.unknown(connection, id, identity);
    }

    fn unknown(&mut self, connection: &Connection, id: &str, identity: &Identity) {
        let usual = self.usual(id);
        let expected = match usual.1.as_str() {
            "" => format!("CN={}", usual.0),
            group => format!("CN={}, O={group}", usual.0),
        };
        let groups: Vec<_> = identity
            .groups
            .iter()
            .filter(|group| !group.starts_with("system:authenticated"))
            .cloned()
            .collect();
        let said = Said {
            component: connection.caller.id(),
            text: format!(
                "nodes is forbidden: User {:?} cannot list resource \"nodes\" in API group \"\" at the cluster scope",
                identity.user
            ),
            log: String::new(),
            other: String::new(),
        };
        let slip = slip(&identity.user, &groups, &usual);
        let groups = groups.join(", ");
        let parameters = [
            ("user", identity.user.as_str()),
            ("groups", &groups),
            ("expected", &expected),
        ];
        self.accuse(connection, id, Code::CallerUnknown, said, &parameters, slip);
    }

    fn accuse(
        &mut self,
        connection: &Connection,
        id: &str,
        code: Code,
        said: Said,
        parameters: &[(&'static str, &str)],
        near: Option<Near>,
    ) {
        let command = self.look(id, connection.caller.node.as_deref(), "-subject");
        let shown = self.evidence.shown_by_caller(connection).first();
        let item = shown.and_then(|der| self.item(der, id, connection.caller.node.as_deref()));
        let finding = self.note(Severity::Breaks, code, id);
        finding.connections.push(connection.id.clone());
        finding.certificates.push(id.to_owned());
        finding.items.extend(item);
        finding.said.get_or_insert(said);
        for (name, value) in parameters {
            finding
                .parameters
                .entry(name)
                .or_insert_with(|| (*value).to_owned());
        }
        if finding.near.is_none() {
            finding.near = near;
        }
        if finding.commands.is_empty() {
            finding.commands = vec![command];
        }
        let certificates = vec![id.to_owned()];
        self.mend(code, id, Mend::MakeAgain { certificates });
    }

    /// The CN and the O that the guide has.
    pub(super) fn usual(&self, id: &str) -> (String, String) {
        self.usual.get(id).cloned().unwrap_or_default()
    }
}

/// What was nearly right in a subject: the CN, a group, or both in each other's place.
pub(super) fn slip(user: &str, groups: &[String], usual: &(String, String)) -> Option<Near> {
    let (name, group) = (usual.0.as_str(), usual.1.as_str());
    let swapped = user == group || groups.iter().any(|one| one == name);
    if !group.is_empty() && user != name && swapped {
        return Some(Near {
            found: format!("CN={user}, O={}", groups.join(", O=")),
            meant: format!("CN={name}, O={group}"),
            slip: Slip::Swapped,
        });
    }
    if let Some(near) = near(user, name) {
        return Some(near);
    }
    if group.is_empty() || groups.iter().any(|one| one == group) {
        return None;
    }
    match groups {
        [] => near("", group),
        groups => groups.iter().find_map(|one| near(one, group)),
    }
}
