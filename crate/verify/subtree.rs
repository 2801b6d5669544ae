//! Name constraints of one kind, sorted once and then searched, as Go does: which of several it names depends on that, and ten
//! thousand names under ten thousand constraints take no time.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::mailbox::Mailbox;
use super::network::Network;

/// Networks, without those that lie in another.
pub(super) struct Networks(Vec<Network>);

impl Networks {
    /// `None` without constraints.
    pub(super) fn new(list: &[Network]) -> Option<Self> {
        let mut sorted = list.to_vec();
        // Those of four octets first.
        sorted.sort_by(|one, other| {
            let length = |network: &Network| network.address.len();
            length(one).cmp(&length(other)).then_with(|| one.cmp(other))
        });
        sorted.dedup_by(|later, kept| kept.holds(later));
        Some(Self(sorted)).filter(|Self(sorted)| !sorted.is_empty())
    }

    /// The network that holds the address.
    pub(super) fn find(&self, octets: &[u8]) -> Option<&Network> {
        let Self(sorted) = self;
        let key = (octets.len(), octets);
        let behind = sorted.partition_point(|one| (one.address.len(), &one.address[..]) <= key);
        let below = sorted[..behind].last();
        below.filter(|below| below.contains(octets))
    }
}

/// Domains of DNS names and hosts of URIs.
pub(super) struct Domains {
    /// An empty constraint holds every name.
    all: bool,
    sorted: Vec<String>,
    /// Of excluded names, in lower case, by what stands behind their first labels: a wildcard could stand for one.
    by_parent: HashMap<String, String>,
}

impl Domains {
    /// `None` without constraints.
    pub(super) fn new(list: &[String], permitted: bool) -> Option<Self> {
        let mut sorted = list.to_vec();
        sorted.sort_by(|one, other| by_labels(one, other));
        sorted.dedup_by(|later, kept| within(kept, later));
        let lower = sorted.iter().map(|one| one.to_lowercase());
        let by_parent = lower.filter_map(|one| {
            let parent = without_first_label(&one).to_owned();
            (!permitted && !parent.is_empty()).then_some((parent, one))
        });
        Some(Self {
            all: list.iter().any(String::is_empty),
            by_parent: by_parent.collect(),
            sorted,
        })
        .filter(|domains| !domains.sorted.is_empty())
    }

    /// The constraint that holds the name.
    pub(super) fn find(&self, name: &str) -> Option<String> {
        if self.all {
            return Some(String::new());
        }
        let place = |order| {
            self.sorted
                .partition_point(|one| by_labels(one, name) < order)
        };
        let exact = self.sorted.get(place(Ordering::Equal));
        let exact = exact.filter(|one| by_labels(one, name) == Ordering::Equal);
        let below = || {
            let below = &self.sorted[place(Ordering::Equal).saturating_sub(1)];
            Some(below).filter(|below| within(below, name))
        };
        if let Some(found) = exact.or_else(below) {
            return Some(found.clone());
        }
        if !name.starts_with('*') {
            return None;
        }
        let parent = name.to_lowercase();
        self.by_parent.get(without_first_label(&parent)).cloned()
    }
}

/// E-mail addresses, and domains of them.
pub(super) struct Mailboxes {
    exact: HashSet<(String, String)>,
    domains: Option<Domains>,
}

impl Mailboxes {
    /// `None` without constraints.
    pub(super) fn new(list: &[String], permitted: bool) -> Option<Self> {
        let (exact, domains): (Vec<_>, Vec<_>) =
            list.iter().cloned().partition(|one| one.contains('@'));
        let exact = exact.iter().filter_map(|one| Mailbox::parse(one));
        Some(Self {
            exact: exact
                .map(|one| (one.local, one.domain.to_lowercase()))
                .collect(),
            domains: Domains::new(&domains, permitted),
        })
        .filter(|_| !list.is_empty())
    }

    /// The constraint that holds the address, whose domain is in lower case.
    pub(super) fn find(&self, mailbox: &Mailbox) -> Option<String> {
        if self
            .exact
            .contains(&(mailbox.local.clone(), mailbox.domain.clone()))
        {
            return Some(mailbox.to_string());
        }
        self.domains.as_ref()?.find(&mailbox.domain)
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
