//! Certificates, keys and requests, PEM, DER and PKCS#12, of a stranger's.

use hardway::import::{Inventory, glance};

use super::dropped;

/// The name says what is in it when the bytes do not.
const NAMES: [&str; 8] = [
    "ca.crt",
    "server.key",
    "admin.p12",
    "../../etc/kubernetes/pki/etcd/ca.crt",
    "nodes/w-1/kubelet.crt",
    "serial",
    "a.srl",
    "",
];

/// The first byte chooses the name; the rest is the file.
pub(crate) fn run(data: &[u8]) {
    let Some((first, file)) = data.split_first() else {
        return;
    };
    let mut inventory = Inventory::default();
    inventory.add(
        NAMES[usize::from(*first) % NAMES.len()],
        file,
        Some(u32::from(*first) << 3),
    );
    if is_cheap(&inventory, file) {
        // A second time: nothing is opened twice, and nothing is lost.
        let _ = inventory.unlock(None, "x");
        let _ = inventory.unlock(Some(0), "");
    }
    for (_, key) in inventory.keys() {
        assert_eq!(key.private_key("a").is_ok(), key.signs());
    }
    let _ = serde_json::to_string(&glance(file)).unwrap();
    dropped::look(&inventory);
}

/// Whether a passphrase is tried in less than a millisecond or so: ten million rounds are allowed, and are slow on purpose.
fn is_cheap(inventory: &Inventory, file: &[u8]) -> bool {
    let told = serde_json::to_string(&inventory.listing()).unwrap();
    let mut numbers = told.split(|c: char| !c.is_ascii_digit());
    let told = numbers.all(|one| one.len() < 5);
    // Within PKCS#12 it is an INTEGER that is not listed.
    let large =
        |window: &[u8]| window[0] == 0x02 && (0x02..=0x05).contains(&window[1]) && window[2] > 0x20;
    told && !file.windows(3).any(large)
}
