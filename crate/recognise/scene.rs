//! Everything that was found, each thing with what its content and its path say.

use std::collections::{HashMap, HashSet};

use super::Corrections;
use super::face::Face;
use super::kubeconfig::Called;
use super::path::{Location, node_folders};
pub(crate) use super::seen::Seen;
use super::seen::kubelet;
use crate::PRESETS;
use crate::import::{Content, Inventory, Item, Place, Public};

/// What recognition works on.
pub(crate) struct Scene<'a> {
    pub(crate) inventory: &'a Inventory,
    pub(crate) corrections: &'a Corrections,
    /// By place in the inventory's items.
    pub(crate) seen: Vec<Seen>,
    /// Distinct certificates.
    pub(crate) faces: Vec<Face>,
    pub(crate) called: Vec<Called>,
    /// Folders of nodes, in their order.
    pub(crate) folders: Vec<String>,
    /// By file: what was found in it.
    contents: HashMap<usize, Vec<usize>>,
    /// What lies on a node, or on none, by the last part of its path.
    pub(crate) named: HashMap<(Option<String>, String), Vec<usize>>,
    /// Private keys by folder and stem.
    beside: HashMap<(String, String), Vec<usize>>,
    keys: HashMap<&'a Public, Vec<usize>>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(inventory: &'a Inventory, corrections: &'a Corrections) -> Self {
        let mut contents: HashMap<usize, Vec<usize>> = HashMap::new();
        for (place, item) in inventory.items().iter().enumerate() {
            contents.entry(item.file).or_default().push(place);
        }
        let mut scene = Self {
            inventory,
            corrections,
            seen: Vec::new(),
            faces: Vec::new(),
            called: Vec::new(),
            folders: Vec::new(),
            contents,
            named: HashMap::new(),
            beside: HashMap::new(),
            keys: HashMap::new(),
        };
        let by_item = scene.read_faces();
        let mut nodes = scene.known_nodes();
        scene.folders = node_folders(inventory, &nodes);
        nodes.extend(scene.folders.iter().cloned());
        let issuers: HashSet<_> = scene
            .faces
            .iter()
            .filter(|face| !face.signs_itself())
            .map(|face| face.raw_issuer.clone())
            .collect();
        for (item, face) in by_item.into_iter().enumerate() {
            let seen = scene.look(item, face, &nodes, &issuers);
            scene.seen.push(seen);
        }
        for (place, item) in inventory.items().iter().enumerate() {
            let seen = &scene.seen[place];
            if seen.within.is_none() {
                let key = (seen.location.node.clone(), seen.location.name().to_owned());
                scene.named.entry(key).or_default().push(place);
            }
            if let Content::PrivateKey(key) = &item.content {
                scene.keys.entry(key.public()).or_default().push(place);
                let beside = scene.beside.entry(scene.seen[place].lies());
                beside.or_default().push(place);
            }
        }
        scene.read_kubeconfigs(&nodes);
        scene
    }

    /// What kubeconfigs call the cluster.
    pub(crate) fn cluster_names(&self) -> impl Iterator<Item = &'a str> {
        let configs = self.inventory.kubeconfigs();
        configs.flat_map(|(_, found)| found.clusters.iter().map(|cluster| cluster.name.as_str()))
    }

    pub(crate) fn item(&self, item: usize) -> &'a Item {
        &self.inventory.items()[item]
    }

    pub(crate) fn face(&self, item: usize) -> Option<&Face> {
        self.seen[item].face.map(|face| &self.faces[face])
    }

    /// The certificates, by their places in the inventory's items.
    pub(crate) fn certificates(&self) -> impl Iterator<Item = (usize, &Seen, &Face)> {
        let seen = self.seen.iter().enumerate();
        seen.filter_map(|(item, seen)| Some((item, seen, &self.faces[seen.face?])))
    }

    pub(crate) fn public(&self, item: usize) -> Option<&'a Public> {
        self.item(item).content.public()
    }

    /// The private keys with a public half.
    pub(crate) fn keys_of(&self, public: &Public) -> &[usize] {
        self.keys.get(public).map_or(&[], Vec::as_slice)
    }

    /// The private key that a program is given with a certificate, as far as its place says: in the same file, in the same kubeconfig, or under
    /// the same name beside it.
    pub(crate) fn key_beside(&self, certificate: usize) -> Option<usize> {
        let own = self.item(certificate);
        let seen = &self.seen[certificate];
        let keys = self.beside.get(&seen.lies()).map_or(&[][..], Vec::as_slice);
        let same_file = keys.iter().find(|key| {
            let key = self.item(**key);
            key.file == own.file && user(key) == user(own)
        });
        let other_file = keys
            .iter()
            .find(|key| seen.within.is_none() && self.seen[**key].within.is_none());
        same_file.or(other_file).copied()
    }

    /// The certificates of the file that one stands in, from itself on.
    pub(crate) fn chain(&self, certificate: usize) -> Vec<usize> {
        let together = self.together(certificate);
        together.filter(|place| *place >= certificate).collect()
    }

    /// The first certificate of its file, if it is another one.
    pub(crate) fn is_behind(&self, certificate: usize) -> Option<usize> {
        let first = self.together(certificate).next();
        first.filter(|first| *first != certificate)
    }

    /// The certificates of one file, or of one field of a kubeconfig.
    fn together(&self, certificate: usize) -> impl Iterator<Item = usize> {
        let own = self.item(certificate);
        let contents = self.of_file(own.file).iter().copied();
        contents.filter(move |place| {
            let item = self.item(*place);
            matches!(item.content, Content::Certificate(_)) && field(item) == field(own)
        })
    }

    /// What was found in a file.
    pub(crate) fn of_file(&self, file: usize) -> &[usize] {
        self.contents.get(&file).map_or(&[], Vec::as_slice)
    }

    /// The DER of certificates.
    pub(crate) fn ders(&self, items: &[usize]) -> Vec<Vec<u8>> {
        let items = items.iter().filter_map(|item| self.der(*item));
        items.map(<[u8]>::to_vec).collect()
    }

    pub(crate) fn der(&self, item: usize) -> Option<&'a [u8]> {
        match &self.item(item).content {
            Content::Certificate(found) => Some(&found.der),
            _ => None,
        }
    }

    /// Reads every certificate once; says which face each item has.
    fn read_faces(&mut self) -> Vec<Option<usize>> {
        let mut known: HashMap<&[u8], usize> = HashMap::new();
        let items = self.inventory.items().iter();
        let faces = &mut self.faces;
        items
            .map(|item| match &item.content {
                Content::Certificate(found) => {
                    Some(*known.entry(&found.der).or_insert_with(|| {
                        faces.push(Face::of(found));
                        faces.len() - 1
                    }))
                }
                _ => None,
            })
            .collect()
    }

    /// Every name that is a node's: by subjects, by the alternative names of servers, and as guides have them.
    fn known_nodes(&self) -> HashSet<String> {
        let mut nodes = HashSet::new();
        for face in &self.faces {
            nodes.extend(face.node().map(ToOwned::to_owned));
            let own = |name: &&String| !name.contains('.') && !RESERVED.contains(&name.as_str());
            if face.service_name().is_some() || face.dns.contains(&face.common_name) {
                nodes.extend(face.dns.iter().filter(own).cloned());
            }
        }
        let presets = PRESETS.iter().flat_map(|preset| preset.nodes());
        let presets = presets.map(|node| node.name);
        nodes.extend(presets.filter(|name| !RESERVED.contains(&name.as_str())));
        nodes
    }

    fn look(
        &self,
        place: usize,
        face: Option<usize>,
        nodes: &HashSet<String>,
        issuers: &HashSet<Vec<u8>>,
    ) -> Seen {
        let item = self.item(place);
        let location = Location::of(self.inventory.full_path(item.file), nodes);
        let opinion = face.map(|face| &self.faces[face]).and_then(|face| {
            let signs = issuers.contains(&face.raw_subject);
            face.opinion(signs)
        });
        let mut seen = Seen {
            face,
            opinion,
            named: location.duty,
            kubelet: None,
            within: None,
            location,
        };
        if let Place::Field { .. } = &item.place {
            let mut others = self.of_file(item.file).iter();
            let config =
                |other: &&usize| matches!(self.item(**other).content, Content::Kubeconfig(_));
            seen.within = others.find(config).copied();
            // What kind of kubeconfig it is, is found out later.
            seen.named = None;
        }
        seen.kubelet = face.and_then(|face| kubelet(&self.faces[face], &seen, nodes));
        seen
    }
}

fn field(item: &Item) -> Option<&str> {
    match &item.place {
        Place::Field { path, .. } => Some(path),
        _ => None,
    }
}

/// `users[0]`: a certificate and a key of one user belong together.
fn user(item: &Item) -> Option<&str> {
    field(item).and_then(|path| path.split('.').next())
}

/// Names that are no node's, whatever guide has them.
const RESERVED: [&str; 3] = ["kubernetes", "localhost", "server"];
