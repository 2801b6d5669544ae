//! Many nodes at once: a range of names, or a list as in `/etc/hosts` and `machines.txt`.

use super::node::WORKERS_MAX;
use super::{NodeDescription, Role, address, name};
use crate::Error;

/// `worker-[1-1000]` with the first one's address: the names and the addresses are counted up together.
///
/// A first number with leading zeros keeps its width: `node[01-12]`.
///
/// # Errors
///
/// [`Error::InvalidRange`], or that of the address.
pub fn nodes_of_range(
    pattern: &str,
    first_address: &str,
    role: Role,
) -> Result<Vec<NodeDescription>, Error> {
    let invalid = || Error::InvalidRange {
        found: name::shown(pattern),
    };
    let (stem, rest) = pattern.split_once('[').ok_or_else(invalid)?;
    let (range, end) = rest.split_once(']').ok_or_else(invalid)?;
    let (first, last) = range.split_once('-').ok_or_else(invalid)?;
    let number = |text: &str| match text.parse::<usize>() {
        Ok(number) if text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(number)
        }
        _ => Err(invalid()),
    };
    let (from, to) = (number(first)?, number(last)?);
    if to < from || to - from >= WORKERS_MAX {
        return Err(invalid());
    }
    let mut address = Some(address::node_address(first_address, "firstAddress".into())?);
    (from..=to)
        .map(|n| {
            // The addresses run out where the family's numbers do.
            let current = address.ok_or_else(invalid)?;
            address = address::next(current);
            Ok(NodeDescription {
                name: format!("{stem}{n:0width$}{end}", width = first.len()),
                role,
                addresses: vec![current.to_string()],
                names: Vec::new(),
            })
        })
        .collect()
}

/// Lines of `ADDRESS NAME…`: `/etc/hosts`, and the `machines.txt` of Hightower's guide, whose lines are
/// `ADDRESS FQDN HOSTNAME POD-SUBNET`.
///
/// The shortest name is the host's, the others are further names; two lines of one host are its two addresses.
/// The role is guessed from the name. Nothing else is checked: the cluster that is made of it is.
///
/// # Errors
///
/// [`Error::UnreadableLine`].
pub fn nodes_of_list(text: &str) -> Result<Vec<NodeDescription>, Error> {
    let mut nodes: Vec<NodeDescription> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let content = line.split('#').next().unwrap_or_default();
        let mut words = content.split_whitespace();
        let Some(address) = words.next() else {
            continue;
        };
        // The pod subnet of machines.txt.
        let mut names: Vec<&str> = words.filter(|word| !word.contains('/')).collect();
        let Ok(parsed) = address.parse::<std::net::IpAddr>() else {
            return Err(unreadable(index, line));
        };
        // The lines that every /etc/hosts has of the machine that it is on.
        if parsed.is_loopback()
            || parsed.is_multicast()
            || names.iter().any(|name| name.starts_with("ip6-"))
        {
            continue;
        }
        let Some(host) = names.iter().copied().min_by_key(|name| name.len()) else {
            return Err(unreadable(index, line));
        };
        names.retain(|name| *name != host);
        let found = nodes.iter().position(|node| node.name == host);
        let node = if let Some(position) = found {
            &mut nodes[position]
        } else {
            nodes.push(NodeDescription {
                name: host.to_owned(),
                role: role_of(host),
                addresses: Vec::new(),
                names: Vec::new(),
            });
            let last = nodes.len() - 1;
            &mut nodes[last]
        };
        node.addresses.push(parsed.to_string());
        for name in names {
            if !node.names.iter().any(|known| known == name) {
                node.names.push(name.to_owned());
            }
        }
    }
    Ok(nodes)
}

fn unreadable(index: usize, line: &str) -> Error {
    Error::UnreadableLine {
        line: index + 1,
        found: name::shown(line.trim()),
    }
}

