//! A YAML or JSON file: a kubeconfig, a description of this page's, or an object that is known and not needed.

use zeroize::Zeroizing;

use super::inventory::{Inventory, Spot};
use super::limits::{MAX_PATH, MAX_YAML_BYTES};
use super::pem;
use super::yaml::{self, Value};
use super::{
    Content, FoundKubeconfig, Known, KubeCluster, KubeContext, KubeUser, Place, Plugin, Problem,
    Source, read,
};
use crate::Description;

/// Whether it is worth to be parsed.
pub(super) fn looks_like(text: &str) -> bool {
    let has = |word| text.contains(word);
    has("apiVersion") || has("\"preset\"") || (has("clusters") && has("users"))
}

/// Reads what [`looks_like`] a document. `false`: it is nothing that is known.
pub(super) fn read(inventory: &mut Inventory, file: usize, text: &str) -> bool {
    let spot = Spot::whole(file);
    if text.len() as u64 > MAX_YAML_BYTES {
        let limit = MAX_YAML_BYTES;
        inventory.trouble(spot, Problem::YamlTooLarge { limit });
        return true;
    }
    if let Ok(description) = Description::from_saved(text) {
        inventory.find(spot, Content::Description(Box::new(description)));
        return true;
    }
    let documents = match yaml::documents(text) {
        Ok(documents) => documents,
        Err(problem) => {
            let bomb = matches!(problem, Problem::YamlBomb { .. });
            let told = bomb || text.contains("clusters");
            if told {
                inventory.trouble(spot, problem);
            }
            return told;
        }
    };
    let mut known = false;
    for document in &documents {
        known |= read_one(inventory, file, document);
    }
    known
}

fn read_one(inventory: &mut Inventory, file: usize, document: &Value) -> bool {
    let kind = document.text_of("kind");
    let parts = ["clusters", "contexts", "users"];
    let has_part = parts.iter().any(|part| document.get(part).is_some());
    match kind {
        "" | "Config" if has_part => kubeconfig(inventory, file, document),
        "EncryptionConfig" | "EncryptionConfiguration" => {
            inventory.pass_over(file, Known::EncryptionConfiguration);
        }
        "" => return false,
        _ => inventory.pass_over(file, Known::Manifest),
    }
    true
}

fn kubeconfig(inventory: &mut Inventory, file: usize, document: &Value) {
    let mut embedded = Embedded { inventory, file };
    let clusters = document.list_of("clusters").iter().enumerate();
    let clusters = clusters
        .map(|(at, entry)| embedded.cluster(at, entry))
        .collect();
    let users = document.list_of("users").iter().enumerate();
    let users = users.map(|(at, entry)| embedded.user(at, entry)).collect();
    let contexts = document.list_of("contexts").iter();
    let found = FoundKubeconfig {
        current_context: document.text_of("current-context").to_owned(),
        clusters,
        users,
        contexts: contexts.map(context).collect(),
    };
    let content = Content::Kubeconfig(Box::new(found));
    inventory.find(Spot::whole(file), content);
}

fn context(entry: &Value) -> KubeContext {
    let inner = |key| {
        let context = entry.get("context");
        context.map_or_else(String::new, |context| context.text_of(key).to_owned())
    };
    KubeContext {
        name: entry.text_of("name").to_owned(),
        cluster: inner("cluster"),
        user: inner("user"),
    }
}

/// What is embedded goes into the inventory.
struct Embedded<'a> {
    inventory: &'a mut Inventory,
    file: usize,
}

impl Embedded<'_> {
    fn cluster(&mut self, at: usize, entry: &Value) -> KubeCluster {
        let name = entry.text_of("name").to_owned();
        let Some(cluster) = entry.get("cluster") else {
            return KubeCluster {
                name,
                ..KubeCluster::default()
            };
        };
        let text = |key| cluster.text_of(key).to_owned();
        let field = format!("clusters[{at}].cluster");
        KubeCluster {
            name,
            server: text("server"),
            tls_server_name: text("tls-server-name"),
            insecure_skip_tls_verify: text("insecure-skip-tls-verify") == "true",
            certificate_authority: self.source(cluster, &field, "certificate-authority"),
            proxy_url: text("proxy-url"),
        }
    }

    fn user(&mut self, at: usize, entry: &Value) -> KubeUser {
        let name = entry.text_of("name").to_owned();
        let Some(user) = entry.get("user") else {
            return KubeUser {
                name,
                ..KubeUser::default()
            };
        };
        let text = |key| user.text_of(key).to_owned();
        let field = format!("users[{at}].user");
        let provider = user.get("auth-provider");
        let exec = user.get("exec").map(plugin);
        if let Some(plugin) = &exec {
            let place = Place::Field {
                path: format!("{field}.exec"),
                line: 1,
            };
            let spot = Spot {
                file: self.file,
                place,
            };
            let found = plugin.to_string().chars().take(MAX_PATH).collect();
            self.inventory.trouble(spot, Problem::ExecPlugin { found });
        }
        KubeUser {
            name,
            client_certificate: self.source(user, &field, "client-certificate"),
            client_key: self.source(user, &field, "client-key"),
            token: !user.text_of("token").is_empty(),
            token_file: text("tokenFile"),
            password: !user.text_of("password").is_empty(),
            exec,
            auth_provider: provider.map_or("", |one| one.text_of("name")).to_owned(),
            impersonates: text("as"),
        }
    }

    /// `NAME-data`, which goes before `NAME`, as kubectl has it.
    fn source(&mut self, entry: &Value, field: &str, name: &str) -> Source {
        let key = format!("{name}-data");
        let data = entry.text_of(&key);
        let path = entry.text_of(name);
        if data.is_empty() {
            return match path {
                "" => Source::Absent,
                path => Source::Path(path.to_owned()),
            };
        }
        let path = format!("{field}.{key}");
        let spot = Spot {
            file: self.file,
            place: Place::Field {
                path: path.clone(),
                line: 1,
            },
        };
        let plain = Zeroizing::new(data.split_ascii_whitespace().collect::<String>());
        if let Some(decoded) = pem::decode(plain.as_bytes()) {
            read::embedded(self.inventory, &spot, &decoded);
        } else {
            let found = path;
            self.inventory.trouble(spot, Problem::DataBroken { found });
        }
        Source::Embedded
    }
}

/// Shown, never run.
fn plugin(exec: &Value) -> Plugin {
    let env = exec.list_of("env").iter();
    Plugin {
        command: exec.text_of("command").to_owned(),
        args: harmless(exec.list_of("args")),
        env: env.map(|one| one.text_of("name").to_owned()).collect(),
    }
}

/// Arguments without the values of those that are called a secret: `--oidc-client-secret=…`.
fn harmless(args: &[Value]) -> Vec<String> {
    let mut hide = false;
    let args = args.iter().map(Value::text).map(|arg| {
        let (option, value) = arg
            .split_once('=')
            .map_or((arg, None), |(o, v)| (o, Some(v)));
        let lower = option.to_ascii_lowercase();
        let names = ["secret", "token", "password", "passphrase"];
        let secret = option.starts_with('-') && names.iter().any(|name| lower.contains(name));
        let hidden = std::mem::replace(&mut hide, secret && value.is_none());
        if hidden && !option.starts_with('-') {
            String::from("…")
        } else if secret && value.is_some() {
            format!("{option}=…")
        } else {
            arg.to_owned()
        }
    });
    args.collect()
}
