//! Inventory -> Recognition: which file is which, and what cluster they make.
//!
//! Content goes first (CN and O, usages, alternative names, who signed what), the name of a file and its folder second. Every guess is listed
//! with its reason, and everything can be put right by [`Corrections`], with which recognition starts anew. Nothing is dropped: each thing that
//! was found is assigned to an entry of the plan, or is unused with the reason.
//!
//! The description that comes out parses, and its plan says what *should* be there. It hides no fault: names and addresses come from all files
//! together, and [`Recognition::evidence`] has the files themselves, each as it lies at its end of a connection. What was not given is
//! [`State::NotGiven`](crate::verify::State::NotGiven) there, never guessed.
//!
//! One file for each step: `path` and `face` read, `seen`, `scene` and `kubeconfig` put together, `duty` knows what things are called, `guide` chooses
//! the preset, `topology` and `service` find the machines, `describe` and `fit` describe, `assign` assigns, `evidence` hands on to the verifier.

pub(crate) mod assign;
mod assignment;
mod correction;
mod describe;
pub(crate) mod duty;
pub(crate) mod evidence;
pub(crate) mod face;
mod fit;
mod guide;
pub(crate) mod kubeconfig;
pub(crate) mod near;
mod path;
pub(crate) mod scene;
mod seen;
mod service;
mod topology;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

pub use self::assignment::{Assignment, Duplicate, Guess, Part, Unused, Useless, Why};
pub use self::correction::{Assigned, Corrections};
use self::scene::Scene;
use crate::import::{Content, Inventory};
use crate::verify::Evidence;
use crate::{Cluster, Description, Plan};

/// What was recognised in an inventory. It holds no secret.
#[derive(Clone, Debug, Serialize)]
pub struct Recognition {
    /// The cluster. It parses.
    pub description: Description,
    /// Every thing that has a place in the plan, in the inventory's order; what serves for several entries is there several times.
    pub assignments: Vec<Assignment>,
    /// What no file says for certain.
    pub guesses: Vec<Guess>,
    /// Every other thing.
    pub unused: Vec<Unused>,
    /// What lies in several places.
    pub duplicates: Vec<Duplicate>,
    #[serde(skip)]
    plan: Plan,
    #[serde(skip)]
    made_up: HashSet<String>,
    #[serde(skip)]
    corrections: Corrections,
}

impl Recognition {
    /// Looks at everything that was found. The same inventory and corrections give the same.
    ///
    /// A [`Description`] among the files, as this page saves it, goes before every guess about the cluster.
    pub fn of(inventory: &Inventory, corrections: &Corrections) -> Self {
        let scene = Scene::new(inventory, corrections);
        let given = inventory
            .items()
            .iter()
            .find_map(|item| match &item.content {
                Content::Description(found) if Cluster::parse(found).is_ok() => Some(&**found),
                _ => None,
            });
        let given = given.filter(|given| {
            corrections
                .preset
                .as_ref()
                .is_none_or(|preset| *preset == given.preset)
        });
        let mut made_up = HashSet::new();
        let (mut description, mut guesses) = if let Some(given) = given {
            (given.clone(), Vec::new())
        } else {
            let (preset, guess) = guide::choose(&scene);
            let topology = topology::of(&scene, preset);
            let description = describe::first(&scene, preset, &topology);
            made_up.extend(topology.made_up);
            let guesses = std::iter::once(guess).chain(topology.guesses);
            (description, guesses.collect())
        };
        let plan = plan(&description);
        let assigned = assign::all(&scene, &plan);
        if given.is_none() {
            describe::changes(&scene, &plan, &assigned, &mut description);
        }
        guesses.dedup();
        Self {
            plan: self::plan(&description),
            description,
            assignments: assigned.assignments,
            guesses,
            unused: assigned.unused,
            duplicates: duplicates(inventory),
            made_up,
            corrections: corrections.clone(),
        }
    }

    /// The plan of the description.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The files as the verifier looks at them. `inventory` is the one that was recognised.
    pub fn evidence(&self, inventory: &Inventory) -> Evidence {
        evidence::of(&Scene::new(inventory, &self.corrections), self)
    }

    /// The item by which an entry of the plan is verified: a certificate's id, or a kubeconfig's file name.
    pub fn main(&self, id: &str, part: Part) -> Option<usize> {
        let mut all = self.assignments.iter();
        let found = all.find(|one| one.main && one.part == part && one.id == id);
        found.map(|one| one.item)
    }

    pub(crate) fn corrections(&self) -> &Corrections {
        &self.corrections
    }
}

fn plan(description: &Description) -> Plan {
    let cluster = Cluster::parse(description);
    Plan::new(&cluster.expect("a description that was fitted parses"))
}

/// Certificates by their DER, keys by their public halves.
fn duplicates(inventory: &Inventory) -> Vec<Duplicate> {
    let mut known: HashMap<(&'static str, &[u8]), Vec<usize>> = HashMap::new();
    for (place, item) in inventory.items().iter().enumerate() {
        let bytes = match &item.content {
            Content::Certificate(found) => &found.der,
            Content::PrivateKey(key) => &key.public().spki,
            Content::PublicKey(public) => &public.spki,
            Content::Request(found) => &found.der,
            Content::Description(_) | Content::Kubeconfig(_) => continue,
        };
        known
            .entry((item.content.kind(), bytes))
            .or_default()
            .push(place);
    }
    let mut found: Vec<_> = known
        .into_values()
        .filter(|items| items.len() > 1)
        .collect();
    found.sort_unstable();
    found.into_iter().map(|items| Duplicate { items }).collect()
}
