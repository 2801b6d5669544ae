//! The extensions that Go knows (RFC 5280, section 4.2), in the words of its `processExtensions`.

use std::net::{IpAddr, Ipv6Addr};

use super::constraints::Constraints;
use super::der::{Der, small, tag};
use super::policy::Policies;
use super::usage::Usages;

/// One extension, its value unread.
pub(super) struct Extension<'a> {
    pub(super) oid: String,
    pub(super) critical: bool,
    pub(super) value: &'a [u8],
}

/// What all of them say.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    /// subjectAltName.
    pub(super) names: Option<Names>,
    pub(super) basic_constraints: Option<BasicConstraints>,
    /// The bits of keyUsage; zero without the extension.
    pub(super) key_usage: u16,
    pub(super) usages: Usages,
    pub(super) subject_key_id: Vec<u8>,
    pub(super) authority_key_id: Vec<u8>,
    pub(super) name_constraints: Option<Constraints>,
    pub(super) policies: Policies,
    pub(super) unhandled_critical: bool,
}

/// keyCertSign among the bits of keyUsage.
pub(super) const CERT_SIGN: u16 = 1 << 5;

/// The extension subjectAltName.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Names {
    /// The value, to compare.
    pub(super) raw: Vec<u8>,
    pub(super) dns: Vec<String>,
    pub(super) addresses: Vec<IpAddr>,
    pub(super) emails: Vec<String>,
    pub(super) uris: Vec<String>,
}

#[derive(Debug)]
pub(super) struct BasicConstraints {
    pub(super) authority: bool,
    pub(super) path_length: Option<u64>,
}

impl<'a> Extension<'a> {
    pub(super) fn parse(mut der: Der<'a>) -> Result<Self, &'static str> {
        let oid = der.oid().ok_or("x509: malformed extension OID field")?;
        let critical = if der.next_is(tag::BOOLEAN) {
            let critical = der.boolean();
            critical.ok_or("x509: malformed extension critical field")?
        } else {
            false
        };
        let value = der.read(tag::OCTET_STRING);
        let value = value.ok_or("x509: malformed extension value field")?.0;
        Ok(Self {
            oid,
            critical,
            value,
        })
    }
}

impl Extensions {
    /// The value of subjectAltName.
    pub(super) fn names_raw(&self) -> Option<&[u8]> {
        self.names.as_ref().map(|names| &names.raw[..])
    }

    pub(super) fn add(&mut self, extension: &Extension<'_>) -> Result<(), String> {
        let value = Der(extension.value);
        let mut handled = true;
        match extension.oid.as_str() {
            "2.5.29.14" => self.subject_key_id = subject_key_id(extension)?,
            "2.5.29.15" => self.key_usage = key_usage(value)?,
            "2.5.29.17" => {
                let names = Names::read(value)?;
                handled = !names.is_empty();
                self.names = Some(names);
            }
            "2.5.29.19" => self.basic_constraints = Some(basic_constraints(value)?),
            "2.5.29.30" => {
                let (constraints, all) = Constraints::read(value)?;
                handled = all;
                self.name_constraints = Some(constraints);
            }
            "2.5.29.31" => distribution_points(value)?,
            "2.5.29.32" => self.policies.read(value)?,
            "2.5.29.33" => self.policies.read_mappings(value)?,
            "2.5.29.35" => self.authority_key_id = authority_key_id(extension)?,
            "2.5.29.36" => self.policies.read_constraints(value)?,
            "2.5.29.37" => self.usages = Usages::read(value)?,
            "2.5.29.54" => self.policies.read_inhibit_any(value)?,
            "1.3.6.1.5.5.7.1.1" => authority_information_access(extension)?,
            _ => handled = false,
        }
        self.unhandled_critical |= extension.critical && !handled;
        Ok(())
    }
}

impl Names {
    fn read(mut der: Der<'_>) -> Result<Self, String> {
        let mut names = Self {
            raw: der.0.to_vec(),
            ..Self::default()
        };
        let list = der.read(tag::SEQUENCE);
        let mut list = list.ok_or("x509: invalid subject alternative names")?;
        while !list.is_empty() {
            let name = list.element();
            let name = name.ok_or("x509: invalid subject alternative name")?;
            // Go looks at the number of the tag with its form: 0x82 is a DNS name, 0xa2 and 0x22 are not.
            match name.tag {
                0x81 => names.emails.push(ia5(name.content, "rfc822Name")?),
                0x82 => names.dns.push(ia5(name.content, "dNSName")?),
                0x86 => {
                    let uri = ia5(name.content, "uniformResourceIdentifier")?;
                    super::uri::host(&uri)?;
                    names.uris.push(uri);
                }
                0x87 => names.addresses.push(address(name.content)?),
                _ => {}
            }
        }
        Ok(names)
    }

