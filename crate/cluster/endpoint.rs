//! Where callers from outside the control plane knock.

use std::fmt;
use std::net::IpAddr;

use super::name;
use crate::{Error, ServerName};

/// A host and a port by which every kube-apiserver is reached.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Endpoint {
    pub(crate) host: ServerName,
    pub(crate) port: u16,
}

impl Endpoint {
    /// kube-apiserver's `--secure-port`.
    pub(crate) const PORT: u16 = 6443;

    /// `HOST`, `HOST:PORT` or `[IPv6]:PORT`; nothing is none.
    pub(super) fn parse(found: &str) -> Result<Option<Self>, Error> {
        if found.is_empty() {
            return Ok(None);
        }
        let invalid = || Error::InvalidEndpoint {
            found: name::shown(found),
        };
        let bare = found.matches(':').count() > 1 && !found.starts_with('[');
        let (host, port) = match found.rsplit_once(':') {
            Some((host, port)) if !bare && !host.is_empty() && !found.ends_with(']') => {
                (host, port)
            }
            _ => (found, "6443"),
        };
        let port = match port.parse() {
            Ok(port @ 1..) if port_is_plain(found) => port,
            _ => return Err(invalid()),
        };
        let inner = host.strip_prefix('[').map(|host| host.strip_suffix(']'));
        let host = match inner {
            Some(Some(host)) if host.contains(':') => host,
            Some(_) => return Err(invalid()),
            None => host,
        };
        // A fault with a remedy of its own says so; any other is no endpoint.
        match name::server_name(host, "controlPlaneEndpoint") {
            Ok(host) => Ok(Some(Self { host, port })),
            Err(Error::InvalidName { .. } | Error::InvalidAddress { .. }) => Err(invalid()),
            Err(error) => Err(error),
        }
    }

    /// `https://…`, as a kubeconfig has it.
    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.with_port())
    }

    pub(crate) fn of_address(address: IpAddr) -> Self {
        Self {
            host: ServerName::Ip(address),
            port: Self::PORT,
        }
    }

    fn with_port(&self) -> String {
        match &self.host {
            ServerName::Ip(IpAddr::V6(address)) => format!("[{address}]:{}", self.port),
            host => format!("{host}:{}", self.port),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Self::PORT => self.host.fmt(f),
            _ => f.write_str(&self.with_port()),
        }
    }
}

/// `parse` takes a sign before a number; a port has none.
fn port_is_plain(found: &str) -> bool {
    !found.contains('+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_a_host_with_or_without_a_port() {
        for (found, url, shown) in [
            ("api.example", "https://api.example:6443", "api.example"),
            (
                "api.example:443",
                "https://api.example:443",
                "api.example:443",
            ),
            ("10.0.0.1", "https://10.0.0.1:6443", "10.0.0.1"),
            ("10.0.0.1:8443", "https://10.0.0.1:8443", "10.0.0.1:8443"),
            ("fd00::1", "https://[fd00::1]:6443", "fd00::1"),
            ("[fd00::1]", "https://[fd00::1]:6443", "fd00::1"),
            ("[fd00::1]:443", "https://[fd00::1]:443", "[fd00::1]:443"),
        ] {
            let endpoint = Endpoint::parse(found).unwrap().unwrap();
            assert_eq!(endpoint.url(), url);
            assert_eq!(endpoint.to_string(), shown);
            assert_eq!(Endpoint::parse(shown), Ok(Some(endpoint)));
        }
        assert_eq!(Endpoint::parse(""), Ok(None));
    }

    #[test]
    fn what_is_no_host_or_no_port_is_refused() {
        for (bad, code) in [
            (":6443", "invalid-endpoint"),
            ("api.example:", "invalid-endpoint"),
            ("api.example:0", "invalid-endpoint"),
            ("api.example:65536", "invalid-endpoint"),
            ("api.example:+1", "invalid-endpoint"),
            ("https://api.example", "invalid-endpoint"),
            ("[api.example]:1", "invalid-endpoint"),
            ("[fd00::1", "invalid-endpoint"),
            ("10.0.0.256", "invalid-endpoint"),
            ("a b", "invalid-endpoint"),
            ("*.example", "wildcard-name"),
            ("API.example", "upper-case-name"),
            ("::ffff:10.0.0.1", "mapped-address"),
        ] {
            assert_eq!(Endpoint::parse(bad).unwrap_err().code(), code, "{bad}");
        }
    }
}
