//! What a kubeconfig says. Tokens and passwords are noticed, and left where they are.
//!
//! Shape: <https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/>

use std::fmt;

use serde::Serialize;

/// A kubeconfig that was found. Certificates and keys that are embedded in it are [`Item`](super::Item)s of the same file, whose
/// [`Place::Field`](super::Place::Field) names the field.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundKubeconfig {
    /// The context that is used unless another is asked for.
    pub current_context: String,
    /// Whom it calls.
    pub clusters: Vec<KubeCluster>,
    /// As whom it calls.
    pub users: Vec<KubeUser>,
    /// Which user calls which cluster.
    pub contexts: Vec<KubeContext>,
}

/// An entry of `clusters`.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KubeCluster {
    /// Its name in the file.
    pub name: String,
    /// `https://192.168.5.30:6443`
    pub server: String,
    /// The name that the server's certificate is checked for in place of the one in `server`.
    pub tls_server_name: String,
    /// Whether the server's certificate is not checked at all.
    pub insecure_skip_tls_verify: bool,
    /// What the server's certificate is checked with.
    pub certificate_authority: Source,
    /// A proxy on the way.
    pub proxy_url: String,
}

/// An entry of `users`.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KubeUser {
    /// Its name in the file, which no server ever sees.
    pub name: String,
    /// The client certificate.
    pub client_certificate: Source,
    /// Its key.
    pub client_key: Source,
    /// Whether there is a token; its text is a secret, and not kept.
    pub token: bool,
    /// A file with a token.
    pub token_file: String,
    /// Whether there is a password; it is a secret, and not kept.
    pub password: bool,
    /// The program that would be run for credentials. It is shown, never run.
    pub exec: Option<Plugin>,
    /// The name of an auth-provider, such as `oidc`. It is shown, never asked.
    pub auth_provider: String,
    /// As whom it acts in place of itself.
    pub impersonates: String,
}

/// An entry of `contexts`.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KubeContext {
    /// Its name in the file.
    pub name: String,
    /// An entry of `clusters`.
    pub cluster: String,
    /// An entry of `users`.
    pub user: String,
}

/// Where a certificate or a key of a kubeconfig is.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase", tag = "type", content = "path")]
pub enum Source {
    /// Nowhere: there is none.
    #[default]
    Absent,
    /// In the file. It goes before a path.
    Embedded,
    /// In another file, at this path on the machine of the kubeconfig.
    Path(String),
}

/// A program that a kubeconfig would have run.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Plugin {
    /// Its name or path.
    pub command: String,
    /// Its arguments; what looks like a secret is left out.
    pub args: Vec<String>,
    /// The names of the variables that it is given; their values are not kept.
    pub env: Vec<String>,
}

impl fmt::Display for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.command)?;
        self.args.iter().try_for_each(|arg| write!(f, " {arg}"))
    }
}

impl FoundKubeconfig {
    /// The entry that is used unless another is asked for.
    pub fn current(&self) -> Option<&KubeContext> {
        let mut contexts = self.contexts.iter();
        contexts.find(|context| context.name == self.current_context)
    }

    /// The cluster of a context.
    pub fn cluster(&self, context: &KubeContext) -> Option<&KubeCluster> {
        let mut clusters = self.clusters.iter();
        clusters.find(|cluster| cluster.name == context.cluster)
    }

    /// The user of a context.
    pub fn user(&self, context: &KubeContext) -> Option<&KubeUser> {
        self.users.iter().find(|user| user.name == context.user)
    }

    /// `admin -> https://127.0.0.1:6443`, of the current context or else of the first one.
    pub(super) fn summary(&self) -> String {
        let context = self.current().or(self.contexts.first());
        let user = context.map_or("", |context| &context.user);
        let cluster = context.and_then(|context| self.cluster(context));
        let server = cluster.or(self.clusters.first());
        format!("{user} -> {}", server.map_or("", |one| &one.server))
    }
}
