//! Kubeconfigs as `kubectl config` writes them, with the certificates embedded (`--embed-certs=true`) or by their paths.
//!
//! Shape: <https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/>

use base64ct::{Base64, Encoding};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::error::encoding;
use crate::{Error, Kubeconfig, Pki};

pub(super) fn content(pki: &Pki, kubeconfig: &Kubeconfig) -> Result<Zeroizing<Vec<u8>>, Error> {
    let certificate = |id: &str| {
        pki.issued(id)
            .map(|issued| Base64::encode_string(super::lf(&issued.certificate_pem).as_bytes()))
            .ok_or_else(|| Error::UnknownCertificate { id: id.to_owned() })
    };
    let key = pki.keys().of(&kubeconfig.certificate)?.to_pkcs8_pem()?;
    let key = Zeroizing::new(Base64::encode_string(key.as_bytes()));
    let (authority, user) = match &kubeconfig.paths {
        Some(paths) => (
            Authority::Path {
                certificate_authority: &paths.authority,
            },
            User::Paths {
                client_certificate: &paths.certificate,
                client_key: &paths.key,
            },
        ),
        None => (
            Authority::Embedded {
                certificate_authority_data: certificate(&kubeconfig.authority)?,
            },
            User::Embedded {
                client_certificate_data: certificate(&kubeconfig.certificate)?,
                client_key_data: &key,
            },
        ),
    };
    let cluster_name = pki.plan().name();
    let config = Config {
        api_version: "v1",
        kind: "Config",
        clusters: [NamedCluster {
            name: cluster_name,
            cluster: ClusterEntry {
                authority,
                server: &kubeconfig.server,
            },
        }],
        contexts: [NamedContext {
            name: &kubeconfig.context,
            context: Context {
                cluster: cluster_name,
                user: &kubeconfig.user,
            },
        }],
        current_context: &kubeconfig.context,
        users: [NamedUser {
            name: &kubeconfig.user,
            user,
        }],
    };
    // One line a value, as kubectl writes it: a folded key is hard to paste.
    let mut options = serde_saphyr::SerializerOptions::default();
    options.prefer_block_scalars = false;
    serde_saphyr::to_string_with_options(&config, options)
        .map(|yaml| Zeroizing::new(yaml.into_bytes()))
        .map_err(|error| encoding("a kubeconfig")(&error))
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Config<'a> {
    #[serde(rename = "apiVersion")]
    api_version: &'a str,
    kind: &'a str,
    clusters: [NamedCluster<'a>; 1],
    contexts: [NamedContext<'a>; 1],
    current_context: &'a str,
    users: [NamedUser<'a>; 1],
}

#[derive(Serialize)]
struct NamedCluster<'a> {
    name: &'a str,
    cluster: ClusterEntry<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ClusterEntry<'a> {
    #[serde(flatten)]
    authority: Authority<'a>,
    server: &'a str,
}

#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "kebab-case")]
enum Authority<'a> {
    Embedded { certificate_authority_data: String },
    Path { certificate_authority: &'a str },
}

#[derive(Serialize)]
struct NamedContext<'a> {
    name: &'a str,
    context: Context<'a>,
}

#[derive(Serialize)]
struct Context<'a> {
    cluster: &'a str,
    user: &'a str,
}

#[derive(Serialize)]
struct NamedUser<'a> {
    name: &'a str,
    user: User<'a>,
}

#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "kebab-case")]
enum User<'a> {
    Embedded {
        client_certificate_data: String,
        client_key_data: &'a str,
    },
    Paths {
        client_certificate: &'a str,
        client_key: &'a str,
    },
}
