//! The addresses that components are dialled at.

use std::net::IpAddr;

use ipnet::IpNet;

use super::name::shown;
use crate::Error;

/// An IP address that one machine can have and another can dial.
pub(super) fn node_address(found: &str, field: String) -> Result<IpAddr, Error> {
    let invalid = || Error::InvalidAddress {
        field,
        found: shown(found),
    };
    let Ok(address) = found.parse::<IpAddr>() else {
        return Err(invalid());
    };
    let broadcast = matches!(address, IpAddr::V4(v4) if v4.is_broadcast());
    // An IPv4 address in IPv6 clothes is another entry in a certificate, but the same machine.
    let mapped = matches!(address, IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some());
    if address.is_unspecified() || address.is_multicast() || broadcast || mapped {
        return Err(invalid());
    }
    Ok(address)
}

/// The service network, as its first address and itself.
///
/// kube-apiserver gives the first address of `--service-cluster-ip-range` to the service `kubernetes`.
pub(super) fn service_cidr(found: &str) -> Result<IpNet, Error> {
    let invalid = || Error::InvalidCidr {
        found: shown(found),
    };
    let network: IpNet = found.parse().map_err(|_| invalid())?;
    let host_bits = network.max_prefix_len() - network.prefix_len();
    // kube-apiserver wants room for at least eight services.
    let network_given = network.trunc() == network;
    let addr = network.addr();
    if host_bits < 3
        || !network_given
        || addr.is_unspecified()
        || addr.is_multicast()
        || addr.is_loopback()
    {
        return Err(invalid());
    }
    Ok(network)
}

/// The address after the network's own.
pub(super) fn first_address(network: &IpNet) -> IpAddr {
    match network.network() {
        IpAddr::V4(v4) => IpAddr::V4((u32::from(v4) + 1).into()),
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) + 1).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_address_follows_the_network_s_own() {
        let network = service_cidr("10.96.0.0/24").unwrap();
        assert_eq!(first_address(&network).to_string(), "10.96.0.1");
        let network = service_cidr("fd00:96::/112").unwrap();
        assert_eq!(first_address(&network).to_string(), "fd00:96::1");
    }

    #[test]
    fn what_is_not_a_network_with_room_is_refused() {
        for bad in [
            "",
            "10.96.0.0",
            "10.96.0.0/33",
            "10.96.0.1/24",
            "10.96.0.0/30",
            "0.0.0.0/0",
            "x/24",
            "10.96.0.0/-1",
        ] {
            assert_eq!(
                service_cidr(bad),
                Err(Error::InvalidCidr { found: bad.into() })
            );
        }
    }

    #[test]
    fn what_nobody_can_dial_is_refused() {
        for bad in [
            "",
            "0.0.0.0",
            "::",
            "224.0.0.1",
            "255.255.255.255",
            "::ffff:10.0.0.1",
            "fe80::1%eth0",
            "10.0.0.1/24",
            "010.0.0.1",
            "10.0.0",
            "worker-1",
        ] {
            assert!(node_address(bad, "a".into()).is_err(), "{bad}");
        }
    }
}
