//! What the tests share: one set of keys, one clock, unpacked bundles, and other people's programs.
#![allow(
    dead_code,
    reason = "every test binary compiles this and uses its part of it"
)]

pub(crate) mod anatomy;
pub(crate) mod apiserver;
pub(crate) mod broken;
pub(crate) mod by_hand;
pub(crate) mod command;
pub(crate) mod contents;
pub(crate) mod existing;
pub(crate) mod go;
pub(crate) mod handshake;
pub(crate) mod members;
pub(crate) mod openssl;
pub(crate) mod presets;
pub(crate) mod recognised;
pub(crate) mod refusal;
pub(crate) mod renewal;
pub(crate) mod request;
pub(crate) mod rows;
pub(crate) mod scp;
pub(crate) mod sshd;
pub(crate) mod theatre;
pub(crate) mod workbench;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

use chacha20::ChaCha20Rng;
use hardway::{
    Bundle, Cluster, Description, Keys, Pki, Plan, PlannedCertificate, PrivateKey, Timestamp,
};
use rsa::pkcs8::SecretDocument;
use rsa::rand_core::SeedableRng;
use tempfile::TempDir;

use self::command::{Tool, run};

/// 2026-11-23T00:00:00Z, the clock of every test that can choose its clock.
pub(crate) const NOW: i64 = 1_795_392_000;

/// The cluster of the document that the project started from.
pub(crate) const SEED_CLUSTER: &str = r#"{"preset": "hard-way-2020"}"#;

pub(crate) fn plan_of(description: &str) -> Plan {
    let description: Description = description.parse().unwrap();
    Plan::new(&Cluster::parse(&description).unwrap())
}

pub(crate) fn seed_plan() -> Plan {
    plan_of(SEED_CLUSTER)
}

/// The subject alternative names as text, in their order.
pub(crate) fn names(planned: &PlannedCertificate) -> Vec<String> {
    planned
        .names
        .iter()
        .map(|name| name.name.to_string())
        .collect()
}

pub(crate) fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

/// The seed's cluster at [`NOW`], with the fixed keys.
pub(crate) fn pki() -> Pki {
    pki_of(seed_plan(), NOW, 1)
}

/// The same names, other keys: another cluster's authority that calls itself the same.
pub(crate) fn foreign_pki(now: i64) -> Pki {
    foreign_pki_of(seed_plan(), now)
}

/// Any plan with keys that are not the fixed ones.
pub(crate) fn foreign_pki_of(plan: Plan, now: i64) -> Pki {
    let keys = Keys::generate(&plan, &mut rng(2)).unwrap();
    Pki::issue(plan, keys, timestamp(now), &mut rng(3)).unwrap()
}

/// For the programs whose clock is the computer's own.
pub(crate) fn pki_of_today() -> Pki {
    pki_of(seed_plan(), today(), 1)
}

/// Any plan with the fixed keys; `serials` seeds the serial numbers.
pub(crate) fn pki_of(plan: Plan, now: i64, serials: u8) -> Pki {
    let keys = fixed_keys(&plan);
    Pki::issue(plan, keys, timestamp(now), &mut rng(serials)).unwrap()
}

/// Any plan with new keys of its own algorithms.
pub(crate) fn pki_of_any(plan: Plan, now: i64) -> Pki {
    let keys = Keys::generate(&plan, &mut rng(4)).unwrap();
    Pki::issue(plan, keys, timestamp(now), &mut rng(5)).unwrap()
}

pub(crate) fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_unix(seconds).unwrap()
}

pub(crate) fn today() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.unwrap().as_secs().try_into().unwrap()
}

/// Keys that are the same in every run, made once a test binary: the n-th key is the n-th certificate's.
pub(crate) fn fixed_keys(plan: &Plan) -> Keys {
    static MADE: Mutex<Option<(ChaCha20Rng, Vec<SecretDocument>)>> = Mutex::new(None);
    let mut made = MADE.lock().unwrap();
    let (rng, made) = made.get_or_insert_with(|| (rng(0), Vec::new()));
    let mut keys = Keys::default();
    for (index, planned) in plan.certificates.iter().enumerate() {
        if made.len() == index {
            let key = PrivateKey::generate(hardway::KeyAlgorithm::Rsa2048, rng).unwrap();
            made.push(key.to_pkcs8_der().unwrap());
        }
        let key = PrivateKey::from_pkcs8_der(made[index].as_bytes(), &planned.id).unwrap();
        keys.insert(plan, &planned.id, key).unwrap();
    }
    keys
}

/// A bundle on disk, as Info-ZIP's unzip leaves it; removed when dropped.
pub(crate) struct Unpacked {
    home: TempDir,
    pub(crate) root: PathBuf,
}

impl Unpacked {
    pub(crate) fn native(pki: &Pki) -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("bundle.zip");
        Bundle::new(pki)
            .write(File::create(&path).unwrap())
            .unwrap();
        Self::from_zip(home, &path, pki.plan().name())
    }

    /// The zip that a browser saved.
    pub(crate) fn downloaded(zip: &Path, cluster: &str) -> Self {
        Self::from_zip(tempfile::tempdir().unwrap(), zip, cluster)
    }

    fn from_zip(home: TempDir, zip: &Path, cluster: &str) -> Self {
        run(Tool::Unzip
            .command()
            .arg("-q")
            .arg(zip)
            .current_dir(home.path()))
        .succeeded();
        let root = home.path().join(cluster);
        assert!(root.is_dir(), "the zip has no folder {cluster}/");
        Self { home, root }
    }

    /// `pki/NAME`
    pub(crate) fn pki(&self, name: &str) -> PathBuf {
        self.root.join("pki").join(name)
    }

    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).unwrap()
    }

    /// A folder next to the bundle, for what a test makes.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        let path = self.home.path().join(name);
        fs::create_dir_all(&path).unwrap();
        path
    }

    /// Every file's path below the bundle's folder, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        files_below(&self.root)
    }
}

/// Every file below `root` by its path from there, sorted.
pub(crate) fn files_below(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(root).unwrap();
                found.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}
