//! Whose kubeconfig it is, whom it calls, and as whom.

use std::collections::HashSet;
use std::net::IpAddr;

use super::duty::Duty;
use super::face::Face;
use super::scene::Scene;
use crate::import::{Content, FoundKubeconfig, KubeCluster, KubeUser, Place, Source};

/// One kubeconfig.
#[derive(Clone, Debug)]
pub(crate) struct Called {
    pub(crate) item: usize,
    pub(crate) duty: Option<Duty>,
    /// The node that it is for, where that is known.
    pub(crate) node: Option<String>,
    /// Without brackets; empty where no server is named.
    pub(crate) host: String,
    pub(crate) port: u16,
    /// As it is written.
    pub(crate) server: String,
    /// What the server's certificate is checked for in place of the host.
    pub(crate) tls_server_name: String,
    pub(crate) insecure: bool,
    pub(crate) authority: Bound,
    pub(crate) certificate: Bound,
    pub(crate) key: Bound,
    /// Whether it calls with something else than a certificate.
    pub(crate) other_credential: bool,
}

/// What a field of a kubeconfig leads to.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) enum Bound {
    #[default]
    Absent,
    /// The field holds things: places in the inventory's items; empty if none was understood.
    Embedded(Vec<usize>),
    /// A path on its machine, and the item that lies there, if it was given.
    Path(String, Option<usize>),
}

impl Bound {
    /// The things themselves.
    pub(crate) fn items(&self) -> &[usize] {
        match self {
            Self::Embedded(items) => items,
            Self::Path(_, Some(item)) => std::slice::from_ref(item),
            _ => &[],
        }
    }
}

impl Called {
    pub(crate) fn address(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.address().is_some_and(|address| address.is_loopback())
    }

    /// Whether its program runs on a control plane.
    pub(crate) fn is_inside(&self) -> bool {
        matches!(self.duty, Some(Duty::ControllerManager | Duty::Scheduler))
    }

    /// Whether a server's certificate has the name or the address that is called.
    pub(crate) fn is_held_by(&self, server: &Face) -> bool {
        if let Some(address) = self.address() {
            return server.addresses.contains(&address);
        }
        let mut names = server.dns.iter();
        names.any(|name| name.eq_ignore_ascii_case(&self.host))
    }
}