/// What the guides call their machines.
fn role_of(name: &str) -> Role {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["loadbalancer", "load-balancer", "haproxy"]) || name == "lb" || name.starts_with("lb-")
    {
        Role::LoadBalancer
    } else if has(&["master", "control", "server"]) || name.starts_with("cp-") {
        Role::ControlPlane
    } else if name.starts_with("etcd") {
        Role::Etcd
    } else {
        Role::Worker
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_counts_names_and_addresses_up_together() {
        let nodes = nodes_of_range("worker-[1-300]", "10.0.0.250", Role::Worker).unwrap();
        assert_eq!(nodes.len(), 300);
        assert_eq!(nodes[0].name, "worker-1");
        assert_eq!(nodes[6].addresses, ["10.0.1.0"]);
        assert_eq!(nodes[299].name, "worker-300");
        let nodes = nodes_of_range("n[08-11].lan", "fd00::a", Role::Etcd).unwrap();
        let names: Vec<_> = nodes.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["n08.lan", "n09.lan", "n10.lan", "n11.lan"]);
        assert_eq!(nodes[3].addresses, ["fd00::d"]);
        assert_eq!(
            nodes_of_range("w-[1-5000]", "10.0.0.1", Role::Worker).map(|n| n.len()),
            Ok(5000)
        );
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        for bad in [
            "w",
            "w-[1]",
            "w-[1-",
            "w-[2-1]",
            "w-[a-b]",
            "w-[+1-2]",
            "w-[1-5001]",
            "w-[1-9999999999]",
        ] {
            let refused = nodes_of_range(bad, "10.0.0.1", Role::Worker);
            assert_eq!(refused, Err(Error::InvalidRange { found: bad.into() }));
        }
        let refused = nodes_of_range("w-[1-2]", "10.0.0", Role::Worker).unwrap_err();
        assert_eq!(
            (refused.code(), refused.field()),
            ("invalid-address", Some("firstAddress"))
        );
        let refused = nodes_of_range("w-[1-3]", "255.255.255.254", Role::Worker).unwrap_err();
        assert_eq!(refused.code(), "invalid-range");
    }

    #[test]
    fn a_list_of_hosts_becomes_nodes() {
        let text = "127.0.0.1 localhost\n::1 ip6-localhost\n\n# the cluster\n192.168.5.30 loadbalancer # haproxy\n\
                    192.168.5.11 master-1.example master-1\nfd00::11 master-1\n192.168.5.21\tworker-1\n10.0.0.9 etcd-0\n";
        let nodes = nodes_of_list(text).unwrap();
        let facts: Vec<_> = nodes
            .iter()
            .map(|n| {
                (
                    n.name.as_str(),
                    n.role.id(),
                    n.addresses.join(","),
                    n.names.join(","),
                )
            })
            .collect();
        let expected = [
            ("loadbalancer", "load-balancer", "192.168.5.30", ""),
            (
                "master-1",
                "control-plane",
                "192.168.5.11,fd00::11",
                "master-1.example",
            ),
            ("worker-1", "worker", "192.168.5.21", ""),
            ("etcd-0", "etcd", "10.0.0.9", ""),
        ];
        assert_eq!(
            facts,
            expected.map(|(a, b, c, d)| (a, b, c.to_owned(), d.to_owned()))
        );
    }

    #[test]
    fn hightower_s_machines_txt_becomes_nodes() {
        let text = "10.1.0.1 server.kubernetes.local server\n10.1.0.2 node-0.kubernetes.local node-0 10.200.0.0/24\n";
        let nodes = nodes_of_list(text).unwrap();
        assert_eq!(nodes[0].role, Role::ControlPlane);
        assert_eq!(nodes[0].names, ["server.kubernetes.local"]);
        assert_eq!(nodes[1].name, "node-0");
        assert_eq!(nodes[1].names, ["node-0.kubernetes.local"]);
    }

    #[test]
    fn a_line_that_is_no_address_with_a_name_is_refused_with_its_number() {
        for (text, line, found) in [
            ("10.0.0.1 a\nnode-1 10.0.0.2\n", 2, "node-1 10.0.0.2"),
            ("10.0.0.1", 1, "10.0.0.1"),
            ("# x\n\nXXX.XXX.XXX.XXX server", 3, "XXX.XXX.XXX.XXX server"),
        ] {
            let found = found.into();
            assert_eq!(
                nodes_of_list(text),
                Err(Error::UnreadableLine { line, found })
            );
        }
    }
}
