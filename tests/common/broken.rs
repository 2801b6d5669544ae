//! Clusters that are broken on purpose, and the finding that has to be on top.

use hardway::Pki;
use hardway::diagnose::{Code, Finding, Mend, Severity};

use super::command::{Tool, run};
use super::recognised::{Dropped, Recognised};
use super::workbench::Workbench;
use super::{NOW, pki, pki_of, plan_of, today};

pub(crate) fn pki_folder(path: &str) -> bool {
    path.contains("/pki/") || path.contains("/kubeconfig/")
}

/// The seed's cluster without the copies on its nodes.
pub(crate) fn seed() -> Dropped {
    Dropped::bundle(&pki()).keep(pki_folder)
}

pub(crate) fn seed_of(change: &str) -> Dropped {
    let plan = plan_of(&format!(r#"{{"preset": "hard-way-2020", {change}}}"#));
    Dropped::bundle(&pki_of(plan, NOW, 1)).keep(pki_folder)
}

pub(crate) fn kubeadm() -> Pki {
    let nodes = r#"[{"name": "a", "role": "control-plane", "addresses": ["10.0.0.11"]},
        {"name": "b", "role": "control-plane", "addresses": ["10.0.0.12"]}, {"name": "w", "role": "worker", "addresses": ["10.0.0.21"]}]"#;
    pki_of(
        plan_of(&format!(r#"{{"preset": "kubeadm", "nodes": {nodes}}}"#)),
        NOW,
        1,
    )
}

/// Makes certificates of the seed's cluster again, by openssl, with other extensions.
pub(crate) struct Forge {
    pub(crate) bench: Workbench,
}

impl Forge {
    pub(crate) fn new(dropped: &Dropped) -> Self {
        let bench = Workbench::new();
        for (path, bytes, _) in &dropped.0 {
            if let Some((_, name)) = path.split_once("/pki/") {
                bench.write(name, bytes);
            }
        }
        Self { bench }
    }

    /// Signed by `ca`, between two days from the clock of the tests.
    pub(crate) fn leaf(&self, id: &str, subject: &str, extensions: &str) -> Vec<u8> {
        self.leaf_by("ca", id, subject, extensions)
    }

    pub(crate) fn leaf_by(&self, ca: &str, id: &str, subject: &str, extensions: &str) -> Vec<u8> {
        self.bench.write("ext", extensions);
        let how = ["-CAcreateserial", "-days", "3650", "-extfile", "ext"];
        self.signed_by(ca, id, subject, &how)
    }

    /// Signed by `ca` as openssl is told: `how` is what `openssl x509` gets besides.
    pub(crate) fn signed(&self, id: &str, subject: &str, how: &[&str]) -> Vec<u8> {
        self.signed_by("ca", id, subject, how)
    }

    fn signed_by(&self, ca: &str, id: &str, subject: &str, how: &[&str]) -> Vec<u8> {
        let key = format!("{id}.key");
        let request = [
            "req", "-new", "-key", &key, "-subj", subject, "-out", "new.csr",
        ];
        self.openssl(&request);
        let (authority, key) = (format!("{ca}.crt"), format!("{ca}.key"));
        let sign = [
            "x509", "-req", "-in", "new.csr", "-CA", &authority, "-CAkey", &key, "-out", "new.crt",
        ];
        self.openssl(&[&sign, how].concat());
        self.bench.read("new.crt")
    }

    pub(crate) fn openssl(&self, arguments: &[&str]) {
        let command = &mut Tool::Openssl.command();
        run(command.args(arguments).current_dir(self.bench.folder())).succeeded();
    }
}

pub(crate) const SERVER: &str =
    "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\n";
pub(crate) const APISERVER: &str = "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,\
    IP:10.96.0.1,IP:192.168.5.11,IP:192.168.5.12,IP:192.168.5.30,IP:127.0.0.1";

/// Judged by the computer's clock: what openssl makes begins now.
pub(crate) fn top_of_today(dropped: &Dropped, code: Code) -> Recognised {
    top(dropped.recognised(today().max(NOW)), code)
}

pub(crate) fn top_at(dropped: &Dropped, now: i64, code: Code) -> Recognised {
    top(dropped.recognised(now), code)
}

pub(crate) fn top(found: Recognised, code: Code) -> Recognised {
    let top = found.top();
    let all: Vec<_> = found
        .findings
        .iter()
        .map(|one| (one.severity, one.code))
        .collect();
    assert_eq!(
        (top.severity, top.code),
        (Severity::Breaks, code),
        "{all:?}\n{top:#?}"
    );
    found.judged_as_by_go();
    found
}

pub(crate) fn again(finding: &Finding) -> Vec<&str> {
    let again = finding.mend.iter().find_map(|mend| match mend {
        Mend::MakeAgain { certificates } => Some(certificates),
        _ => None,
    });
    again
        .unwrap_or_else(|| panic!("{finding:#?}"))
        .iter()
        .map(String::as_str)
        .collect()
}

pub(crate) fn says(finding: &Finding, component: &str, text: &str) {
    let said = finding.said.as_ref().unwrap();
    assert!(
        said.component.starts_with(component) && said.text.contains(text),
        "{said:#?}"
    );
}
