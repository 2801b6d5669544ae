//! What a text is, before anything of it is kept: a private key may have been pasted where a certificate belongs.

use serde::Serialize;

use super::{Content, Inventory, KubeUser, pem};

/// What [`glance`] saw.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Glance {
    /// `certificate`, `private-key`, and so on, each once, in their order; `sealed` for what needs a passphrase.
    pub kinds: Vec<&'static str>,
    /// Whether there is something that nobody else is to see.
    pub secret: bool,
}

/// Looks at what was pasted, and forgets it.
pub fn glance(bytes: &[u8]) -> Glance {
    let mut inventory = Inventory::default();
    inventory.add("pasted", bytes, None);
    let mut seen = Glance::default();
    let items = inventory.items().iter();
    let mut kinds: Vec<_> = items.map(|item| item.content.kind()).collect();
    kinds.extend(inventory.locked().map(|_| "sealed"));
    for kind in kinds {
        if !seen.kinds.contains(&kind) {
            seen.kinds.push(kind);
        }
    }
    let mut contents = inventory.items().iter().map(|item| &item.content);
    seen.secret = inventory.locked().next().is_some()
        // A key that was cut off is one nevertheless.
        || pem::find(bytes, b"PRIVATE KEY-----").is_some()
        || contents.any(|content| match content {
            Content::PrivateKey(_) => true,
            Content::Kubeconfig(found) => found.users.iter().any(holds_a_secret),
            _ => false,
        });
    seen
}

fn holds_a_secret(user: &KubeUser) -> bool {
    user.token || user.password
}
