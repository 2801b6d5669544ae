//! From one authority to another while the cluster runs: three steps, each of which every connection survives.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::issue::Stage;
use crate::verify::{End, Handshake, handshake};
use crate::words::{Words, words};
use crate::{Connection, Error, Pki, Plan, Reason, Reissue};

/// The way from the authorities that a cluster has to new ones.
///
/// Before the first step, and after each, nodes are changed one after the other: so it is not enough that every connection holds when a
/// step is done. [`Rotation::refused`] tells what happens between an end that has the files of one moment and one that has those of
/// another.
pub struct Rotation {
    plan: Plan,
    /// What each end shows and trusts before the first step, and after each.
    moments: Vec<Moment>,
    steps: Vec<Step>,
}

/// One step: its files are put on every node before the next one begins.
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// Its files: [`Bundle`](crate::Bundle) writes those that are new to the cluster in this step.
    pub pki: Pki,
}

/// The steps, in their order.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// The old and the new authority are trusted everywhere; nothing is signed by the new one yet.
    Trust,
    /// Every certificate is replaced by one of the new authority.
    Replace,
    /// The old authority is trusted no longer.
    Retire,
}

/// A connection that does not hold, by one of its names.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Refusal {
    /// Id of the connection.
    pub connection: String,
    /// What is dialled.
    pub host: String,
    /// What the caller says; empty for nothing.
    pub client: String,
    /// What the listener says.
    pub server: String,
}

/// Certificates, DER, by id: of an authority everything that is trusted in its place.
struct Moment {
    shown: BTreeMap<String, Vec<u8>>,
    trusted: BTreeMap<String, Vec<Vec<u8>>>,
}

impl StepKind {
    /// In their order.
    pub const ALL: [Self; 3] = [Self::Trust, Self::Replace, Self::Retire];

    /// What to do, and what to look out for.
    pub fn words(self) -> Words {
        match self {
            Self::Trust => TRUST,
            Self::Replace => REPLACE,
            Self::Retire => RETIRE,
        }
    }
}

impl Rotation {
    /// Of a renewal that gave an authority a new key; `None` if there is none such, or if its old certificate was not given.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn of(pki: &Pki) -> Result<Option<Self>, Error> {
        let former = &pki.kept().former;
        let authorities = pki.plan().certified().filter(|planned| {
            let id = planned.id.as_str();
            planned.kind.is_authority() && pki.has_new_key(id) && former.contains_key(id)
        });
        let rotated: Vec<_> = authorities.map(|planned| planned.id.clone()).collect();
        if rotated.is_empty() {
            return Ok(None);
        }
        let both: BTreeMap<_, _> = rotated
            .iter()
            .filter_map(|id| {
                let new = pki.issued(id)?.certificate.clone();
                Some((id.clone(), vec![former.get(id)?.clone(), new]))
            })
            .collect();
        let reasons = |reason: Reason| -> Vec<Reissue> {
            let all = rotated.iter();
            all.map(|id| Reissue {
                certificate: id.clone(),
                reasons: vec![reason.clone()],
            })
            .collect()
        };
        let replaced = pki.renewal().unwrap_or_default().iter();
        let replaced = replaced.filter(|one| !rotated.contains(&one.certificate));
        let steps = [
            (Stage::Before, Some(&both), reasons(Reason::BothTrusted)),
            (Stage::After, Some(&both), replaced.cloned().collect()),
            (Stage::After, None, reasons(Reason::OldRetired)),
        ];
        let mut made = Vec::new();
        for (kind, (stage, trusted, reasons)) in StepKind::ALL.into_iter().zip(steps) {
            let pki = pki.at(stage, trusted, reasons)?;
            made.push(Step { kind, pki });
        }
        let before = pki.at(Stage::Before, None, Vec::new())?;
        let mut moments = vec![Moment::of(&before, None)];
        moments.extend(
            made.iter().map(|step| {
                Moment::of(&step.pki, (step.kind != StepKind::Retire).then_some(&both))
            }),
        );
        Ok(Some(Self {
            plan: pki.plan().clone(),
            moments,
            steps: made,
        }))
    }

    /// The steps, in their order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What does not hold where the caller has the files of one moment and the listener those of another: 0 is before the first step, 3
    /// is after the last one. `now` is in seconds since 1970.
    ///
    /// Connections of which a certificate was not given are left out.
    pub fn refused(&self, caller: usize, listener: usize, now: i64) -> Vec<Refusal> {
        let (Some(caller), Some(listener)) = (self.moments.get(caller), self.moments.get(listener))
        else {
            return Vec::new();
        };
        let connections = self.plan.connections.iter();
        let refused = connections.flat_map(|connection| {
            let ends = ends(connection, caller, listener);
            let hosts = connection.dials.iter().map(|dial| dial.host.to_string());
            let mut refused = Vec::new();
            for (host, (client, server)) in hosts.zip(std::iter::repeat(ends)) {
                let (Some(client), Some(server)) = (client, server) else {
                    continue;
                };
                // Whoever lets in a caller with a bad certificate refuses what it asks for.
                let requires = server.roots.is_some();
                let said = handshake(&Handshake {
                    host: host.clone(),
                    now,
                    client,
                    server,
                    requires,
                });
                if !(said.client.is_empty() && said.server.is_empty()) {
                    refused.push(Refusal {
                        connection: connection.id.clone(),
                        host,
                        client: said.client,
                        server: said.server,
                    });
                }
            }
            refused
        });
        refused.collect()
    }
}

