//! Name constraints (RFC 5280, section 4.2.1.10) as Go 1.27 reads and applies them.

use std::cmp::Ordering;
use std::net::IpAddr;

use super::certificate::Certificate;
use super::der::{Der, tag};
use super::extension::Names;
use super::mailbox::Mailbox;
use super::quote::quoted;

/// What an authority may, and may not, sign for.
#[derive(Debug, Default)]
pub(super) struct Constraints {
    permitted: Subtrees,
    excluded: Subtrees,
}

#[derive(Debug, Default)]
struct Subtrees {
    dns: Vec<String>,
    networks: Vec<Network>,
    emails: Vec<String>,
    uris: Vec<String>,
}

/// Address and mask, both of 4 or of 16 octets.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Network {
    address: Vec<u8>,
    mask: Vec<u8>,
}

impl Constraints {
    /// And whether Go handles all of them.
    pub(super) fn read(mut der: Der<'_>) -> Result<(Self, bool), String> {
        let invalid = "x509: invalid NameConstraints extension";
        let mut both = der.read(tag::SEQUENCE).ok_or(invalid)?;
        if !der.is_empty() {
            return Err(invalid.to_owned());
        }
        let permitted = both.read_optional(tag::explicit(0)).ok_or(invalid)?;
        let excluded = both.read_optional(tag::explicit(1)).ok_or(invalid)?;
        if !both.is_empty() {
            return Err(invalid.to_owned());
        }
        let content = |list: Option<Der<'_>>| list.is_some_and(|list| !list.is_empty());
        if !content(permitted) && !content(excluded) {
            return Err("x509: empty name constraints extension".to_owned());
        }
        let mut handled = true;
        let mut subtrees = |list: Option<Der<'_>>| {
            let list = list.map(|list| Subtrees::read(list, &mut handled));
            list.transpose().map(Option::unwrap_or_default)
        };
        let constraints = Self {
            permitted: subtrees(permitted)?,
            excluded: subtrees(excluded)?,
        };
        Ok((constraints, handled))
    }

    /// The error is Go's detail.
    fn check(&self, names: &Subject) -> Result<(), String> {
        for address in &names.addresses {
            self.check_address(*address)?;
        }
        let (may, may_not) = (&self.permitted, &self.excluded);
        for name in &names.dns {
            if !valid_domain(name, false) {
                return Err(format!("x509: cannot parse dnsName {}", quoted(name)));
            }
            check_domain("DNS name", name, name, &may.dns, &may_not.dns)?;
        }
        for (uri, host) in &names.uris {
            if !valid_domain(host, false) {
                let uri = quoted(uri);
                return Err(format!(
                    "x509: internal error: URI SAN {uri} failed to parse"
                ));
            }
            check_domain("URI", uri, host, &may.uris, &may_not.uris)?;
        }
        for mailbox in &names.emails {
            self.check_mailbox(mailbox)?;
        }
        Ok(())
    }

    fn check_address(&self, address: IpAddr) -> Result<(), String> {
        let said = quoted(&address.to_string());
        let octets = match address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().to_vec(),
        };
        let permitted = &self.permitted.networks;
        if !permitted.is_empty() && !permitted.iter().any(|one| one.contains(&octets)) {
            return Err(format!(
                "IP address {said} is not permitted by any constraint"
            ));
        }
        match widest(&self.excluded.networks, &octets) {
            None => Ok(()),
            Some(network) => {
                let network = quoted(&network.to_string());
                Err(format!(
                    "IP address {said} is excluded by constraint {network}"
                ))
            }
        }
    }

    fn check_mailbox(&self, mailbox: &Mailbox) -> Result<(), String> {
        let said = quoted(&mailbox.to_string());
        let found = |list: &[String], permitted: bool| {
            let mut exact = list.iter().filter(|one| one.contains('@'));
            if exact.any(|one| Mailbox::parse(one).is_some_and(|one| same(&one, mailbox))) {
                return Some(mailbox.to_string());
            }
            let domains = list.iter().filter(|one| !one.contains('@')).cloned();
            Domains::new(&domains.collect::<Vec<_>>(), permitted)?.find(&mailbox.domain)
        };
        let permitted = &self.permitted.emails;
        if !permitted.is_empty() && found(permitted, true).is_none() {
            return Err(format!(
                "email address {said} is not permitted by any constraint"
            ));
        }
        match found(&self.excluded.emails, false) {
            None => Ok(()),
            Some(constraint) => {
                let constraint = quoted(&constraint);
                Err(format!(
                    "email address {said} is excluded by constraint {constraint}"
                ))
            }
        }
    }
}

