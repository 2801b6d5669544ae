//! A kubeconfig of a stranger's.

use hardway::import::Inventory;

use super::dropped;

pub(crate) fn run(data: &[u8]) {
    let mut inventory = Inventory::default();
    inventory.add("admin.kubeconfig", data, Some(0o644));
    for (_, found) in inventory.kubeconfigs() {
        for context in &found.contexts {
            let (cluster, user) = (found.cluster(context), found.user(context));
            assert!(cluster.is_none_or(|cluster| cluster.name == context.cluster));
            assert!(user.is_none_or(|user| user.name == context.user));
        }
    }
    dropped::look(&inventory);
}
