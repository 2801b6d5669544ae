//! Callers that are let in as somebody else than they should be.

use super::Code;
use super::board::Board;
use super::finding::{Near, Said, Severity, Slip};
use crate::recognise::near::near;
use crate::verify::{Identity, Verdict};
use crate::{ComponentKind, ConfigurationKind, Connection};

impl Board<'_> {
    pub(super) fn rights(&mut self, connection: &Connection, verdict: &Verdict) {
        let (Some(identity), Some(id)) = (&verdict.identity, &connection.client.certificate) else {
            return;
        };
        let kubelet = connection.caller.kind == ComponentKind::Kubelet;
        let node = connection.caller.node.as_deref().filter(|_| kubelet);
        let calls_as = identity.user.strip_prefix("system:node:");
        if let Some((node, other)) = node.zip(calls_as).filter(|(node, other)| node != other) {
            self.another_node(connection, id, node, other);
        } else if !identity.nobody {
            // Somebody whom Kubernetes knows.
        } else if connection.listener.kind == ComponentKind::Kubelet {
            self.stranger_to_kubelets(connection, id, &identity.user);
        } else {
            self.unknown(connection, id, identity);
        }
    }

    fn another_node(&mut self, connection: &Connection, id: &str, node: &str, other: &str) {
        let user = format!("system:node:{other}");
        let text = format!(
            "nodes {node:?} is forbidden: User {user:?} cannot get resource \"nodes\" in API group \"\" at the cluster scope: \
             node {other:?} cannot read {node:?}, only its own Node object"
        );
        let said = said(connection.caller.id(), text);
        let parameters = [("node", node), ("user", &user)];
        self.accuse(
            connection,
            id,
            Code::NodeNameMismatch,
            said,
            &parameters,
            None,
        );
    }

    /// Whom the rule of the kubelets does not name.
    fn stranger_to_kubelets(&mut self, connection: &Connection, id: &str, user: &str) {
        let mut rules = self.plan.configurations.iter();
        let rule = rules.find(|one| one.kind == ConfigurationKind::KubeletAccess);
        let bound = rule.map_or("", |rule| &rule.subject);
        let text = format!(
            "Error from server (Forbidden): Forbidden (user={user}, verb=get, resource=nodes, subresource=proxy)"
        );
        let said = said("kubectl".to_owned(), text);
        let (code, parameters) = (
            Code::KubeletClientNotAuthorised,
            [("user", user), ("bound", bound)],
        );
        self.accuse(connection, id, code, said, &parameters, near(user, bound));
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
        let text = format!(
            "nodes is forbidden: User {:?} cannot list resource \"nodes\" in API group \"\" at the cluster scope",
            identity.user
        );
        let said = said(connection.caller.id(), text);
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
        let known = self.found.contains_key(&(code, id.to_owned()));
        let look = || self.look(id, connection.caller.node.as_deref(), "-subject");
        let command = (!known).then(look);
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
        finding.commands.extend(command);
        self.make_again(code, id, id);
    }

    /// The CN and the O that the guide has.
    pub(super) fn usual(&self, id: &str) -> (String, String) {
        self.usual.get(id).cloned().unwrap_or_default()
    }
}

/// What a component prints, of which there is no line of a log.
fn said(component: String, text: String) -> Said {
    Said {
        component,
        text,
        log: String::new(),
        other: String::new(),
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
