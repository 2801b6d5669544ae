//! Where in a cluster a lesson takes place.

use std::collections::BTreeMap;

use super::Lesson;
use crate::{ComponentKind as Kind, Connection, Plan, Role};

/// A file or a connection.
pub(super) struct Target {
    /// Id of a certificate, a key pair or a connection.
    pub(super) id: String,
    /// The name that most callers dial.
    pub(super) host: String,
    /// The node, where only one is meant.
    pub(super) node: Option<String>,
}

impl Target {
    fn file(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            host: String::new(),
            node: None,
        }
    }
}

impl Lesson {
    /// `None` if the cluster has no place for it.
    pub(super) fn target(self, plan: &Plan) -> Option<Target> {
        let connection = |wanted: fn(&Connection) -> bool| {
            let mut all = plan.connections.iter();
            all.find(|connection| wanted(connection))
        };
        let client = |wanted| {
            Some(Target::file(
                connection(wanted)?.client.certificate.as_deref()?,
            ))
        };
        let apiserver = connection(|one| one.listener.kind == Kind::KubeApiserver)?;
        match self {
            Self::DropSan
            | Self::OnlyCn
            | Self::Expired
            | Self::NoServerAuth
            | Self::SwappedKey => {
                let id = &apiserver.server.certificate;
                let host = most_dialled(plan, id)?;
                Some(Target {
                    host,
                    ..Target::file(id)
                })
            }
            Self::DialOtherAddress => {
                let kubectl = connection(|one| one.caller.kind == Kind::Kubectl)?;
                Some(Target::file(&kubectl.id))
            }
            Self::NotYetValid | Self::CaAnew | Self::CaWithoutBasicConstraints => {
                Some(Target::file(&apiserver.client.authority))
            }
            Self::WrongCa => client(|one| one.caller.kind == Kind::Kubectl),
            Self::EtcdNoClientAuth => client(|one| one.kind == "etcd/etcd-self")
                .or_else(|| client(|one| one.kind == "etcd/etcd-peer")),
            Self::CnTypo => client(|one| one.caller.kind == Kind::KubeScheduler),
            Self::NoNodesGroup => client(|one| {
                one.caller.kind == Kind::Kubelet && one.listener.kind == Kind::KubeApiserver
            }),
            Self::SaKeyDiffers => token_signer(plan),
        }
    }
}

/// The name by which most callers dial a server, the first of equals.
fn most_dialled(plan: &Plan, server: &str) -> Option<String> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let connections = plan.connections.iter().enumerate();
    for (place, connection) in connections.filter(|(_, one)| one.server.certificate == server) {
        let host = connection.dials.first()?.host.to_string();
        counts.entry(host).or_insert((0, place)).0 += 1;
    }
    let best = counts
        .into_iter()
        .max_by_key(|(_, (count, place))| (*count, usize::MAX - place));
    best.map(|(host, _)| host)
}

/// On the last of several control planes.
fn token_signer(plan: &Plan) -> Option<Target> {
    let mut signers = plan
        .connections
        .iter()
        .filter_map(|one| one.client.token_signer.as_deref());
    let nodes = plan.cluster.nodes.iter().flatten();
    let masters = nodes.filter(|node| node.role == Role::ControlPlane);
    let last = masters.skip(1).last()?;
    Some(Target {
        node: Some(last.name.clone()),
        ..Target::file(signers.next()?)
    })
}
