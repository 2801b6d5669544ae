//! A network in a name constraint.

use std::net::IpAddr;

/// Address and mask, both of 4 or of 16 octets.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Network {
    pub(super) address: Vec<u8>,
    mask: Vec<u8>,
}

impl Network {
    pub(super) fn read(octets: &[u8]) -> Result<Self, String> {
        if ![8, 32].contains(&octets.len()) {
            let length = octets.len();
            return Err(format!(
                "x509: IP constraint contained value of length {length}"
            ));
        }
        let (address, mask) = octets.split_at(octets.len() / 2);
        let ones = mask
            .iter()
            .map(|octet| octet.leading_ones())
            .collect::<Vec<_>>();
        let whole = ones.iter().take_while(|ones| **ones == 8).count();
        let count = mask.iter().map(|octet| octet.count_ones()).sum::<u32>();
        if count != ones.iter().take(whole + 1).sum::<u32>() {
            let mask: String = mask.iter().map(|octet| format!("{octet:02x}")).collect();
            return Err(format!("x509: IP constraint contained invalid mask {mask}"));
        }
        if address.len() == 16 && address[..12] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] {
            return Err("x509: IP constraint contained IPv4-mapped IPv6 address".to_owned());
        }
        let masked = address.iter().zip(mask).map(|(octet, mask)| octet & mask);
        Ok(Self {
            address: masked.collect(),
            mask: mask.to_vec(),
        })
    }

    /// Whether all of another lies in it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let inverted = other
            .address
            .iter()
            .zip(&other.mask)
            .map(|(octet, mask)| octet | !mask);
        self.contains(&other.address) && self.contains(&inverted.collect::<Vec<_>>())
    }

    pub(super) fn contains(&self, octets: &[u8]) -> bool {
        let masked = octets
            .iter()
            .zip(&self.mask)
            .map(|(octet, mask)| octet & mask);
        octets.len() == self.address.len() && masked.eq(self.address.iter().copied())
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bits: u32 = self.mask.iter().map(|octet| octet.count_ones()).sum();
        if let Ok(four) = <[u8; 4]>::try_from(self.address.as_slice()) {
            return write!(f, "{}/{bits}", IpAddr::from(four));
        }
        let sixteen = <[u8; 16]>::try_from(self.address.as_slice());
        write!(f, "{}/{bits}", IpAddr::from(sixteen.unwrap_or_default()))
    }
}
