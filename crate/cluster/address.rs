//! The addresses that components are dialled at.

use std::net::IpAddr;

use ipnet::IpNet;

use super::name::shown;
use crate::Error;

/// An IP address that one machine can have and another can dial.
pub(super) fn node_address(found: &str, field: String) -> Result<IpAddr, Error> {
    if let Some((address, _)) = found.split_once('%')
        && address.parse::<std::net::Ipv6Addr>().is_ok()
    {
        return Err(Error::ZonedAddress {
            field,
            found: shown(found),
        });
    }
    let invalid = |field| Error::InvalidAddress {
        field,
        found: shown(found),
    };
    let Ok(address) = found.parse::<IpAddr>() else {
        return Err(invalid(field));
    };
    if let IpAddr::V6(v6) = address
        && let Some(v4) = v6.to_ipv4_mapped()
    {
        // Another entry in a certificate, but the same machine.
        return Err(Error::MappedAddress {
            field,
            found: found.to_owned(),
            address: v4.to_string(),
        });
    }
    let broadcast = matches!(address, IpAddr::V4(v4) if v4.is_broadcast());
    if address.is_unspecified() || address.is_multicast() || broadcast {
        return Err(invalid(field));
    }
    Ok(address)
}

/// The service networks: one, or one of each family with a comma between them.
pub(super) fn service_cidrs(found: &str) -> Result<Vec<IpNet>, Error> {
    let networks = found
        .split(',')
        .map(|part| service_cidr(part.trim()))
        .collect::<Result<Vec<_>, _>>()?;
    match networks[..] {
        [_] => Ok(networks),
        [one, other] if one.addr().is_ipv4() != other.addr().is_ipv4() => Ok(networks),
        _ => Err(Error::CidrFamilies {
            found: shown(found),
        }),
    }
}

/// One service network.
///
/// kube-apiserver gives the first address of `--service-cluster-ip-range` to the service `kubernetes`.
fn service_cidr(found: &str) -> Result<IpNet, Error> {
    let invalid = || Error::InvalidCidr {
        found: shown(found),
    };
    let network: IpNet = found.parse().map_err(|_| invalid())?;
    let address = network.addr();
    if address.is_unspecified() || address.is_multicast() || address.is_loopback() {
        return Err(invalid());
    }
    if let IpNet::V6(v6) = network
        && let Some(v4) = v6.addr().to_ipv4_mapped()
        && let Some(prefix) = v6.prefix_len().checked_sub(96)
    {
        // Its first address would be one that no certificate is asked for.
        return Err(Error::MappedAddress {
            field: "serviceCidr".to_owned(),
            found: found.to_owned(),
            address: format!("{v4}/{prefix}"),
        });
    }
    if network.trunc() != network {
        return Err(Error::CidrHostBits {
            found: found.to_owned(),
            network: network.trunc().to_string(),
        });
    }
    // kube-apiserver wants room for at least eight services.
    if network.max_prefix_len() - network.prefix_len() < 3 {
        return Err(Error::CidrWithoutRoom {
            found: found.to_owned(),
        });
    }
    Ok(network)
}

/// The address after the network's own.
pub(crate) fn first_address(network: &IpNet) -> IpAddr {
    next(network.network()).unwrap_or(network.network())
}

/// The address that follows; none follows the last one.
pub(super) fn next(address: IpAddr) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(v4) => IpAddr::V4(u32::from(v4).checked_add(1)?.into()),
        IpAddr::V6(v6) => IpAddr::V6(u128::from(v6).checked_add(1)?.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_address_follows_the_network_s_own() {
        let first = |cidr| first_address(&service_cidrs(cidr).unwrap()[0]).to_string();
        assert_eq!(first("10.96.0.0/24"), "10.96.0.1");
        assert_eq!(first("fd00:96::/112"), "fd00:96::1");
        assert_eq!(
            service_cidrs("10.96.0.0/24, fd00:96::/112").unwrap().len(),
            2
        );
    }

    #[test]
    fn what_is_not_a_network_with_room_is_refused() {
        for (bad, code) in [
            ("", "invalid-cidr"),
            ("10.96.0.0", "invalid-cidr"),
            ("10.96.0.0/33", "invalid-cidr"),
            ("10.96.0.1/24", "cidr-host-bits"),
            ("10.96.0.0/30", "cidr-without-room"),
            ("::ffff:10.96.0.0/120", "mapped-address"),
            ("::ffff:0.0.0.0/90", "cidr-host-bits"),
            ("fd00::/126", "cidr-without-room"),
            ("0.0.0.0/0", "invalid-cidr"),
            ("x/24", "invalid-cidr"),
            ("10.96.0.0/-1", "invalid-cidr"),
            ("10.96.0.0/24,", "invalid-cidr"),
            ("10.96.0.0/24,10.97.0.0/24", "cidr-families"),
            ("10.96.0.0/24,fd00::/112,fd01::/112", "cidr-families"),
        ] {
            assert_eq!(service_cidrs(bad).unwrap_err().code(), code, "{bad}");
        }
    }

    #[test]
    fn what_nobody_can_dial_is_refused() {
        for (bad, code) in [
            ("", "invalid-address"),
            ("0.0.0.0", "invalid-address"),
            ("::", "invalid-address"),
            ("224.0.0.1", "invalid-address"),
            ("255.255.255.255", "invalid-address"),
            ("::ffff:10.0.0.1", "mapped-address"),
            ("fe80::1%eth0", "zoned-address"),
            ("10.0.0.1%eth0", "invalid-address"),
            ("10.0.0.1/24", "invalid-address"),
            ("010.0.0.1", "invalid-address"),
            ("10.0.0", "invalid-address"),
            ("worker-1", "invalid-address"),
        ] {
            let error = node_address(bad, "a".into()).unwrap_err();
            assert_eq!(error.code(), code, "{bad}");
        }
    }
}