    fn is_empty(&self) -> bool {
        self.dns.is_empty()
            && self.addresses.is_empty()
            && self.emails.is_empty()
            && self.uris.is_empty()
    }
}

fn ia5(octets: &[u8], what: &str) -> Result<String, String> {
    let text = str::from_utf8(octets).ok().filter(|text| text.is_ascii());
    text.map(ToOwned::to_owned)
        .ok_or_else(|| format!("x509: SAN {what} is malformed"))
}

fn address(octets: &[u8]) -> Result<IpAddr, String> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Ok(four.into());
    }
    let sixteen = <[u8; 16]>::try_from(octets);
    let sixteen =
        sixteen.map_err(|_| format!("x509: cannot parse IP address of length {}", octets.len()))?;
    let address = Ipv6Addr::from(sixteen);
    if address.to_ipv4_mapped().is_some() {
        return Err("x509: SAN iPAddress contains IPv4-mapped IPv6 address".to_owned());
    }
    Ok(address.into())
}

fn key_usage(mut der: Der<'_>) -> Result<u16, &'static str> {
    let bits = der.bits().ok_or("x509: invalid key usage")?;
    Ok((0..9)
        .filter(|bit| bits.has(*bit))
        .map(|bit| 1 << bit)
        .sum())
}

fn basic_constraints(mut der: Der<'_>) -> Result<BasicConstraints, &'static str> {
    let invalid = "x509: invalid basic constraints";
    let mut der = der.read(tag::SEQUENCE).ok_or(invalid)?;
    let authority = if der.next_is(tag::BOOLEAN) {
        der.boolean().ok_or(invalid)?
    } else {
        false
    };
    let path_length = if der.next_is(tag::INTEGER) {
        let length = der.integer().and_then(small);
        let length = length.and_then(|length| u64::try_from(length).ok());
        Some(length.ok_or(invalid)?)
    } else {
        None
    };
    Ok(BasicConstraints {
        authority,
        path_length,
    })
}

fn subject_key_id(extension: &Extension<'_>) -> Result<Vec<u8>, &'static str> {
    if extension.critical {
        return Err("x509: subject key identifier incorrectly marked critical");
    }
    let id = Der(extension.value).read(tag::OCTET_STRING);
    Ok(id.ok_or("x509: invalid subject key identifier")?.0.to_vec())
}

fn authority_key_id(extension: &Extension<'_>) -> Result<Vec<u8>, &'static str> {
    if extension.critical {
        return Err("x509: authority key identifier incorrectly marked critical");
    }
    let invalid = "x509: invalid authority key identifier";
    let mut der = Der(extension.value).read(tag::SEQUENCE).ok_or(invalid)?;
    let id = der.read_optional(tag::context(0)).ok_or(invalid)?;
    Ok(id.map(|id| id.0.to_vec()).unwrap_or_default())
}

/// Read, for what is malformed, and not followed.
fn distribution_points(mut der: Der<'_>) -> Result<(), &'static str> {
    let list = der.read(tag::SEQUENCE);
    let mut list = list.ok_or("x509: invalid CRL distribution points")?;
    let invalid = "x509: invalid CRL distribution point";
    while !list.is_empty() {
        let mut point = list.read(tag::SEQUENCE).ok_or(invalid)?;
        let name = point.read_optional(tag::explicit(0)).ok_or(invalid)?;
        let Some(mut name) = name else { continue };
        let mut name = name.read(tag::explicit(0)).ok_or(invalid)?;
        while name.next_is(tag::context(6)) {
            name.read(tag::context(6)).ok_or(invalid)?;
        }
    }
    Ok(())
}

/// Likewise.
fn authority_information_access(extension: &Extension<'_>) -> Result<(), &'static str> {
    if extension.critical {
        return Err("x509: authority info access incorrectly marked critical");
    }
    let invalid = "x509: invalid authority info access";
    let mut list = Der(extension.value).read(tag::SEQUENCE).ok_or(invalid)?;
    while !list.is_empty() {
        let mut access = list.read(tag::SEQUENCE).ok_or(invalid)?;
        access.oid().ok_or(invalid)?;
        access.read_optional(tag::context(6)).ok_or(invalid)?;
    }
    Ok(())
}
