//! The machines: their names, what runs on them, and their addresses, by whatever file tells of them.

mod balancer;
mod complete;
mod draft;
mod endpoint;
mod machine;
mod server;
mod spread;

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

pub(super) use self::draft::Draft;
use self::server::Server;
use super::scene::Scene;
use super::{Guess, service};
use crate::Preset;

/// What is known of the machines.
#[derive(Default)]
pub(super) struct Topology {
    pub(super) nodes: Vec<Draft>,
    /// The network of services.
    pub(super) service_cidr: String,
    /// `HOST` or `HOST:PORT`; empty for the load balancer or the first control plane.
    pub(super) endpoint: String,
    pub(super) guesses: Vec<Guess>,
    /// Addresses that no file tells of.
    pub(super) made_up: HashSet<String>,
}

pub(super) fn of(scene: &Scene<'_>, preset: &Preset) -> Topology {
    let mut builder = Builder {
        scene,
        preset,
        made: Topology::default(),
        places: HashMap::new(),
    };
    builder.folders();
    builder.kubelets();
    builder.members();
    let servers = builder.servers();
    let own: Vec<IpAddr> = builder.addresses().collect();
    let all = servers.iter().flat_map(|server| &server.face.addresses);
    let found = service::addresses(all.copied(), &own, preset);
    builder.apiservers(&servers, &found);
    builder.nobody_left_out();
    builder.correct();
    builder.nobody_without_address();
    builder.endpoint(&servers);
    builder.service(&found);
    builder.made
}

struct Builder<'a> {
    scene: &'a Scene<'a>,
    preset: &'a Preset,
    made: Topology,
    places: HashMap<String, usize>,
}

impl<'a> Builder<'a> {
    fn draft(&mut self, name: &str) -> &mut Draft {
        let nodes = &mut self.made.nodes;
        let place = *self.places.entry(name.to_owned()).or_insert_with(|| {
            nodes.push(Draft {
                name: name.to_owned(),
                ..Draft::default()
            });
            nodes.len() - 1
        });
        &mut self.made.nodes[place]
    }

    fn addresses(&self) -> impl Iterator<Item = IpAddr> + use<'_, 'a> {
        self.made
            .nodes
            .iter()
            .flat_map(|node| node.addresses.iter().copied())
    }

    /// The nodes as the guide has them, by name with their addresses.
    fn usual_addresses(&self) -> HashMap<String, Vec<String>> {
        let nodes = self.preset.nodes().into_iter();
        nodes.map(|node| (node.name, node.addresses)).collect()
    }

    /// After nodes were taken away or put in order.
    fn index(&mut self) {
        let nodes = self.made.nodes.iter().enumerate();
        self.places = nodes
            .map(|(place, node)| (node.name.clone(), place))
            .collect();
    }
}