/// `None` where a certificate was not given.
fn ends(connection: &Connection, caller: &Moment, listener: &Moment) -> (Option<End>, Option<End>) {
    let (client, server) = (&connection.client, &connection.server);
    let chain = match &client.certificate {
        Some(id) => caller.shown.get(id).map(|der| vec![der.clone()]),
        None => Some(Vec::new()),
    };
    let roots = caller.trusted.get(&client.authority).cloned();
    let client_end = chain.zip(roots).map(|(chain, roots)| End {
        chain,
        key: None,
        roots: Some(roots),
    });
    let chain = listener.shown.get(&server.certificate);
    let server_end = chain.map(|der| End {
        chain: vec![der.clone()],
        key: None,
        roots: match &server.authority {
            Some(id) => listener.trusted.get(id).cloned(),
            None => None,
        },
    });
    (client_end, server_end)
}

impl Moment {
    fn of(pki: &Pki, both: Option<&BTreeMap<String, Vec<Vec<u8>>>>) -> Self {
        let mut moment = Self {
            shown: BTreeMap::new(),
            trusted: BTreeMap::new(),
        };
        for (planned, issued) in pki.iter() {
            let own = vec![issued.certificate.clone()];
            let trusted = both.and_then(|both| both.get(&planned.id)).cloned();
            let id = planned.id.clone();
            moment.trusted.insert(id.clone(), trusted.unwrap_or(own));
            moment.shown.insert(id, issued.certificate.clone());
        }
        moment
    }
}

const TRUST: Words = words(
    "Trust both: put the file with the old and the new authority to its place on every node, and into every kubeconfig; restart every component, then the pods that talk to kube-apiserver, so that they read it. Nothing is signed by the new authority yet. kube-controller-manager takes a single certificate in --cluster-signing-cert-file and --client-ca-file: copy the ca.crt that it has to ca-signing.crt first, and let these two flags name that copy.",
    "両方を信頼する：古い認証局と新しい認証局の両方が入ったファイルを、すべてのノードとすべての kubeconfig に配置し、すべてのコンポーネントを再起動します。そのあと kube-apiserver に接続する Pod も再起動して、読み込ませます。新しい認証局による証明書はまだありません。kube-controller-manager の --cluster-signing-cert-file と --client-ca-file には証明書を 1 つしか入れられません。先に今の ca.crt を ca-signing.crt にコピーし、この 2 つのフラグをそのコピーに向けてください。",
);
const REPLACE: Words = words(
    "Replace the certificates: put the new ones to their places, one node after the other, and restart what uses them. An end that has its new certificate and one that still has its old one accept each other, since both trust both. Where kube-controller-manager signs with the authority's key, it gets the new one now, and ca-signing.crt the new authority's certificate (the ca.crt of the last step).",
    "証明書を取り替える：ノードを 1 台ずつ、新しい証明書を配置し、それを使うコンポーネントを再起動します。両方の認証局を信頼しているので、新しい証明書を持つ側と古い証明書を持つ側は互いに受け入れます。kube-controller-manager が認証局の鍵で署名している場合は、ここで新しい鍵に替え、ca-signing.crt も新しい認証局の証明書（最後の手順の ca.crt）に替えます。",
);
const RETIRE: Words = words(
    "Retire the old authority: when no end shows a certificate of it any more, put the new authority's certificate alone to its place and into every kubeconfig, and restart every component once more. From now on the old authority's key opens nothing: destroy it. The flags of kube-controller-manager may name ca.crt again.",
    "古い認証局を外す：古い認証局の証明書を使うところがなくなったら、新しい認証局の証明書だけを配置し、すべての kubeconfig も書き換えて、すべてのコンポーネントをもう一度再起動します。これで古い認証局の鍵では何も開けなくなります。鍵は破棄してください。kube-controller-manager のフラグは ca.crt に戻して構いません。",
);
