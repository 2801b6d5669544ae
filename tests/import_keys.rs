//! Private and public keys as other programs write them are read, and paired with their certificates by what they are.

mod common;

use common::command::{Tool, run};
use hardway::import::{Content, Inventory, KeyForm};
use tempfile::TempDir;

/// A folder in which openssl works.
struct Shop(TempDir);

impl Shop {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// Runs openssl with a line of arguments, and gives the file that its last word names.
    fn openssl(&self, line: &str) -> Vec<u8> {
        let arguments: Vec<_> = line.split(' ').collect();
        run(Tool::Openssl
            .command()
            .args(&arguments)
            .current_dir(self.0.path()))
        .succeeded();
        std::fs::read(self.0.path().join(arguments[arguments.len() - 1])).unwrap()
    }
}

fn only_key(name: &str, bytes: &[u8]) -> (String, KeyForm, Vec<u8>) {
    let mut inventory = Inventory::default();
    inventory.add(name, bytes, None);
    let [item] = inventory.items() else {
        panic!("{name}: {:?}", inventory.files());
    };
    let Content::PrivateKey(key) = &item.content else {
        panic!("{name}: {item:?}");
    };
    let public = key.public();
    (public.algorithm.clone(), key.form(), public.spki.clone())
}

#[test]
fn every_form_of_a_key_gives_the_public_half_that_openssl_gives() {
    let shop = Shop::new();
    let cases = [
        (
            "rsa-2048",
            "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k",
        ),
        (
            "ecdsa-p256",
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k",
        ),
        (
            "ecdsa-p384",
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out k",
        ),
        (
            "ecdsa-p521",
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out k",
        ),
        ("ed25519", "genpkey -algorithm ED25519 -out k"),
    ];
    for (algorithm, make) in cases {
        let pkcs8 = shop.openssl(make);
        let spki = shop.openssl("pkey -in k -pubout -outform DER -out k.pub");
        let der = shop.openssl("pkcs8 -topk8 -nocrypt -in k -outform DER -out k.der");
        for (file, bytes) in [("k.pem", &pkcs8), ("k.der", &der)] {
            let expected = (algorithm.to_owned(), KeyForm::Pkcs8, spki.clone());
            assert_eq!(only_key(file, bytes), expected, "{file}");
        }
        let form = match algorithm {
            "ed25519" => continue,
            "rsa-2048" => KeyForm::Pkcs1,
            _ => KeyForm::Sec1,
        };
        let pem = shop.openssl("pkey -in k -traditional -out k.old");
        let der = shop.openssl("pkey -in k -traditional -outform DER -out k.old.der");
        for (file, bytes) in [("k.old", &pem), ("k.old.der", &der)] {
            let expected = (algorithm.to_owned(), form, spki.clone());
            assert_eq!(only_key(file, bytes), expected, "{file}");
        }
    }
}
