//! The line that a component prints or logs when a connection is refused.

use super::quote::quoted;
use crate::{ComponentKind as Kind, Connection};

/// What the caller prints when it refuses the listener.
pub(super) fn by_caller(connection: &Connection, address: &str, text: &str) -> String {
    let transport = || {
        let refused = format!("transport: authentication handshake failed: {text}");
        format!("connection error: desc = {}", quoted(&refused))
    };
    match (connection.caller.kind, connection.listener.kind) {
        (Kind::Kubectl, _) => format!("Unable to connect to the server: {text}"),
        (Kind::Etcdctl, _) => {
            let error = format!(
                "rpc error: code = DeadlineExceeded desc = latest balancer error: last {}",
                transport()
            );
            let msg = "retrying of unary invoker failed";
            entry("warn", msg, &[("error", &error)])
        }
        (Kind::Etcd, _) if connection.kind == "etcd/etcd-peer" => {
            let msg = "prober detected unhealthy status";
            entry("warn", msg, &[("error", text)])
        }
        (_, Kind::Etcd) => format!(
            "grpc: addrConn.createTransport failed to connect to {{Addr: {}}}. Err: {}",
            quoted(address),
            transport()
        ),
        (Kind::KubeApiserver, _) => {
            let url = quoted(&format!("https://{address}/containerLogs/"));
            format!("Error from server: Get {url}: {text}")
        }
        (Kind::Pod, _) => {
            let url = quoted(&format!("https://{address}/api"));
            format!("Get {url}: {text}")
        }
        _ => {
            let url = quoted(&format!("https://{address}/api/v1/nodes"));
            let error = format!("failed to list *v1.Node: Get {url}: {text}");
            format!("\"Failed to watch\" err={}", quoted(&error))
        }
    }
}

/// What the listener logs when it refuses the caller in the handshake.
pub(super) fn by_listener(connection: &Connection, remote: &str, text: &str) -> String {
    if connection.listener.kind == Kind::Etcd {
        let msg = "rejected connection";
        return entry("warn", msg, &[("remote-addr", remote), ("error", text)]);
    }
    format!("http: TLS handshake error from {remote}: {text}")
}

/// What kube-apiserver or kubelet logs when it does not believe who calls.
pub(super) fn unauthenticated(text: &str) -> String {
    format!(
        "\"Unable to authenticate the request\" err={}",
        quoted(text)
    )
}

/// What is printed by a component that does not start with its own files.
pub(super) fn not_started(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Kubectl | Kind::Etcdctl | Kind::Pod => format!("error: {text}"),
        Kind::Etcd => {
            let msg = "discovery failed";
            entry("fatal", msg, &[("error", text)])
        }
        _ => format!("\"command failed\" err={}", quoted(text)),
    }
}

/// What a caller sees of HTTP status 401.
pub(super) fn unauthorized(kind: Kind) -> &'static str {
    match kind {
        Kind::Kubectl => "error: You must be logged in to the server (Unauthorized)",
        _ => "Unauthorized",
    }
}

/// A line of etcd's log, JSON in its order; without what only the moment knows.
fn entry(level: &str, msg: &str, more: &[(&str, &str)]) -> String {
    let parts = [("level", level), ("msg", msg)];
    let parts = parts.iter().chain(more);
    let parts = parts.map(|(name, value)| {
        let value = serde_json::Value::from(*value);
        format!("\"{name}\":{value}")
    });
    format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
}
