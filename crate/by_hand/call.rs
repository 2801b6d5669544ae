//! A connection, tried with openssl or curl: the call as its caller would make it, and what each end checks without a call.

use serde::Serialize;

use super::folded;
use crate::{ComponentKind, Connection, Dial, Flag, Kubeconfig, Plan, ServerName};

/// The commands that try one connection, by its usual name.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Call {
    /// The connection's id.
    pub connection: String,
    /// One after the other.
    pub steps: Vec<CallStep>,
}

/// One command, for any POSIX shell.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CallStep {
    /// What it is for.
    pub step: CallStepKind,
    /// Where its files are.
    pub place: Place,
    /// Without a line end.
    pub command: String,
}

/// What a command is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallStepKind {
    /// The handshake and one request, with the client's certificate.
    Certificate,
    /// What the listener checks of the caller.
    CheckClient,
    /// What the caller checks of the listener.
    CheckServer,
    /// Takes the files out of a kubeconfig, into the folder where it runs.
    Extract,
    /// The handshake and one request, with the token in the request.
    Token,
}

/// Where a command runs.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "at", content = "name")]
pub enum Place {
    /// In the bundle's folder.
    Bundle,
    /// On the node.
    Node(String),
    /// In a pod on the node.
    Pod(String),
}

impl Call {
    /// With the plan's own paths on each node; where a file is on neither, in the bundle's folder.
    pub fn of(plan: &Plan, connection: &Connection) -> Self {
        let caller = Caller::of(plan, connection);
        let mut steps = Vec::new();
        if let Some(kubeconfig) = &caller.embedded {
            steps.push(caller.step(CallStepKind::Extract, extract(kubeconfig)));
        }
        if let Some(id) = &connection.client.certificate {
            steps.push(caller.step(CallStepKind::Certificate, handshake(connection, &caller)));
            steps.push(check_server(plan, connection));
            steps.push(check_client(plan, connection, &caller, id));
        } else {
            steps.push(caller.step(CallStepKind::Token, with_token(connection)));
            steps.push(check_server(plan, connection));
        }
        Self {
            connection: connection.id.clone(),
            steps,
        }
    }
}

/// Where the caller has its files.
struct Caller {
    place: Place,
    /// The kubeconfig that holds them, by its path.
    embedded: Option<String>,
    authority: String,
    certificate: String,
    key: String,
}

impl Caller {
    fn of(plan: &Plan, connection: &Connection) -> Self {
        let client = &connection.client;
        let id = client.certificate.as_deref().unwrap_or_default();
        let files = |place, embedded, [authority, certificate, key]: [String; 3]| Self {
            place,
            embedded,
            authority,
            certificate,
            key,
        };
        let named = [
            format!("{}.crt", client.authority),
            format!("{id}.crt"),
            format!("{id}.key"),
        ];
        let Some(node) = &connection.caller.node else {
            return files(
                Place::Bundle,
                None,
                named.each_ref().map(|file| in_bundle(file)),
            );
        };
        if connection.caller.kind == ComponentKind::Pod {
            return files(Place::Pod(node.clone()), None, named);
        }
        let place = Place::Node(node.clone());
        if let Some((path, kubeconfig)) = kubeconfig(plan, node, &client.flags) {
            return match &kubeconfig.paths {
                Some(paths) => files(
                    place,
                    None,
                    [&paths.authority, &paths.certificate, &paths.key].map(Clone::clone),
                ),
                None => files(
                    place,
                    Some(path),
                    ["ca.crt", "client.crt", "client.key"].map(str::to_owned),
                ),
            };
        }
        let on_node = named
            .each_ref()
            .map(|file| on_node(plan, node, file, &client.flags));
        match on_node {
            [Some(authority), Some(certificate), Some(key)] => {
                files(place, None, [authority, certificate, key])
            }
            _ => files(
                Place::Bundle,
                None,
                named.each_ref().map(|file| in_bundle(file)),
            ),
        }
    }

    fn step(&self, step: CallStepKind, command: String) -> CallStep {
        CallStep {
            step,
            place: self.place.clone(),
            command,
        }
    }
}

/// A request follows, since under TLS 1.3 the handshake is over before the listener has looked at the caller's certificate.
fn handshake(connection: &Connection, caller: &Caller) -> String {
    let dial = &connection.dials[0];
    // Go sends a name (RFC 6066, section 3), but never an address.
    let name = match &dial.host {
        ServerName::Dns(name) => format!("-servername {name}"),
        ServerName::Ip(_) => "-noservername".to_owned(),
    };
    let request = format!("printf 'GET {} HTTP/1.0\\r\\n\\r\\n' |\n", path(connection));
    request
        + &folded(&[
            "openssl s_client -brief -ign_eof",
            &format!("-connect {} {name}", quoted(authority(dial))),
            "-verify_return_error",
            &expected(dial),
            &format!("-CAfile {}", caller.authority),
            &format!("-cert {}", caller.certificate),
            &format!("-key {}", caller.key),
        ])
}