impl Scene<'_> {
    pub(crate) fn read_kubeconfigs(&mut self, nodes: &HashSet<String>) {
        let items = self.inventory.items().iter().enumerate();
        let found: Vec<_> = items
            .filter_map(|(place, item)| match &item.content {
                Content::Kubeconfig(found) => Some((place, &**found)),
                _ => None,
            })
            .collect();
        for (item, found) in found {
            let called = self.call(item, found, nodes);
            self.name_embedded(&called);
            self.called.push(called);
        }
    }

    fn call(&self, item: usize, found: &FoundKubeconfig, nodes: &HashSet<String>) -> Called {
        let context = found.current().or(found.contexts.first());
        let cluster = context.and_then(|context| found.cluster(context));
        let cluster = cluster.or(found.clusters.first()).cloned();
        let user = context.and_then(|context| found.user(context));
        let user = user.or(found.users.first()).cloned();
        let (cluster, user) = (cluster.unwrap_or_default(), user.unwrap_or_default());
        let (host, port) = address_of(&cluster.server);
        let field = |list: &str, place: Option<usize>, rest: &str| {
            format!("{list}[{}].{rest}", place.unwrap_or_default())
        };
        let at = found.clusters.iter().position(|one| *one == cluster);
        let authority = field("clusters", at, "cluster.certificate-authority-data");
        let at = found.users.iter().position(|one| *one == user);
        let certificate = field("users", at, "user.client-certificate-data");
        let key = field("users", at, "user.client-key-data");
        let certificate = self.bound(item, &user.client_certificate, &certificate);
        let (duty, node) = self.whose(item, &user, &certificate, nodes);
        Called {
            item,
            duty,
            node,
            host,
            port,
            authority: self.bound(item, &cluster.certificate_authority, &authority),
            key: self.bound(item, &user.client_key, &key),
            certificate,
            other_credential: has_other_credential(&user),
            insecure: cluster.insecure_skip_tls_verify,
            tls_server_name: cluster.tls_server_name.clone(),
            server: without_slash(&cluster),
        }
    }

    /// By the file's name; else by the certificate; else by the name that it gives its user.
    fn whose(
        &self,
        item: usize,
        user: &KubeUser,
        certificate: &Bound,
        nodes: &HashSet<String>,
    ) -> (Option<Duty>, Option<String>) {
        let location = &self.seen[item].location;
        let shown = certificate.items().first();
        let shown = shown.map(|item| &self.seen[*item]);
        let said = |name: &str| name.strip_prefix("system:node:").map(ToOwned::to_owned);
        let from_certificate = shown
            .and_then(|seen| seen.face)
            .and_then(|face| self.faces[face].node());
        let node = || {
            let node = location.node.clone();
            node.or_else(|| said(&user.name))
                .or_else(|| from_certificate.map(ToOwned::to_owned))
        };
        if nodes.contains(&location.stem) {
            return (Some(Duty::KubeletClient), Some(location.stem.clone()));
        }
        let inner = location.folder.trim_end_matches('/');
        let inner = inner.rsplit(['/', '!']).next().unwrap_or_default();
        let named = match (location.stem.as_str(), inner) {
            ("kubeconfig" | "config", "kubelet") => Some(Duty::KubeletClient),
            ("kubeconfig" | "config", "kube-proxy") => Some(Duty::KubeProxy),
            _ => location.duty,
        };
        let content = shown.and_then(|seen| seen.opinion.as_ref());
        let content = content.map(|opinion| opinion.duty);
        let duty = named
            .or(content)
            .or_else(|| Duty::of_common_name(&user.name));
        match duty {
            Some(duty) if duty.is_kubelet() => (Some(Duty::KubeletClient), node()),
            duty => (duty, location.node.clone()),
        }
    }

    fn bound(&self, config: usize, source: &Source, field: &str) -> Bound {
        match source {
            Source::Absent => Bound::Absent,
            Source::Embedded => {
                let contents = self.of_file(self.item(config).file).iter();
                let within = contents.filter(|place| {
                    matches!(&self.item(**place).place, Place::Field { path, .. } if path == field)
                });
                Bound::Embedded(within.copied().collect())
            }
            Source::Path(path) => Bound::Path(path.clone(), self.at_path(config, path)),
        }
    }

    /// The certificate or key at a path on the kubeconfig's machine: below the same node's folder, if it was given with its folders, or else by
    /// its name alone beside the kubeconfig.
    fn at_path(&self, config: usize, path: &str) -> Option<usize> {
        let own = &self.seen[config].location;
        let tail = path.trim_start_matches(['/', '.']);
        let name = tail.rsplit('/').next()?;
        let there = self.named.get(&(own.node.clone(), name.to_owned()))?;
        let path = |place: usize| &self.seen[place].location.path;
        let whole =
            |place: &&usize| path(**place) == tail || path(**place).ends_with(&format!("/{tail}"));
        let beside = |place: &&usize| self.seen[**place].location.folder == own.folder;
        let found = there.iter().find(whole);
        found.or_else(|| there.iter().find(beside)).copied()
    }

    /// What is embedded is what its kubeconfig is.
    fn name_embedded(&mut self, called: &Called) {
        for (bound, duty) in [
            (&called.authority, Some(Duty::Authority)),
            (&called.certificate, called.duty),
            (&called.key, called.duty),
        ] {
            if let Bound::Embedded(items) = bound {
                for item in items {
                    self.seen[*item].named = duty;
                    if duty.is_some_and(Duty::is_kubelet) && self.seen[*item].kubelet.is_none() {
                        self.seen[*item].kubelet.clone_from(&called.node);
                    }
                }
            }
        }
    }
}

fn has_other_credential(user: &KubeUser) -> bool {
    user.token
        || user.password
        || user.exec.is_some()
        || !user.token_file.is_empty()
        || !user.auth_provider.is_empty()
}

fn without_slash(cluster: &KubeCluster) -> String {
    cluster.server.trim_end_matches('/').to_owned()
}

/// Host and port of `https://HOST:PORT/…`.
fn address_of(server: &str) -> (String, u16) {
    let (scheme, rest) = server.split_once("://").unwrap_or(("https", server));
    let authority = rest.split('/').next().unwrap_or_default();
    let usual = if scheme == "http" { 80 } else { 443 };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().unwrap_or(usual)),
        _ => (authority, usual),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    (host.to_ascii_lowercase(), port)
}
