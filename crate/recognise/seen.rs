//! One thing that was found, with what its content and its path say.

use std::collections::HashSet;

use super::Why;
use super::duty::Duty;
use super::face::{Face, Opinion, weight};
use super::path::Location;

/// One thing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) location: Location,
    /// A place in [`Scene::faces`], of a certificate.
    pub(crate) face: Option<usize>,
    /// By its content.
    pub(crate) opinion: Option<Opinion>,
    /// By its name, or by the kubeconfig that it lies in.
    pub(crate) named: Option<Duty>,
    /// Whose kubelet's it is.
    pub(crate) kubelet: Option<String>,
    /// The kubeconfig that it is embedded in.
    pub(crate) within: Option<usize>,
}

impl Seen {
    /// By content first, by name second.
    pub(crate) fn duty(&self) -> Option<Duty> {
        match &self.opinion {
            Some(opinion) if opinion.weight > weight::FILE => Some(opinion.duty),
            Some(opinion) => Some(self.named.unwrap_or(opinion.duty)),
            None => self.named,
        }
    }

    /// The node in whose folder it lies.
    pub(crate) fn node(&self) -> Option<&str> {
        self.location.node.as_deref()
    }

    pub(crate) fn why(&self, duty: Duty) -> Vec<Why> {
        let opinion = self.opinion.iter();
        let content = opinion
            .filter(|opinion| {
                opinion.duty == duty || opinion.duty.is_kubelet() && duty.is_kubelet()
            })
            .map(|opinion| opinion.why.clone());
        let path = self.location.path.clone();
        let named = (self.named == Some(duty)).then_some(match self.within {
            Some(_) => Why::InKubeconfig { path },
            None => Why::Named { path },
        });
        let mut why: Vec<_> = content.chain(named).collect();
        if why.is_empty() {
            let path = self.location.path.clone();
            why.push(Why::Named { path });
        }
        why
    }

    /// Where its key or its certificate is looked for: tools have folders for each kind.
    pub(super) fn lies(&self) -> (String, String) {
        let folder = self.location.folder.trim_end_matches('/');
        let kinds = ["/certs", "/issued", "/keys", "/private", "/reqs", "/csr"];
        let kind = kinds.iter().find_map(|kind| folder.strip_suffix(kind));
        let folder = kind.unwrap_or(folder).to_owned();
        (folder, self.location.stem.clone())
    }
}

/// Whose kubelet a certificate is for: what its file is called and what its subject says should agree.
pub(super) fn kubelet(face: &Face, seen: &Seen, nodes: &HashSet<String>) -> Option<String> {
    let duty = seen.duty()?;
    if !duty.is_kubelet() {
        return None;
    }
    let stem = &seen.location.stem;
    let said = face.node();
    if said == Some(stem) {
        return Some(stem.clone());
    }
    let specific = seen.location.duty.is_none() && seen.within.is_none();
    if let Some(node) = seen.node() {
        return Some(node.to_owned());
    }
    if specific && (face.dns.contains(stem) || nodes.contains(stem) || said.is_none()) {
        return Some(stem.clone());
    }
    said.map(ToOwned::to_owned)
}