/// The constraint's domain is made lower case, as the address's was.
fn same(constraint: &Mailbox, mailbox: &Mailbox) -> bool {
    constraint.local == mailbox.local && constraint.domain.to_lowercase() == mailbox.domain
}

fn check_domain(
    kind: &str,
    said: &str,
    domain: &str,
    permitted: &[String],
    excluded: &[String],
) -> Result<(), String> {
    let said = quoted(said);
    let permitted = Domains::new(permitted, true);
    if permitted.is_some_and(|permitted| permitted.find(domain).is_none()) {
        return Err(format!("{kind} {said} is not permitted by any constraint"));
    }
    let excluded = Domains::new(excluded, false);
    match excluded.and_then(|excluded| excluded.find(domain)) {
        None => Ok(()),
        Some(constraint) => {
            let constraint = quoted(&constraint);
            Err(format!(
                "{kind} {said} is excluded by constraint {constraint}"
            ))
        }
    }
}

impl Subtrees {
    fn read(mut list: Der<'_>, handled: &mut bool) -> Result<Self, String> {
        let invalid = "x509: invalid NameConstraints extension";
        let mut subtrees = Self::default();
        while !list.is_empty() {
            let mut subtree = list.read(tag::SEQUENCE).ok_or(invalid)?;
            let base = subtree.element().ok_or(invalid)?;
            match base.tag {
                0x81 => {
                    let email = ia5(base.content)?;
                    let valid = if email.contains('@') {
                        Mailbox::parse(&email).is_some()
                    } else {
                        valid_domain(&email, true)
                    };
                    subtrees
                        .emails
                        .push(or_unparsable(email, valid, "rfc822Name")?);
                }
                0x82 => {
                    let domain = ia5(base.content)?;
                    let valid = valid_domain(&domain, true);
                    subtrees.dns.push(or_unparsable(domain, valid, "dnsName")?);
                }
                0x86 => {
                    let domain = ia5(base.content)?;
                    if domain.parse::<IpAddr>().is_ok() {
                        let domain = quoted(&domain);
                        return Err(format!(
                            "x509: failed to parse URI constraint {domain}: cannot be IP address"
                        ));
                    }
                    let valid = valid_domain(&domain, true);
                    subtrees.uris.push(or_unparsable(domain, valid, "URI")?);
                }
                0x87 => subtrees.networks.push(Network::read(base.content)?),
                _ => *handled = false,
            }
        }
        Ok(subtrees)
    }
}

fn ia5(octets: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(octets);
    if text.is_ascii() {
        return Ok(text.into_owned());
    }
    let text = quoted(&text);
    Err(format!(
        "x509: invalid constraint value: x509: {text} cannot be encoded as an IA5String"
    ))
}

fn or_unparsable(text: String, valid: bool, kind: &str) -> Result<String, String> {
    if valid {
        return Ok(text);
    }
    let text = quoted(&text);
    Err(format!("x509: failed to parse {kind} constraint {text}"))
}

impl Network {
    fn read(octets: &[u8]) -> Result<Self, String> {
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

    fn contains(&self, octets: &[u8]) -> bool {
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

/// Go drops a network that lies in another, and so names the wider one.
fn widest<'a>(networks: &'a [Network], octets: &[u8]) -> Option<&'a Network> {
    let holding = networks.iter().filter(|one| one.contains(octets));
    holding.min_by(|one, other| one.mask.cmp(&other.mask))
}

/// DNS constraints, sorted and searched as Go does: what it finds first is what it names.
struct Domains {
    /// An empty constraint holds every name.
    all: bool,
    sorted: Vec<String>,
    permitted: bool,
}

impl Domains {
    /// `None` without constraints.
    fn new(list: &[String], permitted: bool) -> Option<Self> {
        let mut sorted = list.to_vec();
        sorted.sort_by(|one, other| by_labels(one, other));
        sorted.dedup_by(|later, kept| within(kept, later));
        Some(Self {
            all: list.iter().any(String::is_empty),
            sorted,
            permitted,
        })
        .filter(|domains| !domains.sorted.is_empty())
    }