fn with_token(connection: &Connection) -> String {
    folded(&[
        "curl",
        &format!("--cacert {TOKEN}/ca.crt"),
        &format!("--header \"Authorization: Bearer $(cat {TOKEN}/token)\""),
        &format!(
            "'https://{}{}'",
            authority(&connection.dials[0]),
            path(connection)
        ),
    ])
}

/// Where every pod finds what it calls kube-apiserver with.
const TOKEN: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// What a listener of the kind answers to whoever has a certificate that it knows.
fn path(connection: &Connection) -> &'static str {
    match connection.listener.kind {
        ComponentKind::Etcd => "/version",
        ComponentKind::Kubelet => "/healthz",
        // Unlike /version, not for everybody.
        _ => "/api",
    }
}

fn check_server(plan: &Plan, connection: &Connection) -> CallStep {
    let files = [
        format!("{}.crt", connection.client.authority),
        format!("{}.crt", connection.server.certificate),
    ];
    let node = connection.listener.node.as_deref().unwrap_or_default();
    let (place, [trusted, shown]) = placed(plan, node, &files, &connection.server.flags);
    let dial = expected(&connection.dials[0]);
    CallStep {
        step: CallStepKind::CheckServer,
        place,
        command: verify(&trusted, &["-purpose sslserver", &dial, &shown]),
    }
}

fn check_client(plan: &Plan, connection: &Connection, caller: &Caller, id: &str) -> CallStep {
    let (client, trusted) = (&connection.client, connection.server.authority.as_ref());
    let trusted = trusted.unwrap_or(&client.authority);
    let (place, [trusted, shown]) = if *trusted == client.authority {
        let files = [caller.authority.clone(), caller.certificate.clone()];
        (caller.place.clone(), files)
    } else {
        let files = [format!("{trusted}.crt"), format!("{id}.crt")];
        let node = connection.caller.node.as_deref().unwrap_or_default();
        placed(plan, node, &files, &client.flags)
    };
    CallStep {
        step: CallStepKind::CheckClient,
        place,
        command: verify(&trusted, &["-purpose sslclient", &shown]),
    }
}

fn verify(trusted: &str, rest: &[&str]) -> String {
    let trusted = format!("-CAfile {trusted}");
    let parts: Vec<_> = ["openssl verify", &trusted]
        .into_iter()
        .chain(rest.iter().copied())
        .collect();
    folded(&parts)
}

/// The files where the node has them all, else where the bundle has them.
fn placed<const N: usize>(
    plan: &Plan,
    node: &str,
    files: &[String; N],
    flags: &[Flag],
) -> (Place, [String; N]) {
    let paths: Option<Vec<_>> = files
        .iter()
        .map(|file| on_node(plan, node, file, flags))
        .collect();
    match paths.and_then(|paths| <[String; N]>::try_from(paths).ok()) {
        Some(paths) => (Place::Node(node.to_owned()), paths),
        None => (Place::Bundle, files.each_ref().map(|file| in_bundle(file))),
    }
}

/// Where the node has the file: at the path that a flag names, if one does.
fn on_node(plan: &Plan, node: &str, file: &str, flags: &[Flag]) -> Option<String> {
    let mut paths = plan
        .placements
        .iter()
        .filter(|placed| placed.node == node && placed.file == file)
        .map(|placed| &placed.path);
    let named = |path: &&String| flags.iter().any(|flag| flag.value == **path);
    paths.clone().find(named).or_else(|| paths.next()).cloned()
}

fn in_bundle(file: &str) -> String {
    format!("pki/{file}")
}

/// The kubeconfig that the flags name, with its path on the node.
fn kubeconfig<'a>(plan: &'a Plan, node: &str, flags: &[Flag]) -> Option<(String, &'a Kubeconfig)> {
    flags.iter().find_map(|flag| {
        let mut placements = plan.placements.iter();
        let placed = placements.find(|placed| placed.node == node && placed.path == flag.value)?;
        let mut kubeconfigs = plan.kubeconfigs.iter();
        let found = kubeconfigs.find(|one| one.file == placed.file)?;
        Some((placed.path.clone(), found))
    })
}

/// What a kubeconfig holds is base64 of the very files.
fn extract(path: &str) -> String {
    format!(
        "(umask 077\nfrom={path}\n\
         field() {{ sed -n \"s/^ *$1: //p\" \"$from\" | base64 -d; }}\n\
         field certificate-authority-data >ca.crt\n\
         field client-certificate-data >client.crt\n\
         field client-key-data >client.key)"
    )
}

fn expected(dial: &Dial) -> String {
    match &dial.host {
        ServerName::Dns(name) => format!("-verify_hostname {name}"),
        ServerName::Ip(address) => format!("-verify_ip {address}"),
    }
}

/// `192.168.5.30:6443`
fn authority(dial: &Dial) -> String {
    match &dial.host {
        ServerName::Ip(address) if address.is_ipv6() => format!("[{address}]:{}", dial.port),
        host => format!("{host}:{}", dial.port),
    }
}

/// In brackets a shell looks for the names of files.
fn quoted(authority: String) -> String {
    if authority.starts_with('[') {
        format!("'{authority}'")
    } else {
        authority
    }
}
