//! What the path of a file says: on whose node it lies, and what it is called.

use std::collections::HashSet;

use super::duty::Duty;
use crate::import::Inventory;

/// A path taken apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Location {
    /// With the archives that it lies in.
    pub(crate) path: String,
    /// The folder, with the archives.
    pub(crate) folder: String,
    /// The file's name without its ending, in lower case: `kube-apiserver` of `kube-apiserver-key.pem`.
    pub(crate) stem: String,
    /// The node in whose folder it lies.
    pub(crate) node: Option<String>,
    /// What the name says.
    pub(crate) duty: Option<Duty>,
    /// How deep it lies.
    pub(crate) depth: usize,
}

/// Folders that are a node's by what lies above or below them: `nodes/NAME/`, `NAME/etc/kubernetes/`, `NAME/var/lib/kubelet/`. What has a whole
/// machine's folders below it may also be called otherwise: it has to be `known`, or one of several.
pub(crate) fn node_folders(inventory: &Inventory, known: &HashSet<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut nodes = Vec::new();
    let mut roots = HashSet::new();
    for file in 0..inventory.files().len() {
        let path = inventory.full_path(file);
        let parts: Vec<_> = path.split(['/', '!']).collect();
        let Some((_, folders)) = parts.split_last() else {
            continue;
        };
        for (place, folder) in folders.iter().enumerate() {
            let below = folders.get(place + 1).copied().unwrap_or_default();
            let further = folders.get(place + 2).copied().unwrap_or_default();
            let above = place.checked_sub(1).map_or("", |above| folders[above]);
            let root = matches!(
                (below, further),
                ("etc", "kubernetes" | "etcd") | ("var", "lib")
            );
            let own = above == "nodes" || (root && !["", ".", "rootfs", "home"].contains(folder));
            let name = bare(folder);
            if own && is_name(&name) && seen.insert(name.clone()) {
                if above != "nodes" {
                    roots.insert(name.clone());
                }
                nodes.push(name);
            }
        }
    }
    let several = roots.len() > 1;
    nodes.retain(|name| several || !roots.contains(name) || known.contains(name));
    nodes
}

impl Location {
    /// `nodes` are the names that are known.
    pub(crate) fn of(path: String, nodes: &HashSet<String>) -> Self {
        let parts: Vec<_> = path.split(['/', '!']).map(ToOwned::to_owned).collect();
        let (name, folders) = parts
            .split_last()
            .map_or(("", &[][..]), |(name, folders)| (name.as_str(), folders));
        let lower = |at: usize| {
            let at = folders.len().checked_sub(at);
            at.and_then(|at| folders.get(at))
                .map(|folder| folder.to_lowercase())
                .unwrap_or_default()
        };
        let (inner, outer) = (lower(1), lower(2));
        let mut stem = stem(name);
        // minica has NAME/cert.pem and NAME/key.pem.
        let (folder, above) = if ANONYMOUS.contains(&stem.as_str()) && !inner.is_empty() {
            stem.clone_from(&inner);
            (outer, lower(3))
        } else {
            (inner, outer)
        };
        let mut own = folders.iter().rev().map(|folder| bare(folder));
        let node = own.find(|folder| nodes.contains(folder));
        let end = path.len() - name.len();
        Self {
            folder: path[..end].to_owned(),
            duty: Duty::of_file(&stem, &folder, &above),
            depth: folders.len(),
            node,
            stem,
            path,
        }
    }
}

impl Location {
    /// The last part of the path.
    pub(crate) fn name(&self) -> &str {
        &self.path[self.folder.len()..]
    }
}

/// Without endings, and without what tells a key from its certificate.
fn stem(name: &str) -> String {
    let mut stem = name.to_lowercase();
    while let Some(end) = ENDINGS.iter().find(|end| stem.ends_with(**end)) {
        let length = stem.len() - end.len();
        if length == 0 {
            break;
        }
        stem.truncate(length);
    }
    stem
}

/// The name of an archive without its endings.
fn bare(folder: &str) -> String {
    let mut name = folder.to_lowercase();
    for end in [".gz", ".tgz", ".tar", ".zip"] {
        if let Some(short) = name.strip_suffix(end) {
            name = short.to_owned();
        }
    }
    name
}

fn is_name(name: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    !name.is_empty() && name.bytes().all(plain)
}

/// Names that say nothing: the folder's counts.
const ANONYMOUS: [&str; 6] = ["cert", "key", "tls", "fullchain", "certificate", "private"];

const ENDINGS: [&str; 22] = [
    ".crt",
    ".cer",
    ".cert",
    ".pem",
    ".key",
    ".pub",
    ".csr",
    ".req",
    ".der",
    ".p12",
    ".pfx",
    ".conf",
    ".config",
    ".kubeconfig",
    ".yaml",
    ".yml",
    ".json",
    ".txt",
    "-key",
    "_key",
    "-csr",
    ".kube",
];
