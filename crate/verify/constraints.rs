//! Name constraints (RFC 5280, section 4.2.1.10) as Go 1.27 reads and applies them.

use std::net::IpAddr;

use super::certificate::Certificate;
use super::der::{Der, tag};
use super::mailbox::Mailbox;
use super::network::Network;
use super::quote::{quoted, quoted_octets};
use super::subject::Subject;
use super::subtree::{Domains, Mailboxes, Networks};

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
        let (may, may_not) = (&self.permitted, &self.excluded);
        let networks = (
            Networks::new(&may.networks),
            Networks::new(&may_not.networks),
        );
        for address in &names.addresses {
            check_address(*address, &networks)?;
        }
        let domains = |may: &[String], may_not: &[String]| {
            (Domains::new(may, true), Domains::new(may_not, false))
        };
        let dns = domains(&may.dns, &may_not.dns);
        for name in &names.dns {
            if !valid_domain(name, false) {
                return Err(format!("x509: cannot parse dnsName {}", quoted(name)));
            }
            check_domain("DNS name", name, name, &dns)?;
        }
        let hosts = domains(&may.uris, &may_not.uris);
        for (uri, host) in &names.uris {
            if !valid_domain(host, false) {
                let uri = quoted(uri);
                return Err(format!(
                    "x509: internal error: URI SAN {uri} failed to parse"
                ));
            }
            check_domain("URI", uri, host, &hosts)?;
        }
        let mailboxes = (
            Mailboxes::new(&may.emails, true),
            Mailboxes::new(&may_not.emails, false),
        );
        for mailbox in &names.emails {
            check_mailbox(mailbox, &mailboxes)?;
        }
        Ok(())
    }
}

/// What is permitted, and what is excluded; `None` if that says nothing of this kind of name.
type Both<T> = (Option<T>, Option<T>);

fn check_address(address: IpAddr, networks: &Both<Networks>) -> Result<(), String> {
    let said = quoted(&address.to_string());
    let octets = match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    let (permitted, excluded) = networks;
    if permitted
        .as_ref()
        .is_some_and(|permitted| permitted.find(&octets).is_none())
    {
        return Err(format!(
            "IP address {said} is not permitted by any constraint"
        ));
    }
    match excluded
        .as_ref()
        .and_then(|excluded| excluded.find(&octets))
    {
        None => Ok(()),
        Some(network) => {
            let network = quoted(&network.to_string());
            Err(format!(
                "IP address {said} is excluded by constraint {network}"
            ))
        }
    }
}

fn check_mailbox(mailbox: &Mailbox, mailboxes: &Both<Mailboxes>) -> Result<(), String> {
    let said = quoted(&mailbox.to_string());
    let (permitted, excluded) = mailboxes;
    if permitted
        .as_ref()
        .is_some_and(|permitted| permitted.find(mailbox).is_none())
    {
        return Err(format!(
            "email address {said} is not permitted by any constraint"
        ));
    }
    match excluded
        .as_ref()
        .and_then(|excluded| excluded.find(mailbox))
    {
        None => Ok(()),
        Some(constraint) => {
            let constraint = quoted(&constraint);
            Err(format!(
                "email address {said} is excluded by constraint {constraint}"
            ))
        }
    }
}

fn check_domain(
    kind: &str,
    said: &str,
    domain: &str,
    (permitted, excluded): &Both<Domains>,
) -> Result<(), String> {
    let said = quoted(said);
    if permitted
        .as_ref()
        .is_some_and(|permitted| permitted.find(domain).is_none())
    {
        return Err(format!("{kind} {said} is not permitted by any constraint"));
    }
    match excluded.as_ref().and_then(|excluded| excluded.find(domain)) {
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
    if let Some(text) = str::from_utf8(octets).ok().filter(|text| text.is_ascii()) {
        return Ok(text.to_owned());
    }
    let text = quoted_octets(octets);
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
