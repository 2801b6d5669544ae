//! The network of services, by its first address in kube-apiserver's certificate.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::Preset;
use crate::cluster::DialRecipe;

/// First addresses of networks that are taken without thinking: of guides, of k3s, of clouds.
const USUAL: [[u8; 4]; 8] = [
    [10, 96, 0, 1],
    [10, 32, 0, 1],
    [10, 43, 0, 1],
    [10, 0, 0, 1],
    [10, 100, 0, 1],
    [10, 152, 183, 1],
    [172, 20, 0, 1],
    [172, 30, 0, 1],
];

/// Those of a certificate's addresses that are the service's: at most one of each family. `nodes` are known to be machines'.
pub(super) fn addresses(
    all: impl Iterator<Item = IpAddr>,
    nodes: &[IpAddr],
    preset: &Preset,
) -> Vec<IpAddr> {
    let mut all: Vec<IpAddr> = all.filter(|address| !address.is_loopback()).collect();
    all.sort_unstable();
    all.dedup();
    let own: Vec<IpAddr> = own(preset).map(|network| first(&network)).collect();
    let usual = |address: &IpAddr| {
        own.contains(address) || USUAL.iter().any(|usual| *address == IpAddr::from(*usual))
    };
    let mut found = Vec::new();
    for v4 in [true, false] {
        let family: Vec<_> = all
            .iter()
            .copied()
            .filter(|address| address.is_ipv4() == v4)
            .collect();
        let fixed = fixed(preset);
        let free = |address: &&IpAddr| !nodes.contains(address) && !fixed.contains(address);
        let alone = |address: &IpAddr| {
            let others = family.iter().chain(nodes).filter(|other| *other != address);
            others
                .clone()
                .all(|other| neighbourhood(*other) != neighbourhood(*address))
        };
        let first = |address: &IpAddr| match address {
            IpAddr::V4(v4) => v4.octets()[3] == 1,
            IpAddr::V6(v6) => v6.segments()[7] == 1 && v6.segments()[4..7] == [0; 3],
        };
        let mut likely = family.iter().filter(free);
        let planned = likely.clone().find(|address| own.contains(address));
        let usual = likely
            .clone()
            .find(|address| usual(address) && alone(address));
        // Machines lie near each other, and services far away.
        let far = likely
            .by_ref()
            .filter(|address| first(address) && alone(address))
            .min_by_key(|address| {
                let others = family.iter().chain(nodes).filter(|other| other != address);
                others.map(|other| shared(**address, *other)).max()
            });
        let service = planned.or(usual).or(far);
        let last = || family.iter().find(|address| fixed.contains(address));
        let service = service.or_else(last);
        found.extend(service.copied());
    }
    found
}

/// Addresses that a guide's own files lead to, whatever the cluster's services have.
pub(super) fn fixed(preset: &Preset) -> Vec<IpAddr> {
    let dials = preset.connections.iter().flat_map(|recipe| recipe.dials);
    dials
        .filter_map(|dial| match dial {
            DialRecipe::Address(octets, _) => Some(IpAddr::from(*octets)),
            _ => None,
        })
        .collect()
}

/// A network that begins with these addresses and that no node lies in; without an address the preset's.
pub(super) fn network(addresses: &[IpAddr], nodes: &[IpAddr], preset: &Preset) -> String {
    let own: Vec<_> = own(preset).collect();
    if addresses.is_empty() {
        let free = own
            .iter()
            .filter(|network| !nodes.iter().any(|node| network.contains(node)));
        let free: Vec<_> = free.map(ToString::to_string).collect();
        return if free.is_empty() {
            String::from("198.51.100.0/24")
        } else {
            free.join(",")
        };
    }
    let networks = addresses.iter().map(|address| {
        let planned = own.iter().find(|network| first(network) == *address);
        let usual = planned.map_or(if address.is_ipv4() { 24 } else { 112 }, IpNet::prefix_len);
        let longest = if address.is_ipv4() { 29 } else { 125 };
        let fitting = (usual..=longest).filter_map(|length| IpNet::new(*address, length).ok());
        let mut fitting = fitting.map(|network| network.trunc());
        let fitting = fitting.find(|network| {
            first(network) == *address && !nodes.iter().any(|node| network.contains(node))
        });
        fitting.map_or_else(
            || format!("{address}/{longest}"),
            |network| network.to_string(),
        )
    });
    networks.collect::<Vec<_>>().join(",")
}

fn own(preset: &Preset) -> impl Iterator<Item = IpNet> {
    let text = preset.description().service_cidr.unwrap_or_default();
    let networks: Vec<_> = text
        .split(',')
        .filter_map(|one| one.trim().parse().ok())
        .collect();
    networks.into_iter()
}

fn first(network: &IpNet) -> IpAddr {
    crate::cluster::first_address(network)
}

/// Machines lie in one network, and services in one of their own.
fn neighbourhood(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(v4) => v4.octets()[..3].to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}

/// How many bits two addresses of a family begin with alike.
fn shared(one: IpAddr, other: IpAddr) -> u32 {
    match (one, other) {
        (IpAddr::V4(one), IpAddr::V4(other)) => (u32::from(one) ^ u32::from(other)).leading_zeros(),
        (IpAddr::V6(one), IpAddr::V6(other)) => {
            (u128::from(one) ^ u128::from(other)).leading_zeros()
        }
        _ => 0,
    }
}