    /// The constraint that holds the name.
    fn find(&self, name: &str) -> Option<String> {
        if self.all {
            return Some(String::new());
        }
        let place = self
            .sorted
            .partition_point(|one| by_labels(one, name) == Ordering::Less);
        let exact = self
            .sorted
            .get(place)
            .filter(|one| by_labels(one, name) == Ordering::Equal);
        let below = || {
            let below = &self.sorted[place.saturating_sub(1)];
            Some(below).filter(|below| within(below, name))
        };
        if let Some(found) = exact.or_else(below) {
            return Some(found.clone());
        }
        // A wildcard could stand for the excluded name.
        if self.permitted || !name.starts_with('*') {
            return None;
        }
        let parent = without_first_label(&name.to_lowercase()).to_owned();
        let mut lower = self.sorted.iter().rev().map(|one| one.to_lowercase());
        lower.find(|one| !parent.is_empty() && without_first_label(one) == parent)
    }
}

fn without_first_label(name: &str) -> &str {
    name.find('.').map_or("", |dot| &name[dot..])
}

/// From the end, without regard to case; a dot is less than any other character.
fn by_labels(one: &str, other: &str) -> Ordering {
    let key = |octet: u8| {
        if octet == b'.' {
            0
        } else {
            octet.to_ascii_lowercase()
        }
    };
    let (one, other) = (one.bytes().rev().map(key), other.bytes().rev().map(key));
    one.cmp(other)
}

/// Whether `name` is the domain or below it; with a leading dot, only below.
fn within(domain: &str, name: &str) -> bool {
    let Some(start) = name.len().checked_sub(domain.len()) else {
        return false;
    };
    let end = &name.as_bytes()[start..];
    let boundary = domain.starts_with('.') || start == 0 || name.as_bytes()[start - 1] == b'.';
    boundary && end.eq_ignore_ascii_case(domain.as_bytes())
}

/// Go's `domainNameValid`; a constraint may begin with a dot.
pub(super) fn valid_domain(name: &str, constraint: bool) -> bool {
    if name.is_empty() {
        return true;
    }
    let bare = name
        .strip_prefix('.')
        .filter(|_| constraint)
        .unwrap_or(name);
    let label = |label: &str| !label.is_empty() && label.bytes().all(|c| (33..=126).contains(&c));
    !name.ends_with('.') && bare.split('.').all(label)
}

/// The names of one certificate, as constraints look at them.
struct Subject {
    addresses: Vec<IpAddr>,
    dns: Vec<String>,
    uris: Vec<(String, String)>,
    emails: Vec<Mailbox>,
}

impl Subject {
    fn of(names: &Names) -> Result<Self, String> {
        let uris: Result<Vec<_>, String> = names.uris.iter().map(|uri| uri_host(uri)).collect();
        let emails = names.emails.iter().map(|email| {
            let mailbox = Mailbox::parse(email);
            let mut mailbox =
                mailbox.ok_or_else(|| format!("cannot parse rfc822Name {}", quoted(email)))?;
            mailbox.domain = mailbox.domain.to_lowercase();
            Ok(mailbox)
        });
        let (uris, emails) = (uris?, emails.collect::<Result<Vec<_>, String>>()?);
        Ok(Self {
            addresses: names.addresses.clone(),
            dns: names.dns.clone(),
            uris,
            emails,
        })
    }
}

fn uri_host(uri: &str) -> Result<(String, String), String> {
    let host = super::uri::host(uri).unwrap_or_default().to_lowercase();
    let cannot = |what: &str| {
        let uri = quoted(uri);
        Err(format!(
            "URI with {what} ({uri}) cannot be matched against constraints"
        ))
    };
    if host.is_empty() {
        return cannot("empty host");
    }
    let bracketed = host.starts_with('[');
    let bare = match host.rsplit_once(':') {
        Some((bare, _)) if !host.ends_with(']') => bare.to_owned(),
        _ => host,
    };
    let inner = bare.trim_start_matches('[').trim_end_matches(']');
    if bracketed || inner.parse::<IpAddr>().is_ok() {
        return cannot("IP");
    }
    Ok((uri.to_owned(), bare))
}

/// The leaf first. The error is Go's detail of `CANotAuthorizedForThisName`.
pub(super) fn check(chain: &[&Certificate]) -> Result<(), String> {
    for (place, certificate) in chain.iter().enumerate() {
        let above = chain[place + 1..].iter();
        let mut above = above
            .filter_map(|one| one.extensions.name_constraints.as_ref())
            .peekable();
        let Some(names) = &certificate.extensions.names else {
            continue;
        };
        if above.peek().is_none() {
            return Ok(());
        }
        let subject = Subject::of(names)?;
        for constraints in above {
            constraints.check(&subject)?;
        }
    }
    Ok(())
}
